"""A CSV file as a spreadsheet saves it: bytes -> rows of cells. What cannot be read for sure is a finding.

No finding quotes a cell: it may be somebody's name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from plainleaf.model import Finding, Location, Severity

MOST_LINES = 20_000  # a spreadsheet may put empty rows between others, and a cell may have several lines

_DELIMITERS = (",", ";", "\t")
_SEP = re.compile(r"sep=(.)[ \t]*(?:\r\n|\r|\n)", re.IGNORECASE)  # Excel's own first line
_SAVE = "in Excel: File, Save As, file type “CSV UTF-8 (Comma delimited)”; in LibreOffice: Character set “UTF-8”"


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells; ``number`` as a spreadsheet counts its rows, from 1."""

    number: int
    at: Location
    cells: tuple[str, ...]


def read(data: bytes, file: str, check: str) -> list[Row] | Finding:
    """The rows of a CSV file, or an error of this ``check``. ``file``: its name for findings."""
    text = _decoded(data, file)
    found = text if isinstance(text, _Fault) else _records(text, file)
    if isinstance(found, _Fault):
        return Finding(check, Severity.ERROR, found.what, found.at, found.hint)
    return found


@dataclass(frozen=True, slots=True)
class _Fault:
    at: Location
    what: str
    hint: str


def _decoded(data: bytes, file: str) -> str | _Fault:
    """The characters of a file, or why nobody can know them."""
    at = Location(file)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _Fault(at, "is a workbook of a spreadsheet program, not a CSV file", f"save it as CSV ({_SAVE})")
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        at = at if wide else Location(file, data[: error.start].count(b"\n") + 1)
        what = "was not saved as UTF-8 but in an older encoding (such as Windows-1252), so it is not certain which"
        return _Fault(at, f"{what} letters these are", f"save it again ({_SAVE})")
    return _Fault(at, "is not a text file", f"save the table as CSV ({_SAVE})") if "\0" in text else text


def _records(text: str, file: str) -> list[Row] | _Fault:
    """The rows of a text, cut by the sign that makes the most rows as long as the first."""
    text = _without_end(text)
    if (lines := len(text.splitlines())) > MOST_LINES:
        what = f"the table has {lines} lines, more than {MOST_LINES}"
        return _Fault(Location(file), what, "split it into several files, and delete empty rows")
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


def _cut(text: str, delimiter: str, file: str, skipped: int) -> tuple[list[Row] | None, _Fault | None]:
    """The rows; ``None`` and why for quotation marks that do not close. ``skipped``: lines above the text."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, line = list[Row](), skipped + 1
    try:
        for cells in reader:
            rows.append(Row(len(rows) + 1, Location(file, line), tuple(cells)))
            line = skipped + reader.line_num + 1
    except csv.Error:
        hint = 'save the table again as CSV; by hand, write a quotation mark inside a cell twice: "the ""blue"" one"'
        return None, _Fault(Location(file, line), "a quotation mark in this row is not closed", hint)
    return rows, None
