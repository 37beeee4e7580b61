"""What medicines and other fixed terms are called in each language: lists, and files of other programs."""
