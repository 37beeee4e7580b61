"""The pages that there are to make, each an edition in a layout if its format has pages; and what layouts fail at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from plainleaf.checks.readability.verdicts import LACKING, NOT_BEGUN
from plainleaf.files import there
from plainleaf.formats.base import FORMATS, Format, Prepared
from plainleaf.formats.pages import html
from plainleaf.layouts import excerpts
from plainleaf.layouts import templates as layouts
from plainleaf.layouts.file import SOURCE
from plainleaf.layouts.templates import Prepared as Texts
from plainleaf.layouts.templates import TemplateError
from plainleaf.model import Edition, Finding, Layout, Location, Severity, has_error
from plainleaf.project import Project
from plainleaf.translations import regional

T = TypeVar("T")
Result = tuple[T | None, tuple[Finding, ...]]
Found = tuple[Edition, Sequence[Finding]]  # an edition with what was found on it
Key = tuple[str, str]  # leaflet, locale
Wrong = Mapping[Key, Sequence[Finding]]  # the editions whose texts have errors, with what was found on them


@dataclass(frozen=True, slots=True)
class Page:
    """An edition in a layout, if it has pages; ``second`` is the one that stands beside it."""

    edition: Edition
    layout: Layout | None
    second: Edition | None = None


Make = Callable[[Page, Texts], tuple[T | None, tuple[Finding, ...]]]
"""What makes something of a page, with what was found on the way; nothing of one that may not be made. It shares texts
with the other pages of an edition, and may raise ``TemplateError``."""


def key(edition: Edition) -> Key:
    """What an edition goes by."""
    return edition.slug, edition.locale.name


def page(edition: Edition, layout: Layout | None, known: dict[Key, Edition], beside: str = "") -> tuple[Page, str]:
    """An edition in a layout, and why there is no such page, in words; "" if there is one. ``beside``: the language
    that comes by turns with its own where there is no layout, as layouts name theirs."""
    if layout is None:
        other = _other(edition, beside)
        second = _second(edition, other, known) if beside else None
        return Page(edition, None, second), _alone(edition, other) if beside and not second else ""
    other = _other(edition, layout.beside)
    second = _second(edition, other, known) if layout.beside else None
    lonely = layout.beside_pages == "shared" and layout.beside and not second
    why = excerpts.unwanted(edition, layout) or (_alone(edition, other) if lonely else "")
    return Page(edition, layout, second), why


def _second(edition: Edition, name: str, known: dict[Key, Edition]) -> Edition | None:
    """The leaflet in the other language, or as a country writes that where the clinic has it so."""
    if name == edition.locale.name or regional.parent(edition.locale.name, (name,)):
        return None
    near = (each for (slug, other), each in known.items() if slug == edition.slug and regional.parent(other, (name,)))
    return known.get((edition.slug, name)) or next(near, None)


def _other(edition: Edition, beside: str) -> str:
    """The name of the locale that a layout sets beside an edition's own."""
    return edition.leaflet.own_locale if beside == SOURCE else beside


def _alone(edition: Edition, other: str) -> str:
    """Why there is no second language to set beside an edition."""
    if other == edition.locale.name:
        language = edition.locale.english_name
        return f"it sets {language} beside another language, and this text is in {language} itself"
    return f"it sets the leaflet in “{other}” beside this one, but there is none"


def made(project: Project, pages: Iterable[Page], wrong: Wrong, make: Make[T]) -> list[Result[T]]:
    """What is made of one edition's pages, in order, each with its findings."""
    texts, results = Texts(), list[Result[T]]()
    fine, failed = dict[str, None](), dict[int, tuple[Page, TemplateError]]()
    for number, each in enumerate(pages):
        results.append((None, ()))
        if each.second and key(each.second) in wrong:
            results[number] = None, (_not_beside(each.edition, each.second, wrong[key(each.second)]),)
            continue
        try:
            results[number] = make(each, texts)
        except TemplateError as error:
            failed[number] = each, error
        if results[number][0] is not None and each.layout:
            fine[each.layout.name] = None
    for number, (each, why) in failed.items():
        results[number] = None, (_failed(project, each, why, tuple(fine)),)
    return results


def _failed(project: Project, page: Page, error: TemplateError, others: Sequence[str]) -> Finding:
    at = page.layout.at if page.layout else Location("layouts")
    return error.finding(project.root, at, page.edition.leaflet.at, others)


def _not_beside(edition: Edition, second: Edition, wrong: Iterable[Finding]) -> Finding:
    language = second.locale.english_name
    if not has_fault(wrong):
        what = f"it is not printed beside the {language} text, whose translation is not complete"
        return Finding("beside", Severity.NOTE, what, edition.leaflet.at)
    what = f"the {language} text beside this one has errors"
    return Finding("beside", Severity.ERROR, what, edition.leaflet.at, "fix the errors of that language first")


def faults(
    project: Project, found: Sequence[Found], asked_for: Iterable[Layout], seconds: Sequence[Found] = ()
) -> Iterator[Finding]:
    """What the layouts fail at or leave out of editions, without anything laid out.

    ``seconds``: editions that are not asked for, but may stand beside these. Of layouts that make the same HTML the
    first one speaks for all.
    """
    if not project.clinic:
        return

    def printed(page: Page, texts: Texts) -> tuple[str | None, tuple[Finding, ...]]:
        assert page.layout
        text, about = html(project, page.edition, page.second, page.layout, texts)
        return text or None, about

    asked = {key(edition) for edition, _ in found}
    known = {key(edition): edition for edition, _ in (*found, *seconds)}
    wrong = {key(edition): findings for edition, findings in (*found, *seconds) if has_error(findings)}
    kinds = [(layouts.kin(layout, project.layout_folders), layout) for layout in asked_for]
    for edition, _ in found:
        if key(edition) in wrong:
            continue
        pages = dict[tuple[str, ...], Page]()
        for kind, layout in kinds:
            one, why = page(edition, layout, known)
            told = one.second and key(one.second) in asked & wrong.keys()  # its own errors are told already
            if not why and not told:
                pages.setdefault(kind, one)
        for _, about in made(project, pages.values(), wrong, printed):
            yield from about


def faults_of_screens(project: Project, found: Sequence[Found]) -> Iterator[Finding]:
    """What the templates of formats without pages fail at or leave out of editions.

    Asked of the formats of the settings, and of those whose template the root brings itself.
    """
    named = project.settings.formats if "formats" in project.settings.lines else ()
    own = [form for form in FORMATS.values() if form.template and not form.paged]
    own = [each for each in own if each.name in named or there(project.root / "layouts" / each.template)]
    for edition, findings in found if project.clinic and own else ():
        if has_error(findings):
            continue
        for form in (form for form in own if not form.wanted(edition)):
            for _, about in made(project, [Page(edition, None)], {}, partial(_prepared, project, form)):
                yield from about


def _prepared(project: Project, form: Format, page: Page, texts: Texts) -> Result[Prepared]:
    """A file of a format without pages, up to what its template makes of it."""
    name = f"{page.edition.slug}.{page.edition.locale.tag}{form.suffix}"
    prepared = form.prepare(project, page.edition, None, None, texts, name)
    return prepared, prepared.findings


def has_fault(found: Iterable[Finding]) -> bool:
    """Whether any finding is an error that is more than a text without a translation."""
    return has_error(finding for finding in found if finding.check not in LACKING | {NOT_BEGUN})
