"""The values of which a page is put together, as templates see them: texts that are HTML already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from plainleaf.model import Block, Kind, grids

# A word too long for a quarter of a line, in scripts that put spaces between words: Latin to Cyrillic, Armenian.
_LONG = re.compile("[A-Za-z\u00c0-\u052f\u0531-\u0587]{14}")


@dataclass(frozen=True, slots=True)
class Place:
    """A number in a drawing, in the digits of the language: its middle, in per cent from the left and from the top."""

    number: str
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, ready to print: ``text`` is HTML, ``words`` the same without markup, ``attrs`` say where it is from."""

    kind: str
    text: Markup
    words: str
    attrs: Markup
    children: tuple[Piece, ...]
    options: Mapping[str, str]
    safety: bool  # text that harms if it is wrong or missing
    brief: bool  # a list of a few words each, in no order
    paired: bool  # one whose points take fewer lines two in a row
    signs: bool  # a list of a few warning signs: on one page, as half of them looks like all
    columns: int  # of a list whose points have pictures: 1 where they stand beside the texts; 0 of any other block
    fill: bool  # a few words and lines to write on behind them: the lines take the rest of the width
    mirrored: bool  # a picture that turns round on right-to-left pages, on such a page
    spots: tuple[Place, ...]  # of a drawing: where its numbers stand
    beside: bool  # a drawing in a text so wide that what its numbers mean has room beside it
    wide: bool  # a table whose columns are together wider than the page, however its cells are broken into lines
    shares: tuple[int, ...]  # of a table's columns in per cent; () where the table finds them by itself
    tall: bool  # a box or table so high that it may break between its rows; a panel whose signs are a box of their own

    @property
    def again(self) -> Markup:
        """The text where it is printed once more: without ids, which are on a page once."""
        return Markup(re.sub(r' id="[^"]*"', "", self.text))

    @property
    def attrs_again(self) -> Markup:
        """The attributes of a second part of the block, without its id."""
        return Markup(re.sub(r' id="[^"]*"', "", self.attrs))

    @property
    def panel(self) -> Panel:
        """A panel for an emergency in its parts."""
        heads = tuple(piece for piece in self.children[:1] if piece.kind == Kind.HEADING.value)
        inside = self.children[len(heads) :]
        last = next((at for at, piece in enumerate(inside, 1) if piece.options.get("ordered") == "no"), 0)
        drawn = any(point.children for piece in inside for point in piece.children)
        signs = (point.words for piece in inside[:last] for point in piece.children if point.children)
        wide = any(map(_LONG.search, signs))
        return Panel(heads, inside[:last], inside[last:], drawn, wide)

    @property
    def lines(self) -> tuple[grids.Line[Piece], ...]:
        """A table's rows, with a cell in every column."""
        return tuple(grids.lines([(row, row.children) for row in self.children if row.kind == Kind.ROW.value]))


Pieces = dict[int, tuple[Block, Piece]]
"""Pieces by the ``id`` of their blocks, each with its block: as long as that lives no other one has its id."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel for an emergency: the heading that says what to do; the signs, with what stands above them; the steps,
    with what stands below; whether any of these has a picture."""

    heads: tuple[Piece, ...]
    signs: tuple[Piece, ...]
    steps: tuple[Piece, ...]
    drawn: bool
    wide: bool


@dataclass(frozen=True, slots=True)
class Idea:
    """A picture and what is said beside it, below its headings; ``picture`` is ``None`` for what stands alone."""

    headings: tuple[Piece, ...]
    picture: Piece | None
    said: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of the leaflet in the list of contents: its heading, each piece of it a link, the heading's ``id``; its
    number in the digits of the language, "" if it has none; ``further``: in the second
    layer, and ``deeper``: a part of that."""

    text: Markup
    name: str
    number: str
    further: bool = False
    deeper: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A code to scan as ``src`` of a picture, and the address that it opens, as people type it, as a link."""

    code: str
    address: Markup


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the reference list."""

    key: str
    number: int
    text: str
    url: str
    address: str  # the url as people read it


@dataclass(frozen=True, slots=True)
class Signed:
    """An approval or a sign-off: by whom, on which day, of which version of the source; ``key``: signed with a key that
    was verified, else only noted."""

    by: Markup
    on: Markup
    source: Markup
    key: bool
