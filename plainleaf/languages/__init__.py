"""The facts of a language."""
