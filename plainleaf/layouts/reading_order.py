"""The one linear walk over an edition: what is read one after the other, whatever it is written as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plainleaf.clinics.details import fill
from plainleaf.layouts import excerpts
from plainleaf.model import Block, Clinic, Direction, Edition, Kind, Locale, Location, plain
from plainleaf.model.tags import locale_name
from plainleaf.typesetting import locales

HEAD = "head"  # the role of a cell in the first row of a table


@dataclass(frozen=True, slots=True)
class Said:
    """One text: its role (the name of a block's kind, or ``HEAD``), the words, their language (BCP 47) and direction.

    ``at`` is its line in the source; ``block`` is what it is from.
    """

    role: str
    text: str
    language: str
    direction: Direction
    at: Location
    block: Block


def reading_order(edition: Edition, clinic: Clinic | None = None, text: str = "full") -> Iterator[Said]:
    """Every text of an edition in the order in which it is read: title, summary, body; whom it is for comes last.

    With a ``clinic`` its details stand in place of placeholders. ``text``: which of a leaflet's texts, see
    ``excerpts``.
    """
    meta = edition.meta
    for block, role in _texts((meta.title, meta.summary, *excerpts.blocks(edition.blocks, text), meta.audience)):
        where: Locale = locales.locale(locale_name(block.language)) if block.language else edition.locale
        words = plain(fill(block.inlines, clinic, where) if clinic else block.inlines)
        yield Said(role, words, where.tag, where.direction, block.at, block)


def _texts(blocks: Iterable[Block], head: bool = False) -> Iterator[tuple[Block, str]]:
    """The blocks that have words of their own, each with its role."""
    for block in blocks:
        if block.inlines:
            yield block, HEAD if head else block.kind.value
        yield from _texts(block.children, block.kind is Kind.ROW and block.options.get("header") == "yes")
