"""The catalogue page, ``build/index.html``: every leaflet in every language, with links, pages, drafts and problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plainleaf import layouts, locales
from plainleaf.model import Artifact, Edition, Finding, Locale, Severity, plain
from plainleaf.project import Project


@dataclass(frozen=True, slots=True)
class _File:
    layout: str
    path: str
    pages: int
    fresh: bool
    since: str  # the day since when it is out of date
    note: str  # what was done to make its text fit


@dataclass(frozen=True, slots=True)
class _Row:
    """An edition as the page lists it. ``stale``: the day of its oldest file that is out of date, "" if none is;
    ``checked``: who approved it and when."""

    locale: Locale
    draft: bool
    reviewed: bool
    checked: str
    files: tuple[_File, ...]
    stale: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Leaflet:
    slug: str
    title: str
    summary: str
    editions: tuple[_Row, ...]


def page(
    project: Project,
    artifacts: Sequence[Artifact],
    editions: Iterable[Edition],
    problems: Mapping[tuple[str, str], Sequence[Finding]],
    today: date,
) -> str:
    """The page as HTML. ``problems``: the findings of each edition, by (leaflet, locale name)."""
    known = {(edition.slug, edition.locale.name): edition for edition in editions}
    by_leaflet: dict[str, dict[str, list[Artifact]]] = {}
    for artifact in artifacts:
        by_leaflet.setdefault(artifact.slug, {}).setdefault(artifact.locale, []).append(artifact)
    leaflets = []
    for slug, by_locale in by_leaflet.items():
        meta = project.leaflets[slug].meta
        rows = tuple(
            _row(project, known[slug, name], own, problems.get((slug, name), ())) for name, own in by_locale.items()
        )
        leaflets.append(_Leaflet(slug, plain(meta.title.inlines), plain(meta.summary.inlines), rows))
    clinic = project.clinic.name if project.clinic else "your clinic"
    return layouts.screen(project.layout_folders, "catalogue", clinic=clinic, day=long_day(today), leaflets=leaflets)


def _row(project: Project, edition: Edition, own: Sequence[Artifact], problems: Sequence[Finding]) -> _Row:
    files = tuple(_file(project, artifact) for artifact in own)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    said = tuple(f"{error.po or error.at}: {error.message}" for error in errors)
    oldest = min((artifact.since for artifact in own if artifact.since and artifact.pages), default=None)
    approval = edition.approval
    checked = f"{approval.by}, {long_day(approval.on)}" if approval else ""
    reviewed = bool(edition.meta.reviewed_by)
    return _Row(edition.locale, edition.draft, reviewed, checked, files, long_day(oldest), said)


def _file(project: Project, file: Artifact) -> _File:
    return _File(title_of(project, file), file.path, file.pages, file.fresh, long_day(file.since), file.note)


def title_of(project: Project, file: Artifact) -> str:
    """What a file is called: its layout, the look it is printed in, the language that stands beside."""
    title = project.layouts[file.layout].title
    if file.beside:
        title += f", beside {locales.locale(file.beside).english_name}"
    return ", ".join((title, *(project.looks[look].title for look in file.looks)))


def long_day(day: date | None) -> str:
    """A day in English words; "" for none."""
    return locales.long_date(day, locales.locale("en")) if day else ""
