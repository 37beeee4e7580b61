"""Checks on units and on how often: mg that became g, a week that became a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from plainleaf.checks.translation.cases import Case, Side
from plainleaf.checks.translation.comparing import compare
from plainleaf.checks.translation.numbers import written
from plainleaf.checks.translation.quantities import Quantity
from plainleaf.checks.translation.registry import Check, Example, Problem
from plainleaf.languages.schema import COUNTS, DOSE, SIZES, TIMES
from plainleaf.model import Severity

_NAMES = {"percent": "%", "celsius": "°C", "fahrenheit": "°F", "mmhg": "mmHg", "mcg": "µg"}
_LOOSE = frozenset({"times", "person", "glass", "pack"})  # "4 puffs": "inhale 4 veces"
_STRICT = frozenset(DOSE + SIZES)


def unit_problems(case: Case) -> Iterator[Problem]:
    """Figures that have another unit than in the source, or none."""
    source, target = compare(case).source.numbers, compare(case).numbers
    wanted = {(number.value, number.unit) for number in source if number.unit}
    if not wanted and not any(number.unit in _STRICT for number in target):
        return
    plain = {number.value for number in source if not number.unit}
    in_source = _names(case.source)
    for value, unit in sorted(wanted):
        yield from _one(case, value, unit, [number for number in target if number.value == value], wanted, plain)
    for number in target:
        fresh = number.unit in _STRICT and number.unit not in in_source
        if fresh and not any(value == number.value for value, _ in wanted) and not _is_year(number):
            yield Problem(f"“{number.text}” has the unit {say(number.unit)} here, none in the source", "delete it")


def _one(
    case: Case,
    value: Fraction,
    unit: str,
    given: list[Quantity],
    wanted: set[tuple[Fraction, str]],
    plain: set[Fraction],
) -> Iterator[Problem]:
    """One figure with a unit: another unit stands beside it, or its own is nowhere to be seen."""
    beside = {number.unit for number in given if number.unit and (value, number.unit) not in wanted}
    others = {other for other in beside if not {unit, other} & _LOOSE or not {unit, other} <= set(COUNTS)}
    same = any(number.unit == unit for number in given)
    if others and not same and (value not in plain or unit in _STRICT):
        other = sorted(others)[0]
        what = f"{written(value)} {say(unit)} became {written(value)} {say(other)}"
        yield Problem(what, "keep the source's unit", soft={unit, other} == {"tablet", "capsule"})
    elif given and not same and unit in _STRICT and unit not in _names(case.target) and _can_tell(case, unit):
        yield Problem(f"the unit {say(unit)} of {written(value)} is missing", "write the unit after the figure")


def _can_tell(case: Case, unit: str) -> bool:
    return case.language.knows(f"unit:{unit}")


def _names(side: Side) -> set[str]:
    return {tag[5:] for tag in side.tagged if tag.startswith("unit:")}


def _is_year(number: Quantity) -> bool:
    return number.unit in ("g", "year") and 1900 <= number.value <= 2100


def say(unit: str) -> str:
    """A unit as a person would write it."""
    return _NAMES.get(unit, unit)


def _periods(case: Case) -> Iterator[Problem]:
    """How often, or how long: periods that the source names and the translation replaces by others."""
    for source, target in case.paired:
        wanted, given = _periods_in(source), _periods_in(target)
        lost, new = wanted - given, given - wanted
        if lost and new and all(case.language.knows(f"unit:{unit}") for unit in lost):
            what = f"the source says {', '.join(sorted(lost))}, the translation {', '.join(sorted(new))}"
            yield Problem(what, "keep how often and how long")


def _periods_in(tags: Counter[str]) -> set[str]:
    return {unit for unit in TIMES if unit != "second" and tags[f"unit:{unit}"] > 0}


CHECKS = (
    Check(
        "po-units",
        Severity.ERROR,
        "A dose in g in place of mg is a thousand times as much. Units are compared with their figures.",
        unit_problems,
        (
            Example("es", "Tablet (50 mg)", "Tableta (50 g)"),
            Example("zh_Hans", "Shot (380 mg)", "针剂（380微克）"),
            Example("ru", "Wait 14 days (2 weeks).", "Подождите 14 недель (2 дня)."),
            Example("hi", "About 5 % of people", "लगभग 5 लोग"),
            Example("es", "Take 50 mg at night.", "Tome 50 por la noche."),
            Example("es", "Take 50 mg in 2 parts.", "Tome 50 mg en 2 ml."),
            Example("es", "Take 50 at night.", "Tome 50 mg por la noche."),
            Example("es", "Take 2 tablets.", "Tome 2 cápsulas."),
        ),
        (
            Example("ar", "Tablet (50 mg)", "قرص (٥٠ ملغ)"),
            Example("hi", "Tablet (50 mg)", "गोली (50 मिलीग्राम)"),
            Example("tr", "About 5 % of people", "İnsanların yaklaşık %5'i"),
            Example("ru", "It was approved in 2010.", "Его одобрили в 2010 г."),
            Example("es", "Take 4 puffs.", "Inhale 4 veces."),
            Example("es", "Wait 10 minutes.", "Espere 10."),
            Example("es", "Drink 2 glasses.", "Beba 2 veces."),
        ),
        "ISMP list of error-prone abbreviations",
    ),
    Check(
        "po-periods",
        Severity.ERROR,
        "“Each week” that became “each day” has killed patients (methotrexate): no figure changes.",
        _periods,
        (
            Example("es", "Take it once a week.", "Tómelo una vez al día."),
            Example("zh_Hans", "Take it each week.", "每天服用。"),
        ),
        (
            Example("es", "Take it once a week.", "Tómelo una vez por semana."),
            Example("de", "Take it once a day.", "Einmal täglich einnehmen."),
        ),
        "ISMP: methotrexate, weekly not daily",
    ),
)
