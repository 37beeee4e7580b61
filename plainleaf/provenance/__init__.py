"""Where a file came from: what it was made from and with, who answers for it, and whether that is so today."""
