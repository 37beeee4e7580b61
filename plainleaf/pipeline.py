"""The whole flow: sources -> editions -> HTML -> PDF, with the findings of every stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from plainleaf.actions import approve as approving
from plainleaf.actions import completeness, printing, scope, status
from plainleaf.actions import plan as planning
from plainleaf.actions import sign_off as signing_off
from plainleaf.actions.approve import Signed
from plainleaf.actions.choosing import Choice, is_asked, is_chosen, is_listed, is_usual
from plainleaf.actions.completeness import Told
from plainleaf.actions.plan import Plan, Unmade
from plainleaf.actions.printing import has_fault
from plainleaf.artifacts import manifest as build
from plainleaf.artifacts.manifest import Job, Manifest, Result
from plainleaf.checks.readability import gate
from plainleaf.checks.readability.verdicts import NOT_BEGUN, Checked
from plainleaf.checks.source import editions as checks
from plainleaf.checks.translation import catalog as checks_of_catalog
from plainleaf.files.places import po_path
from plainleaf.files.writing import MADE, RefusedError, locked, make_folder, save
from plainleaf.files.writing import finding as refusal
from plainleaf.formats.base import FORMATS, Limits, Missing
from plainleaf.layouts import excerpts
from plainleaf.layouts.templates import TemplateError
from plainleaf.model import (
    Artifact,
    Edition,
    Finding,
    Layout,
    Leaflet,
    Locale,
    Location,
    Message,
    Severity,
    State,
    has_error,
)
from plainleaf.project import WORDS, Project
from plainleaf.site import catalogue, print_list
from plainleaf.site import readability as reading_page
from plainleaf.site import status as status_page
from plainleaf.translations import layout_words, messages
from plainleaf.typesetting import fontconfig, locales, pseudo

T = TypeVar("T")
Found = tuple[Edition, tuple[Finding, ...]]  # an edition with what was found on it
Worded = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run made and found; ``rendered`` counts the artifacts that were not up to date before.

    ``unmade``: what was asked for by name and is not printed, and why. ``not_begun``: translations, as (leaflet,
    locale), of which there is no text yet.
    """

    artifacts: tuple[Artifact, ...]
    findings: tuple[Finding, ...]
    rendered: int
    unmade: tuple[Unmade, ...] = ()
    not_begun: frozenset[tuple[str, str]] = frozenset()


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
    with locked(output, MADE):
        return _publish(project, choice, output, today, told, worded)


def _publish(
    project: Project,
    choice: Choice,
    output: Path,
    today: date,
    told: Callable[[int, Result], None],
    worded: Worded,
) -> Outcome:
    manifest = Manifest(output)
    there = manifest.left(())
    spoken = _spoken(project, choice, there)
    found = list(editions(project, Choice(locales=spoken, layouts=choice.layouts), today))
    found += pseudo_editions(project, choice) if choice.pseudo else ()
    judged = _judged(project, found)
    plan = planning.plan(project, judged, choice.looks, choice.beside, there, choice.formats)
    chosen = [artifact for artifact in plan.wanted if is_chosen(project, choice, artifact)]
    results = _made(project, plan, chosen, manifest, told)
    on_file = {path: (*faults, *_found_on(results.get(path))) for path, faults in plan.faults.items()}
    wanted, kept = _as_they_lie(plan, manifest, today)
    faults = _write_pages(project, output, found, plan, on_file, [*wanted, *kept], today, worded)
    faults += planning.left_over(manifest, [*wanted, *kept])
    unusual = [each for each in wanted if each.made and not is_usual(project, each)]
    faults += planning.out_of_date(project, [*unusual, *kept])
    findings = [*_within(project, choice), *faults, *_on_chosen(project, choice, plan, chosen, on_file)]
    paths = {artifact.path for artifact in chosen}
    artifacts = tuple(artifact for artifact in wanted if artifact.path in paths)
    unmade = tuple(each for each in plan.unmade if is_asked(project, choice, each, artifacts))
    rendered = sum(result.rendered for result in results.values())
    begun_not = (key for key, about in plan.problems.items() if any(each.check == NOT_BEGUN for each in about))
    return Outcome(artifacts, _once(findings), rendered, unmade, frozenset(begun_not))


def _spoken(project: Project, choice: Choice, there: Iterable[str]) -> tuple[str, ...]:
    """The locales of all editions that a run sees: those of the settings, those that are asked for, and those of the
    files that lie there; () for all that there are."""
    usual = project.settings.locales
    if not usual:
        return ()
    return tuple(dict.fromkeys(filter(None, (*usual, *choice.locales, choice.beside, *planning.spoken(there)))))


def _made(
    project: Project, plan: Plan, chosen: Sequence[Artifact], manifest: Manifest, told: Callable[[int, Result], None]
) -> Mapping[str, Result]:
    """What became of the chosen artifacts that can be made, by path."""
    limits = Limits(project.settings.time_limit, project.settings.memory_limit)
    todo = [plan.jobs[artifact.path] for artifact in chosen if artifact.path in plan.jobs]
    environment = {"FONTCONFIG_FILE": str(fontconfig.written())}
    return build.run(todo, manifest, limits, environment, lambda result: told(len(todo), result))


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
    output: Path,
    found: Sequence[Found],
    plan: Plan,
    on_file: Mapping[str, Sequence[Finding]],
    everything: Sequence[Artifact],
    today: date,
    worded: Worded,
) -> list[Finding]:
    """Write the pages that list all there is; gives what is wrong with their templates and places."""
    listed = [artifact for artifact in everything if is_listed(project, artifact)]
    real = [pair for pair in found if pair[0].locale.name not in pseudo.NAMES]
    about = (project, listed, plan.editions, _problems(plan, on_file), today)
    pages: tuple[Callable[[], object], ...] = (
        lambda: _save(output / "index.html", worded(catalogue.page(*about))),
        lambda: _save(output / "print-list.html", worded(print_list.page(*about))),
        lambda: write_status(project, output, today, worded),
        lambda: _write_reading(project, real, output, today, worded),
    )
    faults = []
    for write in pages:
        try:
            write()
        except TemplateError as error:
            faults.append(error.finding(project.root, Location("layouts")))
        except RefusedError as error:
            faults.append(refusal(error, output))
    return faults


def _save(path: Path, page: str) -> None:
    save(path, page.encode(), path.parent)


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
    fresh = bool(job) and manifest.has(artifact.path, job.fingerprint if job else "")
    if not (fresh or manifest.has(artifact.path)):
        return artifact
    size, note = manifest.words(artifact.path, "size"), manifest.words(artifact.path, "note")
    return replace(artifact, made=True, fresh=fresh, pages=manifest.pages(artifact.path), size=size, note=note)


def check(project: Project, choice: Choice, today: date, second_opinion: bool = False) -> Checked:
    """All that can be found without rendering; readability is asked of what is complete."""
    made = list(editions(project, choice, today))
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
    formats = _formats(project, choice)
    beside = scope.seconds(project, formats) - {edition.locale.name for edition, _ in made}
    seconds = list(editions(project, Choice(choice.leaflets, tuple(beside)), today)) if beside else []
    judged = _judged(project, made)
    return [
        *printing.faults(project, judged, formats, _judged(project, seconds)),
        *printing.faults_of_screens(project, judged),
    ]


def _formats(project: Project, choice: Choice) -> list[Layout]:
    """The layouts that are asked for, by the command or by the settings."""
    return _chosen(project.layouts, choice.layouts or project.settings.layouts)


def _within(project: Project, choice: Choice) -> list[Finding]:
    """What was found when files were read, as far as it concerns the choice."""
    settings = project.settings
    locales, layouts = choice.locales or settings.locales, choice.layouts or settings.layouts
    return scope.within(project, choice.leaflets, locales, layouts, choice.beside)


def _judged(project: Project, found: Iterable[Found]) -> list[Found]:
    """Editions with all that was found on them, also when their files were read."""
    return [(edition, (*_standing(project, edition), *findings)) for edition, findings in found]


def checked(project: Project, choice: Choice) -> tuple[str, ...]:
    """The sources and translations that ``check`` looks into, relative to the root."""
    files = []
    for leaflet in _chosen(project.leaflets, choice.leaflets):
        files.append(leaflet.at.file)
        names = [locale.name for locale in _chosen(project.locales, choice.locales or project.settings.locales)]
        paths = [po_path(project.root, name, leaflet.slug) for name in names]
        files += [path.relative_to(project.root).as_posix() for path in paths if path.is_file()]
    return tuple(files)


def record(project: Project, choice: Choice, today: date) -> Path | None:
    """Keep today's readability scores as the record that no edition may fall behind; gives the file, if it could."""
    made = editions(project, choice, today)
    return gate.keep(project, [edition for edition, findings in made if not has_error(findings)], today)


def write_status(project: Project, output: Path, today: date, worded: Worded = str) -> Path:
    """Write the page that says how far each translation has come, and who has approved it."""
    path = output / "status.html"
    written, table = status.sources(project, today=today), status.rows(project, today=today)
    _save(path, worded(status_page.page(project, written, table, status.forms(project, output), today)))
    return path


def write_reading(
    project: Project, output: Path, today: date, worded: Worded = str
) -> tuple[Path | None, tuple[Finding, ...]]:
    """Write the page that says how easy each edition is to read; nothing, and why, if its template fails."""
    try:
        return _write_reading(project, editions(project, Choice(), today), output, today, worded), ()
    except TemplateError as error:
        return None, (error.finding(project.root, Location("layouts")),)


def _write_reading(project: Project, found: Iterable[Found], output: Path, today: date, worded: Worded) -> Path:
    path = output / "readability.html"
    _save(path, worded(reading_page.page(project, found, output, today)))
    return path


def approve(project: Project, slug: str, locale: str, by: str, today: date) -> Signed:
    """Sign a translation off, if nothing is wrong with it."""
    words = layout_words.messages(project.layout_folders, project.root)
    edition, found = next(editions(project, Choice((slug,), (locale,)), today))
    return approving.approve(project, edition, [*_standing(project, edition), *found], words, by, today)


def sign_off(project: Project, slug: str, by: str, today: date) -> Signed:
    """Sign a leaflet off as it is written, if nothing is wrong with it."""
    own = project.leaflets[slug].own_locale
    edition, found = next(editions(project, Choice((slug,), (own,)), today))
    return signing_off.sign_off(project, edition, [*_standing(project, edition), *found], by, today)


# --------------------------------------------------------------------------- editions


def languages(project: Project, with_pseudo: bool = False) -> tuple[Locale, ...]:
    """Every locale that is set in type: the sources' own, the translations', the made-up ones if they are asked for."""
    own = {leaflet.own_locale for leaflet in project.leaflets.values()}
    others = [locales.locale(name) for name in sorted(own) if name not in project.locales]
    made_up = [pseudo.locale(name) for name in pseudo.NAMES] if with_pseudo else []
    return (*others, *project.locales.values(), *made_up)


def missing(project: Project, choice: Choice) -> tuple[Missing, ...]:
    """Parts of the system without which the chosen formats cannot be written in the languages that there are."""
    where = languages(project, choice.pseudo) or (locales.locale("en"),)
    table = dict(FORMATS)
    asked = [table[name] for name in choice.formats or project.settings.formats if name in table]
    return tuple(dict.fromkeys(part for form in asked for locale in where for part in form.needs(locale)))


def editions(project: Project, choice: Choice, today: date) -> Iterator[Found]:
    """Every chosen edition with its findings: the source's language first, then the translations by name."""
    words = layout_words.messages(project.layout_folders, project.root)
    for leaflet in _chosen(project.leaflets, choice.leaflets):
        own = locales.locale(leaflet.own_locale)
        fault, signed = project.sign_offs.fault(leaflet.slug), signing_off.held(project, leaflet, today)
        about = (*checks.leaflet(leaflet, project.clinic, today), *([fault] if fault else ()))
        there = {own.name: project.locales.get(own.name, own)} | dict(project.locales)
        there = {name: locale for name, locale in there.items() if leaflet.meant_for(name)}
        for locale in _chosen(there, choice.locales or project.settings.locales):
            if locale.name == own.name:
                edition, found = messages.localize(leaflet, locale, _country(project), None, draft=False)
            else:
                edition, found = _translated(project, leaflet, locale, words, today)
            edition = replace(edition, sign_off=signed)
            if any(finding.check == NOT_BEGUN for finding in found):
                yield edition, (*about, *found)
                continue
            lacking = excerpts.missing(edition, _formats(project, choice))
            yield edition, (*about, *found, *lacking, *checks.edition(edition, project.clinic))


def _translated(project: Project, leaflet: Leaflet, locale: Locale, words: Sequence[Message], today: date) -> Found:
    """A translation with what is found on it; a draft, unless somebody has approved exactly this."""
    catalog = project.catalogs.get((locale.name, leaflet.slug))
    po_file = po_path(project.root, locale.name, leaflet.slug).relative_to(project.root).as_posix()
    begun = catalog is not None and any(entry.state is State.CURRENT for entry in catalog.live.values())
    show_source = begun and project.settings.untranslated == "show-source"
    lookup = project.lookup(locale.name, leaflet.slug)
    edition, found = messages.localize(leaflet, locale, _country(project), lookup, True, po_file, show_source)
    if (locale.name, leaflet.slug) in project.broken:
        found = ()  # the file's one finding says it all; not one more for each message
    elif catalog is None and not _is_signed(project, leaflet, locale):
        return edition, (replace(completeness.not_begun(leaflet, locale), severity=Severity.ERROR),)
    standing = approving.standing(project, leaflet, locale, words, today)
    if standing and standing.holds:
        edition = replace(edition, draft=False, approval=standing.approval)
    fault = project.approvals[locale.name].fault(leaflet.slug) if locale.name in project.approvals else None
    own_words = project.catalogs.get((locale.name, WORDS))
    about_words = checks.words(words, own_words, locale)
    about = checks_of_catalog.check(leaflet, locale, catalog, words, own_words, project.root) if catalog else ()
    return edition, (*found, *about_words, *about, *([fault] if fault else ()))


def _is_signed(project: Project, leaflet: Leaflet, locale: Locale) -> bool:
    approved = project.approvals.get(locale.name)
    return approved is not None and (leaflet.slug in approved.records or approved.fault(leaflet.slug) is not None)


def pseudo_editions(project: Project, choice: Choice) -> Iterator[Found]:
    """Every leaflet in the made-up languages. Findings on the source are those of its own edition."""
    for leaflet in _chosen(project.leaflets, choice.leaflets):
        for name in pseudo.NAMES:
            locale = pseudo.locale(name)
            edition, found = messages.localize(leaflet, locale, _country(project), pseudo.Catalog(name).lookup, True)
            yield edition, (*found, *checks.edition(edition, project.clinic))


def _country(project: Project) -> str:
    return project.clinic.country if project.clinic else ""


def _standing(project: Project, edition: Edition) -> list[Finding]:
    """What was found in the files of an edition when they were read: its source, locale.toml and catalogs."""
    paths = [po_path(project.root, edition.locale.name, domain) for domain in (edition.slug, WORDS)]
    own = {path.relative_to(project.root).as_posix() for path in paths}
    own |= {edition.leaflet.at.file, edition.locale.at.file}
    return [finding for finding in project.findings if finding.at.file in own]


def _chosen(there: Mapping[str, T], names: Sequence[str]) -> list[T]:
    return [value for name, value in there.items() if not names or name in names]


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))
