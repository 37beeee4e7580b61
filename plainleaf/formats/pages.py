"""An edition as HTML in a layout, for the formats that are made from that; and what the template leaves out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from plainleaf.checks.source import dropped
from plainleaf.formats.base import Root
from plainleaf.graphics import pictures
from plainleaf.layouts import notices
from plainleaf.layouts import templates as layouts
from plainleaf.model import Edition, Finding, Kind, Layout, Locale, Severity, State, Translation, digests
from plainleaf.typesetting import locales, pseudo, typography


class Source(Protocol):
    """What looks translations up: a catalog."""

    def lookup(self, context: str, text: str) -> Translation | None:
        """What it says for a text."""


@dataclass(frozen=True, slots=True)
class Words:
    """The layouts' own words as they are printed in a locale; in English where they have no checked translation."""

    catalog: Source | None
    where: Locale = field(default_factory=lambda: locales.locale("en"))

    def here(self, msgid: str) -> str:
        """In the locale."""
        translation = self.catalog.lookup("", msgid) if self.catalog else None
        if translation and translation.state is State.CURRENT:
            return typography.words(translation.text, self.where)
        return self.source(msgid)

    def source(self, msgid: str) -> str:
        """In English."""
        return typography.words(msgid, locales.locale("en"))


def words_of(project: Root, locale: Locale) -> Words:
    """The layouts' words in a locale, also in a made-up one."""
    if locale.name in pseudo.NAMES:
        return Words(pseudo.Catalog(locale.name), locale)
    return Words(project.words(locale.name), locale)


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
) -> tuple[str, tuple[Finding, ...]]:
    """The HTML of an edition in a layout, "" if it may not be printed, and what the template leaves out.

    ``second``: the edition that stands beside it; ``template``: another than the layout's. ``digest``: the place of the
    page's digest is kept, for formats that fill it as they write. Raises ``TemplateError``.
    """
    assert project.clinic
    beside = (second, words_of(project, second.locale)) if second else None
    for src in (block.options["src"] for block in edition.walk() if block.kind is Kind.FIGURE):
        if src not in texts.told:
            texts.told[src] = pictures.told(project.root / src, project.root)
    words = words_of(project, edition.locale)
    folders = project.layout_folders
    page = layouts.render(edition, layout, project.clinic, words, folders, beside, texts.told, texts, template)
    lost = tuple(dropped.check(page, (edition, second) if second else (edition,), layout, project.root, project.clinic))
    page = page if digest else digests.filled(page, "")
    return "" if any(finding.severity is Severity.ERROR for finding in lost) else page, lost
