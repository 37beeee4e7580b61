"""What a finished PDF says: its tags, languages and texts, read as another program would. Knows nothing of how our own
files are made, so that it can judge them."""
