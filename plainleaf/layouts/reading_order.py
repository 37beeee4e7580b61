"""The one linear walk over an edition: what is read one after the other, whatever it is written as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plainleaf.clinics.details import fill
from plainleaf.layouts import excerpts
from plainleaf.layouts.foreign import languages_line
from plainleaf.layouts.signs import spelled
from plainleaf.model import Block, Clinic, Direction, Edition, Kind, Locale, Location, foreign, plain
from plainleaf.model.tags import locale_name
from plainleaf.typesetting import locales

HEAD = "head"  # the role of a cell in the first row of a table
ROW_HEAD = "row-head"  # that of a cell that names its row
GROUP_HEAD = "group-head"  # that of a cell over a group of rows


@dataclass(frozen=True, slots=True)
class Said:
    """One text: its role, the words, their language (BCP 47) and direction.

    The role is the name of a block's kind, or that of a table's head. ``at`` is its line in the source; ``block`` is
    what it is from.
    """

    role: str
    text: str
    language: str
    direction: Direction
    at: Location
    block: Block


def reading_order(
    edition: Edition, clinic: Clinic | None = None, text: str = "full", beside: str = ""
) -> Iterator[Said]:
    """Every text of an edition in the order in which it is read: title, summary, body, whom it is for; last what is
    cut off.

    With a ``clinic`` its details stand in place of placeholders. ``text``: which of a leaflet's texts, see
    ``excerpts``. ``beside``: the language (BCP 47) that stands on the same pages, which no line of languages names.
    """
    meta = edition.meta
    body = excerpts.printed(edition, text)
    slips = [block for block in body if block.kind is Kind.SLIP]
    kept = [block for block in body if block.kind is not Kind.SLIP]
    for block, role in _texts((meta.title, meta.summary, *kept, meta.audience, *slips)):
        where: Locale = locales.locale(locale_name(block.language)) if block.language else edition.locale
        named = languages_line([*foreign(block.inlines)], beside) if beside and "names" in block.options else None
        inlines = named or spelled(block.inlines, where)
        words = plain(fill(inlines, clinic, where) if clinic else inlines)
        yield Said(role, words, where.tag, where.direction, block.at, block)


def _texts(blocks: Iterable[Block], row: Block | None = None) -> Iterator[tuple[Block, str]]:
    """The blocks that have words of their own, each with its role; ``row``: of a table, that they are in. The picture
    of a step is before its words."""
    for block in blocks:
        first = [child for child in block.children if block.kind is Kind.ITEM and child.kind is Kind.FIGURE]
        yield from _texts(first)
        if block.inlines:
            yield block, _role(block, row)
        yield from _texts(block.children[len(first) :], block if block.kind is Kind.ROW else None)


def _role(block: Block, row: Block | None) -> str:
    if row is None or (block.options.get("header") != "yes" and row.options.get("header") != "yes"):
        return block.kind.value
    if row.options.get("header") == "yes":
        return HEAD
    return GROUP_HEAD if row.options.get("group") == "yes" else ROW_HEAD
