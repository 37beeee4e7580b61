"""What checks see of the laid-out pages: runs, lines and frames, as ``walking`` reads them.

Lengths are CSS pixels (96 to the inch) from the page's top left corner; type sizes are points as printed. Records are
not frozen: there are thousands of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from plainleaf.checks.page.geometry import Edges, Matrix, around, pieces
from plainleaf.model import Location, Origin, Rules
from plainleaf.model.phrases import shortened
from plainleaf.sources.blocks import KINDS

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

# Blocks that only hold other blocks; their text is checked where it stands.
CONTAINERS = frozenset(kind.value for kind, about in KINDS.items() if not about.message)

# What makes a face give other letters than its usual ones; each is "normal" where a style does not ask for it.
_KINDS = ("alternates", "caps", "east_asian", "ligatures", "numeric", "position")
FEATURES = ("font_feature_settings", *(f"font_variant_{kind}" for kind in _KINDS))

Colour = tuple[float, float, float, float]  # red, green, blue, alpha, each from 0 to 1

TRANSPARENT: Colour = (0.0, 0.0, 0.0, 0.0)


class Ground(Protocol):
    """A page as printed, without its text."""

    def colours(self, edges: Edges) -> dict[str, float]:
        """The colours within the edges (``#rrggbb``), each with its share of the area."""


class Ink(Protocol):
    """The letters of a page: where they should be drawn, and where they are not seen."""

    def counts(self, edges: Edges) -> tuple[int, int]:
        """How many pixels of letters there should be within the edges, and how many of these look as without text."""


class Extents(Protocol):
    """What measures letters in the font of a run's style."""

    def __call__(self, style: Any, text: str, featured: bool = True) -> tuple[float, float]:
        """How far the ink goes above and below the baseline, in em; ``featured``: with the style's font features."""


@dataclass(slots=True)
class Panel:
    """What a text must stay inside, before ``matrix`` turns it.

    ``clips``: what sticks out of it is not printed; ``kept``: it holds for the blocks inside it too.
    """

    edges: Edges
    matrix: Matrix
    clips: bool
    kept: bool = True


@dataclass(slots=True)
class Run:
    """A piece of text in one style. ``size_pt`` is its type size with all scaling.

    ``edges`` and ``baseline`` are those before ``matrix`` moves, turns or scales it, as a style's ``transform`` does.
    ``panels``: what it must stay inside: sheet, fixed panels, its own block. ``generated``: what in the style sheet it
    is made by (``li::marker``, ``@bottom-center``), "" for text of the document; what stands in a page's margin without
    being in the document has no ``element``.
    """

    text: str
    element: Any
    style: Any
    page: int
    edges: Edges
    baseline: float
    size_pt: float
    matrix: Matrix
    generated: str
    panels: tuple[Panel, ...]

    @property
    def em(self) -> float:
        """Its type size in pixels, before it is turned."""
        return float(self.style["font_size"])

    @property
    def featured(self) -> bool:
        """Whether its style asks for other letters than the usual ones of its face."""
        return any(self.style[name] != "normal" for name in FEATURES)

    @property
    def read(self) -> bool:
        """Whether it has letters or figures: bullets and dashes have none."""
        return any(map(str.isalnum, self.text))

    def band(self, above: float, below: float) -> Edges:
        """Its whole width, from so many em above its baseline to so many below; before it is turned."""
        return (self.edges[0], self.baseline - above * self.em, self.edges[2], self.baseline + below * self.em)

    def cut(self, above: float, below: float, width: float) -> Iterator[tuple[str, Edges]]:
        """The same band in pieces about ``width`` em wide, each as it stands on the page, with about its words."""
        found = pieces(self.band(above, below), width * self.em)
        for number, piece in enumerate(found):
            at = number if self.style["direction"] == "ltr" else len(found) - 1 - number
            yield _words(self.text, at / len(found), (at + 1) / len(found)), around(piece, self.matrix)


@dataclass(slots=True)
class Line:
    """A line of a block's text, or a picture between them. ``flow`` tells the page's columns apart; ``margin``: at the
    head or foot of a page; ``picture``: it is one, or has one in it; ``dots``: how many pixels it has across, 0 for a
    drawing."""

    element: Any
    page: int
    flow: int
    edges: Edges
    margin: bool
    runs: list[Run] = field(default_factory=list)
    picture: bool = False
    dots: int = 0

    @property
    def text(self) -> str:
        """Its words, as they follow each other in the text."""
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class Frame:
    """A box that is seen: its border (widths, styles, colours by side; none where it has no width), ground and icon."""

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
    """One page, ``number`` from 1. ``forced``: the text asked for a new page here; ``rows``: of tables, no heads.

    ``blank``: left free so that the next one is the front of a sheet. ``faded``: elements with an ``opacity`` below 1;
    ``hidden``: those with text that ``visibility`` takes away. ``area``: top and bottom of what the text has, in px.
    """

    number: int
    name: str
    lines: list[Line] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    forced: bool = False
    blank: bool = False
    rows: set[Any] = field(default_factory=set)
    faded: list[Any] = field(default_factory=list)
    hidden: list[Any] = field(default_factory=list)
    area: tuple[float, float] = (0.0, 0.0)

    @property
    def body(self) -> list[Line]:
        """The lines of the text, without the page's head and foot."""
        return [line for line in self.lines if not line.margin]

    @property
    def seen(self) -> list[Line]:
        """Those of them that have something on them."""
        return [line for line in self.body if line.runs or line.picture]


@dataclass(frozen=True, slots=True, eq=False)
class Printout:
    """All that checks see: the pages, the element tree that they were made from, what is asked of them.

    ``ground`` gives a page's picture without text, ``ink`` its letters; ``extents`` measures letters in a run's font;
    ``shorter`` lays everything out again with so many characters less at the end of these blocks, ``None`` if there is
    no time left for that. ``origins``: where texts are from that are none of the leaflet's. ``papers``: the edges of
    each page's paper, from the page's corner, empty where they are not known; ``css``: the style sheet,
    of whose lines (from 1) ``css_place`` tells the file.
    """

    pages: list[Page]
    root: Any
    parents: dict[Any, Any]
    rules: Rules
    ground: Callable[[int], Ground] | None = None
    ink: Callable[[int], Ink] | None = None
    extents: Extents | None = None
    css: str = ""
    css_place: Callable[[int], Location | None] | None = None
    pairs: dict[tuple[str, str], tuple[Run, str]] = field(default_factory=dict)  # of colours, kept by ``contrast``
    shorter: Callable[[Mapping[Any, int]], Printout | None] | None = None
    origins: tuple[Origin, ...] = ()
    papers: list[Edges] = field(default_factory=list)

    @property
    def runs(self) -> Iterator[Run]:
        """All pieces of text on all pages, heads and feet among them."""
        return (run for page in self.pages for line in page.lines for run in line.runs)

    def place(self, element: Any, name: str = "data-at") -> Location | None:
        """Where an element's text is from: its own place, or that of what it stands in."""
        while element is not None:
            if value := element.get(name):
                return Location.parse(value)
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
        """The place of a text to fix, and that of its translation: the leaflet's, the clinic's or the layout's."""
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
            if element.get("data-at") and (name := element.get("id", "")).startswith("b-"):  # others are ours
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


def colour(value: Any) -> Colour:
    """A colour of WeasyPrint's in sRGB."""
    if not hasattr(value, "to"):
        return TRANSPARENT
    red, green, blue = value.to("srgb").coordinates
    return (red, green, blue, float(value.alpha))


def given(element: Any, new_line: str = "") -> Iterator[str]:
    """The text of an element and of those inside it, up to the next block of the leaflet; ``new_line`` for ``<br>``."""
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield new_line
        elif not child.get("data-at"):
            yield from given(child, new_line)
        yield child.tail or ""


ROW_OF_TWO, PARAGRAPH = "pair", "paragraph"
"""Classes of a row with two languages side by side, and of one that holds a paragraph in each."""


def may_go_on(row: Any) -> bool:
    """Whether a row may go on overleaf: it holds a paragraph in each of two languages, and no pieces of a table."""
    return {ROW_OF_TWO, PARAGRAPH}.issubset(classes_of(row))


def classes_of(element: Any) -> list[str]:
    """The classes of an element, in its order."""
    return str(element.get("class") or "").split()


def squeezed(text: str) -> str:
    """A text with each white space as one blank, as it is printed."""
    return " ".join(text.split())


def short(text: str) -> str:
    """A text's beginning, to name it by."""
    return shortened(squeezed(text), 50)


def name(element: Any) -> str:
    """An element as style sheets name it: ``p.label``."""
    return ".".join((element.tag, *element.get("class", "").split()[:1]))


def quoted(run: Run, words: str = "") -> str:
    """A run (or some of its words) to name it by, and what made it if it is not in the text."""
    return f"“{short(words or run.text)}”" + (f" ({run.generated})" if run.generated else "")


def _words(text: str, first: float, last: float) -> str:
    """The words of a part of a text that is told by shares of its length."""
    start, end = int(len(text) * first), max(int(len(text) * first) + 1, round(len(text) * last))
    while start > 0 and not text[start - 1].isspace() and not text[start].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end].strip() or text
