"""Colours, pictures, logos, codes."""
