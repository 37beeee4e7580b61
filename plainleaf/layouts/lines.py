"""What has room in a line of a layout, before anything is laid out: short lists, pictures side by side, wide tables.

All widths are in ems of the text's own size, within some 10 % (``widths``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from plainleaf.languages import facts
from plainleaf.layouts import columns as sharing
from plainleaf.layouts.widths import width
from plainleaf.model import Block, Inline, Kind, Layout, Locale, Placeholder, Text, grids, is_line
from plainleaf.model.lengths import MM_PER_PT

ASKED = 16  # ems of words before lines to write on: a narrow panel holds them, and has room for a line
LEAST_COLUMN = 8.5  # ems: a narrower column of steps breaks a line behind each word
MOST_BELOW = 4  # lines below the picture of a step: more are easier to read beside it
BETWEEN_COLUMNS, BESIDE_RULES = 0.9, 1.5  # ems beside a cell, as the style sheet of tables has it
LONGEST_PART = 3  # ems that stay together where no spaces part words: two or three signs
WIDER, BOLDER = 1.05, 1.13  # times as wide as is reckoned: letters at most, bold ones
SHORTEST_LINE = 6  # ems: 32 mm or a little less
BRIEF = 20  # ems: about half a line, or a little more
COLUMN_GAP = 7.0  # mm between two columns of text
IN_BOX = 2.2  # ems beside a point in a box: its bullet, and the box's own room


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a layout in a language. ``words``: a block's own, as they are printed."""

    layout: Layout
    where: Locale
    words: Callable[[Block], str]

    @property
    def room(self) -> float:
        """How wide a column of the text is, in ems."""
        layout = self.layout
        across = layout.page_width_mm - layout.margins_mm[1] - layout.margins_mm[3]
        across = (across - (layout.text_columns - 1) * COLUMN_GAP) / layout.text_columns
        return across / (self.layout.body_pt * self.where.size_factor * MM_PER_PT)

    def is_brief(self, block: Block) -> bool:
        """Whether a block is a list of points that take about half a line each."""
        if block.kind is not Kind.LIST or block.options["ordered"] == "yes" or "tick" in block.options:
            return False
        texts = [self.words(item) for item in block.children]
        return not any(item.children for item in block.children) and max(map(width, texts), default=0) <= BRIEF

    def is_paired(self, block: Block) -> bool:
        """Whether the points of a brief list take fewer lines two in a row."""
        widths = [width(self.words(item)) * WIDER for item in block.children] if self.is_brief(block) else []
        alone, half = max(1.0, self.room - IN_BOX), max(1.0, self.room / 2 - IN_BOX)
        pairs = zip(widths[::2], [*widths[1::2], 0.0], strict=False)
        return sum(ceil(max(pair) / half) for pair in pairs) < sum(ceil(each / alone) for each in widths)

    def columns(self, block: Block) -> int:
        """How many points of a list with pictures stand in a row, where the sheet is wide enough."""
        kinds = [[child.kind for child in item.children] for item in block.children]
        if not any(Kind.FIGURE in inside for inside in kinds):
            return 0
        if len(kinds) < 2 or any(inside != [Kind.FIGURE] for inside in kinds):
            return 1
        longest = max(width(self.words(item)) for item in block.children)
        tried = (2,) if len(kinds) in (2, 4) else (3, 2)
        return next((columns for columns in tried if _fit_below(longest, self.room / columns)), 1)

    def least_width(self, table: Block) -> float:
        """The widths of a table's columns together, each as wide as its longest word."""
        columns, ruled = dict[int, float](), "diary" in table.options
        for line in grids.lines([(row, row.children) for row in table.children if row.kind is Kind.ROW]):
            for column in line.own:
                cell, spans = line.cells[column], grids.span(line.cells[column])[0] > 1
                ruled |= spans and not line.row.options.get("group")
                columns[column] = max(columns.get(column, 0), 0 if spans else self._longest_word(cell))
        return sum(columns.values()) + len(columns) * (BESIDE_RULES if ruled else BETWEEN_COLUMNS)

    def shares(self, table: Block) -> tuple[int, ...]:
        """The share of a table's columns in per cent, by what stands in them; () where that is left to the table."""
        rows = [row for row in table.children if row.kind is Kind.ROW and not row.options.get("group")]
        cells = [cell for row in rows for cell in row.children]
        if "diary" in table.options or any(grids.span(cell) != (1, 1) or "blank" in cell.options for cell in cells):
            return ()
        texts = tuple(tuple(self._cell(cell) for cell in row.children) for row in rows)
        return sharing.shares(texts, self.room, BETWEEN_COLUMNS)

    def _cell(self, cell: Block) -> sharing.Cell:
        bold = BOLDER if cell.options.get("header") == "yes" else WIDER
        return sharing.Cell(width(self.words(cell)) * bold, self._longest_word(cell))

    def _longest_word(self, cell: Block) -> float:
        """A cell with a line to write on is at least as wide as that."""
        lines = any(isinstance(part, Placeholder) and is_line(part.name) for part in cell.inlines)
        words = self.words(cell).split()
        longest = max((width(word) for word in words), default=0.0)
        if not facts.of(self.where).spaced:
            longest = min(longest, LONGEST_PART)
        bold = BOLDER if cell.options.get("header") == "yes" else WIDER
        return max(longest * bold, SHORTEST_LINE if lines else 0)


def is_to_fill_in(block: Block) -> bool:
    """Whether a block is a few words with lines to write on behind them."""
    if not block.inlines or not _is_line(block.inlines[-1]):
        return False
    words = [part for part in block.inlines if isinstance(part, Text)]
    lines = sum(map(_is_line, block.inlines))
    return len(words) + lines == len(block.inlines) and width("".join(part.text for part in words)) <= ASKED


def _is_line(part: Inline) -> bool:
    return isinstance(part, Placeholder) and is_line(part.name)


def _fit_below(longest: float, column: float) -> bool:
    """Whether texts of up to ``longest`` ems have room below pictures in columns as wide as that."""
    return column >= LEAST_COLUMN and longest <= MOST_BELOW * (column - 2)
