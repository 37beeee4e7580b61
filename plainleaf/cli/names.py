"""The name that the command was called by, and everything that is printed, with hints that name the command so.

Findings and pages write ``plainleaf check``: that name is true wherever the package is installed. Who has typed
``./do check`` may have nothing called ``plainleaf``, and reads ``./do check``, also on the pages that the run writes.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from html import escape
from typing import TextIO

from plainleaf.cli import streams

PACKAGE = "plainleaf"
VARIABLE = "PLAINLEAF_COMMAND"  # set by programs that pass their arguments on, as ``./do`` does
COMMANDS = (
    "publish",
    "new",
    "preview",
    "check",
    "extract",
    "update",
    "init",
    "terms",
    "review",
    "approve",
    "sign-off",
    "status",
    "verify",
    "explain",
    "guide",
    "completion",
    "conformance",
    "read",
    "doctor",
    "screenshots",
)
ANYWHERE = ("guide", "explain", "completion", "doctor", "read", "conformance", "new project")  # about no folder
OLD_NAMES = {"build": "publish"}  # what commands were called once, and still may be

_called: ContextVar[str] = ContextVar("called", default=PACKAGE)
_elsewhere: ContextVar[str] = ContextVar("elsewhere", default="")  # --root with its folder, where that was typed
_HINT = re.compile(  # it begins with the name itself, which pages of megabytes are searched for at once
    rf"{PACKAGE}(?<![\w./-]{PACKAGE})(?<!python -m {PACKAGE})(?= (?:{'|'.join(COMMANDS)})(?![\w-]))"
)


@contextmanager
def called_by(name: str) -> Iterator[None]:
    """While it lasts, the command has this name; the one in ``PLAINLEAF_COMMAND`` comes before it."""
    passed_on = os.environ.get(VARIABLE, "")
    mark = _called.set(passed_on if passed_on.isprintable() and passed_on.strip() else name)
    here = _elsewhere.set("")
    try:
        yield
    finally:
        _called.reset(mark)
        _elsewhere.reset(here)


def called() -> str:
    """What the user types: "plainleaf", "./do", "publish.py", "python -m plainleaf"."""
    return _called.get()


def at_root(folder: str) -> None:
    """From now on hints name this folder, as it was typed behind ``--root``: without it they would speak of another."""
    _elsewhere.set(f" --root {shlex.quote(folder)}" if folder.isprintable() else "")


def as_called(text: str) -> str:
    """A text whose hints name the command as the user does."""
    return _HINT.sub(_typed, text)


def _typed(hint: re.Match[str]) -> str:
    """What is typed before the word that follows a hint's name of the command."""
    follows = hint.string[hint.end() + 1 : hint.end() + 20]
    return called() + (_elsewhere.get() if not follows.startswith(ANYWHERE) else "")


def in_page(page: str) -> str:
    """A page in HTML whose hints name the command as the user does."""
    return _HINT.sub(lambda hint: escape(_typed(hint)), page)


def say(text: str = "", to: TextIO | None = None, end: str = "\n", flush: bool = False) -> None:
    """Print, to stdout if nothing else is named: nothing that a terminal would act on."""
    print(streams.shown(as_called(text)), file=to, end=end, flush=flush)
