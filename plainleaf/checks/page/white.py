"""White at the ends of pages: how much of each stays empty, and what did not fit there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from plainleaf.checks.page.boxes import Line, Page, Printout, classes_of, short
from plainleaf.checks.page.registry import Example, PageCheck, Problem
from plainleaf.model import Severity

MOST_WHITE = 0.4
"""Of the height of a page's text area: more of it empty looks as if something were missing."""

# What begins a sheet, a panel of a folded one or a page to write on, wherever the text ends; so does a back cover.
_OF_THEIR_OWN = ("data-cut-off", "data-panels", "data-spare")
_CLOSING = "closing"


@dataclass(frozen=True, slots=True, eq=False)
class End:
    """The foot of a page: the share of its text area (0 to 1) that is empty below all that stands there, and the line
    that the next page begins with."""

    page: int
    white: float
    following: Line


def ends(printout: Printout) -> tuple[End, ...]:
    """The feet of all pages that others follow. The last page is none of them, nor one that was left blank on purpose;
    sides of a folded sheet and cards, each of which ends where its text does, have none. Where what closes a leaflet
    has a page of its own, as a back cover, the page before is the text's last."""
    if printout.rules.together:
        return ()
    found = []
    pages = [page for page in printout.pages if page.seen]
    for page, after in pairwise(pages):
        top, bottom = page.area
        first = after.seen[0]
        if bottom > top and not _begins_apart(printout, first.element, after.forced):
            foot = min(bottom, max(_foot(page, _goes_on(page, after)), top))
            found.append(End(page.number, (bottom - foot) / (bottom - top), first))
    return tuple(found)


def _foot(page: Page, open_boxes: set[Any]) -> float:
    """Where the last line, picture or frame ends, in px from the page's top. A box that goes on overleaf is drawn down
    to the foot of its page, however little is in it."""
    frames = (frame.edges[3] for frame in page.frames if any(frame.widths) and frame.element not in open_boxes)
    return max(max(line.edges[3] for line in page.seen), max(frames, default=0.0))


def _goes_on(page: Page, after: Page) -> set[Any]:
    """The boxes of which a part stands on either page."""
    return {frame.element for frame in page.frames} & {frame.element for frame in after.frames}


def _begins_apart(printout: Printout, element: Any, forced: bool) -> bool:
    """Whether an element stands in something that has a sheet, a page or a panel of its own."""
    while element is not None:
        closing = forced and _CLOSING in classes_of(element)
        if closing or any(element.get(name) is not None for name in _OF_THEIR_OWN):
            return True
        element = printout.parents.get(element)
    return False


def _white(printout: Printout) -> Iterator[Problem]:
    """Pages that are empty for the most part, each with what begins the next one."""
    pages = {page.number: page for page in printout.pages}
    for end in ends(printout):
        if end.white <= MOST_WHITE:
            continue
        line = end.following
        said = f"“{short(line.text)}”" if line.runs else "a picture"
        what = f"page {end.page}: {end.white:.0%} of it is empty, as {said} begins the next one"
        hint = "let it break over pages, or move it: it does not fit the rest of the page"
        if pages[line.page].forced:
            hint = "remove what forces a new page before it, or move something that belongs there to the page before"
        yield Problem(line.element, what, hint)


# A page of ten lines.
_SMALL = (
    "@page { size: 100mm 70mm; margin: 5mm } html { font-size: 12pt; line-height: 6mm } * { margin: 0 }"
    " p { orphans: 1; widows: 1 } section { break-inside: avoid; border: .5mm solid black } "
)
_ABOVE = {lines: f"<div>{'before<br>' * (lines - 1)}before</div>" for lines in (4, 5, 7)}
_BOX = (
    "<section data-kind='callout' data-at='sources/a.md:6'><p>one<br>two<br>three<br>four<br>five<br>six</p></section>"
)
_LAST = "<p data-at='sources/a.md:9'>after<br>it</p>"
_CUT = "<div data-cut-off='any' style='break-before: page'><p>To hand in<br>at the desk<br>today</p></div>"

CHECKS = (
    PageCheck(
        "fit-white",
        Severity.WARNING,
        "A page that is empty for the most part looks like the end: readers stop there, and paper is spent on nothing.",
        _white,
        (
            Example(_ABOVE[5] + _BOX + _LAST, _SMALL),
            Example(_ABOVE[4] + f"<div style='break-before: page'>{_BOX}</div>", _SMALL),
            Example(
                _ABOVE[5] + _BOX.replace("<p>", "<p style='break-inside: avoid'>"),
                _SMALL + "section { break-inside: auto }",
            ),
        ),
        (
            Example(_ABOVE[7] + _BOX + _LAST, _SMALL),
            Example(_ABOVE[5] + _BOX + _LAST, _SMALL + "section { break-inside: auto }"),
            Example(
                _ABOVE[5] + "<p class='line' style='height: 12mm; border-bottom: 1mm solid black'></p>" + _BOX,
                _SMALL,
            ),
            Example(_ABOVE[4] + _CUT, _SMALL),
            Example(_ABOVE[4] + _CUT.replace("data-cut-off='any'", "class='closing'"), _SMALL),
            Example(_ABOVE[5] + _BOX + _LAST, _SMALL, {"together": True}),
        ),
        "PEMAT-P, 10 (one thing follows from another)",
        what="A page is mostly empty.",
        fix="Change the order of the parts, split a long box, or shorten the text.",
    ),
)
