"""A clinic's file and details."""
