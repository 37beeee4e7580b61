"""Text for small formats, which print it in place of the leaflet's own."""

from __future__ import annotations

from plainleaf.model import Block, Kind
from plainleaf.sources.body import About, Body, Fenced
from plainleaf.sources.fences import Fence, Marks

KINDS = (About(Kind.PART, box=True, printed="-"),)


def part(body: Body, fence: Fence, marks: Marks) -> list[Block]:
    """What layouts of the text of that name print."""
    return [body.made(Kind.PART, fence.line, marks, (), body.blocks(fence.parts), name=fence.name)]


FENCED = (
    Fenced("short", part, "::: short\nDrink water.\n:::"),
    Fenced("easy", part, "::: easy\n![A cup](pictures/cup.svg)\n\nDrink water.\n:::"),
    Fenced("card", part, "::: card\n## My cough\n\nMy name:\n:::"),
)
