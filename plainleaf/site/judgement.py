"""What a readability page says of one edition: its verdict, scores and rules, each sentence, the answers to PEMAT.

Values for templates; what is hard or long is decided by ``readability`` and ``checks``, never here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from plainleaf.checks.readability import pemat
from plainleaf.checks.readability.judge import Judged
from plainleaf.languages.folding import PLACEHOLDER
from plainleaf.languages.invisible import FIRST_STRONG_ISOLATE, ISOLATE_END
from plainleaf.model import Edition, Finding, Location, Severity
from plainleaf.model.phrases import counted
from plainleaf.readability.scores import Limits, Reading
from plainleaf.readability.sentences import Sentence
from plainleaf.site import scores as reading_scores
from plainleaf.site import sentence_picture as reading_picture
from plainleaf.site.scores import Rule, Score, Trend
from plainleaf.site.sentence_picture import FAR, FITS, LONG, Picture

MOST_SENTENCES = 10  # to fix first
Details = Mapping[str, str]  # what is printed for placeholders, by their names


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file as people read it, and where a click leads."""

    words: str
    href: str
    file: str
    line: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; ``long``: a long word."""

    text: str
    long: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence in the table, or among those to fix; ``gain``: what the score gains, "" if that cannot be told."""

    number: int
    level: str
    state: str
    pieces: tuple[Piece, ...]
    words: int
    long_words: int
    places: tuple[Place, ...]
    gain: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its sentences and their picture; ``gist`` says what the picture shows."""

    number: int
    heading: str
    gist: str
    picture: Picture
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is told of an edition. ``state``: a class of ``reading_scores``; ``over``, ``far``: sentences too long."""

    scored: bool
    state: str
    verdict: str
    unit: str
    gist: str
    over: str
    far: str
    too_long: int
    mean: str
    noise: str
    method: str
    opinion: str  # of another program
    long_words: str  # what a long word is
    tally: str
    aside: str  # of texts that are printed by themselves
    limits: Limits
    scores: tuple[Score, ...]
    beside: tuple[Score, ...]  # those without a target
    rules: tuple[Rule, ...]
    trends: tuple[Trend, ...]
    parts: tuple[Part, ...]
    worst: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """ "yes", "no", or "open" with the reason in ``words``; ``notes`` say what to fix, and where."""

    state: str
    words: str
    notes: tuple[tuple[str, tuple[Place, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Links:
    """Where places of the sources can be seen: by an address from the settings, or as files beside the page.

    ``root``: the root folder as the page reaches it, such as ".."; "" where it does not, as on the web.
    """

    root: str
    pattern: str

    def places(self, *where: Location | None) -> tuple[Place, ...]:
        """A place for each line that is known, a file named once."""
        return tuple(self._place(at) for at in dict.fromkeys(where) if at and at.file)

    def _place(self, at: Location) -> Place:
        words = f"{at.file}, line {at.line}" if at.line else at.file
        if self.pattern:
            href = self.pattern.replace("{line}", str(at.line or 1)).replace("{file}", quote(at.file))
        else:
            href = quote(f"{self.root}/{at.file}") if self.root else ""
        return Place(words, href, at.file, f"line {at.line}" if at.line else "")


def judgement(judged: Judged, links: Links, details: Details) -> Judgement:
    """All that the page says. ``details``: what is printed for each placeholder, as readers are to read it."""
    reading, findings = judged.reading, judged.findings
    rows = [_row(reading, sentence, number, links, details) for number, sentence in enumerate(reading.prose.scored, 1)]
    state, verdict = reading_scores.verdict(reading)
    over, far = sum(row.level != FITS for row in rows), sum(row.level == FAR for row in rows)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    return Judgement(
        scored=reading.scored,
        state=state,
        verdict=verdict,
        unit=reading.unit,
        gist=_gist(reading, rows),
        over=f"{over} of {len(rows)}" if over else "none",
        far=f"{far} too long" if far else "",
        too_long=far,
        mean=f"{reading.mean:.1f}",
        noise=reading_scores.noise(reading),
        method=reading_scores.method(reading),
        opinion=reading_scores.second_opinion(judged.verdict),
        long_words=reading_scores.long_words(reading),
        tally=f"{counted(errors, 'error')} and {counted(warnings, 'warning')}",
        aside=_aside(reading),
        limits=reading.limits,
        scores=tuple(reading_scores.score(score, reading) for score in reading.scores if score.goal),
        beside=tuple(reading_scores.score(score, reading) for score in reading.scores if not score.goal),
        rules=tuple(reading_scores.rules(reading)),
        trends=tuple(reading_scores.trend(figure) for figure in judged.verdict.figures),
        parts=tuple(_parts(reading, rows, details)),
        worst=tuple(_to_fix(reading, rows)),
    )


def _row(reading: Reading, sentence: Sentence, number: int, links: Links, details: Details) -> Row:
    level = reading_picture.level(sentence, reading)
    state = {FITS: "", LONG: "long", FAR: "too long"}[level]
    hard = [word.text for word in reading.long_words(sentence)]
    pieces = tuple(Piece(as_read(each.text, details), each.long) for each in _pieces(sentence.text, hard))
    places = links.places(sentence.at, sentence.po)
    return Row(number, level, state, pieces, sentence.length, len(hard), places)


def as_read(text: str, details: Details) -> str:
    """A text with a clinic's details in it, each in its own direction; a placeholder of nothing stays as typed."""

    def value(found: re.Match[str]) -> str:
        said = details.get(found[0][1:-1])
        return f"{FIRST_STRONG_ISOLATE}{said}{ISOLATE_END}" if said else found[0]

    return PLACEHOLDER.sub(value, text)


def _pieces(text: str, marked: Iterable[str]) -> Iterator[Piece]:
    """A sentence cut at its long words, which are named in their order."""
    done = 0
    for word in marked:
        start = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)").search(text, done)
        if not start:
            continue
        if start.start() > done:
            yield Piece(text[done : start.start()], False)
        yield Piece(word, True)
        done = start.end()
    if done < len(text):
        yield Piece(text[done:], False)


def _parts(reading: Reading, rows: Sequence[Row], details: Details) -> Iterator[Part]:
    means = reading.section_means()
    for number, picture in reading_picture.pictures(reading).items():
        own = tuple(rows[mark.number - 1] for mark in picture.marks)
        heading = as_read(reading.prose.sections[number].heading, details)
        gist = f"{counted(len(own), 'sentence')}, {means[number]:.1f} {reading.unit} on average; {_over(own)}"
        yield Part(number, heading, gist, picture, own)


def _over(rows: Sequence[Row]) -> str:
    long, far = sum(row.level == LONG for row in rows), sum(row.level == FAR for row in rows)
    said = [f"{number} {word}" for number, word in ((long, "long"), (far, "too long")) if number]
    return ", ".join(said) or "none too long"


def _gist(reading: Reading, rows: Sequence[Row]) -> str:
    limits, unit = reading.limits, reading.unit
    over = [sum(row.words > limit for row in rows) or "none" for limit in (limits.sentence_warn, limits.sentence_fail)]
    short = len(reading.prose.short_points)
    apart = f" Left out: {counted(short, 'list point')} of one or two words." if short else ""
    if (share := reading.prose.share) < 0.995:
        apart += f" Scored are {share:.0%} of the words: headings, tables, captions and small formats are left out."
    return (
        f"{counted(len(rows), 'sentence')}, {over[0]} over {limits.sentence_warn} {unit}, {over[1]} over"
        f" {limits.sentence_fail}; {reading.mean:.1f} {unit} on average.{apart}"
    )


def _aside(reading: Reading) -> str:
    """What there is of texts that are printed by themselves (``::: short``, ``::: easy``): they are not scored."""
    sentences = reading.prose.aside
    if not sentences:
        return ""
    long = sum(reading_picture.level(sentence, reading) != FITS for sentence in sentences)
    over = f"{long or 'none'} of them over a limit"
    return f"Not scored here: {counted(len(sentences), 'sentence')} of the short, easy and card texts, {over}."


def _to_fix(reading: Reading, rows: Sequence[Row]) -> Iterator[Row]:
    numbers = {id(sentence): number for number, sentence in enumerate(reading.prose.scored)}
    for sentence, gain in reading.worst(MOST_SENTENCES):
        points = f"{gain:.2f} points ({reading.scores[0].formula.name})" if reading.scores and gain > 0 else ""
        yield replace(rows[numbers[id(sentence)]], gain=points)


def answers_of(edition: Edition, judged: Judged, links: Links) -> dict[str, Answer]:
    """What the program says to each of its items, by the item's name."""
    reading, kept = judged.reading, set(judged.findings)
    open_ = pemat.unjudged(edition, reading)
    found: dict[str, list[Finding]] = {}
    for finding, _ in pemat.check(edition, reading):
        found.setdefault(finding.check.removeprefix("pemat-"), []).append(finding)
    answers = {}
    for item in pemat.JUDGED:
        own = found.get(item.name, [])
        notes = tuple((f"{each.message}: {each.hint}", links.places(each.at, each.po)) for each in own if each in kept)
        if notes:
            answers[item.name] = Answer("no", "No", notes)
        elif own:
            answers[item.name] = Answer("open", "no, but a waiver lets it pass")
        elif item.name in open_:
            answers[item.name] = Answer("open", open_[item.name])
        else:
            answers[item.name] = Answer("yes", "Yes")
    return answers
