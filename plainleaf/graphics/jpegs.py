"""The parts of a JPEG (ITU-T T.81): its size before it is decoded, what decoding would cost, and where its scans end.

Decoders fill up a scan that ends early with grey and say nothing, so Pillow alone does not tell. ``overfull`` puts more
data behind each scan: a scan that is whole is decoded to the same pixels, a short one takes them for its missing rows.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

MOST_BUFFERED = 20_000_000  # pixels of a JPEG whose scans are put together in memory: two bytes for each of a colour
MOST_SEGMENTS = 5_000  # of a JPEG: each is read several times, though it may hold next to nothing; cameras write dozens
MOST_SCANNED = 250_000_000  # pixels times scans: a scan that holds next to nothing takes time all the same

_SCAN_END = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")  # a marker that is no part of a scan
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_PLAIN, _PROGRESSIVE = {0xC0, 0xC1}, 0xC2
_EOI, _SOS = 0xD9, 0xDA
_LONE = {0x01, *range(0xD0, 0xD9)}  # markers without content
_BITS = bytes(value for value in random.Random(13).randbytes(400) if value != 0xFF)
_MORE = _BITS + b"".join(bytes([0xFF, marker]) + _BITS for marker in range(0xD0, 0xD8))  # for each that may be due


class DamagedError(Exception):
    """What is wrong with a picture, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Width and height in pixels, number of colours, whether decoded in several steps, and where each scan ends."""

    width: int
    height: int
    colours: int
    progressive: bool
    ends: tuple[int, ...]


def parts(data: bytes) -> Parts:
    """What a JPEG says of itself, up to its end marker. Raises ``DamagedError``."""
    at, size, ends, count = 2, None, list[int](), 0
    while True:
        count += 1
        if count > MOST_SEGMENTS:
            raise DamagedError(f"it has more than {MOST_SEGMENTS:,} segments: save it again")
        while data[at : at + 2] == b"\xff\xff":  # fill bytes
            at += 1
        if at + 2 > len(data):
            raise DamagedError("it is cut off before its end")
        if data[at] != 0xFF:
            raise DamagedError("it is damaged: a part of it does not begin where the one before it ends")
        marker, at = data[at + 1], at + 2
        if marker == _EOI:
            break
        if marker in _LONE:
            continue
        length = int.from_bytes(data[at : at + 2], "big")
        if length < 2 or at + length > len(data):
            raise DamagedError("it is cut off before its end")
        if marker in _FRAMES:
            if size:
                raise DamagedError("it is damaged: its size is given twice")
            size = _frame(marker, data[at + 2 : at + length])
        at += length
        if marker == _SOS:
            if not (found := _SCAN_END.search(data, at)):
                raise DamagedError("it is cut off before its end")
            at = found.start()
            ends.append(at)
    if not size:
        raise DamagedError("it is damaged: its size is missing")
    if not ends:
        raise DamagedError("it contains no picture")
    return Parts(*size, tuple(ends))


def _frame(marker: int, content: bytes) -> tuple[int, int, int, bool]:
    if len(content) < 6:
        raise DamagedError("it is damaged: its size is missing")
    if marker not in _PLAIN and marker != _PROGRESSIVE:
        raise DamagedError("it is a rare kind of JPEG (lossless or arithmetic) that few programs can show")
    if content[0] != 8:
        raise DamagedError(f"it is a JPEG with {content[0]} bits per colour, which few programs can show: 8 are usual")
    height, width = int.from_bytes(content[1:3], "big"), int.from_bytes(content[3:5], "big")
    return width, height, content[5], marker == _PROGRESSIVE


def check_cost(of: Parts) -> None:
    """Raises ``DamagedError`` for what would take long, or much memory, to decode."""
    area, scans = of.width * of.height, len(of.ends)
    if of.progressive or scans > 1:
        if area > MOST_BUFFERED:
            most = MOST_BUFFERED // 1_000_000
            raise DamagedError(f"it is a progressive JPEG of more than {most} million pixels: save it as a plain one")
        if area * scans > MOST_SCANNED:
            raise DamagedError(f"it is a progressive JPEG with {scans} scans: save it as a plain one")


def overfull(data: bytes, of: Parts) -> bytes:
    """The same picture with more data behind each scan, which a decoder passes over if nothing was missing."""
    begun = (0, *of.ends[:-1])
    return b"".join(data[a:b] + _MORE for a, b in zip(begun, of.ends, strict=True)) + data[of.ends[-1] :]
