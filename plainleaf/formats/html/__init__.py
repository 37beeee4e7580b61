"""HTML for screens: one file for each edition, with all in it."""
