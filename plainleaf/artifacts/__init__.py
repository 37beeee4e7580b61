"""What is out of date, and who makes it."""
