"""Checks on the page as printed: the boxes that the text was laid out in, and the grounds that it stands on."""
