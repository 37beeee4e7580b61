"""The check on what each figure counts: 2 tablets 5 times must not become 5 tablets 2 times, though no figure changes.

A figure is read as a pair with the unit or counted noun beside it. Pairs may come in any order. An exchange is reported
only where it is certain: a known unit (times, days, mg) has lost its figure and taken one that counts something else in
the source, while the lost one counts something else here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import pairwise, permutations, product

from plainleaf.checks.translation.cases import Case, Side
from plainleaf.checks.translation.comparing import compare, said
from plainleaf.checks.translation.denied import denied
from plainleaf.checks.translation.numbers import written
from plainleaf.checks.translation.numerals import numerals
from plainleaf.checks.translation.quantities import Quantity, unit_behind
from plainleaf.checks.translation.registry import Check, Example, Problem
from plainleaf.checks.translation.units import say, unit_problems
from plainleaf.languages.facts import LocaleData, english
from plainleaf.languages.folding import SPACES
from plainleaf.languages.lexicon import Hit, Lexicon
from plainleaf.model import Severity
from plainleaf.typesetting import locales

_CLDR = {
    **{f"duration-{unit}": unit for unit in ("minute", "hour", "day", "week", "month", "year")},
    **{"mass-microgram": "mcg", "mass-milligram": "mg", "mass-gram": "g", "mass-kilogram": "kg"},
    **{"volume-milliliter": "ml", "volume-liter": "l", "length-millimeter": "mm", "length-centimeter": "cm"},
}
_FREE = frozenset({"", "person"})  # "of the 56 people, 2" is "2 people of 56" elsewhere
_TIMES_SIGN = re.compile(rf"[{SPACES}]?[x×](?![^\W\d_]|[{SPACES}]?\d)")  # "3 x", not "2 x 500 mg"
_DASH = "[-–—~〜～]"
_BACKWARDS = re.compile(r"[^\d.,;:!?،؛؟。，、()]{1,8}")
_NEXT_WORD = re.compile(r"[ -]?([^\W\d_]+)")


# --------------------------------------------------------------------------- figures with what they count


def _source(case: Case) -> tuple[Quantity, ...]:
    """The figures and number words of the English side, in order, each with its unit."""
    found = compare(case).source.numbers
    return _read(case.source, [*found, *said(case.source, found)], _beside(case.source, ""))


def _target(case: Case) -> tuple[Quantity, ...]:
    """The same of the translation."""
    found = compare(case).numbers
    words = numerals(case.target) if case.language.value("counters", "") else said(case.target, found)
    return _read(case.target, [*found, *words], _beside(case.target, case.locale.name))


def _read(side: Side, numbers: Sequence[Quantity], beside: Callable[[Quantity], str]) -> tuple[Quantity, ...]:
    ordered = sorted(numbers, key=lambda number: number.start)
    counted = [replace(number, unit=beside(number)) for number in ordered]
    for at in range(len(counted) - 2, -1, -1):  # "1 to 2 tablets": both are tablets
        one, other = counted[at : at + 2]
        between = side.folded[one.end : other.start]
        if bool(one.unit) != bool(other.unit) and joins(side.data).fullmatch(between):
            counted[at : at + 2] = (replace(number, unit=one.unit or other.unit) for number in (one, other))
    return tuple(counted)


@cache
def joins(data: LocaleData) -> re.Pattern[str]:
    """What joins two figures that one noun counts: a dash, "to" or "or" in the language, "of the"."""
    return re.compile(rf"{_between(data, 'to', 'or', 'and').pattern}|{_between(data, 'of', spaced=True).pattern}")


@cache
def _between(data: LocaleData, *keys: str, spaced: bool = False) -> re.Pattern[str]:
    """One of the language's words between figures; ``spaced``: with a space at both sides, and no dash for it."""
    words = [re.escape(word) for key in keys for word in sorted(data.folded("between", key))]
    if spaced:
        return re.compile(f" (?:{'|'.join(words)}) " if words else "(?!)")
    return re.compile(rf"\s?(?:{'|'.join((_DASH, *words))})\s?")


def _beside(side: Side, name: str) -> Callable[[Quantity], str]:
    """Tells the unit of a figure: by the word lists of the language, and by CLDR where these do not have it."""
    hits = {hit.start: hit for hit in (*_by_cldr(side, name), *side.hits) if _unit_in(hit)}
    ends = {hit.end: hit for hit in hits.values()}
    first = side.data.value("counted-first", False)

    def unit(number: Quantity) -> str:
        if first:
            before = (ends.get(number.start - gap) for gap in (0, 1, 2))
            return next((_unit_in(hit) for hit in before if hit), "")
        behind = number.unit or unit_behind(number.end, side.folded, hits)
        return behind or ("times" if _TIMES_SIGN.match(side.folded, number.end) else "")

    return unit


def _unit_in(hit: Hit) -> str:
    return next((tag[5:] for tag in hit.tags if tag.startswith("unit:")), "")


def _by_cldr(side: Side, name: str) -> Iterator[Hit]:
    for hit in _cldr(name, side.data.spaced).find(side.folded, side.tokens) if name else ():
        if not side.data.knows(hit.tags[0]):
            yield hit


@cache
def _cldr(name: str, spaced: bool) -> Lexicon:
    forms = locales.unit_forms(name)
    return Lexicon({f"unit:{own}": sorted(forms.get(unit, ())) for unit, own in _CLDR.items()}, spaced)


# --------------------------------------------------------------------------- what changed places


def _pairs(case: Case) -> Iterator[Problem]:
    outcome, source = compare(case), _source(case)
    if len(source) > 1 and case.source.has("word:not") and case.target.has("word:not"):
        yield from _denied(case, source)
    if outcome.missing or outcome.added or len({number.value for number in source}) < 2 or any(unit_problems(case)):
        return  # where a figure or a unit is another, that has been said
    target = _target(case)
    sure = [number for number in source if number.unit or _has_noun(case.source, number)]
    for unit, own, other in _exchanged(source, target, sure):
        what = f"the source says {written(own)} {say(unit)}, the translation {written(other)} {say(unit)}"
        yield Problem(what, "keep each figure with what it counts; the order is free")
        return
    for own, other in _between_sentences(case, source, target):
        what = f"{written(own)} and {written(other)} have changed places between two sentences"
        yield Problem(what, "keep each figure in its sentence")
        return


def _denied(case: Case, source: Sequence[Quantity]) -> Iterator[Problem]:
    wanted, given = denied(case.source, source), denied(case.target, _target(case))
    for pair in wanted:  # in the order of the text
        if pair in given and wanted[pair] != given[pair]:
            own, other = (f"{written(value)} {say(unit)}" for value, unit in (wanted[pair], given[pair]))
            yield Problem(f"the source says not {own}, the translation not {other}", "deny the same dose as the source")


def _exchanged(
    source: Sequence[Quantity], target: Sequence[Quantity], sure: Sequence[Quantity]
) -> Iterator[tuple[str, Fraction, Fraction]]:
    """Units that have lost a figure to something else and taken one of something else; ``sure``: what has a noun."""
    for unit in dict.fromkeys(number.unit for number in source):
        wanted, given = _values(source, unit), _values(target, unit)
        for own, other in product(sorted(wanted - given), sorted(given - wanted)) if unit not in _FREE else ():
            if other in _others(sure, unit) and own in _others(target, unit):
                yield unit, own, other


def _values(numbers: Sequence[Quantity], unit: str) -> set[Fraction]:
    return {number.value for number in numbers if number.unit == unit}


def _others(numbers: Sequence[Quantity], unit: str) -> set[Fraction]:
    return {number.value for number in numbers if number.unit != unit}


def _has_noun(side: Side, number: Quantity) -> bool:
    """Whether an English figure counts something named: "2 lozenges"; not "2 tablets at night and 1 in the morning"."""
    behind = _NEXT_WORD.match(side.folded, number.end)
    small = english().folded("counted", "uncounted") | english().folded("words", "english")
    return bool(behind and behind[1] not in small)


def _between_sentences(
    case: Case, source: Sequence[Quantity], target: Sequence[Quantity]
) -> Iterator[tuple[Fraction, Fraction]]:
    """Figures of one unit that stand each in the other's sentence, where there are as many sentences."""
    if len(case.source.sentences) != len(case.target.sentences):
        return
    here = [_by_unit(source, case.source.sentences, at) for at in range(len(case.source.sentences) + 1)]
    there = [_by_unit(target, case.target.sentences, at) for at in range(len(case.target.sentences) + 1)]
    for one, other in permutations(range(len(here)), 2):
        lost, taken = here[one] - there[one], there[one] - here[one]
        back = there[other] - here[other], here[other] - there[other]
        for value, unit in lost & back[0]:
            for new, _ in {pair for pair in taken & back[1] if pair[1] == unit}:
                yield value, new


def _by_unit(numbers: Sequence[Quantity], ends: Sequence[int], sentence: int) -> set[tuple[Fraction, str]]:
    return {(number.value, number.unit) for number in numbers if bisect_right(ends, number.start) == sentence}


# --------------------------------------------------------------------------- ranges


def _range(case: Case) -> Iterator[Problem]:
    target = list(pairwise(_target(case)))
    for one, other in pairwise(_source(case)):
        between = case.source.folded[one.end : other.start]
        if one.value >= other.value or not _between(case.source.data, "to", "and").fullmatch(between):
            continue
        order = {(first.value, second.value) for first, second in target if _near(case.target, first, second)}
        if (other.value, one.value) in order and (one.value, other.value) not in order:
            what = f"the range {written(one.value)} to {written(other.value)} runs backwards"
            yield Problem(what, "write the smaller figure first, in the order in which it is read")


def _near(side: Side, one: Quantity, other: Quantity) -> bool:
    return bool(_BACKWARDS.fullmatch(side.folded[one.end : other.start])) and (one.unit in ("", other.unit))


_SHOT = "One implant worked for 35 to 80 days."

CHECKS = (
    Check(
        "po-pairs",
        Severity.ERROR,
        "“2 tablets 5 times” that became “5 tablets 2 times” has the same figures and another dose. Each figure is"
        " compared with what it counts.",
        _pairs,
        (
            Example("es", "Suck 2 lozenges 5 times a day.", "Chupe 5 pastillas 2 veces al día."),
            Example("de", "Take two drops four times a day.", "Nehmen Sie zweimal am Tag vier Tropfen."),
            Example("id", "Use 1 patch for 3 days.", "Pakai 3 plester selama 1 hari."),
            Example("es", "Adults: take 2. Children: take 1.", "Adultos: tome 1. Niños: tome 2."),
            Example("es", "Give 5 ml, not 5 mg.", "Dé 5 mg, no 5 ml."),
        ),
        (
            Example("es", "Suck 2 lozenges 5 times a day.", "Chupe, 5 veces al día, 2 pastillas."),
            Example("ja", "Take 2 tablets 3 times a day.", "1日3回、1回2錠を飲みます。"),
            Example("de", "Give 5 ml, not 5 mg.", "Geben Sie nicht 5 mg, sondern 5 ml."),
            Example("ru", "Of the 56 people, 2 died.", "Умерли 2 человека из 56."),
        ),
        "ISMP: dose and frequency",
    ),
    Check(
        "po-range",
        Severity.ERROR,
        "A range that runs backwards is read as two other figures, most of all in scripts that run from right to left.",
        _range,
        (
            Example("ar", _SHOT, "استمر مفعول إحدى الغرسات 80-35 يومًا."),
            Example("de", _SHOT, "Ein Implantat wirkte 80 bis 35 Tage."),
            Example("fr", "Take two to three spoons.", "Prenez trois à deux cuillères."),
        ),
        (
            Example("ar", _SHOT, "استمر مفعول إحدى الغرسات من 35 إلى 80 يومًا."),
            Example("es", _SHOT, "Un implante actuó hasta 80 días, o al menos 35."),
            Example("es", "It rose from 35, then to 80.", "Llegó a 80: 35 era antes."),
        ),
    ),
)
