"""Other languages: the line that names those in which the leaflet is there."""

from __future__ import annotations

from plainleaf.model import Block, Kind
from plainleaf.sources.body import About, Body, Fenced
from plainleaf.sources.fences import Fence, Marks, Options

KINDS = (About(Kind.LANGUAGES, "Names of languages"),)


def languages(body: Body, fence: Fence, marks: Marks) -> list[Block]:
    """The place of the line; the names come from what is published. It may hold the words before them, one
    paragraph."""
    inside = body.blocks(fence.parts)
    said = [block for block in inside if block.kind is Kind.PARAGRAPH][:1]
    for block in [block for block in inside if block not in said][:1]:
        what = "“::: languages” holds more than the words before the names"
        hint = "leave it empty, or write one sentence (Ask us for this leaflet in:); the names come by themselves"
        body.notes.error("source-languages", block.at.line, what, hint)
    return [body.made(Kind.LANGUAGES, fence.line, marks, (), said)]


FENCED = (
    Fenced(
        "languages",
        languages,
        "::: languages\nAsk at the desk for this leaflet in:\n:::",
        Options(like=("translations", "other-languages", "multilingual", "available-in")),
        empty=True,
    ),
)
