"""The whole flow: sources -> editions -> HTML -> PDF, with the findings of every stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from plainleaf import approving, build, catalogs, catalogue, fonts, gate, layouts, locales, messages, pseudo, status
from plainleaf.approving import Signed
from plainleaf.build import Job, Limits, Manifest, Result
from plainleaf.checks import catalog as checks_of_catalog
from plainleaf.checks import editions as checks
from plainleaf.files import save
from plainleaf.model import (
    Artifact,
    Clinic,
    Edition,
    Finding,
    Kind,
    Layout,
    Leaflet,
    Locale,
    Location,
    Message,
    Severity,
    Sheet,
    State,
    Translation,
)
from plainleaf.project import WORDS, Project, po_path

T = TypeVar("T")
Found = tuple[Edition, tuple[Finding, ...]]  # an edition with what was found on it


@dataclass(frozen=True, slots=True)
class Choice:
    """What to publish, by name; an empty tuple means all. ``pseudo``: also in the made-up languages for tests."""

    leaflets: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    pseudo: bool = False


class Source(Protocol):
    """What looks translations up: a catalog."""

    def lookup(self, context: str, text: str) -> Translation | None:
        """What it says for a text."""


@dataclass(frozen=True, slots=True)
class Words:
    """The layouts' own words in one locale; English where they have no checked translation."""

    catalog: Source | None

    def here(self, msgid: str) -> str:
        """In the locale."""
        translation = self.catalog.lookup("", msgid) if self.catalog else None
        return translation.text if translation and translation.state is State.CURRENT else msgid

    def source(self, msgid: str) -> str:
        """In English."""
        return msgid


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run made and found; ``rendered`` counts the artifacts that were not up to date before."""

    artifacts: tuple[Artifact, ...]
    findings: tuple[Finding, ...]
    rendered: int


@dataclass(slots=True)
class _Plan:
    """What there is to make: every artifact, the jobs of those that can be made, what was found on each edition."""

    wanted: list[Artifact]
    jobs: dict[str, Job]
    problems: dict[tuple[str, str], list[Finding]]
    editions: list[Edition]


def publish(
    project: Project, choice: Choice, output: Path, today: date, told: Callable[[int, Result], None]
) -> Outcome:
    """Make every chosen artifact that is out of date, and the pages that list all there is and how far it has come.

    ``told`` hears (how many in all, result). Artifacts and findings of the outcome are those of the choice.
    """
    manifest = Manifest(output)
    real = editions(project, Choice(), today)
    plan = _plan(project, [*real, *(pseudo_editions(project, choice) if choice.pseudo else ())])
    chosen = [artifact for artifact in plan.wanted if _is_chosen(project, choice, artifact)]
    limits = Limits(project.settings.time_limit, project.settings.memory_limit)
    todo = [plan.jobs[artifact.path] for artifact in chosen if artifact.path in plan.jobs]
    environment = {"FONTCONFIG_FILE": str(fonts.fontconfig())}
    results = build.run(todo, manifest, limits, environment, lambda result: told(len(todo), result))
    for artifact in plan.wanted:
        if result := results.get(artifact.path):
            plan.problems[artifact.slug, artifact.locale].extend(result.findings)
    everything = [_as_found(artifact, manifest, plan.jobs.get(artifact.path)) for artifact in plan.wanted]
    since = manifest.settle({artifact.path: artifact.fresh for artifact in everything}, today)
    everything = [replace(artifact, since=since.get(artifact.path)) for artifact in everything]
    listed = [artifact for artifact in everything if artifact.locale not in pseudo.NAMES]
    faults = []
    try:
        save(output / "index.html", catalogue.page(project, listed, plan.editions, plan.problems, today).encode())
        write_status(project, output, today)
    except ValueError as error:
        faults.append(_template_failed(error, Location("layouts")))
    faults += _left_over(project, manifest, plan.wanted)
    own = {(artifact.slug, artifact.locale) for artifact in chosen}
    findings = [
        *project.findings,
        *faults,
        *(finding for key in plan.problems if key in own for finding in plan.problems[key]),
    ]
    paths = {artifact.path for artifact in chosen}
    artifacts = tuple(artifact for artifact in everything if artifact.path in paths)
    return Outcome(artifacts, _once(findings), sum(result.rendered for result in results.values()))


def _plan(project: Project, found: Iterable[Found]) -> _Plan:
    plan = _Plan([], {}, {}, [])
    for edition, findings in found:
        about = plan.problems[edition.slug, edition.locale.name] = [*_standing(project, edition), *findings]
        plan.editions.append(edition)
        for layout in project.layouts.values():
            path = artifact_path(edition.slug, edition.locale, layout)
            plan.wanted.append(_artifact(path, edition, layout))
            if project.clinic and not _has_error(about):
                job, faults = _job(project, project.clinic, edition, layout, path)
                about.extend(faults)
                if job:
                    plan.jobs[path] = job
    return plan


def _left_over(project: Project, manifest: Manifest, wanted: Iterable[Artifact]) -> list[Finding]:
    """PDFs of leaflets, languages or layouts that are no longer there, or that cannot be read today."""
    names = tuple(f".{name.replace('_', '-')}." for name in pseudo.NAMES)
    paths = [path for path in manifest.left(artifact.path for artifact in wanted) if not any(n in path for n in names)]
    hint = "take the file away, so that nobody hands it out; if its leaflet has errors, mend them"
    what = "lies in the output folder and belongs to no leaflet that can be published today"
    return [Finding("left-over", Severity.WARNING, what, Location(path), hint) for path in paths]


def _is_chosen(project: Project, choice: Choice, artifact: Artifact) -> bool:
    there = () if artifact.locale in pseudo.NAMES else project.settings.locales
    asked = (
        (choice.leaflets, artifact.slug),
        (choice.locales or there, artifact.locale),
        (choice.layouts or project.settings.layouts, artifact.layout),
    )
    return all(not names or name in names for names, name in asked)


def _as_found(artifact: Artifact, manifest: Manifest, job: Job | None) -> Artifact:
    """The artifact as it lies in the output folder: current, kept from an earlier run, or not there."""
    current = manifest.pages(artifact.path, job.fingerprint) if job else 0
    return replace(artifact, pages=current or manifest.pages(artifact.path), fresh=current > 0)


def check(project: Project, choice: Choice, today: date) -> tuple[Finding, ...]:
    """All findings that can be had without rendering; readability is asked of what is complete."""
    made = list(editions(project, choice, today))
    found = [finding for _, findings in made for finding in findings]
    readable = gate.check(project, [edition for edition, findings in made if not _has_error(findings)], today)
    return _once([*project.findings, *found, *readable])


def record(project: Project, choice: Choice, today: date) -> Path | None:
    """Keep today's readability scores as the record that no edition may fall behind; gives the file, if it could."""
    made = editions(project, choice, today)
    return gate.keep(project, [edition for edition, findings in made if not _has_error(findings)], today)


def write_status(project: Project, output: Path, today: date) -> Path:
    """Write the page that says how far each translation has come, and who has approved it."""
    path = output / "status.html"
    save(path, status.page(project, status.rows(project), today).encode())
    return path


def approve(project: Project, slug: str, locale: str, by: str, today: date) -> Signed:
    """Sign a translation off, if nothing is wrong with it."""
    words = catalogs.layout_messages(project.layout_folders, project.root)
    edition, found = next(editions(project, Choice((slug,), (locale,)), today))
    return approving.approve(project, edition, [*_standing(project, edition), *found], words, by, today)


# --------------------------------------------------------------------------- editions


def languages(project: Project, with_pseudo: bool = False) -> tuple[Locale, ...]:
    """Every locale that is set in type: the sources' own, the translations', the made-up ones if they are asked for."""
    own = {leaflet.language.replace("-", "_") for leaflet in project.leaflets.values()}
    others = [locales.locale(name) for name in sorted(own) if name not in project.locales]
    made_up = [pseudo.locale(name) for name in pseudo.NAMES] if with_pseudo else []
    return (*others, *project.locales.values(), *made_up)


def editions(project: Project, choice: Choice, today: date) -> Iterator[Found]:
    """Every chosen edition with its findings: the source's language first, then the translations by name."""
    words = catalogs.layout_messages(project.layout_folders, project.root)
    for leaflet in _chosen(project.leaflets, choice.leaflets):
        own = locales.locale(leaflet.language.replace("-", "_"))
        about = checks.leaflet(leaflet, project.clinic, today)
        there = {own.name: project.locales.get(own.name, own)} | dict(project.locales)
        for locale in _chosen(there, choice.locales or project.settings.locales):
            if locale.name == own.name:
                edition, found = messages.localize(leaflet, locale, _country(project), None, draft=False)
            else:
                edition, found = _translated(project, leaflet, locale, words)
            yield edition, (*about, *found, *checks.edition(edition, project.clinic))


def _translated(project: Project, leaflet: Leaflet, locale: Locale, words: Sequence[Message]) -> Found:
    """A translation with what is found on it; a draft, unless somebody has approved exactly this."""
    catalog = project.catalogs.get((locale.name, leaflet.slug))
    po_file = po_path(project.root, locale.name, leaflet.slug).relative_to(project.root).as_posix()
    begun = catalog is not None and any(entry.state is State.CURRENT for entry in catalog.live.values())
    show_source = begun and project.settings.untranslated == "show-source"
    lookup = project.lookup(locale.name, leaflet.slug)
    edition, found = messages.localize(leaflet, locale, _country(project), lookup, True, po_file, show_source)
    if (locale.name, leaflet.slug) in project.broken:
        found = ()  # the file's one finding says it all; not one more for each message
    standing = approving.standing(project, leaflet, locale, words)
    if standing and standing.holds:
        edition = replace(edition, draft=False, approval=standing.approval)
    fault = project.approvals[locale.name].fault(leaflet.slug) if locale.name in project.approvals else None
    own_words = project.catalogs.get((locale.name, WORDS))
    about_words = checks.words(words, own_words, locale)
    about = checks_of_catalog.check(leaflet, locale, catalog, words, own_words, project.root) if catalog else ()
    return edition, (*found, *about_words, *about, *([fault] if fault else ()))


def pseudo_editions(project: Project, choice: Choice) -> Iterator[Found]:
    """Every leaflet in the made-up languages. Findings on the source are those of its own edition."""
    for leaflet in _chosen(project.leaflets, choice.leaflets):
        for name in pseudo.NAMES:
            locale = pseudo.locale(name)
            edition, found = messages.localize(leaflet, locale, _country(project), pseudo.Catalog(name).lookup, True)
            yield edition, (*found, *checks.edition(edition, project.clinic))


def _country(project: Project) -> str:
    return project.clinic.country if project.clinic else ""


def artifact_path(slug: str, locale: Locale, layout: Layout) -> str:
    """``<leaflet>/<leaflet>.<locale>.<layout>.pdf``, the locale as BCP 47 tag."""
    return f"{slug}/{slug}.{locale.tag}.{layout.name}.pdf"


def _standing(project: Project, edition: Edition) -> list[Finding]:
    """What was found in the files of an edition when they were read: its source, locale.toml and catalogs."""
    paths = [po_path(project.root, edition.locale.name, domain) for domain in (edition.slug, WORDS)]
    own = {path.relative_to(project.root).as_posix() for path in paths}
    own |= {edition.leaflet.at.file, edition.locale.at.file}
    return [finding for finding in project.findings if finding.at.file in own]


def _has_error(found: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in found)


def _template_failed(error: ValueError, at: Location) -> Finding:
    hint = "mend the template; layouts/README.md tells what one may use"
    return Finding("layout-template", Severity.ERROR, str(error), at, hint)


def _job(
    project: Project, clinic: Clinic, edition: Edition, layout: Layout, path: str
) -> tuple[Job | None, tuple[Finding, ...]]:
    try:
        html = layouts.render(edition, layout, clinic, words_of(project, edition.locale), project.layout_folders)
    except ValueError as error:
        return None, (_template_failed(error, layout.at),)
    try:
        cuts = fonts.cut(edition.locale.fonts, html)
    except fonts.FontError as error:
        return None, (checks.font_failed(error, edition.locale),)
    sources = project.root / "sources"
    sheet = Sheet(
        name=path,
        html=html,
        css=layouts.stylesheet(layout, edition.locale, project.layout_folders),
        font_css=fonts.face_css(cuts),
        families=fonts.aliases(cuts),
        folders=tuple(str(folder) for folder in (sources, *project.layout_folders, fonts.cache_folder())),
        base=project.root.as_uri() + "/",
        at=edition.leaflet.at,
    )
    pictures = [project.root / block.options["src"] for block in edition.walk() if block.kind is Kind.FIGURE]
    if clinic.logo:
        pictures.append(sources / clinic.logo)
    return Job(path, sheet, build.fingerprint(sheet, pictures)), ()


def words_of(project: Project, locale: Locale) -> Words:
    """The layouts' words in a locale, also in a made-up one."""
    if locale.name in pseudo.NAMES:
        return Words(pseudo.Catalog(locale.name))
    return Words(project.catalogs.get((locale.name, WORDS)))


def _artifact(path: str, edition: Edition, layout: Layout) -> Artifact:
    reviewed = bool(edition.meta.reviewed_by)
    name = edition.locale.name
    return Artifact(path, 0, edition.slug, name, layout.name, edition.draft, fresh=False, reviewed=reviewed)


def _chosen(there: Mapping[str, T], names: Sequence[str]) -> list[T]:
    return [value for name, value in there.items() if not names or name in names]


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))
