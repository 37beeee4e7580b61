"""What a run found last time, kept for as long as nothing has changed that it depends on.

The key is a digest of all of it: every file of the sources, locales and layouts, the settings, our own code and data,
the fonts that are installed, the versions of Python and of the libraries, the day, and what was asked for. A kept
result whose key or digest does not fit is as good as none: there is never a pass that was not earned.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from plainleaf import files
from plainleaf.approvals import keys
from plainleaf.files import marks, places, settings
from plainleaf.typesetting import fonts

MOST = 50  # results of a kind, of as many folders and choices
_MOST_BYTES = 200_000_000  # of one result
_SKIPPED = {"__pycache__"}
_VARIABLES = ("PLAINLEAF_", "FONTCONFIG_", "XDG_", "LD_", "DYLD_")  # of the environment, by how their names begin

# Digests of plain files that were read, by path: by this process, which asks for the key before and after a run, or by
# an earlier one. Only of files that had not changed for a while (``marks.steady``).
_SEEN: dict[str, tuple[str, bytes]] = {}


class UnsureError(Exception):
    """Something lies there whose content cannot be told for sure."""


def key(root: Path, asked: Sequence[str], today: date) -> str:
    """The digest of all that a result depends on; "" if that cannot be told, and nothing may be kept.

    ``asked``: the choice and the options of the run, in words.
    """
    digest = hashlib.sha256()
    try:
        for part in _parts(root, asked, today):
            digest.update(len(part).to_bytes(8, "big") + part)
    except (UnsureError, OSError):
        return ""
    return digest.hexdigest()


def _parts(root: Path, asked: Sequence[str], today: date) -> Iterator[bytes]:
    environment = [f"{name}={value}" for name, value in os.environ.items() if name.startswith(_VARIABLES)]
    here = (keys.program(), str(root), sys.version, today.isoformat())
    for words in (asked, sorted(environment), _libraries(), _fonts(), here):
        yield "\n".join(words).encode(errors="surrogateescape")
    own = [root / name for name in (*settings.FILES, keys.FILE, "sources", "locales", "layouts")]
    for top in dict.fromkeys((*own, *_ours())):
        yield from _content(top)


def _ours() -> Sequence[Path]:
    """Our own code and data, and the layouts and locales that come with them."""
    return (places.PACKAGE, *(places.shipped(kind) for kind in ("layouts", "locales")), places.lock())


def _libraries() -> Iterator[str]:
    """Names and versions of all that is installed, as their folders have them."""
    for folder in sys.path:
        with suppress(OSError):
            yield from sorted(at.name for at in Path(folder).iterdir() if at.suffix in (".dist-info", ".egg-info"))


def _fonts() -> Iterator[str]:
    """Font files by path, size and times of change, as ``fonts`` itself tells old from new."""
    for top in fonts.folders():
        for folder, inner, names in os.walk(top):
            inner.sort()
            for name in sorted(names):
                path = os.path.join(folder, name)  # noqa: PTH118 - hundreds of files
                with suppress(OSError):  # a link that leads nowhere
                    yield f"{path} {fonts.mark(os.stat(path))}"  # noqa: PTH116


def _content(top: Path) -> Iterator[bytes]:
    """A file, or every folder and file below one: names and content."""
    if not files.there(top):
        yield f"{top} is not there".encode()
        return
    if not top.is_dir():
        yield from _file(str(top), top)
        return
    for folder, inner, names in os.walk(top, onerror=_unsure):
        inner[:] = sorted(name for name in inner if name not in _SKIPPED)
        yield f"{folder}/".encode(errors="surrogateescape")
        if any(os.path.islink(os.path.join(folder, name)) for name in inner):  # noqa: PTH114, PTH118
            raise UnsureError  # what lies behind is not walked
        for name in sorted(names):
            yield from _file(os.path.join(folder, name), top)  # noqa: PTH118


def _unsure(error: OSError) -> None:
    raise error


def _file(path: str, top: Path) -> Iterator[bytes]:
    """Nothing of a pipe, or of a link that leads out of the root: ``files.Root.read`` refuses it."""
    yield path.encode(errors="surrogateescape")
    about = os.lstat(path)  # no link is followed
    mark = marks.mark(about)
    if mark and (known := _SEEN.get(path)) and known[0] == mark:
        yield known[1]
        return
    began = marks.now()
    digest = hashlib.sha256(files.Root(top.parent).read(Path(path))).digest()
    if mark and stat.S_ISREG(about.st_mode) and marks.steady(about, began):
        _SEEN[path] = (mark, digest)
    yield digest


# --------------------------------------------------------------------------- on disk


def recall(kind: str, root: Path, asked: Sequence[str]) -> tuple[str, Any]:
    """The key and the result of the last run that was asked the same; ("", None) if there is none.

    ``kind``: which command's, the name of a folder. What that run has read need not be read again to find the key.
    """
    try:
        wanted, digest, body = files.ANYWHERE.read(_path(kind, root, asked), _MOST_BYTES).split(b"\n", 2)
        if hashlib.sha256(wanted + body).hexdigest().encode() != digest:
            return "", None
        result, seen = json.loads(body)
        known = {path: (mark, bytes.fromhex(digest)) for path, (mark, digest) in seen.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return "", None  # none there, or no file of ours
    _SEEN.update(known)
    return wanted.decode(), result


def keep(kind: str, root: Path, asked: Sequence[str], wanted: str, result: Any) -> None:
    """Keep a result that JSON can hold, in place of an older one of the same choice. A cache that cannot be written is
    no fault."""
    tops = tuple(str(top) for top in (root, *_ours()))
    seen = {path: (mark, digest.hex()) for path, (mark, digest) in _SEEN.items() if path.startswith(tops)}
    body = json.dumps([result, seen], ensure_ascii=False).encode(errors="surrogatepass")
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
    return fonts.cache_folder() / kind / f"{name}.json"
