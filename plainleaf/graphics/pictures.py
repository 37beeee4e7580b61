"""Is a picture whole and harmless? The pixels of one are all decoded, the shapes of a drawing are gone through."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from plainleaf import files
from plainleaf.graphics import bitmaps, drawings, logos

MOST_BYTES = {".svg": 500_000, ".png": 4_000_000}
PHOTO_BYTES = {**MOST_BYTES, ".png": 20_000_000, ".jpg": 20_000_000, ".jpeg": 20_000_000}
SAVE_ANEW = "save it again as a JPEG (a photograph), or as plain SVG or PNG (a drawing)"

_MOST_JUDGED = 4096  # pictures of which it is kept what was found, by their content: many leaflets show the same ones
_judged: dict[tuple[str, bytes, bool], str] = {}


def fault(path: Path, *roots: Path, photos: bool = False) -> str:
    """What is wrong with an SVG or PNG file, as the end of a sentence ("it is cut off ..."); "" if nothing is.

    With ``photos`` it is a leaflet's: it may be a JPEG too, as large as cameras make them, and shows on white paper.
    """
    kind = path.suffix.lower()
    most = PHOTO_BYTES if photos else MOST_BYTES
    if kind not in most:
        return "it is not a JPEG, SVG or PNG" if photos else "it is neither SVG nor PNG"
    try:
        data = files.Root(*roots).read(path, most[kind])
    except files.RefusedError as error:
        return f"it {error.strerror}"
    except OSError as error:
        return f"it could not be read: {error.strerror}"
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
    return "nothing in it can be seen on white paper: all of it is white, or nearly white"


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of a number in a drawing: its middle, in per cent of the width from the left and of the height from
    the top."""

    number: int
    across: float
    down: float


@dataclass(frozen=True, slots=True)
class Told:
    """What a picture says of itself: whether it turns round on right-to-left pages, ``<svg data-mirror="rtl">``, and
    where the numbers of its labels stand, ``<circle data-label="1" ...>``, in their order. ``upright``: it is higher
    than wide."""

    mirrors: bool = False
    spots: tuple[Spot, ...] = ()
    upright: bool = False


def told(path: Path, *roots: Path) -> Told:
    """What a picture says of itself; nothing if it is no SVG, or cannot be read."""
    try:
        data = files.Root(*roots).read(path, MOST_BYTES[".svg"]) if path.suffix.lower() == ".svg" else b""
    except OSError:
        return Told()
    text = data.decode(errors="replace")
    root = re.search(r"<svg\b[^>]*>", text)
    if root is None:
        return Told()
    box = re.search(rf'\sviewBox="\s*{_FIGURE}[\s,]+{_FIGURE}[\s,]+{_FIGURE}[\s,]+{_FIGURE}\s*"', root[0])
    left, top, width, height = map(float, box.groups()) if box else (0.0, 0.0, 0.0, 0.0)
    spots = []
    for circle in re.findall(r"<circle\b[^>]*>", text) if min(width, height) > 0 else ():
        said = dict(re.findall(rf'\s(data-label|cx|cy)="{_FIGURE}"', circle))
        if said.get("data-label", "").isdecimal():
            x, y = float(said.get("cx", 0)), float(said.get("cy", 0))
            across, down = 100 * (x - left) / width, 100 * (y - top) / height
            spots.append(Spot(int(said["data-label"]), round(across, 2), round(down, 2)))
    return Told(' data-mirror="rtl"' in root[0], tuple(sorted(spots, key=lambda spot: spot.number)), 0 < width < height)


_FIGURE = r"([-+]?[0-9]{1,6}(?:\.[0-9]{0,6})?)"
