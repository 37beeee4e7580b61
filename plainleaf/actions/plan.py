"""What there is to make: every edition in each format, layout and look that it is meant for, as jobs for workers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from plainleaf.actions import exchanged, linking, printing
from plainleaf.actions.memory import Memory
from plainleaf.actions.printing import Page
from plainleaf.artifacts.inputs import Inputs
from plainleaf.artifacts.manifest import Job, Manifest
from plainleaf.clinics import file as clinicfile
from plainleaf.files.places import locale_file
from plainleaf.formats.base import FORMATS, Format, install
from plainleaf.layouts.file import SOURCE
from plainleaf.layouts.looks import clash, dressed, parts
from plainleaf.layouts.templates import Prepared as Texts
from plainleaf.layouts.templates import TemplateError
from plainleaf.model import Artifact, Edition, Finding, Layout, Location, Severity, has_error
from plainleaf.model.tags import language_tag, locale_name
from plainleaf.project import Project
from plainleaf.typesetting import pseudo

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
    for found in filter(None, (_named(path, table) for path in there)):
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
    lies = {*there, *lying, *(path for _, planned in fine for path in planned)}
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
        artifact = _artifact(page, form)
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

    def fresh(page: Page, texts: Texts) -> printing.Result[Job]:
        path = paths[id(page)]
        return _job(project, inputs, planned[path][0], page, texts, path)

    def prepare(page: Page, texts: Texts) -> printing.Result[Job]:
        path = paths[id(page)]
        form, _ = planned[path]
        if gone := tuple(_lacks(form, page)):
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


def _lacks(form: Format, page: Page) -> Iterator[Finding]:
    """The fonts of a page's languages that are not installed: nothing is made in these, all else is."""
    for edition in filter(None, (page.edition, page.second)):
        gone = [part for part in form.needs(edition.locale) if part.locale]
        if gone:
            named = " and ".join(part.what for part in gone)
            what = (
                f"{edition.locale.english_name} cannot be printed: {named} {'are' if len(gone) > 1 else 'is'} missing"
            )
            at = Location(locale_file(Path(), edition.locale.name).as_posix())
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
    return Job(path, form, prepared, mark, content, tuple(named), placed), prepared.findings


def together(plan: Plan, chosen: Iterable[Artifact], there: Collection[str]) -> Iterator[Artifact]:
    """Pages for screens that lie ``there``, of the leaflets of which a file is made that did not: they are to lead to
    that too. Those that are chosen themselves are not among them."""
    table, asked = dict(FORMATS), {artifact.path for artifact in chosen}
    new = {artifact.slug for artifact in chosen if artifact.path not in there}
    for artifact in (*plan.wanted, *plan.kept):
        mine = artifact.slug in new and artifact.path not in asked
        if mine and table[artifact.format].index and artifact.path in there:
            yield artifact


def _artifact(page: Page, form: Format) -> Artifact:
    """Its path is ``<leaflet>/<leaflet>.<locale>[+<second>][.<layout>[.<look>]]<suffix>``, locales as BCP 47 tags; that
    of a format with folders ``<leaflet>/<locale>[+<second>]/<index>``."""
    edition, second, layout = page.edition, page.second, page.layout
    pair = f"+{second.locale.tag}" if second else ""
    tags = f"{edition.locale.tag}{pair}"
    stem = f"{edition.slug}/{edition.slug}.{tags}{f'.{layout.label}' if layout else ''}"
    return Artifact(
        path=f"{edition.slug}/{tags}/{form.index}" if form.index else stem + form.suffix,
        pages=0,
        slug=edition.slug,
        locale=edition.locale.name,
        layout=layout.name if layout else "",
        looks=layout.looks if layout else (),
        beside=second.locale.name if second else "",
        draft=edition.draft or bool(second and second.draft),
        fresh=False,
        reviewed=edition.sign_off is not None,
        press=stem + form.press if form.press and layout and layout.press and layout.press.scheme else "",
        format=form.name,
    )


@dataclass(frozen=True, slots=True)
class _Named:
    """What the path of an artifact says of it; ``tags``: of its language, and of the second one after a plus sign."""

    slug: str
    tags: str
    layout: str
    looks: str
    format: str

    @property
    def second(self) -> str:
        """The name of the second language's locale, "" for none."""
        return locale_name(self.tags.partition("+")[2])


_IN_FOLDER = re.compile(r"(?P<slug>[^/]+)/(?P<tags>[^/.]+)/[^/]+")
_NAME = re.compile(r"(?P<slug>[^/]+)/[^/.]+\.(?P<tags>[^.]+)(?:\.(?P<layout>[^.]+)(?:\.(?P<looks>[^.]+))?)?")


def _named(path: str, table: Mapping[str, Format]) -> _Named | None:
    """Read a path as ``_artifact`` writes it; ``None`` for others."""
    for form in table.values():
        if form.index:
            if path.endswith(f"/{form.index}") and (inside := _IN_FOLDER.fullmatch(path)):
                return _Named(inside["slug"], inside["tags"], "", "", form.name)
            continue
        found = _NAME.fullmatch(path.removesuffix(form.suffix)) if path.endswith(form.suffix) else None
        if found:
            return _Named(found["slug"], found["tags"], found["layout"] or "", found["looks"] or "", form.name)
    return None


def _beside(path: str, table: Mapping[str, Format]) -> _Named | None:
    """The same of a file that lies in an artifact's own folder."""
    folder = path.rpartition("/")[0]
    return next(filter(None, (_named(f"{folder}/{form.index}", table) for form in table.values() if form.index)), None)


def spoken(there: Iterable[str]) -> tuple[str, ...]:
    """The names of the locales that files in the output folder are in, by their paths."""
    table = dict(FORMATS)
    tags = (tag for found in filter(None, (_named(path, table) for path in there)) for tag in found.tags.split("+"))
    return tuple(dict.fromkeys(map(locale_name, tags)))


def leaflets(there: Iterable[str]) -> tuple[str, ...]:
    """The leaflets that files in the output folder are made of, by their paths."""
    table = dict(FORMATS)
    return tuple(dict.fromkeys(found.slug for found in (_named(path, table) for path in there) if found))


def left_over(manifest: Manifest, known: Iterable[Artifact], unread: Collection[str] = ()) -> list[Finding]:
    """Files of leaflets, languages, layouts or looks that are no longer there, or that cannot be read today: one
    finding for those of a leaflet in a language.

    Those in made-up languages, which nobody hands out, are left alone. ``unread``: the leaflets whose source is there
    and cannot be read.
    """
    made_up = {language_tag(name) for name in pseudo.NAMES}
    together: dict[str, list[str]] = {}
    table = dict(FORMATS)
    for path in manifest.left(artifact.path for artifact in known):
        found = _named(path, table) or _beside(path, table)
        if not found or not made_up.intersection(found.tags.split("+")):
            together.setdefault(f"{found.slug}.{found.tags}" if found else path, []).append(path)
    what = "{files} {lie} in the output folder but {belong} to no leaflet that can be published today"
    gone = "delete what nobody is to hand out any more"
    old = "{files} {are} of the last run in which the leaflet could be read, and {lie} there as before"
    later = "fix the errors in the leaflet's file; until then hand out nothing that they may have made wrong"
    return [
        Finding("left-over", Severity.WARNING, _of(paths, old), Location(paths[0]), later)
        if paths[0].partition("/")[0] in unread
        else Finding("left-over", Severity.WARNING, _of(paths, what), Location(paths[0]), gone)
        for paths in together.values()
    ]


def out_of_date(project: Project, kept: Iterable[Artifact]) -> list[Finding]:
    """Files of earlier runs' options (looks, pairs of languages) or settings that are not what the sources say today.

    One finding for all those that one command makes anew.
    """
    together: dict[str, list[str]] = {}  # by command
    for file in kept:
        if not file.fresh:
            together.setdefault(command(project, file), []).extend([file.path, *([file.press] if file.press else [])])
    return [
        Finding(
            "out-of-date",
            Severity.WARNING,
            _of(paths, "{files} {are} out of date: left from a run with other options"),
            Location(paths[0]),
            f"run {asking}, or delete the old files, so that nobody hands them out",
        )
        for asking, paths in together.items()
    ]


_NAMED = 3  # files that a finding on several names beside the one that it is on


def _of(paths: Sequence[str], what: str) -> str:
    """What is said of some files, of which the first is the finding's own place."""
    others = [_short(PurePosixPath(path)) for path in paths[1:]]
    if len(others) > _NAMED:
        others[_NAMED:] = [f"{len(others) - _NAMED} more"]
    many = bool(others)
    files = f"this file and {', '.join(others)}" if many else "this file"
    verbs = ("lie", "belong", "are") if many else ("lies", "belongs", "is")
    return what.format(files=files, lie=verbs[0], belong=verbs[1], are=verbs[2])


def _short(path: PurePosixPath) -> str:
    """A file's name; with the folder that an edition has for itself."""
    return "/".join(path.parts[1:]) or path.name


def command(project: Project, file: Artifact) -> str:
    """The command that makes a file in its look and with its second language."""
    usual = (project.layouts[file.layout].beside,) if file.layout else seconds(project)
    own = project.leaflets[file.slug].own_locale
    options = []
    if project.clinic_name != clinicfile.standard(project.clinics, project.settings.clinic):
        options.append(f"--clinic {project.clinic_name}")
    if file.format not in project.settings.formats:
        options.append(f"--format {file.format}")
    if file.layout and project.settings.layouts and file.layout not in project.settings.layouts:
        options.append(f"--layout {file.layout}")
    if project.settings.locales and file.locale not in project.settings.locales:
        options.append(f"--locale {file.locale.replace('_', '-')}")
    if file.looks:
        options.append(f"--look {'+'.join(file.looks)}")
    if file.beside and file.beside not in (own if each == SOURCE else each for each in usual):
        options.append(f"--beside {file.beside.replace('_', '-')}")
    return " ".join(["plainleaf publish", *options])
