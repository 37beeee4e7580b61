"""The pages below ``build/staff/readability/``: how easy each leaflet is to read, sentence by sentence.

An index, a page for each leaflet, one for each of its languages, and one with all sentences in that. Prepares values
for their templates; what is hard or long is decided by ``readability`` and ``checks``, never here.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from plainleaf.checks.readability import gate, pemat, ratchet
from plainleaf.checks.readability import judge as readability
from plainleaf.checks.readability.judge import Options
from plainleaf.clinics.details import placeholders
from plainleaf.files import shelf
from plainleaf.layouts import templates as layouts
from plainleaf.layouts.templates import TemplateError
from plainleaf.model import Edition, Finding, Locale, Severity, plain
from plainleaf.project import Project
from plainleaf.site import titles
from plainleaf.site.judgement import Answer, Details, Judgement, Links, Part, answers_of, as_read, judgement
from plainleaf.site.titles import link
from plainleaf.typesetting import locales

FOLDER = "staff/readability"
Page = tuple[str, Callable[[], str]]
MOST_PROBLEMS = 5  # errors of an edition that is not judged


@dataclass(frozen=True, slots=True)
class _Page:
    """A leaflet in one language; one with errors in its texts is not judged, and ``problems`` are the first of them."""

    locale: Locale
    judged: Judgement | None
    problems: tuple[str, ...] = ()
    more_problems: int = 0


@dataclass(frozen=True, slots=True)
class _Item:
    """A PEMAT or CDC item, and its answer, or none where a person has to answer."""

    numbers: str
    question: str
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class _Made:
    """A language of a leaflet: its page in HTML and that of its sentences ("" if there are none), and of its values
    those that the tables above it show."""

    page: _Page
    html: str
    sentences: str


@dataclass(frozen=True, slots=True)
class _Leaflet:
    """A leaflet in the index. ``states``: how many languages are in each, ``far``: the sentences too long in all."""

    slug: str
    title: str
    language: str
    pages: tuple[_Page, ...]
    states: tuple[tuple[str, int], ...]
    far: int


def pages(
    project: Project, editions: Iterable[tuple[Edition, Sequence[Finding]]], output: Path, today: date
) -> Iterator[Page]:
    """All of them. ``editions`` come with what was found on them; ``output``: the folder that the paths are in."""
    options, faults = gate.options(project, today)
    by_leaflet: dict[str, list[tuple[Edition, Sequence[Finding]]]] = {}
    for edition, findings in editions:
        by_leaflet.setdefault(edition.slug, []).append((edition, findings))
    folders, known = project.layout_folders, dict[tuple[str, str], _Made]()

    def details(where: Locale) -> Details:
        return dict(placeholders(project.clinic, where)) if project.clinic else {}

    def made(edition: Edition, findings: Sequence[Finding]) -> _Made:
        """One for all pages that show it; from memory if it is as it was."""
        if (key := (edition.slug, edition.locale.name)) not in known:
            links = _links(project, options, output / FOLDER / edition.slug)
            errors = [each for each in findings if each.severity is Severity.ERROR]
            values = (edition, errors, options, links, details(edition.locale))
            known[key] = shelf.kept(f"readability {' '.join(key)}", values, partial(_made, *values, folders))
        return known[key]

    def shown(slug: str) -> _Leaflet:
        about = by_leaflet[slug][0][0].leaflet
        title = as_read(plain(about.meta.title.inlines), details(locales.locale(about.own_locale)))
        return _leaflet(title, about.language, slug, [made(*each).page for each in by_leaflet[slug]])

    def index() -> str:
        clinic, day = titles.clinic(project), locales.long_date(today, locales.locale("en"))
        leaflets = [shown(slug) for slug in by_leaflet]
        wrong = [f"{fault.at}: {fault.message}" for fault in faults]
        values = {"clinic": clinic, "day": day, "leaflets": leaflets, "faults": wrong, "record": ratchet.FILE}
        return layouts.screen(folders, "readability", link=link, **values)

    def languages(slug: str) -> str:
        return layouts.screen(folders, "readability-languages", link=link, leaflet=shown(slug))

    def one(edition: Edition, findings: Sequence[Finding]) -> str:
        return made(edition, findings).html

    def sentences(edition: Edition, findings: Sequence[Finding]) -> str:
        return made(edition, findings).sentences

    yield f"{FOLDER}/index.html", index
    for slug, found in by_leaflet.items():
        yield f"{FOLDER}/{slug}/index.html", partial(languages, slug)
        for edition, findings in found:
            yield f"{FOLDER}/{slug}/{edition.locale.tag}.html", partial(one, edition, findings)
            with suppress(TemplateError):  # which the page above tells of
                if made(edition, findings).sentences:
                    yield f"{FOLDER}/{slug}/{edition.locale.tag}.sentences.html", partial(sentences, edition, findings)


def _links(project: Project, options: Options, folder: Path) -> Links:
    beside = "" if project.site else Path(os.path.relpath(project.root, folder)).as_posix()
    return Links(beside, options.source_link)


def _leaflet(title: str, language: str, slug: str, pages: Sequence[_Page]) -> _Leaflet:
    states = Counter(page.judged.verdict if page.judged else "Not judged" for page in pages)
    far = sum(page.judged.too_long for page in pages if page.judged)
    return _Leaflet(slug, title, language, tuple(pages), tuple(states.items()), far)


def _made(
    edition: Edition,
    errors: Sequence[Finding],
    options: Options,
    links: Links,
    details: Details,
    folders: Sequence[Path],
) -> _Made:
    """The page of an edition; one with ``errors`` is not judged. Raises ``TemplateError``."""
    items, checklist = tuple[_Item, ...](), tuple(_Item(numbers, question) for numbers, question in pemat.CHECKLIST)
    if errors:
        said = tuple(f"{error.po or error.at}: {error.message}" for error in errors[:MOST_PROBLEMS])
        page = _Page(edition.locale, None, said, len(errors) - len(said))
    else:
        judged = readability.judged(edition, readability.measure(edition), options)
        page, answers = _Page(edition.locale, judgement(judged, links, details)), answers_of(edition, judged, links)
        items = tuple(_Item(item.numbers, item.question, answers[item.name]) for item in pemat.JUDGED)
    values = {
        "page": page,
        "judged": page.judged,
        "leaflet_title": as_read(plain(edition.leaflet.meta.title.inlines), details),
        "leaflet_language": edition.leaflet.language,
    }
    html = layouts.screen(folders, "readability-edition", items=items, checklist=checklist, **values)
    sentences = _sentences(page.judged.parts, values, options, folders) if page.judged else ""
    light = page.judged and replace(page.judged, parts=(), worst=())
    return _Made(replace(page, judged=light), html, sentences)


def _sentences(parts: Sequence[Part], values: Mapping[str, object], options: Options, folders: Sequence[Path]) -> str:
    """The page of all sentences; "" if there are none. The file that most of them are in is named once."""
    rows = [row for part in parts for row in part.rows]
    files = Counter(row.places[-1].file for row in rows if row.places)
    usual = max(sorted(files), key=lambda file: files[file], default="")
    linked = bool(options.source_link)
    return layouts.screen(folders, "readability-sentences", usual=usual, linked=linked, **values) if rows else ""
