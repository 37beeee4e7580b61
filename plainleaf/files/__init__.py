"""Where things lie, how they are read and written."""
