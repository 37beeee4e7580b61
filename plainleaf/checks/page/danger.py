"""Does page 1 say what to do in an emergency, and is each box of a danger whole? Who needs them turns no page.

A panel and its pieces are known by the attributes that come with them (``layouts.danger``), so that a layout may print
them in any form and order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from plainleaf.checks.page import excess
from plainleaf.checks.page.boxes import Printout, classes_of, short
from plainleaf.checks.page.registry import Example, PageCheck, Problem
from plainleaf.layouts.danger import PIECE, WHOLE, Role, pages_behind, read
from plainleaf.model import FirstDanger, Severity

_BESIDE = "beside"  # class of what is in a page's second language


@dataclass(slots=True)
class _Piece:
    """A text or picture of a panel, in one language: each ``element`` that prints it, with the pages it stands on."""

    role: Role
    printed: dict[Any, set[int]] = field(default_factory=dict)

    def in_time(self, first: int, holds: FirstDanger) -> bool:
        """Whether it is whole on page ``first``, or as far behind as it may be, wherever else it is printed too."""
        last = first + pages_behind(self.role, holds)
        return any(max(pages) <= last for pages in self.printed.values())


def _late(printout: Printout) -> Iterator[Problem]:
    """The panel, where not all of it is on the page that it is to be on; told of once for each language."""
    for leaf, pieces in _panels(printout).items():
        first = _first_page(printout, leaf)
        late = [piece for piece in pieces if not piece.in_time(first, printout.rules.first_danger)]
        if not late:
            continue
        element, pages = next(iter(late[0].printed.items()))
        more = f" and {len(late) - 1} more of its texts are" if len(late) > 1 else " is"
        said = short("".join(element.itertext()) or element.get("alt") or "a picture")
        where = f"page {first} of {printout.rules.layout}, where the panel for an emergency belongs"
        what = f"page {max(pages)}: “{said}”{more} not on {where}"
        count = _too_many(printout, leaf)
        by = f" by about {count} characters" if count else ""
        hint = f"begin the text with the panel, and shorten it{by}, or the title above it; a layout without room for "
        hint += 'the signs says so in its layout.toml: [first-danger] with holds = "action" and a reason'
        yield Problem(element, what, hint)


def _panels(printout: Printout) -> dict[str, list[_Piece]]:
    """The pieces of the first panel on the pages, by leaf or column: "" for the first language, or ``_BESIDE``."""
    found: dict[tuple[int, str, str, str], _Piece] = {}
    for page in printout.pages:
        for line in page.seen:
            block = printout.block(line.element)
            if mark := read(block.get(PIECE)):
                key = (mark[0], _leaf(printout, block), block.get("data-kind", ""), block.get("data-at", ""))
                found.setdefault(key, _Piece(mark[1])).printed.setdefault(block, set()).add(page.number)
    first = min((number for number, *_ in found), default=0)
    panels: dict[str, list[_Piece]] = {}
    for (number, leaf, *_), piece in found.items():
        if number == first:
            panels.setdefault(leaf, []).append(piece)
    return panels


def _leaf(printout: Printout, element: Any) -> str:
    while element is not None:
        if _BESIDE in classes_of(element):
            return _BESIDE
        element = printout.parents.get(element)
    return ""


def _first_page(printout: Printout, leaf: str) -> int:
    """The number of the first page of a language, which may have pages of its own behind the other one's."""
    if not leaf or not printout.rules.own_pages:
        return 1
    return next(page.number for page in printout.pages for line in page.seen if _leaf(printout, line.element) == leaf)


def _too_many(printout: Printout, leaf: str) -> int:
    """How many characters must go from the panel's longest text for page 1 to hold it; 0 where that is not enough."""
    texts = [element for piece in _panels(printout)[leaf] for element in piece.printed if element.text is not None]
    longest = max(texts, key=excess.length, default=None)
    if longest is None:
        return 0

    def fits(found: Printout) -> bool:
        pieces = _panels(found).get(leaf, [])
        first = _first_page(found, leaf) if pieces else 0
        return bool(pieces) and all(piece.in_time(first, found.rules.first_danger) for piece in pieces)

    return excess.least_of(printout, longest, fits)


def _torn(printout: Printout) -> Iterator[Problem]:
    """Boxes of a danger that begin on one page and end on another."""
    pages: dict[Any, set[int]] = {}
    for page in printout.pages:
        for line in page.seen:
            if (box := _box(printout, line.element)) is not None:
                pages.setdefault(box, set()).add(page.number)
    for box, numbers in pages.items():
        if len(numbers) > 1:
            what = f"the box “{short(''.join(box.itertext()))}” is torn over pages {min(numbers)} and {max(numbers)}"
            hint = "shorten it until it fits on one page, or make two boxes; in the layout's CSS: break-inside: avoid"
            yield Problem(box, what, hint)


def _box(printout: Printout, element: Any) -> Any:
    """The box of a danger that an element stands in; ``None`` for anything else."""
    while element is not None and element.get(WHOLE) is None:
        element = printout.parents.get(element)
    return element


_SMALL = (
    "@page { size: 100mm 70mm; margin: 5mm } html { font-size: 12pt; line-height: 6mm }"
    " * { margin: 0 } p, ul, ol, h2 { orphans: 1; widows: 1 } h2, li { list-style: none; padding: 0; font-size: 1em } "
)
_PLACE = f"data-kind='{{}}' data-at='sources/a.md:{{}}' {PIECE}='1 {{}}'"
_HEAD = f"<h2 {_PLACE.format('heading', 5, 'action')}>Call 911 now</h2>"
_ITEM = f"<li {_PLACE}>{{}}</li>"
_SIGNS = f"<ul>{_ITEM.format('item', 7, 'sign', 'Blue lips')}{_ITEM.format('item', 8, 'sign', 'No breath')}</ul>"
_STEPS = f"<ol>{_ITEM.format('item', 10, 'step', 'Call.')}{_ITEM.format('item', 11, 'step', 'Stay.')}</ol>"
_PANEL = "<section data-kind='callout' data-at='sources/a.md:4'>{}</section>"
_BOX = f"<section data-kind='callout' data-at='sources/a.md:4' {WHOLE}='yes'>{{}}</section>"
_ABOVE = {lines: f"<div style='height: {6 * lines}mm'>before</div>" for lines in range(4, 9)}
_OVERLEAF = "<div style='break-before: page'>{}</div>"
_AFTER = "<p>one</p><p>two</p><p>three</p>"
_WHOLE = "section { break-inside: avoid } "
_COLUMNS = "<div class='row'><div>{0}</div><div class='beside' lang='es'>{0}</div></div>"
_ROW = ".row { display: table; width: 100%; break-inside: avoid } .row > div { display: table-cell } "
_LEAVES = (
    f"<div>{_PANEL.format(_HEAD + _STEPS)}</div><div class='beside' lang='es' style='break-before: page'>{{}}</div>"
)
_LEFT = {"together": True}  # pages end where they end, as those of a folded sheet
_ACTION = {**_LEFT, "first_danger": "action"}
_OWN = {**_LEFT, "own_pages": True}

CHECKS = (
    PageCheck(
        "fit-first-danger",
        Severity.ERROR,
        "Whoever is with a person who does not breathe reads the first page, and turns to no other one.",
        _late,
        (
            Example(_ABOVE[6] + _PANEL.format(_HEAD + _SIGNS + _STEPS) + _AFTER, _SMALL + _WHOLE, _LEFT),
            Example(_ABOVE[6] + _PANEL.format(_HEAD + _SIGNS + _STEPS) + _AFTER, _SMALL, _LEFT),
            Example(_AFTER + _OVERLEAF.format(_PANEL.format(_HEAD + _STEPS)), _SMALL, _LEFT),
            Example(_PANEL.format(_HEAD + _STEPS) + _OVERLEAF.format(_SIGNS), _SMALL, _LEFT),
            Example(_PANEL.format(_HEAD + _SIGNS) + _OVERLEAF.format(_STEPS + _AFTER), _SMALL, _ACTION),
            Example(
                _PANEL.format(_HEAD + _STEPS) + _OVERLEAF.format(_AFTER) + _OVERLEAF.format(_SIGNS + _AFTER),
                _SMALL,
                _ACTION,
            ),
            Example(_ABOVE[6] + _COLUMNS.format(_PANEL.format(_HEAD + _SIGNS + _STEPS)) + _AFTER, _SMALL + _ROW, _LEFT),
            Example(_LEAVES.format(_AFTER + _OVERLEAF.format(_PANEL.format(_HEAD + _STEPS))), _SMALL, _OWN),
        ),
        (
            Example(_ABOVE[4] + _PANEL.format(_HEAD + _SIGNS + _STEPS), _SMALL + _WHOLE, _LEFT),
            Example(_PANEL.format(_HEAD + _STEPS) + _OVERLEAF.format(_SIGNS), _SMALL, _ACTION),
            Example(_PANEL.format(_HEAD + _STEPS) + _OVERLEAF.format(_PANEL.format(_HEAD + _STEPS)), _SMALL, _LEFT),
            Example(
                _PANEL.format(_HEAD + _STEPS)
                + _OVERLEAF.format(_PANEL.format(_HEAD + _STEPS).replace("'1 ", "'2 ").replace(".md:", ".md:2")),
                _SMALL,
                _LEFT,
            ),
            Example(_LEAVES.format(_PANEL.format(_HEAD + _STEPS)), _SMALL, _OWN),
            Example(_OVERLEAF.format(_AFTER), _SMALL, _LEFT),
        ),
        "CDC Clear Communication Index, 2 (the main message is at the top)",
        what="The emergency panel is not on the first page.",
        fix="Put it at the beginning of the text, or shorten what comes before it.",
    ),
    PageCheck(
        "fit-box-torn",
        Severity.ERROR,
        "Half of the signs of a danger looks like all of them, and half of the steps ends before help comes.",
        _torn,
        (
            Example(_ABOVE[7] + _BOX.format(_AFTER * 2), _SMALL, _LEFT),
            Example(_BOX.format(_AFTER * 5), _SMALL + _WHOLE, _LEFT),
        ),
        (
            Example(_ABOVE[8] + _BOX.format(_AFTER), _SMALL + _WHOLE, _LEFT),
            Example(_ABOVE[7] + _AFTER * 2, _SMALL, _LEFT),
        ),
        "PEMAT-P, 22 (actions in explicit steps)",
        what="A box about a danger is torn over two pages.",
        fix="Shorten it or what comes before it, so that it fits on one page.",
    ),
)
