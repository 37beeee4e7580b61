"""Is a picture whole and harmless? The pixels of one are all decoded, the shapes of a drawing are gone through."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from plainleaf import files
from plainleaf.graphics import bitmaps, drawings, logos

MOST_BYTES = {".svg": 500_000, ".png": 4_000_000}
PHOTO_BYTES = {**MOST_BYTES, ".png": 20_000_000, ".jpg": 20_000_000, ".jpeg": 20_000_000}
SAVE_ANEW = "save it anew as a JPEG (a photograph), or as plain SVG or PNG (a drawing)"

_MOST_JUDGED = 4096  # pictures of which it is kept what was found, by their content: many leaflets show the same ones
_judged: dict[tuple[str, bytes, bool], str] = {}


def fault(path: Path, *roots: Path, photos: bool = False) -> str:
    """What is wrong with an SVG or PNG file, as the end of a sentence ("it is cut off ..."); "" if nothing is.

    With ``photos`` it is a leaflet's: it may be a JPEG too, as large as cameras make them, and shows on white paper.
    """
    kind = path.suffix.lower()
    most = PHOTO_BYTES if photos else MOST_BYTES
    if kind not in most:
        return "it is no JPEG, SVG or PNG" if photos else "it is neither SVG nor PNG"
    try:
        data = files.Root(*roots).read(path, most[kind])
    except files.RefusedError as error:
        return f"it {error.strerror}"
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    return judged(data, kind, paper=photos)


def judged(data: bytes, kind: str, paper: bool = False) -> str:
    """As ``fault``, of a picture's content; ``kind``: the end of its name, ".png". Judged once in a process.

    With ``paper`` some of it must show on white paper; pictures of layouts may be made for dark grounds.
    """
    key = kind, hashlib.sha256(data).digest(), paper
    if key not in _judged:
        if len(_judged) >= _MOST_JUDGED:
            _judged.clear()
        _judged[key] = _drawing(data, paper) if kind == ".svg" else bitmaps.fault(data, kind, paper)
    return _judged[key]


def _drawing(data: bytes, paper: bool) -> str:
    if (wrong := drawings.fault(data)) or not paper or logos.shows(data):
        return wrong
    return "nothing in it can be seen on white paper: all of it is white, or nearly"


def mirrors(path: Path, *roots: Path) -> bool:
    """Whether a picture says of itself that it turns round on right-to-left pages: ``<svg data-mirror="rtl">``."""
    try:
        head = files.Root(*roots).read(path)[:2000] if path.suffix.lower() == ".svg" else b""
    except OSError:
        return False
    return re.search(rb"<svg\b[^>]*\sdata-mirror=\"rtl\"", head) is not None
