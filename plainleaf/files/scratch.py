"""Folders for what is needed only while a run lasts: they go with it, or, if it is killed, with the next one."""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from plainleaf.files import locks

_PREFIX = "plainleaf-run-"
_NAME = re.compile(rf"{_PREFIX}[a-z0-9_]{{8}}")
_STEP = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC"))


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder among the system's temporary ones, for its owner alone. Raises ``OSError``.

    It goes with the process that asked for it: one that was forked from it, and ends earlier, leaves it alone.
    """
    asking = os.getpid()
    while True:
        folder = tempfile.mkdtemp(prefix=_PREFIX)
        handle = _opened(folder)
        if handle is None or locks.mark(handle):
            break
        os.close(handle)  # swept before it was locked
    try:
        yield Path(folder)
    finally:
        if os.getpid() == asking:
            shutil.rmtree(folder, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def sweep_scratch() -> None:
    """Take away the folders of runs that were killed, if they are the user's own."""
    with suppress(OSError):
        for name in filter(_NAME.fullmatch, os.listdir(tempfile.gettempdir())):  # noqa: PTH208
            path = Path(tempfile.gettempdir(), name)
            about = path.lstat()
            own = not hasattr(os, "geteuid") or about.st_uid == os.geteuid()
            handle = _opened(str(path)) if own and stat.S_IMODE(about.st_mode) == 0o700 else None
            if handle is not None:
                try:
                    if locks.is_left(handle):
                        shutil.rmtree(path, ignore_errors=True)
                finally:
                    os.close(handle)


def _opened(folder: str) -> int | None:
    """A handle of a folder; ``None`` where the system has none, or it is gone."""
    try:
        return os.open(folder, _STEP)
    except OSError:
        return None
