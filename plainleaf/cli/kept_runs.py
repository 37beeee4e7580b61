"""What a run found last time, kept for as long as nothing has changed that it depends on.

The key is a digest of all of it: every file of the sources, locales and layouts, the settings, our own code and data,
the fonts that are installed, the versions of Python and of the libraries, the day, and what was asked for. A kept
result whose key or digest does not fit is as good as none: there is never a pass that was not earned.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from plainleaf import files
from plainleaf.artifacts import surroundings
from plainleaf.artifacts.surroundings import Around
from plainleaf.files.cache import cache_folder

MOST = 50  # results of a kind, of as many folders and choices
_MOST_BYTES = 200_000_000  # of one result


def key(around: Around, asked: Sequence[str], today: date) -> str:
    """The digest of all that a result depends on; "" if that cannot be told, and nothing may be kept.

    ``asked``: the choice and the options of the run, in words.
    """
    return around.digest((*asked, today.isoformat()))


def recall(kind: str, root: Path, asked: Sequence[str]) -> tuple[str, Any]:
    """The key and the result of the last run that was asked the same; ("", None) if there is none.

    ``kind``: which command's, the name of a folder. What that run has read need not be read again to find the key.
    """
    try:
        wanted, digest, body = files.ANYWHERE.read(_path(kind, root, asked), _MOST_BYTES).split(b"\n", 2)
        if hashlib.sha256(wanted + body).hexdigest().encode() != digest:
            return "", None
        result, seen = json.loads(body)
        surroundings.recall(seen)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return "", None  # none there, or no file of ours
    return wanted.decode(), result


def keep(kind: str, root: Path, asked: Sequence[str], wanted: str, result: Any) -> None:
    """Keep a result that JSON can hold, in place of an older one of the same choice. A cache that cannot be written is
    no fault."""
    body = json.dumps([result, surroundings.seen(root)], ensure_ascii=False).encode(errors="surrogatepass")
    digest = hashlib.sha256(wanted.encode() + body).hexdigest()
    path = _path(kind, root, asked)
    with suppress(OSError):
        files.Root(path.parent).save(path, f"{wanted}\n{digest}\n".encode() + body)
        _prune(path.parent)


def _prune(folder: Path) -> None:
    there = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in there[MOST:]:
        files.Root(folder).delete(path)


def _path(kind: str, root: Path, asked: Sequence[str]) -> Path:
    name = hashlib.sha256("\0".join((str(root), *asked)).encode(errors="surrogatepass")).hexdigest()[:24]
    return cache_folder() / kind / f"{name}.json"
