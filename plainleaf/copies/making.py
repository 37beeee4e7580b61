"""Filled copies from a table: all of them or none, and nothing of them but the files themselves.

Nothing here passes through the store of what is published: no manifest, no catalogue, no cache has heard of a copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path

from plainleaf import choosing, files
from plainleaf.actions import exchanged, printing
from plainleaf.actions import plan as planning
from plainleaf.actions.choice import Choice
from plainleaf.actions.printing import Page
from plainleaf.artifacts import workers
from plainleaf.artifacts.limits import Task
from plainleaf.artifacts.manifest import Job, Result
from plainleaf.copies import fields, people, privacy, table, values
from plainleaf.copies.fields import Field
from plainleaf.copies.people import Person
from plainleaf.copies.table import Table
from plainleaf.editions import editions, with_files
from plainleaf.files.places import po_path
from plainleaf.formats.base import FORMATS, Format, Limits, Made, Prepared
from plainleaf.layouts import excerpts
from plainleaf.layouts.file import SOURCE
from plainleaf.layouts.templates import Prepared as Texts
from plainleaf.model import (
    USUAL_FORMAT,
    Clinic,
    Edition,
    Finding,
    FontFamily,
    Layout,
    Leaflet,
    Location,
    Severity,
    has_error,
)
from plainleaf.model.tags import locale_name
from plainleaf.model.usage import UsageError
from plainleaf.project import Project
from plainleaf.typesetting import fontconfig, locales, subsets

Told = Callable[[int, Result], None]


@dataclass(frozen=True, slots=True)
class Filled:
    """The copies that were written, the findings, how many copies of an earlier run were taken away. If any finding is
    an error, nothing was written and nothing taken away."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]
    removed: int = 0


@dataclass(frozen=True, slots=True)
class _Copy:
    """One copy to make: for whom, as what, under which name."""

    person: Person
    form: Format
    page: Page
    name: str


@dataclass(frozen=True, slots=True)
class _Texts:
    """What copies of a leaflet are made from, nothing of it filled in: its editions by locale, one in the source's
    language for the same country (``own``), its lines;
    and the table that they are filled from."""

    project: Project
    clinic: Clinic
    own: Edition
    editions: Mapping[str, Edition]
    known: Mapping[str, Field]
    table: Table
    today: date

    @property
    def slug(self) -> str:
        return self.own.slug


def fill(project: Project, choice: Choice, data: bytes, file: str, output: Path, today: date, told: Told) -> Filled:
    """A copy of the chosen leaflet for each row of a CSV file, in the language and layout that the row names, else in
    those of the choice; as PDF if it names no format.

    ``file``: the table's name for findings. Copies go to ``output/<leaflet>/``, named by the rows' numbers. ``told``
    hears of each (how many in all, result), before any is written. Raises ``UsageError`` for a choice that is not
    clear, ``OSError`` if copies cannot be written.
    """
    leaflet = _chosen(project, choice)
    read, faults = table.read(data, file)
    if read is None or project.clinic is None:
        return Filled((), faults or project.findings)
    own, _ = next(editions(project, Choice((leaflet.slug,), (leaflet.own_locale,)), today))
    known = fields.fields(own)
    persons, about_cells = people.people(project, leaflet, read, known, choice)
    layouts = _layouts(project, choice)
    asked = _spoken(leaflet, persons, layouts)
    there = with_files(project, editions(project, Choice((leaflet.slug,), asked), today)) if asked else []
    texts = _Texts(project, project.clinic, own, {each.locale.name: each for each, _ in there}, known, read, today)
    wrong = [each for _, about in there for each in about if each.severity is Severity.ERROR]
    copies, about_copies = _copies(texts, choice, persons, layouts)
    findings = [*faults, *about_cells, *wrong, *_unsigned(texts), *about_copies]
    if not has_error(findings):
        made, about_pages = _made(texts, copies, told)
        findings += about_pages
    findings = [*dict.fromkeys(findings)]
    if has_error(findings):
        return Filled((), tuple(findings))
    written, gone = privacy.save(made, output / leaflet.slug, leaflet.slug)
    return Filled(written, tuple(findings), gone)


def _chosen(project: Project, choice: Choice) -> Leaflet:
    if len(choice.leaflets) != 1:
        hint = f"as in: plainleaf publish {next(iter(project.leaflets), 'LEAFLET')} --fill data.csv"
        raise UsageError("copies can be filled in for one leaflet at a time", f"name it, {hint}")
    (slug,) = choice.leaflets
    if slug not in project.leaflets:
        about = choosing.unread(project, [slug])
        raise UsageError(f"“{slug}” could not be read", "fix what is listed above", about)
    return project.leaflets[slug]


def _layouts(project: Project, choice: Choice) -> Mapping[str, tuple[Layout, ...]]:
    """Every layout by name, in the looks that are asked for."""
    found: dict[str, tuple[Layout, ...]] = {}
    for layout in planning.dressed_layouts(project, choice.looks, choice.beside):
        if "+".join(layout.looks) in (choice.looks or ("",)):
            found[layout.name] = (*found.get(layout.name, ()), layout)
    return found


def _spoken(leaflet: Leaflet, persons: Iterable[Person], layouts: Mapping[str, Sequence[Layout]]) -> tuple[str, ...]:
    """The locales of all texts on these copies, those beside others among them."""
    found: dict[str, None] = {}
    for person in persons:
        besides = (layout.beside for name in person.layouts for layout in layouts.get(name, ()) if layout.beside)
        both = (*person.locales, *(leaflet.own_locale if beside == SOURCE else beside for beside in besides))
        found |= dict.fromkeys(both)
    return tuple(found)


def _unsigned(texts: _Texts) -> Iterator[Finding]:
    """Texts that nobody answers for: on a page with somebody's own dose, no reader takes them for a draft."""
    leaflet, slug = texts.own.leaflet, texts.slug
    why = "so nothing was filled in: people act on a leaflet with their own name and dose"
    if texts.own.sign_off is None:
        what = f"no clinician has signed off {slug} as it is now, {why}"
        hint = f'have a clinician check it, then: plainleaf sign-off {slug} --by "Name, role"'
        yield Finding("fill-approval", Severity.ERROR, what, leaflet.at, hint)
    for name, edition in texts.editions.items():
        if edition.draft:
            language, root = edition.locale.english_name, texts.project.root
            what = f"the {language} translation is a draft, which nobody has approved as it is now, {why}"
            hint = f'have a clinical translator check it, then: plainleaf approve {name} {slug} --by "Name, role"'
            at = Location(po_path(root, name, slug).relative_to(root).as_posix())
            yield Finding("fill-approval", Severity.ERROR, what, leaflet.at, hint, at)


# --------------------------------------------------------------------------- what to make


def _copies(
    texts: _Texts, choice: Choice, persons: Iterable[Person], layouts: Mapping[str, Sequence[Layout]]
) -> tuple[list[_Copy], list[Finding]]:
    """Every copy, and what keeps rows from being printed as they ask."""
    forms = [FORMATS[name] for name in choice.formats or (USUAL_FORMAT,)]
    printed = cache(partial(fields.printed, texts.own))
    copies, findings = list[_Copy](), list[Finding]()
    for person in persons:
        if not person.layouts and any(form.paged for form in forms):
            findings.append(_no_layout(texts, person, layouts))
        editions = {(texts.slug, name): _filled(texts, edition, person) for name, edition in texts.editions.items()}
        dressed = [layout for name in person.layouts for layout in layouts.get(name, ())]
        for locale in person.locales:
            if locale not in texts.editions:
                findings.append(_not_meant(texts, person, locale))
                continue
            about = person.values, texts.known, person.row, texts.clinic.country, _fonts(texts, person)
            findings += values.faults(texts.editions[locale], _plain(texts, person, locale, editions), *about)
            for form, layout in ((one, each) for one in forms for each in (dressed if one.paged else (None,))):
                page, why = printing.page(editions[texts.slug, locale], layout, editions)
                if page.second and (beside := page.second.locale.name) != locale:
                    findings += values.faults(texts.editions[beside], _plain(texts, person, beside, editions), *about)
                found = [*_unfit(texts, person, form, page, why, printed)]
                findings += found
                if not has_error(found):
                    copies.append(_Copy(person, form, page, _name(person, form, page)))
    return copies, [*_missing(texts, copies), *findings]


def _plain(texts: _Texts, person: Person, locale: str, editions: Mapping[tuple[str, str], Edition]) -> Edition:
    """An edition with what is filled in as words of its own language, to be judged: what is marked as another one is
    not."""
    if not person.languages:
        return editions[texts.slug, locale]
    edition = texts.editions[locale]
    return fields.filled(edition, texts.own, person.values, edition.meta.written)


def _fonts(texts: _Texts, person: Person) -> Mapping[str, tuple[FontFamily, ...]]:
    """Those that what is filled in brings with its language, by ``key``."""
    known = texts.project.locales
    names = {each: locale_name(tag) for each, tag in person.languages.items()}
    return {each: (known.get(name) or locales.locale(name)).fonts for each, name in names.items()}


def _missing(texts: _Texts, copies: Iterable[_Copy]) -> Iterator[Finding]:
    """The lines on these copies that no column fills."""
    layouts = {copy.page.layout.text if copy.page.layout else "full" for copy in copies}
    there = frozenset[str]().union(*(fields.printed(texts.own, text) for text in layouts))
    lacking = there - {*map(table.key, texts.table.heads)}
    names = [f"“{field.name}”" for each, field in texts.known.items() if field.clear and each in lacking]
    if names:
        what = f"there is no column for {', '.join(names)}, so the copies have lines to write on"
        yield Finding(
            "fill-missing", Severity.WARNING, what, texts.table.at, "add a column if you know what belongs there"
        )


def _filled(texts: _Texts, edition: Edition, person: Person) -> Edition:
    return fields.filled(edition, texts.own, person.values, texts.today, person.languages)


def _not_meant(texts: _Texts, person: Person, locale: str) -> Finding:
    what = f"row {person.row.number}: {texts.slug} is not meant for {locale}"
    hint = "name another language, or add this one to “languages” in the front matter of the leaflet"
    return Finding("fill-choice", Severity.ERROR, what, person.row.at, hint)


def _no_layout(texts: _Texts, person: Person, layouts: Mapping[str, Sequence[Layout]]) -> Finding:
    """Nobody prints a copy in all layouts, and none is the right one for every clinic."""
    usual = texts.project.settings.layouts or layouts
    fit = [name for name in usual if name in layouts and not excerpts.unwanted(texts.own, layouts[name][0])]
    hint = f"add --layout {fit[0] if fit else 'a4'}, or a column “layout”; there are: {', '.join(fit)}"
    return Finding("fill-choice", Severity.ERROR, "these copies have no layout", Location(person.row.at.file), hint)


def _unfit(
    texts: _Texts, person: Person, form: Format, page: Page, why: str, printed: Callable[[str], frozenset[str]]
) -> Iterator[Finding]:
    """What keeps a copy from being made, or a value from being printed on it. ``printed``: the lines of a text."""
    row, layout = person.row, page.layout
    name = layout.name if layout else form.name
    if why := form.wanted(page.edition) or why:
        language = page.edition.locale.english_name
        what = f"{texts.slug} cannot be printed in {language} as {name}: {why}"
        yield Finding("fill-choice", Severity.ERROR, what, Location(row.at.file), "choose another layout")
        return
    there = printed(layout.text if layout else "full")
    if person.values and not there & person.values.keys():
        what = f"row {row.number}: {name} has none of the lines to fill in"
        yield Finding("fill-choice", Severity.ERROR, what, row.at, "choose another layout")
    elif lost := [texts.known[each].name for each in person.values if each not in there]:
        columns = ", ".join(f"“{each}”" for each in lost)
        what = f"{name} has no line for {columns}, so that is not printed"
        yield Finding(
            "fill-missing", Severity.WARNING, what, Location(row.at.file), "let these people know in another way"
        )


def _name(person: Person, form: Format, page: Page) -> str:
    """Of its file: the row, the languages as BCP 47 tags, the layout with its looks."""
    pair = f"+{page.second.locale.tag}" if page.second else ""
    label = f".{page.layout.label}" if page.layout else ""
    tags = f"{page.edition.locale.tag}{pair}{label}{form.suffix}"
    return privacy.name(page.edition.slug, person.row.number, tags)


# --------------------------------------------------------------------------- making it


def _made(texts: _Texts, copies: Sequence[_Copy], told: Told) -> tuple[dict[str, bytes], list[Finding]]:
    """The files of all copies by their names, and what was found on their pages. What is learned of fonts and what
    workers leave behind goes with folders of their own."""
    found = list[tuple[Person, Finding]]()
    made = dict[str, bytes]()
    own = {value for copy in copies for value in copy.person.values.values()}
    with (
        files.scratch() as folder,
        subsets.cut_into(folder),
        privacy.unlogged(own),
    ):
        jobs = dict[str, Job]()
        for copy in copies:
            prepared, about = _prepared(texts, copy)
            found += ((copy.person, each) for each in about)
            if prepared and prepared.content is not None:
                jobs[copy.name] = Job(copy.name, copy.form, prepared, "")
        if not has_error(each for _, each in found):
            whose = {copy.name: copy.person for copy in copies}
            for job, result in _rendered(texts.project, jobs):
                made |= {job.beside(suffix): content for suffix, content in result.files.items()}
                found += ((whose[job.path], each) for each in result.findings)
                told(len(jobs), Result(job, bool(result.files), True, ()))
    return made, _for_rows(found)


def _prepared(texts: _Texts, copy: _Copy) -> printing.Result[Prepared]:
    def prepare(page: Page, shared: Texts) -> printing.Result[Prepared]:
        made = copy.form.prepare(texts.project, page.edition, page.second, page.layout, shared, copy.name)
        both = [page.edition, *([page.second] if page.second else [])]
        found = exchanged.faults(texts.project, both, made.read)
        signed = exchanged.signed(texts.project, both)
        return replace(made, read=made.read or signed), (*made.findings, *found)

    (result,) = printing.made(texts.project, [copy.page], {}, prepare)
    return result


def _rendered(project: Project, jobs: Mapping[str, Job]) -> Iterator[tuple[Job, Made]]:
    limits = Limits(project.settings.time_limit, project.settings.memory_limit)
    environment = {"FONTCONFIG_FILE": str(fontconfig.written())}
    preload = dict.fromkeys(module for job in jobs.values() for module in job.form.preload)
    tasks = {name: Task(job.prepared, job.form.write) for name, job in jobs.items()}
    for name, made in workers.made(tasks, limits, preload, environment):
        yield jobs[name], made


def _for_rows(found: Iterable[tuple[Person, Finding]]) -> list[Finding]:
    """What was found on pages, without anything of a person's own, each once for all rows that have it."""
    together: dict[Finding, dict[int, Location]] = {}
    for person, finding in found:
        bare = privacy.without(finding, person.values.values())
        together.setdefault(bare, {})[person.row.number] = person.row.at
    return [
        replace(
            bare,
            message=f"row{'s' * (len(rows) > 1)} {_numbers(rows)} ({bare.at}): {bare.message}",
            at=min(rows.values()),
        )
        for bare, rows in together.items()
    ]


_NAMED = 5  # rows that a finding names


def _numbers(rows: Iterable[int]) -> str:
    first = sorted(rows)
    more = f" and {len(first) - _NAMED} more" if len(first) > _NAMED else ""
    return ", ".join(map(str, first[:_NAMED])) + more
