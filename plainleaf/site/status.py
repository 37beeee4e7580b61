"""The pages below ``build/staff/status/``: how far each translation has come, who has signed what, and what has lapsed
it.

An index, a page for each leaflet, and one for each of its languages in which something is to be done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from plainleaf.actions.status import Form, Row, Source
from plainleaf.files import shelf
from plainleaf.layouts import templates as layouts
from plainleaf.model import plain
from plainleaf.project import Project
from plainleaf.site.titles import clinic, link
from plainleaf.translations import diff as changes
from plainleaf.typesetting import locales

FOLDER = "staff/status"
MOST = 100  # texts of a language that a page lists
Page = tuple[str, Callable[[], str]]


@dataclass(frozen=True, slots=True)
class _Section:
    name: str
    title: str
    about: str
    rows: tuple[Row, ...]
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A leaflet in the index; ``open``: translations with something to do, ``drafts``: those nobody has approved."""

    name: str
    title: str
    is_leaflet: bool
    signed: bool
    lapsed: bool
    languages: int
    open: int
    drafts: int
    words: int
    safety: int


def pages(
    project: Project,
    written: Sequence[Source],
    table: Sequence[Row],
    written_as: Callable[[], Sequence[Form]],
    today: date,
    there: Callable[[str], bool],
) -> Iterator[Page]:
    """All of them, for those who plan and pay for translations. ``written_as``: what editions are written as;
    ``there``: whether there is another page for staff, by its path below the output folder."""
    sections = tuple(_sections(written, table))
    yield f"{FOLDER}/index.html", partial(index, project, sections, written_as, today, there)
    for section in sections:
        yield f"{FOLDER}/{section.name}/index.html", partial(_leaflet, project, section, there)
        for row in section.rows:
            if row.tasks or row.lapses:
                yield f"{FOLDER}/{section.name}/{row.locale.tag}.html", partial(_edition, project, section, row)


def _sections(written: Sequence[Source], table: Sequence[Row]) -> Iterator[_Section]:
    own = {source.leaflet.slug: source for source in written}
    by_domain: Mapping[str, list[Row]] = {domain: [] for domain in (*own, *(row.domain for row in table))}
    for row in table:
        by_domain[row.domain].append(row)
    for domain, found in by_domain.items():
        yield _section(domain, found, own.get(domain))


def index(
    project: Project,
    sections: Sequence[_Section],
    written_as: Callable[[], Sequence[Form]],
    today: date,
    there: Callable[[str], bool],
) -> str:
    """``staff/status/index.html``."""
    day = locales.long_date(today, locales.locale("en"))
    values = {"clinic": clinic(project), "day": day, "leaflets": tuple(map(_line, sections)), "formats": written_as()}
    return layouts.screen(project.layout_folders, "status", link=link, there=there, **values)


def _line(section: _Section) -> _Line:
    source, rows = section.source, section.rows
    return _Line(
        section.name,
        section.title,
        source is not None,
        bool(source and source.standing),
        bool(source and (source.fault or source.lapses)),
        len(rows),
        sum(bool(row.tasks) or row.broken for row in rows),
        sum(row.leaflet is not None and not (row.standing and row.standing.holds) for row in rows),
        sum(row.words for row in rows),
        sum(row.safety for row in rows),
    )


def _leaflet(project: Project, section: _Section, there: Callable[[str], bool]) -> str:
    return layouts.screen(project.layout_folders, "status-leaflet", section=section, link=link, there=there)


def _edition(project: Project, section: _Section, row: Row) -> str:
    make = partial(
        layouts.screen, project.layout_folders, "status-edition", section=section, row=row, diff=changes.words
    )
    shown = (section.title, row.tasks, row.lapses, row.standing)
    return shelf.kept(f"status {row.domain} {row.locale.name}", shown, make)


def _section(domain: str, found: Sequence[Row], source: Source | None) -> _Section:
    if not source:
        return _Section(domain, "Words that every leaflet prints", "They are checked with each leaflet.", tuple(found))
    meta = source.leaflet.meta
    about = f"Written {meta.written}, to be checked again by {meta.review_by}."
    return _Section(domain, plain(meta.title.inlines), about, tuple(found), source)
