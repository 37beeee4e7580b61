"""The catalogue page, ``build/index.html``: every leaflet in every language, with links, pages, drafts and problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from plainleaf.checks.readability.verdicts import NOT_BEGUN
from plainleaf.formats.base import FORMATS
from plainleaf.layouts import excerpts
from plainleaf.layouts import templates as layouts
from plainleaf.model import USUAL_FORMAT, Artifact, Edition, Finding, Locale, Severity, plain
from plainleaf.project import Project
from plainleaf.typesetting import locales

_NONE: Mapping[tuple[str, str], str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _File:
    layout: str
    path: str
    made: bool
    size: str  # "12 pages", "14 KB"
    media: str  # its media type
    fresh: bool
    since: str  # the day since when it is out of date
    note: str  # what was left out to make its text fit, or put on other paper


@dataclass(frozen=True, slots=True)
class _Row:
    """An edition as the page lists it. ``stale``: the day of its oldest file that is out of date, "" if none is;
    ``in_part``: others are current. ``checked``: who approved it and when. ``to_begin``: what begins a translation that
    nobody has begun, "" if it is. ``lapsed``: what lapsed its approval, in one line."""

    locale: Locale
    draft: bool
    reviewed: bool
    checked: str
    files: tuple[_File, ...]
    stale: str
    in_part: bool
    problems: tuple[str, ...]
    to_begin: str = ""
    lapsed: str = ""


@dataclass(frozen=True, slots=True)
class _Leaflet:
    slug: str
    title: str
    summary: str
    lapsed: str  # what lapsed the sign-off of its text
    editions: tuple[_Row, ...]


def page(
    project: Project,
    artifacts: Sequence[Artifact],
    editions: Iterable[Edition],
    problems: Mapping[tuple[str, str], Sequence[Finding]],
    today: date,
    lapsed: Mapping[tuple[str, str], str] = _NONE,
) -> str:
    """The page as HTML. ``problems``: the findings of each edition, by (leaflet, locale name); ``lapsed``: signatures
    that count no more, as ``actions.status.lapsed`` gives them."""
    known = {(edition.slug, edition.locale.name): edition for edition in editions}
    by_leaflet: dict[str, dict[str, list[Artifact]]] = {}
    for artifact in artifacts:
        by_leaflet.setdefault(artifact.slug, {}).setdefault(artifact.locale, []).append(artifact)
    leaflets = []
    titles = dict.fromkeys(FORMATS[artifact.format].title for artifact in artifacts)
    for slug, by_locale in by_leaflet.items():
        meta = project.leaflets[slug].meta
        rows = tuple(
            replace(
                _row(project, known[slug, name], own, problems.get((slug, name), ())),
                lapsed=lapsed.get((slug, name), ""),
            )
            for name, own in by_locale.items()
        )
        said = lapsed.get((slug, ""), "")
        leaflets.append(_Leaflet(slug, plain(meta.title.inlines), plain(meta.summary.inlines), said, rows))
    clinic = project.clinic.name if project.clinic else "your clinic"
    day = long_day(today, country(project))
    return layouts.screen(
        project.layout_folders, "catalogue", clinic=clinic, day=day, leaflets=leaflets, formats=tuple(titles)
    )


def _row(project: Project, edition: Edition, own: Sequence[Artifact], problems: Sequence[Finding]) -> _Row:
    files = tuple(_file(project, artifact) for artifact in handed_out_first(project, own))
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    said = tuple(f"{error.po or error.at}: {error.message}" for error in errors)
    oldest = min((artifact.since for artifact in own if artifact.since and artifact.made), default=None)
    approval, where = edition.approval, country(project)
    checked = " and ".join(
        f"{'signed' if each.signed else 'noted'} by {each.by}, {long_day(each.on, where)}"
        for each in (approval.all if approval else ())
    )
    reviewed = edition.sign_off is not None
    in_part = any(artifact.fresh for artifact in own)
    stale = long_day(oldest, where)
    if not stale and any(error.check == NOT_BEGUN for error in errors):
        return _Row(
            edition.locale,
            edition.draft,
            reviewed,
            checked,
            (),
            stale,
            in_part,
            (),
            next(each.message for each in errors if each.check == NOT_BEGUN),
        )
    return _Row(edition.locale, edition.draft, reviewed, checked, files, stale, in_part, said)


def _file(project: Project, file: Artifact) -> _File:
    since = long_day(file.since, country(project))
    media = FORMATS[file.format].media
    return _File(title_of(project, file), file.path, file.made, file.size, media, file.fresh, since, file.changed)


def handed_out_first(project: Project, own: Sequence[Artifact]) -> list[Artifact]:
    """Files of an edition, the sheet that most clinics hand out before the others."""

    def is_sheet(file: Artifact) -> bool:
        return bool(file.layout) and project.layout_of(file).text == excerpts.SHORT_OR_FULL

    return sorted(own, key=lambda file: not is_sheet(file))


def title_of(project: Project, file: Artifact) -> str:
    """What a file is called: its layout, the look it is printed in, the language that stands beside; the format unless
    it is the usual one."""
    form = FORMATS[file.format]
    if not file.layout:
        return form.title
    title = project.layout_of(file).title + (f", {form.title}" if file.format != USUAL_FORMAT else "")
    if file.beside:
        title += f", beside {locales.locale(file.beside).english_name}"
    return ", ".join((title, *(project.looks[look].title for look in file.looks)))


def country(project: Project) -> str:
    """The clinic's country, an ISO 3166 code; "" if there is no clinic."""
    return project.clinic.country if project.clinic else ""


def long_day(day: date | None, country: str) -> str:
    """A day in English words, as a country writes it; "" for none."""
    return locales.long_date(day, locales.locale("en"), country) if day else ""
