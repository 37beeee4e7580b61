"""How much room a text that is too long has, to guess in which step it will fit; what is guessed is tried."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

from plainleaf.checks.page import boxes, excess
from plainleaf.formats.pdf import backmatter

_FILLED = 0.95  # about the share of a page that is filled before what comes next goes to another one


def share(document: Any, whole: boxes.Printout, gone: Collection[Any] = ()) -> float:
    """How much room there is for the part that wants it most, as a share of what it takes without the elements that are
    ``gone`` since, with which it is known to fit in some step; 0 if that is not known."""
    heights = {page.number: backmatter.height(page.seen) - _lost(page.seen, gone) for page in whole.pages}
    shares = []
    for part in excess.over(whole):
        there = sum(document.pages[number - 1]._page_box.height for number in part.pages[: part.most])
        taken = sum(heights[number] for number in part.pages)
        if there and taken > 0:
            shares.append(_FILLED ** (1 if gone else part.most) * there / taken)
    return float(min(shares, default=0.0))


def _lost(lines: Sequence[boxes.Line], gone: Collection[Any]) -> float:
    """The height of what is gone from a page, with the room to what follows it, in px."""
    runs = [(lost, tuple(run)) for lost, run in groupby(lines, lambda line: line.element in gone)]
    feet = [run[0].edges[1] for _, run in runs[1:]] + [lines[-1].edges[3] if lines else 0.0]
    return sum(max(0.0, foot - run[0].edges[1]) for (lost, run), foot in zip(runs, feet, strict=False) if lost)
