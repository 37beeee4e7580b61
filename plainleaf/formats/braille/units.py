"""What a leaflet in braille is made of: texts that begin and go on at a cell, tables, boxes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from plainleaf.model import Location

Style = Literal[
    "title", "heading-2", "heading-3", "heading-4", "label", "paragraph", "item", "more", "picture", "note", "record",
    "cell", "notice",
]  # fmt: skip
BLANK = "\u00a0"  # a space in which no line ends


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words: their language (BCP 47), and whether they are set off. ``line``: no words but a line to write on;
    ``aside``: said of a box to tick, and none of the text's own."""

    text: str
    tag: str
    bold: bool = False
    line: bool = False
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """One text in its style. ``depth``: of a list in another one, from 0; ``levels``: how many lists there are inside
    each other; ``at`` and ``po``: where it is written and translated; ``name``: of a heading, in the contents."""

    style: Style
    pieces: tuple[Piece, ...]
    at: Location
    po: Location | None = None
    depth: int = 0
    levels: int = 1
    name: str = ""

    @property
    def text(self) -> str:
        """The words, with those that stay on one line joined by ``BLANK``."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def own(self) -> str:
        """The same without what is said of boxes to tick."""
        return "".join(piece.text for piece in self.pieces if not piece.aside)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; ``records``: the same one text after the other, for tables that are too wide; ``plain``: no cell
    takes more than one place, so that it may be set in columns."""

    heads: tuple[Unit, ...]
    rows: tuple[tuple[Unit, ...], ...]
    records: tuple[Unit, ...]
    plain: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """A blank line, one however many there are in a row."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a box begins, and where it ends."""

    opens: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """The leaflet's parts, each with the ``name`` of its heading, whose page is said behind it."""

    heading: Unit
    parts: tuple[Unit, ...]


Item = Unit | Table | Gap | Edge | Contents
