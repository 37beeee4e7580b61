"""What a marked piece of a page is made of: each letter with its marks, each ligature and sign, and where it is drawn.

Pango says which letters a glyph stands for and in which direction it runs; the page's stream says where it is drawn.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from weasyprint.text.ffi import ffi, pango

from plainleaf.formats.pdf.actualtext import LAYOUT_ONLY, Box, Mark
from plainleaf.formats.pdf.codes import Codes
from plainleaf.languages.invisible import WORD_JOINER, ZERO_WIDTH_SPACE

_SHOWN = re.compile(rb"<([0-9a-f]+)>|(-?[0-9.]+(?:e-?[0-9]+)?)")
_DIGITS = 4  # of the code of a glyph
_LEVEL = 0xFF  # WeasyPrint declares the level wider than it is


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph on the page: its place and width in units of the stream, ``rise`` upwards."""

    font: str
    size: float
    number: int
    x: float
    rise: float
    width: float


@dataclass(slots=True, eq=False)
class Unit:
    """A letter with its marks, a ligature, a sign; ``text`` as it is written, ``leftward`` if from right to left.

    One without glyphs is a space that draws nothing.
    """

    mark: Mark
    glyphs: tuple[Glyph, ...]
    text: str
    leftward: bool

    @property
    def x(self) -> float:
        """Where it starts."""
        return min(self.glyphs, key=lambda glyph: (glyph.width <= 0, glyph.x)).x

    @property
    def end(self) -> float:
        """Where it ends."""
        last = max(self.glyphs, key=lambda glyph: (glyph.width > 0, glyph.x + glyph.width))
        return last.x + last.width

    @property
    def style(self) -> tuple[str, float]:
        """Its font and size."""
        return (self.glyphs[0].font, self.glyphs[0].size) if self.glyphs else ("", 0)


def units(mark: Mark, codes: Codes) -> list[Unit] | None:
    """The units of a piece in the order in which they are written; None where Pango sets another text than is drawn
    (cut by text-overflow)."""
    if mark.box.text.isspace() and mark.box.style["visibility"] == "visible":
        return [Unit(mark, (), " ", True)]
    drawn = list(_drawn(mark, codes))
    shaped = list(_shaped(mark.box)) if drawn else []
    if [glyph.number for glyph in drawn] != [number for numbers, *_ in shaped for number in numbers]:
        return None
    clusters, at = list[tuple[int, bool, tuple[Glyph, ...], str]](), 0
    for numbers, offset, text, leftward in shaped:
        clusters.append((offset, leftward, tuple(drawn[at : at + len(numbers)]), text))
        at += len(numbers)
    found = list[Unit]()
    for _, leftward, glyphs, text in sorted(clusters, key=lambda cluster: cluster[0]):
        text = LAYOUT_ONLY.sub("", text).replace("\xa0", " ").replace(ZERO_WIDTH_SPACE, "")
        before = found[-1] if found else None
        if before and before.leftward == leftward and _one(before, glyphs, text):
            before.glyphs, before.text = before.glyphs + glyphs, before.text + text
        elif text or glyphs:
            found.append(Unit(mark, glyphs, text, leftward))
    for unit in found:
        unit.text = unit.text or WORD_JOINER
    return [unit for unit in found if unit.glyphs]


def _one(before: Unit, glyphs: tuple[Glyph, ...], text: str) -> bool:
    """Whether a cluster belongs to the unit before it: it draws nothing, has no letters, or marks alone."""
    if not glyphs or not before.glyphs:
        return True
    alone = all(unicodedata.category(letter) in ("Mn", "Me", "Cf") for letter in text)
    return alone and before.style == (glyphs[0].font, glyphs[0].size)


def _drawn(mark: Mark, codes: Codes) -> Iterator[Glyph]:
    """The glyphs of a piece in the order of drawing."""
    font, size, rise, x = "", 0.0, 0.0, 0.0
    for item in mark.stream[mark.start : mark.end]:
        if not isinstance(item, bytes):
            continue
        if item.endswith(b" Tm"):
            x = float(item.split()[4])
        elif item.endswith(b" Tf"):
            name, number, _ = item.split()
            font, size = name[1:].decode(), float(number)
        elif item.endswith(b" Ts"):
            rise = float(item.split()[0])
        elif item.endswith(b" TJ"):
            for string, gap in _SHOWN.findall(item):
                x -= float(gap or 0) * size / 1000
                for at in range(0, len(string), _DIGITS):
                    glyph = int(string[at : at + _DIGITS], 16)
                    width = codes.width(font, glyph) * size / 1000
                    yield Glyph(font, size, glyph, x, rise, width)
                    x += width


def _shaped(box: Box) -> Iterator[tuple[list[int], int, str, bool]]:
    """The clusters of a text from left to right: its glyphs, where its text begins (in bytes), its text, and whether it
    runs from right to left."""
    layout = box.pango_layout
    layout.reactivate(box.style)
    try:
        pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
        line, _ = layout.get_first_line()
        text = layout.text.encode()
        node = line.runs[0]
        while node != ffi.NULL:
            yield from _clusters(node.data, text)
            node = node.next
    finally:
        layout.deactivate()


def _clusters(run: Any, text: bytes) -> Iterator[tuple[list[int], int, str, bool]]:
    item, glyphs = run.item, run.glyphs
    starts = ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)
    bounds = sorted({*starts, item.length})
    ends = dict(pairwise(bounds))
    leftward = (item.analysis.level & _LEVEL) % 2 == 1
    drawn = list[int]()
    for place, start in enumerate(starts):
        if (number := glyphs.glyphs[place].glyph) != pango.PANGO_GLYPH_EMPTY:
            drawn.append(number)
        if place == len(starts) - 1 or starts[place + 1] != start:
            said = text[item.offset + start : item.offset + ends[start]].decode()
            yield drawn, item.offset + start, said, leftward
            drawn = []
