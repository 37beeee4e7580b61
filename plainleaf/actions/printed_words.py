"""Which words of layouts an edition prints: one that is not translated stops only the editions that print it.

A word that no page of theirs has, such as those of a booklet or of a kind of box, is a thing to do some day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from plainleaf.actions import printing
from plainleaf.checks.source import editions as checks
from plainleaf.files import shelf
from plainleaf.files.places import WORDS
from plainleaf.formats import pages
from plainleaf.layouts.templates import Prepared, TemplateError
from plainleaf.model import Edition, Finding, Layout, Locale, Message, Severity, has_error
from plainleaf.project import Project
from plainleaf.translations import layout_words

Found = tuple[Edition, tuple[Finding, ...]]


def told(project: Project, found: Iterable[Found], asked: Sequence[Layout]) -> list[Found]:
    """Editions with what was found on them, where a missing word of the layouts is an error only if it is printed in
    one of those asked for, and a warning where the clinic shows texts that are not translated in English."""
    there = list(found)
    words = layout_words.messages(project.layout_folders, project.root)
    lacking = {name: _lacking(project, locale, words) for name, locale in _locales(there).items()}
    prints = _Prints(project, asked if project.clinic else (), {printing.key(edition): edition for edition, _ in there})
    shown = Severity.WARNING if project.shows_source else Severity.ERROR
    return [
        (edition, tuple(_told(edition, about, lacking[edition.locale.name], prints, shown))) for edition, about in there
    ]


def _locales(found: Iterable[Found]) -> dict[str, Locale]:
    return {edition.locale.name: edition.locale for edition, _ in found}


def _told(
    edition: Edition, about: Sequence[Finding], lacking: Mapping[Finding, str], prints: _Prints, shown: Severity
) -> Iterator[Finding]:
    missing = {finding for finding in about if finding in lacking}
    if not missing or has_error(finding for finding in about if finding not in missing):
        yield from about  # it is not made anyway
        return
    printed = prints.words(edition)
    for finding in about:
        if finding not in missing:
            yield finding
        elif printed is None or lacking[finding] in printed:
            yield replace(finding, severity=shown)
        else:
            yield replace(finding, severity=Severity.NOTE)


def _lacking(project: Project, locale: Locale, words: Sequence[Message]) -> Mapping[Finding, str]:
    """What is found of each word that is not translated, with the word."""
    catalog = project.catalogs.get((locale.name, WORDS))
    if not checks.words(words, catalog, locale):
        return {}  # nearly always
    return {found: word.text for word in words for found in checks.words((word,), catalog, locale)}


class _Prints:
    """What editions print in layouts, alone and beside another language."""

    def __init__(self, project: Project, asked: Sequence[Layout], known: dict[printing.Key, Edition]) -> None:
        self._project, self._asked, self._known = project, asked, known
        self._pages = dict[str, dict[printing.Key, list[printing.Page]]]()

    def words(self, edition: Edition) -> frozenset[str] | None:
        """The words, in English, that an edition prints; ``None`` if nobody can tell."""
        printed, texts = set[str](), Prepared()
        for page in self._of(edition.slug).get(printing.key(edition), ()):
            both = _asked(self._project, page, texts)
            if both is None:
                return None
            printed |= both[0] if page.edition is edition else both[1]
        return frozenset(printed) or None

    def _of(self, slug: str) -> dict[printing.Key, list[printing.Page]]:
        """The pages of a leaflet, by each edition on them."""
        if slug not in self._pages:
            found = self._pages[slug] = {}
            for edition in (each for each in self._known.values() if each.slug == slug):
                for page, why in (printing.page(edition, layout, self._known) for layout in self._asked):
                    for each in filter(None, () if why else (page.edition, page.second)):
                        found.setdefault(printing.key(each), []).append(page)
        return self._pages[slug]


def _asked(project: Project, page: printing.Page, texts: Prepared) -> tuple[frozenset[str], frozenset[str]] | None:
    """The words that a page asks for in each of its languages, as its template says or as it said in an earlier run;
    ``None`` if that fails."""
    layout = page.layout
    assert layout

    def look() -> tuple[frozenset[str], frozenset[str]] | None:
        try:
            own, second = pages.words_asked(project, page.edition, page.second, layout, texts)
        except TemplateError:
            return None
        return frozenset(own), frozenset(second)

    names = " ".join(each.locale.name for each in (page.edition, page.second) if each)
    what = f"words {project.clinic_name} {page.edition.slug} {names} {layout.name}"
    return shelf.kept(what, (page.edition, page.second, layout, project.clinic), look)
