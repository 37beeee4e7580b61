"""Where things lie, and the one way to read and write them: ``Root``."""

import hashlib
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from plainleaf.files.findings import CHECK, TOPS, UNWRITTEN, finding, odd, way_out
from plainleaf.files.locks import BusyError, alone
from plainleaf.files.root import MOST, NO_FOLDER, ChangedError, RefusedError, Root, UnwrittenError
from plainleaf.files.scratch import scratch, sweep_scratch

__all__ = [
    "ANYWHERE", "CHECK", "MADE", "MOST", "TEXTS", "TOPS", "UNWRITTEN", "BusyError", "ChangedError", "RefusedError",
    "Root", "UnwrittenError", "digest", "finding", "locked", "make_folder", "nearly", "odd", "scratch", "sweep_scratch",
    "take_back", "there", "way_out",
]  # fmt: skip

ANYWHERE = Root()  # for what a user has named, or the system
TEXTS = ("sources", "locales", "locales/*", "locales/*/LC_MESSAGES")  # folders of a root that commands write in
MADE = (".", "*", "*/*", "*/*/*")  # the same of an output folder


def there(path: Path) -> bool:
    """Whether anything has this name: a file, or something in its place that is told of when it is read."""
    return os.path.lexists(path)


def nearly(path: Path) -> str:
    """The name of a file beside ``path`` that differs only in capitals or in how its accents are stored; "" if none."""
    wanted = unicodedata.normalize("NFC", path.name).casefold()
    try:
        beside = sorted(each.name for each in path.parent.iterdir() if each.name != path.name)
    except OSError:
        return ""
    return next((each for each in beside if unicodedata.normalize("NFC", each).casefold() == wanted), "")


def digest(path: Path, *roots: Path, most: int = MOST) -> str:
    """The SHA-256 of a file in one of ``roots`` of at most so many bytes, as 64 hexadecimal digits; "" where none can
    be read, which is told of where the file is used."""
    try:
        return hashlib.sha256(Root(*roots).read(path, most)).hexdigest()
    except OSError:
        return ""


def make_folder(folder: Path) -> None:
    """Make a folder with those above it, if it is not there. Raises ``RefusedError`` if something else is, else
    ``UnwrittenError``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise RefusedError(error.filename or folder, NO_FOLDER) from error
    except OSError as error:
        raise UnwrittenError(error.errno, error.strerror, str(folder)) from error


def take_back(root: Path, made: Iterable[Path]) -> None:
    """Delete files of a root that were just made, as the rest of them could not be, and folders that are empty then."""
    for path in made:
        with suppress(OSError):
            Root(root).delete(path)
        for folder in path.relative_to(root).parents[:-2]:  # not sources/, locales/
            with suppress(OSError):
                (root / folder).rmdir()


@contextmanager
def locked(
    folder: Path, among: Sequence[str], waiting: Callable[[str], None] | None = None, patience: float | None = None
) -> Iterator[bool]:
    """Keep other runs from writing in a folder, as ``locks.alone`` does; what killed runs have left in the folders
    ``among`` it is swept. Raises ``BusyError``."""
    with alone(folder, waiting, patience) as waited:
        Root(folder).sweep(among)
        yield waited
