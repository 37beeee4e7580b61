"""Which blocks of a leaflet a layout prints: all of its text, its short text, or a part written for such layouts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from plainleaf.model import Block, Kind, Layout, Leaflet

TEXTS = ("full", "short", "easy", "card")
"""What ``text = "..."`` in a layout.toml may say; all but "full" are named like the ``:::`` parts written for them."""


def blocks(body: Sequence[Block], text: str) -> tuple[Block, ...]:
    """The blocks that a layout of this ``text`` prints, in reading order.

    "full" is everything but the parts; "short" what is marked ``.short``, with the headings above it, and the parts
    ``::: short`` in their places; the others are what stands in their parts. A leaflet that has nothing for such a
    layout gives all of its text: it may be a source of its own for it.
    """
    if text == "short":
        found = tuple(_short(body))
    else:
        found = tuple(inner for block in body if _is_part(block, text) for inner in block.children)
    return found or tuple(block for block in body if block.kind is not Kind.PART)


def wanted(leaflet: Leaflet, layout: Layout) -> bool:
    """Whether a leaflet is printed in a layout: its front matter may name its layouts; else it must have the text."""
    if leaflet.meta.layouts:
        return layout.name in leaflet.meta.layouts
    return layout.text == "full" or has(leaflet, layout.text)


def has(leaflet: Leaflet, text: str) -> bool:
    """Whether anything in a leaflet is written or marked for layouts of this ``text``."""
    if text == "short":
        return any(True for _ in _short(leaflet.blocks))
    return any(_is_part(block, text) for block in leaflet.blocks)


def _is_part(block: Block, text: str) -> bool:
    return block.kind is Kind.PART and block.options["name"] == text


def _short(body: Sequence[Block]) -> Iterator[Block]:
    """What is marked ``.short`` or holds such blocks, after the headings that it stands under."""
    waiting: list[Block] = []  # headings that have nothing below them yet
    for block in body:
        if block.kind is Kind.HEADING and not block.short:
            level = block.options["level"]
            waiting = [*(above for above in waiting if above.options["level"] < level), block]
            continue
        if shortened := _shortened(block):
            yield from waiting
            yield from shortened
            waiting = []


def _shortened(block: Block) -> tuple[Block, ...]:
    """A block as short layouts print it: whole if it is marked, else what inside it is; nothing if there is none."""
    if block.kind is Kind.PART:
        return block.children if block.options["name"] == "short" else ()
    if block.short:
        return (block,)
    if block.kind is Kind.TABLE:  # a table is whole or not there
        return ()
    inside = tuple(_short(block.children))
    return (replace(block, children=inside),) if inside else ()
