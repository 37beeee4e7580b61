"""All that lies around what is made: our own code and data, libraries, fonts, the files of a root; each counts by its
content, and is read only if it may have changed since it was last."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from operator import attrgetter
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


LeftOut = Callable[[str], bool]
"""Whether a file of the root does not count, by its path from there."""


def _nothing(_: str) -> bool:
    return False


@dataclass(slots=True)
class _Item:
    """A file, or a folder above such ("/" at its end), as it was seen: its mark, "" if that means nothing; the digest
    of its content, ``None`` if it could not be read."""

    path: str
    mark: str = ""
    digest: bytes | None = b""

    @property
    def is_folder(self) -> bool:
        return self.path.endswith("/")


class Around:
    """All that lies around a root, as it is at one moment: looked at once, whatever is asked of it."""

    def __init__(self, root: Path) -> None:
        self.root, self._start = root, len(str(root)) + 1
        own = _own(root)
        self._own, sure = _all(own)
        ours, also_sure = _all([top for top in _ours() if top not in own])  # the root may be the tool's own repository
        environment = [f"{name}={value}" for name, value in os.environ.items() if name.startswith(_VARIABLES)]
        here = (keys.program(), str(root), sys.version)
        words = ["\n".join(each) for each in (sorted(environment), _libraries(), _fonts(), here)]
        contents = _joined(ours) if sure and also_sure else None
        self._machine = None if contents is None else _sha256("\0".join(words), contents)

    def digest(self, more: Sequence[str] = (), left_out: LeftOut = _nothing) -> str:
        """Of all that lies around, and of some words; "" if that cannot be told, and nothing may be kept."""
        if self._machine is None:
            return ""
        counted = (each for each in self._own if each.is_folder or not left_out(each.path[self._start :]))
        contents = _joined(counted)
        return "" if contents is None else _sha256("\n".join(more), self._machine + contents).hex()

    def grounds(self) -> tuple[str, str]:
        """The digest of everything but what belongs to one leaflet; and that of our own code and data, with libraries
        and fonts, alone. "" for what cannot be told."""
        return self.digest((), is_of_one_leaflet), self.digest((), lambda _: True)

    def changed(self, left_out: LeftOut = _nothing) -> tuple[str, ...]:
        """The paths of files of the root that were written, came or went since, from there; sorted. A file that was
        changed, and changed back, has the same content in the end, but what was made of it in between is not to be
        trusted."""
        every = (each for top in _own(self.root) for each in _listed(top)[0])
        now = {path: marks.mark(about) for path, about in every if about}
        then = {each.path: each.mark for each in self._own if not each.is_folder}
        names = {path[self._start :] for path, _ in then.items() ^ now.items()}
        return tuple(sorted(name for name in names if not left_out(name)))


_begun: ContextVar[Around | None] = ContextVar("begun", default=None)


@contextmanager
def held(around: Around) -> Iterator[None]:
    """What a run has seen as it began, for all that it does (``begun``)."""
    token = _begun.set(around)
    try:
        yield
    finally:
        _begun.reset(token)


def begun(root: Path) -> Around:
    """What a run has seen as it began, if that is so still, leaflets aside; else what lies around now."""
    there = _begun.get()
    return there if there and there.root == root and not there.changed(is_of_one_leaflet) else Around(root)


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


def _joined(every: Iterable[_Item]) -> bytes | None:
    """Names and contents; ``None`` if one of these is not known."""
    parts = list[bytes]()
    for each in every:
        if each.digest is None:
            return None
        parts.append(each.path.encode(errors="surrogateescape") + b"\0" + each.digest)
    return b"".join(parts)


def _sha256(words: str, contents: bytes) -> bytes:
    return hashlib.sha256(words.encode(errors="surrogateescape") + b"\0" + contents).digest()


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


def _all(tops: Iterable[Path]) -> tuple[list[_Item], bool]:
    """All that lies in some places, with its content; and whether that can be told for sure."""
    every, sure = list[_Item](), True
    for top in dict.fromkeys(tops):
        found, whole = _listed(top)
        every += [_item(path, about, top.parent) if about else _Item(path) for path, about in found]
        sure &= whole
    return every, sure


Listed = list[tuple[str, os.stat_result | None]]


def _listed(top: Path) -> tuple[Listed, bool]:
    """Files with what the system says of them, and the folders above them, by their paths; and whether that is all."""
    try:
        about = os.lstat(top)
    except OSError:
        return [(f"{top} is missing/", None)], True
    found = Listed()
    if not top.is_dir():
        return [(str(top), about)], True
    return found, _walk(str(top), found)


def _walk(folder: str, found: Listed) -> bool:
    """Put in a folder and all below it; whether that is all: no link to another folder, nothing that went away."""
    found.append((f"{folder}/", None))
    sure = True
    try:
        with os.scandir(folder) as there:
            entries = sorted(there, key=attrgetter("name"))
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                sure &= entry.name in _SKIPPED or _walk(entry.path, found)
            elif entry.is_symlink() and entry.is_dir():
                sure = False
            else:
                found.append((entry.path, os.lstat(entry.path)))  # not the entry's own, which lacks marks on Windows
    except OSError:
        return False
    return sure


def _item(path: str, about: os.stat_result, within: Path) -> _Item:
    """A file with its content; nothing of a pipe, or of a link that leads out of the root: ``Root.read`` refuses it."""
    mark = marks.mark(about)
    if mark and (known := _SEEN.get(path)) and known[0] == mark:
        return _Item(path, mark, known[1])
    began = marks.now()
    try:
        found = hashlib.sha256(files.Root(within).read(Path(path))).digest()
    except OSError:
        return _Item(path, mark, None)
    if mark and marks.steady(about, began):
        _SEEN[path] = (mark, found)
    return _Item(path, mark, found)
