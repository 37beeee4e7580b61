"""Does all text stand on the page, inside its box? Measured on the laid-out page, where nothing can be hidden.

Boxes are WeasyPrint's, told by their attributes, so that nothing is imported. Lengths are CSS pixels (96 to the inch).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plainleaf.model import Finding, Location, Severity

SLACK = 1.5  # px; glyph advances are rounded: a hair's breadth is no overflow
PIXELS_PER_MM = 96 / 25.4

# Blocks that only hold other blocks; their text is checked where it stands.
CONTAINERS = {"list", "table", "row", "figure", "callout", "questions", "evidence", "words", "word"}


def check(document: Any, root: Any) -> tuple[Finding, ...]:
    """Findings on text that is lost, or that runs out of its box or off the sheet; each names its block.

    ``document`` is laid out but not yet written, ``root`` the element tree it was made from.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    printed: dict[Any, list[str]] = {}
    findings: list[Finding] = []
    for number, page in enumerate(document.pages, 1):
        for text, panels in _texts(page._page_box, ()):
            if "::" not in (text.element_tag or ""):
                printed.setdefault(text.element, []).append(text.text)
            over = max(_beyond(text, panel) for panel in panels)
            if over > SLACK:
                what = f"page {number}: “{_short(text.text)}” runs {over / PIXELS_PER_MM:.1f} mm out of its box"
                hint = "shorten the text, or give the block more room in the layout"
                findings.append(_finding(text.element, parents, "fit-overflow", what, hint))
    findings.extend(_lost(root, parents, printed))
    return tuple(dict.fromkeys(findings))


def _texts(box: Any, panels: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Every text box of a page with the boxes that it must stay inside: sheet, fixed panels, its own block."""
    box = getattr(box, "_box", box)  # an absolutely placed box hides behind a placeholder
    kind = type(box).__name__
    if kind == "TextBox":
        if box.text.strip() and box.element is not None:
            yield box, panels
        return
    if not hasattr(box, "children"):
        return
    if kind == "PageBox":
        panels = (_edges(box, "margin"),)
    elif kind not in ("LineBox", "InlineBox"):
        # a block of its own: text may not stick out sideways; with a fixed height not below either
        fixed = box.style["height"] != "auto" or box.style["max_height"].value != float("inf")
        left, top, right, bottom = _edges(box, "padding")
        own = (left, top if fixed else -1e9, right, bottom if fixed else 1e9)
        panels = (*[panel for panel in panels if panel[1] > -1e9], own)
    for child in box.children:
        yield from _texts(child, panels)


def _edges(box: Any, which: str) -> tuple[float, float, float, float]:
    if which == "margin":
        return (0.0, 0.0, box.margin_width(), box.margin_height())
    left, top = box.padding_box_x(), box.padding_box_y()
    return (left, top, left + box.padding_width(), top + box.padding_height())


def _beyond(text: Any, panel: tuple[float, float, float, float]) -> float:
    left, top, right, bottom = panel
    # a space at a line's end may hang over the edge (on the left in right-to-left text)
    hang = 0.0 if text.text == text.text.strip() else text.style["font_size"] / 2
    middle = text.position_y + text.height / 2  # leading may stick out, the letters may not
    sideways = max(left - text.position_x, text.position_x + text.width - right) - hang
    return float(max(sideways, top - middle, middle - bottom))


def _lost(root: Any, parents: dict[Any, Any], printed: dict[Any, list[str]]) -> Iterator[Finding]:
    """Blocks whose text, as printed over all pages, is not the text that they were given."""
    for element in root.iter():
        if not element.get("data-at") or element.get("data-kind") in CONTAINERS:
            continue
        given = "".join("".join(_given(element)).split())
        found = "".join("".join("".join(printed.get(part, ())) for part in _own(element)).split())
        if sorted(given) != sorted(found):
            gone = abs(len(given) - len(found)) or "some"
            what = f"{gone} characters of “{_short(given)}” are not on any page"
            hint = "the box is too small for its text: shorten the text or let the box grow"
            yield _finding(element, parents, "fit-lost", what, hint)


def _own(element: Any) -> Iterator[Any]:
    """An element and those inside it, up to the next block, which is checked by itself."""
    yield element
    for child in element:
        if not child.get("data-at"):
            yield from _own(child)


def _given(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if not child.get("data-at"):
            yield from _given(child)
        yield child.tail or ""


def _short(text: str) -> str:
    return text if len(text) <= 50 else text[:47].rstrip() + "..."


def _finding(element: Any, parents: dict[Any, Any], check_id: str, message: str, hint: str) -> Finding:
    at = _place(element, parents, "data-at") or Location("layouts")
    return Finding(check_id, Severity.ERROR, message, at, hint, _place(element, parents, "data-po"))


def _place(element: Any, parents: dict[Any, Any], name: str) -> Location | None:
    while element is not None:
        if value := element.get(name):
            file, _, line = value.rpartition(":")
            return Location(file, int(line)) if file and line.isdigit() else Location(value)
        element = parents.get(element)
    return None
