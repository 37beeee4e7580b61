"""More codes for the glyphs of a font, so that one glyph may be one text here and another there.

    codes = Codes(pdf)
    stream = codes.code(font, glyph, "क्ष")  # b"0a31": two bytes in hexadecimal, as in the strings of a page
    codes.finish()

WeasyPrint gives each glyph one code (its number) and each code one text. Where letters are reordered, stacked or turned
round, the same glyph is other text at another place. Codes are free for the asking (ISO 32000-1, 9.7.4): a new one has
its text in ToUnicode (9.10.3), its width in W (9.7.4.3) and its glyph in CIDToGIDMap (9.7.4.2), so that pages look the
same and any reader finds the text.

``font`` is the name in the page's resources, that of ``/NAME 12 Tf``: the hash of WeasyPrint's font.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pydyf

from plainleaf.formats.pdf.actualtext import resolve
from plainleaf.formats.pdf.fontprogram import MOST_ADVANCE, NewGlyph, extended, measures

_ENTRY = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
_LAST = 0xFFFF  # of the codes of two bytes
_ROOM = 2000  # codes that are kept free for those who have asked whether there are any
_AT_ONCE = 100  # entries in a block of a CMap, at most


@dataclass(slots=True)
class _Font:
    """A font of the file, and what is to be added to it. Codes and glyphs are numbers, widths are 1/1000 em."""

    inner: Any  # the CIDFont, that has W
    table: Any  # the ToUnicode stream
    program: Any  # the stream of the font itself
    texts: dict[int, str]  # by code
    widths: dict[int, float]  # by code
    last: int  # the highest code that is taken
    new: dict[tuple[int, str, float], int] = field(default_factory=dict)  # (glyph, text, width) -> code
    joined: dict[NewGlyph, int] = field(default_factory=dict)  # -> its number
    advances: dict[int, float] = field(default_factory=dict)  # of ``joined``, by number
    _measures: tuple[int, int] | None = None

    @property
    def measures(self) -> tuple[int, int]:
        """How many glyphs it came with, and the units of its em."""
        if self._measures is None:
            self._measures = measures(self.program.stream[0])
        return self._measures

    def wide(self, glyph: int) -> float:
        return self.advances[glyph] if glyph in self.advances else self.widths.get(glyph, 0)

    def join(self, parts: Iterable[tuple[int, float, float]], width: float) -> int:
        count, em = self.measures
        units = tuple((glyph, round(x * em / 1000), round(y * em / 1000)) for glyph, x, y in parts)
        width = min(width, MOST_ADVANCE * 1000 // em)
        glyph = NewGlyph(units, round(width * em / 1000))
        if glyph not in self.joined:
            self.joined[glyph] = count + len(self.joined)
            self.advances[self.joined[glyph]] = width
        return self.joined[glyph]


class Codes:
    """The codes of all fonts of a PDF that WeasyPrint is about to write."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self._pdf = pdf
        self._fonts: dict[str, _Font | None] = {}
        self._others: dict[str, dict[int, float]] = {}  # widths, of fonts that take no codes
        self._named = resolve(self._pdf, self._resources()["Font"]) if pdf.page_references else {}

    def takes(self, font: str) -> bool:
        """Whether a font can have more codes, as many as a piece of text may need: TrueType can. The codes of CFF are
        bound to its own glyphs, and those of bitmaps are one byte."""
        known = self._font(font)
        return known is not None and known.last < _LAST - _ROOM

    def able(self, font: str) -> str | None:
        """This font if it takes codes, else another of the file, for what nobody sees; None if there is none."""
        return next((each for each in (font, *self._named) if self.takes(each)), None)

    def text(self, font: str, code: int) -> str:
        """What a code stands for; "" for one without text."""
        known = self._font(font)
        return known.texts.get(code, "") if known else ""

    def texts(self, font: str) -> dict[int, str]:
        """What the codes of a font stand for."""
        known = self._font(font)
        return known.texts if known else {}

    def code(self, font: str, glyph: int, text: str, width: float | None = None) -> bytes:
        """The code that draws a glyph and stands for a text, in hexadecimal: the glyph's own if that says so already.

        ``width``: how far the pen moves, in 1/1000 em, if not as far as the glyph is wide. The same question has the
        same answer. In a font that takes no codes, or has none left, the answer is the glyph's own code.

        A pen that moves in another way takes a copy of the glyph: a PDF and its fonts have to agree on widths (ISO
        14289-1, 7.21.5).
        """
        if not text:
            raise ValueError("a code without text is not valid (ISO 14289-1, 7.21.7)")
        known = self._font(font)
        own = b"%04x" % glyph
        if known is None:
            return own
        if width is None and (code := known.new.get((glyph, text, known.wide(glyph)))):
            return b"%04x" % code
        wide = known.wide(glyph)
        if known.texts.get(glyph) == text and width in (None, wide) and glyph not in known.advances:
            return own
        key = (glyph, text, wide if width is None else width)
        if key not in known.new:
            if known.last == _LAST:
                return own
            known.last += 1
            known.new[key] = known.last
            known.texts[known.last], known.widths[known.last] = text, key[2]
        return b"%04x" % known.new[key]

    def width(self, font: str, glyph: int) -> float:
        """How wide a glyph is, in 1/1000 em."""
        known = self._font(font)
        return known.wide(glyph) if known else 0

    def widths(self, font: str) -> Mapping[int, float]:
        """The widths of the glyphs that a page draws, in 1/1000 em; none for a font of bitmaps."""
        known = self._font(font)
        if known:
            return known.widths
        if font not in self._others:
            inner = resolve(self._pdf, self._named[font]).get("DescendantFonts")
            self._others[font] = _widths(resolve(self._pdf, inner[0])["W"]) if inner else {}
        return self._others[font]

    def joined(self, font: str, parts: Iterable[tuple[int, float, float]], width: float) -> int:
        """A new glyph of a font that takes codes, made of others: each with how far it is moved to the right and up, in
        1/1000 em. ``width``: how far the pen moves, as far as a font can say. It has no code but those that ``code``
        gives it."""
        known = self._font(font)
        if known is None:
            raise ValueError("a font that takes no codes takes no glyphs")
        return known.join(parts, width)

    def finish(self) -> None:
        """Write the new codes into their fonts. To be called once, after the last of them was asked for."""
        for font in self._fonts.values():
            if font and font.new:
                self._add(font)

    def _resources(self) -> Any:
        return resolve(self._pdf, resolve(self._pdf, self._pdf.page_references[0])["Resources"])

    def _font(self, name: str) -> _Font | None:
        if name not in self._fonts:
            self._fonts[name] = self._read(resolve(self._pdf, self._named[name]))
        return self._fonts[name]

    def _read(self, outer: Any) -> _Font | None:
        if outer["Subtype"] != "/Type0" or outer["Encoding"] != "/Identity-H":
            return None
        inner = resolve(self._pdf, outer["DescendantFonts"][0])
        described = resolve(self._pdf, inner["FontDescriptor"])
        # A CIDSet, which only old versions of PDF have, would have to list the new codes too.
        if inner["Subtype"] != "/CIDFontType2" or "CIDSet" in described:
            return None
        table = resolve(self._pdf, outer["ToUnicode"])
        entries = filter(None, (_ENTRY.fullmatch(line) for line in table.stream))
        texts = {
            int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
            for code, text in (entry.groups() for entry in entries)
        }
        widths = _widths(inner["W"])
        program = resolve(self._pdf, described["FontFile2"])
        return _Font(inner, table, program, texts, widths, max((*widths, *texts), default=0))

    def _add(self, font: _Font) -> None:
        codes = list(font.new.values())  # each one more than the one before
        font.inner["W"] += [codes[0], pydyf.Array(font.widths[code] for code in codes)]
        glyphs = dict[int, int]()
        for (glyph, _, width), code in font.new.items():
            glyphs[code] = glyph if width == font.wide(glyph) else font.join([(glyph, 0, 0)], width)
        if font.joined:
            font.program.stream[:] = [extended(font.program.stream[0], list(font.joined))]
            font.program.extra["Length1"] = len(font.program.stream[0])
        used = (glyphs.get(code, code if code in font.widths else 0) for code in range(codes[-1] + 1))
        places = pydyf.Stream([b"".join(glyph.to_bytes(2, "big") for glyph in used)], compress=font.table.compress)
        self._pdf.add_object(places)
        font.inner["CIDToGIDMap"] = places.reference
        entries = [b"<%04x> <%b>" % (code, font.texts[code].encode("utf-16-be").hex().encode()) for code in codes]
        lines = list[bytes]()
        for start in range(0, len(entries), _AT_ONCE):
            some = entries[start : start + _AT_ONCE]
            lines += [b"%d beginbfchar" % len(some), *some, b"endbfchar"]
        end = font.table.stream.index(b"endcmap")
        font.table.stream[end:end] = lines


def _widths(runs: Any) -> dict[int, float]:
    """The widths of a font by code (ISO 32000-1, 9.7.4.3)."""
    firsts = zip(runs[::2], runs[1::2], strict=True)
    return {first + place: width for first, run in firsts for place, width in enumerate(run)}
