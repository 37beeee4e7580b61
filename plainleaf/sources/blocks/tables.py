"""Pipe tables."""

from __future__ import annotations

import re

from plainleaf.model import Block, Kind
from plainleaf.sources import leftovers
from plainleaf.sources.body import About, Body, content, handed_down
from plainleaf.sources.commonmark import Node
from plainleaf.sources.dialects import CELL
from plainleaf.sources.fences import Marks

KINDS = (
    About(Kind.TABLE),
    About(Kind.ROW, printed="table"),
    About(Kind.CELL, "Table cell", printed="table"),
)

_CELL_END = re.compile(r"(?<!\\)\|")


def table(body: Body, node: Node) -> list[Block]:
    """A table; marks of its own stand on a line below its last row."""
    line = body.line(node)
    rows = [row for part in node.children for row in part.children]
    marks = Marks(line)
    if len(rows) > 1 and (found := body.marked_below(rows[-1])):
        marks = found
        rows.pop()
    if len(rows) == 1:
        body.notes.error("source-table-broken", line, "a table has only a header row", "write the rows below it")
    _check_header(body, rows[0])
    width = len(rows[0].children)
    made = body.made(Kind.TABLE, line, marks, (), [_row(body, row, width) for row in rows])
    return [handed_down(made, marks.safety)]


def _check_header(body: Body, row: Node) -> None:
    empty = [number for number, cell in enumerate(row.children, 1) if not content(cell).strip()]
    if empty and (empty != [1] or len(row.children) == 1):  # the corner above the row names may be empty
        what = f"column {empty[-1]} of a table has no header"
        hint = "say in the header row what the column holds"
        body.notes.error("source-table-header", body.line(row), what, hint)


def _row(body: Body, node: Node, width: int) -> Block:
    line = body.line(node)
    header = "yes" if node.children[0].type == "th" else "no"
    typed = body.source_line(node)
    leftovers.find_in_row(body.notes, typed, line)
    count = len(_CELL_END.split(typed.removeprefix("|").removesuffix("|")))
    if count != width:
        what = f"a row with {count} cells stands in a table with {width} columns"
        hint = "give each row as many cells; write \\| for a plain bar"
        body.notes.error("source-table-ragged", line, what, hint)
    cells = (
        body.made(Kind.CELL, line, None, body.inlines(content(cell), line, CELL), header=header)
        for cell in node.children
    )
    return body.made(Kind.ROW, line, None, (), cells, header=header)


NODES = {"table": table}
