"""The pages that there are to print, each an edition in a layout: their HTML, and what layouts fail at or leave out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from plainleaf.checks.readability.verdicts import LACKING, NOT_BEGUN
from plainleaf.checks.source import dropped
from plainleaf.graphics import pictures
from plainleaf.layouts import excerpts
from plainleaf.layouts import templates as layouts
from plainleaf.layouts.file import SOURCE
from plainleaf.layouts.templates import Prepared, TemplateError
from plainleaf.model import Clinic, Edition, Finding, Kind, Layout, Locale, Severity, State, Translation, has_error
from plainleaf.project import WORDS, Project
from plainleaf.typesetting import pseudo

Found = tuple[Edition, Sequence[Finding]]  # an edition with what was found on it
Key = tuple[str, str]  # leaflet, locale
Wrong = Mapping[Key, Sequence[Finding]]  # the editions whose texts have errors, with what was found on them


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


def words_of(project: Project, locale: Locale) -> Words:
    """The layouts' words in a locale, also in a made-up one."""
    if locale.name in pseudo.NAMES:
        return Words(pseudo.Catalog(locale.name))
    return Words(project.catalogs.get((locale.name, WORDS)))


@dataclass(frozen=True, slots=True)
class Page:
    """An edition in a layout; ``second`` is the one that stands beside it."""

    edition: Edition
    layout: Layout
    second: Edition | None


@dataclass(frozen=True, slots=True)
class Written:
    """A page as HTML, with what was found on the way; "" if it cannot be printed."""

    page: Page
    html: str
    findings: tuple[Finding, ...]


def key(edition: Edition) -> Key:
    """What an edition goes by."""
    return edition.slug, edition.locale.name


def page(edition: Edition, layout: Layout, known: dict[Key, Edition]) -> tuple[Page, str]:
    """An edition in a layout, and why there is no such page, in words; "" if there is one."""
    second = known.get((edition.slug, _other(edition, layout))) if layout.beside else None
    second = None if second is edition else second
    lonely = layout.beside_pages == "shared" and layout.beside and not second
    why = excerpts.unwanted(edition, layout) or (_alone(edition, layout) if lonely else "")
    return Page(edition, layout, second), why


def _other(edition: Edition, layout: Layout) -> str:
    """The name of the locale that a layout sets beside an edition's own."""
    return edition.leaflet.own_locale if layout.beside == SOURCE else layout.beside


def _alone(edition: Edition, layout: Layout) -> str:
    """Why there is no second language to set beside an edition."""
    other = _other(edition, layout)
    if other == edition.locale.name:
        language = edition.locale.english_name
        return f"it sets {language} beside another language, and this text is in {language} itself"
    return f"it sets the leaflet in “{other}” beside this one, and there is none"


def write(project: Project, clinic: Clinic, pages: Iterable[Page], wrong: Wrong) -> list[Written]:
    """The HTML of one edition's pages, in order."""
    prepared, made = Prepared(), list[Written | tuple[Page, TemplateError]]()
    turning = dict[str, bool]()  # pictures, whether they turn round on right-to-left pages
    for each in pages:
        if each.second and key(each.second) in wrong:
            made.append(Written(each, "", (_not_beside(each.edition, each.second, wrong[key(each.second)]),)))
            continue
        try:
            made.append(_written(project, clinic, each, prepared, turning))
        except TemplateError as error:
            made.append((each, error))
    fine = tuple(dict.fromkeys(one.page.layout.name for one in made if isinstance(one, Written) and one.html))
    return [one if isinstance(one, Written) else _failed(project, *one, fine) for one in made]


def _written(project: Project, clinic: Clinic, page: Page, prepared: Prepared, turning: dict[str, bool]) -> Written:
    edition, second, layout = page.edition, page.second, page.layout
    beside = (second, words_of(project, second.locale)) if second else None
    for src in (block.options["src"] for block in edition.walk() if block.kind is Kind.FIGURE):
        if src not in turning:
            turning[src] = pictures.mirrors(project.root / src, project.root)
    turned = frozenset(src for src, turns in turning.items() if turns)
    words = words_of(project, edition.locale)
    html = layouts.render(edition, layout, clinic, words, project.layout_folders, beside, turned, prepared)
    lost = tuple(dropped.check(html, (edition, second) if second else (edition,), layout, project.root))
    return Written(page, "" if has_error(lost) else html, lost)


def _failed(project: Project, page: Page, error: TemplateError, others: Sequence[str]) -> Written:
    finding = error.finding(project.root, page.layout.at, page.edition.leaflet.at, others)
    return Written(page, "", (finding,))


def _not_beside(edition: Edition, second: Edition, wrong: Iterable[Finding]) -> Finding:
    language = second.locale.english_name
    if not has_fault(wrong):
        what = f"nothing is made of it beside the {language} text, which is not translated whole yet"
        return Finding("beside", Severity.NOTE, what, edition.leaflet.at)
    what = f"the {language} text that stands beside this one has errors"
    return Finding("beside", Severity.ERROR, what, edition.leaflet.at, "mend those of that language first")


def faults(
    project: Project, found: Sequence[Found], formats: Iterable[Layout], seconds: Sequence[Found] = ()
) -> Iterator[Finding]:
    """What the layouts fail at or leave out of editions, without anything laid out.

    ``seconds``: editions that are not asked for, but may stand beside these. Of layouts that make the same HTML the
    first one speaks for all.
    """
    if not project.clinic:
        return
    asked = {key(edition) for edition, _ in found}
    known = {key(edition): edition for edition, _ in (*found, *seconds)}
    wrong = {key(edition): findings for edition, findings in (*found, *seconds) if has_error(findings)}
    kinds = [(layouts.kin(layout, project.layout_folders), layout) for layout in formats]
    for edition, _ in found:
        if key(edition) in wrong:
            continue
        pages = dict[tuple[str, ...], Page]()
        for kind, layout in kinds:
            one, why = page(edition, layout, known)
            told = one.second and key(one.second) in asked & wrong.keys()  # its own errors are told already
            if not why and not told:
                pages.setdefault(kind, one)
        for made in write(project, project.clinic, pages.values(), wrong):
            yield from made.findings


def has_fault(found: Iterable[Finding]) -> bool:
    """Whether any finding is an error that is more than a text without a translation."""
    return has_error(finding for finding in found if finding.check not in LACKING | {NOT_BEGUN})
