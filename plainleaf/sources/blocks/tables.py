"""Tables: heads of columns, rows and groups of rows, cells that span several, a caption."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from plainleaf.model import TICK, Block, Inline, Kind, Strong
from plainleaf.sources.body import About, Body, content, handed_down
from plainleaf.sources.commonmark import Node
from plainleaf.sources.dialects import CELL
from plainleaf.sources.fences import Marks

KINDS = (
    About(Kind.TABLE),
    About(Kind.ROW, printed="table"),
    About(Kind.CELL, "Table cell", printed="table"),
)

_WRONG = "\0"  # in place of a cell: a finding has been noted of it
ABOVE = "^^"  # in place of a cell: the one above spans this row too
CAPTION = "Table:"
BELOW = "Note:"  # what is said of a table, below it

_CELL_END = re.compile(r"(?<!\\)\|")
_BOX = re.compile(r"(?<!\\)(?:\[[ \u00a0]?\](?![\[({])|☐)")  # to tick, as lists have it
_BOLD = re.compile(r"\*\*.+\*\*|__.+__", re.DOTALL)


@dataclass(slots=True)
class _Row:
    """A row as it was typed: ``raw`` has the text of each cell, with the spaces around it."""

    line: int
    node: Node
    raw: list[str]
    owners: list[tuple[int, int]]  # for each column the row and column in which its cell begins

    @property
    def grouping(self) -> bool:
        """Whether one cell spans all of it: the head of a group of rows."""
        return len(self.raw) > 1 and all(owner == (self.owners[0][0], 0) for owner in self.owners) and self.own(0)

    def own(self, column: int) -> bool:
        """Whether there is something in this very place."""
        return self.raw[column].strip() not in ("", ABOVE, _WRONG)


def is_caption(node: Node | None) -> bool:
    """Whether a paragraph is the caption of a table: “Table: ...”, above it, or below it with a blank line between."""
    return node is not None and node.type == "paragraph" and content(node).startswith(CAPTION)


def captioned(node: Node) -> bool:
    """Whether there is a table that such a paragraph belongs to."""
    return any(near is not None and near.type == "table" for near in (node.previous_sibling, node.next_sibling))


def is_note(node: Node | None) -> bool:
    """Whether a paragraph is the note of a table: “Note: ...”, right below it or below its caption."""
    if node is None or node.type != "paragraph" or not content(node).startswith(BELOW):
        return False
    above = node.previous_sibling
    return above is not None and (above.type == "table" or is_note(above) or (is_caption(above) and captioned(above)))


def table(body: Body, node: Node) -> list[Block]:
    """A table, and what is said of it below; marks of its own are on a line below its last row, its caption is there or
    in a paragraph beside it."""
    line = body.line(node)
    nodes = [row for part in node.children for row in part.children]
    said_below = _taken(body, nodes, BELOW)
    marks, captions = _below(body, nodes)
    captions = [*_beside(body, node), *captions]
    if len(nodes) == 1:
        body.notes.error("source-table-broken", line, "a table has only a header row", "write the rows below it")
    _check_header(body, nodes[0])
    width = len(nodes[0].children)
    rows = [_typed(body, row, width, number) for number, row in enumerate(nodes)]
    _merge(body, rows)
    _check_groups(body, rows)
    caption, said = _caption(body, captions)
    if said != Marks(said.line):
        if marks != Marks(line):
            what, hint = "a table has marks in two places: after its caption and below it", "write them in one place"
            body.notes.error("source-mark-unknown", said.line, what, hint)
        else:
            marks = said
    children = [*caption, *_rows(body, rows, width)]
    made = body.made(Kind.TABLE, line, marks, (), children)
    notes = [note for text, at in (*said_below, *_notes_beside(body, node)) for note in _note(body, text, at)]
    return [handed_down(made, marks.safety), *(handed_down(note, marks.safety, short=marks.short) for note in notes)]


def _notes_beside(body: Body, node: Node) -> Iterator[tuple[str, int]]:
    """What paragraphs below a table say of it."""
    after = node.next_sibling
    if after is not None and is_caption(after):
        after = after.next_sibling
    while after is not None and is_note(after):
        yield content(after), body.line(after)
        after = after.next_sibling


def _note(body: Body, text: str, line: int) -> list[Block]:
    text, marks = body.marked(text, line)
    words = body.inlines(text.removeprefix(BELOW), line)
    if not words:
        hint = f"write a note about the table, “{BELOW} Shake the bottle first”, or delete the line"
        body.notes.error("source-note-empty", line, "the note of a table is empty", hint)
        return []
    return [body.made(Kind.NOTE, line, marks, words)]


def _below(body: Body, rows: list[Node]) -> tuple[Marks, list[tuple[str, int]]]:
    """The marks and the captions right under the last row, which Markdown takes for rows; they are taken out."""
    marks, captions = Marks(body.line(rows[0])), _taken(body, rows, CAPTION)
    if len(rows) > 1 and (found := body.marked_below(rows[-1])):
        marks = found
        rows.pop()
    return marks, captions


def _taken(body: Body, rows: list[Node], word: str) -> list[tuple[str, int]]:
    """The lines that begin with a word, which Markdown takes for rows; they are taken out."""
    these = [row for row in rows[1:] if body.source_line(row).startswith(word)]
    for row in these:
        rows.remove(row)
    return [(body.source_line(row), body.line(row)) for row in these]


def _beside(body: Body, node: Node) -> Iterator[tuple[str, int]]:
    """Captions in paragraphs of their own; one between two tables is that of the second."""
    before, after = node.previous_sibling, node.next_sibling
    if before is not None and is_caption(before):
        yield content(before), body.line(before)
    if after is not None and is_caption(after):
        second = after.next_sibling
        if second is None or second.type != "table":
            yield content(after), body.line(after)


def _caption(body: Body, captions: Sequence[tuple[str, int]]) -> tuple[list[Block], Marks]:
    """The caption as a block, with the marks at its end: those of its table, but for what is for translators."""
    if not captions:
        return [], Marks(0)
    text, line = captions[0]
    if len(captions) > 1:
        what = f"a table has {len(captions)} captions"
        body.notes.error("source-table-caption", captions[1][1], what, f"keep one line that begins with “{CAPTION}”")
    text, marks = body.marked(text, line)
    words = body.inlines(text.removeprefix(CAPTION), line)
    if not words:
        hint = f"write what the table shows, “{CAPTION} Shots by age”, or delete the line"
        body.notes.error("source-table-caption", line, "the caption of a table has no words", hint)
        return [], marks
    own = Marks(line, note=marks.note, context=marks.context, short=marks.short)
    return [body.made(Kind.CAPTION, line, own, words)], replace(marks, note="", context="")


def _check_header(body: Body, row: Node) -> None:
    raw = _raw(body, row)[: len(row.children)]
    empty = [
        number for number, cell in enumerate(raw, 1) if (not cell.strip() and (cell or number == 1)) or cell == ABOVE
    ]
    if empty and (empty != [1] or len(row.children) == 1):  # the corner above the row names may be empty
        what = f"column {empty[-1]} of a table has no header"
        hint = "say in the header row what is in the column"
        body.notes.error("source-table-header", body.line(row), what, hint)


def _raw(body: Body, node: Node) -> list[str]:
    return _CELL_END.split(body.source_line(node).removeprefix("|").removesuffix("|"))


def _typed(body: Body, node: Node, width: int, number: int) -> _Row:
    """A row, with as many cells as its table has columns."""
    line, raw = body.line(node), _raw(body, node)
    if len(raw) != width:
        what = f"a row with {len(raw)} cell{'s' * (len(raw) > 1)} is in a table with {width} columns"
        hint = "give each row as many cells; write \\| for a plain bar"
        if len(raw) == 1:
            said = f"| {raw[0].strip()[:30]} {'|' * width}"
            hint += f"; for a heading over the rows below it write {said}; for text below a table leave a blank line"
        body.notes.error("source-table-ragged", line, what, hint)
    raw = [*raw, *[_WRONG] * width][:width]  # what is missing is told once
    return _Row(line, node, raw, [(number, column) for column in range(width)])


# --------------------------------------------------------------------------- cells that span several places


def _merge(body: Body, rows: list[_Row]) -> None:
    """Find the owner of each place: its own cell, the one on its left (``||``) or the one above (``^^``)."""
    for number, row in enumerate(rows):
        for column, raw in enumerate(row.raw):
            if raw == "" and column:
                row.owners[column] = row.owners[column - 1]
            elif raw.strip() == ABOVE and number > 1 and not rows[number - 1].grouping:
                row.owners[column] = rows[number - 1].owners[column]
            elif raw.strip() == ABOVE:
                what = f"“{ABOVE}” has no cell above it in column {column + 1}"
                hint = f"write what belongs into the cell; “{ABOVE}” means that the cell above is for this row too"
                body.notes.error("source-table-merged", row.line, what, hint)
                row.raw[column] = _WRONG
    _check_empty(body, rows)
    for owner, places in _places(rows).items():
        across, down = {place[1] for place in places}, {place[0] for place in places}
        if len(places) != len(across) * len(down):
            begin = rows[owner[0]]
            what = f"the cell “{begin.raw[owner[1]].strip()[:30]}” does not cover a rectangle"
            hint = f"under a cell that spans several columns (||) write “{ABOVE}” in all of them, or in none"
            body.notes.error("source-table-merged", begin.line, what, hint)
            for number, column in places:
                rows[number].owners[column] = (number, column)


def _check_empty(body: Body, rows: Sequence[_Row]) -> None:
    """A listener meets an empty cell without knowing whether it means “none”, “the same” or a mistake."""
    for row in rows[1:] if "diary" not in body.inside else ():
        empty = [column for column, raw in enumerate(row.raw, 1) if not raw.strip() and (raw or column == 1)]
        if empty:
            what = f"column {empty[0]} of a row is empty"
            hint = (
                f"write what it means (“None”), or {ABOVE} if the cell above is for this row too; "
                "|| without a space makes the cell on its left wider"
            )
            body.notes.warning("source-table-empty", row.line, what, hint)


def _places(rows: Sequence[_Row]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """For each cell, by where it begins, all places that it takes."""
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for number, row in enumerate(rows):
        for column, owner in enumerate(row.owners):
            found.setdefault(owner, []).append((number, column))
    return found


def _check_groups(body: Body, rows: Sequence[_Row]) -> None:
    for number, row in enumerate(rows[1:], 1):
        if row.grouping and (number + 1 == len(rows) or rows[number + 1].grouping):
            what = f"the heading of a group of rows has no rows below it: “{row.raw[0].strip()[:40]}”"
            hint = "write them, or make it a paragraph below the table; a cell over all columns is a heading"
            body.notes.error("source-table-group", row.line, what, hint)


# --------------------------------------------------------------------------- blocks


def _named(rows: Sequence[_Row]) -> bool:
    """Whether the first column names the rows: it has no head of its own, or it is bold all the way down."""
    first = [row.raw[0].strip() for row in rows[1:] if not row.grouping and row.own(0)]
    if len(rows[0].raw) < 2 or not any(first):
        return False
    return not rows[0].raw[0].strip() or all(_BOLD.fullmatch(text) for text in first)


def _rows(body: Body, rows: Sequence[_Row], width: int) -> Iterator[Block]:
    named, places = _named(rows), _places(rows)
    for number, row in enumerate(rows):
        header = number == 0
        group = not header and row.grouping
        cells = []
        for column, cell in enumerate(row.node.children[:width]):
            taken = places.get((number, column), [])
            if not taken:
                continue
            across, down = len({place[1] for place in taken}), len({place[0] for place in taken})
            typed = _BOX.sub(f"{{{TICK}}}", content(cell)) if row.own(column) else ""
            words = body.inlines(typed, row.line, CELL)
            head = group or (header and (column > 0 or bool(words))) or (named and column == 0 and bool(words))
            options = {"header": "yes" if head else "no"}
            options |= {"columns": str(across)} if across > 1 else {}
            options |= {"rows": str(down)} if down > 1 else {}
            cells.append(body.made(Kind.CELL, row.line, None, _plain(words) if head else words, (), **options))
        more = {"group": "yes"} if group else {}
        yield body.made(Kind.ROW, row.line, None, (), cells, header="yes" if header else "no", **more)


def _plain(words: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The words of a head, which is printed bold anyway."""
    return words[0].children if len(words) == 1 and isinstance(words[0], Strong) else words


NODES = {"table": table}
