"""An edition as HTML in a layout, for the formats that are made from that; and what the template leaves out of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol

from plainleaf.checks.source import dropped
from plainleaf.formats.base import Root
from plainleaf.graphics import pictures
from plainleaf.languages import facts
from plainleaf.languages.facts import english
from plainleaf.layouts import notices, signs, untranslated
from plainleaf.layouts import templates as layouts
from plainleaf.layouts.ways import Ways
from plainleaf.model import Edition, Finding, Kind, Layout, Locale, Severity, State, Translation, digests
from plainleaf.typesetting import locales, pseudo, typography


class Source(Protocol):
    """What looks translations up: a catalog."""

    def lookup(self, context: str, text: str) -> Translation | None:
        """What it says for a text."""


@dataclass(frozen=True, slots=True)
class Words:
    """The layouts' own words as they are printed in a locale; in English where they have no checked translation, which
    is ``marked`` on the page if the clinic wants them so. ``asked``: the words that a page has asked for, in English.
    ``staff``: the words in the language of the source, if that is another than English, and ``staff_where``: that.
    """

    catalog: Source | None
    where: Locale = field(default_factory=lambda: locales.locale("en"))
    marked: bool = False
    asked: set[str] = field(default_factory=set, compare=False)
    staff: Source | None = None
    staff_where: Locale = field(default_factory=lambda: locales.locale("en"))

    def here(self, msgid: str) -> str:
        """In the locale."""
        self.asked.add(msgid)
        if said := _checked(self.catalog, msgid):
            return typography.words(said, self.where)
        usual = typography.words(msgid, locales.locale("en"))
        return untranslated.marked(usual) if self.marked else usual

    def source(self, msgid: str) -> str:
        """In the language of the source; in English where they have no checked translation."""
        said = _checked(self.staff, msgid)
        return typography.words(said, self.staff_where) if said else typography.words(msgid, locales.locale("en"))

    def source_tag(self, msgid: str) -> str:
        """The language of these."""
        return self.staff_where.tag if _checked(self.staff, msgid) else english().base


def _checked(catalog: Source | None, msgid: str) -> str:
    """The checked translation of words; "" if there is none."""
    translation = catalog.lookup("", msgid) if catalog else None
    return translation.text if translation and translation.state is State.CURRENT else ""


def words_of(project: Root, locale: Locale, marked: bool = False) -> Words:
    """The layouts' words in a locale, also in a made-up one; ``marked``: those that are printed in English."""
    if locale.name in pseudo.NAMES:
        return Words(pseudo.Catalog(locale.name), locale)
    catalog = project.words(locale.name)
    return Words(catalog, locale, marked and catalog is not None and project.shows_source)


def _for_staff(project: Root, words: Words, edition: Edition) -> Words:
    """The same, and the words for staff, who read the language of the source."""
    name = edition.leaflet.own_locale
    own = project.locales.get(name) or locales.locale(name)
    if facts.of(own).base == english().base:
        return words
    return replace(words, staff=project.words(name), staff_where=own)


def way_back(project: Root, locale: Locale) -> tuple[str, str]:
    """What the way back from a note to the text is called in a locale, and the language (BCP 47) of that."""
    back = words_of(project, locale).here(signs.TO_TEXT)
    own = back != Words(None).here(signs.TO_TEXT) or facts.of(locale).base == english().base
    return back, locale.tag if own else english().base


def notices_of(project: Root, edition: Edition, second: Edition | None = None) -> tuple[str, ...]:
    """What every page of an edition must say of it, in its language; and of a ``second`` one beside it, in its own."""
    both = (edition, second) if second else (edition,)
    return tuple(
        dict.fromkeys(words_of(project, each.locale).here(said) for each in both for said in notices.in_full(each))
    )


def html(
    project: Root,
    edition: Edition,
    second: Edition | None,
    layout: Layout,
    texts: layouts.Prepared,
    template: str = "",
    digest: bool = False,
    ways: Ways | None = None,
    for_staff: bool = True,
) -> tuple[str, tuple[Finding, ...]]:
    """The HTML of an edition in a layout, "" if it may not be printed, and what the template leaves out.

    ``second``: the edition that stands beside it; ``template``: another than the layout's. ``digest``: the place of the
    page's digest is kept, for formats that fill it as they write. ``ways``: to what lies beside it.
    ``for_staff``: whether words for them are in the language of the source. Raises ``TemplateError``.
    """
    both = (edition, second) if second else (edition,)
    every = [words_of(project, each.locale, True) for each in both]
    words, *more = [_for_staff(project, each, edition) for each in every] if for_staff else every
    others = more[0] if more else None
    page = _rendered(project, edition, words, second, others, layout, texts, template, ways)
    lost = tuple(dropped.check(page, both, layout, project.root, project.clinic, texts))
    page = page if digest else digests.filled(page, "")
    return "" if any(finding.severity is Severity.ERROR for finding in lost) else page, lost


def words_asked(
    project: Root, edition: Edition, second: Edition | None, layout: Layout, texts: layouts.Prepared
) -> tuple[set[str], set[str]]:
    """The words, in English, that a page asks for in each of its languages. Raises ``TemplateError``."""
    words, others = words_of(project, edition.locale), words_of(project, second.locale) if second else Words(None)
    _rendered(project, edition, words, second, others, layout, texts, "")
    return words.asked, others.asked


def _rendered(
    project: Root,
    edition: Edition,
    words: Words,
    second: Edition | None,
    others: Words | None,
    layout: Layout,
    texts: layouts.Prepared,
    template: str,
    ways: Ways | None = None,
) -> str:
    assert project.clinic
    beside = (second, others) if second and others else None
    for src in (block.options["src"] for block in edition.walk() if block.kind is Kind.FIGURE):
        if src not in texts.told:
            texts.told[src] = pictures.told(project.root / src, project.root)
    folders = project.layout_folders
    return layouts.render(edition, layout, project.clinic, words, folders, beside, texts.told, texts, template, ways)
