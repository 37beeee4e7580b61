"""What paper is called, and on which a file is printed."""

from __future__ import annotations

from collections.abc import Mapping

from plainleaf.model import Layout
from plainleaf.model.papers import us_paper

_PAPERS: Mapping[tuple[float, float], str] = {
    (148.0, 210.0): "A5",
    (210.0, 297.0): "A4",
    (297.0, 420.0): "A3",
    (215.9, 279.4): "US letter",
    (215.9, 355.6): "US legal",
    (279.4, 431.8): "US tabloid",
}
_CUT = 1.0  # mm; paper is named by its size if it is no further off


def named(size: tuple[float, float]) -> str:
    """A paper's usual name, whichever way it lies (mm), or else its size."""
    short, long = sorted(size)
    near = (name for (a, b), name in _PAPERS.items() if abs(a - short) <= _CUT and abs(b - long) <= _CUT)
    return next(near, f"{size[0]:g} × {size[1]:g} mm")


def size(layout: Layout) -> tuple[float, float]:
    """Of the sheets as they are handed out or folded; mm."""
    if layout.press and layout.press.scheme:
        return layout.press.scheme.sheet_width_mm, layout.press.scheme.sheet_height_mm
    return layout.page_width_mm, layout.page_height_mm


def of(layout: Layout) -> str:
    """The name of a layout's paper: that of its ``[print]`` table, or of its sheet."""
    return (layout.press.paper if layout.press else "") or named(size(layout))


def is_at_home(layout: Layout, country: str) -> bool:
    """Whether printers in a country (ISO 3166) hold a layout's paper."""
    return named(size(layout)).startswith("US ") is us_paper(country)
