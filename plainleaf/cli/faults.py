"""Tracebacks of our own mistakes, from this process and from workers: kept while a command runs, for a report."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from platform import platform

from plainleaf import __version__

_LOG = logging.getLogger("plainleaf")


class Keeper(logging.Handler):
    """Keeps what is logged; ``texts`` are tracebacks."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record."""
        self.texts.append(self.format(record))


@contextmanager
def kept() -> Iterator[Keeper]:
    """Keeps tracebacks while it lasts; the logger is afterwards as it was."""
    keeper, level, propagate = Keeper(), _LOG.level, _LOG.propagate
    _LOG.addHandler(keeper)
    _LOG.setLevel(logging.DEBUG)
    _LOG.propagate = False
    try:
        yield keeper
    finally:
        _LOG.removeHandler(keeper)
        _LOG.setLevel(level)
        _LOG.propagate = propagate


def note() -> None:
    """Keep the traceback of the error that is being handled."""
    _LOG.debug("An error", exc_info=True)


def told(keeper: Keeper) -> str:
    """What was kept is written into a new file among the temporary ones; gives the line that names it, or, where there
    is no room for a file, all of it."""
    head = f"plainleaf {__version__}, Python {sys.version.split()[0]}, {platform()}"
    text = "\n\n".join([head, *keeper.texts]) + "\n"
    try:
        handle, path = tempfile.mkstemp(prefix="plainleaf-debug-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError:
        return f"plainleaf: what failed inside, for your report:\n{text}"
    return f"plainleaf: what failed inside is in {path}: send it with your report"
