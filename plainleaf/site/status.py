"""The page ``build/status.html``: how far each translation has come, who has signed what, and what has lapsed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plainleaf.actions.status import Form, Row, Source
from plainleaf.layouts import templates as layouts
from plainleaf.model import plain
from plainleaf.project import Project
from plainleaf.translations import diff as changes
from plainleaf.typesetting import locales


@dataclass(frozen=True, slots=True)
class _Section:
    name: str
    title: str
    about: str
    rows: tuple[Row, ...]
    source: Source | None = None


def page(
    project: Project, written: Sequence[Source], table: Sequence[Row], written_as: Sequence[Form], today: date
) -> str:
    """The page ``status.html`` for those who plan and pay for translations."""
    own = {source.leaflet.slug: source for source in written}
    by_domain: Mapping[str, list[Row]] = {domain: [] for domain in (*own, *(row.domain for row in table))}
    for row in table:
        by_domain[row.domain].append(row)
    sections = tuple(_section(domain, found, own.get(domain)) for domain, found in by_domain.items())
    clinic = project.clinic.name if project.clinic else "your clinic"
    day = locales.long_date(today, locales.locale("en"))
    values = {"clinic": clinic, "day": day, "sections": sections, "diff": changes.words, "formats": written_as}
    return layouts.screen(project.layout_folders, "status", **values)


def _section(domain: str, found: Sequence[Row], source: Source | None) -> _Section:
    if not source:
        return _Section(domain, "Words that every leaflet prints", "They are checked with each leaflet.", tuple(found))
    meta = source.leaflet.meta
    about = f"Written {meta.written}, to be checked again by {meta.review_by}."
    return _Section(domain, plain(meta.title.inlines), about, tuple(found), source)
