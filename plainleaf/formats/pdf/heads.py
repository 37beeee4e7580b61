"""Heads and feet of pages, laid out once for all pages on which they are the same.

A head that an element of the document is moved to (``content: element(page-head)``), alone on its side of the page, is
the same wherever the page and the rules for it are, as long as nothing in it counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from weasyprint import layout
from weasyprint.formatting_structure import boxes

from plainleaf.formats.pdf import textlines

_usual = layout.make_margin_boxes

_KNOWN = "plainleaf-heads"
_NOTHING = ("normal", "inhibit", "none")
_SIDES = {
    "top": ("left", "center", "right"),
    "bottom": ("left", "center", "right"),
    "left": ("top", "middle", "bottom"),
    "right": ("top", "middle", "bottom"),
}
_ORDER = [f"@{side}-{place}" for side, places in _SIDES.items() for place in places]  # corners come after them


@dataclass(frozen=True, slots=True)
class _Head:
    """A head as it was laid out, and what that hung on: the element in it, the page's measures, the rules for both."""

    place: str
    element: Any
    measures: tuple[float, ...]
    rules: tuple[Any, Any]
    box: Any = None

    def same(self, other: _Head) -> bool:
        """Whether what it hangs on is the same."""
        element = self.element is other.element
        return element and (self.place, self.measures, self.rules) == (other.place, other.measures, other.rules)


def margin_boxes(context: Any, page: Any, state: Any) -> Iterator[Any]:
    """The heads and feet of a page: as they were laid out for another one, or laid out now."""
    known: list[_Head] = context.__dict__.setdefault(_KNOWN, [])
    wanted = {head.place: head for head in _heads(context, page)}
    found = {place: before.box for place, head in wanted.items() if (before := next(filter(head.same, known), None))}
    with _without(context, page.page_type, found):
        made = list(_usual(context, page, state))
    for box in made:
        head = wanted.get(box.at_keyword)
        if head and _stays(box):
            known.append(_Head(head.place, head.element, head.measures, head.rules, _copy(box)))
    made += map(_copy, found.values())
    yield from sorted(made, key=lambda box: _ORDER.index(box.at_keyword) if box.at_keyword in _ORDER else len(_ORDER))


def _heads(context: Any, page: Any) -> Iterator[_Head]:
    """The heads of a page that might be the same on another one, without their boxes."""
    measures = tuple(getattr(page, f"margin_{side}") for side in _SIDES)
    measures = (*measures, page.border_width(), page.border_height())
    for side, places in _SIDES.items():
        styles = {f"@{side}-{place}": context.style_for(page.page_type, f"@{side}-{place}") for place in places}
        printed = {place: style for place, style in styles.items() if style and style["content"] not in _NOTHING}
        for place, style in printed.items():
            element = _element(context, page, style["content"]) if len(printed) == 1 else None
            if element is not None:
                yield _Head(place, element, measures, (style.cascaded, page.style.cascaded))


def _element(context: Any, page: Any, content: Any) -> Any:
    """The only box that is moved to a page's margin by its content, if nothing in it is generated."""
    if len(content) != 1 or content[0][0] != "element()" or content[0][1][1] == "all-once":
        return None
    found = context.get_running_element_for(page, *content[0][1])
    if len(found) != 1 or any(box.style["content"] not in ("normal", "none") for box in found[0].descendants()):
        return None
    return found[0]


def _stays(box: Any) -> bool:
    """Whether all that is in a box stands in it."""
    inside = box.descendants(placeholders=True)
    return all(isinstance(each, boxes.Box) and not each.is_absolutely_positioned() for each in inside)


def _copy(box: Any) -> Any:
    """The same box for another page, with lines of its own."""
    copied = box.deepcopy()
    for each in copied.descendants():
        if isinstance(each, boxes.TextBox):
            each.pango_layout = textlines.twin(each.pango_layout)
    return copied


class _Styles:
    """The styles of a document without those of some places on a page."""

    def __init__(self, styles: Any, page_type: Any, places: Any) -> None:
        self._styles, self._page_type, self._places = styles, page_type, places

    def __call__(self, element: Any, pseudo_type: str | None = None) -> Any:
        hidden = pseudo_type in self._places and element == self._page_type
        return None if hidden else self._styles(element, pseudo_type)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._styles, name)


@contextmanager
def _without(context: Any, page_type: Any, places: Any) -> Iterator[None]:
    """While it lasts, nothing is printed in these places of a page."""
    usual, context.style_for = context.style_for, _Styles(context.style_for, page_type, places)
    try:
        yield
    finally:
        context.style_for = usual
