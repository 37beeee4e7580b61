"""The catalogue page, ``build/index.html``: every leaflet in every language, with links, pages, drafts and problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plainleaf import layouts, locales
from plainleaf.model import Artifact, Finding, Severity, plain
from plainleaf.project import Project


@dataclass(frozen=True, slots=True)
class _File:
    layout: str
    path: str
    pages: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class _Edition:
    tag: str
    direction: str
    own_name: str
    english_name: str
    draft: bool
    files: tuple[_File, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Leaflet:
    slug: str
    title: str
    summary: str
    editions: tuple[_Edition, ...]


def page(
    project: Project, artifacts: Sequence[Artifact], problems: Mapping[tuple[str, str], Sequence[Finding]], today: date
) -> str:
    """The page as HTML. ``problems``: the findings of each edition, by (leaflet, locale name)."""
    leaflets = []
    for slug in dict.fromkeys(artifact.slug for artifact in artifacts):
        source = project.leaflets[slug]
        own = [artifact for artifact in artifacts if artifact.slug == slug]
        editions = tuple(
            _edition(
                project, name, [artifact for artifact in own if artifact.locale == name], problems.get((slug, name), ())
            )
            for name in dict.fromkeys(artifact.locale for artifact in own)
        )
        title, summary = plain(source.meta.title.inlines), plain(source.meta.summary.inlines)
        leaflets.append(_Leaflet(slug, title, summary, editions))
    clinic = project.clinic.name if project.clinic else "your clinic"
    day = locales.long_date(today, locales.locale("en"))
    return layouts.catalogue(project.layout_folders, clinic=clinic, day=day, leaflets=leaflets)


def _edition(project: Project, name: str, own: Sequence[Artifact], problems: Sequence[Finding]) -> _Edition:
    locale = project.locales.get(name) or locales.locale(name)
    files = tuple(
        _File(project.layouts[artifact.layout].title, artifact.path, artifact.pages, artifact.fresh) for artifact in own
    )
    errors = (problem for problem in problems if problem.severity is Severity.ERROR)
    said = tuple(f"{error.po or error.at}: {error.message}" for error in errors)
    return _Edition(locale.tag, locale.direction, locale.own_name, locale.english_name, own[0].draft, files, said)
