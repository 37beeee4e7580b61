"""Flexible boxes in a row, laid out once less.

To find the least height of each item WeasyPrint lays it out as wide as it would like to be. Its height in the width
that it gets is never less where it is text alone, as narrower lines are more lines: then that layout says nothing.
"""

from __future__ import annotations

from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

_blocks = block
_TEXT = (boxes.BlockBox, boxes.LineBox, boxes.InlineBox, boxes.TextBox)
_LENGTHS = (
    *(f"{box}_{side}" for box in ("margin", "padding") for side in ("top", "right", "bottom", "left")),
    *(f"{least}{way}" for least in ("", "min_", "max_") for way in ("width", "height")),
    "text_indent",
)
_TEXT_ALONE = "plainleaf-text-alone"


class _NoHeight:
    """What an item is taken to be that is at least as high as nothing."""

    height = 0
    children: tuple[Any, ...] = ()


class Blocks:
    """What ``weasyprint.layout.flex`` asks of the layout of blocks."""

    def __getattr__(self, name: str) -> Any:
        return getattr(_blocks, name)

    @staticmethod
    def block_level_layout(context: Any, box: Any, *others: Any, **named: Any) -> Any:
        """An item as it is laid out; without others than the space, the place to begin, the container and whether the
        page is empty, only its height is wanted."""
        if len(others) == 4 and not named:
            container = others[2]
            row = container.style["flex_direction"].startswith("row")
            if row and _is_free(container) and _is_free(box) and all(map(_is_text, box.descendants())):
                return (_NoHeight(), None, None, [], False, None)
        return _blocks.block_level_layout(context, box, *others, **named)


def _is_free(box: Any) -> bool:
    """Whether a box is as high as what it holds."""
    return bool(box.height == "auto" and box.max_height == inf)


def _is_text(box: Any) -> bool:
    """Whether a box is a block, a line or a piece of text, and its lengths do not hang on its container's width."""
    if type(box) not in _TEXT or not box.is_in_normal_flow():
        return False
    if type(box) is boxes.TextBox:
        return True
    known: bool | None = box.style.__dict__.get(_TEXT_ALONE)
    if known is None:
        values = (box.style[name] for name in _LENGTHS)
        known = all(value == "auto" or getattr(value, "unit", "") == "px" for value in values)
        box.style.__dict__[_TEXT_ALONE] = known
    return known
