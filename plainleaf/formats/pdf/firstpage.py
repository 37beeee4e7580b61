"""Whether a box of a danger is torn or late in a laid-out document: quickly said, before checks read anything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from plainleaf.checks.page.boxes import classes_of
from plainleaf.layouts.danger import PIECE, WHOLE, Role, pages_behind, read
from plainleaf.model import FirstDanger

FRAME = "danger"  # the class of such a frame


def amiss(root: Any, document: Any, holds: FirstDanger) -> bool:
    """Whether a box of a danger is torn, or the panel for an emergency is not on page 1, as far as it is to be."""
    marked = [element for element in root.iter() if element.get(PIECE) or element.get(WHOLE)]
    return len(document.pages) > 1 and bool(marked) and (_torn(document) or _late(document, holds))


def surely_amiss(root: Any, document: Any, holds: FirstDanger) -> bool:
    """Whether the first pages of a document say that this is so, whatever comes on the others."""
    if len(document.pages) < 2:
        return False
    return _torn(document) or (_has_first_panel(root, document) and _late(document, holds))


def _has_first_panel(root: Any, document: Any) -> bool:
    """Whether something of the first panel of all is on these pages."""
    here = (element for page in document.pages for element in elements(page))
    numbers = [
        min((mark[0] for each in some if (mark := read(each.get(PIECE)))), default=0) for some in (root.iter(), here)
    ]
    return 0 < numbers[0] == numbers[1]


def torn_frames(document: Any) -> int:
    """How many frames around what stands below a heading of a danger are on two pages."""
    pages = [{each for each in elements(page) if FRAME in classes_of(each)} for page in document.pages]
    return sum(len(here & after) for here, after in pairwise(pages))


def _torn(document: Any) -> bool:
    """Whether any such box is on two pages."""
    before: set[Any] = set()
    for page in document.pages:
        here = {element for element in elements(page) if element.get(WHOLE)}
        if not here.isdisjoint(before):
            return True
        before = here
    return False


def _late(document: Any, holds: FirstDanger) -> bool:
    """Whether a piece of the first panel is printed on later pages alone."""
    places: dict[tuple[int, str, str, str], int] = {}
    roles: dict[tuple[int, str, str, str], Role] = {}
    for number, page in enumerate(document.pages):
        for element in elements(page):
            if mark := read(element.get(PIECE)):
                key = (mark[0], *(element.get(f"data-{name}", "") for name in ("kind", "at", "po")))
                places.setdefault(key, number)
                roles[key] = mark[1]
    first = min((key[0] for key in places), default=0)
    return any(key[0] == first and number > pages_behind(roles[key], holds) for key, number in places.items())


def elements(page: Any) -> Iterator[Any]:
    """The elements with a box in the text of a page, in its order."""
    seen = None
    for box in page._page_box.children[0].descendants():
        if box.element is not None and box.element is not seen:
            seen = box.element
            yield seen
