"""Lists of members as people use them: what they ask for, what they show, saved ones, official forms."""
