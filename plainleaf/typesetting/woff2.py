"""Cut fonts as browsers and e-readers load them: WOFF 2.0, a third of the size; kept beside the fonts they are made of.

W3C WOFF File Format 2.0; EPUB 3.3, 3.2 (core media types) has it too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from plainleaf import files
from plainleaf.typesetting.fonts import MOST_BYTES, keep, open_face
from plainleaf.typesetting.subsets import CutFont

SUFFIX = ".woff2"
MEDIA = "font/woff2"
_SIGNATURE = b"wOF2"
_LENGTH = slice(8, 12)  # where its header says how long the file is


def packed(fonts: Iterable[CutFont]) -> tuple[CutFont, ...]:
    """The same fonts in small files, whose names say what is in them as those of the cut fonts do. One that is damaged
    since is made anew."""
    return tuple(replace(font, path=_packed(font.path)) for font in fonts)


def _packed(cut: Path) -> Path:
    path = cut.with_suffix(SUFFIX)
    if not _whole(path):
        font = open_face(files.ANYWHERE.read(cut, MOST_BYTES), "")
        font.flavor = "woff2"
        out = BytesIO()
        font.save(out)
        keep(path, out.getvalue(), path.parent)
    return path


def _whole(path: Path) -> bool:
    """Whether it lies there as long as its header says: it is written in one go."""
    try:
        data = files.ANYWHERE.read(path, MOST_BYTES)
    except OSError:
        return False
    return data[:4] == _SIGNATURE and int.from_bytes(data[_LENGTH], "big") == len(data)
