"""Edition -> HTML and its style."""
