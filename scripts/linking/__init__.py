"""Measures the linker beside its peers."""
