"""The picture of a text: one mark for each sentence, as high as it has words, section by section.

Its long words stand dark at its foot; a mark over a limit has a sign on top besides its colour. Makes numbers and SVG
path data, no tags; lengths are in CSS px. Only how pages show it is decided here, never what is hard.
"""

from __future__ import annotations

from dataclasses import dataclass

from plainleaf.checks.readability.judge import passed
from plainleaf.model import Severity
from plainleaf.readability.scores import Reading, Score
from plainleaf.readability.sentences import Role, Sentence

BAR, STEP = 8, 10  # width of a mark, and from one to the next
LIMIT = 76  # height of a sentence as long as the limit that fails
MOST = 2  # limits that the picture is high at most; higher marks are cut, and say so
TOP, FOOT = 12, 8  # room for the signs above, and for the dots of list points below
LABEL = 20  # width of the figures at the lines

GAUGE = 300  # the width of a score's scale

FITS, LONG, FAR = "fits", "long", "far"  # classes of marks: within the limits, over the first, over the last


@dataclass(frozen=True, slots=True)
class Mark:
    """A sentence: paths of its other words, of its long words, of the sign above and the dot below ("" if none)."""

    number: int  # of the sentence in its text, from 1
    level: str
    words: str
    long_words: str
    sign: str
    dot: str
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """A limit: its height from above and the figure beside it; ``last``: the one that fails."""

    y: float
    value: int
    last: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The marks of one section; all pictures of a text are of one height and scale."""

    width: float
    height: float
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Gauge:
    """A score on its scale, in px from the left: where it stands, its target, what is good, and which end is easy."""

    value: float
    target: float
    good_from: float
    good_to: float
    low: float
    high: float
    easy_on_the_right: bool


def level(sentence: Sentence, reading: Reading) -> str:
    """Whether a sentence is within its limits."""
    limit, severity = passed(sentence, reading.limits)
    return FITS if not limit else FAR if severity is Severity.ERROR else LONG


def pictures(reading: Reading) -> dict[int, Picture]:
    """The picture of each section that has sentences, by the section's number."""
    scale = LIMIT / reading.limits.sentence_fail
    longest = max((sentence.length for sentence in reading.prose.scored), default=0)
    tall = min(max(longest * scale, LIMIT), MOST * LIMIT)
    base = TOP + tall
    lines = tuple(
        Line(round(base - value * scale, 1), value, value == reading.limits.sentence_fail)
        for value in (reading.limits.sentence_warn, reading.limits.sentence_fail)
    )
    marks: dict[int, list[Mark]] = {}
    for number, sentence in enumerate(reading.prose.scored, 1):
        own = marks.setdefault(sentence.section, [])
        own.append(_mark(reading, sentence, number, LABEL + len(own) * STEP, base, scale))
    return {section: Picture(LABEL + len(own) * STEP, base + FOOT, lines, tuple(own)) for section, own in marks.items()}


def _mark(reading: Reading, sentence: Sentence, number: int, x: float, base: float, scale: float) -> Mark:
    hard = len(reading.long_words(sentence))
    whole = min(sentence.length * scale, base - TOP)
    dark = whole * hard / max(sentence.length, 1)
    kind = level(sentence, reading)
    middle, top = x + BAR / 2, base - whole
    sign = ""
    if kind == LONG:
        sign = f"M{middle:g} {top - 8:.1f}l3 5.5h-6z"  # a triangle
    elif kind == FAR:
        sign = f"M{x:g} {top - 9:.1f}l{BAR} {BAR}m0 -{BAR}l-{BAR} {BAR}"  # a cross
    dot = f"M{middle - 1.5:g} {base + 3:g}h3v3h-3z" if sentence.role is Role.POINT else ""
    title = f"{number}: {sentence.length} {reading.unit if sentence.length != 1 else reading.unit.removesuffix('s')}"
    title += f", {hard} of them long" if hard else ""
    cut = " (higher than the picture)" if sentence.length * scale > whole + 0.5 else ""
    title += {FITS: "", LONG: "; long", FAR: "; too long"}[kind] + cut
    return Mark(number, kind, _bar(x, base - dark, whole - dark), _bar(x, base, dark), sign, dot, title)


def _bar(x: float, foot: float, height: float) -> str:
    return f"M{x:g} {foot:.1f}v-{height:.1f}h{BAR}v{height:.1f}z" if height > 0 else ""


def gauge(score: Score) -> Gauge | None:
    """A score that has a goal, on a scale from 0 to 100, or to twice its target where less is easier."""
    if not score.goal:
        return None
    high = 100.0 if score.formula.rises else 2 * score.goal.target
    target = _place(score.goal.target, high)
    good = (target, float(GAUGE)) if score.formula.rises else (0.0, target)
    return Gauge(_place(score.value, high), target, *good, 0, high, score.formula.rises)


def _place(value: float, high: float) -> float:
    """Where a value stands on the scale; those beyond it at its end."""
    return round(GAUGE * min(max(value / high, 0.0), 1.0), 1)
