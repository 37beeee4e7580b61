"""What leaflets are called: the title that each file says, read without the rest of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from plainleaf import files
from plainleaf.project import leaflet_files
from plainleaf.sources import front_matter


class Title(NamedTuple):
    """A leaflet's ``name``, its ``title`` (its name, where the file says none), the language of that (BCP 47)."""

    name: str
    title: str
    tag: str


def titles(root: Path, known: Mapping[str, Title] | None = None) -> dict[str, Title]:
    """All leaflets by name, also those that cannot be read; ``known``: what need not be read again."""
    known = known or {}
    return {path.stem: known.get(path.stem) or _title(root, path) for path in leaflet_files(root)}


def _title(root: Path, path: Path) -> Title:
    try:
        said, tag = front_matter.titled(files.Root(root).read(path).decode("utf-8-sig", "replace"))
    except OSError:
        said, tag = "", ""
    return Title(path.stem, said or path.stem, tag if said else "")
