"""Text for one country only, or for all but that one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plainleaf.model import EXCEPT, Block
from plainleaf.sources.body import Body, Fenced, handed_down
from plainleaf.sources.fences import Fence, Marks, Options, Part


def only(body: Body, fence: Fence, _: Marks) -> list[Block]:
    """The blocks inside, with the country noted on each: there is no block of this name."""
    country = fence.options.get("country", "")
    if country and not re.fullmatch(f"({EXCEPT})?[A-Z]{{2}}", country):
        hint = f"write two capital letters (ISO 3166), such as country=US, or country={EXCEPT}US for all others"
        body.notes.error("source-country", fence.line, f"“{country[:40]}” is not a country code", hint)
    if fence.marks.id or fence.marks.note or fence.marks.context:
        hint = "put them on the texts inside; only .safety and .short apply to all of them"
        what = "these marks cannot be put on “::: only”"
        body.notes.error("source-mark-alone", fence.line, what, hint)
    for inner in _fences_in(fence.parts):
        if inner.name == "only":
            what = f"“::: only” is inside the one of line {fence.line}: no reader is in both countries"
            body.notes.error("source-country", inner.line, what, "close the outer one first")
    around, body.country = body.country, country
    inside = body.blocks(fence.parts)
    body.country = around
    return [handed_down(block, fence.marks.safety, country, fence.marks.short) for block in inside]


def _fences_in(parts: Iterable[Part]) -> Iterator[Fence]:
    for part in parts:
        if isinstance(part, Fence):
            yield part
            yield from _fences_in(part.parts)


FENCED = (Fenced("only", only, "::: only country=US\nDrink water.\n:::", Options(needs=("country",)), apart=False),)
