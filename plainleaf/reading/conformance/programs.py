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


_CLEAR = re.compile(rb"currentfile\s+eexec\s")
_GLYPH = re.compile(rb"/([^\s/{}\[\]()<>%]{1,100})\s+\d{1,6}\s+(?:RD|-\|)\s")
_CODE = re.compile(rb"dup\s+(\d{1,3})\s*/([^\s/{}\[\]()<>%]{1,100})\s+put")


def _type_1(data: bytes) -> Program:
    """The names of the glyphs; how wide they are is written in a way that is not read here."""
    found = _CLEAR.search(data)
    if found is None:
        raise ValueError("no Type 1 font")
    cipher = data[found.end() :]
    if re.fullmatch(rb"[0-9A-Fa-f\s]{4}", cipher[:4]):
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", cipher)
        cipher = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
    clear = eexec.decrypt(cipher, 55665)[0][4:]
    names = [glyph.decode("latin-1") for glyph in _GLYPH.findall(clear[clear.find(b"/CharStrings") :])]
    codes = {int(code): glyph.decode("latin-1") for code, glyph in _CODE.findall(data[: found.start()])}
    return Program(tuple(names), {}, encoding=codes, outlines="Type 1")
