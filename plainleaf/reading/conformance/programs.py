"""Font programs that are embedded in a PDF: which glyphs they have, how wide these are, how they are found."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from fontTools.cffLib import CFFFontSet
from fontTools.misc import eexec
from fontTools.pens.basePen import NullPen
from fontTools.ttLib import TTFont
from pypdf.generic import DictionaryObject

from plainleaf.reading.conformance import objects
from plainleaf.reading.conformance.objects import get, name

MOST_BYTES = 60_000_000


@dataclass(frozen=True)
class Program:
    """A font program. ``names`` of its glyphs in order; ``widths`` by number of glyph in thousandths of the size;
    ``cids``: glyphs by character of a font that is keyed so, ``None`` if it is not; ``tables``: its tables of codes by
    platform and encoding."""

    names: tuple[str, ...]
    widths: Mapping[int, float]
    cids: Mapping[int, int] | None = None
    tables: Mapping[tuple[int, int], Mapping[int, str]] = field(default_factory=dict)
    encoding: Mapping[int, str] = field(default_factory=dict)  # its own, by code
    outlines: str = "TrueType"  # or "CFF", "Type 1"

    @property
    def count(self) -> int:
        return len(self.names)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each glyph by its name."""
        return {glyph: number for number, glyph in enumerate(self.names)}


def embedded(descriptor: DictionaryObject) -> bool:
    """Whether the file has a program of this font."""
    return any(objects.is_stream(get(descriptor, key)) for key in _KEYS)


def read(descriptor: DictionaryObject) -> Program | None:
    """The program of a font; ``None`` if it has none, or one that cannot be read."""
    for key in _KEYS:
        held = get(descriptor, key)
        if (data := objects.stream(held)) is None or len(data) > MOST_BYTES:
            continue
        try:
            if key == "/FontFile":
                return _type_1(data)
            if key == "/FontFile2" or name(get(held, "/Subtype")) == "OpenType" or data[:4] in _SFNT:
                return _sfnt(data)
            return _cff(data)
        except Exception:  # of fontTools, over bytes that anybody may have written
            return None
    return None


_KEYS = ("/FontFile", "/FontFile2", "/FontFile3")
_SFNT = (b"\x00\x01\x00\x00", b"true", b"OTTO")


def _sfnt(data: bytes) -> Program:
    with TTFont(io.BytesIO(data), lazy=True, fontNumber=0) as font:
        if "CFF " in font:
            return _of_top(font["CFF "].cff, _tables(font), _hmtx(font))
        count = int(font["maxp"].numGlyphs)
        names = tuple(font.getGlyphOrder())[:count]
        return Program(names, _hmtx(font), tables=_tables(font))


def _hmtx(font: TTFont) -> dict[int, float]:
    scale = 1000 / (font["head"].unitsPerEm if "head" in font else 1000)
    if "hmtx" not in font:
        return {}
    order = {glyph: number for number, glyph in enumerate(font.getGlyphOrder())}
    return {order[glyph]: width * scale for glyph, (width, _) in font["hmtx"].metrics.items() if glyph in order}


def _tables(font: TTFont) -> dict[tuple[int, int], Mapping[int, str]]:
    if "cmap" not in font:
        return {}
    return {
        (table.platformID, table.platEncID): dict(table.cmap) for table in font["cmap"].tables if table.format != 14
    }


def _cff(data: bytes) -> Program:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    return _of_top(fonts, {}, {})


def _of_top(
    fonts: CFFFontSet, tables: Mapping[tuple[int, int], Mapping[int, str]], widths: Mapping[int, float]
) -> Program:
    top: Any = fonts[0]
    names = tuple(top.charset)
    if not widths:
        widths = _Drawn(top, names)
    cids = None
    if hasattr(top, "ROS"):
        cids = {int(glyph[3:]) if glyph.startswith("cid") else 0: number for number, glyph in enumerate(names)}
    given = getattr(top, "Encoding", None) if cids is None else None
    encoding = (
        {code: glyph for code, glyph in enumerate(given) if glyph != ".notdef"} if isinstance(given, list) else {}
    )
    return Program(names, widths, cids, tables, encoding, "CFF")


class _Drawn(Mapping[int, float]):
    """The widths of a CFF font's glyphs, each found by drawing it once somebody asks; there is none for a glyph that
    cannot be drawn."""

    def __init__(self, top: Any, names: tuple[str, ...]) -> None:
        self._top, self._names, self._found = top, names, dict[int, float | None]()
        self._scale = 1000 * getattr(top, "FontMatrix", [0.001])[0]

    def __getitem__(self, number: int) -> float:
        if number not in self._found:
            self._found[number] = self._drawn(number) if 0 <= number < len(self._names) else None
        width = self._found[number]
        if width is None:
            raise KeyError(number)
        return width

    def _drawn(self, number: int) -> float | None:
        try:
            drawn = self._top.CharStrings[self._names[number]]
            drawn.draw(NullPen())
            return float(drawn.width * self._scale)
        except Exception:  # of fontTools, over a program that anybody may have written
            return None

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self._names)))

    def __len__(self) -> int:
        return len(self._names)


# --------------------------------------------------------------------------- Type 1, in its old form

_CLEAR = re.compile(rb"currentfile\s{1,9}eexec\s")
_GLYPH = re.compile(rb"/([^\s/{}\[\]()<>%]{1,100})\s{1,9}(\d{1,6})\s{1,9}(?:RD|-\|)\s")
_CODE = re.compile(rb"dup\s{1,9}(\d{1,3})\s{0,9}/([^\s/{}\[\]()<>%]{1,100})\s{1,9}put")
_LEADING = re.compile(rb"/lenIV\s{1,9}(-?\d{1,2})\s")  # bytes before each charstring that say nothing
_HSBW, _ESCAPE, _SBW, _DIV = 13, 12, 7, 12  # Adobe Type 1 Font Format, 6.4: what sets a width


def _type_1(data: bytes) -> Program:
    """Raises ``ValueError`` if it is none."""
    found = _CLEAR.search(data)
    if found is None:
        raise ValueError("no Type 1 font")
    cipher = data[found.end() :]
    if re.fullmatch(rb"[0-9A-Fa-f\s]{4}", cipher[:4]):
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", cipher)
        cipher = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
    clear = eexec.decrypt(cipher, 55665)[0][4:]
    leading = int(said[1]) if (said := _LEADING.search(clear)) else 4
    names, widths, at = list[str](), dict[int, float](), max(0, clear.find(b"/CharStrings"))
    while glyph := _GLYPH.search(clear, at):
        at = glyph.end() + int(glyph[2])
        drawn = clear[glyph.end() : at]
        if leading >= 0:
            drawn = eexec.decrypt(drawn, 4330)[0][leading:]
        if (width := _width(drawn)) is not None:
            widths[len(names)] = width
        names.append(glyph[1].decode("latin-1"))
    codes = {int(code): named.decode("latin-1") for code, named in _CODE.findall(data[: found.start()])}
    return Program(tuple(names), widths, encoding=codes, outlines="Type 1")


def _width(drawn: bytes) -> float | None:
    """The width that a Type 1 charstring begins with, ``None`` if it does not say one."""
    stack, at = list[float](), 0
    while at < len(drawn) and len(stack) < 25:
        byte, more = drawn[at], drawn[at + 1 : at + 5]
        at += 1
        if byte >= 32:
            number, size = _number(byte, more)
            stack.append(number)
            at += size
        elif byte == _HSBW:
            return stack[1] if len(stack) == 2 else None
        elif byte == _ESCAPE and more[:1] == bytes([_SBW]):
            return stack[2] if len(stack) == 4 else None
        elif byte == _ESCAPE and more[:1] == bytes([_DIV]) and len(stack) > 1 and stack[-1]:
            stack[-2:] = [stack[-2] / stack[-1]]
            at += 1
        else:
            return None
    return None


def _number(byte: int, more: bytes) -> tuple[float, int]:
    """A number of a charstring, and how many more bytes it takes (6.2)."""
    if byte < 247:
        return byte - 139, 0
    if byte == 255:
        return int.from_bytes(more, "big", signed=True), 4
    following = more[0] if more else 0
    return ((byte - 247) * 256 + following + 108, 1) if byte < 251 else (-(byte - 251) * 256 - following - 108, 1)
