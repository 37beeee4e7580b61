"""A table of people as a spreadsheet saves it: bytes -> columns and rows. What cannot be read for sure is a finding.

No finding quotes a cell: it may be somebody's name.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from plainleaf.languages.invisible import BYTE_ORDER_MARK
from plainleaf.model import Finding, Location, Severity
from plainleaf.model.phrases import clipped, counted

MOST_ROWS = 1000
MOST_BYTES = 5_000_000
MOST_LINES = 20_000  # a spreadsheet may put empty rows between others, and a cell may have several lines
MOST_COLUMNS = 200  # with a name

_DELIMITERS = (",", ";", "\t")
_SEP = re.compile(r"sep=(.)[ \t]*(?:\r\n|\r|\n)", re.IGNORECASE)  # Excel's own first line
_SAVE = "in Excel: File, Save As, file type “CSV UTF-8 (Comma delimited)”; in LibreOffice: Character set “UTF-8”"


@dataclass(frozen=True, slots=True)
class Row:
    """One person's cells, one for each column; ``number`` as a spreadsheet counts its rows, the heads being row 1."""

    number: int
    at: Location
    cells: tuple[str, ...]


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
    text = _decoded(data, file)
    if isinstance(text, Finding):
        return None, (text,)
    records = _records(text, file)
    if isinstance(records, Finding):
        return None, (records,)
    said = [record for record in records if any(cell.strip() for cell in record.cells)]
    if not said:
        return None, (_fault(Location(file), "is empty", "write the names of the lines into row 1"),)
    return _checked(said[0], said[1:])


def _fault(at: Location, what: str, hint: str) -> Finding:
    return Finding("fill-file", Severity.ERROR, what, at, hint)


def _decoded(data: bytes, file: str) -> str | Finding:
    """The characters of a file, or why nobody can know them."""
    at = Location(file)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _fault(at, "is a workbook of a spreadsheet program, not a CSV file", f"save it as CSV ({_SAVE})")
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8").removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        at = at if wide else Location(file, data[: error.start].count(b"\n") + 1)
        what = "was not saved as UTF-8 but in an older encoding (such as Windows-1252), so it is not certain which"
        return _fault(at, f"{what} letters these are: a name could be printed wrong", f"save it again ({_SAVE})")
    return _fault(at, "is not a text file", f"save the table as CSV ({_SAVE})") if "\0" in text else text


def _records(text: str, file: str) -> list[Row] | Finding:
    """The rows of a text, cut by the sign that makes the most rows as long as the first."""
    text = _without_end(text)
    if (lines := len(text.splitlines())) > MOST_LINES:
        what = f"the table has {lines} lines, more than {MOST_LINES}"
        return _fault(Location(file), what, f"write at most {MOST_ROWS} rows, and delete empty ones between them")
    named = _SEP.match(text)
    begin, skipped = (named.end(), 1) if named else (0, 0)
    asked = (named[1],) if named else _DELIMITERS
    tried = [_cut(text[begin:], delimiter, file, skipped) for delimiter in asked]
    whole = [rows for rows, _ in tried if rows is not None]
    if not whole:
        faults = [fault for _, fault in tried if fault]
        return faults[0]
    return max(whole, key=_even)


def _without_end(text: str) -> str:
    """A text without the empty rows at its end, of which a spreadsheet may save a million."""
    said = text.rstrip(",;\t\r\n ")
    row = re.match(r"[^\r\n]*(?:\r\n|\r|\n)?", text[len(said) :])
    return said + (row[0] if row else "")


def _even(rows: Sequence[Row]) -> tuple[int, int]:
    """How well a table is cut: how many rows are as long as the first, if that has several cells; how long that is."""
    width = len(rows[0].cells) if rows else 0
    return (sum(len(row.cells) == width for row in rows) if width > 1 else 0), width


def _cut(text: str, delimiter: str, file: str, skipped: int) -> tuple[list[Row] | None, Finding | None]:
    """The rows; ``None`` and why for quotation marks that do not close. ``skipped``: lines above the text."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, line = list[Row](), skipped + 1
    try:
        for cells in reader:
            rows.append(Row(len(rows) + 1, Location(file, line), tuple(cells)))
            line = skipped + reader.line_num + 1
    except csv.Error:
        hint = 'save the table again as CSV; by hand, write a quotation mark inside a cell twice: "the ""blue"" one"'
        return None, _fault(Location(file, line), "a quotation mark in this row is not closed", hint)
    return rows, None


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
