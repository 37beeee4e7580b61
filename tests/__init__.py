"""The tests: a package of this name, as some libraries install one too, and workers import from ours."""
