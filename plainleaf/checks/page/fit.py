"""Does all text stand on the page, inside its box? Measured on the laid-out page, where nothing can be hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any

from plainleaf.checks.page import excess
from plainleaf.checks.page.boxes import CONTAINERS, Panel, Printout, Run, given, name, quoted, short
from plainleaf.checks.page.geometry import Edges, around
from plainleaf.checks.page.registry import Example, PageCheck, Problem
from plainleaf.languages.invisible import ZERO_WIDTH_SPACE
from plainleaf.model import Severity
from plainleaf.model.lengths import PX_PER_MM

SLACK = 1.5  # px; glyph advances are rounded: a hair's breadth is no overflow

_SPACE = 0.3  # em; how far a space at a line's end may hang over its edge
_LEEWAY = 0.5  # em
_TALL = (1.1, 0.5)  # em above and below the baseline: more than letters of any script take
_USUAL = (0.72, 0.22)  # em; Latin capitals and the tails of letters, where nothing can be measured
_MIDDLE = (0.5, 0.0)  # em; what must stay inside a box that cuts nothing off: leading and tails may stick out
_NO_TEXT = {"script", "style", "template", "svg"}


@dataclass(slots=True)
class _Sticking:
    """How far a block's text sticks out, in px: at the run that does so most, on its page about so many characters.

    ``down``: above or below, as far as sideways or farther; ``clips``: what sticks out is not printed.
    """

    run: Run
    over: float = 0.0
    down: bool = False
    clips: bool = False
    characters: int = 0


def _overflow(printout: Printout) -> Iterator[Problem]:
    """Text that sticks out of a panel, of its own block, or of the sheet; each block is told of once."""
    for worst in _worst(printout).values():
        exact = _too_many(printout, worst)
        count = exact or worst.characters
        many = f"{'' if exact else 'about '}{count} character{'s' * (count > 1)}"
        how, far = "is cut off" if worst.clips else "runs out of its box", f"{worst.over / PX_PER_MM:.1f} mm"
        what = f"page {worst.run.page}: {quoted(worst.run)} {how}: {far}, {many}{' too many' * bool(exact)}"
        yield Problem(worst.run.element, what, f"shorten the text by {many}, or give it {far} more room in the layout")


def _too_many(printout: Printout, worst: _Sticking) -> int:
    """How many characters must go at the end of a block, so that what sticks out below on its page does not; 0 where
    that is not the reason, or is not enough."""
    run = worst.run
    if not worst.down or run.generated:
        return 0
    out = {block for block, other in _worst(printout).items() if other.run.page == run.page}
    return excess.least_of(printout, printout.block(run.element), lambda found: out.isdisjoint(_worst(found)))


def _worst(printout: Printout) -> dict[Any, _Sticking]:
    """The blocks that stick out, each with where it does so most."""
    found: dict[Any, _Sticking] = {}
    for run in printout.runs:
        over, clips, sideways, up = 0.0, False, 0.0, 0.0
        for panel in run.panels:
            across, down = beyond(printout, run, panel)
            if (max(across, down), panel.clips) > (over, clips):
                over, clips, sideways, up = max(across, down), panel.clips, across, down
        if over > SLACK:
            worst = found.setdefault(run.generated or printout.block(run.element), _Sticking(run))
            if worst.run.page != run.page and over > worst.over:
                worst.characters = 0
            if worst.run.page == run.page or over > worst.over:
                width = run.edges[2] - run.edges[0]
                share = 1.0 if up >= sideways or not width else min(1.0, sideways / width)
                worst.characters += ceil(share * len(run.text.strip()))
            if over > worst.over:
                worst.run, worst.over, worst.down, worst.clips = run, over, up >= sideways, clips
    return found


def beyond(printout: Printout, run: Run, panel: Panel) -> tuple[float, float]:
    """How far a run's letters stick out of a panel, in px: sideways, above or below; negative where they do not."""
    own = panel.matrix == run.matrix  # what is turned with its panel is compared as it was before
    left, top, right, bottom = panel.edges if own else around(panel.edges, panel.matrix)

    def outside(above: float, below: float) -> tuple[float, float]:
        inner = _without_space(run, (above, below), panel.clips)
        start, upper, end, lower = inner if own else around(inner, run.matrix)
        return max(left - start, end - right), max(top - upper, lower - bottom)

    if not panel.clips:
        return outside(*_MIDDLE)
    if max(found := outside(*_TALL)) <= SLACK:
        return found
    return outside(*(printout.extents(run.style, run.text) if printout.extents else _USUAL))


def _without_space(run: Run, tall: tuple[float, float], clips: bool) -> Edges:
    """Where a run's letters stand. A space at the end of a line may hang over (on the left from right to left); where
    nothing is cut off, so may one at either end, as some lines are set too wide by a part of it."""
    left, top, right, bottom = run.band(*tall)
    last = run.text[-1].isspace()
    if clips:
        before, after = (0.0, _SPACE * last) if run.style["direction"] == "ltr" else (_SPACE * last, 0.0)
    else:
        before = after = _LEEWAY * (last or run.text[0].isspace())
    return (left + before * run.em, top, right - after * run.em, bottom)


def _lost(printout: Printout) -> Iterator[Problem]:
    """Texts of which some, as printed over all pages, is not there; what is hidden together is told of once."""
    printed: dict[Any, list[str]] = {}
    for run in printout.runs:
        if not run.generated:
            printed.setdefault(run.element, []).append(run.text)
    hidden = {element for page in printout.pages for element in page.hidden}
    missing: dict[Any, int] = {}  # of texts of which nothing is there
    for element in (texts := list(_texts(printout.root.find("body")))):
        parts = list(_own(element))
        found = _letters("".join("".join(printed.get(part, ())) for part in parts))
        # more than was given is no loss: the head of a table is printed on every page; nor is a capital for a small one
        text = "".join(given(element))
        gone = sum((Counter(_letters(text)) - Counter(found)).values())
        if gone and found:
            what = f"{gone} characters of “{short(text)}” ({name(element)}) are not on any page"
            yield Problem(element, what, "the box is too small for its text: shorten the text or let the box grow")
        elif gone and (not _runs_along(printout, element) or hidden.intersection(parts)):
            missing[element] = gone
    told: Counter[Any] = Counter()
    for element, gone in missing.items():
        told[_whole(printout, element, set(texts) - set(missing))] += gone
    for element, gone in told.items():
        what = f"“{short(' '.join(element.itertext()))}” ({name(element)}, {gone} characters) is not on any page"
        yield Problem(element, what, "the layout's CSS hides it: look for display: none, visibility: hidden, max-lines")


def _letters(text: str) -> str:
    """What is seen of a text, in small letters."""
    return "".join(text.replace(ZERO_WIDTH_SPACE, "").split()).casefold()


def _whole(printout: Printout, element: Any, seen: set[Any]) -> Any:
    """The largest element around one of which nothing is seen."""
    while (around := printout.parents.get(element)) is not None and around.tag != "body":
        if seen.intersection(around.iter()):
            break
        element = around
    return element


def _texts(element: Any) -> Iterator[Any]:
    """The elements that hold text of their own, the blocks of the leaflet and any others, each once."""
    if not isinstance(element.tag, str) or element.tag in _NO_TEXT:
        return
    block = element.get("data-at") and element.get("data-kind") not in CONTAINERS
    pieces = (element.text, *(child.tail for child in element))
    if block or any(piece and piece.strip() for piece in pieces):
        yield element
        for part in _own(element):
            for child in part:
                if child.get("data-at"):
                    yield from _texts(child)
    else:
        for child in element:
            yield from _texts(child)


def _own(element: Any) -> Iterator[Any]:
    """An element and those inside it, up to the next block, which is checked by itself."""
    yield element
    for child in element:
        if not child.get("data-at"):
            yield from _own(child)


def _runs_along(printout: Printout, element: Any) -> bool:
    """Whether a text is for the head or foot of pages (``class="running"``), of which some may have none."""
    while element is not None:
        if "running" in element.get("class", "").split():
            return True
        element = printout.parents.get(element)
    return False


_TEXT = "<p data-at='sources/a.md:7'>Take one tablet each morning with a full glass of water.</p>"

_BOX = "<section class='callout' data-kind='callout' data-at='sources/a.md:7'>{}<p>Go</p></section>"
_LABEL = _BOX.format("<p class='label'>Danger</p>")
_DOSE = "<p data-at='sources/a.md:7'>Take <b>one</b> 500</p>"
_TURNED = "p {{ position: absolute; left: 60mm; top: 60mm; width: 40mm; transform: {} }}"

CHECKS = (
    PageCheck(
        "fit-lost",
        Severity.ERROR,
        "A box of fixed height drops the lines that it has no room for, without a word: a warning may be missing.",
        _lost,
        (
            Example(
                _TEXT,
                "p { width: 40mm; height: 5mm; overflow: hidden; max-lines: 1; continue: discard; line-height: 1 }",
            ),
            Example("<p>Next</p>" + _LABEL, ".label { display: none }"),
            Example("<div><p>Next</p><p class='gone'>Phone us</p></div>", ".gone { display: none }"),
            Example("<p data-at='sources/a.md:7'>Take <b data-at='sources/a.md:8'>one</b></p>", "b { display: none }"),
            Example("<div>Phone <b>911</b></div>", "b { visibility: hidden }"),
            Example("<p>Next</p><div class='running'>Draft</div>", ".running { visibility: hidden }"),
        ),
        (
            Example(_TEXT, "p { width: 40mm }"),
            Example(_TEXT, "p::first-letter { font-weight: bold }"),
            Example("<p>Take it</p><!-- twice --><script>twice</script>"),
            Example(_LABEL + "<div class='running'>not on a first page</div>", ".running { position: running(head) }"),
        ),
        "WCAG 2.2, 1.4.4 (no loss of content)",
        what="A text is in the file and not on the page.",
        fix="Shorten the text, let its box grow, or stop the layout's CSS from hiding it.",
    ),
    PageCheck(
        "fit-overflow",
        Severity.ERROR,
        "Text beyond its panel or the sheet is cut off by the press, or lies on top of other text.",
        _overflow,
        (
            Example(_TEXT, "p { width: 40mm; height: 5mm }"),
            Example("<p data-at='sources/a.md:7'>Gastroenterologists</p>", "p { width: 20mm }"),
            Example(
                "<p data-at='sources/a.md:7'>Gastroenterologists<br>and<br>all<br>otorhinolaryngologists<br>or"
                "<br>no</p>",
                "@page { size: 100mm 34mm; margin: 5mm } p { width: 20mm; margin: 0 }",
            ),
            Example("<p>beyond the sheet</p>", "p { position: absolute; left: 160mm; white-space: nowrap }"),
            Example(_DOSE, "p { width: 28mm; overflow: hidden; white-space: nowrap }"),
            Example(_DOSE, "p { height: .8em; overflow: hidden }"),
            Example(f"<div>{_TEXT}</div>", "div { width: 40mm; overflow: hidden } p { width: 100mm }"),
            Example(_TEXT, "p { position: absolute; width: 40mm; top: 0; bottom: 250mm }"),
            Example(_TEXT, "p { position: absolute; clip: rect(0, 20mm, 9mm, 0) }"),
            Example(_TEXT, "p { transform: translateX(400mm) }"),
            Example(
                "<p>Next</p>", "@page { @bottom-left { content: 'At once 911'; width: 9mm; white-space: nowrap } }"
            ),
        ),
        (
            Example(_TEXT, "p { width: 40mm }"),
            Example("<p>Take<b>&#8203;</b></p>", "p { width: 12mm } b { letter-spacing: 9mm; word-spacing: 9mm }"),
            Example(_TEXT, "p { width: 40mm; height: 40mm }"),
            Example(_DOSE, "p { height: 1.2em; line-height: 1.2; overflow: hidden; width: 45mm }"),
            Example(_TEXT, _TURNED.format("rotate(90deg)")),
            Example(_TEXT, _TURNED.format("scale(-1)")),
        ),
        "WCAG 2.2, 1.4.4 (no loss of content)",
        what="A text is larger than its panel, column or page.",
        fix="Shorten the text, or give it more room in the layout.",
    ),
)
