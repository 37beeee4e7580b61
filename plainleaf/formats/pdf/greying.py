"""A PDF in grey alone, for a look that prints with one ink: printers mix the grey of RGB from all of theirs.

Called by the finisher of ``render.py``. A colour becomes its luma, 0.299 red + 0.587 green + 0.114 blue, as on a grey
copy. ISO 32000-1, 8.6.8 (colours in a page), 8.7.4.5 (gradients), 8.9.5 (pictures).
"""

from __future__ import annotations

import re
import zlib
from struct import pack
from typing import Any

import pydyf

from plainleaf.graphics import photos

_RGB = re.compile(rb"(\S+) (\S+) (\S+) (rg|RG)")
_SPACE = re.compile(rb"/(DeviceCMYK|lab-d50|lab-d65) (?:cs|CS)")
_SPECIAL = re.compile(rb"((?:[-+.\de]+ )+)(scn|SCN)")
_FILLS = {b"rg": b"g", b"RG": b"G", b"scn": b"g", b"SCN": b"G"}
_GREY = "/DeviceGray"


def to_grey(pdf: pydyf.PDF) -> None:
    """Set all that a PDF draws, which is about to be written, in grey: text, frames, drawings, gradients, pictures."""
    for found in pdf.objects:
        if isinstance(found, pydyf.Stream):
            if found.extra.get("Subtype") == "/Image":
                _picture(found)
            else:
                _drawing(found)
        elif isinstance(found, dict) and "ShadingType" in found:
            found["ColorSpace"] = _GREY
            _gradient(found["Function"])


def _luma(red: float, green: float, blue: float) -> float:
    return round(0.299 * red + 0.587 * green + 0.114 * blue, 4)


def _drawing(stream: pydyf.Stream) -> None:
    """A page, or a part of one: WeasyPrint writes each operator with what it works on as an item of its own."""
    if group := stream.extra.get("Group"):
        group["CS"] = _GREY
    space = b""
    for at, item in enumerate(stream.stream):
        if not isinstance(item, bytes):
            continue
        if found := _RGB.fullmatch(item):
            stream.stream[at] = _grey(_luma(*map(float, found.groups()[:3])), found[4])
        elif named := _SPACE.fullmatch(item):
            space, stream.stream[at] = named[1], b""
        elif space and (found := _SPECIAL.fullmatch(item)):
            stream.stream[at] = _grey(_special(space, [float(part) for part in found[1].split()]), found[2])


def _grey(value: float, operator: bytes) -> bytes:
    return b"%g %b" % (value, _FILLS[operator])


def _special(space: bytes, parts: list[float]) -> float:
    """The grey of a colour in another space: as dark in print, or as light to the eye."""
    if space == b"DeviceCMYK":
        return round(1 - min(1, 1 - _luma(*(1 - part for part in parts[:3])) + parts[3]), 4)
    lightness = max(0.0, min(100.0, parts[0]))
    light = ((lightness + 16) / 116) ** 3 if lightness > 8 else lightness / 903.3
    return float(round(12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055, 4))


def _gradient(function: Any) -> None:
    """Luma goes on evenly where its colours do, so that the ends are all there is to set."""
    for part in function.get("Functions", ()):
        _gradient(part)
    for end in ("C0", "C1"):
        if len(colour := function.get(end, ())) == 3:
            function[end] = pydyf.Array([_luma(*colour)])


def _picture(stream: pydyf.Stream) -> None:
    """A photograph stays a JPEG, any other picture is kept without loss; what is clear stays clear."""
    extra = stream.extra
    if extra["ColorSpace"] == _GREY:
        return
    data = b"".join(part if isinstance(part, bytes) else part.data for part in stream.stream)
    photo = extra["Filter"] == "/DCTDecode"
    extra["ColorSpace"] = _GREY
    extra.pop("Decode", None)  # of inks that are turned over, which a decoder does
    if photo:
        stream.stream[:] = [photos.grey_jpeg(data)]
    else:
        del extra["DecodeParms"]
        pixels = photos.grey_pixels(_png(data, extra["Width"], extra["Height"]))
        stream.stream[:] = [zlib.compress(pixels, 9)]


def _png(data: bytes, width: int, height: int) -> bytes:
    """The file around the rows of a picture in RGB, 8 bits each."""
    parts = ((b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", data), (b"IEND", b""))
    chunks = (pack(">I", len(part)) + name + part + pack(">I", zlib.crc32(name + part)) for name, part in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
