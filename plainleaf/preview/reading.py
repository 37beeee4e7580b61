"""The leaflet in view, read again as its files change: it alone, and of its languages those that its pages need.

What is quick comes first: the text with its translation, without judging either. What ``check`` finds on it comes
afterwards from the whole root, as other leaflets have a say in it (their terms, the line of languages).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from plainleaf import editions, project, rereading
from plainleaf.actions import languages_line, printing
from plainleaf.actions.choice import Choice
from plainleaf.artifacts.kept_values import values_kept
from plainleaf.checks.readability.verdicts import NOT_BEGUN
from plainleaf.files.places import WORDS, po_path
from plainleaf.formats.html import format as web
from plainleaf.formats.html.format import Page
from plainleaf.languages.cldr import parents
from plainleaf.layouts.file import SOURCE
from plainleaf.layouts.templates import Prepared as Texts
from plainleaf.layouts.templates import TemplateError
from plainleaf.model import Edition, Finding, Layout, Leaflet, Locale, Location, Severity, has_error
from plainleaf.model.tags import locale_name
from plainleaf.preview import titles
from plainleaf.preview.titles import Title
from plainleaf.project import Only, Project
from plainleaf.translations import messages
from plainleaf.typesetting import locales


@dataclass(frozen=True, slots=True)
class Text:
    """A leaflet in a language as it can be printed now, with the project that it was read with, as far as that was
    read; ``findings``: why it cannot, or what was found on the way."""

    project: Project
    edition: Edition | None
    findings: tuple[Finding, ...] = ()


class Reader:
    """Reads what is in view, and keeps what has not changed."""

    def __init__(self, root: Path, clinic: str, today: date) -> None:
        self.root, self.clinic, self.today = root, clinic, today
        self._projects: dict[tuple[str, str], Project] = {}
        self._judged: dict[tuple[str, str], Edition] = {}  # as ``check`` has it, until a file changes
        self._before: dict[tuple[str, str], Edition] = {}  # as ``check`` had it last
        self._titles: dict[str, Title] = {}

    def changed(self, paths: Collection[str]) -> bool:
        """Forget what these files (from the root) are part of; whether that may be any text."""
        for path in paths:
            self._titles.pop(PurePosixPath(path).stem, None)
        wide = any(not _narrow(path) for path in paths)
        if wide:
            self._projects.clear()
            self._judged.clear()
            return True
        for text in list(self._projects):
            if any(concerns(path, text) for path in paths):
                self._judged.pop(text, None)
                there = self._projects[text]
                slug, locale = text
                begun = slug in there.leaflets and locale in {*there.locales, there.leaflets[slug].own_locale}
                if begun and not rereading.is_short(there, slug):
                    self._projects[text] = rereading.again(there, paths)
                else:
                    del self._projects[text]
        return False

    def titles(self) -> dict[str, Title]:
        """What all leaflets are called, by name."""
        self._titles = titles.titles(self.root, self._titles)
        return self._titles

    def project(self, slug: str, locale: str) -> Project:
        """The project as far as a leaflet in a language needs it."""
        text = slug, locale
        if text not in self._projects:
            if len(self._projects) >= MOST_TEXTS:
                del self._projects[next(iter(self._projects))]
            self._projects[text] = read(self.root, self.clinic, slug, locale)
        return self._projects[text]

    def text(self, slug: str, locale: str) -> Text:
        """A leaflet in a language, quickly: as ``check`` has judged it, if no file has changed since."""
        there = self.project(slug, locale)
        if judged := self._judged.get((slug, locale)):
            return Text(there, judged)
        text, before = quickly(there, slug, locale), self._before.get((slug, locale))
        return replace(text, edition=_taken_over(text.edition, before)) if text.edition and before else text

    def judged(self, edition: Edition) -> bool:
        """Take over a text as ``check`` has it; whether its pages are other ones than those made quickly."""
        text = edition.slug, edition.locale.name
        if text not in self._projects:
            return False
        before = self.text(*text).edition
        if before is None:  # its file cannot be read by now: the last good page stays
            return False
        self._judged[text] = self._before[text] = edition
        return before != edition


MOST_TEXTS = 12
"""Leaflets in a language that are kept."""


def _narrow(path: str) -> bool:
    """Whether a file is one leaflet's alone: its source, or its catalog."""
    parts = PurePosixPath(path).parts
    source = len(parts) == 2 and parts[0] == "sources" and path.endswith(".md")
    catalog = len(parts) == 4 and parts[0] == "locales" and path.endswith(".po") and parts[3] != f"{WORDS}.po"
    return source or catalog


def concerns(path: str, text: tuple[str, str]) -> bool:
    """Whether a file is part of a leaflet in a language: its source, its catalog, or what all leaflets need."""
    slug, locale = text
    if not _narrow(path):
        return True
    own = {f"sources/{slug}.md", po_path(Path(), locale, slug).as_posix()}
    above = {po_path(Path(), name, slug).as_posix() for name in parents(locale)}
    return path in own | above


def read(root: Path, clinic: str, slug: str, locale: str) -> Project:
    """The project with one leaflet, and the catalogs of the languages that its pages in a language may need."""
    return _shown(project.load(root, clinic, Only((slug,), (locale, *parents(locale)))))


def _shown(made: Project) -> Project:
    """A project in which texts without a translation are printed in the language of the source: a page is seen from the
    first translated text on."""
    return replace(made, settings=replace(made.settings, untranslated="show-source"))


def quickly(there: Project, slug: str, locale: str) -> Text:
    """A leaflet in a language that is not judged: it is taken for a draft that nobody has signed."""
    about = tuple(found for found in there.findings if found.at.file == f"sources/{slug}.md")
    leaflet = there.leaflets.get(slug)
    if leaflet is None or has_error(about):
        return Text(there, None, about)
    country = there.clinic.country if there.clinic else ""
    where = there.locales.get(locale) or _own(leaflet, locale)
    if where is None:
        return Text(there, None, about)
    if locale == leaflet.own_locale:
        edition, found = messages.localize(leaflet, where, country, None, draft=False)
        return Text(there, edition, (*about, *found))
    po_file = po_path(Path(), locale, slug).as_posix()
    if (locale, slug) in there.broken:
        return Text(there, None, tuple(found for found in there.findings if found.at.file == po_file))
    edition, found = messages.localize(leaflet, where, country, there.lookup(locale, slug), True, po_file, True)
    return Text(there, edition, (*about, *found))


def _taken_over(edition: Edition, before: Edition) -> Edition:
    """A text with what it takes from others, as it was when it was judged last: the line of languages, the sign-off."""
    signed = before.sign_off if before.leaflet == edition.leaflet else None
    return replace(languages_line.as_in(edition, before), sign_off=signed)


def _own(leaflet: Leaflet, locale: str) -> Locale | None:
    return locales.locale(locale) if locale == leaflet.own_locale else None


def thoroughly(root: Path, clinic: str, slug: str, locale: str, today: date) -> tuple[Edition | None, list[Finding]]:
    """A leaflet in a language with all that ``check`` finds on it, from the whole root."""
    with values_kept(root):
        whole = _shown(project.load(root, clinic))
        if slug not in whole.leaflets:
            return None, [found for found in whole.findings if found.at.file == f"sources/{slug}.md"]
        found = next(editions.editions(whole, Choice((slug,), (locale,)), today), None)
    if found is None:
        return None, []
    edition, about = found
    every = [*editions.found_in_files(whole, edition), *about]
    unread = (locale, slug) in whole.broken or any(each.check == NOT_BEGUN for each in about)
    return (None if unread else edition), list(dict.fromkeys(every))


def screen(text: Text) -> tuple[Page | None, tuple[Finding, ...]]:
    """A text's page for screens, with the places of its texts in it; ``None`` and why, if there is none."""
    if text.edition is None:
        return None, text.findings
    if text.project.clinic is None:  # whatever is found on the text, this comes first
        errors = [each for each in text.project.findings if each.severity is Severity.ERROR]
        return None, tuple(each for each in errors if not _narrow(each.at.file)) or text.findings
    try:
        name = f"{text.edition.slug}/{text.edition.locale.tag}/{web.INDEX}"
        prepared = web.placed(text.project, text.edition, Texts(), name)
    except TemplateError as error:
        return None, (error.finding(text.project.root, Location("layouts")),)
    return prepared.content, prepared.findings


def second(text: Text, layout: Layout, reader: Reader) -> tuple[printing.Page, str]:
    """A text in a layout, with the one beside it where the layout sets two; and why there is no such page."""
    assert text.edition
    other = text.edition.leaflet.own_locale if layout.beside == SOURCE else layout.beside
    known: dict[tuple[str, str], Edition] = {}
    if other and other != text.edition.locale.name:
        beside = reader.text(text.edition.slug, other).edition
        known = {(beside.slug, beside.locale.name): beside} if beside else {}
    return printing.page(text.edition, layout, known)


def languages(root: Path, slug: str, own: str, meant: Iterable[str]) -> list[str]:
    """The languages that a leaflet can be seen in: its own first, then those with a catalog of it."""
    there = sorted(path.parents[1].name for path in (root / "locales").glob(f"*/LC_MESSAGES/{slug}.po"))
    allowed = {locale_name(tag) for tag in meant}
    return [own, *(name for name in there if name != own and (not allowed or name in allowed))]
