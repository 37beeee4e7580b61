"""Where layouts and locales lie: in the root folder, and those that come with the package."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
MEDIA = {".png", ".jpg", ".jpeg", ".svg", ".ttf", ".otf", ".ttc"}  # files that a page may be made with
LOCALE_FILE = "locale.toml"
TERMS_FILE = "terms.toml"
WORDS = "layouts"  # the catalog of the words that layouts print
RESERVED = ("languages", "staff")  # folders of the output folder that no leaflet's may be
PAGE_MARK = b'<meta name="generator" content="Plainleaf">'  # what every page of the output folder has in its head
RENAME = "name it with small letters and digits, with single hyphens between: large-print"

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def shipped(kind: str) -> Path:
    """A folder that comes with the package: "layouts", "locales"; "sources" and "docs" for the guides in them."""
    inside = PACKAGE / "shipped" / kind
    return inside if inside.is_dir() else PACKAGE.parent / kind


def lock() -> Path:
    """The lock of the libraries, where the tool runs from its repository."""
    return shipped("layouts").parent / ".ci" / "requirements.lock"


def folders(root: Path, kind: str) -> tuple[Path, ...]:
    """The root's own folder of a kind before the shipped one; only those that exist. The own one lies in the root."""
    own = [root / kind] if (root / kind).resolve().is_relative_to(root.resolve()) else []
    return tuple(dict.fromkeys(path for path in (*own, shipped(kind)) if path.is_dir()))


def below(folder: Path) -> Iterator[Path]:
    """All files below a folder, always in the same order; also through links to folders beside it, each folder once."""
    seen, around = set[Path](), folder.resolve().parent
    for place, folders, names in os.walk(folder, followlinks=True):
        real = Path(place).resolve()
        if real in seen or not real.is_relative_to(around):
            folders.clear()
            continue
        seen.add(real)
        folders.sort()
        yield from (Path(place, name) for name in sorted(names))


def po_path(root: Path, locale: str, domain: str) -> Path:
    """Where a catalog lives."""
    return root / f"locales/{locale}/LC_MESSAGES/{domain}.po"


def waits(folder: Path) -> bool:
    """Whether nobody has begun with a language yet: all that its folder holds are the words that layouts print, and
    perhaps a list of terms."""
    words = po_path(Path(), folder.name, WORDS).relative_to(Path("locales", folder.name))
    return {path.relative_to(folder) for path in below(folder)} - {Path(TERMS_FILE)} == {words}


def locale_file(root: Path, locale: str) -> Path:
    """Where the settings of a language live: its fonts, digits, rules of readability."""
    return root / "locales" / locale / LOCALE_FILE


def around(folders: Iterable[Path]) -> tuple[Path, ...]:
    """The roots that folders of layouts belong to."""
    return tuple(dict.fromkeys(folder.parent for folder in folders))


def shown(path: Path, root: Path) -> str:
    """A file's name for people: from the root, or from ``layouts`` where it comes with the package."""
    for start in (root, root.resolve(), shipped("layouts").parent):
        if path.is_relative_to(start):
            return path.relative_to(start).as_posix()
    return path.name


def is_ours(path: Path, root: Path) -> bool:
    """Whether a layout's file or folder comes with the package, and is not in the root that one works in."""
    path = path.resolve()
    return path.is_relative_to(shipped("layouts").resolve()) and not path.is_relative_to(root.resolve())


def unfit(name: str, what: str) -> str:
    """Why a layout or look (``what``) cannot have this name, in words; "" if it can.

    It becomes part of file names and addresses: "a4.marks" would be a layout's or a4 in the look "marks".
    """
    return (
        ""
        if _NAME.fullmatch(name)
        else f"“{name}” cannot be the name of a {what}: it goes into file names and addresses"
    )
