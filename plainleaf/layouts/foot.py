"""The foot of each page: its notices in rows, and the page number in the last one."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from plainleaf.layouts.widths import width
from plainleaf.model import Layout, Locale
from plainleaf.model.lengths import MM_PER_PT
from plainleaf.typesetting import bidi

FOOT_LINE = 1.35  # line height at head and foot of pages
MOST_FOOT_LINES = 8
FOOT_GAP = 1.5  # ems between two notices in one line


@dataclass(frozen=True, slots=True)
class Foot:
    """The foot of the pages: notices in rows, the last of which has the page number, and how many lines they take."""

    rows: tuple[tuple[str, ...], ...]
    lines: int


def shortest(notices: Sequence[str], number: str, layout: Layout, where: Locale, share: float = 1.0) -> Foot:
    """As few lines as hold the notices and, in the last one, the page number.

    ``share``: how much of the text's width they have, as a part of 1.
    """
    orders = [notices, [*notices[:-2], *reversed(notices[-2:])]]
    return min((_foot(order, number, layout, where, share) for order in orders), key=lambda foot: foot.lines)


def _foot(notices: Sequence[str], number: str, layout: Layout, where: Locale, share: float) -> Foot:
    room = share * (layout.page_width_mm - layout.margins_mm[1] - layout.margins_mm[3])
    em, body = layout.least_pt * MM_PER_PT, layout.body_pt * MM_PER_PT * where.size_factor
    rows: list[list[str]] = [[]]
    free, over = room, 0
    for notice in notices:
        latin = where.direction == "rtl" and bidi.direction_of(notice) == "ltr"  # not set larger, as Arabic is
        wide = 1.04 * width(notice) * em * (1 if latin else where.size_factor)
        gap = FOOT_GAP * em if rows[-1] else 0
        if gap + wide > free and rows[-1]:
            rows.append([])
            free, gap = room, 0
        free -= gap + wide
        rows[-1].append(notice)
        over += max(0, math.ceil(wide / room) - 1)  # a notice that is longer than a line
    # the number is bold, and stands 0.4 em away
    if rows[-1] and free < (1.06 * width(re.sub(r"\{\w+\}", "88", number)) + 0.4) * body:
        rows.append([])
    lines = min(len(rows) + over, MOST_FOOT_LINES)
    return Foot(tuple(tuple(row) for row in rows), lines)
