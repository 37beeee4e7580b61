"""Which heads belong to which cells of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from plainleaf.formats.pdf.tagtree import Node


def describe_tables(root: Node) -> dict[str, Node]:
    """Write spans, the scope of heads and, where a table has more than a row of heads over its columns, the heads of
    each cell.

    Gives the heads that have an id. Cells keep the order of their attributes: ISO 32000-1, table 349.
    """
    ids: dict[str, Node] = {}
    for number, table in enumerate(root.tagged("Table")):
        _describe(table, f"t{number + 1}", ids)
    return ids


def _describe(table: Node, name: str, ids: dict[str, Node]) -> None:
    cells = list(_cells(table))
    attributes: dict[int, dict[str, Any]] = {}
    columns: dict[int, list[tuple[int, str]]] = {}  # column -> its heads: their rows, their ids
    rows: dict[int, list[tuple[int, str]]] = {}
    part_of = {row: id(cell.parent.parent) for cell, row, _ in cells if cell.parent is not None}  # row -> its tbody
    heads = [cell for cell in cells if cell[0].tag == "TH"]
    data_rows = {row for cell, row, _ in cells if cell.tag == "TD"}
    plain = (
        all(cell.box.colspan == cell.box.rowspan == 1 for cell, _, _ in cells)
        and len({row for _, row, _ in heads} - data_rows) <= 1
        and all(_scope(cell, row in data_rows) == "Column" for cell, row, _ in heads)
    )
    for cell, row, column in cells:
        entry = attributes[id(cell)] = {}
        if cell.box.colspan != 1:
            entry["ColSpan"] = cell.box.colspan
        if cell.box.rowspan != 1:
            entry["RowSpan"] = cell.box.rowspan
        if cell.tag == "TH":
            scope = _scope(cell, row in data_rows)
            entry["Scope"] = f"/{scope}"
            if not plain:
                key = f"{name}-{row + 1}-{column + 1}"
                ids[key] = cell
                cell.extra["ID"] = pydyf.String(key)
                along, into = (column, columns) if scope == "Column" else (row, rows)
                span = cell.box.colspan if scope == "Column" else cell.box.rowspan
                over = list(range(along, along + span))
                if cell.element.get("scope") == "rowgroup":
                    over = [place for place in part_of if place >= row and part_of[place] == part_of[row]]
                for place in over:
                    into.setdefault(place, []).append((row, key))
    for cell, row, column in cells:
        entry = attributes[id(cell)]
        if cell.tag == "TD" and not plain:
            across, down = range(column, column + cell.box.colspan), range(row, row + cell.box.rowspan)
            above = [key for place in across for at, key in columns.get(place, ()) if at < row]
            beside = [key for place in down for _, key in rows.get(place, ())]
            if keys := dict.fromkeys(above + beside):
                entry["Headers"] = pydyf.Array(pydyf.String(key) for key in keys)
        if entry:
            cell.attributes.append({"O": "/Table", **entry})


def _cells(table: Node) -> Iterator[tuple[Node, int, int]]:
    """Each cell with its row and first column, counted from 0."""
    taken: set[tuple[int, int]] = set()
    rows = [row for part in _kids(table) for row in ([part] if part.tag == "TR" else _kids(part)) if row.tag == "TR"]
    for row, node in enumerate(rows):
        column = 0
        for cell in _kids(node):
            if cell.tag in ("TH", "TD"):
                while (row, column) in taken:
                    column += 1
                yield cell, row, column
                across = range(column, column + cell.box.colspan)
                taken.update((row + down, place) for down in range(cell.box.rowspan) for place in across)


def _kids(node: Node) -> list[Node]:
    return [kid for kid in node.kids if isinstance(kid, Node)]


def _scope(head: Node, among_data: bool) -> str:
    """What the author says; else heads of the table stand over columns, and heads beside cells before rows."""
    said = head.element.get("scope", "")
    if said in ("row", "rowgroup"):
        return "Row"
    if said in ("col", "colgroup") or not among_data:
        return "Column"
    part = head.parent.parent if head.parent is not None else None
    return "Column" if part is not None and part.tag == "THead" else "Row"
