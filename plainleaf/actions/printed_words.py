"""Which words of layouts an edition prints: one that is not translated stops only the editions that print it.

A word that no page of theirs has, such as those of a booklet or of a kind of box, is a thing to do some day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from plainleaf.actions import printing
from plainleaf.checks.source import editions as checks
from plainleaf.files.places import WORDS
from plainleaf.formats import pages
from plainleaf.layouts.templates import Prepared, TemplateError
from plainleaf.model import Edition, Finding, Layout, Message, Severity, has_error
from plainleaf.project import Project
from plainleaf.translations import layout_words

Found = tuple[Edition, tuple[Finding, ...]]


def told(project: Project, found: Iterable[Found], asked: Sequence[Layout]) -> list[Found]:
    """Editions with what was found on them, where a missing word of the layouts is an error only if it is printed in
    one of those asked for, and a warning where the clinic shows texts that are not translated in English."""
    there = list(found)
    known = {printing.key(edition): edition for edition, _ in there}
    words = layout_words.messages(project.layout_folders, project.root)
    return [(edition, tuple(_told(project, edition, about, asked, known, words))) for edition, about in there]


def _told(
    project: Project,
    edition: Edition,
    about: Sequence[Finding],
    asked: Sequence[Layout],
    known: dict[printing.Key, Edition],
    words: Sequence[Message],
) -> Iterator[Finding]:
    lacking = _lacking(project, edition, words)
    missing = {finding for finding in about if finding in lacking}
    if not missing or has_error(finding for finding in about if finding not in missing):
        yield from about  # it is not made anyway
        return
    printed = _printed(project, edition, asked, known)
    shown = Severity.WARNING if project.shows_source else Severity.ERROR
    for finding in about:
        if finding not in missing:
            yield finding
        elif printed is None or lacking[finding] in printed:
            yield replace(finding, severity=shown)
        else:
            yield replace(finding, severity=Severity.NOTE)


def _lacking(project: Project, edition: Edition, words: Sequence[Message]) -> Mapping[Finding, str]:
    """What is found of each word that is not translated, with the word."""
    catalog = project.catalogs.get((edition.locale.name, WORDS))
    return {found: word.text for word in words for found in checks.words((word,), catalog, edition.locale)}


def _printed(
    project: Project, edition: Edition, asked: Iterable[Layout], known: dict[printing.Key, Edition]
) -> frozenset[str] | None:
    """The words, in English, that an edition prints in layouts, also beside another language; ``None`` if nobody can
    tell."""
    printed, texts = set[str](), Prepared()
    others = [each for each in known.values() if each.slug == edition.slug]
    for layout in asked if project.clinic else ():
        for each in others if layout.beside else (edition,):
            page, why = printing.page(each, layout, known)
            if why or edition not in (page.edition, page.second):
                continue
            try:
                own, second = pages.words_asked(project, page.edition, page.second, layout, texts)
            except TemplateError:
                return None
            printed |= own if page.edition is edition else second
    return frozenset(printed) or None
