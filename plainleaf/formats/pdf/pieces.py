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

from plainleaf.formats.pdf.actualtext import LAYOUT_ONLY, Box, Mark, right_to_left
from plainleaf.formats.pdf.codes import Codes
from plainleaf.languages.invisible import JOINERS, SOFT_HYPHEN, WORD_JOINER, ZERO_WIDTH_SPACE

_SHOWN = re.compile(rb"<([0-9a-f]+)>|(-?[0-9.]+(?:e-?[0-9]+)?)")
_FORWARD = re.compile(
    rf"[^\W\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff]|[-{JOINERS}{SOFT_HYPHEN}+%/\u2010-\u2015]"
)  # may run to the right
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

    style: tuple[str, float] = ("", 0)  # its font and size
    x: float = 0  # where it starts, and ends
    end: float = 0

    def measure(self) -> Unit:
        """Note what its glyphs say of it."""
        first = self.glyphs[0]
        self.style, self.x, self.end = (first.font, first.size), first.x, first.x + first.width
        if len(self.glyphs) > 1:
            wide = [glyph for glyph in self.glyphs if glyph.width > 0] or self.glyphs
            self.x, self.end = min(glyph.x for glyph in wide), max(glyph.x + glyph.width for glyph in wide)
        return self


def units(mark: Mark, codes: Codes) -> list[Unit] | None:
    """The units of a piece in the order in which they are written; None where Pango sets another text than is drawn
    (cut by text-overflow)."""
    if mark.box.text.isspace() and mark.box.style["visibility"] == "visible":
        return [Unit(mark, (), " ", True)]
    drawn = list(_drawn(mark, codes))
    if (plain := _plain(mark, drawn, codes)) is not None:
        return plain
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
    return [unit.measure() for unit in found if unit.glyphs]


def _plain(mark: Mark, drawn: list[Glyph], codes: Codes) -> list[Unit] | None:
    """The units of a piece that runs in one direction, if its glyphs say its text; Pango need not be asked then."""
    leftward, text = not _FORWARD.search(mark.box.text), mark.box.text.replace("\xa0", " ")
    if not leftward and right_to_left(text):
        return None
    glyphs = drawn[::-1] if leftward else drawn
    texts = [codes.texts(glyph.font).get(glyph.number, "").replace("\xa0", " ") for glyph in glyphs]
    if leftward:
        texts = [said[::-1] if len(said) > 1 else said for said in texts]  # see righttoleft
    if not all(texts) or "".join(texts) != text:
        return None
    found = list[Unit]()
    for glyph, said in zip(glyphs, texts, strict=True):
        if found and not said.isascii() and _one(found[-1], (glyph,), said):
            found[-1].glyphs += (glyph,)
            found[-1].text += said
        else:
            found.append(Unit(mark, (glyph,), said, leftward))
    return [unit.measure() for unit in found]


def _one(before: Unit, glyphs: tuple[Glyph, ...], text: str) -> bool:
    """Whether a cluster belongs to the unit before it: it draws nothing, has no letters, or marks alone."""
    if not glyphs or not before.glyphs:
        return True
    alone = not text.isalpha() and all(unicodedata.category(letter) in ("Mn", "Me", "Cf") for letter in text)
    return alone and (before.glyphs[0].font, before.glyphs[0].size) == (glyphs[0].font, glyphs[0].size)


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
            widths, em = codes.widths(font), size / 1000
        elif item.endswith(b" Ts"):
            rise = float(item.split()[0])
        elif item.endswith(b" TJ"):
            for string, gap in _SHOWN.findall(item):
                x -= float(gap or 0) * em
                for at in range(0, len(string), _DIGITS):
                    glyph = int(string[at : at + _DIGITS], 16)
                    width = widths.get(glyph, 0) * em
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
