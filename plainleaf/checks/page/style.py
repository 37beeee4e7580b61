"""What makes type hard to read though it is large enough: slanted, underlined, in capitals, justified, at the edge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from plainleaf.checks.page.boxes import Line, Printout, Run, quoted
from plainleaf.checks.page.geometry import Edges, around
from plainleaf.checks.page.registry import Example, PageCheck, Problem
from plainleaf.model import Severity
from plainleaf.model.lengths import PX_PER_MM

LEAST_EDGE = 5.0  # mm; office printers leave 4 to 5 mm of each edge white

# Where letters end above and below the baseline, in em of the type: ascenders or capitals, and descenders.
_ABOVE, _BELOW = 0.75, 0.25
_SLACK = 0.1  # mm


def _lines(printout: Printout) -> Iterator[Line]:
    for page in printout.pages:
        yield from page.lines


def _words(printout: Printout) -> Iterator[Run]:
    """The runs that hold letters."""
    for line in _lines(printout):
        yield from (run for run in line.runs if any(map(str.isalpha, run.text)))


def _told(printout: Printout, runs: Iterable[Run], how: str, hint: str) -> Iterator[Problem]:
    """Text in a style, told of once for each kind of block: it is one fault of the layout."""
    first: dict[Any, Run] = {}
    count: Counter[Any] = Counter()
    for run in runs:
        block = printout.block(run.element)
        kind = run.generated or (block.get("data-kind"), run.element.tag, run.element.get("class"))
        first.setdefault(kind, run)
        count[kind] += 1
    for kind, run in first.items():
        more = f" (and in {count[kind] - 1} more places)" if count[kind] > 1 else ""
        yield Problem(run.element, f"page {run.page}: {quoted(run)} is {how}{more}", hint)


def _italic(printout: Printout) -> Iterator[Problem]:
    hint = "take font-style out of the layout's CSS; what is stressed is bold"
    slanted = (run for run in _words(printout) if run.style["font_style"] != "normal")
    yield from _told(printout, slanted, "slanted", hint)


def _underlined(printout: Printout) -> Iterator[Problem]:
    hint = "take text-decoration out of the layout's CSS; what is stressed is bold, and so are links"
    lined = (run for run in _words(printout) if "underline" in run.style["text_decoration_line"])
    yield from _told(printout, lined, "underlined", hint)


def _capitals(printout: Printout) -> Iterator[Problem]:
    hint = "take text-transform and font-variant out of the layout's CSS; larger or bold type also catches the eye"
    yield from _told(printout, filter(_in_capitals, _words(printout)), "set in capitals", hint)


def _in_capitals(run: Run) -> bool:
    """Whether the style sheet turns small letters into capitals, of full or small size."""
    small = run.text.lower() != run.text.upper()
    return small and (run.style["text_transform"] == "uppercase" or "caps" in run.style["font_variant_caps"])


def _justified(printout: Printout) -> Iterator[Problem]:
    """Lines that are stretched; the last one of a paragraph never is."""
    hint = "write text-align: start in the layout's CSS: even gaps between words, and lines with a ragged end"
    stretched = (
        run
        for line, after in pairwise(_lines(printout))
        if line.element is after.element and line.edges[1] < after.edges[1]
        for run in line.runs[:1]
        if run.style["text_align_all"] == "justify"
    )
    yield from _told(printout, stretched, "justified", hint)


def _edge(printout: Printout) -> Iterator[Problem]:
    """Text too near an edge of the paper, told of once for each edge: the nearest. What is beyond it ``fit`` tells."""
    nearest: dict[str, tuple[float, Run]] = {}
    for page, paper in zip(printout.pages, printout.papers, strict=False):
        for run in (run for line in page.lines for run in line.runs):
            for side, pixels in _distances(run, paper):
                mm = pixels / PX_PER_MM
                if 0 <= mm < min(LEAST_EDGE - _SLACK, nearest.get(side, (LEAST_EDGE, run))[0]):
                    nearest[side] = (mm, run)
    for side, (mm, run) in nearest.items():
        what = f"page {run.page}: {quoted(run)} is {mm:.1f} mm from the paper's {side} edge"
        hint = f"keep {LEAST_EDGE:g} mm, which printers leave white: margins in {printout.rules.at}, or the CSS"
        yield Problem(run.element, what, hint)


def _distances(run: Run, paper: Edges) -> Iterator[tuple[str, float]]:
    hang = 0.0 if run.text == run.text.strip() else run.em / 2  # a space at a line's end, on either side
    left, top, right, bottom = run.band(_ABOVE, _BELOW)
    start, upper, end, lower = around((left + hang, top, right - hang, bottom), run.matrix)
    yield "left", start - paper[0]
    yield "upper", upper - paper[1]
    yield "right", paper[2] - end
    yield "lower", paper[3] - lower


_P = "<p data-at='sources/a.md:7'>{}</p>"
_BODY = "body, p { margin: 0 } "
_WORDS = "Take one tablet each morning with a full glass of water, and do not stop by yourself. " * 2

CHECKS = (
    PageCheck(
        "fit-italic",
        Severity.ERROR,
        "Slanted letters lose their shape for weak eyes, for dyslexic readers, and in scripts that have no such form.",
        _italic,
        (Example(_P.format("stressed"), "p { font-style: italic }"),),
        (Example(_P.format("<em>stressed</em>"), "em { font-style: normal; font-weight: bold }"),),
        "UKAAF G003 (no italics); EU guideline on readability",
        what="Text is printed in italics.",
        fix="Remove font-style from the layout's CSS; stressed words are bold.",
    ),
    PageCheck(
        "fit-underline",
        Severity.ERROR,
        "A line below cuts through the tails of letters, which tell g from q and a word from its neighbours.",
        _underlined,
        (Example(_P.format("a <b>word</b>"), "p { text-decoration: underline }"),),
        (Example(_P.format("<a href='https://a.example/b'>our page</a>"), "a { text-decoration: none }"),),
        "UKAAF G003 (no underlining); NHS: bold, not underline",
        what="Text is underlined.",
        fix="Remove text-decoration from the layout's CSS.",
    ),
    PageCheck(
        "fit-capitals",
        Severity.ERROR,
        "Words in capitals all have one outline: they are read letter by letter, and some screen readers spell them.",
        _capitals,
        (
            Example(_P.format("Your tolerance falls"), "p { text-transform: uppercase }"),
            Example(_P.format("Your tolerance falls"), "p { font-variant-caps: small-caps }"),
        ),
        (
            Example(_P.format("An SMS from the NHS"), ""),
            Example(_P.format("毎日"), "p { text-transform: uppercase }", tag="zh_Hans"),
        ),
        "UKAAF G003 (no blocks of capitals); NHS: sentence case",
        what="Words are printed in capitals.",
        fix="Remove text-transform from the layout's CSS, or write the words in small letters.",
    ),
    PageCheck(
        "fit-justified",
        Severity.ERROR,
        "Stretched lines have gaps of all widths between words, in which readers lose the line.",
        _justified,
        (Example(_P.format(_WORDS), "p { text-align: justify }"),),
        (
            Example(_P.format(_WORDS), "p { text-align: start }"),
            Example(_P.format("One line alone"), "p { text-align: justify }"),
        ),
        "UKAAF G003 (left aligned); WCAG 2.2, 1.4.8 (not justified)",
        what="Lines are stretched to the same width.",
        fix="Set text-align to start in the layout's CSS.",
    ),
    PageCheck(
        "fit-edge",
        Severity.WARNING,
        "Printers leave the edge of the paper white: anything there, a dose or a number, is silently cut off.",
        _edge,
        (
            Example(_P.format("at the edge"), _BODY + "@page { margin: 20mm 20mm 20mm 3mm }"),
            Example(_P.format("على الحافة"), _BODY + "@page { margin: 20mm 3mm 20mm 20mm }", tag="ar"),
            Example(_P.format("on top"), _BODY + "@page { margin: 2mm 20mm }"),
        ),
        (Example(_P.format("far enough"), _BODY + "@page { margin: 5mm }"),),
        "office printers: 4.2 mm of each edge stay white",
        what="A text is too near to the edge of the paper.",
        fix="Set wider margins in the layout.",
    ),
)
