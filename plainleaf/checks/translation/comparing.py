"""The figures of a message beside those of its translation: what is missing, what is new, read by value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from itertools import product

from plainleaf.checks.translation.cases import Case, Side, source_side
from plainleaf.checks.translation.numerals import numerals
from plainleaf.checks.translation.quantities import (
    ENGLISH,
    Quantity,
    Time,
    is_ambiguous,
    phones,
    quantities,
    times,
    unit_of,
    without_phones,
)
from plainleaf.languages.facts import english
from plainleaf.languages.lexicon import Hit

_TO = re.compile(r" (?:to|or) ")
ONE, TWO = Fraction(1), Fraction(2)
Values = Counter[Fraction]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of the source's side, as read by one convention."""

    numbers: tuple[Quantity, ...]
    times: tuple[Time, ...]
    words: Values
    hints: frozenset[Fraction]
    months: Values


@dataclass(slots=True)
class Comparison:
    """What came out. ``numbers`` are those of the translation, as read by ``convention``."""

    source: Figures
    numbers: tuple[Quantity, ...] = ()
    convention: str = ""
    foreign: bool = False  # read by the source's convention, which is not the language's
    missing: Values = field(default_factory=Counter)
    fewer: Values = field(default_factory=Counter)
    added: Values = field(default_factory=Counter)
    more: Values = field(default_factory=Counter)
    ones: int = 0  # figures 1 that the translation has as an article or a word only
    lost_words: Values = field(default_factory=Counter)
    new_words: Values = field(default_factory=Counter)
    lost_times: list[Time] = field(default_factory=list)
    lost_months: Values = field(default_factory=Counter)

    @property
    def cost(self) -> int:
        """How badly the two fit."""
        return 4 * (self.missing.total() + self.added.total() + len(self.lost_times)) + self.fewer.total()


@cache
def figures(text: str, language: str = "") -> tuple[Figures, ...]:
    """Reads the source's side once for all locales, by each convention of its language ("" for English)."""
    side = source_side(text, language)
    clock, rest = times(without_phones(side.folded))
    return tuple(_figures(side, clock, rest, each) for each in side.data.list("", "conventions") or (ENGLISH,))


def _figures(side: Side, clock: tuple[Time, ...], rest: str, convention: str) -> Figures:
    found = quantities(side, convention, rest)
    words = _words(side, found) + Counter(number.value for number in numerals(side))
    in_units = [] if side.data is english() else [number for number in found if _is_of_unit(side, number)]
    found = tuple(number for number in found if number not in in_units)
    hints = _hints(side) | {number.value for number in in_units}
    return Figures(found, clock, words, hints, _months(side, found))


def _is_of_unit(side: Side, number: Quantity) -> bool:
    """Whether a figure is part of a word for a unit: 1日2回 is “2 times a day”."""
    hits = (hit for hit in side.hits if any(tag.startswith("unit:") for tag in hit.tags))
    return number.value == ONE and any(hit.start <= number.start and number.end < hit.end for hit in hits)


def _words(side: Side, found: Iterable[Quantity]) -> Values:
    """How often each number is said in words; numerals of Chinese and Japanese are read letter by letter elsewhere."""
    return Counter() if side.data.value("counters", "") else Counter(number.value for number in said(side, found))


def said(side: Side, found: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """Number words with the unit next to them, compounds ("thirty five") added up.

    Those that multiply a figure ("2 million") are left out: ``found`` holds the figures.
    """
    inside = [(number.start, number.end) for number in found]
    words: list[Quantity] = []
    for hit in side.hits:
        value = next((Fraction(tag[7:]) for tag in hit.tags if tag.startswith("number:")), None)
        if value is None or any(start <= hit.start < end for start, end in inside):
            continue
        if value == ONE and side.data is english() and not _counts(side, hit):
            continue
        start = hit.start
        if words and hit.start - words[-1].end <= 1 and 20 <= words[-1].value < 100 and value < 10:
            tens = words.pop()
            value, start = value + tens.value, tens.start
        words.append(Quantity(value, start, hit.end, side.folded[start : hit.end], unit_of(side, hit)))
    return tuple(words)


def _counts(side: Side, hit: Hit) -> bool:
    """Whether English "one" counts something: "one tablet", "one to two", "once a day"; not "ask if one could help"."""
    units = {other.start for other in side.hits if any(tag.startswith("unit:") for tag in other.tags)}
    joined = _TO.match(side.folded, hit.end)
    numbers = (tag for tag in side.starts[joined.end()].tags) if joined and joined.end() in side.starts else ()
    return (
        side.folded.startswith("once", hit.start)
        or bool(units & {hit.end, hit.end + 1})
        or any(tag.startswith("number:") for tag in numbers)
    )


def _hints(side: Side) -> frozenset[Fraction]:
    return frozenset(Fraction(tag[5:]) for hit in side.hits for tag in hit.tags if tag.startswith("hint:"))


def _months(side: Side, found: Iterable[Quantity]) -> Values:
    """Months by name; in English "may" and "march" only beside a figure."""
    edges = {edge for number in found for edge in (number.start, number.end)}
    months: Values = Counter()
    for hit in side.hits:
        for tag in hit.tags:
            doubtful = side.data is english() and side.folded[hit.start : hit.end] in ("may", "march", "mar")
            near = edges & set(range(hit.start - 3, hit.start + 1)) or edges & set(range(hit.end, hit.end + 3))
            if tag.startswith("month:") and (near or not doubtful):
                months[Fraction(tag[6:])] += 1
    return months


# --------------------------------------------------------------------------- comparing


def compare(case: Case) -> Comparison:
    """The best fit over the conventions that the language has; worked out once for a case."""
    known: Comparison | None = case.__dict__.get("_comparison")
    if known is None:
        known = case.__dict__["_comparison"] = _best(case)
    return known


def _best(case: Case) -> Comparison:
    sources = figures(case.message.text, case.message.language)
    own = case.language.list("", "conventions") or (", ._", ". ,")
    known = [digits for digits, _, _ in phones(case.source.folded)]
    folded = without_phones(case.target.folded, known)
    conventions = list(own)
    if not case.message.language and all(one[0] != "." for one in own) and not is_ambiguous(folded, ENGLISH):
        conventions.append(ENGLISH)
    best: Comparison | None = None
    conventions = conventions if any(c in "0123456789" for c in folded) else conventions[:1]
    for source, convention in product(sources, conventions):
        outcome = _compare(case, source, _in_our_years(case, source, quantities(case.target, convention, folded)))
        outcome.convention, outcome.foreign = convention, convention not in own
        if best is None or outcome.cost < best.cost:
            best = outcome
        if not best.cost:
            break
    return best or Comparison(sources[0])


def _in_our_years(case: Case, source: Figures, found: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Years by a calendar that counts from earlier on (2570 is 2027 in Thai) as the source counts them."""
    ahead = int(case.language.value("years-ahead", 0))
    wanted = {number.value for number in source.numbers if 1900 <= number.value <= 2200} if ahead else set()
    return tuple(
        replace(number, value=number.value - ahead) if number.value - ahead in wanted else number for number in found
    )


def _compare(case: Case, source: Figures, found: tuple[Quantity, ...]) -> Comparison:
    outcome = Comparison(source, found)
    target = case.target
    rest: Values = Counter(number.value for number in found)
    words = _words(target, found) + _numerals(case)
    short = source.words[TWO] + sum(number.value == TWO for number in source.numbers) - rest[TWO] - words[TWO]
    words[TWO] += max(0, min(short, _duals(case)))
    months = _months(target, found)
    _take_times(source, rest, words, outcome)
    wanted: Values = Counter(number.value for number in source.numbers)
    if case.message.language:
        _in_whole_days(case, source, wanted, rest)
    given = Counter(rest)
    spare = rest - wanted
    both = sum("hint:2" in hit.tags and "word:pair" in hit.tags for hit in case.source.hits)
    words[TWO] -= min(words[TWO], both)  # "los dos" for "both" is no proof that a figure 2 is there
    named = Counter() if source.months else months  # "March 4" is no "April 3", though both have a 3 and a 4
    for value, count in (wanted - rest).items():
        outcome.ones += count if value == ONE else 0
        left = count - _from_words(value, count, words, named, spare)
        if left:
            (outcome.fewer if given[value] else outcome.missing)[value] += left
    _months_between(case, source, spare, months, outcome)
    if case.message.language:  # English says "a day"
        spare[ONE] -= min(spare[ONE], sum(_is_of_unit(case.target, number) for number in found))
    firm, free = Counter(source.words), source.hints
    for value, count in list(spare.items()):
        used = min(count, firm[value])
        firm[value] -= used
        left = count - used
        if left and value not in free and not (value == ONE and source.words[ONE]):
            (outcome.more if wanted[value] or source.words[value] else outcome.added)[value] += left
    _between_words(+firm, words, wanted, source, outcome)
    return outcome


def _numerals(case: Case) -> Values:
    return Counter(number.value for number in numerals(case.target))


def _duals(case: Case) -> int:
    """Words that look like a dual and are not listed: they may be a "two" of the source, never one too many."""
    endings = tuple(case.language.folded("", "dual-endings"))
    none = case.language.folded("exceptions", "dual")
    known = {hit.start for hit in case.target.tagged.get("number:2", ())}
    words = (token for token in case.target.tokens if token.start not in known) if endings else ()
    return sum(len(word.text) > 5 and word.text.endswith(endings) and word.text not in none for word in words)


def _take_times(source: Figures, rest: Values, words: Values, outcome: Comparison) -> None:
    for time in source.times:
        for form in time.forms():
            if not Counter(form) - rest:
                rest -= Counter(form)
                break
        else:
            hour = Fraction(time.hour)
            if not time.minute and words[hour]:
                words[hour] -= 1
            else:
                outcome.lost_times.append(time)
    for value in [value for value in rest if rest[value] <= 0]:
        del rest[value]


def _in_whole_days(case: Case, source: Figures, wanted: Values, rest: Values) -> None:
    """Counts "8 pm" as the 20 of a source that has no halves of days, and never as its 8; 20 mg are no time."""
    bare: Values = Counter(number.value for number in source.numbers if number.unit in ("", "hour"))  # "20 h"
    for time in times(without_phones(case.target.folded))[0]:
        hour, whole = Fraction(time.hour), Fraction(time.hour % 12 + (12 if time.half == "p" else 0))
        if not time.half or not rest[hour]:
            continue
        if whole != hour and bare[whole] and wanted[whole] > rest[whole]:
            rest[hour], rest[whole] = rest[hour] - 1, rest[whole] + 1
            bare[whole] -= 1
        elif bare[hour] and not _is_same_half(case.source, time):
            other = hour + 12 if whole == hour else whole
            rest[hour] -= 1
            rest[other] += not wanted[other]  # it is not the 20 of "20 mg"


def _is_same_half(source: Side, time: Time) -> bool:
    """Whether an hour of the source may be in a half of the day; one without any word about it is one of 24."""
    if not source.data.knows("word:pm"):
        return True
    first, second = source.has("word:am", "word:morning"), source.has("word:pm", "word:evening")
    if first or second:
        night = time.hour % 12 < 6  # "2 at night" is 2 am
        return first == second or (time.half == "p") == second or time.hour == 12 or (second and night)
    return (time.half == "p") == (time.hour == 12)


def _from_words(value: Fraction, count: int, words: Values, months: Values, spare: Values) -> int:
    """How many of ``count`` figures the translation writes as words, or as the name of a month, or in two parts."""
    if value == ONE and words[ONE]:
        return count
    used = min(count, words[value])
    words[value] -= used
    if used < count and months[value]:
        months[value] -= 1
        used += 1
    if used < count:
        for part in _tens(value, words):
            other = value - part
            if words[other] > 0 or spare[other] > 0:
                words[part] -= 1
                (words if words[other] > 0 else spare)[other] -= 1
                return used + 1
    return used


def _tens(value: Fraction, words: Values) -> list[Fraction]:
    """The greater parts that a compound may have among these words: thirty of 35, one of one and a half."""
    return [part for part in words if words[part] > 0 and value - part < part < value and (part >= 10 or value % 1)]


def _months_between(case: Case, source: Figures, spare: Values, months: Values, outcome: Comparison) -> None:
    known = case.language.section("months") or case.language.value("counters", "")
    by_name = bool(months)
    for month, count in source.months.items():
        for _ in range(count):
            if months[month]:
                months[month] -= 1
            elif spare[month] > 0 and not by_name:
                spare[month] -= 1
            elif known:
                outcome.lost_months[month] += 1


def _between_words(firm: Values, words: Values, wanted: Values, source: Figures, outcome: Comparison) -> None:
    """Number words against number words. "One" is an article in many languages, and counts for little."""
    for value, count in list(firm.items()):
        have = count if value == ONE and words[ONE] else min(count, words[value])
        words[value] -= min(have, words[value])
        if count - have > 0 and not _composed(value, words):
            outcome.lost_words[value] += count - have
    known = {*wanted, *source.words, *source.hints, ONE, Fraction(0), *source.months}
    outcome.new_words = Counter({value: count for value, count in words.items() if count > 0 and value not in known})


def _composed(value: Fraction, words: Values) -> bool:
    """Whether a compound is written with its parts ("treinta y cinco")."""
    for part in _tens(value, words):
        other = value - part
        if words[other] > 0:
            words[part] -= 1
            words[other] -= 1
            return True
    return False
