"""Reorganisation: organisations found, renamed, moved, merged, split, converted and dissolved by one decision."""
