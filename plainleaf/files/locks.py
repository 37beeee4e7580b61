"""Locks: one run at a time in a folder, and files that somebody is writing. All of them go with their process."""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from tempfile import NamedTemporaryFile

from plainleaf.files import mounts

try:
    import fcntl
except ImportError:  # no Unix: everything works, but two runs at once are not kept apart
    fcntl = None  # type: ignore[assignment]

PATIENCE = 900.0  # seconds to wait for another run

_LOCK = ".plainleaf.lock"
_LONG = 86_400.0  # seconds after which a file that cannot be locked is nobody's any more
_UNABLE = (errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS)  # what cannot be locked
_held: ContextVar[frozenset[str]] = ContextVar("held", default=frozenset())  # folders that this run has locked


class BusyError(OSError):
    """Another run has kept a folder to itself for longer than anybody waits."""


@contextmanager
def alone(folder: Path, waiting: Callable[[str], None] | None = None, patience: float | None = None) -> Iterator[bool]:
    """Keep other runs from writing in a folder; whether one had to be waited for, so that what was read may be old.

    ``waiting`` hears, once, which process is waited for, in words. Who holds the folder already goes on. Raises
    ``BusyError`` after ``patience`` seconds (``PATIENCE``).
    """
    place = os.path.realpath(folder)
    if fcntl is None or place in _held.get():
        yield False
        return
    handle = _opened(place, mounts.is_remote(place))
    try:
        try:
            waited = _wait(handle, place, waiting, patience)
        except OSError as error:
            if error.errno not in _UNABLE:
                raise
            os.close(handle)  # some folders cannot be locked, files there can
            handle = _opened(place, on_file=True)
            waited = _wait(handle, place, waiting, patience)
        mark = _held.set(_held.get() | {place})
        try:
            yield waited
        finally:
            _held.reset(mark)
    finally:
        os.close(handle)  # and with it the lock, as when the process ends


def _opened(place: str, on_file: bool) -> int:
    """What is locked: the folder itself, so that no file is left behind, and a folder to read only will do; or a file
    in it, as the lock of a folder of another machine is kept on this one alone."""
    if on_file:
        try:
            return os.open(os.path.join(place, _LOCK), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)  # noqa: PTH118
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise
    return os.open(place, os.O_RDONLY)


def are_possible(folder: Path) -> bool:
    """Whether parts of files in a folder can be locked, as databases lock them; tried with a file that goes at once.
    So it is said of a folder in which none can be made."""
    if fcntl is None:
        return True
    with suppress(OSError), NamedTemporaryFile(dir=folder, prefix=".plainleaf-", suffix=".tmp") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True


def _wait(handle: int, place: str, waiting: Callable[[str], None] | None, patience: float | None) -> bool:
    """Whether the lock was not free at once."""
    began = time.monotonic()
    told = False
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return told
        except BlockingIOError:
            other = f"another plainleaf run in this folder{_holder(handle)}"
            if time.monotonic() - began >= (PATIENCE if patience is None else patience):
                what = f"{other} has not finished; wait for it, or end it, then run the command again"
                raise BusyError(errno.EBUSY, what, place) from None
            if waiting and not told:
                waiting(other)
            told = True
            time.sleep(0.1)
        except OSError as error:
            error.filename = place
            raise


def _holder(handle: int) -> str:
    """The process that holds a lock, as Linux lists it: " (process 123)", or "" if that cannot be told."""
    try:
        table = Path("/proc/locks").read_text(encoding="ascii")
    except OSError:
        return ""
    own = os.fstat(handle).st_ino
    found = re.findall(rf"^\d+: FLOCK\s+ADVISORY\s+WRITE\s+(\d+)\s+\w+:\w+:{own}\s", table, re.MULTILINE)
    return f" (process {found[0]})" if len(found) == 1 else ""


def mark(handle: int) -> bool:
    """Lock a new file or folder for as long as it is open; whether it is still there, and nobody has swept it."""
    if fcntl is not None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError as error:
            if error.errno not in _UNABLE:
                raise
    return os.fstat(handle).st_nlink > 0


def is_left(handle: int) -> bool:
    """Whether nobody has locked a file or folder with ``mark``: who made it was killed. It is locked afterwards."""
    try:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except OSError as error:
        if error.errno not in _UNABLE:
            return False
    return time.time() - os.fstat(handle).st_mtime > _LONG
