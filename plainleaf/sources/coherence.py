"""What can only be told of a leaflet once all of it is read: the order of headings, what is used and how often."""

from __future__ import annotations

from collections.abc import Sequence

from plainleaf.model import EXCEPT, Block, Kind, Location
from plainleaf.model.phrases import hint_at
from plainleaf.sources.characters import Notes
from plainleaf.sources.front_matter import Head

MOST_URGENT = 2


def check(notes: Notes, head: Head, blocks: Sequence[Block]) -> None:
    """What can only be told when all blocks are read."""
    every = [block for top in blocks for block in top.walk()]
    parts = [block for block in blocks if block.kind is Kind.PART]  # each is printed by itself
    _check_parts(notes, blocks)
    for text in ([block for block in blocks if block.kind is not Kind.PART], *([part] for part in parts)):
        within = [block for top in text for block in top.walk()]
        _check_headings(notes, [block for block in within if block.kind is Kind.HEADING])
        for block in _too_many([block for block in within if block.options.get("name") == "urgent"], MOST_URGENT):
            what = f"more than {MOST_URGENT} “::: urgent” on a leaflet"
            hint = "keep the ones without which a person comes to harm: where all is urgent, nothing is"
            notes.error("source-urgent-many", block.at.line, what, hint)
    _check_words(notes, head, [block for block in every if block.kind is Kind.WORDS])
    _check_references(notes, head, [block for block in every if block.kind is Kind.EVIDENCE])


def _check_parts(notes: Notes, blocks: Sequence[Block]) -> None:
    for top in blocks:
        for block in top.walk():
            if block is not top and block.kind is Kind.PART:
                what = f"“::: {block.options['name']}” stands inside another block"
                hint = "close that one first; only “::: only country=...” may hold it"
                notes.error("source-part", block.at.line, what, hint)


def _check_headings(notes: Notes, headings: Sequence[Block]) -> None:
    above = 1
    for heading in headings:
        level = int(heading.options["level"])
        if level > above + 1:
            what = f"a heading with {level} # signs comes after one with {above}"
            hint = f"write {'#' * (above + 1)}; screen readers find their way by the levels"
            notes.error("source-heading-skipped", heading.at.line, what, hint)
        above = level


def _too_many(blocks: Sequence[Block], most: int) -> list[Block]:
    """The blocks beyond ``most`` that one reader gets to see: of two countries' blocks, each reader sees one."""
    found: dict[Location, Block] = {}
    for country in sorted({"", *(block.country.removeprefix(EXCEPT) for block in blocks)}):
        seen = [block for block in blocks if block.printed_in(country)]
        found.update({block.at: block for block in seen[most:]})
    return list(found.values())


def _check_words(notes: Notes, head: Head, blocks: Sequence[Block]) -> None:
    for block in _too_many(blocks, 1):
        notes.error("source-words", block.at.line, "“::: words” stands twice", "keep one of them")
    if head.terms == ():
        for block in blocks:
            what = "“::: words” stands here, but the head has no terms"
            notes.error("source-words", block.at.line, what, "write them under “terms” in the head")
    elif head.terms and not blocks:
        what = "the terms are never printed: the text has no “::: words”"
        notes.error("source-words", head.terms_at.line, what, "write “::: words” and “:::” where they shall stand")


def _check_references(notes: Notes, head: Head, blocks: Sequence[Block]) -> None:
    if head.reference_keys is None:
        return
    used = set()
    for block in blocks:
        for key in block.options.get("refs", "").split():
            used.add(key)
            if key not in head.reference_keys:
                hint = hint_at(key, head.reference_keys, "write it under “references” in the head")
                notes.error("source-reference-unknown", block.at.line, f"the head has no reference “{key[:40]}”", hint)
    for reference in head.references:
        if reference.key not in used:
            what = f"the reference “{reference.key}” is never used"
            hint = f'name it where its results stand: ::: evidence refs="{reference.key}"'
            notes.warning("source-reference-unused", reference.at.line, what, hint)
