"""The whole flow on one screen: sources -> editions -> HTML -> PDF, with the findings of every stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from plainleaf import build, catalogs, fonts, layouts, locales, messages
from plainleaf.build import Job, Limits, Result
from plainleaf.catalogs import Catalog
from plainleaf.checks import editions as checks
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
    """Make every chosen artifact that is out of date, and the catalogue page. ``told`` hears (how many in all, result)."""
    findings = list(project.findings)
    jobs: dict[str, Job] = {}
    wanted: list[Artifact] = []
    for edition, found in editions(project, choice, today):
        findings.extend(found)
        for layout in _chosen(project.layouts, choice.layouts or project.settings.layouts):
            path = artifact_path(edition.slug, edition.locale, layout)
            wanted.append(_artifact(path, edition, layout))
            if project.clinic and not _stopped(project, edition, found):
                jobs[path] = _job(project, project.clinic, edition, layout, path)
    limits = Limits(project.settings.time_limit, project.settings.memory_limit)
    environment = {"FONTCONFIG_FILE": str(fonts.fontconfig())}
    results = build.run(
        tuple(jobs.values()), output, limits, environment, lambda result: told(len(jobs), result)
    )
    manifest = build.Manifest(output)
    made = {result.job.path: result for result in results if result.pages}
    artifacts = tuple(
        replace(artifact, pages=made[artifact.path].pages, fresh=True)
        if artifact.path in made
        else replace(artifact, pages=manifest.pages(artifact.path))
        for artifact in wanted
    )
    for result in results:
        findings.extend(result.findings)
    return Outcome(artifacts, _once(findings), sum(result.rendered for result in results))


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


def _stopped(project: Project, edition: Edition, found: Iterable[Finding]) -> bool:
    """Whether any error stands in the leaflet, in its catalog, or in the edition."""
    if {(edition.locale.name, edition.slug), (edition.locale.name, WORDS)} & project.broken:
        return True
    own = {edition.leaflet.at.file, edition.locale.at.file}
    about = [finding for finding in project.findings if finding.at.file in own]
    return any(finding.severity is Severity.ERROR for finding in (*about, *found))


def _job(project: Project, clinic: Clinic, edition: Edition, layout: Layout, path: str) -> Job:
    words = Words(project.catalogs.get((edition.locale.name, WORDS)))
    html = layouts.render(edition, layout, clinic, words, project.layout_folders)
    css = layouts.stylesheet(layout, edition.locale, project.layout_folders)
    cuts = fonts.cut(edition.locale.fonts, html)
    sources = project.root / "sources"
    sheet = Sheet(
        name=path,
        html=html,
        css=css,
        font_css=fonts.face_css(cuts),
        families=fonts.aliases(cuts),
        folders=tuple(str(folder) for folder in (sources, *project.layout_folders, fonts.cache_folder())),
        base=project.root.as_uri() + "/",
        at=edition.leaflet.at,
    )
    pictures = [project.root / block.options["src"] for block in edition.walk() if block.kind is Kind.FIGURE]
    if clinic.logo:
        pictures.append(sources / clinic.logo)
    return Job(path, sheet, build.fingerprint(sheet, pictures))


def _artifact(path: str, edition: Edition, layout: Layout) -> Artifact:
    return Artifact(path, 0, edition.slug, edition.locale.name, layout.name, edition.draft, fresh=False)


def _chosen(there: Mapping[str, T], names: Sequence[str]) -> list[T]:
    return [value for name, value in there.items() if not names or name in names]


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))
