"""The whole flow: sources -> editions -> HTML -> PDF, with the findings of every stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from plainleaf import files
from plainleaf.actions import approve as approving
from plainleaf.actions import (
    completeness,
    left_over,
    listed,
    naming,
    printed_words,
    printing,
    relinking,
    reviewing,
    scope,
    status,
)
from plainleaf.actions import plan as planning
from plainleaf.actions import sign_off as signing_off
from plainleaf.actions.choice import Choice, is_asked, is_chosen, is_listed, is_usual
from plainleaf.actions.completeness import Told
from plainleaf.actions.exchanged import layouts as layouts_exchanged
from plainleaf.actions.listed import Listed
from plainleaf.actions.memory import Memory
from plainleaf.actions.page_words import shared
from plainleaf.actions.plan import Plan, Unmade
from plainleaf.actions.printing import has_fault
from plainleaf.actions.reviewing import Review
from plainleaf.actions.signing import Signed
from plainleaf.artifacts import manifest as build
from plainleaf.artifacts import workers
from plainleaf.artifacts.limits import Task
from plainleaf.artifacts.manifest import Job, Manifest, Result
from plainleaf.checks.readability import gate
from plainleaf.checks.readability.verdicts import NOT_BEGUN, Checked
from plainleaf.checks.source import editions as checks_of_sources
from plainleaf.editions import Found, by_name, editions, found_in_files, layouts_of, pseudo_editions, with_files
from plainleaf.files import MADE, RefusedError, Root, locked, make_folder, places
from plainleaf.files import finding as refusal
from plainleaf.files.places import WORDS, po_path
from plainleaf.formats.base import Limits
from plainleaf.formats.pdf.format import FORMAT as PDF
from plainleaf.layouts.templates import TemplateError
from plainleaf.model import (
    LARGER,
    Artifact,
    Edition,
    Finding,
    Location,
    has_error,
)
from plainleaf.project import Project, unread
from plainleaf.provenance import noting
from plainleaf.site import readability as reading_page
from plainleaf.site import review as review_page
from plainleaf.site import status as status_page
from plainleaf.site import whole as site
from plainleaf.site.patients import Page
from plainleaf.typesetting import fontconfig, pseudo
from plainleaf.typesetting.fonts import FontError

Worded = Callable[[str], str]
UNTOLD = "there is no record of what it was made from"  # as of made-up languages


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run made and found; ``rendered`` counts the artifacts that were not up to date before.

    ``unmade``: what was asked for by name and is not printed, and why. ``not_begun``: translations, as (leaflet,
    locale), of which there is no text yet. ``why``: of each artifact that was made now, by path, in words.
    ``pages``: the paths of the pages around them, below the output folder.
    """

    artifacts: tuple[Artifact, ...]
    findings: tuple[Finding, ...]
    rendered: int
    unmade: tuple[Unmade, ...] = ()
    not_begun: frozenset[tuple[str, str]] = frozenset()
    why: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[str, ...] = ()


def publish(
    project: Project,
    choice: Choice,
    output: Path,
    today: date,
    told: Callable[[int, Result], None],
    worded: Worded = str,
) -> Outcome:
    """Make every chosen artifact that is out of date, and the pages that list all there is and how far it has come.

    ``told`` hears (how many in all, result). ``worded``: a page as its readers may do what it says, who may call the
    command by another name than ``plainleaf``. Artifacts and findings of the outcome are those of the choice. Nobody
    else writes into the folder meanwhile. Raises ``files.BusyError``, ``files.RefusedError``.
    """
    make_folder(output)
    with locked(output, MADE), closing(Manifest(output)) as manifest:
        return _publish(project, choice, manifest, today, told, worded)


def _publish(
    project: Project,
    choice: Choice,
    manifest: Manifest,
    today: date,
    told: Callable[[int, Result], None],
    worded: Worded,
) -> Outcome:
    there, remembered = manifest.left(()), manifest.remembered()
    memory = Memory(project, remembered)
    found = list(editions(project, _seen(project, choice, there, listed.read(remembered)), today, memory))
    found += pseudo_editions(project, choice, today) if choice.pseudo else ()
    judged = with_files(project, printed_words.told(project, found, layouts_of(project, choice)))
    asked = partial(is_chosen, project, choice)
    missed = relinking.read(remembered)
    plan = planning.plan(
        project, judged, choice.looks, choice.beside, there, choice.formats, asked, memory, lacking=missed
    )
    exchanged = tuple(layouts_exchanged(memory.changed))
    shown = {**listed.written(edition for edition, _ in found), **relinking.written(missed)}
    known = (*shown, *memory.names(), *(artifact.path for artifact in (*plan.wanted, *plan.kept)))
    manifest.remember({**memory.new, **shown}, known)
    chosen = [artifact for artifact in plan.wanted if asked(artifact)]
    renewed = [*chosen, *planning.together(plan, chosen, there)]
    results = {} if exchanged else dict(_made(project, plan, renewed, manifest, told))
    wanted, left = _as_they_lie(plan, manifest, today)
    now = missed if exchanged else relinking.lacking(plan, (*wanted, *left))
    if now != missed:  # pages may lead to what is not there, or not to what is
        again = [*relinking.planned_again(project, judged, plan, manifest, now, now ^ missed, memory)]
        results |= _run(project, again, manifest, lambda _: None)
        manifest.remember({**memory.new, **shown, **relinking.written(now)}, known)
        wanted, left = _as_they_lie(plan, manifest, today)
    on_file = {path: (*faults, *_found_on(results.get(path))) for path, faults in plan.faults.items()}
    faults, pages = _write_pages(project, manifest, found, plan, on_file, [*wanted, *left], today, worded)
    reasons, refused = _note_provenance(project, plan, manifest, [*wanted, *left], today)
    faults += [*refused, *exchanged]
    faults += left_over.of_nothing(manifest, [*wanted, *left], unread(project.root, project.leaflets))
    unusual = [each for each in wanted if each.made and not is_usual(project, each)]
    faults += left_over.out_of_date(project, [*unusual, *left])
    findings = [*_within(project, choice), *faults, *_on_chosen(project, choice, plan, chosen, on_file)]
    paths = {artifact.path for artifact in chosen}
    artifacts = tuple(artifact for artifact in wanted if artifact.path in paths)
    unmade = tuple(each for each in plan.unmade if is_asked(project, choice, each, artifacts))
    why = {path: reasons.get(path, UNTOLD) for path, result in results.items() if result.rendered}
    begun_not = (key for key, about in plan.problems.items() if any(each.check == NOT_BEGUN for each in about))
    return Outcome(artifacts, _once(findings), len(why), unmade, frozenset(begun_not), why, pages)


def _seen(project: Project, choice: Choice, there: Sequence[str], before: Listed) -> Choice:
    """All editions that a run sees: those that are asked for with those beside them, those of the files that lie there,
    and those that the pages of an earlier run list. Others are neither read nor judged."""
    leaflets = (*choice.leaflets, *naming.leaflets(there), *before.leaflets) if choice.leaflets else ()
    if locales := choice.locales or project.settings.locales:
        beside = sorted(scope.seconds(project, layouts_of(project, choice)))
        locales = (*locales, choice.beside, *beside, *naming.spoken(there), *before.locales)
    return Choice(tuple(dict.fromkeys(leaflets)), tuple(filter(None, dict.fromkeys(locales))), choice.layouts)


def _made(
    project: Project, plan: Plan, chosen: Sequence[Artifact], manifest: Manifest, told: Callable[[int, Result], None]
) -> Mapping[str, Result]:
    """What became of the chosen artifacts that can be made, by path."""
    todo = [plan.jobs[artifact.path] for artifact in chosen if artifact.path in plan.jobs]
    return _run(project, todo, manifest, lambda result: told(len(todo), result))


def _run(
    project: Project, todo: Sequence[Job], manifest: Manifest, told: Callable[[Result], None]
) -> Mapping[str, Result]:
    limits = Limits(project.settings.time_limit, project.settings.memory_limit)
    environment = {"FONTCONFIG_FILE": str(fontconfig.written())}
    return build.run(todo, manifest, limits, environment, told)


def _found_on(result: Result | None) -> tuple[Finding, ...]:
    return result.findings if result else ()


def _as_they_lie(plan: Plan, manifest: Manifest, today: date) -> tuple[list[Artifact], list[Artifact]]:
    """The artifacts that are wanted and those that are kept, as they lie in the output folder after the run."""
    everything = [_as_found(each, manifest, plan.jobs.get(each.path)) for each in (*plan.wanted, *plan.kept)]
    since = manifest.settle({artifact.path: artifact.fresh for artifact in everything}, today)
    everything = [replace(artifact, since=since.get(artifact.path)) for artifact in everything]
    return everything[: len(plan.wanted)], everything[len(plan.wanted) :]


def _write_pages(
    project: Project,
    manifest: Manifest,
    found: Sequence[Found],
    plan: Plan,
    on_file: Mapping[str, Sequence[Finding]],
    everything: Sequence[Artifact],
    today: date,
    worded: Worded,
) -> tuple[list[Finding], tuple[str, ...]]:
    """Write the pages that list all there is; gives what is wrong with their templates and places, and their paths."""
    shown = [artifact for artifact in everything if is_listed(project, artifact)]
    real = [pair for pair in found if pair[0].locale.name not in pseudo.NAMES]
    run = site.Run(shown, plan.editions, real, _problems(plan, on_file), manifest.noted)
    faults, paths = site.write(project.root, manifest.output, site.pages(project, run, manifest.output, today), worded)
    site.sweep(manifest.output, paths)
    return faults, paths


def _note_provenance(
    project: Project, plan: Plan, manifest: Manifest, everything: Sequence[Artifact], today: date
) -> tuple[Mapping[str, str], tuple[Finding, ...]]:
    """Note where each file came from; gives why it would be made anew, and what is wrong with the place of that."""
    try:
        return noting.note(project, plan, manifest, everything, today), ()
    except RefusedError as error:
        return {}, (refusal(error, manifest.output),)


def _problems(plan: Plan, on_file: Mapping[str, Sequence[Finding]]) -> dict[tuple[str, str], list[Finding]]:
    """What was found on each edition, with what was found on any of its files, each once."""
    problems = {key: list(texts) for key, texts in plan.problems.items()}
    for artifact in plan.wanted:
        own = problems[artifact.slug, artifact.locale]
        own += [finding for finding in on_file.get(artifact.path, ()) if finding not in own]
    return problems


def _on_chosen(
    project: Project, choice: Choice, plan: Plan, chosen: Sequence[Artifact], on_file: Mapping[str, Sequence[Finding]]
) -> Iterator[Finding]:
    """What was found on the texts of the chosen files, and on the files."""
    own = {(artifact.slug, artifact.locale) for artifact in chosen}
    texts = [(each, plan.problems[printing.key(each)]) for each in plan.editions if printing.key(each) in own]
    yield from _told(project, choice, texts).findings
    for artifact in chosen:
        yield from on_file.get(artifact.path, ())


def _as_found(artifact: Artifact, manifest: Manifest, job: Job | None) -> Artifact:
    """The artifact as it lies in the output folder: current, kept from an earlier run, or not there."""
    fresh = job is not None and manifest.is_current(job)
    if not (fresh or manifest.has(artifact.path)):
        return artifact
    size, note = manifest.size(artifact.path), manifest.note(artifact.path)
    larger = manifest.fitted(artifact.path).startswith(LARGER)
    pages = manifest.pages(artifact.path)
    return replace(artifact, made=True, fresh=fresh, pages=pages, size=size, note=note, larger=larger)


def check(project: Project, choice: Choice, today: date, second_opinion: bool = False) -> Checked:
    """All that can be found without rendering; readability is asked of what is complete."""
    made = printed_words.told(project, editions(project, choice, today), layouts_of(project, choice))
    told = _told(project, choice, made)
    of_layouts = _of_layouts(project, choice, made, today)
    readable = gate.check(
        project,
        [edition for edition, findings in made if not has_error(findings)],
        today,
        unjudged=[(edition.slug, edition.locale.name) for edition, findings in made if has_fault(findings)],
        everything=not choice.leaflets and not choice.locales,
        second_opinion=second_opinion,
    )
    findings = _once([*_within(project, choice), *told.findings, *of_layouts, *readable.findings])
    return replace(readable, findings=findings, files=checked(project, choice), texts=told.texts)


def _told(project: Project, choice: Choice, found: Sequence[tuple[Edition, Sequence[Finding]]]) -> Told:
    """What to tell of the chosen editions, with one finding for all that an edition lacks."""
    names = choice.locales or project.settings.locales
    table = status.rows(project, (*choice.leaflets, WORDS) if choice.leaflets else (), names)
    told = completeness.told(found, table)
    unopened = completeness.unopened(project, choice.leaflets, names)
    told = replace(told, findings=(*told.findings, *unopened))
    return told.strict() if choice.complete else told


def _of_layouts(project: Project, choice: Choice, made: Sequence[Found], today: date) -> list[Finding]:
    """What keeps the chosen layouts from printing these editions, as far as their templates tell."""
    formats = layouts_of(project, choice)
    beside = scope.seconds(project, formats) - {edition.locale.name for edition, _ in made}
    seconds = list(editions(project, Choice(choice.leaflets, tuple(beside)), today)) if beside else []
    judged = with_files(project, made)
    return [
        *printing.faults(project, judged, formats, with_files(project, seconds)),
        *printing.faults_of_screens(project, judged),
    ]


def _within(project: Project, choice: Choice) -> list[Finding]:
    """What was found when files were read, as far as it concerns the choice."""
    settings = project.settings
    locales, layouts = choice.locales or settings.locales, choice.layouts or settings.layouts
    return scope.within(project, choice.leaflets, locales, layouts, choice.beside)


def checked(project: Project, choice: Choice) -> tuple[str, ...]:
    """The sources and translations that ``check`` looks into, relative to the root."""
    files = []
    for leaflet in by_name(project.leaflets, choice.leaflets):
        files.append(leaflet.at.file)
        names = [locale.name for locale in by_name(project.locales, choice.locales or project.settings.locales)]
        paths = [po_path(project.root, name, leaflet.slug) for name in names]
        files += [path.relative_to(project.root).as_posix() for path in paths if path.is_file()]
    return tuple(files)


def record(project: Project, choice: Choice, today: date) -> Path | None:
    """Keep today's readability scores as the record that no edition may fall behind; gives the file, if it could."""
    made = editions(project, choice, today)
    return gate.keep(project, [edition for edition, findings in made if not has_error(findings)], today)


def write_status(project: Project, output: Path, today: date, worded: Worded = str) -> Path:
    """Write the pages that say how far each translation has come, and who has approved it; gives their index."""
    written, table = status.sources(project, today=today), status.rows(project, today=today)

    def there(page: str) -> bool:
        return files.there(output / page)

    pages = status_page.pages(project, written, table, lambda: status.forms(project, output), today, there)
    return _written(project, output, pages, worded)[0]


def write_reading(
    project: Project, output: Path, today: date, worded: Worded = str
) -> tuple[Path | None, tuple[Finding, ...]]:
    """Write the pages that say how easy each edition is to read; nothing, and why, if a template fails."""
    made = editions(project, Choice(), today)
    path, faults = _written(project, output, reading_page.pages(project, made, output, today), worded)
    return (None if faults else path), faults


def _written(project: Project, output: Path, pages: Iterable[Page], worded: Worded) -> tuple[Path, tuple[Finding, ...]]:
    """Write pages; gives the first, and what is wrong with their templates. Raises ``files.RefusedError``."""
    faults, paths = site.write(project.root, output, pages, worded)
    return output / paths[0], tuple(faults)


def approve(
    project: Project, slug: str, locale: str, by: str, today: date, key: Path | None = None, sheet: str = ""
) -> Signed:
    """Sign a translation off, if nothing is wrong with it. ``sheet``: the digest of the review sheet, "" for none."""
    edition, found = next(editions(project, Choice((slug,), (locale,)), today))
    every = [*found_in_files(project, edition), *found]
    return approving.approve(project, edition, every, shared(project), by, today, key, sheet)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The files of a review sheet; why one could not be made, and what was found on its pages; what is on it."""

    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]
    review: Review


def review(project: Project, slug: str, locale: str, output: Path, today: date, worded: Worded = str) -> Reviewed:
    """Write the review sheet of a translation, as PDF and HTML. Raises ``files.BusyError``, ``files.RefusedError``."""
    edition, found = next(editions(project, Choice((slug,), (locale,)), today))
    of = reviewing.review(project, edition, [*found_in_files(project, edition), *found], shared(project))
    folder = output / "review"
    name = f"{slug}.{edition.locale.tag}"
    css = Root(*project.layout_folders).read(places.shipped("layouts") / "base" / "review.css").decode()
    try:
        screen, paper = (worded(review_page.page(project, edition, of, each)) for each in (False, True))
        ready = review_page.prepared(project, edition, paper, css, f"review/{name}.pdf")
    except TemplateError as error:
        return Reviewed((), (error.finding(project.root, Location("layouts")),), of)
    except FontError as error:
        return Reviewed((), (checks_of_sources.font_failed(error, edition.locale),), of)
    task = Task(ready, PDF.write, PDF.reads(ready))
    limits = Limits(project.settings.time_limit, project.settings.memory_limit)
    environment = {"FONTCONFIG_FILE": str(fontconfig.written())}
    ((_, made),) = workers.made({name: task}, limits, PDF.preload, environment)
    make_folder(folder)
    Root(folder).save(folder / f"{name}.html", screen.encode())
    if ".pdf" not in made.files:
        return Reviewed((folder / f"{name}.html",), made.findings, of)
    Root(folder).save(folder / f"{name}.pdf", made.files[".pdf"])
    return Reviewed((folder / f"{name}.pdf", folder / f"{name}.html"), made.findings, of)


def sign_off(project: Project, slug: str, by: str, today: date, key: Path | None = None) -> Signed:
    """Sign a leaflet off as it is written, if nothing is wrong with it."""
    own = project.leaflets[slug].own_locale
    edition, found = next(editions(project, Choice((slug,), (own,)), today))
    every = [*found_in_files(project, edition), *found]
    return signing_off.sign_off(project, edition, every, shared(project), by, today, key)


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))
