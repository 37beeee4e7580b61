"""Commands that wait for each other: those that write texts of one root, those that make files in one folder."""

from __future__ import annotations

import argparse
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from plainleaf import files
from plainleaf.cli import values
from plainleaf.cli.names import say


def alone_writing(options: argparse.Namespace) -> AbstractContextManager[bool]:
    """While it lasts, no other run writes sources or locales: what is read in it is not changed by others."""
    root = values.root(options)
    return files.locked(root, files.TEXTS, _say_waiting) if root.is_dir() else nullcontext(False)


def tidy(root: Path) -> None:
    """Take away what killed runs have left in the root, and among the temporary files."""
    files.Root(root).sweep(files.TEXTS)
    files.sweep_scratch()


def alone_making(output: Path) -> AbstractContextManager[bool]:
    """While it lasts, no other run makes anything in the folder; gives whether one did until now."""
    files.make_folder(output)
    return files.locked(output, files.MADE, _say_waiting)


def _say_waiting(other: str) -> None:
    say(f"waiting for {other}", to=sys.stderr, flush=True)
