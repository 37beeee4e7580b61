"""All that lies around what is made: our own code and data, libraries, fonts, the files of a root; each counts by its
content, and is read only if it may have changed since it was last."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from plainleaf import files
from plainleaf.approvals import keys
from plainleaf.files import marks, places, settings
from plainleaf.typesetting import fonts

_SKIPPED = {"__pycache__"}
_VARIABLES = ("PLAINLEAF_", "FONTCONFIG_", "XDG_", "LD_", "DYLD_")  # of the environment, by how their names begin

# Digests of plain files that were read, by path: by this process, which asks before and after a run, or by an earlier
# one. Only of files that had not changed for a while (``marks.steady``).
_SEEN: dict[str, tuple[str, bytes]] = {}


class Watch:
    """Over the files of a root while a run is at work: a file that was changed, and changed back, has the same content
    in the end, but what was made of it in between is not to be trusted."""

    def __init__(self, root: Path, left_out: Callable[[str], bool] = lambda _: False) -> None:
        """``left_out``: whether a file does not count, by its path from the root."""
        self._root, self._left_out = root, left_out
        self._marks = dict(self._seen())

    def changed(self) -> tuple[str, ...]:
        """The paths of files and folders, from the root, that were written, came or went since it began; sorted."""
        now = dict(self._seen())
        names = {name for name, mark in self._marks.items() ^ now.items() if name}
        return tuple(sorted(names))

    def _seen(self) -> Iterator[tuple[str, str]]:
        start = len(str(self._root)) + 1
        for top in _own(self._root):
            for folder, inner, names in os.walk(top):
                inner[:] = sorted(name for name in inner if name not in _SKIPPED)
                for name in names:
                    yield from self._mark(os.path.join(folder, name)[start:])  # noqa: PTH118
            yield from self._mark(str(top)[start:])

    def _mark(self, name: str) -> Iterator[tuple[str, str]]:
        with suppress(OSError):
            if not self._left_out(name):
                yield name, marks.mark(os.lstat(os.path.join(self._root, name)))  # noqa: PTH118


class _UnsureError(Exception):
    """Something lies there whose content cannot be told for sure."""


def digest(root: Path, more: Sequence[str] = (), left_out: Callable[[str], bool] = lambda _: False) -> str:
    """Of everything around a root, and of some words; "" if that cannot be told, and nothing may be kept.

    ``left_out``: whether a file of the root does not count, by its path from there.
    """
    found = hashlib.sha256()
    try:
        for part in _parts(root, more, left_out):
            found.update(len(part).to_bytes(8, "big") + part)
    except (_UnsureError, OSError):
        return ""
    return found.hexdigest()


def grounds(root: Path) -> tuple[str, str]:
    """The digest of everything around a root but what belongs to one leaflet; and that of our own code and data, with
    libraries and fonts, alone. "" for what cannot be told."""
    return digest(root, (), is_of_one_leaflet), digest(root, (), lambda _: True)


def is_of_one_leaflet(path: str) -> bool:
    """Whether a file of the root is read into editions alone, which count by themselves; ``path``: from the root."""
    top, _, rest = path.partition("/")
    if top == "sources":
        return "/" not in rest and (rest.endswith(".md") or rest in ("sign-offs.toml", "readability.toml"))
    if top != "locales":
        return False
    is_catalog = rest.endswith(".po") and not rest.endswith("/layouts.po")
    return is_catalog or rest.endswith((".pot", "/approvals.toml", ".md"))


def seen(root: Path) -> dict[str, tuple[str, str]]:
    """The marks and digests of files around a root that need not be read again unless their marks change."""
    tops = tuple(str(top) for top in (root, *_ours()))
    return {path: (mark, found.hex()) for path, (mark, found) in _SEEN.items() if path.startswith(tops)}


def recall(known: dict[str, tuple[str, str]]) -> None:
    """What an earlier run has ``seen``. Raises ``ValueError``, ``TypeError`` if that is damaged."""
    _SEEN.update({path: (mark, bytes.fromhex(found)) for path, (mark, found) in known.items()})


def _parts(root: Path, more: Sequence[str], left_out: Callable[[str], bool]) -> Iterator[bytes]:
    environment = [f"{name}={value}" for name, value in os.environ.items() if name.startswith(_VARIABLES)]
    here = (keys.program(), str(root), sys.version)
    for words in (more, sorted(environment), _libraries(), _fonts(), here):
        yield "\n".join(words).encode(errors="surrogateescape")
    own = _own(root)
    start = len(str(root)) + 1
    for top in dict.fromkeys(own):
        yield from _content(top, lambda path: left_out(path[start:]))
    for top in (each for each in _ours() if each not in own):  # the root may be the tool's own repository
        yield from _content(top, lambda _: False)


def _own(root: Path) -> list[Path]:
    """What a root may hold of its own."""
    return [root / name for name in (*settings.FILES, keys.FILE, "sources", "locales", "layouts")]


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


def _content(top: Path, left_out: Callable[[str], bool]) -> Iterator[bytes]:
    """A file, or every folder and file below one: names and content."""
    if not files.there(top):
        yield f"{top} is missing".encode()
        return
    if not top.is_dir():
        yield from _file(str(top), top)
        return
    for folder, inner, names in os.walk(top, onerror=_unsure):
        inner[:] = sorted(name for name in inner if name not in _SKIPPED)
        yield f"{folder}/".encode(errors="surrogateescape")
        if any(os.path.islink(os.path.join(folder, name)) for name in inner):  # noqa: PTH114, PTH118
            raise _UnsureError  # what lies behind is not walked
        paths = (os.path.join(folder, name) for name in sorted(names))  # noqa: PTH118
        for path in (path for path in paths if not left_out(path)):
            yield from _file(path, top)


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
    found = hashlib.sha256(files.Root(top.parent).read(Path(path))).digest()
    if mark and stat.S_ISREG(about.st_mode) and marks.steady(about, began):
        _SEEN[path] = (mark, found)
    yield found
