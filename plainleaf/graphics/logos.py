"""How well a logo stands out from white paper: the best contrast that any part of it has.

A PNG is measured in its pixels, about as fine as a logo is printed; an SVG is not drawn, its paints are read. Where it
cannot be told what is painted (patterns, pictures inside), the logo is taken to be seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

from plainleaf import files
from plainleaf.graphics import bitmaps, colours, sheets, walking

UNSEEN = 1.2  # contrast below which nobody sees anything
_PAPER = colours.GROUNDS["white"]
_BEST = 21.0
_SIDE = 120  # pixels: a logo of 2 cm, printed as fine as an eye sees at reading distance
_PART = 200  # one pixel of so many has the contrast at least: a speck is no logo
_UNPAINTED = {"clipPath", "mask", "metadata", "title", "desc", "style"}  # what is in them is no ink of its own


def contrast(path: Path) -> float:
    """WCAG's contrast ratio, 1 to 21, of what stands out best in a PNG or SVG; 21 if it cannot be told.

    The file is whole and harmless, as ``pictures.fault`` tells.
    """
    try:
        data = files.ANYWHERE.read(path)
        return _png(data) if path.suffix.lower() == ".png" else _svg(data)
    except (OSError, SyntaxError, ValueError, RecursionError):  # a picture that cannot be read is told elsewhere
        return _BEST


def _png(data: bytes) -> float:
    counts = bitmaps.on_ground(data, _PAPER, _SIDE)
    left = max(1, sum(count for _, count in counts) // _PART)
    for ratio, count in sorted(((_on_paper(colour), count) for colour, count in counts), reverse=True):
        left -= count
        if left <= 0:
            return ratio
    return 1.0


@lru_cache(4096)
def _on_paper(colour: tuple[int, ...]) -> float:
    return colours.contrast("#{:02x}{:02x}{:02x}".format(*colour), _PAPER)


# --------------------------------------------------------------------------- SVG


@dataclass(frozen=True, slots=True)
class _Ink:
    """How a shape is painted: what it has inherited, or says itself. Opacities from 0 to 1."""

    fill: str = "black"
    stroke: str = "none"
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    opacity: float = 1.0


def _svg(data: bytes) -> float:
    return max(_all_paints(data), default=1.0)


def shows(svg: bytes) -> bool:
    """Whether anything in a whole SVG can be seen on white paper, or it cannot be told."""
    try:
        return any(ratio >= UNSEEN for ratio in _all_paints(svg))
    except (SyntaxError, ValueError, RecursionError):
        return True


def _all_paints(svg: bytes) -> Iterator[float]:
    root = ElementTree.fromstring(svg)
    rules = sheets.rules(root)
    stops = [_stop(each, rules) for each in root.iter() if sheets.named(each) == "stop"]
    yield from _paints(root, _Ink(), rules, max(stops, default=_BEST))


def _paints(
    element: ElementTree.Element, above: _Ink, rules: Mapping[str, dict[str, str]], gradient: float
) -> Iterator[float]:
    """The contrast of every paint in an element, ``gradient`` for those that are in one."""
    said, name = sheets.style(element, rules), sheets.named(element)
    if name in _UNPAINTED or said.get("display") == "none" or said.get("visibility") in ("hidden", "collapse"):
        return
    if name in ("image", "pattern"):
        yield _BEST
    own = replace(
        above,
        fill=_own(said, "fill", above.fill),
        stroke=_own(said, "stroke", above.stroke),
        fill_opacity=_part(said.get("fill-opacity"), above.fill_opacity),
        stroke_opacity=_part(said.get("stroke-opacity"), above.stroke_opacity),
        opacity=above.opacity * _part(said.get("opacity"), 1.0),
    )
    if name in walking.SHAPES:
        if name != "line":
            yield _paint(own.fill, own.opacity * own.fill_opacity, gradient)
        yield _paint(own.stroke, own.opacity * own.stroke_opacity, gradient)
    for child in element:
        yield from _paints(child, own, rules, gradient)


def _own(said: Mapping[str, str], key: str, above: str) -> str:
    value = said.get(key, "inherit").strip()
    return above if value == "inherit" else value


def _stop(element: ElementTree.Element, rules: Mapping[str, dict[str, str]]) -> float:
    said = sheets.style(element, rules)
    return _paint(said.get("stop-color", "black"), _part(said.get("stop-opacity"), 1.0), _BEST)


def _part(value: str | None, otherwise: float) -> float:
    """A number from 0 to 1, or a percentage."""
    found = re.fullmatch(r"\s*([\d.]+)\s*(%?)\s*", value or "")
    if not found:
        return otherwise
    return min(1.0, float(found[1]) / (100 if found[2] else 1))


def _paint(colour: str, opacity: float, gradient: float) -> float:
    """The contrast of one paint on paper: 1 for none, ``gradient`` for one that is looked up."""
    if colour in ("none", "transparent"):
        return 1.0
    if colour.startswith("url("):
        return gradient
    try:
        red, green, blue, *alpha = bitmaps.colour(colour)
    except ValueError:  # currentColor, a function that is new
        return _BEST
    opacity *= (alpha[0] if alpha else 255) / 255
    return _on_paper(tuple(round(255 + (value - 255) * opacity) for value in (red, green, blue)))
