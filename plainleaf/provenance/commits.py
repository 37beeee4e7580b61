"""The commit that a root folder is at, and which of its files are not as they are in it. Asks ``git`` for what it
has stored; files are compared here."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from plainleaf import files
from plainleaf.files import shelf
from plainleaf.files.commits import asked

_MOST_BYTES = 200_000_000  # of a picture or a font


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit, "" if there is none, with its files below the root: their paths, and git's digests of them."""

    name: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    _same: dict[str, bool] = field(default_factory=dict, compare=False)  # what has been compared

    def differing(self, root: Path, paths: Iterable[str]) -> tuple[str, ...]:
        """Those of some files that are not, or not so, in the commit; sorted."""
        return tuple(sorted(path for path in set(paths) if not self._has(root, path)))

    def _has(self, root: Path, path: str) -> bool:
        if path not in self._same:
            self._same[path] = self._compared(root, path)
        return self._same[path]

    def _compared(self, root: Path, path: str) -> bool:
        noted = self.files.get(path)
        if not noted:
            return False
        kind = "sha1" if len(noted) == 40 else "sha256"
        try:
            return shelf.of_file(f"blob {kind}", root / path, partial(_blob, root, root / path, kind)) == noted
        except OSError:
            return False


def _blob(root: Path, path: Path, kind: str) -> str:
    """The digest that git has of a file with this content. Raises ``OSError``."""
    data = files.Root(root).read(path, _MOST_BYTES)
    return hashlib.new(kind, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def head(root: Path) -> str:
    """The name of the commit that is checked out, "" if git knows of none. Never raises."""
    name = asked(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode("ascii", "replace").strip()
    return name if len(name) in (40, 64) and set(name) <= set("0123456789abcdef") else ""


def commit(root: Path) -> Commit:
    """The commit that is checked out; none where git knows of no file of this root, or is not there. Never raises."""
    name = head(root)
    if not name:
        return Commit()
    found = {}
    for line in asked(root, "ls-tree", "-r", "-z", name).split(b"\0"):
        about, _, path = line.partition(b"\t")
        parts = about.split()
        if len(parts) == 3 and parts[1] == b"blob":
            found[os.fsdecode(path)] = parts[2].decode("ascii", "replace")
    return Commit(name, found) if any(path.startswith("sources/") for path in found) else Commit()
