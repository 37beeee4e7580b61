"""The one way to open and write: inside the root, a regular file, bounded, whole, one run at a time.

A root may come from anywhere: a pipe in it must not make us wait for ever, and a link must not lead us out of it, be it
to read or to write. Layouts and locales that come with the package are roots of their own, to read from.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from plainleaf.files.places import shipped, shown
from plainleaf.model import Finding, Location, Severity

try:
    import fcntl
except ImportError:  # no Unix: everything works, but two runs at once are not kept apart
    fcntl = None  # type: ignore[assignment]

CHECK = "file-refused"
MOST = 20_000_000  # bytes of a text; pictures and fonts have limits of their own
TOPS = ("plainleaf.toml", "pyproject.toml", "sources", "locales", "layouts")  # what is read of a root

OUTSIDE = "is a link to outside of the root"
NOWHERE = "is a link that leads nowhere"
_HINTS = {
    OUTSIDE: "nothing outside is read or written: put the file itself there, or delete the link",
    NOWHERE: "delete the link, or put back what it led to",
    "lies outside of the root": "copy it into the folder of the leaflets, and name that",
    "is not a folder": "move it away: a folder of this name is needed there",
}
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
PATIENCE = 900.0  # seconds to wait for another run
TEXTS = ("sources", "locales", "locales/*", "locales/*/LC_MESSAGES")  # folders of a root that commands write in
MADE = (".", "*")  # the same of an output folder

_LOCK = ".plainleaf.lock"
_TEMPORARY = re.compile(r"\.plainleaf-\w{8}\.tmp")
_held: ContextVar[frozenset[str]] = ContextVar("held", default=frozenset())  # folders that this run has locked

_OPEN = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_CLOEXEC", "O_NOFOLLOW", "O_BINARY"))


class RefusedError(OSError):
    """A file that is neither read nor written. ``strerror`` says why ("is a link to ..."), ``filename`` which it is."""

    def __init__(self, path: Path | str, why: str) -> None:
        super().__init__(errno.EPERM, why, str(path))


def finding(error: RefusedError, root: Path) -> Finding:
    """What a refusal means to people."""
    why = error.strerror or ""
    hint = _HINTS.get(why, "make it smaller" if "larger" in why else "put a file there, or delete it")
    return Finding(CHECK, Severity.ERROR, why, Location(shown(Path(error.filename), root)), hint)


def there(path: Path) -> bool:
    """Whether anything has this name: a file, or something in its place that is told of when it is read."""
    return os.path.lexists(path)


def _below(place: str, root: str) -> bool:
    return place == root or place.startswith(root.rstrip(os.sep) + os.sep)


def _place(path: Path, roots: tuple[Path, ...]) -> str:
    """Where a path leads, links followed; without ``roots`` anywhere. Raises ``RefusedError``."""
    place = os.path.realpath(path)
    if not roots or any(_below(place, os.path.abspath(root)) for root in roots):  # noqa: PTH100 - most roots are no links
        return place
    tops = [os.path.realpath(root) for root in roots]
    if any(_below(place, top) for top in tops):
        return place
    whole = os.path.abspath(path)  # noqa: PTH100 - links are not to be followed here
    for top in (*(os.path.abspath(root) for root in roots), *tops):  # noqa: PTH100
        if _below(whole, top):  # the name is inside: some part of it is a link that leads out
            parts = Path(whole).relative_to(top).parts
            steps = [os.path.join(top, *parts[:count]) for count in range(1, len(parts) + 1)]  # noqa: PTH118
            led_out = (step for step in steps if not any(_below(os.path.realpath(step), each) for each in tops))
            raise RefusedError(next(led_out, path), OUTSIDE)
    raise RefusedError(path, "lies outside of the root")


def read(path: Path, *roots: Path, most: int = MOST) -> bytes:
    """The content of a regular file of at most so many bytes, inside one of the roots (anywhere, without any).

    Raises ``RefusedError`` for what may not be read, other ``OSError`` for what cannot (``FileNotFoundError``).
    """
    readable = (*roots, shipped("layouts"), shipped("locales")) if roots else ()
    place = _place(path, readable)
    _plain(path, place)  # first, as it has effects to open some devices
    handle = os.open(place, _OPEN)
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise RefusedError(path, "is not a plain file")
        data = file.read(most + 1) if about.st_size <= most else b""
    if about.st_size > most or len(data) > most:
        raise RefusedError(path, f"is larger than {_size(most)}")
    return data


def _size(most: int) -> str:
    return f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1000} kB"


def _plain(path: Path, place: str) -> os.stat_result:
    """What is known of a regular file. Raises ``RefusedError`` for anything else, ``OSError`` if there is nothing."""
    try:
        about = os.stat(place)  # noqa: PTH116
    except OSError as error:
        if os.path.lexists(path) and error.errno in (errno.ENOENT, errno.ELOOP, errno.ENOTDIR):
            raise RefusedError(path, NOWHERE) from error
        raise
    if not stat.S_ISREG(about.st_mode):
        kind = next((name for test, name in _KINDS if test(about.st_mode)), "something else")
        raise RefusedError(path, f"is not a plain file but {kind}")
    return about


def listed(folder: Path, root: Path) -> tuple[Path, ...]:
    """What lies in a folder inside the root, sorted; nothing of one that is not there, or that ``odd`` tells of."""
    try:
        place = _place(folder, (root, shipped("layouts"), shipped("locales")))
        return tuple(sorted(folder.iterdir())) if os.path.isdir(place) else ()  # noqa: PTH112
    except OSError:
        return ()


def odd(root: Path) -> Iterator[Finding]:
    """Everything in the folders of a root that is neither file nor folder, and links that do not stay inside.

    Left alone is what nothing is read from: hidden files (editors keep links of their own there), linked folders of the
    sources.
    """
    for top in TOPS:
        path = root / top
        if not there(path):
            continue
        yield from _odd(path, root)
        if "." not in top and not path.is_dir() and path.is_file():
            yield finding(RefusedError(path, "is not a folder"), root)


def _is_extra(path: Path, root: Path) -> bool:
    """A folder elsewhere that is linked into the sources: a picture in it that a leaflet names is refused there."""
    return path.parent == root / "sources" and path.is_symlink() and path.is_dir() and path.name != "clinics"


def _odd(path: Path, root: Path) -> Iterator[Finding]:
    try:
        place = _place(path, (root, shipped("layouts"), shipped("locales")))
        if not os.path.isdir(place):  # noqa: PTH112
            _plain(path, place)
        elif not path.is_symlink():  # what a link leads to lies in the root, and is looked at there
            for inner in sorted(os.listdir(path)):  # noqa: PTH208
                if not inner.startswith(".") and not _is_extra(path / inner, root):
                    yield from _odd(path / inner, root)
    except RefusedError as error:
        yield finding(error, root)
    except OSError as error:
        what = f"could not be read: {error.strerror}"
        yield Finding(CHECK, Severity.ERROR, what, Location(shown(path, root)), "change its permissions")


def inside(path: Path, root: Path) -> Path:
    """Where a path leads that must stay in the root. Raises ``RefusedError``."""
    return Path(_place(path, (root,)))


# --------------------------------------------------------------------------- writing


def save(path: Path, data: bytes, root: Path, mode: int = 0o644) -> bool:
    """Write a file inside the root whole or not at all; whether anything changed.

    To a temporary file beside it, synced, renamed: a run that is killed, or a full disk, leaves the old file as it was.
    A link that stays inside stays a link. ``mode``: the permissions of a new file; one that is there keeps its own.
    Raises ``RefusedError`` if the path leads out or to no regular file, else ``OSError``.
    """
    place = Path(_place(path, (root,)))
    if there(path):
        about = _plain(path, str(place))
        mode = about.st_mode & 0o777
        if about.st_size == len(data) and read(place, most=len(data)) == data:
            return False
    make_folder(place.parent)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".plainleaf-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync(place.parent)
    return True


def make_folder(folder: Path) -> None:
    """Make a folder with those above it, if it is not there. Raises ``RefusedError`` if something else is."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise RefusedError(error.filename or folder, "is not a folder") from error


def _sync(folder: Path) -> None:
    """Make a renaming last; where folders cannot be synced, the system does it in its time."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# --------------------------------------------------------------------------- one run at a time


class BusyError(OSError):
    """Another run has kept a folder to itself for longer than anybody waits."""


@contextmanager
def locked(folder: Path, among: Sequence[str], waiting: Callable[[str], None] | None = None) -> Iterator[bool]:
    """Keep other runs from writing in a folder; whether one had to be waited for, so that what was read may be old.

    Temporary files that a killed run has left in the folders ``among`` it are swept. ``waiting`` hears, once, which
    process is waited for, in words. Who holds the folder already goes on. Raises ``BusyError`` after ``PATIENCE``.
    """
    place = os.path.realpath(folder)
    if fcntl is None or place in _held.get():
        yield False
        return
    handle = os.open(place, os.O_RDONLY)  # the folder itself: no file is left behind, and a folder to read only will do
    try:
        try:
            waited = _wait(handle, place, waiting)
        except OSError as error:
            if error.errno not in (errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.EOPNOTSUPP):
                raise
            os.close(handle)  # a network's folders cannot be locked, files there can
            handle = os.open(os.path.join(place, _LOCK), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)  # noqa: PTH118
            waited = _wait(handle, place, waiting)
        _sweep(Path(place), among)
        mark = _held.set(_held.get() | {place})
        try:
            yield waited
        finally:
            _held.reset(mark)
    finally:
        os.close(handle)  # and with it the lock, as when the process ends


def _wait(handle: int, place: str, waiting: Callable[[str], None] | None) -> bool:
    """Whether the lock was not free at once."""
    began = time.monotonic()
    told = False
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return told
        except BlockingIOError:
            other = f"another plainleaf run in this folder{_holder(handle)}"
            if time.monotonic() - began >= PATIENCE:
                what = f"{other} has not finished; wait for it, or end it, then run this again"
                raise BusyError(errno.EBUSY, what, place) from None
            if waiting and not told:
                waiting(other)
            told = True
            time.sleep(0.1)


def _holder(handle: int) -> str:
    """The process that holds a lock, as Linux lists it: " (process 123)", or "" if that cannot be told."""
    try:
        table = Path("/proc/locks").read_text(encoding="ascii")
    except OSError:
        return ""
    own = os.fstat(handle).st_ino
    found = re.findall(rf"^\d+: FLOCK\s+ADVISORY\s+WRITE\s+(\d+)\s+\w+:\w+:{own}\s", table, re.MULTILINE)
    return f" (process {found[0]})" if len(found) == 1 else ""


def _sweep(folder: Path, among: Sequence[str]) -> None:
    """Take away what a killed run has left of ``save``. Nobody else writes here now."""
    for inner in among:
        for path in folder.glob(f"{inner}/.plainleaf-*.tmp"):
            with suppress(OSError):
                if _TEMPORARY.fullmatch(path.name) and stat.S_ISREG(path.lstat().st_mode):
                    Path(_place(path, (folder,))).unlink()
