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


def write(keeper: Keeper) -> str:
    """Write what was kept into a new file among the temporary ones, and give its path."""
    head = f"plainleaf {__version__}, Python {sys.version.split()[0]}, {platform()}"
    handle, path = tempfile.mkstemp(prefix="plainleaf-debug-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write("\n\n".join([head, *keeper.texts]) + "\n")
    return path
