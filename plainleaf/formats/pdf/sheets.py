"""Which page goes where on the sheets for a printing press: booklets, leaflets folded in three, cards. Pure figures.

Every sheet is turned over like a page of a book, left to right (a landscape sheet on its short edge, a portrait one on
its long edge): the place x from the left of one side lies behind the place (width - x) of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from plainleaf.model import Direction, Scheme
from plainleaf.model.lengths import PT_PER_MM

_SLACK = 0.5 * PT_PER_MM  # two A5 pages are 1 mm narrower than A4 is long; paper is cut no better than this
_PAPER = 0.1 * PT_PER_MM  # thickness of a sheet
_MOST_CREEP = 2 * PT_PER_MM  # no pile that can be stapled needs more, and no margin has less
_FAR = float("inf")

Room = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet: a grid in the middle of it, ``widths`` of its columns and ``height`` of its rows in pt.

    ``rows`` from the top, each from left to right: a page (from 0) or None for an empty place. ``creep``: how far its
    pages are moved towards the middle, in pt.
    """

    widths: tuple[float, ...]
    height: float
    rows: tuple[tuple[int | None, ...], ...]
    creep: float = 0.0

    def mirrored(self) -> Side:
        """The same with its columns from right to left."""
        return replace(self, widths=self.widths[::-1], rows=tuple(row[::-1] for row in self.rows))


class ImpositionError(ValueError):
    """What is wrong with a PDF, in words to show."""


def room(sizes: Sequence[tuple[float, float]], scheme: Scheme, direction: Direction) -> list[Room]:
    """How far each page's left, top, right and bottom edge lie from the edge of the paper, in pt; infinitely far where
    another page lies between. ``sizes``: of the pages, width and height in pt.

    Raises ``ImpositionError`` as ``impose`` does.
    """
    found: list[Room] = [(_FAR, _FAR, _FAR, _FAR)] * len(sizes)
    for side in arranged(sizes, scheme, direction):
        columns, lines, sheet = placed(side, scheme)
        for down, row in enumerate(side.rows):
            for across, number in enumerate(row):
                if number is not None:
                    own = (
                        columns[across][0] if across == 0 else _FAR,
                        sheet[1] - lines[down][1] if down == 0 else _FAR,
                        sheet[0] - columns[across][1] if across == len(row) - 1 else _FAR,
                        lines[down][0] if down == len(side.rows) - 1 else _FAR,
                    )
                    left, top, right, bottom = map(min, found[number], own)
                    found[number] = (left, top, right, bottom)
    return found


def _saddle_stitch(sizes: Sequence[tuple[float, float]], scheme: Scheme) -> list[Side]:
    """The outer sheet first. Its front is the back cover and the front cover, its back pages 2 and the last but one.

    The last page is the back cover: those that are missing to fill the sheets stay blank before it, inside.
    """
    width, height = _one_size(sizes)
    total = -(-len(sizes) // 4) * 4
    order: list[int | None] = list(range(len(sizes)))
    back = max(1, len(sizes) - 1)  # before the back cover; a cover alone has none
    order[back:back] = [None] * (total - len(sizes))
    sides = []
    for outer in range(0, total // 2, 2):
        inner = total - 1 - outer
        creep = min(_MOST_CREEP, outer // 2 * _PAPER)
        for pair in ((inner, outer), (outer + 1, inner - 1)):
            sides.append(Side((width, width), height, (tuple(order[number] for number in pair),), creep))
    return sides


def _trifold(sizes: Sequence[tuple[float, float]], scheme: Scheme) -> list[Side]:
    """Outside: flap, back, cover; inside: 3, 4, 5. The narrow panel is the flap, and 5 behind it."""
    if len(sizes) > 6:
        raise ImpositionError(f"a leaflet folded in three has 6 panels, and there are {len(sizes)} pages")
    wide, least = max(width for width, _ in sizes), min(width for width, _ in sizes)
    narrow = min(least, scheme.sheet_width_mm * PT_PER_MM - 2 * wide)
    order: list[int | None] = list(range(len(sizes)))
    after = max(1, len(order) - 1)  # before the back; a cover alone has none
    order[after:after] = [None] * (6 - len(order))
    cover, flap, *inside, back = order
    for number in (flap, inside[2]):
        if number is not None and sizes[number][0] > narrow + _SLACK:
            raise ImpositionError(
                f"page {number + 1} is {sizes[number][0] / PT_PER_MM:.1f} mm wide, and the panel that is folded in "
                f"{narrow / PT_PER_MM:.1f} mm"
            )
    _, height = _one_size([(wide, height) for _, height in sizes])
    outside = Side((narrow, wide, wide), height, ((flap, back, cover),))
    return [outside, Side(outside.widths[::-1], height, (tuple(inside),))]


def _cards(sizes: Sequence[tuple[float, float]], scheme: Scheme) -> list[Side]:
    """Fronts on one side, and on the other the backs with the columns mirrored, so that each lies behind its front."""
    width, height = _one_size(sizes)
    grid, cards = scheme.columns * scheme.rows, -(-len(sizes) // 2)
    sides = []
    for start in range(0, cards, grid):
        fronts: list[int | None] = [2 * ((start + place) % cards) for place in range(grid)]
        backs = [number + 1 if number is not None and number + 1 < len(sizes) else None for number in fronts]
        for numbers in (fronts, backs):
            rows = tuple(tuple(numbers[at : at + scheme.columns]) for at in range(0, grid, scheme.columns))
            sides.append(Side((width,) * scheme.columns, height, rows))
        sides[-1] = sides[-1].mirrored()
    return sides


_ARRANGED = {"saddle-stitch": _saddle_stitch, "trifold": _trifold, "cards": _cards}


def arranged(sizes: Sequence[tuple[float, float]], scheme: Scheme, direction: Direction) -> list[Side]:
    """The sides of all sheets. The fold of a card of two leaves is where a line begins, not where it ends."""
    sides = _ARRANGED[scheme.kind](sizes, scheme)
    return [side.mirrored() for side in sides] if (direction == "rtl") != scheme.folded else sides


def _one_size(sizes: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The size of all pages. Raises ``ImpositionError`` where one differs."""
    for number, size in enumerate(sizes):
        if max(abs(size[0] - sizes[0][0]), abs(size[1] - sizes[0][1])) > _SLACK:
            raise ImpositionError(f"page {number + 1} is {_mm(size)}, page 1 {_mm(sizes[0])}: all must be of one size")
    return sizes[0]


def check_room(side: Side, scheme: Scheme) -> None:
    """Raise ``ImpositionError`` where the pages of one side (in pt) take more than the sheet has, and 0.5 mm over."""
    gap = scheme.gap_mm * PT_PER_MM
    wanted = (sum(side.widths) + gap * (len(side.widths) - 1), (side.height + gap) * len(side.rows) - gap)
    if wanted[0] / PT_PER_MM > scheme.sheet_width_mm + 0.5 or wanted[1] / PT_PER_MM > scheme.sheet_height_mm + 0.5:
        sheet = (scheme.sheet_width_mm * PT_PER_MM, scheme.sheet_height_mm * PT_PER_MM)
        raise ImpositionError(f"the pages of one side take {_mm(wanted)}, and the sheet has {_mm(sheet)}")


def _mm(size: tuple[float, float]) -> str:
    return " x ".join(f"{length / PT_PER_MM:.1f}".removesuffix(".0") for length in size) + " mm"


def placed(
    side: Side, scheme: Scheme
) -> tuple[list[tuple[float, float]], list[tuple[float, float]], tuple[float, float]]:
    """Where the columns and the rows of a side start and end on the sheet, and the sheet's size; pt."""
    around = scheme.around_mm * PT_PER_MM
    sheet = (scheme.sheet_width_mm * PT_PER_MM + 2 * around, scheme.sheet_height_mm * PT_PER_MM + 2 * around)
    columns = _spread(side.widths, sheet[0], scheme.gap_mm * PT_PER_MM)
    lines = _spread([side.height] * len(side.rows), sheet[1], scheme.gap_mm * PT_PER_MM)
    return columns, lines[::-1], sheet  # y goes up, rows go down


def _spread(lengths: Sequence[float], whole: float, gap: float) -> list[tuple[float, float]]:
    """Where each piece starts and ends, all of them with their gaps in the middle of ``whole``; pt."""
    at, places = (whole - sum(lengths) - gap * (len(lengths) - 1)) / 2, []
    for length in lengths:
        places.append((at, at + length))
        at += length + gap
    return places
