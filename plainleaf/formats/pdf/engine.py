"""WeasyPrint 70 as it is, in less time: the same values, found without asking again what has been asked before.

Half of the time of a leaflet goes into properties that no rule sets, lengths that are the same for many boxes, lines
(``textlines``) that are asked for again and again, and a cache of the HTML parser that is never hit. Each shortcut
gives what the library gives, which ``tests/formats/pdf/test_engine.py`` compares; another version is left alone until
somebody has looked whether they still hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from operator import itemgetter
from threading import Lock
from typing import Any

import pydyf
import weasyprint
from weasyprint import css, layout, pdf
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, Dimension
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.layout import absolute, block, column, grid, inline, page, percent, preferred, table
from weasyprint.layout import float as floats

from plainleaf.formats import parsing
from plainleaf.formats.pdf import again, cascade, clusters, composing, flexible, heads, lineends, releasing, textlines

KNOWN = "70.0"
"""The version that the shortcuts were written for."""

_REFERENCES = "plainleaf-references"
_FIXED = "plainleaf-fixed"
_PASSED = "plainleaf-passed"

# Properties whose value hangs on more than the rules for them: on each other, or on the way from the root.
_LINKED = frozenset({"page", "position", "float", "display"})
_PROPAGATED = "text_decoration_"


def _plain(key: str) -> bool:
    return key not in _LINKED and not key.startswith(_PROPAGATED)


_INHERITED = frozenset(filter(_plain, INHERITED))
_INITIAL = {
    key: value
    for key, value in INITIAL_VALUES.items()
    if _plain(key) and key not in INHERITED and key not in INITIAL_NOT_COMPUTED and not check_math(value)
}
_UNSET = {
    key: INITIAL_VALUES[key]
    for key in sorted(_INHERITED)
    if key not in INITIAL_NOT_COMPUTED and not check_math(INITIAL_VALUES[key]) and key != "white_space"
}
"""The inherited properties by their initial values; but for one that is set while boxes are made."""

_LOGICAL = {key: {way: of(block="ttb", inline=way) for way in ("ltr", "rtl")} for key, of in PHYSICAL_FUNCTIONS.items()}
"""The logical property that can stand for a physical one, by the direction of the text."""

_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{box}_{side}" for box in ("margin", "padding") for side in _SIDES),
    *(f"{least}{way}" for least in ("", "min_", "max_") for way in ("width", "height")),
)

_PHYSICAL: dict[str, tuple[str, ...]] = {}
for _physical, _ways in _LOGICAL.items():
    for _way in set(_ways.values()):
        _PHYSICAL[_way] = (*_PHYSICAL.get(_way, ()), _physical)

_SIZES = (*_LENGTHS, *(f"border_{side}_width" for side in _SIDES), "box_sizing", "border_collapse")
_sized = itemgetter(*_SIZES)
_lengths: dict[Any, dict[str, Any]] = {}  # used ones by those of styles, for as long as a sheet is made

_missing = css.ComputedStyle.__missing__
_computed = css.ComputedStyle.__init__
_anonymous = css.AnonymousStyle.__init__
_resolve = percent.resolve_one_percentage
_resolve_all = percent.resolve_percentages
_page_references = pydyf.PDF.page_references


def unset(style: Any, key: str) -> Any:
    """The value of a property of an element, which its style then keeps: at once where no rule sets it, so that it is
    the parent's or the initial one; else as WeasyPrint finds it."""
    cascaded = style.cascaded
    if key not in cascaded and (key not in _LOGICAL or _LOGICAL[key][style["direction"]] not in cascaded):
        if key in _INITIAL:
            value = style[key] = _INITIAL[key]
            return value
        if style.parent_style is not None and (key in _INHERITED or key.startswith("__")):
            value = style.parent_style[key]
            if not is_math(value):
                style[key] = value
                return value
    return _missing(style, key)


def computed(style: Any, parent_style: Any, cascaded: Any, *others: Any) -> None:
    """A style has at once what no rule sets for it, nor for what it stands in: the initial values."""
    known = _INITIAL if parent_style is None else {**_INITIAL, **_passed(parent_style)}
    if cascaded:
        known = known.copy()
        for key in cascaded:
            known.pop(key, None)
            for physical in _PHYSICAL.get(key, ()):
                known.pop(physical, None)
    style.update(known)
    _computed(style, parent_style, cascaded, *others)
    releasing.note(style)


def anonymous(style: Any, parent_style: Any) -> None:
    """A box that stands for no element has the initial value of all that is not inherited."""
    style.update(_INITIAL)
    style.update(_passed(parent_style))
    _anonymous(style, parent_style)
    releasing.note(style)


def _passed(style: Any) -> dict[str, Any]:
    """The inherited properties that a style passes on at their initial values, as no rule from the root to it sets
    them, nor anybody since."""
    passed: dict[str, Any] | None = style.__dict__.get(_PASSED)
    if passed is None:
        above = style.parent_style
        passed = _UNSET if above is None else _passed(above)
        cascaded = getattr(style, "cascaded", {})
        if any(key in passed for key in cascaded):
            passed = {key: value for key, value in passed.items() if key not in cascaded}
        style.__dict__[_PASSED] = passed
    get = dict.get
    if any(get(style, key, value) is not value for key, value in passed.items()):
        return {key: value for key, value in passed.items() if get(style, key, value) is value}
    return passed


def used(box: Any, name: str, refer_to: Any) -> None:
    """Set the used value of a box's length: most are in pixels, and what 100 % of them is does not matter."""
    value = box.style[name]
    if type(value) is Dimension and value.unit == "px":
        setattr(box, name, value.value)
    else:
        _resolve(box, name, refer_to)


def resolved(box: Any, containing_block: Any) -> None:
    """Set the used values of a box's lengths: where all of them are in pixels they are the same in any block, so that
    they are worked out once for a style."""
    if layout := again.current():
        layout.seen.append(box)
    style = box.style
    lengths = style.__dict__.get(_FIXED)
    if lengths is None:
        values = _sized(style)
        lengths = _lengths.get(values)
        if lengths is None:
            lengths = _lengths[values] = _fixed(style)
        style.__dict__[_FIXED] = lengths
    if lengths:
        box.__dict__.update(lengths)
    else:
        _resolve_all(box, containing_block)


def _fixed(style: Any) -> dict[str, Any]:
    """The used lengths of each box of a style; empty if they hang on the block that it stands in."""
    if style["border_collapse"] == "collapse":  # borders are shared with neighbours
        return {}
    for name in _LENGTHS:
        value = style[name]
        if value != "auto" and not (type(value) is Dimension and value.unit == "px"):
            return {}
    example = _Example(style)
    _resolve_all(example, (0.0, 0.0))
    return {name: value for name, value in vars(example).items() if name != "style"}


class _Example:
    """Takes what a box of a style would be given."""

    def __init__(self, style: Any) -> None:
        self.style = style


_NO_MATH = frozenset({str, int, float, type(None), Dimension})
_OUT_OF_FLOW = ("left", "right", "inline-start", "inline-end", "footnote")


def is_math(value: Any) -> Any:
    """Whether a value is to be calculated, as ``check_math`` says: most are numbers, lengths and words."""
    return None if type(value) in _NO_MATH else check_math(value)


def in_flow(box: Any) -> bool:
    """Whether a box is in normal flow; its style is asked for two values, and not for one value after the other."""
    style = box.style
    position = style["position"]
    if position != "static" and (position in ("absolute", "fixed") or position[0] in ("running()", "note()")):
        return False
    return style["float"] not in _OUT_OF_FLOW


def page_references(pdf: Any) -> tuple[bytes, ...]:
    """The references of a PDF's pages, which are asked for with every tag; put together anew when there are more."""
    count = len(pdf.pages["Kids"])
    known: tuple[int, tuple[bytes, ...]] = pdf.__dict__.get(_REFERENCES, (0, ()))
    if known[0] != count:
        known = pdf.__dict__[_REFERENCES] = (count, _page_references.fget(pdf))
    return known[1]


_NOTED = ((block, "iter_line_boxes", lineends.lines), (pdf, "build_fonts_dictionary", lineends.fonts_with_spaces))
_RESOLVING = (absolute, block, column, floats, grid, inline, page, percent, table)
_PLACES = (
    (css.StyleFor, "__init__", cascade.styled),
    (css.ComputedStyle, "__init__", computed),
    (css.ComputedStyle, "__missing__", unset),
    (css.AnonymousStyle, "__init__", anonymous),
    (css, "_resolve_calc_sum", releasing.calc_sum),
    *((module, "check_math", is_math) for module in (css, inline, preferred)),
    (boxes.Box, "is_in_normal_flow", in_flow),
    (inline, "split_first_line", textlines.first_line),
    (preferred, "split_first_line", textlines.first_line),
    (inline, "strut", textlines.strut),
    (inline, "can_break_text", textlines.can_break),
    (preferred, "can_break_text", textlines.can_break),
    (percent, "resolve_one_percentage", used),
    *((module, "resolve_percentages", resolved) for module in _RESOLVING),
    (page, "block_level_layout", again.page_laid_out),
    (layout, "block", flexible.Blocks()),
    (layout, "make_margin_boxes", heads.margin_boxes),
    (drawing, "draw_first_line", clusters.draw_first_line),
    (pydyf.PDF, "page_references", property(page_references)),
    (parsing.ROOM, parsing.PLACE, parsing.PATTERNS),
    *_NOTED,
)
"""Where the shortcuts go, each with what stands there meanwhile."""

_ALWAYS = ((page, "block_level_layout", composing.page_laid_out), *_NOTED)
"""What is no shortcut: it stands there in any version."""

_lock = Lock()
_before: list[tuple[Any, str, Any]] = []  # the places with what stands there usually; none while that is so
_users = 0


def users() -> int:
    """How many use the shortcuts at this moment."""
    return _users


@contextmanager
def tuned() -> Iterator[None]:
    """The shortcuts are in place while it lasts, if this is the WeasyPrint that they are for; then all is as it was,
    for others in the same process who use the library. May be used inside itself, and by several threads."""
    global _users
    with _lock:
        _users += 1
        if _users == 1:
            for owner, name, shortcut in _PLACES if weasyprint.__version__ == KNOWN else _ALWAYS:
                _before.append((owner, name, vars(owner)[name]))
                setattr(owner, name, shortcut)
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if not _users:
                for owner, name, usual in _before:
                    setattr(owner, name, usual)
                _before.clear()
                textlines.forget()
                _lengths.clear()
