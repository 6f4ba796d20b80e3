"""Mention -> candidates -> entity or NIL."""
