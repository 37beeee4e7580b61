"""Is a drawing (SVG) harmless, are its figures figures, and does it draw something where it is seen?

It is gone through as a renderer goes through it, with all that is used again, and each step is counted: what would take
long to draw is refused before it is drawn. Where ink lies is told from the shapes, their paints and the room that their
points take. Where that cannot be told (style sheets with conditions, skewed shapes), there is taken to be ink: only a
drawing that certainly shows nothing is refused.
"""

from __future__ import annotations

from xml.etree import ElementTree
from xml.parsers import expat

from plainleaf.graphics import harmless, walking
from plainleaf.graphics.figures import (
    LIST,
    MOST,
    PLACES,
    SIZES,
    UNITS,
    Box,
    WrongError,
    check_transform,
    length,
    numbers,
)
from plainleaf.graphics.sheets import named

_LEAST = 1e-6  # of a viewBox's sides
_LONGEST = 1000  # times as long as the other side


def fault(data: bytes) -> str:
    """What is wrong with an SVG file, as the end of a sentence ("it holds <script>"); "" if nothing is."""
    try:
        harmless.check(data)
        root = ElementTree.fromstring(data)
        box = _box(root)
        for element in root.iter():
            _check_figures(element, named(element))
        if not walking.shows(root, box):
            return "nothing in it can be seen: everything is invisible or outside its viewBox"
    except WrongError as error:
        return str(error)
    except expat.ExpatError as error:
        return f"it could not be read as XML: {expat.ErrorString(error.code)}, line {error.lineno}"
    except (LookupError, ValueError):
        return "its encoding is not known: save it as UTF-8"
    except (ArithmeticError, RecursionError):
        return "it cannot be drawn: its numbers are too large, too small or too many"
    return ""


# --------------------------------------------------------------------------- figures

_MEASURED = {*walking.SHAPES, "image", "use", "svg", "pattern", "mask", "linearGradient", "radialGradient"}
_LOOK = ("stroke-width", "opacity", "fill-opacity", "stroke-opacity", "stroke-miterlimit", "stop-opacity")
_OWN = {
    "linearGradient": ("x1", "y1", "x2", "y2"),
    "radialGradient": ("fx", "fy", "fr"),
    "stop": ("offset",),
    "marker": ("refX", "refY", "markerWidth", "markerHeight"),
}
_PLACED = (*PLACES, "refX", "refY", "fx", "fy", "offset")  # may be less than 0
_WORDS = ("auto", "inherit", "left", "right", "top", "bottom", "center")
_TRANSFORMS = ("transform", "gradientTransform", "patternTransform")


def _check_figures(element: ElementTree.Element, name: str) -> None:
    """The figures of an element: its place and size, how thick and how clear it is drawn, how it is moved."""
    for key in (*_LOOK, *((*PLACES, *SIZES) if name in _MEASURED else ()), *_OWN.get(name, ())):
        value = element.get(key)
        if value is None or value.strip() in _WORDS:
            continue
        if length(name, key, value)[0] < 0 and key not in _PLACED:
            raise WrongError(f"<{name} {key}=“{value[:20]}”> is less than 0")
    for key in _TRANSFORMS:
        check_transform(name, key, element.get(key, ""))
    if (box := element.get("viewBox")) is not None:
        _four(box)
    turned = element.get("orient", "auto").strip() if name == "marker" else "auto"
    if turned not in ("auto", "auto-start-reverse"):
        length(name, "orient", turned)


def _four(value: str) -> list[float]:
    figures = numbers("svg", "viewBox", value) if LIST.fullmatch(value) else []
    if len(figures) != 4 or figures[2] <= 0 or figures[3] <= 0:
        raise WrongError(f"viewBox=“{value[:40]}”: it must be four numbers, with a width and a height over 0")
    return figures


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
            raise WrongError("its size is missing: give <svg> a viewBox")
        return (0.0, 0.0, across or MOST, down or MOST)
    left, top, width, height = _four(value)
    if min(width, height) < _LEAST or max(width, height) > _LONGEST * min(width, height):
        raise WrongError(f"viewBox=“{value[:40]}”: its width and height do not go together")
    if across and down and "none" not in root.get("preserveAspectRatio", ""):  # more is seen on two of its sides
        scale = min(across / width, down / height)
        more = max(0.0, across / scale - width), max(0.0, down / scale - height)
        return (left - more[0], top - more[1], left + width + more[0], top + height + more[1])
    return (left, top, left + width, top + height)
