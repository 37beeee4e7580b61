"""A cut TrueType font with more glyphs at its end, each made of some that it has (OpenType 1.9: glyf, loca, hmtx)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

_WORDS, _ARE_OFFSETS, _MORE, _OVERLAP = 0x1, 0x2, 0x20, 0x400  # flags of a part (glyf)
MOST_ADVANCE = 0xFFFF  # font units, of a glyph (hmtx)
_Data = bytes | bytearray
_BY_GLYPH = ("hdmx", "LTSH", "VDMX", "vhea", "vmtx")  # would lack the new glyphs; none is of use in a PDF


@dataclass(frozen=True, slots=True)
class NewGlyph:
    """``parts``: glyph, and how far it is moved to the right and up; ``advance``: how far the pen moves. Font units."""

    parts: tuple[tuple[int, int, int], ...]
    advance: int


def measures(data: bytes) -> tuple[int, int]:
    """How many glyphs a font has, and how many units are its em."""
    tables = _tables(data)
    return _number(tables["maxp"], 4), _number(tables["head"], 18)


def extended(data: bytes, glyphs: Sequence[NewGlyph]) -> bytes:
    """The font with new glyphs, numbered on from its last. A part may be one of the new glyphs before it."""
    tables = {tag: bytearray(table) for tag, table in _tables(data).items() if tag not in _BY_GLYPH}
    head, maxp, hhea, glyf = tables["head"], tables["maxp"], tables["hhea"], tables["glyf"]
    count = _number(maxp, 4)
    ends = struct.unpack(
        f">{count + 1}{'L' if _number(head, 50) else 'H'}", tables["loca"][: _size(head) * (count + 1)]
    )
    places = [end if _number(head, 50) else 2 * end for end in ends]
    metrics = _metrics(tables["hmtx"], _number(hhea, 34), count)
    for new in glyphs:
        outline, left = _outline(new, glyf, places, metrics)
        glyf += outline + bytes(-len(outline) % 4)
        places.append(len(glyf))
        metrics.append((new.advance, left))
    struct.pack_into(">h", head, 50, 1)
    tables["loca"] = bytearray(struct.pack(f">{len(places)}L", *places))
    tables["hmtx"] = bytearray(b"".join(struct.pack(">Hh", *each) for each in metrics))
    struct.pack_into(">H", hhea, 34, len(metrics))
    struct.pack_into(">H", hhea, 10, max(advance for advance, _ in metrics))
    struct.pack_into(">H", maxp, 4, len(metrics))
    parts = max(len(new.parts) for new in glyphs)
    for simple, composed in ((6, 10), (8, 12)):  # points, contours
        most = parts * max(_number(maxp, simple), _number(maxp, composed))
        struct.pack_into(">H", maxp, composed, min(0xFFFF, most))
    struct.pack_into(">HH", maxp, 28, max(parts, _number(maxp, 28)), _number(maxp, 30) + 2)
    if "post" in tables:  # without the names of glyphs
        tables["post"] = bytearray(b"\0\3\0\0" + tables["post"][4:32])
    return _font(data[:4], tables)


def _outline(
    new: NewGlyph, glyf: _Data, places: Sequence[int], metrics: Sequence[tuple[int, int]]
) -> tuple[bytes, int]:
    """A glyph of parts, and its left bearing. A part that draws nothing is left out."""
    drawn = [(glyph, x, y) for glyph, x, y in new.parts if places[glyph] != places[glyph + 1]]
    if not drawn:
        return b"", 0
    parts, boxes = list[bytes](), list[tuple[int, int, int, int]]()
    for number, (glyph, x, y) in enumerate(drawn, 1):
        left, low, right, high = struct.unpack_from(">4h", glyf, places[glyph] + 2)
        x += metrics[glyph][1] - left  # where its left bearing puts it
        boxes.append((left + x, low + y, right + x, high + y))
        flags = _WORDS | _ARE_OFFSETS | (_MORE if number < len(drawn) else 0)
        flags |= _OVERLAP if number == 1 < len(drawn) else 0
        parts.append(struct.pack(">HHhh", flags, glyph, x, y))
    lefts, lows, rights, highs = zip(*boxes, strict=True)
    box = (min(lefts), min(lows), max(rights), max(highs))
    return struct.pack(">5h", -1, *box) + b"".join(parts), box[0]


def _metrics(hmtx: _Data, full: int, count: int) -> list[tuple[int, int]]:
    """Advance and left bearing of each glyph."""
    metrics = list(struct.iter_unpack(">Hh", hmtx[: 4 * full]))
    rest = struct.unpack_from(f">{count - full}h", hmtx, 4 * full)
    return [*metrics, *((metrics[-1][0], left) for left in rest)]


def _number(table: _Data, place: int) -> int:
    (number,) = struct.unpack_from(">H", table, place)
    return int(number)


def _size(head: _Data) -> int:
    return 4 if _number(head, 50) else 2


def _tables(data: bytes) -> dict[str, bytes]:
    directory = struct.iter_unpack(">4sLLL", data[12 : 12 + 16 * _number(data, 4)])
    return {tag.decode("latin-1"): data[start : start + length] for tag, _, start, length in directory}


def _font(version: bytes, tables: dict[str, bytearray]) -> bytes:
    struct.pack_into(">L", tables["head"], 8, 0)
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">4s4H", version, count, 16 << power, power, 16 * (count - (1 << power)))
    entries, body, start = list[bytes](), list[bytes](), len(header) + 16 * count
    for tag, table in sorted(tables.items()):
        padded = bytes(table) + bytes(-len(table) % 4)
        entries.append(struct.pack(">4sLLL", tag.encode("latin-1"), _sum(padded), start, len(table)))
        body.append(padded)
        start += len(padded)
    data = bytearray(b"".join((header, *entries, *body)))
    at = next(place for tag, _, place, _ in struct.iter_unpack(">4sLLL", b"".join(entries)) if tag == b"head")
    struct.pack_into(">L", data, at + 8, (0xB1B0AFBA - _sum(data)) & 0xFFFFFFFF)
    return bytes(data)


def _sum(data: _Data) -> int:
    return int(sum(struct.unpack(f">{len(data) // 4}L", data))) & 0xFFFFFFFF
