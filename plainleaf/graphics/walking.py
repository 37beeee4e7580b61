"""A drawing (SVG) gone through as renderers do: ``use``, patterns, masks and markers followed, each step counted.

A file of 1 kB may draw a shape 10 to the power of 9 times. So the steps have a limit, and what would lead to itself is
refused, as it has no end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from xml.etree import ElementTree

from plainleaf.graphics import harmless, sheets
from plainleaf.graphics.figures import LENGTH, UNITS, Box, WrongError, moved, room_of
from plainleaf.graphics.sheets import named

SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
MOST_STEPS = 20_000  # elements drawn, with those that are drawn again
MOST_DASHES = 1_000_000  # in one shape
MOST_TILES = 250_000  # of a pattern
_LETTERS = 200  # of attributes that take about as long as an element
_PASSED = {"defs", "symbol", "clipPath", "mask", "marker", "pattern", "linearGradient", "radialGradient", "metadata",
           "title", "desc", "style", "filter"}  # fmt: skip
_GRADIENTS = {"linearGradient", "radialGradient"}
_PAINTS = ("fill", "stroke")
_MARKERS = ("marker", "marker-start", "marker-mid", "marker-end")
_LAID_ON = ("clip-path", "mask", "filter")
_CLEAR = re.compile(
    r"none|transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00|(?:rgba|hsla)\((?:[^,()]+,){3}\s*0*(?:\.0*)?%?\s*\)", re.IGNORECASE
)
_LINK = re.compile(r"""url\(\s*["']?#([^"')]*)""", re.IGNORECASE)
_UNMOVED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def shows(root: ElementTree.Element, box: Box) -> bool:
    """Whether there may be ink in what a drawing shows of its plane. Raises ``WrongError`` for what takes too long."""
    return _Walk(root, box).done()


@dataclass(frozen=True, slots=True)
class _Ink:
    """How a shape is painted: what it has inherited, or says itself. Links are to the names of elements."""

    fill: bool = True
    stroke: bool = False
    fill_clear: bool = False
    stroke_clear: bool = False
    width: float = 1.0
    hidden: bool = False  # until something in it says otherwise
    gone: bool = False  # with all in it
    matrix: tuple[float, ...] | None = _UNMOVED  # ``None``: it cannot be told
    links: tuple[str, ...] = ("", "")  # of ``_PAINTS``
    markers: tuple[str, ...] = ("", "", "", "")  # of ``_MARKERS``
    dashes: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A shape, how it is painted, and the room of its points, ``None`` if that cannot be told."""

    name: str
    ink: _Ink
    room: Box | None


class _Walk:
    """One way through a drawing."""

    def __init__(self, root: ElementTree.Element, box: Box) -> None:
        self._root, self._box = root, box
        self._by_name: dict[str, ElementTree.Element] = {}
        self._around: dict[ElementTree.Element, ElementTree.Element] = {}
        for each in root.iter():
            self._by_name.setdefault(each.get("id", ""), each)
            self._around.update(dict.fromkeys(each, each))
        self._by_name.pop("", None)
        self._sheets = sheets.rules(root)
        loose = [said for selector, said in self._sheets.items() if not sheets.SIMPLE.fullmatch(selector)]
        self._told = not loose
        self._loose = {_link(value) for said in loose for value in said.values()} - {""}
        sheets.check_cost(self._sheets, len(self._around) + 1, _depth(root))
        self._said: dict[ElementTree.Element, dict[str, str]] = {}
        self._rooms: dict[ElementTree.Element, Box | None] = {}
        self._within: list[ElementTree.Element] = []
        self._steps = 0
        self._seen = False

    def done(self) -> bool:
        """Whether anything may be seen, once all is gone through."""
        for each in self._root.iter():  # also what is not drawn has figures that are to be right
            if named(each) in SHAPES:
                self._rooms[each] = room_of(each, named(each))
        self._draw(self._root, _Ink())
        return self._seen

    def _spend(self, steps: int) -> None:
        self._steps += steps
        if self._steps > MOST_STEPS:
            raise WrongError(
                f"it draws more than {MOST_STEPS} parts, because some are used many times:"
                " simplify it, or save it as a PNG"
            )

    def _style(self, element: ElementTree.Element) -> Mapping[str, str]:
        """What is said of an element; its attributes are gone through each time that it is drawn."""
        if element not in self._said:
            for name in dict.fromkeys(element.get("class", "").split()):
                self._spend(len(self._sheets.get(f".{name}", ())) // 50)
            self._said[element] = sheets.style(element, self._sheets)
        said = self._said[element]
        self._spend(1 + sum(map(len, said.values())) // _LETTERS)
        return said

    def _draw(self, element: ElementTree.Element, above: _Ink, again: bool = False) -> None:
        """An element with all in it; ``again``: something else asks for it, so it is drawn whatever it is."""
        name, said = named(element), self._style(element)
        if name in _PASSED and not again:
            return
        if element in self._within:
            raise WrongError(f"a part of it contains itself (#{element.get('id', '')[:40]}), so it never ends")
        if len(self._within) > harmless.MOST_DEPTH:
            raise WrongError(
                f"it is nested too deeply (more than {harmless.MOST_DEPTH} parts in one another): ungroup them"
            )
        self._within.append(element)
        ink = self._ink(said, above)
        for key in _LAID_ON:
            self._follow(_link(said.get(key, "")))
        if name in SHAPES:
            self._shape(element, name, ink)
        elif name == "use":
            self._use(element, ink)
        elif name == "image":
            self._seen |= not (ink.hidden or ink.gone) and any(link.startswith("data:") for link in _hrefs(element))
        inner = ink if element is self._root or name not in ("svg", "symbol") else replace(ink, matrix=None)
        for child in element:
            self._draw(child, inner)
        self._within.pop()

    def _use(self, element: ElementTree.Element, ink: _Ink) -> None:
        targets = [self._by_name[link[1:]] for link in _hrefs(element) if link[1:] in self._by_name]
        if not targets:
            self._spend(len(self._around) // 100)  # a renderer looks for it everywhere
        places = [LENGTH.fullmatch(element.get(key, "0")) for key in ("x", "y")]
        x, y = (float(found[1]) * UNITS.get((found[2] or "").lower(), 0.0) if found else 0.0 for found in places)
        relative = any(found and (found[2] or "").lower() not in UNITS for found in places)
        matrix = None if relative else moved(ink.matrix, f"translate({x!r} {y!r})")
        for target in targets:
            self._draw(target, replace(ink, matrix=matrix), again=True)

    def _follow(self, link: str) -> None:
        """What is drawn where a shape is painted with a pattern or gradient, cut by a mask, or has markers."""
        target = self._by_name.get(link)
        if target is None:
            return
        chain = [target]
        while named(chain[-1]) in (*_GRADIENTS, "pattern"):  # one may go on where another ends
            self._spend(1 + len(chain[-1]))
            following = [self._by_name[href[1:]] for href in _hrefs(chain[-1]) if href[1:] in self._by_name]
            if not following:
                break
            if following[0] in chain:
                raise WrongError(f"a part of it contains itself (#{link[:40]}), so it never ends")
            chain.append(following[0])
        for each in chain:
            _check_gradient(each)
            if named(each) == "pattern":
                self._check_tiles(each)
        if named(target) not in _GRADIENTS:
            around = list[ElementTree.Element]()
            at = target
            while (at := self._around.get(at, self._root)) is not self._root:
                around.append(at)
            ink = _Ink()
            for each in (self._root, *reversed(around)):
                ink = self._ink(self._style(each), ink)
            for each in chain if named(target) == "pattern" else [target]:
                self._draw(each, replace(ink, gone=True), again=True)

    def _shape(self, element: ElementTree.Element, name: str, ink: _Ink) -> None:
        room = self._rooms[element]
        for link in ink.links:
            self._follow(link)
        for link in self._loose:  # they may be for this shape or for others
            if self._by_name.get(link) not in self._within:
                self._follow(link)
        points = max(2, len(element.get("d", "") or element.get("points", "")) // 3)
        for link in ink.markers:
            if link:
                before = self._steps
                self._follow(link)
                self._spend((self._steps - before) * (points - 1))
        if ink.stroke and ink.dashes:
            _check_dashes(ink.dashes, room or self._box, points)
        self._seen |= _seen(_Piece(name, ink, room), self._box)

    def _ink(self, said: Mapping[str, str], above: _Ink) -> _Ink:
        visible = said.get("visibility", "inherit")
        width = LENGTH.fullmatch(said.get("stroke-width", ""))
        ink = _Ink(
            fill=self._painted(said, "fill", above.fill),
            stroke=self._painted(said, "stroke", above.stroke),
            fill_clear=_nothing(said.get("fill-opacity"), above.fill_clear),
            stroke_clear=_nothing(said.get("stroke-opacity"), above.stroke_clear),
            width=float(width[1]) if width else above.width,
            hidden=above.hidden if visible == "inherit" else visible != "visible",
            gone=above.gone or said.get("display") == "none" or _nothing(said.get("opacity")) or self._cut(said),
            matrix=moved(above.matrix, said.get("transform", "")),
            links=tuple(_own(said, key, link) for key, link in zip(_PAINTS, above.links, strict=True)),
            markers=tuple(_own(said, key, link) for key, link in zip(_MARKERS, above.markers, strict=True)),
            dashes=above.dashes if said.get("stroke-dasharray", "inherit") == "inherit" else said["stroke-dasharray"],
        )
        if self._told:
            return ink
        return replace(
            ink,
            fill=True,
            stroke=True,
            fill_clear=False,
            stroke_clear=False,
            width=max(1.0, ink.width),
            hidden=False,
            gone=above.gone,
            matrix=None,
        )

    def _painted(self, said: Mapping[str, str], key: str, above: bool) -> bool:
        paint = said.get(key, "inherit").strip()
        if paint == "inherit":
            return above
        stops = self._stops(_link(paint))
        return not _CLEAR.fullmatch(paint) and (stops is None or not all(map(self._clear_stop, stops)))

    def _stops(self, link: str) -> list[ElementTree.Element] | None:
        """Those of a gradient; ``None`` if it is none, or takes them from another."""
        target = self._by_name.get(link)
        if target is None or named(target) not in _GRADIENTS or _hrefs(target):
            return None
        return [stop for stop in target if named(stop) == "stop"]

    def _clear_stop(self, stop: ElementTree.Element) -> bool:
        said = self._style(stop)
        return _nothing(said.get("stop-opacity")) or bool(_CLEAR.fullmatch(said.get("stop-color", "black").strip()))

    def _cut(self, said: Mapping[str, str]) -> bool:
        """Whether a clip path or mask with nothing in it takes all away."""
        targets = [self._by_name.get(_link(said.get(key, ""))) for key in ("clip-path", "mask")]
        return any(
            target is not None and named(target) in ("clipPath", "mask") and not len(target) for target in targets
        )

    def _check_tiles(self, pattern: ElementTree.Element) -> None:
        """Raises ``WrongError`` for a pattern of very many pieces; where that cannot be told, they are few."""
        whole = self._box[2] - self._box[0], self._box[3] - self._box[1]
        within = pattern.get("patternUnits") != "userSpaceOnUse"
        matrix = moved(_UNMOVED, pattern.get("patternTransform", "")) or _UNMOVED
        scale = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])
        count = 1.0 / scale if scale else float("inf")
        for key, side in zip(("width", "height"), whole, strict=True):
            found = LENGTH.fullmatch(pattern.get(key, ""))
            if not found:
                return
            size = float(found[1]) / (100 if found[2] == "%" else 1)
            if size <= 0:
                return
            count *= (
                1 / size if within or found[2] == "%" else side / (size * UNITS.get((found[2] or "").lower(), 16.0))
            )
        if count > MOST_TILES:
            raise WrongError("the tiles of a pattern in it are too small to be drawn: make them larger")


def _depth(root: ElementTree.Element) -> int:
    """Of elements in one another."""
    depth, level = 0, [root]
    while level:
        depth, level = depth + 1, [child for each in level for child in each]
    return depth


def _hrefs(element: ElementTree.Element) -> list[str]:
    return [value.strip() for key, value in element.attrib.items() if key.rpartition("}")[2] == "href"]


def _link(value: str) -> str:
    """The name of the element that is asked for ("url(#name)"); "" if there is none."""
    found = _LINK.match(value.strip())
    return found[1].strip() if found else ""


def _own(said: Mapping[str, str], key: str, above: str) -> str:
    value = said.get(key, "inherit")
    return above if value.strip() == "inherit" else _link(value)


def _nothing(opacity: str | None, above: bool = False) -> bool:
    """Whether an opacity lets nothing be seen; ``above``: what is inherited, where none is said."""
    found = LENGTH.fullmatch(opacity or "")
    return float(found[1]) <= 0 if found else above


def _check_gradient(element: ElementTree.Element) -> None:
    """A gradient that begins anew where it ends may do so without number: what draws it counts the beginnings."""
    if named(element) in _GRADIENTS and element.get("spreadMethod", "pad").strip() in ("repeat", "reflect"):
        raise WrongError(
            "it contains a repeating gradient (spreadMethod): draw its stripes as shapes, or save it as a PNG"
        )


def _check_dashes(dashes: str, room: Box, points: int) -> None:
    found = [float(part) for part in re.findall(r"\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?", dashes)]
    way = (abs(room[2] - room[0]) + abs(room[3] - room[1])) * points
    if sum(found) > 0 and way < float("inf") and way / sum(found) > MOST_DASHES:
        raise WrongError("the dashes of a line in it are too short to be drawn: make them longer")


def _seen(piece: _Piece, box: Box) -> bool:
    """Whether ink of a shape may lie in the box."""
    ink = piece.ink
    stroke = ink.stroke and ink.width > 0 and not ink.stroke_clear
    fill = ink.fill and not ink.fill_clear and piece.name != "line"
    if ink.hidden or ink.gone or not (stroke or fill):
        return False
    if piece.room is None or ink.matrix is None:
        return True
    left, top, right, bottom = piece.room
    if left > right or top > bottom or (not stroke and (left == right or top == bottom)):
        return False
    a, b, c, d, e, f = ink.matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (top, bottom)]
    around = 2 * ink.width * max(map(abs, (a, b, c, d))) if stroke else 0.0  # mitres reach further than half
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return (
        min(across) - around < box[2]
        and max(across) + around > box[0]
        and min(down) - around < box[3]
        and max(down) + around > box[1]
    )
