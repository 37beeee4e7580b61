"""What lies in a root that is no file, and files that could not be written, as findings for people."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from plainleaf.files.places import shown
from plainleaf.files.root import (
    BEYOND,
    NO_FOLDER,
    NOWHERE,
    OTHER_KIND,
    OUTSIDE,
    ChangedError,
    RefusedError,
    Root,
    UnwrittenError,
)
from plainleaf.model import Finding, Location, Severity

CHECK = "file-refused"
UNWRITTEN = "file-unwritten"
TOPS = ("plainleaf.toml", "pyproject.toml", "sources", "locales", "layouts")  # what is read of a root

_HINTS = {
    OUTSIDE: "only files inside the folder are read and written: put the file itself there, or delete the link",
    NOWHERE: "delete the link, or put back what it led to",
    BEYOND: "copy it into the folder of the leaflets, and use the copy",
    OTHER_KIND: "the file that it leads to would be overwritten: delete the link, then run the command again",
    NO_FOLDER: "move it: a folder of this name is needed there",
}
_SPACE = "delete what is not needed there, or choose another disk; then run the command again"
_WAYS_OUT = {
    errno.ENOSPC: f"the disk is full: {_SPACE}",
    errno.EDQUOT: f"your share of the disk is used up: {_SPACE}",
    errno.EFBIG: "the file is larger than this system allows: raise the limit (ulimit -f), or choose another disk",
    errno.EROFS: "the disk is read-only: choose a folder on another one",
    errno.EACCES: "you may not write in this folder: change its permissions, or those of the file",
    errno.EPERM: "you may not write in this folder: change its permissions, or those of the file",
    errno.ENAMETOOLONG: "the name is too long for this disk: make it shorter",
    errno.EMFILE: "too many files are open: raise the limit (ulimit -n), then run the command again",
    errno.ENFILE: "too many files are open: close other programs, then run the command again",
    errno.ENOMEM: "there is no memory left: close other programs, then run the command again",
    errno.EIO: "the disk is failing: save what is on it, and choose another one",
    errno.ENOLCK: "files cannot be locked here, as in some network folders: choose a folder on this machine",
    errno.EBUSY: "another program keeps this file locked: close it, then run the command again",
}


def way_out(error: OSError) -> str:
    """What people can do about a system's refusal; "" if we know nothing."""
    return _WAYS_OUT.get(error.errno or 0, "")


def finding(error: RefusedError | UnwrittenError, root: Path) -> Finding:
    """What a refusal, or a failure to write, means to people."""
    path, why = Path(error.filename), error.strerror or ""
    if isinstance(error, UnwrittenError):
        what = f"could not be written ({why}); the earlier file is unchanged"
        hint = error.hint or way_out(error) or "run the command again"
        place = shown(path, root) if path.is_relative_to(root) else str(path)
        return Finding(UNWRITTEN, Severity.ERROR, what, Location(place), hint)
    if isinstance(error, ChangedError):
        what = f"{why}; it was left as it is"
        return Finding(
            UNWRITTEN, Severity.ERROR, what, Location(shown(path, root)), "close it there, then run the command again"
        )
    hint = _HINTS.get(why, "make it smaller" if "larger" in why else "put a file there, or delete it")
    return Finding(CHECK, Severity.ERROR, why, Location(shown(path, root)), hint)


def odd(root: Path) -> Iterator[Finding]:
    """Everything in the folders of a root that is neither file nor folder, and links that do not stay inside.

    Left alone is what nothing is read from: hidden files (editors keep links of their own there), linked folders of the
    sources.
    """
    for top in TOPS:
        path = root / top
        if not os.path.lexists(path):
            continue
        yield from _odd(path, root)
        if "." not in top and not path.is_dir() and path.is_file():
            yield finding(RefusedError(path, NO_FOLDER), root)


def _is_extra(path: Path, root: Path) -> bool:
    """A folder elsewhere that is linked into the sources: a picture in it that a leaflet names is refused there."""
    return path.parent == root / "sources" and path.is_symlink() and path.is_dir() and path.name != "clinics"


def _odd(path: Path, root: Path) -> Iterator[Finding]:
    try:
        if Root(root).look(path) and not path.is_symlink():
            with os.scandir(path) as entries:  # what a link leads to is looked at where it lies
                others = sorted(entry.name for entry in entries if not entry.is_file(follow_symlinks=False))
            for inner in others:  # a plain file in a folder that is no link is as it ought to be
                if not inner.startswith(".") and not _is_extra(path / inner, root):
                    yield from _odd(path / inner, root)
    except RefusedError as error:
        yield finding(error, root)
    except OSError as error:
        what = f"could not be read: {error.strerror}"
        yield Finding(CHECK, Severity.ERROR, what, Location(shown(path, root)), "change its permissions")
