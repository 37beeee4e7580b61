"""Is each letter seen? Not covered by what is drawn later, not printed over other letters, not faded."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from plainleaf.checks.page.boxes import Printout, Run, colour, name, quoted
from plainleaf.checks.page.contrast import LEAST_TEXT, blend, hardest
from plainleaf.checks.page.fit import SLACK, beyond
from plainleaf.checks.page.geometry import Edges, around, upright
from plainleaf.checks.page.registry import Example, PageCheck, Problem
from plainleaf.graphics import colours
from plainleaf.model import Severity

_PIECE = 1.0  # em; a letter or two
_TALL = (0.75, 0.1)  # em above and below the baseline where letters of all scripts have most of their ink
_UNSEEN = 0.3  # of a piece's ink: more of it missing is more than an edge

_CORE = (0.7, 0.08)  # em above and below the baseline: what two lines may never share
_TOUCH = 1.0  # px; so far letters may reach into others
_CLOSEST = -0.06  # em between letters: half of what faces have by themselves (.11 em)
_NARROWEST = -0.12  # em between words: half a space


def _covered(printout: Printout) -> Iterator[Problem]:
    """Letters that are in the file and not seen on the page; each block is told of once."""
    told: set[Any] = set()
    for run in printout.runs:
        block = run.generated or printout.block(run.element)
        if block in told or not run.read or (words := _unseen(printout, run)) is None:
            continue
        if not _told_elsewhere(printout, run):
            told.add(block)
            what = f"page {run.page}: {quoted(run, words)} is not seen: it is covered or cut off"
            hint = "look in the layout's CSS for a negative margin, position or overflow of the box before or after"
            yield Problem(run.element, what, hint)


def _unseen(printout: Printout, run: Run) -> str | None:
    """The first words of a run that are not seen, ``None`` if all are."""
    if printout.ink is None:
        return None
    ink = printout.ink(run.page)
    drawn, unseen = ink.counts(around(run.band(*_TALL), run.matrix))
    if drawn and not unseen:
        return None
    for words, edges in run.cut(*_TALL, _PIECE):
        drawn_here, unseen = ink.counts(edges)
        if (not drawn or unseen > _UNSEEN * drawn_here) and not _pale(printout, run, edges):
            return words
    return None


def _told_elsewhere(printout: Printout, run: Run) -> bool:
    """Whether a run sticks out of what cuts it off, which is an overflow, or its letters lie over one another."""
    return bool(_crowded(run)) or any(panel.clips and max(beyond(printout, run, panel)) > SLACK for panel in run.panels)


def _pale(printout: Printout, run: Run, edges: Edges) -> bool:
    """Whether a piece cannot be seen for its colour, which the check of contrasts tells."""
    if printout.ground is None:
        return False
    ink = colour(run.style["color"])
    tone = hardest(printout.ground(run.page), ink, edges)
    return colours.contrast(blend(ink, tone), tone) < LEAST_TEXT


def _overlapping(printout: Printout) -> Iterator[Problem]:
    """Text printed over other text, or over itself; each pair of blocks is told of once."""
    told: set[Any] = set()
    for page in printout.pages:
        runs = [run for line in page.lines for run in line.runs if run.read and upright(run.matrix)]
        for run in runs:
            block = run.generated or printout.block(run.element)
            if block not in told and (what := _crowded(run)):
                told.add(block)
                hint = "letter-spacing and word-spacing in the layout's CSS: 0, or a little more"
                yield Problem(run.element, f"page {run.page}: {what}", hint)
        for first, second in _crossing(printout, runs):
            blocks = tuple(run.generated or printout.block(run.element) for run in (first, second))
            if blocks not in told:
                told.add(blocks)
                what = f"page {second.page}: {quoted(second)} is printed over {quoted(first)}"
                hint = "look in the layout's CSS for a negative margin, a position, or a small line-height"
                yield Problem(second.element, what, hint)
        for first, second in _touching(printout, runs):
            blocks = tuple(printout.block(run.element) for run in (first, second))
            if blocks not in told:
                told.add(blocks)
                what = f"page {second.page}: {quoted(second)} is so close to {quoted(first)} that they read as one word"
                hint = "give table cells, list points and texts side by side some padding in the layout's CSS"
                yield Problem(second.element, what, hint)


def _crowded(run: Run) -> str:
    """How a run's letters or words run into one another, "" if they do not."""
    letters = 0.0 if run.style["letter_spacing"] == "normal" else run.style["letter_spacing"] / run.em
    if letters < _CLOSEST:
        return f"the letters of {quoted(run)} are printed over one another ({letters:.2f} em apart)"
    if letters + run.style["word_spacing"] / run.em < _NARROWEST:
        return f"the words of {quoted(run)} run into one another"
    return ""


def _crossing(printout: Printout, runs: list[Run]) -> Iterator[tuple[Run, Run]]:
    """Pairs of runs whose letters stand on the same place."""
    boxes = sorted(
        ((around(run.band(*_CORE), run.matrix), at) for at, run in enumerate(runs)), key=lambda each: each[0][1]
    )
    for number, (box, at) in enumerate(boxes):
        for other, to in boxes[number + 1 :]:
            if other[1] >= box[3] - _TOUCH:
                break
            if _meet(box, other) and _meet(_inked(printout, runs[at]), _inked(printout, runs[to])):
                yield runs[min(at, to)], runs[max(at, to)]


def _touching(printout: Printout, runs: list[Run]) -> Iterator[tuple[Run, Run]]:
    """Pairs of runs of two blocks of the leaflet on one line, as cells of a row, with less than half a space between a
    letter or figure of each: 5 and 0 read as 50."""
    boxes = sorted(
        ((around(run.band(*_CORE), run.matrix), at) for at, run in enumerate(runs)), key=lambda each: each[0]
    )
    starts = [box[0] for box, _ in boxes]
    for box, at in boxes:
        one, room = runs[at], -_NARROWEST * runs[at].em
        for other, to in boxes[bisect_left(starts, box[2] - room) : bisect_left(starts, box[2] + room)]:
            two = runs[to]
            on_one_line = abs(box[3] - other[3]) < room and other[0] > box[0]
            if on_one_line and _end(one, 1) and _end(two, 0) and _apart(printout, one, two):
                yield one, two


def _apart(printout: Printout, one: Run, two: Run) -> bool:
    """Whether two runs are of blocks that have nothing to do with one another, or one is the number of a list point."""
    first, second = printout.block(one.element), printout.block(two.element)
    both = first.get("data-at") and second.get("data-at")
    return bool(both) and (first is not second or one.generated != two.generated)


def _end(run: Run, side: int) -> bool:
    """Whether the right (1) or left (0) end of a run is a letter, a figure or the point between figures."""
    last = (side == 1) == (run.style["direction"] == "ltr")
    sign = run.text[-1:] if last else run.text[:1]
    return sign.isalnum() or (bool(run.generated) and sign in ".,")


def _meet(one: Edges, other: Edges) -> bool:
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > 2 * _TOUCH
        and min(one[3], other[3]) - max(one[1], other[1]) > _TOUCH
    )


def _inked(printout: Printout, run: Run) -> Edges:
    """Where a run's letters stand: no higher than the core, and lower where it has low letters only."""
    above, below = printout.extents(run.style, run.text) if printout.extents else _CORE
    return around(run.band(min(above, _CORE[0]), min(below, _CORE[1])), run.matrix)


def _faded(printout: Printout) -> Iterator[Problem]:
    """Elements with opacity, each once."""
    told: set[Any] = set()
    for page in printout.pages:
        for element in page.faded:
            if element not in told:
                told.add(element)
                which = name(element) if element is not None else "the page's margin"
                hint = "take a colour of its own, or one with alpha: rgba(0, 0, 0, .9)"
                if rules := _rules(printout):
                    hint += f"; opacity is set in the rule for {rules}"
                yield Problem(element, f"page {page.number}: “{which}” has opacity below 1", hint)


def _rules(printout: Printout) -> str:
    """The rules that set an opacity, by their selectors and places in the layout's files."""
    css = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), printout.css, flags=re.DOTALL)
    found = []
    for rule in re.finditer(r"([^{};]+)\{[^{}]*(\bopacity)\s*:", css):
        at = printout.css_place(css.count("\n", 0, rule.start(2)) + 1) if printout.css_place else None
        found.append(f"“{' '.join(rule[1].split())}”" + (f" ({at})" if at else ""))
    return ", ".join(found)


_P = "<p data-at='sources/a.md:7'>Take one tablet each morning.</p>"
_LATER = "<p data-at='sources/a.md:9'>Never take two of them.</p>"
_ROW = (
    "<table style='width: 60mm'><tr><td data-at='sources/a.md:7'>5</td><td data-at='sources/a.md:7'>0</td></tr></table>"
)
_COVER = _P + "<div></div>"
_PLACED = "div {{ position: absolute; left: 0; top: {}; width: 60mm; height: {}; background: #ffffff }}"

CHECKS = (
    PageCheck(
        "fit-covered",
        Severity.ERROR,
        "A box that is drawn over a dose, or cuts it off, leaves it in the file and takes it from the paper.",
        _covered,
        (
            Example(_COVER, _PLACED.format("0", "60mm")),
            Example(
                _COVER, "p { margin: 0 } div { margin-top: -4mm; height: 9mm; background: #eaf3f4; position: relative }"
            ),
            Example(_P, "p { border-radius: 50%; width: 30mm; height: 30mm; overflow: hidden }"),
        ),
        (
            Example(_COVER, _PLACED.format("30mm", "60mm")),
            Example(_COVER, _PLACED.format("0", "60mm") + "div { z-index: -1 }"),
        ),
        "WCAG 2.2, 1.4.4 (no loss of content)",
        painted=True,
        what="Something is drawn over a text.",
        fix="Move what covers it, or put it below the text.",
    ),
    PageCheck(
        "fit-overlap",
        Severity.ERROR,
        "Two texts on the same place cannot be read, neither of them.",
        _overlapping,
        (
            Example(_P + _LATER, "p { margin: 0 } p + p { margin-top: -5mm }"),
            Example(_P + _LATER, "p { margin: 0; width: 50mm } p + p { margin-top: -12mm }"),
            Example(_P, "p { letter-spacing: -.2em }"),
            Example(_P, "p { word-spacing: -.25em }"),
            Example(_P, "@page { @top-left { content: 'Draft'; margin-bottom: -15mm; vertical-align: bottom } }"),
            Example(_ROW, "td { display: inline; padding: 0 }"),
            Example(_ROW, "td { padding: 0 } td:first-child { text-align: end }"),
        ),
        (
            Example(_P + _LATER, "p { margin: 0; line-height: 1 }"),
            Example(_ROW, "td { padding: 0 .1em }"),
            Example(_P, "p { letter-spacing: .07em }"),
            Example(_P, "p::first-letter { font-weight: bold }"),
        ),
        "WCAG 2.2, 1.4.12 (no loss of content by spacing)",
        what="Two texts are printed on top of each other.",
        fix="Give both more room in the layout's CSS.",
    ),
    PageCheck(
        "fit-opacity",
        Severity.ERROR,
        "What has opacity is drawn as a picture apart: a screen reader does not find its text.",
        _faded,
        (
            Example(_P, "p { opacity: .9 }"),
            Example(f"<div>{_P}</div>", "div { opacity: 0 }"),
            Example(
                "<p style='opacity: .9'>Take<br>one<br>each<br>morning<br>of<br>May</p>",
                "p { margin: 0 } @page { size: 100mm 34mm; margin: 5mm }",
            ),
        ),
        (Example(_P, "p { color: rgba(0, 0, 0, .8); opacity: 1 }"),),
        "PDF/UA-1, 7.1 (all content is tagged)",
        what="Text is printed with an opacity below 1.",
        fix="Use a paler colour in place of opacity.",
    ),
)
