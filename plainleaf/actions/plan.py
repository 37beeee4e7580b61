"""What there is to make: every edition in each format, layout and look that it is meant for, as jobs for workers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from plainleaf.actions import exchanged, linking, naming, printing
from plainleaf.actions.memory import Memory
from plainleaf.actions.printing import Page
from plainleaf.artifacts.inputs import Inputs
from plainleaf.artifacts.manifest import Job
from plainleaf.files.places import locale_file
from plainleaf.formats.base import FORMATS, Format, install
from plainleaf.layouts.looks import clash, dressed, parts
from plainleaf.layouts.templates import Prepared as Texts
from plainleaf.layouts.templates import TemplateError
from plainleaf.model import Artifact, Edition, Finding, Layout, Locale, Location, Severity, has_error
from plainleaf.project import Project

Form = tuple[Format, Layout | None, str]
"""What a file is made as: a layout where the format has pages; else the locale that comes by turns with an edition's
own, "" for none, as layouts name theirs (``SOURCE``)."""


@dataclass(frozen=True, slots=True)
class Unmade:
    """An edition that a format or a layout is not made of, and why, in words; ``layout`` is "" if it has none."""

    slug: str
    locale: str
    format: str
    layout: str
    why: str

    @property
    def name(self) -> str:
        """What was asked for."""
        return self.layout or self.format


@dataclass(slots=True)
class Plan:
    """What there is to make: every artifact, the jobs of those that can be made, what was found on each edition.

    ``faults``: what was found on one file alone, by its path: in its layout, or in the text beside.
    ``kept``: those that nobody asks for today, but that an earlier run with other options has left in the folder.
    ``unmade``: what is asked for and not made, in order, each once for all looks.
    """

    wanted: list[Artifact]
    jobs: dict[str, Job]
    problems: dict[tuple[str, str], list[Finding]]
    editions: list[Edition]
    kept: list[Artifact]
    unmade: dict[Unmade, None]
    faults: dict[str, tuple[Finding, ...]]


def forms(project: Project, looks: Iterable[str] = (), beside: str = "", formats: Iterable[str] = ()) -> Iterator[Form]:
    """Every format of the settings and of ``formats``; those with pages in every layout and look, others that can also
    in two languages where layouts are."""
    table = dict(FORMATS)
    for name in dict.fromkeys((*project.settings.formats, *formats)):
        if form := table.get(name):
            for layout in dressed_layouts(project, looks, beside) if form.paged else (None,):
                yield form, layout, ""
            for second in seconds(project, beside) if form.pairs else ():
                yield form, None, second


def seconds(project: Project, beside: str = "") -> tuple[str, ...]:
    """The languages that layouts set beside an edition's own on the same pages, as they name them; ``beside``: another
    one instead."""
    asked = project.settings.layouts
    usual = (
        each.beside for each in project.layouts.values() if two_languages(each) and each.name in (asked or (each.name,))
    )
    return (beside,) if beside else tuple(dict.fromkeys(usual))


def two_languages(layout: Layout) -> bool:
    """Whether it sets two on the same pages."""
    return bool(layout.beside) and layout.beside_pages == "shared"


def dressed_layouts(project: Project, looks: Iterable[str] = (), beside: str = "") -> Iterator[Layout]:
    """Every layout, plain and in each look of the settings and of ``looks`` ("yellow-on-black", "dyslexia+marks").

    ``beside``: the locale that stands beside an edition's own, in layouts that set two side by side.
    """
    variants = dict.fromkeys(map(parts, ("", *project.settings.looks, *looks)))
    for layout in project.layouts.values():
        for names in variants:
            if worn := _worn(project, layout, names, beside):
                yield worn


def _worn(project: Project, layout: Layout, names: Sequence[str], beside: str) -> Layout | None:
    """A layout in looks; ``None`` if one is not there or they exclude each other, a finding on the settings."""
    worn = [project.looks[name] for name in names if name in project.looks]
    if len(worn) < len(names) or clash(worn):
        return None
    return replace(dressed(layout, worn), beside=beside if beside and layout.beside else layout.beside)


def _left_behind(project: Project, there: Iterable[str]) -> Iterator[Form]:
    """What files in the output folder were made as, by their names: the format, its layout and look, the second
    language."""
    options = dict[tuple[str, str, str, str], None]()
    table = dict(FORMATS)
    for found in filter(None, (naming.named(path, table) for path in there)):
        options[found.format, found.layout, found.looks, found.second] = None
    for name, layout, looks, second in sorted(options):
        form, usual = table[name], project.layouts.get(layout)
        if not form.paged and not layout and (form.pairs or not second):
            yield form, None, second
        elif form.paged and usual and (worn := _worn(project, usual, parts(looks), second)):
            yield form, worn, ""


def plan(
    project: Project,
    found: Iterable[tuple[Edition, Sequence[Finding]]],
    looks: Iterable[str] = (),
    beside: str = "",
    there: Iterable[str] = (),
    formats: Iterable[str] = (),
    chosen: Callable[[Artifact], bool] = lambda _: True,
    memory: Memory | None = None,
    lying: Iterable[str] = (),
    lacking: Collection[str] = (),
) -> Plan:
    """The plan for editions with what was found on each of them. An edition with errors has no jobs.

    ``there``: the paths of files that earlier runs have left, maybe in other looks, formats or pairs of languages: what
    today's sources say of those is planned too, so that it is seen whether they are out of date. ``chosen``: whether a
    file is to be made now; one that is neither that nor there has no job, as preparing it takes time. ``memory``: what
    was planned earlier, which saves that time, and what is to be remembered. ``lying``: other files that pages may
    lead to.
    """
    memory = memory or Memory(project, {})
    made = Plan([], {}, {}, [], [], {}, {})
    for edition, findings in found:
        made.editions.append(edition)
        made.problems[printing.key(edition)] = list(findings)
    wrong = {key: about for key, about in made.problems.items() if has_error(about)}  # in the texts, not in one layout
    there = set(there)
    asked = [*forms(project, looks, beside, formats)]
    kept = [*_left_behind(project, sorted(there))]
    inputs = Inputs((project.root / "sources", *project.layout_folders))
    every = [(edition, _pages(made, edition, asked, kept, there, chosen)) for edition in made.editions]
    fine = [(edition, planned) for edition, planned in every if printing.key(edition) not in wrong and project.clinic]
    lies = {*there, *lying, *(path for _, planned in fine for path in planned)}.difference(lacking)
    for edition, planned in fine:
        about = {printing.key(edition): linking.links(project, edition, index, lies) for index in _indexes(planned)}
        _add_jobs(made, replace(project, links=about), planned, wrong, inputs, memory)
    return made


def _indexes(planned: Mapping[str, tuple[Format, Page]]) -> Iterator[str]:
    """The names of the files that people open in folders of editions' own, one for all formats that have such."""
    yield from sorted({form.index for form, _ in planned.values() if form.index})[:1]


def _pages(
    made: Plan,
    edition: Edition,
    asked: Iterable[Form],
    kept: Iterable[Form],
    there: set[str],
    chosen: Callable[[Artifact], bool],
) -> dict[str, tuple[Format, Page]]:
    """What is prepared of an edition, by the paths of its artifacts; those and all others are put in the plan."""
    known = {printing.key(each): each for each in made.editions}
    planned, seen = dict[str, tuple[Format, Page]](), set[str]()
    for form, layout, second, wanted in (*((*each, True) for each in asked), *((*each, False) for each in kept)):
        page, why = printing.page(edition, layout, known, second)
        if why := form.wanted(edition) or why:
            if wanted and not second:
                name = layout.name if layout else ""
                made.unmade[Unmade(edition.slug, edition.locale.name, form.name, name, why)] = None
            continue
        artifact = naming.artifact(page, form)
        if artifact.path not in seen and (wanted or artifact.path in there):
            seen.add(artifact.path)
            if artifact.path in there or chosen(artifact):
                planned[artifact.path] = form, page
            (made.wanted if wanted else made.kept).append(artifact)
    return planned


def _add_jobs(
    made: Plan,
    project: Project,
    planned: dict[str, tuple[Format, Page]],
    wrong: printing.Wrong,
    inputs: Inputs,
    memory: Memory,
) -> None:
    """Put the jobs that make an edition's files in the plan, and what was found as they were prepared."""
    paths = {id(page): path for path, (_, page) in planned.items()}
    keys = dict[str, str]()
    looked_up = dict[tuple[str, str], tuple[Finding, ...]]()

    def lacks(form: Format, edition: Edition) -> tuple[Finding, ...]:
        what = form.name, edition.locale.name
        if what not in looked_up:
            looked_up[what] = tuple(_lacks(form, edition.locale))
        return looked_up[what]

    def fresh(page: Page, texts: Texts) -> printing.Result[Job]:
        path = paths[id(page)]
        return _job(project, inputs, planned[path][0], page, texts, path)

    def prepare(page: Page, texts: Texts) -> printing.Result[Job]:
        path = paths[id(page)]
        form, _ = planned[path]
        if gone := tuple(finding for each in (page.edition, page.second) if each for finding in lacks(form, each)):
            return None, gone
        about = repr(project.links.get(printing.key(page.edition))) if form.index else ""
        keys[path] = memory.key(path, form, page, about)
        known = memory.recall(path, keys[path], form, page, lambda: printing.made(project, [page], wrong, fresh)[0])
        return known or fresh(page, texts)

    results = printing.made(project, [page for _, page in planned.values()], wrong, prepare)
    for path, (job, about) in zip(planned, results, strict=True):
        made.faults[path] = about
        if job:
            made.jobs[path] = job
            if not job.late:
                memory.remember(path, keys[path], (job, about))


def _lacks(form: Format, locale: Locale) -> Iterator[Finding]:
    """The fonts of a language that are not installed: nothing is made in it, all else is."""
    gone = [part for part in form.needs(locale) if part.locale]
    if gone:
        named = " and ".join(part.what for part in gone)
        what = f"{locale.english_name} cannot be printed: {named} {'are' if len(gone) > 1 else 'is'} missing"
        at = Location(locale_file(Path(), locale.name).as_posix())
        command = install(gone)
        hint = f"run “{command}”" if command else "install the font, or name another one in this file: [[fonts]]"
        yield Finding("font-missing", Severity.ERROR, f"{what} on this computer", at, hint)


def _job(project: Project, inputs: Inputs, form: Format, page: Page, texts: Texts, path: str) -> printing.Result[Job]:
    """What makes a page's file, with what was found as it was prepared. Raises ``TemplateError``."""
    try:
        prepared = form.prepare(project, page.edition, page.second, page.layout, texts, path)
    except TemplateError:
        raise
    except Exception as error:
        if form.ours:
            raise
        what = f"{path}: the format “{form.name}” failed: {type(error).__name__}: {error}"
        hint = f"report this to the authors of the package of {form.prepare.__module__}"
        return None, (Finding("format", Severity.ERROR, what, page.edition.leaflet.at, hint),)
    if prepared.content is None:
        return None, prepared.findings
    named = inputs.named(prepared)
    content = inputs.content(prepared, named)
    mark = inputs.versioned(form, content)
    read = prepared.read or inputs.read(named)
    if found := tuple(exchanged.faults(project, filter(None, (page.edition, page.second)), read)):
        return None, (*prepared.findings, *found)
    placed = inputs.placed(mark, prepared)
    prepared = replace(prepared, digest=inputs.short(prepared, named), printed=(), read=read)
    return Job(path, form, prepared, mark, content, tuple(map(str, named)), placed), prepared.findings


def together(plan: Plan, chosen: Iterable[Artifact], there: Collection[str]) -> Iterator[Artifact]:
    """Pages for screens that lie ``there``, of the leaflets of which a file is made that did not: they are to lead to
    that too. Those that are chosen themselves are not among them."""
    table, asked = dict(FORMATS), {artifact.path for artifact in chosen}
    new = {artifact.slug for artifact in chosen if artifact.path not in there}
    for artifact in (*plan.wanted, *plan.kept):
        mine = artifact.slug in new and artifact.path not in asked
        if mine and table[artifact.format].index and artifact.path in there:
            yield artifact
