"""How the width of a table is shared out among its columns, by what stands in them: as few lines as can be.

Left to itself, a table gives a column of long texts no more than its longest line asks for, and breaks short ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

STEP = 5  # per cent: the style sheet has a class for each
MOST_COLUMNS = 5  # with more, nobody tells the difference, and there are too many ways to try


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text in ems: as wide as it is in one line, and as its longest word."""

    whole: float
    longest: float


@lru_cache(maxsize=512)
def shares(rows: tuple[tuple[Cell, ...], ...], room: float, beside: float) -> tuple[int, ...]:
    """The share of each column in per cent; () where all texts have room in one line each, or no share is wide enough
    for the longest words. ``room``: ems of the table; ``beside``: ems of each column that stay free."""
    columns = len(rows[0]) if rows else 0
    if not 2 <= columns <= MOST_COLUMNS or any(len(row) != columns for row in rows):
        return ()
    widest = [max(row[at].whole for row in rows) for at in range(columns)]
    if sum(widest) + columns * beside <= room:
        return ()
    longest = [max(row[at].longest for row in rows) for at in range(columns)]
    best: tuple[tuple[float, ...], tuple[int, ...]] | None = None
    for tried in _ways(columns, 100 // STEP):
        widths = [room * share * STEP / 100 - beside for share in tried]
        if any(width < word for width, word in zip(widths, longest, strict=True)):
            continue
        cost = _cost(rows, widths, widest)
        if best is None or cost < best[0]:
            best = cost, tried
    return tuple(share * STEP for share in best[1]) if best else ()


def _cost(rows: Sequence[Sequence[Cell]], widths: Sequence[float], widest: Sequence[float]) -> tuple[float, ...]:
    """Lines of the table; where these are the same, lines of all its cells, then how unlike their texts the columns
    are shared out."""
    lines = [[max(1, ceil(cell.whole / width)) for cell, width in zip(row, widths, strict=True)] for row in rows]
    whole, room = sum(widest), sum(widths)
    unlike = sum(abs(width / room - wanted / whole) for width, wanted in zip(widths, widest, strict=True))
    return sum(map(max, lines)), sum(map(sum, lines)), round(unlike, 6)


def _ways(columns: int, parts: int) -> Iterator[tuple[int, ...]]:
    """All ways to share so many parts out, each column one at least."""
    if columns == 1:
        yield (parts,)
        return
    for first in range(1, parts - columns + 2):
        for rest in _ways(columns - 1, parts - first):
            yield (first, *rest)
