"""Links to another part of the same leaflet, ``[Side effects](#side)``: does each lead to something?

A part is named by its author (``{#side}``) or, as on GitHub, by the words of its heading (``#side-effects``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from plainleaf.model import Block, Inline, Kind, Link, plain, rewritten
from plainleaf.model.phrases import hint_at
from plainleaf.sources.characters import Notes

_POINTER = re.compile(r"\]\(#(?P<name>[^\s()]+)")


@dataclass(frozen=True, slots=True)
class Pointer:
    """The name that a link leads to, and the line on which it stands."""

    name: str
    line: int


def found(text: str, line: int) -> list[Pointer]:
    """The links to other parts in a text that begins in ``line``."""
    return [Pointer(each["name"], line + text.count("\n", 0, each.start())) for each in _POINTER.finditer(text)]


def resolved(notes: Notes, blocks: Sequence[Block], pointers: Sequence[Pointer]) -> tuple[Block, ...]:
    """The blocks, with a name on each heading that a link names by its words; a link that leads nowhere is noted."""
    every = [block for top in blocks for block in top.walk()]
    names = {block.id for block in every if block.id and block.kind is not Kind.PART}
    slugs = _slugs(block for block in every if block.kind is Kind.HEADING)
    known = [*sorted(names), *slugs]
    for pointer in pointers:
        if pointer.name not in names and pointer.name not in slugs:
            hint = hint_at(pointer.name, known, "put {#name} after the heading, and write #name in the link")
            what = f"a link leads to “#{pointer.name[:40]}”, but nothing in this leaflet has that name"
            notes.error("source-link-missing", pointer.line, what, hint)
    asked = {pointer.name for pointer in pointers} - names
    named = {id(heading): slug for slug, heading in slugs.items() if slug in asked and not heading.id}
    others = {slug: heading.id for slug, heading in slugs.items() if slug in asked and heading.id}
    return tuple(_renamed(block, named, others) for block in blocks)


def _slugs(headings: Iterable[Block]) -> dict[str, Block]:
    """Headings by their words, as GitHub makes names of them: a second one of the same words ends in -1."""
    slugs, counts = dict[str, Block](), Counter[str]()
    for heading in headings:
        slug = re.sub(r"[^\w -]", "", plain(heading.inlines).strip().lower()).replace(" ", "-")
        counts[slug] += 1
        slugs.setdefault(slug if counts[slug] == 1 else f"{slug}-{counts[slug] - 1}", heading)
    return slugs


def _renamed(block: Block, named: Mapping[int, str], others: Mapping[str, str]) -> Block:
    """A block and all inside it: a heading in ``named`` (by its ``id()``) has that name, a link to one of the
    ``others`` leads to the name that its author gave it."""

    def led(inline: Inline) -> Inline:
        if isinstance(inline, Link) and (name := others.get(inline.href.removeprefix("#"))) and inline.href[0] == "#":
            return replace(inline, href=f"#{name}")
        return inline

    children = tuple(_renamed(child, named, others) for child in block.children)
    return replace(block, id=named.get(id(block), block.id), inlines=rewritten(block.inlines, led), children=children)
