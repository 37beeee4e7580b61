"""The lists of contents of a leaflet, on paper: printed where it has more pages than one leafs through.

A template marks it with ``data-pages-over="8"``; how many pages there are is only known once all is laid out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from plainleaf.checks.page.boxes import classes_of
from plainleaf.formats.pdf import composing
from plainleaf.formats.pdf.firstpage import elements

OVER = "data-pages-over"
ON_PAGE = "on-page"  # the class of a page behind a link to another part

_BRIEF = frozenset({"contents", "brief"})  # classes of the list of what readers act on
_LONG = 12_000  # characters: a text of so many is laid out with its list first, as it is likely to need it
_OWN_PAGES = 2  # that the list takes at most


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that is printed in leaflets of more than ``over`` pages, and where in the document it belongs."""

    element: Any
    parent: Any
    place: int
    over: int

    def take_out(self) -> None:
        """Leave it out of the document."""
        self.parent.remove(self.element)

    def put_back(self) -> None:
        """Put it where it was."""
        self.parent.insert(self.place, self.element)


def of(root: Any) -> tuple[Listing, ...]:
    """The lists of a document that are not printed in any case, in its order."""
    places = ((parent, place, child) for parent in root.iter() for place, child in enumerate(parent))
    return tuple(
        Listing(child, parent, place, int(over)) for parent, place, child in places if (over := child.get(OVER))
    )


def without_pages(root: Any) -> bool:
    """Take the pages behind links to other parts out of a document; whether there were any."""
    found = [element for element in root.iter("span") if element.get("class") == ON_PAGE and element.get("data-to")]
    for element in found:
        element.set("class", "")
    return bool(found)


def is_long(root: Any) -> bool:
    """Whether a text is likely to need its lists."""
    return sum(map(len, root.itertext())) > _LONG


def are_due(root: Any, pages: int) -> bool:
    """Whether a document of so many pages, with its lists, has enough without them to need them; or has no lists."""
    listings = of(root)
    return not listings or pages - _OWN_PAGES > listings[0].over


def settled(root: Any, lay_out: Callable[[], Any]) -> Any:
    """The laid-out document, with its lists if it needs them: it has more pages without them than the first allows.

    ``lay_out`` is called once or twice. Afterwards the lists are in the document ``root`` if they are printed.
    """
    listings = of(root)
    if not listings:
        return lay_out()
    over = listings[0].over
    listed = lay_out() if is_long(root) else None
    if listed and are_due(root, len(listed.pages)):
        return listed
    for listing in listings:
        listing.take_out()
    bare = lay_out()
    if len(bare.pages) <= over:
        return bare
    for listing in listings:
        listing.put_back()
    return listed or lay_out()


@dataclass(frozen=True, slots=True)
class Arranged:
    """How the lists of a document were arranged in the end: whether those are in it that few pages do without, and the
    place of the brief one in what holds it, -1 if there is none."""

    listed: bool
    brief: int


def arranged(root: Any) -> Arranged:
    """How the lists of a document are arranged."""
    return Arranged(bool(of(root)), next((list(parent).index(child) for parent, child in _brief(root)), -1))


def arrange(root: Any, how: Arranged) -> None:
    """Arrange the lists of a document as those of one much like it were."""
    for listing in () if how.listed else of(root):
        listing.take_out()
    for parent, child in _brief(root) if how.brief >= 0 else ():
        parent.remove(child)
        parent.insert(how.brief, child)


def _brief(root: Any) -> list[tuple[Any, Any]]:
    """The brief list with what holds it, if there is one."""
    return [(parent, child) for parent in root.iter() for child in parent if _BRIEF.issubset(classes_of(child))][:1]


@dataclass(frozen=True, slots=True)
class Moved:
    """A list of contents that stands farther ahead than its template has it."""

    element: Any
    parent: Any
    before: int

    def put_back(self) -> None:
        """Put it where its template has it."""
        self.parent.remove(self.element)
        self.parent.insert(self.before, self.element)

    def fits(self, document: Any) -> bool:
        """Whether it is on page 1 alone, for which it was moved."""
        return not any(each is self.element for page in document.pages[1:] for each in elements(page))


def moved_to_first_page(root: Any, document: Any, saved: float) -> Moved | None:
    """Put the list of contents before what page 2 begins with, where page 1 has room for it; ``None`` where it has not,
    or needs none. ``saved``: by what share all of that will
    take less room."""
    found = next((each for each in root.iter() if _BRIEF.issubset(classes_of(each))), None)
    first, *others = document.pages[:2]
    if found is None or not others or any(each is found for each in elements(first)):
        return None
    parent = next(each for each in root.iter() if found in list(each))
    overleaf = {*elements(others[0])} - {*elements(first)}
    ahead = next((child for child in parent if child in overleaf), found)
    page, boxes = first._page_box, [box for box in others[0]._page_box.descendants() if box.element is found]
    if ahead is found or not boxes:
        return None
    foot = max(composing.feet(page.children[0], {*elements(others[0])}), default=page.content_box_y())
    filled = foot - page.content_box_y() + max(box.border_height() for box in boxes)
    if filled * (1 - saved) > page.height:
        return None
    moved = Moved(found, parent, list(parent).index(found))
    parent.remove(found)
    parent.insert(list(parent).index(ahead), found)
    return moved
