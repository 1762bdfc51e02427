"""Taking in files that people bring: what they are, what they say, whether they are safe to keep."""
