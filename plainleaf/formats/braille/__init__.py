"""Braille as BRF files, by liblouis."""
