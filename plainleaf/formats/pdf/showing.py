"""The strings that show a line, each glyph at its place, in the order in which PDFium has to find them.

PDFium sorts the strings of a line by where they start, and passes over one without ink if it is of one code.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import Any

from plainleaf.formats.pdf.actualtext import Mark, utf_16
from plainleaf.formats.pdf.codes import Codes
from plainleaf.formats.pdf.pdfiumlines import LEFT, WEAK, kind
from plainleaf.formats.pdf.pieces import Unit
from plainleaf.formats.pdf.storing import LRM, RLM, Shown
from plainleaf.formats.pdf.untagged import PASSED_OVER

NOT_FOR_POPPLER = b"%b <</ActualText ()>> BDC" % PASSED_OVER
"""Makes PDFium read the codes of a text again inside a Span whose ActualText is for poppler."""

_CLOSE = 0.0005  # units of the stream that nobody sees


def in_one_font(shown: list[Shown], codes: Codes) -> list[Shown]:
    """The same, with each space in the font of what is beside it in its piece, so that one string can have both."""
    for before, after in pairwise([each for each in shown if each.unit.glyphs]):
        for space, other in ((before.unit, after.unit), (after.unit, before.unit)):
            (font, size), glyph = other.style, space.glyphs[0]
            if (
                space.text == " " != other.text
                and space.mark is other.mark
                and size == glyph.size
                and font != glyph.font
                and codes.takes(font)
            ):
                blank = codes.joined(font, (), glyph.width * 1000 / size)
                space.glyphs = (replace(glyph, font=font, number=blank),)
                space.measure()
    return shown


@dataclass(slots=True)
class _String:
    """What is shown by one operator. ``x``: where it starts for PDFium, which takes strings from left to right.

    ``instead``: what others than PDFium read in its place, in the order of places; None if its codes say that too.
    """

    shown: list[Shown]
    x: float
    instead: str | None = None
    first: str = ""  # of a sign without ink before it, from ``x`` on
    last: str = ""  # and after it, up to ``end``
    end: float = 0
    left: float = 0  # of the whole run, for who reads it at the first of its strings
    right: float = 0


@dataclass(slots=True)
class _Pen:
    """What is written for a piece, and where the pen is."""

    mark: Mark
    items: list[bytes] = field(default_factory=list)
    style: tuple[str, float] = ("", 0)
    x: float = -math.inf

    def go(self, style: tuple[str, float], x: float) -> None:
        """Set the font, and where the next string starts."""
        if style != self.style:
            self.items.append(b"/%b %b Tf" % (style[0].encode(), _number(style[1])))
        if abs(x - self.x) > _CLOSE:
            self.items.append(place(x, baseline(self.mark)))
        self.style, self.x = style, x

    def sign(self, sign: str, beside: Unit, x: float, codes: Codes) -> None:
        """A sign without ink or width, which PDFium passes over where it is alone."""
        font = beside.style[0]
        if not codes.takes(font):
            return
        self.go(beside.style, x)
        self.items.append(b"[<%b>] TJ" % codes.code(font, codes.joined(font, (), 0), sign))


def written(shown: list[Shown], codes: Codes) -> dict[Mark, list[bytes]]:
    """What shows the units of a line, which are in the order in which they are stored: by their pieces."""
    drawn = [each for each in shown if each.unit.glyphs]
    runs = [(leftward, list(run)) for leftward, run in groupby(drawn, lambda each: each.unit.leftward)]
    pens = dict[Mark, _Pen]()
    for number, (leftward, run) in enumerate(runs):
        strings = list(_strings(run))
        if leftward:
            for string in strings:
                if string.instead and _after_sign(drawn[drawn.index(string.shown[0]) + 1 :]):
                    string.instead += RLM
        else:
            before = runs[number - 1][1][-1] if number else None
            after = runs[number + 1][1][0] if number + 1 < len(runs) else None
            _hold_together(strings, before, after)
        for string in strings:
            mark = string.shown[0].unit.mark
            _show(string, pens.setdefault(mark, _Pen(mark)), codes)
    return {mark: pen.items for mark, pen in pens.items()}


def _after_sign(others: list[Shown]) -> bool:
    """Whether what is written before is a sign such as a colon: poppler takes it, and what is at its left up to a
    letter, for a run from left to right."""
    before = next((each.unit.text for each in others if each.unit.text != " "), "")
    return kind(before[:1] or " ") == WEAK


def _strings(run: list[Shown]) -> Iterator[_String]:
    """A run as strings: of one font and piece each, with signs apart that others are to read in another way."""

    def alike(each: Shown) -> Any:
        apart = each.unit if each.said != each.for_pdfium and each.unit.leftward else None
        return each.unit.mark, each.unit.style, apart

    for _, some in groupby(run, alike):
        shown = list(some)
        apart = shown[0].unit.leftward and shown[0].said != shown[0].for_pdfium
        yield _String(shown, shown[0].unit.x, shown[0].said if apart else None)


def _hold_together(strings: list[_String], before: Shown | None, after: Shown | None) -> None:
    """Make a run from left to right one thing for those who go by places.

    PDFium sees a space wherever a string starts at another place than where the one before it ends, if neither has one
    there (``before``, ``after``: what is stored beside the run): there a sign without ink goes the way.
    """
    shown = [each for string in strings for each in string.shown]
    places = [each.unit.x for each in shown]
    ordered = [each.unit for each in sorted(shown, key=lambda each: each.unit.x)]
    left, right = ordered[0].x, ordered[-1].end
    strings[0].instead = RLM + "".join(each.unit.text for each in sorted(shown, key=lambda each: each.place))
    strings[0].instead += _right_end(ordered[-1].text)
    for string in strings[1:]:
        string.instead = ""
    if len(strings) == 1 and places == sorted(places):
        return
    strings[0].left, strings[0].right = left, right
    most = math.inf
    close = 0.2 * ordered[0].style[1]
    beside = before and left - before.unit.end < close
    follows = after and after.unit.x - right < close
    stored = [
        before.for_pdfium[-1] if before and beside else " ",
        *(string.shown[-1].for_pdfium[-1] for string in strings),
    ]
    for string, said in reversed(list(zip(strings, stored, strict=False))):
        if string.x > most or (string is strings[0] and said != " " and string.x > left):
            string.first = " " if said == " " else RLM
            string.x = min(most, left)
        most = string.x - 0.01
    if after and follows and after.for_pdfium[0] != " " and shown[-1].unit.end < right:
        strings[-1].last, strings[-1].end = RLM, right


def _right_end(text: str) -> str:
    """What parts a run from what is at its right: poppler takes a comma for a part of it, and a bracket or a sign on a
    letter for none."""
    return RLM if kind(text[-1]) in (LEFT, WEAK) and unicodedata.category(text[-1]) != "Mn" else LRM + RLM


def _show(string: _String, pen: _Pen, codes: Codes) -> None:
    """Show a string: each unit at its place."""
    first = string.shown[0].unit
    (font, size), x = first.style, string.x
    parts, run = list[bytes](), b""

    def over(end: float, sign: str) -> tuple[list[bytes], float]:
        # PDFium takes the width of the outermost codes for a measure of how far lines are apart.
        if not codes.takes(font):
            return [], 0
        none, wide = (codes.joined(font, (), width) for width in (0, round((end - x) * 1000 / size)))
        return [codes.code(font, glyph, sign) for glyph in (none, wide)], codes.width(font, wide) * size / 1000

    if string.first:
        signs, far = over(first.x, string.first)
        run, x = b"".join(signs), x + far
    for each in string.shown:
        if abs(each.unit.x - x) > _CLOSE:
            parts += [b"<%b>" % run] if run else []
            parts.append(_number((x - each.unit.x) * 1000 / size))
            run, x = b"", each.unit.x
        run += codes.code(font, _glyph(each.unit, codes), each.for_pdfium)
        x += _advance(each.unit)
    if string.last:
        run += b"".join(reversed(over(string.end, string.last)[0]))
        x = math.inf
    elif (
        len(string.shown) == 1
        and codes.takes(font)
        and not string.first
        and not string.shown[0].said.strip(" " + RLM + LRM)
    ):
        # PDFium passes over a string without ink, if it is of one code.
        text, width = string.shown[0].for_pdfium, (first.end - first.x) * 500 / size
        halves = (text[0], text[1:] or text[0])
        run = b"".join(codes.code(font, codes.joined(font, (), width), half) for half in halves)
    if string.instead is not None:
        pen.items.append(b"/Span <</ActualText %b>> BDC\n" % utf_16(string.instead) + NOT_FOR_POPPLER)
        if string.right:
            pen.sign(RLM, first, string.left, codes)
    pen.go(first.style, string.x)
    pen.items.append(b"[%b] TJ" % b"".join([*parts, b"<%b>" % run]))
    pen.x = x
    if string.instead is not None:
        if string.right:
            pen.sign(RLM, first, string.right, codes)
        pen.items.append(b"EMC\nEMC")


def blank(font: str, size: float, x: float, y: float, text: bytes) -> list[bytes]:
    """What shows some codes somewhere."""
    return [b"/%b %b Tf" % (font.encode(), _number(size)), place(x, y), b"[<%b>] TJ" % text]


def place(x: float, y: float) -> bytes:
    """What puts the pen somewhere."""
    return b"1 0 0 -1 %b %b Tm" % (_number(x), _number(y))


def _glyph(unit: Unit, codes: Codes) -> int:
    first, x = unit.glyphs[0], unit.x
    if len(unit.glyphs) == 1 and not first.rise:
        return first.number
    em = first.size / 1000
    parts = [(glyph.number, (glyph.x - x) / em, glyph.rise / em) for glyph in unit.glyphs]
    return codes.joined(first.font, parts, _advance(unit) / em)


def _advance(unit: Unit) -> float:
    """How far the pen goes for a unit: as far as it reaches, but no wider than a letter (see ``_string``)."""
    return min(unit.end - unit.x, unit.style[1]) if len(unit.glyphs) > 1 else unit.end - unit.x


def baseline(mark: Mark) -> float:
    """How far down the page the letters of a text stand."""
    box = mark.box
    return float(box.position_y + box.baseline)


def _number(value: float) -> bytes:
    return f"{value:.5f}".rstrip("0").rstrip(".").encode()
