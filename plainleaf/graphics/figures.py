"""Figures of drawings (SVG): lengths, lists of numbers, paths, transforms; and the room that a shape's points take."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

from plainleaf.model.lengths import PX_PER

MOST = 1e8  # of any figure
_NUMBER = r"[+-]?(?>\d+(?:\.\d*)?|\.\d+)(?>(?:[eE][+-]?\d+)?)"
LENGTH = re.compile(rf"\s*({_NUMBER})\s*(px|pt|pc|mm|cm|in|q|em|ex|rem|ch|vw|vh|%)?\s*", re.IGNORECASE | re.ASCII)
LIST = re.compile(rf"\s*(?:{_NUMBER}(?:\s*,\s*|\s+|(?=[+-.])|\s*$))*", re.ASCII)
_NUMBERS = re.compile(_NUMBER, re.ASCII)
UNITS = {"": 1.0, **PX_PER}  # CSS pixels
PLACES = ("x", "y", "x1", "y1", "x2", "y2", "cx", "cy")
SIZES = ("width", "height", "r", "rx", "ry", "stroke-width")

Box = tuple[float, float, float, float]  # left, top, right, bottom
NOWHERE: Box = (math.inf, math.inf, -math.inf, -math.inf)


class WrongError(Exception):
    """What is wrong with a drawing, as the end of a sentence."""


def length(name: str, key: str, value: str) -> tuple[float, str]:
    """A figure and its unit; raises ``WrongError`` for what is none."""
    found = LENGTH.fullmatch(value)
    if not found:
        raise WrongError(f"<{name} {key}=“{value[:20]}”> is not a length: write a number")
    return _within(name, key, float(found[1])), (found[2] or "").lower()


def _within(name: str, key: str, figure: float) -> float:
    if abs(figure) > MOST:
        raise WrongError(f"<{name} {key}> has a number that is too large ({figure:g})")
    return figure


def numbers(name: str, key: str, value: str) -> list[float]:
    """A list of numbers."""
    if not LIST.fullmatch(value):
        raise WrongError(f"<{name} {key}=“{value[:20]}”> is not a list of numbers")
    return [_within(name, key, float(number)) for number in _NUMBERS.findall(value)]


_COUNTS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}
_COMMANDS = re.compile(r"([mlhvcsqtaz])([^mlhvcsqtaz]*)", re.IGNORECASE)
_TRANSFORM = re.compile(r"\s*(\w+)\s*\(([^()]*)\)[\s,]*")


def room_of(element: ElementTree.Element, name: str) -> Box | None:
    """The room that the points of a shape take; ``None`` if it cannot be told (lengths in per cent or em)."""
    if name == "path":
        return _around(_path_points(element.get("d", "")))
    if name in ("polyline", "polygon"):
        figures = numbers(name, "points", element.get("points", ""))
        return _around(list(zip(figures[::2], figures[1::2], strict=False)))
    found = dict[str, float]()
    for key in (*PLACES, *SIZES[:-1]):
        value = element.get(key)
        if value is None or value.strip() in ("auto", "inherit"):
            continue
        figure, unit = length(name, key, value)
        if unit not in UNITS:
            return None
        found[key] = figure * UNITS[unit]
    if name == "line":
        return _around([(found.get(f"x{end}", 0.0), found.get(f"y{end}", 0.0)) for end in "12"])
    if name == "rect":
        left, top, width, height = (found.get(key, 0.0) for key in ("x", "y", "width", "height"))
        return (left, top, left + width, top + height) if width and height else NOWHERE
    x, y = found.get("cx", 0.0), found.get("cy", 0.0)
    rx, ry = found.get("r", 0.0), found.get("r", 0.0)
    if name == "ellipse":  # where one radius is not said it is as long as the other
        rx, ry = found.get("rx", found.get("ry", 0.0)), found.get("ry", found.get("rx", 0.0))
    return (x - rx, y - ry, x + rx, y + ry) if rx and ry else NOWHERE


def _around(points: list[tuple[float, float]]) -> Box:
    """The room that points take; none for one alone."""
    if len(points) < 2:
        return NOWHERE
    across, down = [x for x, _ in points], [y for _, y in points]
    return (min(across), min(down), max(across), max(down))


def _path_points(text: str) -> list[tuple[float, float]]:
    """The points of a path and those that pull its curves, between which it lies; of an arc the room of its ellipse."""
    if text.strip() in ("", "none"):
        return []
    if not re.match(r"\s*[mM]", text) or _COMMANDS.sub("", text).strip():
        raise WrongError(f"<path d=“{text.strip()[:20]}”> is not a path: a path begins with M")
    points, x, y, start = list[tuple[float, float]](), 0.0, 0.0, (0.0, 0.0)
    for letter, rest in _COMMANDS.findall(text):
        kind, count = letter.lower(), _COUNTS[letter.lower()]
        figures = _arc_figures(rest) if kind == "a" else numbers("path", "d", rest)
        if (len(figures) % count if count else figures) or (count and not figures):
            raise WrongError(f"<path d> has one number too few or too many after {letter}")
        if kind == "z":
            x, y = start
        for at in range(0, len(figures), count or 1):
            own = figures[at : at + count]
            base = (x, y) if letter.islower() else (0.0, 0.0)
            if kind == "h":
                x = base[0] + own[0]
            elif kind == "v":
                y = base[1] + own[0]
            else:
                if kind == "a":
                    middle, reach = ((x + base[0] + own[5]) / 2, (y + base[1] + own[6]) / 2), 2 * max(own[0], own[1])
                    points += [(middle[0] - reach, middle[1] - reach), (middle[0] + reach, middle[1] + reach)]
                    own = own[5:]
                pairs = [(base[0] + own[n], base[1] + own[n + 1]) for n in range(0, len(own), 2)]
                points += pairs
                x, y = pairs[-1]
            points.append((x, y))
            if kind == "m" and at == 0:
                start = (x, y)
                points[-2:] = [(x, y)]
    return points


def _arc_figures(text: str) -> list[float]:
    """The figures of arcs, whose two flags may be written without anything behind them ("a1 1 0 01.5 1")."""
    number, gap = rf"({_NUMBER})", r"[\s,]*"
    arc = re.compile(gap.join([r"\s*,?\s*" + number, number, number, "([01])", "([01])", number, number]), re.ASCII)
    found, at, text = list[float](), 0, text.rstrip()
    while at < len(text):
        one = arc.match(text, at)
        if not one:
            raise WrongError(f"<path d> has an arc that could not be read: {text.strip()[:20]}")
        found += [_within("path", "d", float(part)) for part in one.groups()]
        at = one.end()
    return found


_MOVES = ("matrix", "translate", "scale", "rotate", "skewx", "skewy")
_MEASURES = re.compile(rf"\s*(?:{_NUMBER}(?>[a-z%]*)(?:\s*,\s*|\s+|(?=[+-.])|\s*$))+", re.ASCII | re.IGNORECASE)


def check_transform(name: str, key: str, text: str) -> None:
    """Raises ``WrongError`` for what is no list of moves, each with its numbers ("translate(4 5) scale(2)")."""
    at, whole = 0, text.strip()
    while at < len(whole) and whole != "none":
        one = _TRANSFORM.match(whole, at)
        if not one or one[1].lower() not in _MOVES or not _MEASURES.fullmatch(one[2]):
            raise WrongError(
                f"<{name} {key}=“{whole[at : at + 40]}”> contains something that is neither a number nor a transform"
            )
        at = one.end()


def moved(above: tuple[float, ...] | None, text: str) -> tuple[float, ...] | None:
    """The matrix of a shape: what is around it, then its own ``transform``; ``None`` if that is not known."""
    matrix, at, text = above, 0, text.rstrip()
    while matrix and at < len(text):
        one = _TRANSFORM.match(text, at)
        own = _matrix(one[1], numbers(one[1], "(...)", one[2])) if one and LIST.fullmatch(one[2]) else None
        if one is None or own is None:
            return None
        a, b, c, d, e, f = matrix
        g, h, i, j, k, m = own
        matrix = (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)
        at = one.end()
    return matrix


def _matrix(name: str, of: list[float]) -> tuple[float, ...] | None:
    if name == "matrix" and len(of) == 6:
        return tuple(of)
    if name == "translate" and len(of) in (1, 2):
        return (1.0, 0.0, 0.0, 1.0, of[0], of[1] if len(of) == 2 else 0.0)
    if name == "scale" and len(of) in (1, 2):
        return (of[0], 0.0, 0.0, of[-1], 0.0, 0.0)
    if name == "rotate" and len(of) in (1, 3):
        turn = math.radians(of[0])
        x, y = of[1:] if len(of) == 3 else (0.0, 0.0)
        cos, sin = math.cos(turn), math.sin(turn)
        return (cos, sin, -sin, cos, x - x * cos + y * sin, y - x * sin - y * cos)
    return None
