"""Runs that are killed at a random moment: what they leave, and what the next run makes of it."""
