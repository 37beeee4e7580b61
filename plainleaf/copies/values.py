"""What is typed into the table: can it be printed as it is, and is a dose in it safe to read?

A cell is somebody's own: findings name its row and column, and quote no more of it than the form that is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from plainleaf.checks.source import doses
from plainleaf.checks.source.passages import Passage
from plainleaf.copies.fields import Field
from plainleaf.files.tables import Row
from plainleaf.languages import cldr, facts
from plainleaf.languages.invisible import LINE_ENDS
from plainleaf.model import Edition, Finding, FontFamily, Severity
from plainleaf.model.phrases import counted
from plainleaf.sources.characters import Notes, visible
from plainleaf.typesetting import fonts

LONGEST = 200  # characters of a value: about two lines of a page

_ENDS = re.compile(rf"[\r\n\v\f\x85{LINE_ENDS}]")
_BREAKS = re.compile(rf"(?<!\s)\s*[\t\r\n\v\f\x85{LINE_ENDS}]\s*")
_EXCEL = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|#+)", re.IGNORECASE)
# What a spreadsheet makes of 1/2 or 5-12: a day of a month.
_MADE_DATE = re.compile(r"\d{1,2}\.?[- ](?P<behind>[^\W\d_]{3,6})\.?|(?P<before>[^\W\d_]{3,6})\.?-\d{2}")
_SPREADSHEETS_OWN = frozenset({"mrz", "fév", "aoû"})  # months that spreadsheets shorten in another way than CLDR
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)


def cleaned(cell: str, column: str, row: Row) -> tuple[str, tuple[Finding, ...]]:
    """A cell as it is printed, and what is wrong with it; "" for one that is empty."""
    notes = Notes(row.at.file)
    text = cell.strip()
    if _ENDS.search(text):
        hint = "write it on one line, with commas between its parts"
        notes.error("fill-value", row.at.line, "the cell has several lines", hint)
    text = visible(notes, row.at.line, _BREAKS.sub(" ", text))
    if len(text) > LONGEST:
        what = f"the cell has {counted(len(text), 'character')}, but a line has room for {LONGEST}"
        notes.error("fill-value", row.at.line, what, "shorten it")
    if _EXCEL.fullmatch(text) or _SHORTENED.fullmatch(text):
        hint = "make the cell a text in the spreadsheet (Format Cells, Text), type it again, and save again"
        notes.error("fill-value", row.at.line, "the spreadsheet has replaced the text with a sign of its own", hint)
    elif _is_made_date(text):
        what = "the cell is a date without a year: spreadsheets turn doses such as 1/2 or 1-2 into dates"
        hint = (
            "make the cell a text in the spreadsheet (Format Cells, Text) and type it again; write a date with its year"
        )
        notes.error("fill-value", row.at.line, what, hint)
    named = f"row {row.number}, column “{column}”"
    return text, tuple(replace(each, message=f"{named}: {each.message}") for each in notes.in_order())


def _is_made_date(text: str) -> bool:
    made = _MADE_DATE.fullmatch(text)
    return made is not None and (made["behind"] or made["before"]).casefold() in _months()


@cache
def _months() -> frozenset[str]:
    """Short names of months in all languages, as nobody knows in which one the table was typed."""
    names = (cldr.short_months(name) for name in facts.every() if cldr.has(name))
    return _SPREADSHEETS_OWN.union(*names)


def faults(
    edition: Edition,
    after: Edition,
    values: Mapping[str, str],
    known: Mapping[str, Field],
    row: Row,
    country: str,
    own_fonts: Mapping[str, tuple[FontFamily, ...]],
) -> Iterator[Finding]:
    """What is wrong with a row's values, by ``key``, where they are printed in an edition.

    ``after``: the same with these values filled in; ``country``: ISO 3166, of the readers;
    ``own_fonts``: of values that are in a language of their own.
    """
    yield from _glyphs(edition, values, known, row, own_fonts)
    language = facts.of(edition.locale)
    translated = edition.locale.tag.partition("-")[0] != edition.leaflet.language.partition("-")[0]
    for before, now in zip(edition.blocks, after.blocks, strict=True):
        if before is now:
            continue
        for passage, one in doses.filled_in(before, now, language, country, translated):
            said = {each: Passage.of(value, passage.words).text for each, value in values.items()}
            names = [known[each].name for each, value in said.items() if value in passage.text]
            columns = " or ".join(f"“{name}”" for name in names or [known[each].name for each in values])
            what = f"row {row.number}, column {columns}: {one.message}"
            yield Finding(one.check, one.severity, what, row.at, one.hint)


def _glyphs(
    edition: Edition,
    values: Mapping[str, str],
    known: Mapping[str, Field],
    row: Row,
    own_fonts: Mapping[str, tuple[FontFamily, ...]],
) -> Iterator[Finding]:
    """Letters that would print as empty boxes."""
    where = edition.locale
    try:
        lacking = {*fonts.uncovered("".join(values.values()), where.fonts)}
        found = {each: sorted(lacking.intersection(value)) for each, value in values.items()}
        for each, more in own_fonts.items():
            found[each] = [*fonts.uncovered("".join(found.get(each, ())), more)]
    except fonts.FontError as error:
        yield Finding("font-failed", Severity.ERROR, str(error), where.at, "install the font again")
        return
    for each, boxes in found.items():
        if boxes:
            what = f"row {row.number}, column “{known[each].name}”: {_letters(boxes)} would print as an empty box"
            hint = (
                f"write it in letters that fonts for {where.english_name} have, as in a passport, or say in a column "
                f"“Language of {known[each].name}” which language it is in"
            )
            yield Finding("glyph-missing", Severity.ERROR, f"{what} in {where.english_name}", row.at, hint)


def _letters(boxes: Sequence[str]) -> str:
    """One letter as it is; of several, which may be a whole name, only how many and of which script."""
    if len(boxes) == 1:
        return f"“{boxes[0]}” (U+{ord(boxes[0]):04X})"
    scripts = dict.fromkeys(unicodedata.name(letter, "unknown").split()[0] for letter in boxes)
    return f"each of {len(boxes)} letters ({', '.join(scripts)})"


def empty(row: Row, names: Sequence[str], any_other: bool) -> Finding:
    """That cells say nothing, so that their lines stay; an error if no other cell of the row says anything."""
    columns = ", ".join(f"“{name}”" for name in names)
    if not any_other:
        what, hint = f"row {row.number}: nothing is filled in", "fill the row in, or delete it"
        return Finding("fill-empty", Severity.ERROR, what, row.at, hint)
    what = f"row {row.number}: {columns} {'is' if len(names) == 1 else 'are'} empty, so the copy has a line to write on"
    return Finding("fill-empty", Severity.WARNING, what, row.at, "fill it in if you know it")
