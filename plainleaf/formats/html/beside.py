"""The files that lie beside a page for screens, each with a name that says its content; or the same in the page."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from plainleaf import files
from plainleaf.files import supplied
from plainleaf.files.places import around
from plainleaf.graphics import bitmaps, photos, pictures

_MEDIA = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml", ".woff2": "font/woff2",
}  # fmt: skip
_MOST_BYTES = 50_000_000  # of a picture
_DIGITS = 16  # of a digest, in a name


@dataclass(frozen=True, slots=True)
class Beside:
    """A file as the page names it; where its content is from, with that one's digest; folders that it may lie in."""

    name: str
    path: str
    sha256: str
    folders: tuple[str, ...]
    counts: bool = True  # whether its content is judged beside the page; a cut font's name says all of it


def picture(path: Path, folders: Sequence[Path]) -> Beside:
    """A picture. Raises ``OSError``, and ``ValueError`` for one that is damaged or harmful."""
    kind = path.resolve().suffix.lower()
    if kind not in _MEDIA:
        raise ValueError("it is not a PNG, JPEG or SVG")
    data = files.Root(*around(folders)).read(path, _MOST_BYTES)
    if wrong := pictures.judged(data, kind):
        raise ValueError(wrong)
    digest = hashlib.sha256(data).hexdigest()
    return Beside(f"{digest[:_DIGITS]}{kind}", str(path), digest, tuple(map(str, folders)))


def font(path: Path) -> Beside:
    """A font that was cut for the page, with a name that says what is in it."""
    digest = hashlib.sha256(files.Root(path.parent).read(path, _MOST_BYTES)).hexdigest()
    return Beside(path.name, str(path), digest, (str(path.parent),), counts=False)


def content(of: Beside) -> bytes:
    """The bytes of a file as it is published. Raises ``ValueError`` if it is not what it was."""
    path, sent = Path(of.path), supplied.current()
    data = sent.read(path, _MOST_BYTES) if sent else _read(path, of.folders)
    if hashlib.sha256(data).hexdigest() != of.sha256:
        raise ValueError(f"{path.name} was replaced during this run: publish again")
    kind = Path(of.name).suffix
    return data if kind in (".svg", ".woff2") else photos.clean(bitmaps.plain(data), photos.SCREEN_SIDE)


def _read(path: Path, folders: Sequence[str]) -> bytes:
    return files.Root(*around(tuple(map(Path, folders)))).read(path, _MOST_BYTES)


def inside(page: str, beside: Mapping[str, bytes]) -> str:
    """The page with the files in it that it names."""
    for name, data in beside.items():
        address = f"data:{_MEDIA[Path(name).suffix]};base64,{b64encode(data).decode()}"
        page = page.replace(f'src="{name}"', f'src="{address}"').replace(f'url("./{name}")', f"url({address})")
    return page
