"""The gates on readability: what can be counted first, then the formula against its target and its record.

Everything is judged on an ``Edition``, the source's language and translations alike, and names the line of the source
and of the .po file. Warnings and errors follow the project's readability facts; a language without a validated formula
is "not measured", never a pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date

from plainleaf.checks import pemat, ratchet, wording
from plainleaf.checks.ratchet import Record
from plainleaf.checks.waivers import Waiver, apply
from plainleaf.checks.waivers import read as read_waivers
from plainleaf.checks.wording import Found
from plainleaf.model import Edition, Finding, Severity
from plainleaf.readability import opinion, scores
from plainleaf.readability.scores import NO_GRADE, NOISY, Limits, Reading, Score, State, measure
from plainleaf.readability.sentences import Role, Sentence
from plainleaf.readability.syllables import Method, base_of
from plainleaf.settings import Table

__all__ = ["Options", "check", "judge", "measure", "read_options"]

MOST_APART = 1.0  # school grades between our score and the second opinion
_SHOWN = 90  # characters of a sentence in a message
_HARD = 3  # syllables of the words that a hint names


@dataclass(frozen=True, slots=True)
class Options:
    """What a run asks for. ``limits`` by language overrides the countable rules; ``today`` decides on waivers."""

    today: date
    record: Record = field(default_factory=Record)
    waivers: tuple[Waiver, ...] = ()
    limits: Mapping[str, Limits] = field(default_factory=dict)
    second_opinion: bool = False


def read_options(table: Table, today: date, record: Record | None = None) -> Options:
    """``[tool.plainleaf.readability]``: second-opinion, [limits.<language>], [[waivers]]. Mistakes join the table's."""
    second = table.boolean("second-opinion", False)
    own = table.table("limits")
    limits = {language: read_limits(own.table(language), language) for language in own.data}
    waivers = read_waivers(table.tables("waivers"))
    table.unknown()
    return Options(today, record or Record(), waivers, limits, second)


def read_limits(table: Table, language: str) -> Limits:
    """The countable rules of a language with those that a table changes (``sentence-warn = 14``)."""
    base = scores.limits(language)
    values = {
        each.name: int(table.number(each.name.replace("_", "-"), getattr(base, each.name), 1, 500))
        for each in fields(Limits)
    }
    table.unknown()
    return Limits(**values)


def check(edition: Edition, options: Options) -> tuple[Finding, ...]:
    """All findings on the readability of an edition that no waiver lets pass, worst sentences first."""
    return judge(edition, measure(edition), options)


def judge(edition: Edition, reading: Reading, options: Options) -> tuple[Finding, ...]:
    """``check`` on a reading that was already taken."""
    limits = options.limits.get(reading.locale) or options.limits.get(base_of(reading.language))
    if limits:
        reading = replace(reading, limits=limits)
    found: list[Found] = [
        *_document(reading),
        *((finding, "") for finding in ratchet.compare(reading, options.record)),
        *_opinion(reading, options),
        *_sentences(reading),
        *_sections(reading),
        *_headings(reading),
        *wording.terms(reading),
        *wording.words(reading),
        *pemat.check(edition, reading),
    ]
    findings, blocks = [finding for finding, _ in found], [block for _, block in found]
    return apply(findings, blocks, options.waivers, reading.slug, reading.locale, options.today)


# --------------------------------------------------------------------------- the document


def _document(reading: Reading) -> Iterator[Found]:
    if not reading.scored:
        what = f"{reading.locale}: not scored: there is no validated formula for this language"
        hint = f"{reading.mean:.1f} {reading.unit} a sentence; have a named native reader judge it"
        yield _whole(reading, "readability-unscored", Severity.UNMEASURED, what, hint)
        return
    if reading.counts.sentences < NO_GRADE:
        what = f"{reading.locale}: {reading.counts.sentences} sentences are too few for a score"
        yield _whole(reading, "readability-short", Severity.UNMEASURED, what, f"from {NO_GRADE} on there is one")
        return
    if reading.method in (Method.HYPHENS, Method.NONE) and any(_needs_syllables(score) for score in reading.scores):
        what = f"{reading.locale}: syllables are {reading.method.value}"
        yield _whole(reading, "readability-method", Severity.WARNING, what, "read the score with care")
    for score in reading.scores:
        if score.state in (State.WARN, State.FAIL):
            yield _score(reading, score)


def _needs_syllables(score: Score) -> bool:
    return score.formula.id not in ("lix", "rix", "gulpease", "coleman-liau", "ari")


def _score(reading: Reading, score: Score) -> Found:
    assert score.goal  # one without a goal is only shown
    sign = "at least" if score.formula.rises else "at most"
    what = f"{reading.locale}: {score.formula.name} is {score.value:.1f}, the target is {sign} {score.goal.target:g}"
    severity = Severity.ERROR if score.state is State.FAIL else Severity.WARNING
    if reading.counts.sentences < NOISY:
        what += f" (±{score.noise:.1f} by chance)" if score.noise else ""
        what += f"; only {reading.counts.sentences} sentences"
        severity = Severity.WARNING if abs(score.value - score.goal.target) <= score.noise else severity
    hint = f"{score.masked:.1f} without the words that the leaflet explains; {score.formula.source}"
    return _whole(reading, "readability-score", severity, what, hint)


def _whole(reading: Reading, name: str, severity: Severity, what: str, hint: str) -> Found:
    start = reading.prose.sections[0]
    return Finding(name, severity, what, start.at, hint, start.po), ""


def _opinion(reading: Reading, options: Options) -> Iterator[Found]:
    if not options.second_opinion or reading.counts.sentences < NO_GRADE:
        return
    second = opinion.second(reading)
    if second and second.grades > MOST_APART:
        what = f"{reading.locale}: textstat says {second.theirs:.1f}, we say {second.ours:.1f} ({second.formula})"
        hint = f"{second.grades:.1f} grades apart: read the text with both in mind"
        yield _whole(reading, "readability-opinion", Severity.WARNING, what, hint)


# --------------------------------------------------------------------------- what can be counted


def _sentences(reading: Reading) -> Iterator[Found]:
    found = []
    for sentence in (*reading.prose.scored, *reading.prose.short_points):
        limit, severity = _limit(sentence, reading.limits)
        if limit:
            found.append((reading.gain(sentence), sentence, limit, severity))
    found.sort(key=lambda each: (each[3] is not Severity.ERROR, -each[0], -each[1].length))
    for gain, sentence, limit, severity in found:
        name = "readability-point" if sentence.role is Role.POINT else "readability-sentence"
        what = f"{sentence.length} {reading.unit}, at most {limit}: “{_cut(sentence.text)}”"
        yield Finding(name, severity, what, sentence.at, _hint(reading, sentence, gain), sentence.po), sentence.block


def _limit(sentence: Sentence, limits: Limits) -> tuple[int, Severity]:
    if sentence.length > limits.sentence_fail:
        return limits.sentence_fail, Severity.ERROR
    warn = limits.point_warn if sentence.role is Role.POINT else limits.sentence_warn
    return (warn, Severity.WARNING) if sentence.length > warn else (0, Severity.WARNING)


def _hint(reading: Reading, sentence: Sentence, gain: float) -> str:
    hard = [word.text for word in sentence.words if word.syllables >= _HARD and word.text.lower() not in reading.terms]
    parts = ["cut it in two"]
    if hard and reading.method is not Method.NONE:
        parts.append(f"its long words: {', '.join(dict.fromkeys(hard))}")
    if reading.scores and gain > 0:
        parts.append(f"mended, the whole text gains {gain:.2f} points ({reading.scores[0].formula.name})")
    return "; ".join(parts)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"


def _sections(reading: Reading) -> Iterator[Found]:
    for number, mean in reading.section_means().items():
        section = reading.prose.sections[number]
        if round(mean, 1) > reading.limits.section_mean:
            name = f"“{section.heading}”" if section.heading else "the text before the first heading"
            what = f"{name} has {mean:.1f} {reading.unit} a sentence, at most {reading.limits.section_mean}"
            yield Finding("readability-section", Severity.ERROR, what, section.at, "cut its sentences", section.po), ""


def _headings(reading: Reading) -> Iterator[Found]:
    for heading in reading.prose.headings:
        if heading.length > reading.limits.heading:
            most = f"at most {reading.limits.heading}"
            what = f"a heading of {heading.length} {reading.unit}, {most}: “{_cut(heading.text)}”"
            hint = "say it in fewer words"
            yield Finding("readability-heading", Severity.WARNING, what, heading.at, hint, heading.po), heading.block
