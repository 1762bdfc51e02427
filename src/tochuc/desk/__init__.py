"""The clean-data desk: people entered twice, what is wrong in records, and how much of it is left."""
