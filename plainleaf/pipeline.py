"""The whole flow on one screen: sources -> editions -> HTML -> PDF, with the findings of every stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from plainleaf import build, catalogs, catalogue, fonts, layouts, locales, messages
from plainleaf.build import Job, Limits, Manifest, Result
from plainleaf.catalogs import Catalog
from plainleaf.checks import editions as checks
from plainleaf.files import save
from plainleaf.model import Artifact, Clinic, Edition, Finding, Kind, Layout, Locale, Severity, Sheet, State
from plainleaf.project import WORDS, Project, po_path

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """What to publish, by name; an empty tuple means all."""

    leaflets: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The layouts' own words in one locale; English where they have no checked translation."""

    catalog: Catalog | None

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


def publish(
    project: Project, choice: Choice, output: Path, today: date, told: Callable[[int, Result], None]
) -> Outcome:
    """Make every chosen artifact that is out of date, and the catalogue page, which lists all there are.

    ``told`` hears (how many in all, result). Artifacts and findings of the outcome are those of the choice.
    """
    manifest = build.Manifest(output)
    jobs: dict[str, Job] = {}
    wanted: list[Artifact] = []
    problems: dict[tuple[str, str], list[Finding]] = {}
    for edition, found in editions(project, Choice(), today):
        about = problems[edition.slug, edition.locale.name] = [*_standing(project, edition), *found]
        for layout in project.layouts.values():
            path = artifact_path(edition.slug, edition.locale, layout)
            wanted.append(_artifact(path, edition, layout))
            if project.clinic and not _has_error(about):
                job, faults = _job(project, project.clinic, edition, layout, path)
                about.extend(faults)
                if job:
                    jobs[path] = job
    chosen = [artifact for artifact in wanted if _is_chosen(project, choice, artifact)]
    limits = Limits(project.settings.time_limit, project.settings.memory_limit)
    todo = [jobs[artifact.path] for artifact in chosen if artifact.path in jobs]
    environment = {"FONTCONFIG_FILE": str(fonts.fontconfig())}
    results = build.run(todo, manifest, limits, environment, lambda result: told(len(todo), result))
    for artifact in wanted:
        if result := results.get(artifact.path):
            problems[artifact.slug, artifact.locale].extend(result.findings)
    everything = [_as_found(artifact, manifest, jobs.get(artifact.path)) for artifact in wanted]
    save(output / "index.html", catalogue.page(project, everything, problems, today).encode())
    own = {(artifact.slug, artifact.locale) for artifact in chosen}
    findings = [*project.findings, *(finding for key in problems if key in own for finding in problems[key])]
    paths = {artifact.path for artifact in chosen}
    artifacts = tuple(artifact for artifact in everything if artifact.path in paths)
    return Outcome(artifacts, _once(findings), sum(result.rendered for result in results.values()))


def _is_chosen(project: Project, choice: Choice, artifact: Artifact) -> bool:
    asked = (
        (choice.leaflets, artifact.slug),
        (choice.locales or project.settings.locales, artifact.locale),
        (choice.layouts or project.settings.layouts, artifact.layout),
    )
    return all(not names or name in names for names, name in asked)


def _as_found(artifact: Artifact, manifest: Manifest, job: Job | None) -> Artifact:
    """The artifact as it lies in the output folder: current, kept from an earlier run, or not there."""
    current = manifest.pages(artifact.path, job.fingerprint) if job else 0
    return replace(artifact, pages=current or manifest.pages(artifact.path), fresh=current > 0)


def check(project: Project, choice: Choice, today: date) -> tuple[Finding, ...]:
    """All findings that can be had without rendering."""
    found = [finding for _, findings in editions(project, choice, today) for finding in findings]
    return _once([*project.findings, *found])


def editions(project: Project, choice: Choice, today: date) -> Iterator[tuple[Edition, tuple[Finding, ...]]]:
    """Every chosen edition with its findings: the source's language first, then the translations by name."""
    country = project.clinic.country if project.clinic else ""
    layout_words = catalogs.layout_messages(project.layout_folders, project.root)
    for leaflet in _chosen(project.leaflets, choice.leaflets):
        own = locales.locale(leaflet.language.replace("-", "_"))
        about = checks.leaflet(leaflet, project.clinic, today)
        there = {own.name: project.locales.get(own.name, own)} | dict(project.locales)
        for locale in _chosen(there, choice.locales or project.settings.locales):
            translated = locale.name != own.name
            catalog = project.catalogs.get((locale.name, leaflet.slug))
            po_file = po_path(project.root, locale.name, leaflet.slug).relative_to(project.root).as_posix()
            edition, found = messages.localize(
                leaflet, locale, country, _lookup(catalog) if translated else None, translated, po_file
            )
            if (locale.name, leaflet.slug) in project.broken:
                found = ()  # the file's one finding says it all; not one more for each message
            words = checks.words(layout_words, project.catalogs.get((locale.name, WORDS)), locale, po_file)
            about_edition = checks.edition(edition, project.clinic)
            yield edition, (*about, *found, *about_edition, *(words if translated else ()))


def artifact_path(slug: str, locale: Locale, layout: Layout) -> str:
    """``<leaflet>/<leaflet>.<locale>.<layout>.pdf``, the locale as BCP 47 tag."""
    return f"{slug}/{slug}.{locale.tag}.{layout.name}.pdf"


def _lookup(catalog: Catalog | None) -> messages.Lookup:
    return catalog.lookup if catalog else lambda context, text: None


def _standing(project: Project, edition: Edition) -> list[Finding]:
    """What was found in the files of an edition when they were read: its source, locale.toml and catalogs."""
    paths = [po_path(project.root, edition.locale.name, domain) for domain in (edition.slug, WORDS)]
    own = {path.relative_to(project.root).as_posix() for path in paths}
    own |= {edition.leaflet.at.file, edition.locale.at.file}
    return [finding for finding in project.findings if finding.at.file in own]


def _has_error(found: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in found)


def _job(
    project: Project, clinic: Clinic, edition: Edition, layout: Layout, path: str
) -> tuple[Job | None, tuple[Finding, ...]]:
    words = Words(project.catalogs.get((edition.locale.name, WORDS)))
    try:
        html = layouts.render(edition, layout, clinic, words, project.layout_folders)
    except ValueError as error:
        hint = "mend the template; layouts/README.md tells what one may use"
        return None, (Finding("layout-template", Severity.ERROR, str(error), layout.at, hint),)
    cuts = fonts.cut(edition.locale.fonts, html)
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


def _artifact(path: str, edition: Edition, layout: Layout) -> Artifact:
    return Artifact(path, 0, edition.slug, edition.locale.name, layout.name, edition.draft, fresh=False)


def _chosen(there: Mapping[str, T], names: Sequence[str]) -> list[T]:
    return [value for name, value in there.items() if not names or name in names]


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))
