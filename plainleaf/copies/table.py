"""A table of people as a spreadsheet saves it: bytes -> columns and rows. What cannot be read for sure is a finding.

No finding quotes a cell: it may be somebody's name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plainleaf.files import tables
from plainleaf.files.tables import Row
from plainleaf.model import Finding, Location, Severity
from plainleaf.model.phrases import clipped, counted

MOST_ROWS = 1000
MOST_BYTES = 5_000_000
MOST_COLUMNS = 200  # with a name


@dataclass(frozen=True, slots=True)
class Table:
    """The heads as they are written, each once, and the rows that say anything. ``at``: the line of the heads."""

    at: Location
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def key(name: str) -> str:
    """What a head, or the label of a line, is compared by: “Your name:”, “your_name” and “Your  Name” are one."""
    words = re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFC", name)).strip()
    return words.rstrip(":： ").casefold()


def read(data: bytes, file: str) -> tuple[Table | None, tuple[Finding, ...]]:
    """The table in a CSV file; ``None`` if it cannot be read. ``file``: its name for findings."""
    records = tables.read(data, file, "fill-file")
    if isinstance(records, Finding):
        return None, (records,)
    said = [record for record in records if any(cell.strip() for cell in record.cells)]
    if not said:
        return None, (_fault(Location(file), "is empty", "write the names of the lines into row 1"),)
    return _checked(said[0], said[1:])


def _fault(at: Location, what: str, hint: str) -> Finding:
    return Finding("fill-file", Severity.ERROR, what, at, hint)


def _checked(head: Row, rows: Sequence[Row]) -> tuple[Table | None, tuple[Finding, ...]]:
    if (named := sum(bool(name.strip()) for name in head.cells)) > MOST_COLUMNS:
        what = f"the table has {named} columns, more than {MOST_COLUMNS}"
        return None, (_fault(head.at, what, "delete the columns that fill no line of the leaflet"),)
    found = [*_heads(head, rows), *_lengths(head, rows)]
    if not rows:
        found.append(_fault(head.at, "there is no row below the column names", "write one row for each person"))
    if len(rows) > MOST_ROWS:
        what = f"the table has {len(rows)} rows, more than {MOST_ROWS}"
        found.append(_fault(rows[MOST_ROWS].at, what, "split it into several files"))
        rows = rows[:MOST_ROWS]
    kept = [number for number, name in enumerate(head.cells) if name.strip()]
    even = tuple(
        Row(row.number, row.at, tuple(row.cells[place] if place < len(row.cells) else "" for place in kept))
        for row in rows
    )
    return Table(head.at, tuple(head.cells[place].strip() for place in kept), even), tuple(found)


def _heads(head: Row, rows: Sequence[Row]) -> Iterator[Finding]:
    """Heads that are there twice, and cells below none."""
    first: dict[str, str] = {}
    for name in filter(str.strip, head.cells):
        if key(name) in first:
            what = f"two columns are called “{clipped(name.strip(), 80)}”"
            yield Finding("fill-column", Severity.ERROR, what, head.at, "delete one, or rename it after its line")
        first.setdefault(key(name), name)
    nameless = {place for place, name in enumerate(head.cells) if not name.strip()}
    below: dict[int, int] = {}  # the first row with a text in each of these
    for row in rows if nameless else ():
        for place, cell in enumerate(row.cells):
            if place in nameless and cell.strip():
                below.setdefault(place, row.number)
    for place, number in sorted(below.items()):
        what = f"column {place + 1} has no name, but there is text in it in row {number}"
        yield Finding("fill-column", Severity.ERROR, what, head.at, "write its name into row 1, or delete it")


def _lengths(head: Row, rows: Sequence[Row]) -> Iterator[Finding]:
    """Rows that have more cells than there are heads, even empty ones: “2,5” without quotation marks is two cells, and
    moves all that come after it."""
    width = len(head.cells)
    for row in rows:
        if len(row.cells) > width:
            what = (
                f"row {row.number} has {counted(len(row.cells), 'cell')}, but there are {counted(width, 'column name')}"
            )
            hint = "put a text with a comma or semicolon between quotation marks, or save the table again as CSV"
            yield Finding("fill-row", Severity.ERROR, f"{what}: its texts may be in the wrong columns", row.at, hint)
