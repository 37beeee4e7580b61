"""Other languages: the line that names those in which the leaflet is there, and passages that are in one of them."""

from __future__ import annotations

from dataclasses import replace

from plainleaf.model import Block, Foreign, Kind, foreign
from plainleaf.sources import foreign as tongues
from plainleaf.sources.body import About, Body, Fenced
from plainleaf.sources.fences import Fence, Marks, Options

KINDS = (About(Kind.LANGUAGES), About(Kind.PASSAGE))


def languages(body: Body, fence: Fence, marks: Marks) -> list[Block]:
    """The place of the line; the names come from what is published. It may hold the words before them, one
    paragraph."""
    inside = body.blocks(fence.parts)
    said = [block for block in inside if block.kind is Kind.PARAGRAPH][:1]
    for block in [block for block in inside if block not in said][:1]:
        what = "“::: languages” contains more than the words before the names"
        hint = (
            "leave it empty, or write one sentence (Ask us for this leaflet in:); the names are filled in automatically"
        )
        body.notes.error("source-languages", block.at.line, what, hint)
    return [body.made(Kind.LANGUAGES, fence.line, marks, (), said)]


def language(body: Body, fence: Fence, marks: Marks) -> list[Block]:
    """Paragraphs and lists in another language, printed as they stand in every edition."""
    tag = tongues.tag(body.notes, fence.options.get("lang", ""), fence.line)
    inside = [inner for inner in body.blocks(fence.parts) if _is_text(body, inner)]
    if not tag:
        return inside
    for block in (block for top in inside for block in top.walk() if block.inlines):
        tongues.judge(body.notes, block.inlines, tag, block.at.line)
    return [body.made(Kind.PASSAGE, fence.line, marks, (), (_in(inner, tag) for inner in inside), lang=tag)]


def _is_text(body: Body, block: Block) -> bool:
    if block.kind in (Kind.PARAGRAPH, Kind.LIST):
        return True
    hint = "write only paragraphs and lists in it; put headings, boxes and tables outside"
    body.notes.error("source-passage", block.at.line, "“::: language” contains more than text", hint)
    return False


def _in(block: Block, tag: str) -> Block:
    """A block all of whose words are in a language."""
    whole = (Foreign(block.inlines, tag),) if block.inlines and not any(foreign(block.inlines)) else block.inlines
    return replace(block, inlines=whole, children=tuple(_in(child, tag) for child in block.children))


FENCED = (
    Fenced(
        "languages",
        languages,
        "::: languages\nAsk at the desk for this leaflet in:\n:::",
        Options(like=("translations", "other-languages", "language-line", "available-in")),
        empty=True,
    ),
    Fenced(
        "language",
        language,
        "::: language es\n¿Habla español? Llame al {clinic_phone}.\n\n- Un intérprete le ayuda.\n:::",
        Options(needs=("lang",), bare="lang", like=("lang", "foreign", "in", "translation")),
    ),
)
