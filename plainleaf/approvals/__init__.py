"""Who has checked what, and what lapses that."""
