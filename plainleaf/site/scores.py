"""An edition's score, rules and trend in words, for the page: what was counted, what the target is, how sure that is.

What is good or bad is decided by ``readability.scores`` and ``checks``; here it is only said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plainleaf.checks.readability.judge import passed
from plainleaf.checks.readability.verdicts import SLACK, Figure, Verdict
from plainleaf.languages.invisible import FIRST_STRONG_ISOLATE, ISOLATE_END
from plainleaf.model import Severity
from plainleaf.readability import scores
from plainleaf.readability.scores import HARD, LONG_LETTERS, NO_GRADE, NOISY, Reading, State
from plainleaf.readability.sentences import Role, Section
from plainleaf.readability.splitting import counts_characters
from plainleaf.readability.syllables import Method
from plainleaf.site import sentence_picture as reading_picture
from plainleaf.site.sentence_picture import Gauge

GOOD, NEAR, MISS, NONE = "good", "near", "miss", "none"  # classes of what is said
KEPT, WARNED, BROKEN = "kept", "warned", "broken"  # classes of rules
_VERDICTS = {GOOD: "meets its target", NEAR: "near its target", MISS: "misses its target", NONE: ""}


@dataclass(frozen=True, slots=True)
class Score:
    """A formula's value against its target, in words and on a scale (``None``: it has no target)."""

    name: str
    value: str
    target: str
    state: str
    words: str
    easier: str
    masked: str
    source: str
    gauge: Gauge | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A countable rule and what was counted. ``state``: "kept", "warned", "broken" (an error), "" without a limit."""

    rule: str
    result: str
    state: str


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure against the recorded one; ``way`` is "better", "same", "worse", or "" without a record."""

    way: str
    short: str
    words: str


def verdict(reading: Reading) -> tuple[str, str]:
    """The state of an edition, as class and in words: that of its worst formula."""
    if not reading.scored:
        return NONE, "Not scored"
    if reading.counts.sentences < NO_GRADE:
        return NONE, "Too short for a score"
    worst = max((_state(score) for score in reading.scores if score.goal), key=(NONE, GOOD, NEAR, MISS).index)
    return worst, _VERDICTS[worst].capitalize()


def _state(score: scores.Score) -> str:
    """Near: beyond the target, but not beyond what is an error, or no further than chance may move the score."""
    if score.state in (State.TOO_SHORT, State.SHOWN) or not score.goal:
        return NONE
    if score.state is State.PASS:
        return GOOD
    by_chance = abs(score.value - score.goal.target) <= score.noise
    return NEAR if by_chance or (score.state is State.WARN and score.goal.fail is not None) else MISS


def score(of: scores.Score, reading: Reading) -> Score:
    """One formula's value."""
    formula, goal, state = of.formula, of.goal, _state(of)
    words = "too few sentences to say" if of.state is State.TOO_SHORT else _VERDICTS[state]
    target = f"{'at least' if formula.rises else 'at most'} {goal.target:g}" if goal else ""
    if goal and goal.fail not in (None, goal.target) and state in (NEAR, MISS):
        words += f"; an error {'below' if formula.rises else 'above'} {goal.fail:g}"
    masked = f"{of.masked:.1f}" if reading.terms and abs(of.masked - of.value) >= SLACK else ""
    easier = "higher is easier" if formula.rises else "lower is easier"
    gauge = reading_picture.gauge(of)
    return Score(formula.name, f"{of.value:.1f}", target, state, words, easier, masked, formula.source, gauge)


def noise(reading: Reading) -> str:
    """How far chance may move the score."""
    number = reading.counts.sentences
    if not reading.scored:
        return ""
    if number < NO_GRADE:
        return f"{number} sentences: under {NO_GRADE} a formula says nothing."
    off = max((score.noise for score in reading.scores), default=0.0)
    if number < NOISY:
        by = f": by chance the grade may be off by {off:.1f} (standard deviation)" if off else ""
        return f"Only {number} sentences{by}. From {NOISY} on a score is firm."
    return f"{number} sentences: enough for a firm score (from {NOISY} on, chance moves it by half a grade at most)."


def method(reading: Reading) -> str:
    """How words and syllables were counted."""
    how = "" if reading.method is Method.NONE else f"Syllables: {reading.method.value}. "
    return f"{how}Lengths are counted in {reading.unit}. Counting rules version {reading.version}."


def second_opinion(verdict: Verdict) -> str:
    """What another program says of the first formula, "" if nobody has asked it."""
    if verdict.second is None or not verdict.figures:
        return ""
    figure = verdict.figures[0]
    return f"A second opinion: textstat gives {verdict.second:.1f} for {figure.name}, when it was last asked."


def long_words(reading: Reading) -> str:
    """What a long word is in the language; "" where there are none."""
    if counts_characters(reading.data):
        return ""
    return f"{LONG_LETTERS} letters or more" if reading.method is Method.NONE else f"{HARD} syllables or more"


def rules(reading: Reading) -> Iterator[Rule]:
    """What can be counted in any language."""
    limits, unit, text = reading.limits, reading.unit, reading.prose
    far = sum(passed(sentence, limits)[1] is Severity.ERROR for sentence in text.scored)
    long = sum(sentence.length > limits.sentence_warn for sentence in text.scored)
    points = sum(each.length > limits.point_warn for each in text.scored if each.role is Role.POINT)
    headings = sum(heading.length > limits.heading for heading in text.headings)
    yield Rule(f"No sentence over {limits.sentence_fail} {unit}", _longer(far), BROKEN if far else KEPT)
    yield Rule(f"Sentences of at most {limits.sentence_warn} {unit}", _longer(long), WARNED if long else KEPT)
    yield Rule(f"List points of at most {limits.point_warn} {unit}", _longer(points), WARNED if points else KEPT)
    yield Rule(f"Headings of at most {limits.heading} {unit}", _longer(headings), WARNED if headings else KEPT)
    if means := reading.section_means():
        mean, number = max((mean, -number) for number, mean in means.items())
        result = f"the longest has {mean:.1f}: {_name(text.sections[-number])}"
        state = BROKEN if round(mean, 1) > limits.section_mean else KEPT
        yield Rule(f"Sections of at most {limits.section_mean} {unit} a sentence, on average", result, state)
    if not counts_characters(reading.data):
        yield Rule(f"Words of {LONG_LETTERS} letters or more", f"{reading.long_rate:.0f} in a hundred words", "")


def _name(section: Section) -> str:
    """A section's heading, which keeps its own direction inside the sentence."""
    return f"“{FIRST_STRONG_ISOLATE}{section.heading}{ISOLATE_END}”" if section.heading else "before the first heading"


def _longer(number: int) -> str:
    return f"{number} {'is' if number == 1 else 'are'} longer" if number else "none is longer"


def trend(figure: Figure) -> Trend:
    """A figure of today against what was recorded of it after the last review."""
    name = figure.name
    if figure.was is None:
        return Trend("", f"{name}: not recorded", f"{name}: nothing is recorded of an earlier review")
    if not figure.trend:
        return Trend("same", f"{name}: same", f"{name}: the same as at the last review ({figure.was:.1f})")
    way = "better" if figure.trend > 0 else "worse"
    by = f"{way} by {abs(round(figure.value, 1) - figure.was):.1f}"
    then = f"at the last review {figure.was:.1f}, now {figure.value:.1f}"
    return Trend(way, f"{name}: {by}", f"{name}: {by} ({then})")
