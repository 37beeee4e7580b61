"""A language as printed."""
