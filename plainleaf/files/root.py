"""A root: the one way to open and write. Inside it, a regular file, bounded, whole or not at all.

A root may come from anywhere: a pipe in it must not make us wait for ever, and a link must not lead us out of it, be it
to read or to write. Layouts and locales that come with the package are roots of their own, to read from.

Folders are opened one below the other, none of them through a link, and files by the handle of theirs: who puts a link
into a folder's place while we work gains nothing.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from types import EllipsisType

from plainleaf.files import locks, places
from plainleaf.files.handles import Folder, flags

MOST = 20_000_000  # bytes of a text; pictures and fonts have limits of their own
OUTSIDE = "is a link to a place outside the root"
NOWHERE = "is a link that leads nowhere"
BEYOND = "is outside the root"
NO_FOLDER = "is not a folder"
OTHER_KIND = "is a link to a file of another kind"

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_TEMPORARY = re.compile(r"\.plainleaf-\w{8}\.tmp")

_READ = os.O_RDONLY | flags("O_NONBLOCK", "O_CLOEXEC", "O_NOFOLLOW", "O_BINARY")
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | flags("O_CLOEXEC", "O_NOFOLLOW", "O_BINARY")


class RefusedError(OSError):
    """A file that is neither read nor written. ``strerror`` says why ("is a link to ..."), ``filename`` which it is."""

    def __init__(self, path: Path | str, why: str) -> None:
        super().__init__(errno.EPERM, why, str(path))


class UnwrittenError(OSError):
    """A file that could not be written, as on a full disk: what was there before is there still. ``hint``: what can be
    done, if that is not told by the system's reason."""

    hint = ""


class ChangedError(RefusedError):
    """A file that somebody else has saved since it was read, and that is not written over."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, "was saved by another program in the meantime")


class _LinkError(Exception):
    """Some part of a path is a link."""


class Root:
    """Folders that nothing leads out of: files are written below the first, and read below each, or below the layouts
    and locales of the package. Without any, files are read wherever they lie: those that a user has named."""

    __slots__ = ("_tops",)

    def __init__(self, *folders: Path) -> None:
        self._tops = tuple(os.path.abspath(folder) for folder in folders)  # noqa: PTH100 - links are followed later

    @property
    def _readable(self) -> tuple[str, ...]:
        return (*self._tops, *_shipped(places.PACKAGE)) if self._tops else ()

    # ----------------------------------------------------------------------- reading

    def read(self, path: Path, most: int = MOST) -> bytes:
        """The content of a regular file of at most so many bytes.

        Raises ``RefusedError`` for what may not be read, other ``OSError`` for what cannot (``FileNotFoundError``).
        """
        with self._opened(path, self._readable) as (folder, name):
            return _content(folder, name, path, most)

    def listed(self, folder: Path) -> tuple[Path, ...]:
        """What lies in a folder, sorted; nothing of one that is not there, or that ``findings.odd`` tells of."""
        try:
            place = _place(folder, self._readable)
            return tuple(sorted(folder.iterdir())) if os.path.isdir(place) else ()  # noqa: PTH112
        except OSError:
            return ()

    def look(self, path: Path) -> bool:
        """Whether a path leads to a folder. Raises ``RefusedError`` if to anything but a folder or a regular file."""
        if os.path.isdir(_place(path, self._readable)):  # noqa: PTH112
            return True
        with self._opened(path, self._readable) as (folder, name):
            _plain(folder, name, path)
        return False

    def inside(self, path: Path) -> Path:
        """Where a path leads that must stay in the first folder. Raises ``RefusedError``."""
        return Path(_place(path, self._tops[:1]))

    # ----------------------------------------------------------------------- writing

    def save(self, path: Path, data: bytes, mode: int = 0o644, was: bytes | EllipsisType | None = ...) -> bool:
        """Write a file whole or not at all; whether anything changed.

        To a temporary file beside it, synced, renamed: a run that is killed, or a full disk, leaves the old file as it
        was. A link that stays inside stays a link. ``mode``: the permissions of a new file; one that is there keeps
        its own. ``was``: what the file must still hold when the new one takes its place, ``None`` if there must be
        none. Raises ``RefusedError`` if the path leads out, to no regular file or to one of another kind (from a
        template to a translation), ``ChangedError`` if the file is not as it ``was``, else ``UnwrittenError``.
        """
        try:
            with self._opened(path, self._tops[:1], make=True) as (folder, name):
                about = _there(folder, name, path)
                if about and about.st_size == len(data) and _content(folder, name, path, len(data)) == data:
                    return False

                def guard() -> None:
                    if was is not ... and was != _now(folder, name, path):
                        raise ChangedError(path)

                _replace(folder, name, data, about.st_mode & 0o777 if about else mode, guard)
        except RefusedError:
            raise
        except OSError as error:
            raise UnwrittenError(error.errno, error.strerror, str(path)) from error
        return True

    def delete(self, path: Path) -> None:
        """Take a file away, or the link in its place; nothing if there is none."""
        with suppress(FileNotFoundError), self._opened(path, self._tops[:1], final=False) as (folder, name):
            folder.delete(name)

    def rename(self, path: Path, name: str) -> Path:
        """Give a file another name in its folder, in place of what has that name; gives its path."""
        with self._opened(path, self._tops[:1], final=False) as (folder, old):
            folder.rename(old, name)
            folder.sync()
        return path.with_name(name)

    def sweep(self, among: Iterable[str]) -> None:
        """Take away what killed runs have left of ``save`` in some folders below the first (patterns of ``glob``). What
        is being written now is left alone."""
        for top in map(Path, self._tops[:1]):
            for folder in (each for inner in among for each in ([top] if inner == "." else top.glob(inner))):
                with suppress(OSError):
                    for name in filter(_TEMPORARY.fullmatch, os.listdir(folder)):  # noqa: PTH208
                        self._swept(folder / name)

    def _swept(self, path: Path) -> None:
        with suppress(OSError), self._opened(path, self._tops[:1], final=False) as (folder, name):
            if stat.S_ISREG(folder.about(name).st_mode):
                handle = folder.open(name, os.O_RDWR | _READ)
                try:
                    if locks.is_left(handle):
                        folder.delete(name)
                finally:
                    os.close(handle)

    # ----------------------------------------------------------------------- the way to a file

    @contextmanager
    def _opened(
        self, path: Path, tops: tuple[str, ...], make: bool = False, final: bool = True
    ) -> Iterator[tuple[Folder, str]]:
        """The open folder that a path leads into, and the file's name in it. ``final``: links in the file's place are
        followed too. Raises ``RefusedError``, ``OSError``."""
        _check_name(path)
        try:
            folder, name = _direct(path, tops, make, final)
        except (_LinkError, FileNotFoundError, NotADirectoryError):
            folder, name = _around(path, tops, make, final)
        try:
            yield folder, name
        except RefusedError:
            raise
        except OSError as error:
            error.filename, error.filename2 = str(path), None  # not the bare name in an open folder
            raise
        finally:
            folder.close()


@cache
def _shipped(_: Path) -> tuple[str, ...]:
    """The folders that come with the package, which lies there."""
    return tuple(os.path.abspath(places.shipped(kind)) for kind in ("layouts", "locales"))  # noqa: PTH100


def _check_name(path: Path) -> None:
    """Raises ``FileNotFoundError`` for a name that no file can have (NUL, half characters), which Python refuses in a
    way of its own."""
    try:
        if b"\0" not in os.fsencode(path):
            return
    except UnicodeEncodeError:
        pass
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))


def _direct(path: Path, tops: tuple[str, ...], make: bool, final: bool) -> tuple[Folder, str]:
    """The way without a link, which is the usual one. Raises ``_LinkError`` if there is none."""
    whole = str(path) if path.is_absolute() else os.path.join(os.getcwd(), path)  # noqa: PTH109, PTH118
    top = next((top for top in tops if _below(whole, top) and len(whole) > len(top)), "")
    parts = whole[len(top) :].strip(os.sep).split(os.sep)  # noqa: PTH206 - no objects for names
    if not top or ".." in parts:
        raise _LinkError
    return _walked(top, parts, make, final)


def _walked(top: str, parts: list[str], make: bool, final: bool) -> tuple[Folder, str]:
    """From an open folder into the next. Raises ``_LinkError`` if one is not there, is no folder, or is a link."""
    if make and not os.path.lexists(top):
        os.makedirs(top, exist_ok=True)  # noqa: PTH103
    folder = Folder(top)
    try:
        for part in parts[:-1]:
            folder.enter(part, make)
        with suppress(FileNotFoundError):
            if final and stat.S_ISLNK(folder.about(parts[-1]).st_mode):
                raise _LinkError
    except BaseException as error:
        folder.close()
        if isinstance(error, FileNotFoundError | NotADirectoryError) or getattr(error, "errno", 0) == errno.ELOOP:
            raise _LinkError from None
        if isinstance(error, OSError):
            error.filename = folder.path
        raise
    return folder, parts[-1]


def _around(path: Path, tops: tuple[str, ...], make: bool, final: bool) -> tuple[Folder, str]:
    """The way to where the links lead. Raises ``RefusedError`` if that is not inside, or not what it ought to be."""
    if make and not tops:
        raise RefusedError(path, BEYOND)
    place = _place(path, tops) if final else os.path.join(_place(path.parent, tops), path.name)  # noqa: PTH118
    if final and path.is_symlink() and not os.path.lexists(place):
        raise RefusedError(path, NOWHERE)
    if final and make and os.path.isfile(place) and Path(place).suffix.lower() != path.suffix.lower():  # noqa: PTH113
        raise RefusedError(path, OTHER_KIND)
    top = next((real for real in map(os.path.realpath, tops) if _below(place, real) and place != real), "")
    top = top or os.path.dirname(place)  # noqa: PTH120
    with suppress(_LinkError, NotADirectoryError, FileNotFoundError):
        return _walked(top, place[len(top) :].strip(os.sep).split(os.sep), make, final)  # noqa: PTH206
    if path.is_symlink():
        raise RefusedError(path, NOWHERE)
    if make:
        raise RefusedError(_obstacle(path), NO_FOLDER)
    code = errno.ENOENT if path.parent.is_dir() or not os.path.lexists(path.parent) else errno.ENOTDIR
    raise OSError(code, os.strerror(code), str(path))


def _obstacle(path: Path) -> Path:
    """What lies in a folder's place above a file."""
    return next((each for each in reversed(path.parents) if os.path.lexists(each) and not each.is_dir()), path)


def _below(place: str, root: str) -> bool:
    return place == root or place.startswith(root.rstrip(os.sep) + os.sep)


def _place(path: Path, tops: tuple[str, ...]) -> str:
    """Where a path leads, links followed; without ``tops`` anywhere. Raises ``RefusedError``."""
    _check_name(path)
    place = os.path.realpath(path)
    if not tops or any(_below(place, top) for top in tops):
        return place
    real = [os.path.realpath(top) for top in tops]
    if any(_below(place, top) for top in real):
        return place
    whole = os.path.abspath(path)  # noqa: PTH100 - links are not to be followed here
    for top in (*tops, *real):
        if _below(whole, top):  # the name is inside: some part of it is a link that leads out
            parts = Path(whole).relative_to(top).parts
            steps = [os.path.join(top, *parts[:count]) for count in range(1, len(parts) + 1)]  # noqa: PTH118
            led_out = (step for step in steps if not any(_below(os.path.realpath(step), each) for each in real))
            raise RefusedError(next(led_out, path), OUTSIDE)
    raise RefusedError(path, BEYOND)


# --------------------------------------------------------------------------- one file


def _plain(folder: Folder, name: str, path: Path) -> os.stat_result:
    """What is known of a regular file. Raises ``RefusedError`` for anything else, ``OSError`` if there is nothing."""
    about = folder.about(name)
    if stat.S_ISREG(about.st_mode):
        return about
    if stat.S_ISLNK(about.st_mode):
        raise RefusedError(path, NOWHERE)
    kind = next((name for test, name in _KINDS if test(about.st_mode)), "something else")
    raise RefusedError(path, f"is not a plain file but {kind}")


def _there(folder: Folder, name: str, path: Path) -> os.stat_result | None:
    try:
        return _plain(folder, name, path)
    except FileNotFoundError:
        return None


def _now(folder: Folder, name: str, path: Path) -> bytes | None:
    return _content(folder, name, path, MOST) if _there(folder, name, path) else None


def _content(folder: Folder, name: str, path: Path, most: int) -> bytes:
    _plain(folder, name, path)  # first, as it has effects to open some devices
    handle = folder.open(name, _READ)
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


def _replace(folder: Folder, name: str, data: bytes, mode: int, guard: Callable[[], None]) -> None:
    """Put a file there by way of a temporary one, which is locked for as long as it is one. ``guard`` is asked last of
    all, and raises if it must not be put there."""
    temporary, handle = _temporary(folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
            if hasattr(os, "fchmod"):
                os.fchmod(handle, mode)
            guard()
            folder.rename(temporary, name)
    except BaseException:
        with suppress(OSError):
            folder.delete(temporary)
        raise
    folder.sync()


def _temporary(folder: Folder) -> tuple[str, int]:
    """A new file, by its name and handle, that no other run takes for one that was left behind."""
    while True:
        name = f".plainleaf-{os.urandom(4).hex()}.tmp"
        with suppress(FileExistsError):
            handle = folder.open(name, _NEW)
            if locks.mark(handle):
                return name, handle
            os.close(handle)  # swept before it was locked
