"""Does each heading on a page head something? What it announces may have gone by a layout's choice or its CSS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plainleaf.checks.page.boxes import CONTAINERS, HEADINGS, Line, Printout, classes_of, short
from plainleaf.checks.page.registry import Example, PageCheck, Problem
from plainleaf.model import Severity

_PANELS = "data-panels"  # on what has pages of its own: nothing on other pages belongs to its headings
_TITLE = 1  # the level of the leaflet's title, which heads all of it
_LABEL = 0  # that of a box's label, which heads the box


@dataclass(frozen=True, slots=True)
class _Seen:
    """Something on the pages, in the order of the text: a heading with its level and its first line, or ``None`` and
    anything else."""

    element: Any
    level: int | None = None
    line: Line | None = None


def _bare(printout: Printout) -> Iterator[Problem]:
    """Headings and labels of boxes that have nothing below them."""
    seen = _in_order(printout)
    for index, head in enumerate(seen):
        if head.level is None or head.level == _TITLE:
            continue
        within = _container(printout, head.element)
        inside = set(within.iter()) if within is not None else None
        after = (each for each in seen[index + 1 :] if not _beside(head, each))
        following = next(after, None)
        ended = following is None or (inside is not None and following.element not in inside)
        if ended or (following and _LABEL < (following.level or _LABEL) <= head.level):
            said = head.line.text if head.line else ""
            what = f"page {head.line.page if head.line else 0}: nothing is printed below “{short(said)}”"
            hint = "write its text, or delete the heading; if there is text, the layout leaves it out or hides it"
            yield Problem(head.element, what, hint)


def _in_order(printout: Printout) -> list[_Seen]:
    """All that is seen in the text, without heads and feet of pages."""
    first: dict[Any, Line] = {}
    for page in printout.pages:
        for line in page.seen:
            first.setdefault(line.element, line)
    drawn = {frame.element for page in printout.pages for frame in page.frames if any(frame.widths) or frame.icon}
    found: list[_Seen] = []
    for element in printout.root.iter():
        if element in first:
            found.append(_Seen(element, _level(printout, element), first[element]))
        elif element in drawn and not any(inner in first for inner in element.iter()):
            found.append(_Seen(element))  # lines to write on, say
    return found


def _level(printout: Printout, element: Any) -> int | None:
    if element.tag in HEADINGS:
        return int(element.tag[1:])
    within = _container(printout, element)
    label = "label" in classes_of(element) and not element.get("data-at")
    return _LABEL if label and within is not None and within.get("data-kind") == "callout" else None


def _container(printout: Printout, element: Any) -> Any:
    """The innermost box or panel that an element is in; ``None`` for the text itself."""
    here = printout.parents.get(element)
    while here is not None and here.get("data-kind") not in CONTAINERS and not here.get(_PANELS):
        here = printout.parents.get(here)
    return here


def _beside(head: _Seen, other: _Seen) -> bool:
    """Whether two stand side by side, as a heading does with the same one in another language."""
    if head.line is None or other.line is None or other.level is None or head.line.page != other.line.page:
        return False
    (left, top, right, bottom), (start, upper, end, lower) = head.line.edges, other.line.edges
    return min(bottom, lower) > max(top, upper) and (right <= start or end <= left)


_AT = "data-at='sources/a.md:{}'"
_HEAD = f"<h2 {_AT.format(7)}>How to take it</h2>"
_DEEPER = f"<h3 {_AT.format(8)}>Each day</h3>"
_TEXT = f"<p {_AT.format(9)}>One tablet.</p>"
_BOX = f"<section class='callout' data-kind='callout' {_AT.format(5)}><p class='label'>Tip</p>{{}}</section>"
_PANEL = f"<div data-panels='front'>{_HEAD}</div><div data-panels='back'>{_TEXT}</div>"
_SIDES = "<div class='row'><div>{0}</div><div lang='es'>{0}</div></div>"
_ROW = ".row { display: flex } .row div { flex: 1 }"

CHECKS = (
    PageCheck(
        "fit-section",
        Severity.ERROR,
        "A heading with nothing below it makes readers look for a missing text, or take the next one for it.",
        _bare,
        (
            Example(_HEAD + _HEAD + _TEXT),
            Example(_TEXT + _HEAD),
            Example(_DEEPER + _HEAD + _TEXT),
            Example(_BOX.format(_TEXT + _HEAD) + _TEXT),
            Example(_BOX.format("") + _TEXT),
            Example(_PANEL),
            Example(_SIDES.format(_HEAD) + _SIDES.format(_HEAD) + _SIDES.format(_TEXT), _ROW),
        ),
        (
            Example(_HEAD + _TEXT),
            Example(_HEAD + _DEEPER + _TEXT),
            Example(_HEAD + _BOX.format(_DEEPER + _TEXT)),
            Example(_HEAD + "<div class='line'></div>", ".line { height: 9mm; border-bottom: 1mm solid black }"),
            Example(_SIDES.format(_HEAD) + _SIDES.format(_TEXT), _ROW),
        ),
        "PEMAT-P, 9 (sections have headers that inform)",
        what="A heading is printed with no text below it.",
        fix="Print the text in this layout too, or leave the heading out.",
    ),
)
