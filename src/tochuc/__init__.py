"""Tochuc: the working system of an Organisation Board and of the committees and cells below it."""
