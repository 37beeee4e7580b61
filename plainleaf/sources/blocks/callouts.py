"""Boxes with a label: what can kill, the main message, a hint, an example."""

from __future__ import annotations

from plainleaf.model import Block, Kind
from plainleaf.sources.body import About, Body, Fenced
from plainleaf.sources.fences import Fence, Marks

KINDS = (About(Kind.CALLOUT, box=True, framed=True),)


def callout(body: Body, fence: Fence, marks: Marks) -> list[Block]:
    """A box with the label of its name."""
    return [body.made(Kind.CALLOUT, fence.line, marks, (), body.blocks(fence.parts), name=fence.name)]


FENCED = (
    Fenced("urgent", callout, "::: urgent\n## Call {emergency_number}\n\nDo not wait. {.safety}\n:::"),
    Fenced("summary", callout, "::: summary\nDrink water.\n:::"),
    Fenced("tip", callout, "::: tip\nDrink water.\n:::"),
    Fenced("story", callout, "::: story\nAn example: Ann drinks water.\n:::"),
)
