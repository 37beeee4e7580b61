"""The laid-out pages read into runs, lines and frames, in one walk that all checks share.

Boxes are WeasyPrint's, told by their attributes, so that nothing is imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plainleaf.checks.page.boxes import TRANSPARENT, Frame, Line, Page, Panel, Printout, Run, colour
from plainleaf.checks.page.geometry import FREE, SAME, Edges, Matrix, around, least_scale, then
from plainleaf.languages.invisible import ZERO_WIDTH_SPACE
from plainleaf.model import Rules
from plainleaf.model.lengths import PT_PER_PX

_ROWS = frozenset({"FlexBox", "InlineFlexBox", "GridBox", "InlineGridBox"})  # their items may grow wider than they are
_BREAKS = frozenset({"page", "always", "left", "right", "recto", "verso"})


def read(document: Any, root: Any, rules: Rules) -> Printout:
    """The pages of a document that is laid out but not yet written; ``root`` is the tree it was made from."""
    parents = {child: parent for parent in root.iter() for child in parent}
    pages = []
    begun: set[Any] = set()
    last: set[Any] = set()
    for number, page in enumerate(document.pages, 1):
        box = page._page_box
        top = float(box.content_box_y())
        area = (top, top + float(box.height))
        reader = _Reader(Page(number, str(box.page_type.name), blank=box.page_type.blank, area=area), begun)
        reader.read(box, _State())
        reader.page.forced |= bool(last - reader.here)  # what asks for a new page after it has ended before
        begun, last = begun | reader.here, reader.last
        pages.append(reader.page)
    return Printout(pages, root, parents, rules)


@dataclass(slots=True)
class _State:
    """What a box hands down to those inside it."""

    panels: tuple[Panel, ...] = ()
    line: Line | None = None
    flow: int = 0
    margin: str = ""  # the name of a page's margin box
    matrix: Matrix = SAME


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
            line = Line(box.element, self.page.number, state.flow, _edges(box), bool(state.margin))
            self.page.lines.append(line)
            inner = _State(state.panels, line, state.flow, state.margin, state.matrix)
            for child in box.children:
                self.read(child, inner)
        elif "Replaced" in kind:
            self._faded(box)
            if state.line is not None:
                state.line.picture = True
            else:
                edges = _edges(box)
                line = Line(box.element, self.page.number, state.flow, edges, bool(state.margin), picture=True)
                line.dots = box.replacement.width if hasattr(box.replacement, "image_data") else 0
                self.page.lines.append(line)
        elif hasattr(box, "children"):
            inner = self._within(box, kind, state)
            for child in box.children:
                self.read(child, inner)

    def _within(self, box: Any, kind: str, state: _State) -> _State:
        """What a box that is neither text nor line hands down."""
        style = box.style
        inner = _State(state.panels, state.line, state.flow, state.margin, state.matrix)
        self._faded(box)
        if moved := getattr(box, "transformation_matrix", None):
            inner.matrix = then(moved.values, state.matrix)
        if kind == "PageBox":
            inner.panels = (Panel((0.0, 0.0, box.margin_width(), box.margin_height()), SAME, True),)
            self._cuts = style["overflow"] != "visible"  # what was asked of the root element is done by the page
        elif kind != "InlineBox":
            kept = (panel for panel in state.panels if panel.kept)
            inner.panels = (*kept, *self._panels(box, kind, inner.matrix))
            if kind == "MarginBox":
                inner.margin = box.at_keyword
            if getattr(box, "is_column", False):
                self._flows += 1
                inner.flow = self._flows
            if kind == "TableRowGroupBox" and not (box.is_header or box.is_footer):
                self.page.rows.update(row.element for row in box.children)
            self._breaks(box, style)
            if box.element is not None and not inner.margin:
                self._frame(box, inner.matrix)
        return inner

    def _breaks(self, box: Any, style: Any) -> None:
        """A box that is continued still has its breaks: they count where it begins and ends."""
        if style["break_before"] in _BREAKS and not self.page.body and box.element not in self._begun:
            self.page.forced = True
        if style["break_after"] in _BREAKS:
            self.last.add(box.element)
        self.here.add(box.element)

    def _panels(self, box: Any, kind: str, matrix: Matrix) -> Iterator[Panel]:
        """What the text inside a block must stay inside: nothing may stick out sideways; where the height is fixed or
        the rest is cut off, not above and below either."""
        style = box.style
        clips = style["overflow"] != "visible" or (box.is_for_root_element and self._cuts)
        stretched = style["position"] in ("absolute", "fixed") and "auto" not in (style["top"], style["bottom"])
        fixed = clips or stretched or style["height"] != "auto" or style["max_height"].value != float("inf")
        left, top, right, bottom = _padding(box)
        upper, lower = (top, bottom) if fixed else (-FREE, FREE)
        yield Panel((left, upper, right, lower), matrix, clips, fixed or kind in _ROWS)
        if style["clip"] and style["position"] in ("absolute", "fixed"):
            yield Panel(_clipped(box), matrix, True, True)

    def _faded(self, box: Any) -> None:
        if box.style["opacity"] < 1:
            self.page.faded.append(box.element)

    def _run(self, box: Any, state: _State) -> None:
        text = box.text.replace(ZERO_WIDTH_SPACE, "")  # WeasyPrint puts one behind a space that ends a line
        seen = box.style["visibility"] == "visible"
        if state.line is None or not text.strip() or not seen:
            if text.strip() and not seen:
                self.page.hidden.append(box.element)
            elif state.line is not None and state.line.runs and not text.strip():
                state.line.runs[-1].text += text  # white space of its own: words on both sides stay apart
            return
        tag = box.element_tag or ""
        made = tag if "::" in tag and not tag.endswith(("::first-letter", "::first-line")) else ""
        state.line.runs.append(
            Run(
                box.text,
                box.element,
                box.style,
                self.page.number,
                _edges(box),
                box.position_y + box.baseline,
                box.style["font_size"] * least_scale(state.matrix) * PT_PER_PX,
                state.matrix,
                made if box.element is not None else state.margin,
                state.panels,
            )
        )

    def _frame(self, box: Any, matrix: Matrix) -> None:
        style = box.style
        widths = (box.border_top_width, box.border_right_width, box.border_bottom_width, box.border_left_width)
        images = style["background_image"]
        icon = next((str(image[1]) for image in images if image[0] == "url"), "")
        if any("no-repeat" not in repeat for repeat in style["background_repeat"]):
            icon = ""
        if any(widths) or icon or box.element.get("data-kind"):
            sides = ("top", "right", "bottom", "left")
            tones = (colour(style[f"border_{side}_color"]) if width else TRANSPARENT
                     for side, width in zip(sides, widths, strict=True))  # fmt: skip
            self.page.frames.append(
                Frame(
                    box.element,
                    self.page.number,
                    around(_border(box), matrix),
                    widths,
                    tuple(style[f"border_{side}_style"] for side in sides),
                    tuple(tones),
                    any(length.value for length in style["border_top_left_radius"]),
                    colour(style["background_color"]),
                    icon,
                )
            )


def _edges(box: Any) -> Edges:
    return (box.position_x, box.position_y, box.position_x + box.width, box.position_y + box.height)


def _padding(box: Any) -> Edges:
    left, top = box.padding_box_x(), box.padding_box_y()
    return (left, top, left + box.padding_width(), top + box.padding_height())


def _border(box: Any) -> Edges:
    left, top = box.border_box_x(), box.border_box_y()
    return (left, top, left + box.border_width(), top + box.border_height())


def _clipped(box: Any) -> Edges:
    """What ``clip: rect(...)`` leaves of a box, as WeasyPrint 70 draws it (it takes the right and left side for one
    another, which differs where one of them is ``auto``)."""
    left, top, right, bottom = _border(box)
    usual = (0.0, 0.0, bottom - top, right - left)
    sides = zip(box.style["clip"], usual, strict=True)
    above, one, below, other = (length if side == "auto" else float(side) for side, length in sides)
    return (left + min(one, other), top + above, left + max(one, other), top + below)
