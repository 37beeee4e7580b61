"""Tables whose cells may span several columns or rows: which cell is where, and what it is read with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class _Part(Protocol):
    """A table, a row or a cell: a ``Block``, or what a template sees of one."""

    @property
    def options(self) -> Mapping[str, str]: ...


P = TypeVar("P", bound=_Part)


@dataclass(frozen=True, slots=True)
class Line(Generic[P]):
    """A row with a cell in every column; one that spans several columns or rows is in each of these places.

    ``heads``: the cells of the header row, by column. ``head``: the cell that names the row. ``group``: the cell over
    this row and its neighbours. ``own``: the columns in which a cell begins in this very row.
    """

    row: P
    cells: tuple[P, ...]
    heads: tuple[P, ...]
    head: P | None
    group: P | None
    own: frozenset[int]
    joined: bool  # whether a cell goes on in the next row
    first: bool  # whether it is the first row that is neither the header nor the head of a group


def span(cell: _Part) -> tuple[int, int]:
    """How many columns and how many rows a cell takes."""
    return int(cell.options.get("columns", "1")), int(cell.options.get("rows", "1"))


def lines(rows: Sequence[tuple[P, Sequence[P]]]) -> Iterator[Line[P]]:
    """The rows of a table, each with its own cells, as lines of its grid; the header row too, and heads of groups."""
    heads: tuple[P, ...] = ()
    group: P | None = None
    first = True
    open_cells: dict[int, tuple[P, int]] = {}  # column -> a cell from above, and how many more rows it takes
    for row, children in rows:
        placed: dict[int, P] = {}
        own: set[int] = set()
        for column, (cell, left) in sorted(open_cells.items()):
            placed[column] = cell
            open_cells[column] = (cell, left - 1)
        column = 0
        for cell in children:
            while column in placed:
                column += 1
            across, down = span(cell)
            own.add(column)
            for place in range(column, column + across):
                placed[place] = cell
                open_cells[place] = (cell, down - 1)
        open_cells = {place: kept for place, kept in open_cells.items() if kept[1] > 0}
        cells = tuple(placed[place] for place in sorted(placed))
        header, grouping = row.options.get("header") == "yes", row.options.get("group") == "yes"
        if header:
            heads = cells
        elif grouping:
            group = cells[0]
        named = bool(cells) and not header and not grouping and cells[0].options.get("header") == "yes"
        head = cells[0] if named else None
        plain = not header and not grouping
        yield Line(row, cells, heads, head, group, frozenset(own), bool(open_cells), plain and first)
        first = first and not plain
