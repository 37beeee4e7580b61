"""Is a drawing (SVG) harmless, are its figures figures, and does it draw something where it is seen?

Nothing is drawn to find that out, as nothing that is installed draws fast: where ink lies is told from the shapes,
their paints and the room that their points take. Where that cannot be told (style sheets with conditions, patterns,
shapes that are used again), there is taken to be ink: only a drawing that certainly shows nothing is refused.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from xml.etree import ElementTree
from xml.parsers import expat

from plainleaf.graphics import bitmaps
from plainleaf.graphics.figures import (
    LENGTH,
    LIST,
    MOST,
    PLACES,
    SIZES,
    UNITS,
    Box,
    WrongError,
    length,
    moved,
    numbers,
    room_of,
)

SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}

_SVG = "http://www.w3.org/2000/svg"
_FORBIDDEN = {"script", "foreignObject", "iframe", "audio", "video", "handler", "listener"}
_OUTSIDE = re.compile(r"""url\(\s*["']?(?!\s*#)|@import""", re.IGNORECASE)
_WITHIN = ("#", "data:image/png;base64,", "data:image/jpeg;base64,")


def fault(data: bytes) -> str:
    """What is wrong with an SVG file, as the end of a sentence ("it holds <script>"); "" if nothing is."""
    try:
        _check_safe(data)
        root = ElementTree.fromstring(data)
        box = _box(root)
        if not any(_seen(piece, box) for piece in _pieces(root)):
            return "nothing in it can be seen: all is invisible, or lies outside its viewBox"
    except WrongError as error:
        return str(error)
    except expat.ExpatError as error:
        return f"it is no XML that can be read: {expat.ErrorString(error.code)}, line {error.lineno}"
    except (LookupError, ValueError):
        return "its encoding is not known: save it as UTF-8"
    except RecursionError:
        return "it is nested too deep"
    return ""


# --------------------------------------------------------------------------- harmless


def _check_safe(data: bytes) -> None:
    """Well-formed XML with ``<svg>`` outside, without entities, programs, or anything that lies elsewhere."""
    parser = expat.ParserCreate(namespace_separator=" ")
    styles: list[str] = []
    inside: list[str] = []
    begun: list[str] = []

    def begin(tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if not begun and tag != f"{_SVG} svg":
            raise WrongError(f'it begins with <{name}>, not with <svg xmlns="{_SVG}">')
        if name in _FORBIDDEN:
            raise WrongError(f"it holds <{name}>")
        if name == "text":
            raise WrongError("it holds letters, which need a font: turn them into paths (outlines)")
        begun.append(name)
        inside.append(name)
        for key, value in attributes.items():
            _check_attribute(key.rpartition(" ")[2], value)

    def end(_: str) -> None:
        inside.pop()

    def said(text: str) -> None:
        if inside[-1:] == ["style"]:
            styles.append(text)

    def doctype(*_: object) -> None:
        raise WrongError("it holds a DOCTYPE: save it as “plain SVG”")

    def instruction(target: str, _: str) -> None:
        raise WrongError(f"it holds <?{target}>")

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = said
    parser.StartDoctypeDeclHandler, parser.ProcessingInstructionHandler = doctype, instruction
    parser.Parse(data, True)
    if _OUTSIDE.search("".join(styles)):
        raise WrongError("its style asks for something outside the file")


def _check_attribute(key: str, value: str) -> None:
    if key.lower().startswith("on"):
        raise WrongError(f"it holds a program ({key}=...)")
    if key.lower() in ("href", "src"):
        value = value.strip()
        if not value.startswith(_WITHIN):
            raise WrongError(f"it asks for something outside the file: {value[:60]}")
        if value.startswith("data:"):
            _check_picture(value)
    elif _OUTSIDE.search(value):
        raise WrongError(f"it asks for something outside the file ({key}=...)")


def _check_picture(address: str) -> None:
    """A picture in a drawing is whole."""
    try:
        data = base64.b64decode("".join(address.partition(",")[2].split()), validate=True)
    except binascii.Error as error:
        raise WrongError("a picture in it is damaged: it is no base64") from error
    if wrong := bitmaps.fault(data):
        raise WrongError(f"a picture in it cannot be printed: {wrong}")


# --------------------------------------------------------------------------- figures

_MEASURED = {*SHAPES, "image", "use", "svg", "pattern", "mask"}


_LOOK = ("stroke-width", "opacity", "fill-opacity", "stroke-opacity")
_NO_FIGURE = re.compile(r"\b(?:nan|inf|infinity|undefined|null)\b", re.IGNORECASE)


def _check_figures(element: ElementTree.Element, name: str) -> None:
    """The figures of an element: its place and size, how thick and how clear it is drawn, how it is moved."""
    for key in (*_LOOK, *(PLACES if name in _MEASURED else ()), *(SIZES if name in _MEASURED else ())):
        value = element.get(key)
        if value is None or value.strip() in ("auto", "inherit"):
            continue
        if length(name, key, value)[0] < 0 and key not in PLACES:
            raise WrongError(f"<{name} {key}=“{value[:20]}”> is less than 0")
    moved_by = element.get("transform", "")
    if _NO_FIGURE.search(moved_by):
        raise WrongError(f"<{name} transform=“{moved_by[:40]}”> holds something that is no number")


def _box(root: ElementTree.Element) -> Box:
    """What a drawing shows of its plane: ``viewBox``, four numbers; without it, its width and height."""
    sizes = {
        key: length("svg", key, root.get(key, ""))
        for key in ("width", "height")
        if root.get(key, "auto").strip() != "auto"
    }
    for key, (figure, _) in sizes.items():
        if figure <= 0:
            raise WrongError(f"<svg {key}=“{root.get(key)}”> must be over 0")
    across, down = (
        figure * UNITS[unit] if unit in UNITS else 0.0 for figure, unit in (sizes.get(k, (0.0, "")) for k in SIZES[:2])
    )
    value = root.get("viewBox")
    if value is None:
        if len(sizes) < 2:
            raise WrongError("it does not tell its size: give <svg> a viewBox")
        return (0.0, 0.0, across or MOST, down or MOST)
    figures = numbers("svg", "viewBox", value) if LIST.fullmatch(value) else []
    if len(figures) != 4 or figures[2] <= 0 or figures[3] <= 0:
        raise WrongError(f"viewBox=“{value[:40]}”: it must be four numbers, with a width and a height over 0")
    left, top, width, height = figures
    if across and down and "none" not in root.get("preserveAspectRatio", ""):  # more is seen on two of its sides
        scale = min(across / width, down / height)
        more = max(0.0, across / scale - width), max(0.0, down / scale - height)
        return (left - more[0], top - more[1], left + width + more[0], top + height + more[1])
    return (left, top, left + width, top + height)


# --------------------------------------------------------------------------- ink


@dataclass(frozen=True, slots=True)
class _Ink:
    """How a shape is painted: what it has inherited, or says itself."""

    fill: bool = True
    stroke: bool = False
    fill_clear: bool = False
    stroke_clear: bool = False
    width: float = 1.0
    hidden: bool = False
    matrix: tuple[float, ...] | None = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)  # ``None``: it cannot be told


@dataclass(frozen=True, slots=True)
class _Piece:
    """A shape, how it is painted, and the room of its points, ``None`` if that cannot be told."""

    name: str
    ink: _Ink
    room: Box | None


_UNSEEN = {"defs", "symbol", "clipPath", "mask", "marker", "pattern", "linearGradient", "radialGradient", "metadata",
           "title", "desc", "style", "filter"}  # fmt: skip
_CLEAR = re.compile(
    r"none|transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00|(?:rgba|hsla)\((?:[^,()]+,){3}\s*0*(?:\.0*)?%?\s*\)", re.IGNORECASE
)
_SIMPLE = re.compile(r"[.#]?[\w-]+")


def named(element: ElementTree.Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def rules(root: ElementTree.Element) -> dict[str, dict[str, str]]:
    """What its style sheets say, by selector (".a", "#a", "path"), each with its last rule."""
    css = "".join(each.text or "" for each in root.iter() if named(each) == "style")
    found: dict[str, dict[str, str]] = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"(?s)/\*.*?\*/", "", css)):
        for selector in selectors.split(","):
            found.setdefault(selector.strip(), {}).update(_declared(body))
    return found


def _declared(body: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in body.split(";"))
    return {key.strip(): value.replace("!important", "").strip() for key, _, value in pairs}


def style(element: ElementTree.Element, sheets: Mapping[str, dict[str, str]]) -> dict[str, str]:
    """What is said of an element: in its attributes, then in style sheets, then in its own style, which wins."""
    names = [named(element), *(f".{name}" for name in element.get("class", "").split()), f"#{element.get('id', '')}"]
    said: dict[str, str] = dict(element.attrib)
    for part in (*(sheets.get(name, {}) for name in names), _declared(element.get("style", ""))):
        said.update(part)
    return said


def _pieces(root: ElementTree.Element) -> Iterator[_Piece]:
    """All that is drawn, each figure of it looked at."""
    ids = frozenset(f"#{each.get('id')}" for each in root.iter())
    return iter(list(_drawn(root, _Ink(), rules(root), ids, outermost=True)))


def _drawn(
    element: ElementTree.Element,
    above: _Ink,
    sheets: Mapping[str, dict[str, str]],
    ids: frozenset[str],
    outermost: bool = False,
) -> Iterator[_Piece]:
    name, told = named(element), all(map(_SIMPLE.fullmatch, sheets))
    _check_figures(element, name)
    room = room_of(element, name) if name in SHAPES else None
    said = style(element, sheets)
    ink = _ink(said, above) if told else _Ink(stroke=True, matrix=None)
    gone = told and (said.get("display") == "none" or name in _UNSEEN or _nothing(said.get("opacity")))
    if name in SHAPES:
        yield _Piece(name, replace(ink, hidden=ink.hidden or gone), room)
    elif name in ("image", "use"):
        links = [value.strip() for key, value in element.attrib.items() if key.rpartition("}")[2] == "href"]
        there = any(link.startswith("data:") if name == "image" else link in ids for link in links)
        yield _Piece(name, replace(ink, hidden=ink.hidden or gone or not there), None)
    inner = replace(ink, matrix=None) if name == "svg" and not outermost else ink
    for child in element:
        for piece in _drawn(child, inner, sheets, ids):
            yield replace(piece, ink=replace(piece.ink, hidden=True)) if gone else piece


def _ink(said: Mapping[str, str], above: _Ink) -> _Ink:
    visible = said.get("visibility", "inherit")
    width = LENGTH.fullmatch(said.get("stroke-width", ""))
    return _Ink(
        fill=_painted(said, "fill", above.fill),
        stroke=_painted(said, "stroke", above.stroke),
        fill_clear=_nothing(said.get("fill-opacity"), above.fill_clear),
        stroke_clear=_nothing(said.get("stroke-opacity"), above.stroke_clear),
        width=float(width[1]) if width else above.width,
        hidden=above.hidden if visible == "inherit" else visible != "visible",
        matrix=moved(above.matrix, said.get("transform", "")),
    )


def _painted(said: Mapping[str, str], key: str, above: bool) -> bool:
    paint = said.get(key, "inherit").strip()
    return above if paint == "inherit" else not _CLEAR.fullmatch(paint)


def _nothing(opacity: str | None, above: bool = False) -> bool:
    """Whether an opacity lets nothing be seen; ``above``: what is inherited, where none is said."""
    found = LENGTH.fullmatch(opacity or "")
    return float(found[1]) <= 0 if found else above


def _seen(piece: _Piece, box: Box) -> bool:
    """Whether ink of a shape may lie in the box."""
    ink = piece.ink
    stroke = ink.stroke and ink.width > 0 and not ink.stroke_clear
    fill = ink.fill and not ink.fill_clear and piece.name != "line"
    if ink.hidden or not (stroke or fill or piece.name not in SHAPES):
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
