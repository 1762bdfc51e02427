"""Drafting the Party's documents as Word files."""
