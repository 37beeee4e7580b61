"""What the end of a page costs, and which blocks may go on overleaf to make it cheaper: no layout is asked for here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from plainleaf.checks.page.boxes import ROW_OF_TWO, classes_of, may_go_on
from plainleaf.checks.page.white import MOST_WHITE

NOTICED = 0.06
"""Of a text area's height, two lines or so: less white than that is not worth another look at a page."""

WORTH_CLOSING_UP = 0.12
"""From here on gaps close up if that brings what stands next onto the page, where nothing of it may break."""

_MISSING = 1.0  # more for a page that looks as if something were missing


class Piece(StrEnum):
    """What may be cut, where that leaves less white."""

    BOX = "box"
    CONTENTS = "contents"
    TABLE = "table"
    LIST = "list"
    PARAGRAPH = "paragraph"


COSTS = {Piece.BOX: 0.3, Piece.CONTENTS: 0.12, Piece.TABLE: 0.08, Piece.LIST: 0.04, Piece.PARAGRAPH: 0.01}
"""In pages of white that are as bad as cutting one such piece."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a page ends: the share of its text area (0 to 1) that is white, and what is cut there by being allowed to
    break; ``lopsided``: a row of two languages begins there on one side only."""

    white: float
    cut: frozenset[Piece] = frozenset()
    lopsided: bool = False

    @property
    def cost(self) -> float:
        """In pages of white."""
        missing = (self.white > MOST_WHITE) + self.lopsided
        return self.white + _MISSING * missing + sum(COSTS[piece] for piece in self.cut)


def worth_a_try(ending: Ending) -> bool:
    """Whether a page might end better."""
    return ending.white > NOTICED


def looks_unfinished(ending: Ending) -> bool:
    """Whether so much of a page is white that something seems to be missing."""
    return ending.white > MOST_WHITE


def allowed(ending: Ending) -> frozenset[Piece]:
    """What may break at such an end: a box only where the page would look as if something were missing."""
    return pieces(looks_unfinished(ending))


def pieces(boxes: bool) -> frozenset[Piece]:
    """What may break, with boxes or without."""
    return frozenset(piece for piece in Piece if piece is not Piece.BOX or boxes)


# Boxes that stay whole whatever it costs: half of the signs looks like all of them, half of what to do like the whole.
_WHOLE = frozenset({
    "urgent", "emergency", "signs", "do", "do-not", "opening", "notices", "contacts", "slips", "scan",
})  # fmt: skip
_WHOLE_TAGS = frozenset({"li", "tr", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header"})
_JOINED = frozenset({"group", "joined"})
_BOXES = frozenset({"callout", "danger"})
_LISTS = frozenset({"facts", "clinic", "about", "references", "words", "evidence", "questions", "stacked"})
TEXTS = frozenset({"p", "dd"})  # stay whole where their style says so
_LIST_TAGS = frozenset({"ul", "ol", "dl", "nav"})


def stays_whole(element: Any) -> bool:
    """Whether nothing in an element may break anew."""
    classes = classes_of(element)
    row = is_row(element) and not may_go_on(element)
    return (element.tag in _WHOLE_TAGS and not _is_reference(element)) or row or not _WHOLE.isdisjoint(classes)


def piece(element: Any) -> Piece | None:
    """What an element is, if it is something that may be cut."""
    classes = classes_of(element)
    if not _BOXES.isdisjoint(classes):
        return Piece.BOX
    if element.tag == "table":
        return Piece.TABLE
    if Piece.CONTENTS in classes:
        return Piece.CONTENTS
    if is_row(element):
        return Piece.PARAGRAPH if may_go_on(element) else None
    if element.tag in _LIST_TAGS or not _LISTS.isdisjoint(classes):
        return Piece.LIST
    return Piece.PARAGRAPH if element.tag in TEXTS or _is_reference(element) else None


def is_row(element: Any) -> bool:
    """Whether an element is a row of two languages side by side."""
    return ROW_OF_TWO in classes_of(element)


def may_stand_alone(element: Any) -> bool:
    """Whether an element is a point or a row that stands at a page's end alone where else much would be white; a head
    of a group does not, nor a row that shares a cell with the next."""
    return element.tag in ("li", "tr") and _JOINED.isdisjoint(classes_of(element))


def may_be_smaller(element: Any) -> bool:
    """Whether an element is a drawing, without what its numbers mean."""
    return "drawn" in classes_of(element)


def _is_reference(element: Any) -> bool:
    """Whether an element is a point of the list of references, which is a long paragraph."""
    return bool(element.tag == "li" and str(element.get("id") or "").startswith("r-"))


def cut(elements: Iterable[Any]) -> Iterator[Piece]:
    """What these elements are, which a page's end goes through."""
    return filter(None, map(piece, elements))
