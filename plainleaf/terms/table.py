"""Terms as CSV, for spreadsheet programs: a row for each term, a column for each language.

No cell that is written can run as a formula: one that begins like it gets an apostrophe before it, and loses it again
when it is read.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from plainleaf.files import tables
from plainleaf.model import Finding, Location
from plainleaf.model.phrases import clipped
from plainleaf.model.tags import language_tag
from plainleaf.terms.entries import FORMULA, Concept, Entry, Read, checked, fault, few, tidy

TERM, MEANING, LEAFLETS = "term", "meaning", "leaflets"
_NO_LANGUAGE = {TERM, MEANING, LEAFLETS, "note", ""}


def written(concepts: Sequence[Concept], languages: Sequence[str]) -> bytes:
    """The table as UTF-8 with a byte order mark (without it Excel takes it for another encoding)."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([TERM, MEANING, LEAFLETS, *map(language_tag, languages)])
    for each in concepts:
        said = [each.translations.get(name, "") for name in languages]
        writer.writerow([_safe(cell) for cell in (each.term, each.meaning, " ".join(each.leaflets), *said)])
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(tuple(FORMULA)) else cell


def read(data: bytes, file: str) -> Read:
    """The entries of a table. A cell that a spreadsheet would run is an error."""
    rows = tables.read(data, file, "terms-file")
    if isinstance(rows, Finding):
        return Read((), (rows,))
    rows = [row for row in rows if any(cell.strip() for cell in row.cells)]
    heads = [cell.strip() for cell in rows[0].cells] if rows else []
    small = [head.casefold() for head in heads]
    columns = {place: head for place, head in enumerate(heads) if small[place] not in _NO_LANGUAGE}
    if small.count(TERM) != 1 or not columns:
        hint = "write into row 1: term,es,ar (a column “term”, and one for each language)"
        return Read((), (fault(Location(file, 1), "row 1 does not name the columns of a list of terms", hint),))
    if len({head.casefold() for head in columns.values()}) < len(columns):
        return Read((), (fault(rows[0].at, "a language has two columns in row 1", "delete one of them"),))
    found, entries, at = list[Finding](), list[Entry](), small.index(TERM)
    for row in rows[1:]:
        if len(row.cells) > len(heads):
            what = f"row {row.number} has {len(row.cells)} cells, but row 1 has {len(heads)}"
            found.append(fault(row.at, what, "put a term with a comma between quotation marks", "terms-entry"))
            continue
        if run := [cell for place, cell in enumerate(row.cells) if (place == at or place in columns) and _runs(cell)]:
            what = f"a cell in row {row.number} begins as a formula does: “{clipped(run[0].strip(), 40)}”"
            found.append(fault(row.at, what, "write the term alone, without = + - or @ before it", "terms-entry"))
            continue
        cells = {place: _plain(cell) for place, cell in enumerate(row.cells)}
        if any(cells.get(place) for place in columns) and not cells.get(at):
            found.append(
                fault(row.at, f"row {row.number} has no term", "write it into the column “term”", "terms-entry")
            )
            continue
        entries += [Entry(cells[at], columns[place], cells[place], row.at) for place in columns if cells.get(place)]
    if found:
        return Read((), few(found))
    return checked(entries, dict.fromkeys(columns.values(), rows[0].at))


def _runs(cell: str) -> bool:
    return cell.startswith(tuple(FORMULA)) or cell.lstrip().startswith(tuple(FORMULA))


def _plain(cell: str) -> str:
    return tidy(cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in FORMULA else cell)
