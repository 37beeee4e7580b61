"""What a command does with a project."""
