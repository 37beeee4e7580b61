"""What studies found, with the numbers of the references."""

from __future__ import annotations

from plainleaf.model import Block, Kind
from plainleaf.sources.body import About, Body, Fenced
from plainleaf.sources.fences import Fence, Marks, Options

KINDS = (About(Kind.EVIDENCE, box=True, framed=True),)


def evidence(body: Body, fence: Fence, marks: Marks) -> list[Block]:
    """Blocks that hold what the references of these keys found."""
    return [body.made(Kind.EVIDENCE, fence.line, marks, (), body.blocks(fence.parts), **fence.options)]


FENCED = (
    Fenced(
        "evidence",
        evidence,
        '::: evidence refs="kunoe2009:543"\nIn a study, 9 of 10 people felt better.\n:::',
        Options(needs=("refs",)),
    ),
)
