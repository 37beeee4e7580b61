"""Braille on pages: where texts begin and go on, blank lines, headings with what follows, boxes, columns, numbers.

Braille Authority of North America, Braille Formats: Principles of Print-to-Braille Transcription (2016), whose
measures UKAAF's and the Australian guidelines share where it matters here:

- 1.8 paragraphs begin in cell 3 and go on in cell 1;
- 4.4 to 4.6 headings: centred with a blank line above and below; in cell 5 and in cell 7, with one above; none is the
  last line of a page, what follows begins on it;
- 8.3 lists: cell 1, and on in cell 3; points of a list in a list two cells further in, all of them go on two cells
  behind where the innermost begins; blank lines around;
- 7.2 boxes: a line of dots 2-3-5-6 above, one of dots 1-2-4-5 below;
- 11.2 to 11.6 tables: columns with two cells between them, a line of dots 2-5 below the heads; else one text after the
  other;
- 3.2 and 6.3 what a picture shows is in cell 7, and on in cell 5; so are notes (16.2);
- 1.14 the page's number at the right end of the last line (in other countries the first), three cells free before it.

Words are never hyphenated (1.9).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from plainleaf.formats.braille.liblouis import SPACE
from plainleaf.formats.braille.units import Contents, Edge, Gap, Item, Style, Table, Unit
from plainleaf.formats.braille.writing import Chunk, Written
from plainleaf.model import BraillePage

Write = Callable[[Unit], Written]
ABOVE, BELOW = "\u2836", "\u281b"  # a box's edges
_UNDER = "\u2812"  # below the heads of columns
_FIRST = "\u2810"  # dot 5, with which such a line begins
_BETWEEN = 2  # cells between columns
_FREE = 3  # cells free beside a page's number, and beside what is centred
_TRIES = 5  # until pages have the numbers that the list of contents says
_DOTS = 3  # cells that lead from a part to its number, at least
_KEPT = 2  # lines of what follows a heading on its page


@dataclass(frozen=True, slots=True)
class _Shape:
    """The cells, from 0, at which a text begins and goes on; blank lines around; ``keep``: something follows on its
    page."""

    first: int = 0
    on: int = 0
    above: bool = False
    below: bool = False
    keep: bool = False
    centred: bool = False


_SHAPES: Mapping[Style, _Shape] = {
    "title": _Shape(below=True, centred=True, keep=True),
    "heading-2": _Shape(above=True, below=True, keep=True, centred=True),
    "heading-3": _Shape(4, 4, above=True, keep=True),
    "heading-4": _Shape(6, 6, above=True, keep=True),
    "label": _Shape(4, 4, keep=True),
    "paragraph": _Shape(2, 0),
    "picture": _Shape(6, 4),
    "note": _Shape(6, 4),
    "record": _Shape(0, 2),
    "cell": _Shape(2, 4),
    "notice": _Shape(),
}


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page, without blanks at their ends."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that follow one another; ``whole``: on one page where that is possible; ``keep``: with what follows;
    ``tight``: without a blank line above, whatever is there."""

    lines: tuple[str, ...]
    above: bool = False
    below: bool = False
    keep: bool = False
    whole: bool = False
    tight: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """Pages, and on which of them, from 1, each heading is."""

    pages: tuple[Page, ...]
    places: Mapping[str, int]


def pages(items: Sequence[Item], sheet: BraillePage, braille: Write, feet: Sequence[Sequence[str]], title: str,
          number: Callable[[int], str]) -> Laid:  # fmt: skip
    """Pages of braille. ``feet``: what stands at the foot of the first page, and of each other one, in lines;
    ``title``: for the head or foot of all pages but the first, "" for none; ``number``: of a page, in cells."""
    places: Mapping[str, int] = {}
    laid = Laid((), places)
    for _ in range(_TRIES):
        blocks = [*_blocks(items, sheet.cells, braille, places, number)]
        made = _Pages(sheet, feet, title, number)
        laid = Laid(tuple(made.made(blocks)), made.places)
        if laid.places == places or not any(isinstance(item, Contents) for item in items):
            break
        places = laid.places  # where the list of contents now has other numbers, and may have other lines
    return laid


def filled(chunks: Iterable[Chunk], width: int, first: int, on: int) -> tuple[str, ...]:
    """Chunks in lines of so many cells."""
    lines: list[str] = []
    line, start = SPACE * first, first
    for chunk in chunks:
        cells, cuts = chunk.cells, chunk.cuts
        blank = SPACE if chunk.spaced and len(line) > start else ""
        if len(line) + len(blank) + len(cells) <= width:
            line += blank + cells
            continue
        if len(line) > start:
            lines.append(line)
            line, start = SPACE * on, on
        while len(line) + len(cells) > width:
            room = width - len(line)
            at = next((cut for cut in cuts if 0 < cut <= room), room)
            lines.append(line + cells[:at])
            cells, cuts = cells[at:], tuple(cut - at for cut in cuts if cut > at)
            line, start = SPACE * on, on
        line += cells
    return (*lines, line) if len(line) > start else tuple(lines)


def centred(chunks: Sequence[Chunk], width: int) -> tuple[str, ...]:
    """Chunks in lines that are centred, with cells free at both ends."""
    room = max(width - 2 * _FREE, width // 2)
    lines = filled(chunks, room, 0, 0)
    return tuple(SPACE * ((width - len(line)) // 2) + line for line in lines)


def cells(
    items: Sequence[Item], width: int, braille: Write, places: Mapping[str, int], number: Callable[[int], str]
) -> Iterator[str]:
    """All that stands on the pages, in its order, without what divides them into lines and pages."""
    for item in items:
        if isinstance(item, Contents):
            yield braille(item.heading).cells
            yield from (line for part in item.parts for line in _part(part, width, braille, places, number))
        elif isinstance(item, Edge):
            yield _edge(item, width)
        elif isinstance(item, Table):
            if rows := _columns(item, width, braille):
                yield from (cell for row in rows for cell in row)
            else:
                yield from (braille(unit).cells for unit in item.records)
        elif isinstance(item, Unit):
            yield braille(item).cells


def _edge(edge: Edge, width: int) -> str:
    return (ABOVE if edge.opens else BELOW) * width


def _part(
    part: Unit, width: int, braille: Write, places: Mapping[str, int], number: Callable[[int], str]
) -> tuple[str, ...]:
    """A part in the list of contents, in lines: the last with its page at the right end, and dots leading there."""
    told = number(places.get(part.name, 1))
    *lines, last = filled(braille(part).chunks, width - len(told) - _DOTS - 2, 0, 2)
    dots = width - len(last) - len(told) - 2
    return (*lines, f"{last}{SPACE}{_FIRST * dots}{SPACE}{told}")


def _blocks(
    items: Sequence[Item], width: int, braille: Write, places: Mapping[str, int], number: Callable[[int], str]
) -> Iterator[_Block]:
    opened = False  # nothing but a box's edge or name is above, in it
    for item in items:
        if isinstance(item, Gap):
            yield _Block((), above=not opened)
        elif isinstance(item, Contents):
            yield _Block(_lines(item.heading, width, braille), above=True, below=True, keep=True)
            yield from (_Block(_part(part, width, braille, places, number)) for part in item.parts)
            yield _Block((), above=True)
            opened = False
        elif isinstance(item, Edge):
            yield _Block((_edge(item, width),), item.opens, below=not item.opens, keep=item.opens, tight=not item.opens)
            opened = item.opens
        elif isinstance(item, Table):
            yield from _table(item, width, braille)
            opened = False
        elif lines := _lines(item, width, braille):
            shape = _shape(item)
            yield _Block(lines, shape.above and not opened, shape.below, shape.keep, name=item.name)
            opened = opened and item.style == "label"


def _shape(unit: Unit) -> _Shape:
    if unit.style == "item":
        return _Shape(2 * unit.depth, 2 * unit.levels)
    if unit.style == "more":
        return _Shape(2 * unit.levels, 2 * unit.levels)
    return _SHAPES[unit.style]


def _lines(unit: Unit, width: int, braille: Write) -> tuple[str, ...]:
    shape, made = _shape(unit), braille(unit)
    if shape.centred:
        return centred(made.chunks, width)
    return filled(made.chunks, width, shape.first, shape.on)


def _table(table: Table, width: int, braille: Write) -> Iterator[_Block]:
    """In columns where each cell has its line, else one text after the other."""
    if rows := _columns(table, width, braille):
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = tuple(_row(cells, widths) for cells in rows)
        yield _Block(lines[:2], keep=True)
        yield _Block(lines[2:], whole=True)
        return
    for unit in table.records:
        if lines := _lines(unit, width, braille):
            yield _Block(lines, keep=_shape(unit).keep)


def _columns(table: Table, width: int, braille: Write) -> list[list[str]]:
    """The cells of a table in rows, with a line below its heads; [] if a line cannot hold a row."""
    if not table.plain or not any(head.pieces for head in table.heads):
        return []
    rows = [[braille(cell).cells for cell in row] for row in (table.heads, *table.rows)]
    if len({len(row) for row in rows}) > 1:
        return []
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if sum(widths) + _BETWEEN * (len(widths) - 1) > width:
        return []
    return [rows[0], [_FIRST + _UNDER * (size - 1) if size else "" for size in widths], *rows[1:]]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    return (SPACE * _BETWEEN).join(cell + SPACE * (size - len(cell)) for cell, size in zip(cells, widths, strict=True))


@dataclass(slots=True)
class _Pages:
    """Pages as they are filled."""

    sheet: BraillePage
    feet: Sequence[Sequence[str]]
    title: str
    number: Callable[[int], str]
    done: list[Page] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    gap: bool = False
    places: dict[str, int] = field(default_factory=dict)

    def made(self, blocks: Sequence[_Block]) -> list[Page]:
        at = 0
        while at < len(blocks):
            group = [blocks[at]]
            while (group[-1].keep or not group[-1].lines) and at + len(group) < len(blocks):
                group.append(blocks[at + len(group)])
            self.put(group)
            at += len(group)
        if self.lines or not self.done:
            self.turn()
        return self.done

    @property
    def room(self) -> int:
        """Lines of text that the page holds."""
        return self.sheet.lines - 1 - len(self.foot)

    @property
    def foot(self) -> Sequence[str]:
        return self.feet[min(len(self.done), len(self.feet) - 1)]

    def put(self, group: Sequence[_Block]) -> None:
        """Blocks of which all but the last keep with what follows."""
        if self.lines and len(self.lines) + self.needed(group) > self.room:
            self.turn()
        for block in group:
            if block.whole and self.lines and len(block.lines) <= self.room < len(self.lines) + len(block.lines):
                self.turn()
            self.gap = (self.gap or block.above) and not block.tight
            for line in block.lines:
                if self.gap and self.lines and len(self.lines) < self.room:
                    self.lines.append("")
                self.gap = False
                if len(self.lines) >= self.room:
                    self.turn()
                self.lines.append(line)
                if block.name:
                    self.places.setdefault(block.name, len(self.done) + 1)
            self.gap = self.gap or block.below

    def needed(self, group: Sequence[_Block]) -> int:
        """Lines that a group takes at least on the page where it begins."""
        count, gap = 0, self.gap
        for place, block in enumerate(group):
            last = place == len(group) - 1
            lines = min(len(block.lines), _KEPT) if last and len(group) > 1 and not block.whole else len(block.lines)
            lines = 1 if last and len(group) == 1 and not block.whole else lines
            gap = (gap or block.above) and not block.tight
            if lines:
                count += gap + lines
                gap = False
            gap = gap or block.below
        return count

    def turn(self) -> None:
        """The page is full."""
        while self.lines and not self.lines[-1]:
            self.lines.pop()
        text = self.lines[: self.room]
        running = self.running()
        blank = [""] * (self.room - len(text))
        whole = [running, *text, *blank, *self.foot] if self.sheet.numbers == "top" else [
            *text, *blank, *self.foot, running]  # fmt: skip
        self.done.append(Page(tuple(line.rstrip(SPACE) for line in whole)))
        self.lines, self.gap = self.lines[self.room :], False

    def running(self) -> str:
        """The line with the page's number, and the title on all pages but the first."""
        width, number = self.sheet.cells, self.number(len(self.done) + 1)
        title = self.title if self.done else ""
        room = width - len(number) - 2 * _FREE
        if len(title) > room:
            title = title[: max(title.rfind(SPACE, 0, room + 1), 0)].rstrip(SPACE)
        start = min((width - len(title)) // 2, width - len(number) - _FREE - len(title))
        line = SPACE * max(start, 0) + title if title else ""
        return line + SPACE * (width - len(number) - len(line)) + number
