"""The lists of contents of a leaflet, on paper: printed where it has more pages than one leafs through.

A template marks it with ``data-pages-over="8"``; how many pages there are is only known once all is laid out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

OVER = "data-pages-over"
ON_PAGE = "on-page"  # the class of a page behind a link to another part

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


def settled(root: Any, lay_out: Callable[[], Any]) -> Any:
    """The laid-out document, with its lists if it needs them: it has more pages without them than the first allows.

    ``lay_out`` is called once or twice. Afterwards the lists are in the document ``root`` if they are printed.
    """
    listings = of(root)
    if not listings:
        return lay_out()
    over = listings[0].over
    listed = lay_out() if sum(map(len, root.itertext())) > _LONG else None
    if listed and len(listed.pages) - _OWN_PAGES > over:
        return listed
    for listing in listings:
        listing.take_out()
    bare = lay_out()
    if len(bare.pages) <= over:
        return bare
    for listing in listings:
        listing.put_back()
    return listed or lay_out()
