"""Reminders that leave the pages: the weekly message, the calendar at a secret address."""
