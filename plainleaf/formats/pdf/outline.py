"""The bookmarks of a PDF, from its tags: one for each heading and each box without one, in the order of listening.

Each leads to its place on the page and to its tag (/SE), which says its language: readers show the escapes that a text
string may say that with as letters (poppler 22: "arمرحبا"). ISO 32000-1, 12.3.3; ISO 14289-1, 7.2 and 7.17.

Called by the finisher of ``render``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pydyf

from plainleaf.formats.pdf import actualtext, naming
from plainleaf.formats.pdf.actualtext import Mark
from plainleaf.formats.pdf.tagtree import Node

_BOXES = frozenset({"Sect", "Aside"})
_LABEL = "label"  # class of what stands above a box instead of a heading


@dataclass(slots=True, eq=False)
class Item:
    """A bookmark. ``level``: 1 for the title, 2 for what stands below it ...; ``node``: the tag that it leads to."""

    title: str
    level: int
    node: Node
    kids: list[Item] = field(default_factory=list)


def write(root: Node, document: Any, pdf: pydyf.PDF) -> None:
    """Put the bookmarks of the tags below ``root``, which have their objects, in place of WeasyPrint's."""
    places = _places(pdf)
    tops = nested(list(_found(root, 0)))
    if not tops:
        pdf.catalog.pop("Outlines", None)  # WeasyPrint's lead to headings that are not seen
        return
    outlines = next(places)
    outlines.update(_linked(tops, outlines, places, document, pdf), Type="/Outlines", Count=_size(tops))
    pdf.catalog["Outlines"] = outlines.reference


def nested(items: Sequence[Item]) -> list[Item]:
    """Items one after the other as a tree: each stands in the last one before it that has a lower level."""
    tops: list[Item] = []
    above: list[Item] = []
    for item in items:
        while above and above[-1].level >= item.level:
            above.pop()
        (above[-1].kids if above else tops).append(item)
        above.append(item)
    return tops


def _found(node: Node, level: int) -> Iterator[Item]:
    """The bookmarks of what stands in a tag, below a heading of this level. A heading counts for what follows it in the
    same section, also where it stands in a block of its own there; a section without one stands beside the one before
    it."""
    beside = 0
    for kid in (kid for kid in node.kids if isinstance(kid, Node)):
        if own := _level(kid):
            level, beside = own, 0
            yield Item(naming.said(kid.box.bookmark_label), own, kid)
            continue
        inner = list(_found(kid, level))
        headed = [item.level for item in inner if _level(item.node)]
        if kid.tag not in _BOXES:
            level, beside = (headed[-1], 0) if headed else (level, beside)
        elif headed:
            beside = inner[0].level
        elif title := _name(kid):
            beside = beside or level + 1
            yield Item(title, beside, kid)
            inner = [Item(item.title, max(item.level, beside + 1), item.node) for item in inner]
        yield from inner


def _level(node: Node) -> int:
    """The level of a heading, as style sheets have it; 0 for other tags, and for headings without a bookmark."""
    level = node.box.style["bookmark_level"] if node.box is not None else "none"
    return level if isinstance(level, int) and naming.said(node.box.bookmark_label or "") else 0


def _name(section: Node) -> str:
    """What a section without a heading is called: as its author says, or as the label above it."""
    if section.box is None:
        return ""
    if said := naming.label(section.element):
        return said
    labels = (node.element for node in section.walk() if node.box is not None)
    return next((naming.words(each) for each in labels if _LABEL in (each.get("class") or "").split()), "")


# ---------------------------------------------------------------------- writing


def _places(pdf: pydyf.PDF) -> Iterator[Any]:
    """Objects for the bookmarks: those of WeasyPrint's, emptied, then new ones."""
    old: list[Any] = []

    def gather(reference: bytes | None) -> None:
        while reference:
            item = actualtext.resolve(pdf, reference)
            old.append(item)
            gather(item.get("First"))
            reference = item.get("Next")

    gather(pdf.catalog.pop("Outlines", None))
    for item in old:
        item.clear()
    yield from old
    while True:
        item = pydyf.Dictionary()
        pdf.add_object(item)
        yield item


def _linked(items: list[Item], parent: Any, places: Iterator[Any], document: Any, pdf: pydyf.PDF) -> dict[str, Any]:
    """Write items and all below them; what their parent says of them."""
    written: list[Any] = []
    for item in items:
        place = next(places)
        place["Title"], place["Parent"] = pydyf.String(item.title), parent.reference
        place["Dest"] = destination(item.node, document, pdf)
        place["SE"] = pdf.objects[_spoken(item.node).number].reference
        if item.kids:
            place.update(_linked(item.kids, place, places, document, pdf), Count=_size(item.kids))
        if written:
            written[-1]["Next"], place["Prev"] = place.reference, written[-1].reference
        written.append(place)
    return {"First": written[0].reference, "Last": written[-1].reference}


def _spoken(node: Node) -> Node:
    """The tag in a heading that says the language of all of it, where that is another one than around it."""
    inner = node
    while len(inner.kids) == 1 and isinstance(inner.kids[0], Node):
        inner = inner.kids[0]
    return inner if inner.language != node.language else node


def _size(items: list[Item]) -> int:
    """How many bookmarks are shown where all are open."""
    return sum(1 + _size(item.kids) for item in items)


def destination(node: Node, document: Any, pdf: pydyf.PDF) -> pydyf.Array:
    """The upper left corner of what a tag stands for, in points, on the page where it begins."""
    number = next(kid.page for each in node.walk() for kid in each.kids if isinstance(kid, Mark))
    page, reference = document.pages[number], pdf.page_references[number]
    left, _, right, _ = actualtext.resolve(pdf, reference)["MediaBox"]
    scale = (right - left) / (page.width + page.bleed["left"] + page.bleed["right"])
    x, y, _, _ = node.box.hit_area()
    return pydyf.Array([reference, "/XYZ", x * scale, (page.height - y) * scale, 0])
