"""``python -m plainleaf``: the command, where its script is not on the path."""

from plainleaf.cli.main import main

if __name__ == "__main__":  # the workers import this file too
    raise SystemExit(main(called="python -m plainleaf"))
