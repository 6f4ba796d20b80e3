"""Reads statements, events and numeric claims out of linked mentions, by rules that are data."""
