#!/usr/bin/env python3
from plainleaf.__main__ import main

if __name__ == "__main__":  # the workers import this file too
    raise SystemExit(main(called="publish.py"))
