"""The laid-out pages read into runs, lines and frames, in one walk that all checks share.

Boxes are WeasyPrint's, told by their attributes, so that nothing is imported. Lengths are CSS pixels (96 to the inch)
from the page's top left corner; type sizes are points as printed. Records are not frozen: there are thousands of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from plainleaf.model import Location, Origin, Rules

PIXELS_PER_MM = 96 / 25.4
POINTS_PER_PIXEL = 72 / 96
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

# Blocks that only hold other blocks; their text is checked where it stands.
CONTAINERS = frozenset({"list", "table", "row", "figure", "callout", "questions", "evidence", "words", "word"})

Edges = tuple[float, float, float, float]  # left, top, right, bottom
Colour = tuple[float, float, float, float]  # red, green, blue, alpha, each from 0 to 1

_FREE = 1e9  # an edge that is no edge
_BREAKS = frozenset({"page", "always", "left", "right", "recto", "verso"})
_INLINE = frozenset({"LineBox", "InlineBox"})
_TRANSPARENT: Colour = (0.0, 0.0, 0.0, 0.0)


class Ground(Protocol):
    """A page as printed, without its text."""

    def colours(self, edges: Edges) -> dict[str, float]:
        """The colours within the edges (``#rrggbb``), each with its share of the area."""


@dataclass(slots=True)
class Run:
    """A piece of text in one style. ``size_pt`` is its type size with all scaling, ``opacity`` that of its boxes.

    ``panels``: what it must stay inside: sheet, fixed panels, its own block. ``turned``: it is moved, scaled or
    rotated as a picture is, so that its edges are not known. ``generated``: by the style sheet, as bullets are.
    """

    text: str
    element: Any
    style: Any
    page: int
    edges: Edges
    baseline: float
    size_pt: float
    opacity: float
    turned: bool
    generated: bool
    panels: tuple[Edges, ...]


@dataclass(slots=True)
class Line:
    """A line of a block's text, or a picture between them. ``flow`` tells the page's columns apart; ``margin``: at the
    head or foot of a page; ``picture``: it is one, or has one in it."""

    element: Any
    page: int
    flow: int
    edges: Edges
    margin: bool
    runs: list[Run] = field(default_factory=list)
    picture: bool = False

    @property
    def text(self) -> str:
        """Its words, as they follow each other in the text."""
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class Frame:
    """A box that is seen: its border (widths, styles, colours by side), ground and icon."""

    element: Any
    page: int
    edges: Edges
    widths: tuple[float, ...]  # top, right, bottom, left
    styles: tuple[str, ...]
    colours: tuple[Colour, ...]
    rounded: bool
    ground: Colour
    icon: str  # the address of a picture that is not repeated, "" for none


@dataclass(slots=True)
class Page:
    """One page, ``number`` from 1. ``forced``: the text asked for a new page here; ``rows``: of tables, no heads."""

    number: int
    name: str
    lines: list[Line] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    forced: bool = False
    rows: set[Any] = field(default_factory=set)

    @property
    def body(self) -> list[Line]:
        """The lines of the text, without the page's head and foot."""
        return [line for line in self.lines if not line.margin]

    @property
    def seen(self) -> list[Line]:
        """Those of them that have something on them."""
        return [line for line in self.body if line.runs or line.picture]


@dataclass(slots=True)
class Printout:
    """All that checks see: the pages, the element tree that they were made from, what is asked of them.

    ``ground`` gives a page's picture without text; ``height`` the height of a letter, in em, in a run's font;
    ``shorter`` lays everything out again with so many characters less at the end of these blocks, ``None`` if there is
    no time left for that. ``origins``: where texts are from that are none of the leaflet's. ``papers``: the edges of
    each page's paper, from the page's corner, empty where they are not known.
    """

    pages: list[Page]
    root: Any
    parents: dict[Any, Any]
    rules: Rules
    ground: Callable[[int], Ground] | None = None
    height: Callable[[Any, str], float] | None = None
    pairs: dict[tuple[str, str], Run] | None = None  # of colours, kept by ``contrast``
    shorter: Callable[[Mapping[Any, int]], Printout | None] | None = None
    origins: tuple[Origin, ...] = ()
    papers: list[Edges] = field(default_factory=list)

    def place(self, element: Any, name: str = "data-at") -> Location | None:
        """Where an element's text is from: its own place, or that of what it stands in."""
        while element is not None:
            if value := element.get(name):
                file, _, line = value.rpartition(":")
                return Location(file, int(line)) if file and line.isdigit() else Location(value)
            element = self.parents.get(element)
        return None

    def language(self, element: Any) -> str:
        """The language that an element's text is in, BCP 47."""
        while element is not None:
            if value := element.get("lang"):
                return str(value)
            element = self.parents.get(element)
        return self.rules.tag

    def origin(self, element: Any) -> tuple[Location, Location | None]:
        """The place of a text to mend, and that of its translation: the leaflet's, the clinic's or the layout's."""
        if at := self.place(element):
            return at, self.place(element, "data-po")
        while element is not None and element is not self.root:
            text = squeezed("".join(element.itertext()))
            if text and (found := next((one for one in self.origins if one.has(text)), None)):
                return found.at, found.po
            element = self.parents.get(element)
        return self.rules.at, None

    def name(self, element: Any) -> str:
        """The name that the source gives the block that an element stands in, such as "#S02"; "" if it gives none."""
        while element is not None:
            if element.get("data-at") and (name := element.get("id")):
                return f"#{name.removeprefix('b-')}"
            element = self.parents.get(element)
        return ""

    def block(self, element: Any) -> Any:
        """The block of the leaflet that an element stands in; the element itself where there is none."""
        here = element
        while here is not None:
            if here.get("data-at"):
                return here
            here = self.parents.get(here)
        return element


def read(document: Any, root: Any, rules: Rules) -> Printout:
    """The pages of a document that is laid out but not yet written; ``root`` is the tree it was made from."""
    parents = {child: parent for parent in root.iter() for child in parent}
    pages = []
    begun: set[Any] = set()
    last: set[Any] = set()
    for number, page in enumerate(document.pages, 1):
        box = page._page_box
        reader = _Reader(Page(number, str(box.page_type.name)), begun)
        reader.read(box, _State())
        reader.page.forced |= bool(last - reader.here)  # what asks for a new page after it has ended before
        begun, last = begun | reader.here, reader.last
        pages.append(reader.page)
    return Printout(pages, root, parents, rules)


@dataclass(slots=True)
class _State:
    """What a box hands down to those inside it."""

    panels: tuple[Edges, ...] = ()
    line: Line | None = None
    flow: int = 0
    margin: bool = False
    scale: float = 1.0
    turned: bool = False
    opacity: float = 1.0


class _Reader:
    def __init__(self, page: Page, begun: set[Any]) -> None:
        self.page = page
        self.here: set[Any] = set()  # elements of which a part stands on this page
        self.last: set[Any] = set()  # those of them that ask for a new page after them
        self._begun = begun  # elements of which a part stands on earlier pages
        self._flows = 0

    def read(self, box: Any, state: _State) -> None:
        box = getattr(box, "_box", box)  # an absolutely placed box hides behind a placeholder
        kind = type(box).__name__
        if kind == "TextBox":
            self._run(box, state)
        elif kind == "LineBox":
            line = Line(box.element, self.page.number, state.flow, _edges(box), state.margin)
            self.page.lines.append(line)
            inner = _State(state.panels, line, state.flow, state.margin, state.scale, state.turned, state.opacity)
            for child in box.children:
                self.read(child, inner)
        elif "Replaced" in kind:
            if state.line is not None:
                state.line.picture = True
            else:
                edges = _edges(box)
                line = Line(box.element, self.page.number, state.flow, edges, state.margin, picture=True)
                self.page.lines.append(line)
        elif hasattr(box, "children"):
            inner = self._within(box, kind, state)
            for child in box.children:
                self.read(child, inner)

    def _within(self, box: Any, kind: str, state: _State) -> _State:
        """What a box that is neither text nor line hands down."""
        style = box.style
        inner = _State(state.panels, state.line, state.flow, state.margin, state.scale, state.turned, state.opacity)
        if kind == "PageBox":
            inner.panels = ((0.0, 0.0, box.margin_width(), box.margin_height()),)
        elif kind != "InlineBox":
            # a block of its own: text may not stick out sideways; with a fixed height not below either
            fixed = style["height"] != "auto" or style["max_height"].value != float("inf")
            left, top, right, bottom = _padding(box)
            own = (left, top if fixed else -_FREE, right, bottom if fixed else _FREE)
            inner.panels = (*[panel for panel in state.panels if panel[1] > -_FREE], own)
            if kind == "MarginBox":
                inner.margin = True
            if getattr(box, "is_column", False):
                self._flows += 1
                inner.flow = self._flows
            if kind == "TableRowGroupBox" and not (box.is_header or box.is_footer):
                self.page.rows.update(row.element for row in box.children)
            self._breaks(box, style)
            if box.element is not None and not inner.margin:
                self._frame(box)
        if transform := style["transform"]:
            inner.scale, inner.turned = state.scale * _scale(transform), True
        if style["opacity"] < 1:
            inner.opacity = state.opacity * style["opacity"]
        return inner

    def _breaks(self, box: Any, style: Any) -> None:
        """A box that is continued still has its breaks: they count where it begins and ends."""
        if style["break_before"] in _BREAKS and not self.page.body and box.element not in self._begun:
            self.page.forced = True
        if style["break_after"] in _BREAKS:
            self.last.add(box.element)
        self.here.add(box.element)

    def _run(self, box: Any, state: _State) -> None:
        text = box.text.replace("\u200b", "")  # WeasyPrint puts one behind a space that ends a line
        if box.element is None or state.line is None or not text.strip() or box.style["visibility"] != "visible":
            if state.line is not None and state.line.runs and not text.strip():
                state.line.runs[-1].text += text  # white space of its own: words on both sides stay apart
            return
        left, top = box.position_x, box.position_y
        size = box.style["font_size"] * state.scale * POINTS_PER_PIXEL
        edges = (left, top, left + box.width, top + box.height)
        state.line.runs.append(
            Run(
                box.text,
                box.element,
                box.style,
                self.page.number,
                edges,
                top + box.baseline,
                size,
                state.opacity,
                state.turned,
                "::" in (box.element_tag or ""),
                state.panels,
            )
        )

    def _frame(self, box: Any) -> None:
        style = box.style
        widths = (box.border_top_width, box.border_right_width, box.border_bottom_width, box.border_left_width)
        images = style["background_image"]
        icon = next((str(image[1]) for image in images if image[0] == "url"), "")
        if any("no-repeat" not in repeat for repeat in style["background_repeat"]):
            icon = ""
        if any(widths) or icon or box.element.get("data-kind"):
            sides = ("top", "right", "bottom", "left")
            self.page.frames.append(
                Frame(
                    box.element,
                    self.page.number,
                    (
                        box.border_box_x(),
                        box.border_box_y(),
                        box.border_box_x() + box.border_width(),
                        box.border_box_y() + box.border_height(),
                    ),
                    widths,
                    tuple(style[f"border_{side}_style"] for side in sides),
                    tuple(colour(style[f"border_{side}_color"]) for side in sides),
                    any(length.value for length in style["border_top_left_radius"]),
                    colour(style["background_color"]),
                    icon,
                )
            )


def colour(value: Any) -> Colour:
    """A colour of WeasyPrint's in sRGB."""
    if not hasattr(value, "to"):
        return _TRANSPARENT
    red, green, blue = value.to("srgb").coordinates
    return (red, green, blue, float(value.alpha))


def _edges(box: Any) -> Edges:
    return (box.position_x, box.position_y, box.position_x + box.width, box.position_y + box.height)


def _padding(box: Any) -> Edges:
    left, top = box.padding_box_x(), box.padding_box_y()
    return (left, top, left + box.padding_width(), top + box.padding_height())


def _scale(transform: Iterable[tuple[str, Any]]) -> float:
    """How much larger a transformation makes type: the root of the area's factor, which turning leaves alone."""
    area = 1.0
    for name, values in transform:
        if name == "scale":
            area *= abs(values[0] * values[1])
        elif name == "matrix":
            area *= abs(values[0] * values[3] - values[1] * values[2])
    return float(area**0.5)


def given(element: Any, new_line: str = "") -> Iterator[str]:
    """The text of an element and of those inside it, up to the next block of the leaflet; ``new_line`` for ``<br>``."""
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield new_line
        elif not child.get("data-at"):
            yield from given(child, new_line)
        yield child.tail or ""


def squeezed(text: str) -> str:
    """A text with each white space as one blank, as it is printed."""
    return " ".join(text.split())


def short(text: str) -> str:
    """A text's beginning, to name it by."""
    text = squeezed(text)
    return text if len(text) <= 50 else text[:47].rstrip() + "..."
