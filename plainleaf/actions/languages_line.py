"""The line of languages on a leaflet (``::: languages``): which ones it names.

It names what readers can have: translations that are whole and without an error. Once a clinician has signed the
leaflet off, a translation must be approved to be named; before that all its pages are samples, drafts among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from plainleaf.checks.readability.verdicts import LACKING
from plainleaf.layouts.foreign import languages_line
from plainleaf.model import Block, Edition, Finding, Foreign, Kind, Leaflet, Locale, Severity, Text, has_error

CHECK = "languages-none"


def is_in(leaflet: Leaflet) -> bool:
    """Whether a leaflet has such a line."""
    return _line(leaflet) is not None


def _line(leaflet: Leaflet) -> Block | None:
    return next((block for block in leaflet.walk() if block.kind is Kind.LANGUAGES), None)


def is_published(edition: Edition, found: Sequence[Finding]) -> bool:
    """Whether readers can have an edition, by all that was found on it."""
    # a word of the layouts that it prints nowhere is a note
    lacks = any(finding.check in LACKING and finding.severity is not Severity.NOTE for finding in found)
    whole = not has_error(found) and not lacks
    return whole and not (edition.draft and edition.sign_off)


def filled(edition: Edition, published: Sequence[Locale]) -> Edition:
    """The edition with the names of the other languages in its line; without the line where it names none.

    It is there in all editions of a leaflet or in none, as two of them may stand side by side.
    """
    others = [locale for locale in published if locale.name != edition.locale.name] if len(published) > 1 else []
    return replace(edition, blocks=tuple(_filled(edition.blocks, others)))


def _filled(blocks: Iterable[Block], others: Sequence[Locale]) -> Iterable[Block]:
    for block in blocks:
        if block.kind is Kind.LANGUAGES:
            if others:
                names = tuple(Foreign((Text(other.own_name.replace(" ", "\u00a0")),), other.tag) for other in others)
                listed = Block(Kind.PARAGRAPH, block.at, languages_line(names), options={"names": "yes"})
                yield replace(block, children=(*block.children, listed))
        elif block.children:
            yield replace(block, children=tuple(_filled(block.children, others)))
        else:
            yield block


def as_in(edition: Edition, other: Edition) -> Edition:
    """The edition with its line as an ``other`` one has it, whose text was another one at that time."""
    line = next((block for block in other.walk() if block.kind is Kind.LANGUAGES), None)
    return replace(edition, blocks=tuple(_with_line(edition.blocks, line)))


def _with_line(blocks: Iterable[Block], line: Block | None) -> Iterable[Block]:
    for block in blocks:
        if block.kind is Kind.LANGUAGES:
            if line:
                listed = [each for each in line.children if each.options.get("names")]
                yield replace(block, children=(*block.children, *listed))
        elif block.children:
            yield replace(block, children=tuple(_with_line(block.children, line)))
        else:
            yield block


def nothing(leaflet: Leaflet, published: Sequence[Locale]) -> tuple[Finding, ...]:
    """That the line is not printed, as there is no other language to name."""
    line = _line(leaflet)
    if line is None or len(published) > 1:
        return ()
    what = "the line of “::: languages” is not printed: this leaflet is not published in any other language yet"
    hint = "it appears with the first complete translation (for a leaflet that is signed off: an approved one)"
    return (Finding(CHECK, Severity.NOTE, what, line.at, hint),)
