"""What is let break where a page would end badly: boxes, lists and paragraphs that their style keeps whole, and
drawings that may be a little smaller. All of it can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

from plainleaf.checks.page.boxes import may_go_on
from plainleaf.formats.pdf import endings
from plainleaf.formats.pdf.endings import Piece

Skip = dict[int, Any] | None  # where a box goes on, as WeasyPrint has it: the index of a child, and where that goes on

_WIDTH = "max_width"
_SMALLER = 0.75  # of the width of a drawing, where it does not fit the page else
_LINES = 2  # of a paragraph that stay together, where three would leave more white


def way(root: Any, skip: Skip) -> list[tuple[Any, int]]:
    """The boxes that a page's end goes through, from the root down, each with the child at which it goes on."""
    found = []
    box = root
    while skip and len(skip) == 1 and getattr(box, "children", None):
        ((index, skip),) = skip.items()
        if index >= len(box.children) or isinstance(box, boxes.LineBox):
            break
        found.append((box, index))
        box = box.children[index]
    while len(found) > 1 and found[-1][1] == 0 and _is_start(skip):  # nothing of it stands before the end
        found.pop()
    return found


def _is_start(skip: Skip) -> bool:
    """Whether it is the place before the first word of a line."""
    while skip:
        if any(skip):
            return False
        (skip,) = skip.values()
    return True


@dataclass(slots=True)
class Loosened:
    """A box that may break though its style says otherwise; ``close`` takes that back."""

    box: Any
    before: Any = field(init=False)
    values: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.before = self.box.style

    @property
    def element(self) -> Any:
        return self.box.element

    def set(self, **values: Any) -> None:
        """Give the box a style of its own with these values."""
        if self.box.style is self.before:
            self.box.style = self.before.copy()
        self.values |= values
        self.box.style.update(values)

    def close(self) -> None:
        self.box.style = self.before


def loosen(root: Any, skip: Skip, allowed: frozenset[Piece]) -> list[Loosened]:
    """Let break what begins the next page, as far as that is allowed; what was changed."""
    found: list[Loosened] = []
    path = way(root, skip)
    if not path or any(each.element is not None and endings.stays_whole(each.element) for each, _ in path):
        return found
    parent, index = path[-1]
    for child in _joined(parent.children, index):
        found += _open(child, allowed)
        found += _smaller(child)
    return found


def _smaller(box: Any) -> Iterator[Loosened]:
    """Let the drawings in a box be a little smaller; what their numbers mean stays as large."""
    element = box.element
    if element is not None and isinstance(box, boxes.BlockBox) and endings.may_be_smaller(element):
        widest = box.style["max_width"]
        if getattr(widest, "unit", "") == "px" and widest.value != inf:
            opened = Loosened(box)
            opened.set(max_width=Dimension(widest.value * _SMALLER, "px"))
            yield opened
        return
    for child in getattr(box, "children", ()):
        yield from _smaller(child)


def on_page(opened: list[Loosened], body: Any) -> list[Loosened]:
    """What was changed and matters on a page; drawings that come on another one have their size again."""
    there = {each.element for each in body.descendants(placeholders=True)}
    for each in opened:
        if _WIDTH in each.values and each.element not in there:
            each.close()
    return [each for each in opened if _WIDTH not in each.values or each.element in there]


def _joined(siblings: Any, index: int) -> Iterator[Any]:
    """A box, and those after it that may not be parted from the one before."""
    child = siblings[index]
    yield child
    for after in siblings[index + 1 :]:
        if not after.is_in_normal_flow():
            continue
        if block.block_level_page_break(child, after) not in ("avoid", "avoid-page"):
            return
        yield after
        child = after


def _open(box: Any, allowed: frozenset[Piece]) -> Iterator[Loosened]:
    """Let a box break, and what is in it."""
    element = box.element
    if element is not None and may_go_on(element):  # a list may begin overleaf
        yield from _parted(box)
    if element is not None and endings.stays_whole(element):
        if Piece.BOX in allowed and endings.may_stand_alone(element):
            yield from _parted(box)
        return
    if isinstance(box, boxes.BlockBox | boxes.TableBox) and element is not None:
        piece = endings.piece(element)
        avoids = box.style["break_inside"] in ("avoid", "avoid-page")
        if piece is None or piece not in allowed or element.tag in endings.TEXTS:
            if avoids:
                return
        elif avoids:
            opened = Loosened(box)
            opened.set(break_inside="auto", box_decoration_break="clone")
            yield opened
        if piece in allowed:
            yield from _fewer_lines(box)
    for child in getattr(box, "children", ()):
        yield from _open(child, allowed)


def _parted(box: Any) -> Iterator[Loosened]:
    """Let what follows a box begin the next page."""
    if box.style["break_after"] == "avoid":
        opened = Loosened(box)
        opened.set(break_after="auto")
        yield opened


def _fewer_lines(box: Any) -> Iterator[Loosened]:
    """Let the lines of a box break with two of them on either side."""
    lines = [child for child in box.children if isinstance(child, boxes.LineBox)]
    for each in (box, *lines) if lines else ():
        if each.style["orphans"] > _LINES or each.style["widows"] > _LINES:
            opened = Loosened(each)
            opened.set(orphans=min(_LINES, each.style["orphans"]), widows=min(_LINES, each.style["widows"]))
            yield opened
