"""A message beside its translation."""
