"""The units of a line in the order in which PDFium has to find them, with the marks of direction that this takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile

from plainleaf.formats.pdf import pdfiumlines
from plainleaf.formats.pdf.codes import Codes
from plainleaf.formats.pdf.pdfiumlines import LEFT, NEUTRAL, RIGHT, WEAK, kind
from plainleaf.formats.pdf.pieces import Unit
from plainleaf.languages.invisible import LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK

LRM, RLM = LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK
_MIRRORED = "()[]{}<>«»‹›≤≥（）［］｛｝＜＞「」『』【】〈〉《》〔〕"
_TURNED = {sign: _MIRRORED[place ^ 1] for place, sign in enumerate(_MIRRORED)}


@dataclass(slots=True)
class Shown:
    """A unit as it is stored: ``said`` by its code, ``for_pdfium`` if that has to read something else."""

    unit: Unit
    said: str
    for_pdfium: str
    place: int  # among the units of its line, as they are written


def stored(units: list[Unit]) -> list[Shown] | None:
    """The units of a line in the order that PDFium turns into the right one."""
    letters, places = list(_letters(units)), {unit: place for place, unit in enumerate(units)}
    for place, (letter, unit) in enumerate(letters[:-1]):
        # The marks of a letter and a sign after it are one run for PDFium, which has to be stored in one piece.
        after = letters[place + 1][1]
        if unit and after and after is not unit and unit.leftward and _joins(letter, after.text[0]):
            at = place
            while at >= 0 and letters[at][1] is unit and kind(letters[at][0]) == WEAK:
                letters[at] = (letters[at][0], after)
                at -= 1
    order = [(*letters[place], turned) for place, turned in pdfiumlines.stored("".join(each for each, _ in letters))]
    shown, seen = list[Shown](), set[Unit]()
    for place, (letter, owner, turned) in enumerate(order):
        unit = owner or _beside(letter, order[place - 1 : place], order[place + 1 : place + 2])
        if unit is None:
            continue
        if not shown or shown[-1].unit is not unit:
            if unit in seen:
                return None
            seen.add(unit)
            shown.append(Shown(unit, "", "", places[unit]))
        shown[-1].for_pdfium += _TURNED.get(letter, letter) if turned else letter
        shown[-1].said += letter
    for each in shown:
        if sorted(each.said.strip(LRM + RLM)) != sorted(each.unit.text):
            each.said = each.unit.text[::-1] if each.unit.leftward else each.unit.text
    return shown


def as_written(units: list[Unit]) -> list[Shown]:
    """The units of a line that has no letter from right to left: PDFium reads it as it is."""
    for unit in units:
        unit.leftward = False
    return [Shown(unit, unit.text, unit.text, place) for place, unit in enumerate(units)]


def _beside(sign: str, *neighbours: list[tuple[str, Unit | None, bool]]) -> Unit | None:
    """The unit that a mark of direction is stored with: if it can be, one that runs as the mark says."""
    units = [unit for some in neighbours for _, unit, _ in some if unit and unit.glyphs]
    return next((unit for unit in units if unit.leftward == (sign == RLM)), units[0] if units else None)


def _joins(one: str, other: str) -> bool:
    return kind(one) == kind(other) == WEAK


def _letters(units: list[Unit]) -> Iterator[tuple[str, Unit | None]]:
    """The letters of a line, with marks of direction where PDFium would take for one run what the page has apart; these
    are of no unit."""
    context, run = RIGHT, ""
    for place, unit in enumerate(units):
        before = units[place - 1] if place else None
        after = units[place + 1] if place + 1 < len(units) else None
        first = unit.text[0]
        if unit.leftward and before and not before.leftward:
            # 911 and the full stop after it; what follows on a run that is turned round
            parted = _joins(before.text[-1], first) or (first != " " and len(set(map(kind, run))) > 1)
        else:
            parted = False
        if unit.leftward and not parted and kind(first) == NEUTRAL and context == LEFT:
            parted = _neutral_beside(before, after)  # (FDA), and what follows
        if parted:
            yield RLM, None
            context = RIGHT
        if not unit.leftward and (not before or before.leftward):
            run = _rest(units[place:])
            if _bracketed(run):
                yield LRM, None  # (202) 555-0142: its brackets stay as they are
                context = LEFT
        for letter in unit.text:
            context = kind(letter) if kind(letter) in (LEFT, RIGHT) else context
            yield letter, unit
        if unit.leftward and after and not after.leftward and _joins(unit.text[-1], after.text[0]):
            yield RLM, None
            context = RIGHT


def _rest(units: list[Unit]) -> str:
    """The text of the run from left to right that these begin with."""
    return "".join(unit.text for unit in takewhile(lambda unit: not unit.leftward, units))


def _neutral_beside(*units: Unit | None) -> bool:
    return any(unit and kind(unit.text[-1]) == NEUTRAL for unit in units)


def _bracketed(run: str) -> bool:
    """Whether a run from left to right has a bracket before any letter."""
    first = next((letter for letter in run if letter in _TURNED or kind(letter) == LEFT), "")
    return first in _TURNED


def with_signs(units: list[Unit]) -> list[Unit]:
    """The same, with a full stop or the like that touches a figure as a part of that run, where one string can have
    both."""
    for before, after in pairwise(units):
        for figure, sign in ((before, after), (after, before)):
            one = figure.mark is sign.mark and figure.style == sign.style
            if (
                one
                and sign.leftward
                and not figure.leftward
                and len(sign.text) == 1
                and _joins(figure.text[0], sign.text)
            ):
                sign.leftward = False
    return units


def stacked(units: list[Unit], codes: Codes) -> list[Unit]:
    """The same, with each word of a run from left to right as one unit where letters have marks apart (Hindi):
    PDFium takes them for runs of their own. Not in a font that takes no new glyphs (Chinese)."""
    made = list[Unit]()
    for _, run in groupby(units, lambda unit: (unit.mark, unit.style, unit.leftward, unit.text == " ")):
        word = list(run)
        kinds = {kind(letter) for unit in word for letter in unit.text if not letter.isascii()}
        if len(word) > 1 and not word[0].leftward and {LEFT, WEAK} <= kinds and codes.takes(word[0].style[0]):
            glyphs = tuple(glyph for unit in word for glyph in unit.glyphs)
            word = [replace(word[0], glyphs=glyphs, text="".join(unit.text for unit in word)).measure()]
        made += word
    return made
