"""What of an edition is an error: what can be counted first, then the formula against its target and its record.

Everything is judged on an ``Edition``, the source's language and translations alike, and names the line of the source
and of the .po file. Warnings and errors follow the project's readability facts; a language without a validated formula
is "not measured", never a pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from plainleaf.checks.readability import pemat, ratchet, style, wording
from plainleaf.checks.readability.ratchet import Record
from plainleaf.checks.readability.verdicts import Figure, LongSentence, Outcome, Verdict
from plainleaf.checks.readability.waivers import Waiver, apply
from plainleaf.checks.readability.waivers import read as read_waivers
from plainleaf.checks.readability.wording import Found
from plainleaf.files.toml import Table
from plainleaf.languages import facts
from plainleaf.languages.facts import LocaleData
from plainleaf.languages.naming import known
from plainleaf.model import Edition, Finding, Severity
from plainleaf.model.phrases import shortened
from plainleaf.model.tags import locale_name
from plainleaf.readability import opinion, rules
from plainleaf.readability.opinion import Opinion
from plainleaf.readability.scores import NO_GRADE, NOISY, Limits, Reading, Rules, Score, State, measure, ruled
from plainleaf.readability.sentences import Role, Sentence
from plainleaf.readability.syllables import Method

__all__ = ["Judged", "Options", "check", "judge", "judged", "measure", "read_options"]

WAIVABLE = (
    *(f"readability-{name}" for name in (
        "score", "ratchet", "unrecorded", "section", "sentence", "point", "heading",
        "term", "jargon", "stigma", "passive", "method", "opinion",
        *style.NAMES,
    )),
    *(f"pemat-{item.name}" for item in pemat.JUDGED),
)  # fmt: skip
MOST_APART = 1.0  # school grades between our score and the second opinion
_SHOWN = 90  # characters of a sentence in a message


@dataclass(frozen=True, slots=True)
class Options:
    """What a run asks for. ``limits`` by language lie over the locales' own rules; ``today`` decides on waivers."""

    today: date
    record: Record = field(default_factory=Record)
    waivers: tuple[Waiver, ...] = ()
    limits: Mapping[str, Rules] = field(default_factory=dict)
    second_opinion: bool = False
    source_link: str = ""  # an address with {file} and {line}, for pages


def read_options(
    table: Table, today: date, record: Record | None = None, among: Mapping[str, LocaleData] | None = None
) -> Options:
    """``[readability]`` of the settings: second-opinion, source-link, [limits.<language>], [[waivers]].

    ``among``: languages with what their own files say, by name. Mistakes join the table's.
    """
    second = table.boolean("second-opinion", False)
    among = among or {}
    own = table.table("limits")
    limits = {
        language: rules.read(own.table(language), among.get(locale_name(language)) or facts.named(language))
        for language in own.data
    }
    for language in limits:
        if not known(locale_name(language)):
            own.complain(language, "not a known language", "name it as its folder: es, pt_BR, zh_Hans")
    waivers = read_waivers(table.tables("waivers"), WAIVABLE)
    link = _source_link(table)
    table.unknown()
    return Options(today, record or Record(), waivers, limits, second, link)


def _source_link(table: Table) -> str:
    link = table.string("source-link", "")
    bare = link.replace("{file}", "", 1).replace("{line}", "", 1)
    if link and not re.fullmatch(r"https?://[^\s<>\"{}]+", bare):
        table.complain("source-link", f"“{link}” is not a web address", 'write the full address: "https://..."')
    elif link and ("{file}" not in link or "{line}" not in link):
        hint = 'such as "https://example.org/leaflets/blob/main/{file}#L{line}"'
        table.complain("source-link", "{file} and {line} are missing", f"write both, {hint}")
    else:
        return link
    return ""


@dataclass(frozen=True, slots=True)
class Judged:
    """An edition judged: its reading by the rules that hold, and the findings that no waiver lets pass, worst first.

    ``too_long`` has one entry for each of the findings that is about a long sentence.
    """

    reading: Reading
    findings: tuple[Finding, ...]
    too_long: tuple[LongSentence, ...]
    verdict: Verdict


def check(edition: Edition, options: Options) -> tuple[Finding, ...]:
    """All findings on the readability of an edition that no waiver lets pass, worst sentences first."""
    return judge(edition, measure(edition), options)


def judge(edition: Edition, reading: Reading, options: Options) -> tuple[Finding, ...]:
    """``check`` on a reading that was already taken."""
    return judged(edition, reading, options).findings


def judged(edition: Edition, reading: Reading, options: Options) -> Judged:
    """``judge``, with what a report says beside the findings."""
    reading = limited(reading, options)
    second = _second(reading) if options.second_opinion else None
    too_long = tuple(long_sentences(reading))
    found: list[Found] = [
        *_document(reading),
        *_unlisted(reading),
        *((finding, "") for finding in ratchet.compare(reading, options.record)),
        *_opinion(reading, second),
        *((one.finding, block) for one, block in too_long),
        *_sections(reading),
        *_headings(reading),
        *wording.terms(reading),
        *wording.words(reading),
        *style.check(reading),
        *pemat.check(edition, reading),
    ]
    findings, blocks = [finding for finding, _ in found], [block for _, block in found]
    kept = apply(findings, blocks, options.waivers, reading.slug, reading.locale, options.today)
    there = set(kept)
    left = tuple(one for one, _ in too_long if one.finding in there)
    waived = sum(finding not in there for finding in findings)
    return Judged(reading, kept, left, _verdict(reading, options.record, second, waived, edition.leaflet.meta.country))


def limited(reading: Reading, options: Options) -> Reading:
    """A reading by the rules that the settings give its language ("pt"), and above these its locale ("pt_BR")."""
    own = {key.replace("-", "_"): given for key, given in options.limits.items()}
    for name in dict.fromkeys((reading.data.base, reading.locale)):
        reading = ruled(reading, own.get(name, {}))
    return reading


def second_opinion(reading: Reading) -> float | None:
    """What textstat says of the first formula of a reading, in its unit; ``None`` where there is no score."""
    second = _second(reading)
    return second.theirs if second else None


def _second(reading: Reading) -> Opinion | None:
    return opinion.second(reading) if reading.counts.sentences >= NO_GRADE else None


def _verdict(reading: Reading, record: Record, second: Opinion | None, waived: int, country: str) -> Verdict:
    recorded = record.values.get((reading.slug, reading.locale), {})
    aimed = [(score, score.goal) for score in reading.scores if score.goal]
    outcome = Outcome.SHORT if reading.scored else Outcome.UNSCORED
    figures = [Figure(f"{reading.unit} a sentence", reading.mean, None, False, was=recorded.get(ratchet.MEAN))]
    if aimed and reading.counts.sentences >= NO_GRADE:
        states = {score.state for score, _ in aimed}
        outcome = Outcome.FAIL if State.FAIL in states else Outcome.WARN if State.WARN in states else Outcome.PASS
        figures = [
            Figure(score.formula.name, score.value, goal.target, score.formula.rises, score.noise,
                   recorded.get(score.formula.id), _age(reading, score, country))
            for score, goal in aimed
        ]  # fmt: skip
    theirs = second.theirs if second else recorded.get(ratchet.OPINION)
    sentences, share = reading.counts.sentences, reading.prose.share
    unlisted = wording.unlisted(reading)
    return Verdict(reading.slug, reading.locale, outcome, tuple(figures), sentences, theirs, waived, share, unlisted)


def _age(reading: Reading, score: Score, country: str) -> int:
    """The reading age of a grade of school, for countries that speak of one: pupils of grade 1 are 6 (NHS England)."""
    told = country in reading.data.list("readability", "ages") and score.formula.is_grade
    return max(5, round(score.value) + 5) if told else 0


# --------------------------------------------------------------------------- the document


def _document(reading: Reading) -> Iterator[Found]:
    if not reading.scored:
        what = f"{reading.locale}: not scored: there is no validated formula for this language"
        hint = f"{reading.mean:.1f} {reading.unit} a sentence; have a native reader judge it"
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


def _unlisted(reading: Reading) -> Iterator[Found]:
    if kinds := wording.unlisted(reading):
        what = f"{reading.locale}: {', '.join(kinds)}: no list to look for them"
        hint = "have a native reader judge the words; lists can be added to locales/<name>/checks.toml"
        yield _whole(reading, "readability-unlisted", Severity.UNMEASURED, what, hint)


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
    hint += f"; scored are {reading.prose.share:.0%} of the words, without headings, cells, captions and small formats"
    return _whole(reading, "readability-score", severity, what, hint)


def _whole(reading: Reading, name: str, severity: Severity, what: str, hint: str) -> Found:
    start = reading.prose.sections[0]
    return Finding(name, severity, what, start.at, hint, start.po), ""


def _opinion(reading: Reading, second: Opinion | None) -> Iterator[Found]:
    if second and second.grades > MOST_APART:
        what = f"{reading.locale}: textstat says {second.theirs:.1f}, we say {second.ours:.1f} ({second.formula})"
        hint = f"{second.grades:.1f} grades apart: read the text with both in mind"
        yield _whole(reading, "readability-opinion", Severity.WARNING, what, hint)


# --------------------------------------------------------------------------- what can be counted


def long_sentences(reading: Reading) -> Iterator[tuple[LongSentence, str]]:
    """Each long sentence, the worst first, with the id of its block."""
    found, scored = [], set(reading.prose.scored)
    for sentence in reading.prose.pieces:
        limit, severity = passed(sentence, reading.limits)
        if limit:
            gain = reading.gain(sentence) if sentence in scored else 0.0
            found.append((gain, sentence, limit, severity))
    found.sort(key=lambda each: (each[3] is not Severity.ERROR, -each[0], -each[1].length))
    for gain, sentence, limit, severity in found:
        name = "readability-point" if sentence.role is Role.POINT else "readability-sentence"
        what = f"{sentence.length} {reading.unit}, at most {limit}: “{shortened(sentence.text, _SHOWN, '…')}”"
        hard = tuple(dict.fromkeys(word.text for word in reading.long_words(sentence)))
        finding = Finding(name, severity, what, sentence.at, _hint(reading, hard, gain), sentence.po)
        formula = reading.scores[0].formula if reading.scores else None
        grades = gain / opinion.grade(formula.id) if formula else 0.0
        title = formula.name if formula else ""
        excess = sentence.length / limit
        yield LongSentence(finding, reading.locale, sentence.text, hard, gain, grades, title, excess), sentence.block


def passed(sentence: Sentence, limits: Limits) -> tuple[int, Severity]:
    """The limit that a sentence is longer than, 0 if none, and how grave that is."""
    if sentence.length > limits.sentence_fail:
        return limits.sentence_fail, Severity.ERROR
    warn = limits.point_warn if sentence.role is Role.POINT else limits.sentence_warn
    return (warn, Severity.WARNING) if sentence.length > warn else (0, Severity.WARNING)


def _hint(reading: Reading, hard: tuple[str, ...], gain: float) -> str:
    parts = ["cut it in two"]
    if hard:
        parts.append(f"its long words: {', '.join(hard)}")
    if reading.scores and gain > 0:
        parts.append(f"fixed, the whole text gains {gain:.2f} points ({reading.scores[0].formula.name})")
    return "; ".join(parts)


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
            what = f"a heading of {heading.length} {reading.unit}, {most}: “{shortened(heading.text, _SHOWN, '…')}”"
            hint = "say it in fewer words"
            yield Finding("readability-heading", Severity.WARNING, what, heading.at, hint, heading.po), heading.block
