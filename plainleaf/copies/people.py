"""Who gets which copy: the columns of a table beside the lines of a leaflet, and the language and layout of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from plainleaf import choosing
from plainleaf.actions.choice import Choice
from plainleaf.copies import values
from plainleaf.copies.fields import Field
from plainleaf.copies.privacy import HIDDEN
from plainleaf.copies.table import Table, key
from plainleaf.files.tables import Row
from plainleaf.languages import naming
from plainleaf.model import Finding, Leaflet, Severity
from plainleaf.model.phrases import nearest
from plainleaf.model.tags import language_tag
from plainleaf.model.usage import UsageError
from plainleaf.project import Project, languages

LANGUAGE = ("language", "locale")
LAYOUT = ("layout",)
LANGUAGE_OF = "language of "  # begins the head of a column that says which language another column's texts are in


@dataclass(frozen=True, slots=True)
class Person:
    """A row: what is filled in, by ``key``, and the languages (Babel names) and layouts of its copies; ``languages``:
    those of what is filled in, as BCP 47 tags by ``key``, where the table names them."""

    row: Row
    values: Mapping[str, str]
    locales: tuple[str, ...]
    layouts: tuple[str, ...]
    languages: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of a table's columns: those that fill lines, by ``key``, those that choose what is printed, and those
    that say which language a line's own texts are in, by the ``key`` of the line."""

    lines: Mapping[str, int]
    language: int | None
    layout: int | None
    spoken: Mapping[str, int] = field(default_factory=dict)


def columns(table: Table, known: Mapping[str, Field], leaflet: Leaflet) -> tuple[Columns, tuple[Finding, ...]]:
    """The columns of a table, and what is wrong with its heads beside the lines of the leaflet."""
    found = list[Finding]()
    places = {key(name): place for place, name in enumerate(table.heads)}
    language, layout = (next((places[name] for name in names if name in places), None) for names in (LANGUAGE, LAYOUT))
    if all(name in places for name in LANGUAGE):
        what = "the columns “language” and “locale” mean the same"
        found.append(Finding("fill-column", Severity.ERROR, what, table.at, "delete one of them"))
    spoken = {each: places[about] for each in places if (about := LANGUAGE_OF + each) in places}
    others = (*LANGUAGE, *LAYOUT, *(LANGUAGE_OF + each for each in spoken))
    lines = {each: place for each, place in places.items() if each not in others}
    if lines and not known.keys() & lines.keys():  # without heads, the first row is somebody's own
        what = f"no column fills a line of {leaflet.slug}; the first row must say which line each column fills"
        hint = f"give the columns the names of lines of the leaflet: {_listed(known)}"
        return Columns({}, language, layout), (*found, Finding("fill-column", Severity.ERROR, what, table.at, hint))
    for each, place in lines.items():
        if fault := _unfit(table.heads[place], known.get(each), known, leaflet):
            found.append(Finding("fill-column", Severity.ERROR, *fault[:1], table.at, fault[1]))
    usable = {each: place for each, place in lines.items() if each in known and known[each].clear}
    if not lines:
        hint = f"give a column the name of a line of the leaflet: {_listed(known)}"
        found.append(Finding("fill-column", Severity.ERROR, "no column fills a line", table.at, hint))
    said = {each: place for each, place in spoken.items() if each in usable}
    return Columns(usable, language, layout, said), tuple(found)


def _unfit(head: str, field: Field | None, known: Mapping[str, Field], leaflet: Leaflet) -> tuple[str, str] | None:
    """Why a column can fill no line, and how to fix that; ``None`` if it can."""
    if field is None:
        near = nearest(head, [each.name for each in known.values()])
        what = f"the column “{head}” fills no line of {leaflet.slug}{near}"
        return what, f"give it the name of a line, or delete it; the lines are: {_listed(known)}"
    if field.clear:
        return None
    lines = ", ".join(map(str, field.places))
    what = f"the column “{head}” may mean several lines of {leaflet.slug} ({lines})"
    return what, f"give each line its own name in the source, as in {head}: ____{{first_{_name(head)}}}"


def _name(head: str) -> str:
    """A name as it may be in braces."""
    return "".join(letter for letter in key(head).replace(" ", "_") if letter.isascii() and letter.isalnum()) or "line"


def _listed(known: Mapping[str, Field]) -> str:
    return ", ".join(field.name for field in known.values() if field.clear) or "none has a name"


def people(
    project: Project, leaflet: Leaflet, table: Table, known: Mapping[str, Field], choice: Choice
) -> tuple[tuple[Person, ...], tuple[Finding, ...]]:
    """Every row with what it asks for, and what is wrong with its cells."""
    where, found = columns(table, known, leaflet)
    findings, persons = list(found), list[Person]()
    spoken = [name for name in languages(project.root, project.leaflets, ()) if leaflet.meant_for(name)]
    usual = choice.locales or (regional(project, leaflet.own_locale),)
    language = _Column(where.language, usual, lambda name: _language(project, name, spoken), spoken)
    layout = _Column(where.layout, choice.layouts, lambda name: _layout(project, name), [*project.layouts])
    tongues = {each: _Column(place, (), _tag, ()) for each, place in where.spoken.items()}
    for row in table.rows:
        said = dict[str, str]()
        empty = list[str]()
        for each, place in where.lines.items():
            text, faults = values.cleaned(row.cells[place], table.heads[place], row)
            findings += faults
            if text:
                said[each] = text
            else:
                empty.append(table.heads[place])
        if empty:
            findings.append(values.empty(row, empty, bool(said)))
        locales = language.of(row, findings)
        layouts = layout.of(row, findings)
        tags = {each: column.of(row, findings) or () for each, column in tongues.items()}
        if locales is not None and layouts is not None:
            persons.append(Person(row, said, locales, layouts, {each: tag[0] for each, tag in tags.items() if tag}))
    return tuple(persons), tuple(findings)


MOST_WRONG = 50  # different names in a column that name nothing, before no more are looked for


@dataclass(slots=True)
class _Column:
    """The cells of a column that names languages or layouts. What a name means is looked for once, as a table has a
    thousand rows; if very many are wrong, the column holds something else, and no more are looked for."""

    place: int | None
    usual: tuple[str, ...]
    named: Callable[[str], str]
    there: Sequence[str]
    known: dict[str, str | UsageError] = field(default_factory=dict)
    wrong: int = 0

    def of(self, row: Row, findings: list[Finding]) -> tuple[str, ...] | None:
        """What the row's cell names, else what is usual; ``None`` if it names nothing that is there."""
        cell = row.cells[self.place].strip() if self.place is not None else ""
        if not cell:
            return self.usual
        if cell not in self.known:
            self.known[cell] = self._found(cell)
        found = self.known[cell]
        if isinstance(found, str):
            return (found,)
        what = f"row {row.number}: {found}"
        for written in (cell, cell.casefold()):  # it may be somebody's name, in the wrong column
            what = what.replace(f"“{written}”", HIDDEN)
        findings.append(Finding("fill-choice", Severity.ERROR, what, row.at, found.hint))
        return None

    def _found(self, cell: str) -> str | UsageError:
        if self.wrong >= MOST_WRONG and cell not in self.there:
            what = f"“{cell}” was not looked up, because {self.wrong} others in this column do not exist"
            return UsageError(what, f"fix those first; there are: {', '.join(self.there)}")
        try:
            return self.named(cell)
        except UsageError as error:
            self.wrong += 1
            return error


def _language(project: Project, name: str, spoken: Sequence[str]) -> str:
    return regional(project, choosing.language(name, spoken))


def _tag(name: str) -> str:
    """Of any language that CLDR knows: nothing has to be published in it."""
    found = choosing.translation(name, ())
    if not naming.known(found):
        raise UsageError(f"there is no language “{name}”", "write its tag or its name in English: ar, Arabic")
    return language_tag(found)


def regional(project: Project, name: str) -> str:
    """A language as the clinic's country writes it, where there is such a locale."""
    here = f"{name}_{project.clinic.country}" if project.clinic else name
    return here if here in project.locales else name


def _layout(project: Project, name: str) -> str:
    found = name.strip().casefold()
    return found if found in project.layouts else choosing.choose(project, layouts=[found]).layouts[0]
