"""Does all text stand on the page, inside its box? Measured on the laid-out page, where nothing can be hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from plainleaf.checks.page import excess
from plainleaf.checks.page.boxes import CONTAINERS, PIXELS_PER_MM, Edges, Printout, Run, given, short
from plainleaf.checks.page.registry import Example, PageCheck, Problem
from plainleaf.model import Severity

SLACK = 1.5  # px; glyph advances are rounded: a hair's breadth is no overflow


def _overflow(printout: Printout) -> Iterator[Problem]:
    """Text that sticks out of a panel, of its own block, or of the sheet; each block is told of once."""
    for over, run in _worst(printout).values():
        what = f"page {run.page}: “{short(run.text)}” runs {over / PIXELS_PER_MM:.1f} mm out of its box"
        hint = "shorten the text, or give the block more room in the layout"
        if count := _too_many(printout, run):
            what += f": {count} characters too many"
            hint = f"shorten this text by about {count} characters, or give it more room in the layout"
        yield Problem(run.element, what, hint)


def _too_many(printout: Printout, run: Run) -> int:
    """How many characters must go at the end of a run's block, so that what sticks out below on its page does not; 0
    where that is not the reason, or is not enough."""
    block = printout.block(run.element)
    if not any(_middle(run) - panel[3] > SLACK for panel in run.panels):
        return 0
    out = {block for block, (_, other) in _worst(printout).items() if other.page == run.page}
    return excess.least_of(printout, block, lambda found: out.isdisjoint(_worst(found)))


def _worst(printout: Printout) -> dict[Any, tuple[float, Run]]:
    """The blocks that stick out, each with the run that does most, and by how much (px)."""
    worst: dict[Any, tuple[float, Run]] = {}
    for run in (run for page in printout.pages for line in page.lines for run in line.runs):
        over = max((_beyond(run, panel) for panel in run.panels), default=0.0)
        if over > SLACK:
            block = printout.block(run.element)
            worst[block] = max(worst.get(block, (0.0, run)), (over, run), key=lambda each: each[0])
    return worst


def _beyond(run: Run, panel: Edges) -> float:
    left, top, right, bottom = panel
    # a space at a line's end may hang over the edge (on the left in right-to-left text)
    hang = 0.0 if run.text == run.text.strip() else run.style["font_size"] / 2
    middle = _middle(run)
    sideways = max(left - run.edges[0], run.edges[2] - right) - hang
    return float(max(sideways, top - middle, middle - bottom))


def _middle(run: Run) -> float:
    """How far down a run stands: its leading may stick out, the letters may not."""
    return (run.edges[1] + run.edges[3]) / 2


def _lost(printout: Printout) -> Iterator[Problem]:
    """Blocks of whose text some, as printed over all pages, is not there."""
    printed: dict[Any, list[str]] = {}
    for run in (run for page in printout.pages for line in page.lines for run in line.runs):
        if not run.generated:
            printed.setdefault(run.element, []).append(run.text)
    for element in printout.root.iter():
        if not element.get("data-at") or element.get("data-kind") in CONTAINERS:
            continue
        text = "".join(given(element))
        found = "".join("".join("".join(printed.get(part, ())) for part in _own(element)).split())
        # more than was given is no loss: the head of a table is printed on every page; nor is a capital for a small one
        if gone := sum((Counter("".join(text.split()).casefold()) - Counter(found.casefold())).values()):
            what = f"{gone} characters of “{short(text)}” are not on any page"
            yield Problem(element, what, "the box is too small for its text: shorten the text or let the box grow")


def _own(element: Any) -> Iterator[Any]:
    """An element and those inside it, up to the next block, which is checked by itself."""
    yield element
    for child in element:
        if not child.get("data-at"):
            yield from _own(child)


_TEXT = "<p data-at='sources/a.md:7'>Take one tablet each morning with a full glass of water.</p>"

CHECKS = (
    PageCheck(
        "fit-lost",
        Severity.ERROR,
        "A box of fixed height drops the lines that it has no room for, without a word: a warning may be missing.",
        _lost,
        (Example(_TEXT, "p { width: 40mm; height: 5mm; overflow: hidden; max-lines: 1; continue: discard }"),),
        (Example(_TEXT, "p { width: 40mm }"),),
        "WCAG 2.2, 1.4.4 (no loss of content)",
    ),
    PageCheck(
        "fit-overflow",
        Severity.ERROR,
        "Text beyond its panel or the sheet is cut off by the press, or lies on top of other text.",
        _overflow,
        (
            Example(_TEXT, "p { width: 40mm; height: 5mm }"),
            Example("<p data-at='sources/a.md:7'>Gastroenterologists</p>", "p { width: 20mm }"),
            Example("<p>beyond the sheet</p>", "p { position: absolute; left: 160mm; white-space: nowrap }"),
        ),
        (Example(_TEXT, "p { width: 40mm }"), Example(_TEXT, "p { width: 40mm; height: 40mm }")),
        "WCAG 2.2, 1.4.4 (no loss of content)",
    ),
)
