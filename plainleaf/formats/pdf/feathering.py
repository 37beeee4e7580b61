"""White at the foot of a page, spread over the gaps between its blocks: pages then end at the same height. Gaps also
close up a little where that brings what stands next onto the page.

Nothing is laid out again for it: blocks move down or up, and boxes around them grow or shrink.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from plainleaf.checks.page.boxes import HEADINGS, classes_of

MOST = 0.5
"""Of the type size: as much wider a gap between two paragraphs may become, so that nobody sees it."""

LEAST = 0.55
"""Of a gap that stays where blocks close up."""

NEXT = 1.7
"""Of the type size: about the gap above a heading that comes next."""

_PARAGRAPHS, _BEFORE_HEADING, _POINTS = 1.0, 2.0, 0.4  # shares that gaps have of the white
_SPARE = 1.0  # px that stay free: what fills a page to its last hair is pushed to the next
_AVOID = ("avoid", "avoid-page")
_CLOSE = frozenset({"facts", "contents", "opening", "in-2", "in-3", "shown"})  # rows that belong together as they are


def spread(body: Any, white: float) -> None:
    """Move the blocks of a page down, ``white`` px in all, as far as their gaps may grow."""
    gaps = list(_gaps(body))
    shares, room = sum(share for _, _, share in gaps), white - _SPARE
    if shares and room > 0:
        unit = min(room / shares, MOST * float(body.style["font_size"]))
        _move(body, {(id(above), id(below)): share * unit for above, below, share in gaps}, True)


def to_give(body: Any) -> float:
    """How far the blocks of a page may be able to close up, in px in all, with the gap above what comes next, which
    nobody knows yet."""
    known = sum(_gap(above, below) for above, below, _ in _gaps(body))
    return (1 - LEAST) * (known + NEXT * float(body.style["font_size"]))


def closed_up(body: Any, surplus: float) -> bool:
    """Move the blocks of a page up by ``surplus`` px in all, if their gaps have so much to give."""
    gaps = [(above, below, _gap(above, below)) for above, below, _ in _gaps(body)]
    whole, wanted = sum(gap for _, _, gap in gaps), surplus + _SPARE
    if (1 - LEAST) * whole < wanted:
        return False
    _move(body, {(id(above), id(below)): -gap * wanted / whole for above, below, gap in gaps}, True)
    return True


def _gap(above: Any, below: Any) -> float:
    """The room between two blocks, in px."""
    foot = above.border_box_y() + above.border_height()
    return max(0.0, float(below.border_box_y() - foot))


def _gaps(box: Any) -> Iterator[tuple[Any, Any, float]]:
    """The gaps between the blocks of a page: what stands above and below, and its share of the white."""
    blocks = [child for child in box.children if child.is_in_normal_flow()]
    for above, below in zip(blocks, [*blocks[1:], None], strict=True):
        if _is_open(above):
            yield from _gaps(above)
        if below is not None and (share := _share(above, below)):
            yield above, below, share


def _move(box: Any, wider: dict[tuple[int, int], float], goes_on: bool) -> float:
    """Widen gaps in a box, each by so many px, told by the ids of the blocks above and below it; by how much the box
    has grown. ``goes_on``: it is drawn down to the foot of the page already."""
    moved, last = 0.0, None
    for child in box.children:
        if not child.is_in_normal_flow():
            child.translate(dy=moved)
            continue
        if last is not None:
            moved += wider.get((id(last), id(child)), 0.0)
        child.translate(dy=moved)
        if _is_open(child):
            moved += _move(child, wider, False)
        last = child
    if not goes_on:
        box.height += moved
    return moved


def _is_open(box: Any) -> bool:
    """Whether the blocks in a box stand on the page as if there were no box: it has no frame, and nothing in rows."""
    if type(box) is not boxes.BlockBox or not box.children or box.element is None:
        return False
    framed = box.border_top_width or box.border_bottom_width or box.style["background_color"].alpha
    flows = all(isinstance(child, boxes.BlockLevelBox) for child in box.children if child.is_in_normal_flow())
    return flows and not framed and _CLOSE.isdisjoint(classes_of(box.element))


def _share(above: Any, below: Any) -> float:
    """Of the white that the gap between two blocks takes; none between what belongs together."""
    tags = [each.element.tag if each.element is not None else "" for each in (above, below)]
    if tags == ["li", "li"]:
        return _POINTS
    if above.style["break_after"] in _AVOID or below.style["break_before"] in _AVOID or tags[0] in HEADINGS:
        return 0.0
    return _BEFORE_HEADING if tags[1] in HEADINGS else _PARAGRAPHS
