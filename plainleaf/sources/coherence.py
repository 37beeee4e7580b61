"""What can only be told of a leaflet once all of it is read: the order of headings, what is used and how often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from plainleaf.model import EXCEPT, Block, Kind, Location, plain
from plainleaf.model.citations import cited
from plainleaf.model.phrases import hint_at, shortened
from plainleaf.sources.characters import Notes
from plainleaf.sources.front_matter import Head

RED_BOXES = {"emergency": 1, "urgent": 2}
"""The red boxes, each with how many of them a leaflet may have."""


def check(notes: Notes, head: Head, blocks: Sequence[Block]) -> None:
    """What can only be told when all blocks are read."""
    every = [block for top in blocks for block in top.walk()]
    parts = [block for block in blocks if block.kind is Kind.PART]  # each is printed by itself
    _check_parts(notes, blocks)
    for text in ([block for block in blocks if block.kind is not Kind.PART], *([part] for part in parts)):
        within = [block for top in text for block in top.walk()]
        _check_headings(notes, [block for block in within if block.kind is Kind.HEADING])
        for name, most in RED_BOXES.items():
            for block in _too_many([block for block in within if block.options.get("name") == name], most):
                what = f"a leaflet can have at most {most} “::: {name}”"
                hint = "keep what people come to harm without, and write the rest as text: if all is red, nothing is"
                notes.error("source-urgent-many", block.at.line, what, hint)
    for siblings in (blocks, *(block.children for block in every)):
        _check_sections(notes, siblings)
    _check_short(notes, blocks)
    _check_more(notes, blocks)
    _check_optional(notes, blocks)
    _check_words(notes, head, [block for block in every if block.kind is Kind.WORDS])
    _check_references(notes, head, [block for block in every if block.kind is Kind.EVIDENCE])


def _check_parts(notes: Notes, blocks: Sequence[Block]) -> None:
    for top in blocks:
        for block in top.walk():
            if block is not top and block.kind is Kind.PART:
                what = f"“::: {block.options['name']}” is inside another block"
                hint = "close that block first; only “::: only country=...” can contain it"
                notes.error("source-part", block.at.line, what, hint)


def _check_headings(notes: Notes, headings: Sequence[Block]) -> None:
    above = 1
    for heading in headings:
        level = int(heading.options["level"])
        if level > above + 1:
            what = f"a heading with {level} # signs comes after one with {above}"
            hint = f"write {'#' * (above + 1)}; people who use a screen reader find their way by the levels"
            notes.error("source-heading-skipped", heading.at.line, what, hint)
        above = level


def _check_sections(notes: Notes, siblings: Sequence[Block]) -> None:
    """Headings with nothing below them for any reader; for some there may be nothing, and they get no heading."""
    countries = sorted({"", *(block.country.removeprefix(EXCEPT) for block in siblings)})
    for index, heading in enumerate(siblings):
        if heading.kind is not Kind.HEADING:
            continue
        after = siblings[index + 1 :]
        if not any(_has_text(heading, after, country) for country in countries if heading.printed_in(country)):
            what = f"a heading has nothing below it: “{_said(heading)}”"
            notes.error("source-section-empty", heading.at.line, what, "write its text, or delete the heading")


def _check_short(notes: Notes, blocks: Sequence[Block]) -> None:
    """Headings that are marked ``.short`` over text that is not."""
    for index, heading in enumerate(blocks):
        if heading.kind is not Kind.HEADING or not heading.short:
            continue
        if not any(_has_short(block) for block in _section(heading, blocks[index + 1 :])):
            what = f"a heading is marked .short, but no text below it is: “{_said(heading)}”"
            hint = "mark the text below it that short layouts should print, or remove the mark from the heading"
            notes.error("source-section-empty", heading.at.line, what, hint)


def _check_more(notes: Notes, blocks: Sequence[Block]) -> None:
    """The mark ``.more``: one reader's text has one second layer, which begins with a part of the leaflet."""
    marked = [block for block in blocks if "more" in block.options]
    for block in _too_many(marked, 1):
        hint = "keep the first one: everything after it is in the second part already"
        notes.error("source-more", block.at.line, "“.more” is on a second heading", hint)
    for block in (block for block in marked if _level(block) > 2):
        what = f"“.more” is on a heading with {_level(block)} # signs"
        notes.error("source-more", block.at.line, what, "mark a heading with ##: those begin the parts of a leaflet")
    for block in (inner for top in blocks for inner in top.walk() if inner is not top and "more" in inner.options):
        what = "“.more” is inside another block"
        hint = "close that block first; only “::: only country=...” can contain it"
        notes.error("source-more", block.at.line, what, hint)


def _check_optional(notes: Notes, blocks: Sequence[Block]) -> None:
    """The mark ``.optional``: for texts of small formats that nobody comes to harm without."""
    for block, small in (each for top in blocks for each in _in_small_formats(top)):
        if "optional" in block.options:
            if block.safety:
                what = "“.optional” is on a “.safety” text"
                hint = "delete one of the two: a text that people could come to harm without is never left out"
                notes.error("source-optional", block.at.line, what, hint)
            elif not small and block.kind is not Kind.HEADING:
                what = "“.optional” has no effect here: only small formats leave texts out"
                notes.error("source-optional", block.at.line, what, "write .short beside it: {.short .optional}")


def _in_small_formats(block: Block, small: bool = False) -> Iterator[tuple[Block, bool]]:
    """A block and all inside it, each with whether a format prints it that may leave texts out."""
    small = small or block.short or (block.kind is Kind.PART and block.options["name"] != "easy")
    yield block, small
    for child in block.children:
        yield from _in_small_formats(child, small)


def _said(heading: Block) -> str:
    return shortened(plain(heading.inlines), 50)


def _has_text(heading: Block, after: Sequence[Block], country: str) -> bool:
    """Whether what follows a heading in a country belongs to it: a deeper heading is asked by itself."""
    printed = (block for block in after if block.printed_in(country) and not _apart(block))
    following = next(printed, None)
    return following is not None and (following.kind is not Kind.HEADING or _level(following) > _level(heading))


def _apart(block: Block) -> bool:
    """Whether a block is printed in layouts of its own: no heading outside it is printed with it."""
    return block.kind is Kind.PART and block.options["name"] != "short"


def _section(heading: Block, after: Sequence[Block]) -> Iterator[Block]:
    """What follows a heading up to the next one of its level or a higher one."""
    return takewhile(lambda block: block.kind is not Kind.HEADING or _level(block) > _level(heading), after)


def _has_short(block: Block) -> bool:
    """Whether short layouts print any of it beside headings."""
    if block.kind is Kind.PART:
        return not _apart(block)
    return any(inner.short and inner.kind is not Kind.HEADING for inner in block.walk())


def _level(heading: Block) -> int:
    return int(heading.options["level"])


def _too_many(blocks: Sequence[Block], most: int) -> list[Block]:
    """The blocks beyond ``most`` that one reader gets to see: of two countries' blocks, each reader sees one."""
    found: dict[Location, Block] = {}
    for country in sorted({"", *(block.country.removeprefix(EXCEPT) for block in blocks)}):
        seen = [block for block in blocks if block.printed_in(country)]
        found.update({block.at: block for block in seen[most:]})
    return list(found.values())


def _check_words(notes: Notes, head: Head, blocks: Sequence[Block]) -> None:
    for block in _too_many(blocks, 1):
        notes.error("source-words", block.at.line, "“::: words” appears twice", "keep one of them")
    if head.terms == ():
        for block in blocks:
            what = "there is “::: words”, but the front matter has no terms"
            notes.error("source-words", block.at.line, what, "write them under “terms” in the front matter")
    elif head.terms and not blocks:
        what = "the terms are not printed: the text has no “::: words”"
        notes.error(
            "source-words", head.terms_at.line, what, "write “::: words” and “:::” where they should be printed"
        )


def _check_references(notes: Notes, head: Head, blocks: Sequence[Block]) -> None:
    if head.reference_keys is None:
        return
    used = set()
    for block in blocks:
        for each in cited(block.options.get("refs", "")):
            key = each.key
            used.add(key)
            if not each.sound:
                what = f"“{each.page[:40]}” is not a page of the reference “{key[:40]}”"
                hint = f'write the page after a colon: refs="{key}:12", or refs="{key}:12-14"'
                notes.error("source-reference-page", block.at.line, what, hint)
            if key not in head.reference_keys:
                hint = hint_at(key, head.reference_keys, "write it under “references” in the front matter")
                notes.error(
                    "source-reference-unknown", block.at.line, f"the front matter has no reference “{key[:40]}”", hint
                )
    for reference in head.references:
        if reference.key not in used:
            what = f"the reference “{reference.key}” is never used"
            hint = f'name it where its results are reported: ::: evidence refs="{reference.key}"'
            notes.warning("source-reference-unused", reference.at.line, what, hint)
