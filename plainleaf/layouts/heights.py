"""How high a block is on a page, about: before anything is laid out it is known which ones may break over pages.

A box or table that keeps its rows together goes to the next page whole. A box that is higher than half a page would
leave as much of the page before it empty, and so would a table higher than a third of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil

from plainleaf.layouts.danger import UNBROKEN
from plainleaf.layouts.widths import width
from plainleaf.model import Block, Kind, Layout, Locale, grids
from plainleaf.model.lengths import MM_PER_PT

MOST = {Kind.CALLOUT: 0.5, Kind.TABLE: 0.3}  # of a page; a table has its head again where it goes on
WHOLE_PANEL = 0.6  # of a page: a higher panel for an emergency may have no room on page 1, below title and notices
BOX, BETWEEN, ROW, PICTURE = 2.0, 0.5, 0.7, 8.0  # lines: of a frame and label, below a text, around a row, of a picture
INSIDE = 2.0  # ems that the sides of a box take
NUMBER, DRAWN, DRAWN_LINES = 2.2, 4.0, 2  # ems of a step's number and of its small picture; lines beside that


def fills_page(panel: Block, layout: Layout, where: Locale, room: float, words: Callable[[Block], str]) -> bool:
    """Whether a panel for an emergency is so high that page 1 may not hold it. Its texts stand beside a number or a
    bullet, and beside a picture where one has one."""
    lines = BOX
    for text in (block for block in panel.walk() if block.inlines and block.kind is not Kind.ALT):
        drawn = any(child.kind is Kind.FIGURE for child in text.children)
        beside = INSIDE + NUMBER * (text.kind is Kind.ITEM) + DRAWN * drawn
        lines += max(ceil(width(words(text)) / max(1.0, room - beside)), DRAWN_LINES * drawn) + BETWEEN
    return lines > WHOLE_PANEL * _page(layout, where)


def _page(layout: Layout, where: Locale) -> float:
    """The lines of a page."""
    line = layout.body_pt * where.size_factor * layout.line_height * where.line_height_factor * MM_PER_PT
    return (layout.page_height_mm - layout.margins_mm[0] - layout.margins_mm[2]) / line


def is_tall(block: Block, layout: Layout, where: Locale, room: float, words: Callable[[Block], str]) -> bool:
    """Whether a box is higher than half a page of a layout, or a table than a third. ``room``: ems of a line;
    ``words``: a block's own, as they are printed."""
    if block.kind not in MOST or block.options.get("name") in UNBROKEN:
        return False
    return _lines(block, room - INSIDE * (block.kind is Kind.CALLOUT), words) > MOST[block.kind] * _page(layout, where)


def _lines(block: Block, room: float, words: Callable[[Block], str]) -> float:
    """The height of a block in lines of text."""
    if block.kind is Kind.TABLE:
        rows = [(row, row.children) for row in block.children if row.kind is Kind.ROW]
        return sum(_row(line.cells, room, words) for line in grids.lines(rows))
    own = ceil(width(words(block)) / room) + BETWEEN if block.inlines else 0
    more = PICTURE if block.kind is Kind.FIGURE else BOX if block.kind is Kind.CALLOUT else 0
    return own + more + sum(_lines(child, room, words) for child in block.children)


def _row(cells: Iterable[Block], room: float, words: Callable[[Block], str]) -> float:
    texts = [words(cell) for cell in cells]
    return max((ceil(width(text) * len(texts) / room) for text in texts), default=0) + ROW
