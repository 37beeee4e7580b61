"""EPUB 3.3 for e-readers: a book for each edition, and for each pair of languages that the clinic has side by side."""
