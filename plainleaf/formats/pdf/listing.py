"""The list of contents of a leaflet, on paper: printed where it has more pages than one leafs through.

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


def of(root: Any) -> Listing | None:
    """The list of a document that is not printed in any case; ``None`` if there is none."""
    for parent in root.iter():
        for place, child in enumerate(parent):
            if over := child.get(OVER):
                return Listing(child, parent, place, int(over))
    return None


def without_pages(root: Any) -> bool:
    """Take the pages behind links to other parts out of a document; whether there were any."""
    found = [element for element in root.iter("span") if element.get("class") == ON_PAGE and element.get("data-to")]
    for element in found:
        element.set("class", "")
    return bool(found)


def settled(root: Any, lay_out: Callable[[], Any]) -> Any:
    """The laid-out document, with its list if it needs one: it has more pages without the list than that allows.

    ``lay_out`` is called once or twice. Afterwards the list is in the document ``root`` if it is printed.
    """
    listing = of(root)
    if listing is None:
        return lay_out()
    listed = lay_out() if sum(map(len, root.itertext())) > _LONG else None
    if listed and len(listed.pages) - _OWN_PAGES > listing.over:
        return listed
    listing.take_out()
    bare = lay_out()
    if len(bare.pages) <= listing.over:
        return bare
    listing.put_back()
    return listed or lay_out()
