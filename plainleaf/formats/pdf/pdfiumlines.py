"""How PDFium (Chrome, Edge) puts a line of text in order, turned round: in which order a line is to be stored.

PDFium takes the characters of a line from left to right, cuts them into runs of one kind and, where the line is one
from right to left, takes the runs from the last to the first: those of right-to-left letters backwards, figures and
left-to-right letters forwards, signs and spaces as what came before them, with brackets turned round when backwards
(``CPDF_TextPage::CloseTempLine``, ``CFX_BidiString``). It knows no Unicode levels: "(202) 555-0142" has five runs, and
comes out as "555-0142 )202(" unless it is stored in the order that this turns into the right one.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import groupby

RIGHT, LEFT, WEAK, NEUTRAL = "R", "L", "W", "N"

_KINDS = {"R": RIGHT, "AL": RIGHT, "L": LEFT} | dict.fromkeys(("AN", "EN", "NSM", "CS", "ES", "ET", "BN"), WEAK)


@lru_cache(4096)
def kind(letter: str) -> str:
    """What PDFium takes a character for: ``WEAK`` are figures, what joins them, and marks."""
    return _KINDS.get(unicodedata.bidirectional(letter), NEUTRAL)


def runs_right(text: str) -> bool:
    """Whether PDFium takes a line for one from right to left."""
    return lacking(text) <= 0


def lacking(text: str) -> int:
    """How many runs of right-to-left letters a line is short of, to be one from right to left."""
    runs = [each for each, _ in groupby(text, kind)]
    return runs.count(LEFT) + 1 - runs.count(RIGHT)


def stored(text: str) -> list[tuple[int, bool]]:
    """The order in which the characters of a line have to be stored, from left to right, so that PDFium reads ``text``
    out of a line from right to left: for each its place in ``text``, and whether PDFium turns it round if it is a
    bracket."""
    pieces, backwards, start = list[list[tuple[int, bool]]](), True, 0
    for what, letters in groupby(text, kind):
        places = range(start, start + sum(1 for _ in letters))
        start = places.stop
        if what != WEAK and what != NEUTRAL:
            backwards = what == RIGHT
        turned = what == RIGHT or (what == NEUTRAL and backwards)
        pieces.append([(place, turned) for place in (reversed(places) if turned else places)])
    return [each for piece in reversed(pieces) for each in piece]
