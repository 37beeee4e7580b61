"""The cells of a table with their places and heads (ISO 32000-1, 14.8.5.7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from plainleaf.reading.tags import Tag

_MOST_SPANNED = 100  # rows or columns
_MOST_COLUMNS = 1000
_MOST_HEADS = 20  # of a cell in its column, and as many in its row


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell; rows and columns count from 0. ``scope``: Row, Column or Both for a head, "" where the file says none.
    ``heads``: of a cell that is no head itself, by ``Headers`` or else by ``Scope``, those of its row last."""

    tag: Tag
    row: int
    column: int
    rows: int
    columns: int
    scope: str = ""
    heads: tuple[Tag, ...] = ()


def grid(table: Tag) -> list[list[Cell]]:
    """The cells of a table, row by row."""
    rows = list(_placed(table))
    named = {cell.tag.identifier: cell.tag for row in rows for cell in row if cell.tag.identifier}
    above, beside = defaultdict[int, list[Cell]](list), defaultdict[int, list[Cell]](list)
    for head in (cell for row in rows for cell in row if cell.tag.role == "TH"):
        for column in range(head.column, head.column + head.columns) if head.scope in ("Column", "Both") else ():
            above[column].append(head)
        for number in range(head.row, head.row + head.rows) if head.scope in ("Row", "Both") else ():
            beside[number].append(head)
    return [[_with_heads(cell, above, beside, named) for cell in row] for row in rows]


def _rows(tag: Tag) -> Iterator[Tag]:
    for kid in tag.tags:
        if kid.role == "TR":
            yield kid
        elif kid.role in ("THead", "TBody", "TFoot"):
            yield from _rows(kid)


def _placed(table: Tag) -> Iterator[list[Cell]]:
    """The cells with their places: a cell that spans rows takes room in those below."""
    taken = dict[int, int]()  # column -> the first row in which it is free again
    for row, tag in enumerate(_rows(table)):
        cells, column = list[Cell](), 0
        for kid in tag.tags:
            if kid.role not in ("TH", "TD"):
                continue
            while taken.get(column, 0) > row:
                column += 1
            rows, columns = _span(kid, "RowSpan"), _span(kid, "ColSpan") if column < _MOST_COLUMNS else 1
            taken |= dict.fromkeys(range(column, column + columns), row + rows)
            cells.append(Cell(kid, row, column, rows, columns, str(kid.says("Scope") or "")))
            column += columns
        yield cells


def _span(tag: Tag, name: str) -> int:
    value = tag.says(name)
    return min(max(int(value), 1), _MOST_SPANNED) if isinstance(value, float) else 1


def _with_heads(
    cell: Cell, above: Mapping[int, list[Cell]], beside: Mapping[int, list[Cell]], named: Mapping[str, Tag]
) -> Cell:
    if cell.tag.role == "TH":
        return cell
    listed = cell.tag.says("Headers")
    if isinstance(listed, tuple):
        heads = [named[name] for name in listed if isinstance(name, str) and name in named]
    else:
        over = [head for column in range(cell.column, cell.column + cell.columns) for head in above.get(column, ())]
        before = [head for row in range(cell.row, cell.row + cell.rows) for head in beside.get(row, ())]
        found = [head for head in over[:_MOST_HEADS] if head.row < cell.row]
        found += [head for head in before[:_MOST_HEADS] if head.column < cell.column]
        heads = [head.tag for head in dict.fromkeys(found)]
    return replace(cell, heads=tuple(heads))
