"""Checks on figures: numbers, number words, ranges, times, dates and their digits, compared by value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from plainleaf.checks.translation.cases import Case
from plainleaf.checks.translation.comparing import ONE, TWO, Values, compare, said
from plainleaf.checks.translation.numerals import numerals
from plainleaf.checks.translation.quantities import phones
from plainleaf.checks.translation.registry import Check, Example, Problem
from plainleaf.languages import facts
from plainleaf.languages.digits import ZEROS
from plainleaf.languages.folding import fold
from plainleaf.languages.schema import TIMES
from plainleaf.model import Severity
from plainleaf.model.tags import locale_name
from plainleaf.typesetting import locales

_NUMBER_OF_DIGITS = re.compile(r"\d+(?:[.,٫٬/]\d+)*")
_ZERO_NAMES = {zero: name for name, zero in ZEROS.items()}
_SOURCE = facts.ENGLISH
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


def written(value: Fraction) -> str:
    """A value as a person would write it in English."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    exact = float(value)
    return f"{exact:g}" if Fraction(str(exact)) == value else f"{value.numerator}/{value.denominator}"


def _list(values: Values) -> str:
    return ", ".join(written(value) for value in sorted(values))


def _numbers(case: Case) -> Iterator[Problem]:
    outcome = compare(case)
    if outcome.missing or outcome.added:
        yield Problem(_difference(outcome.missing, outcome.added), _mark_hint(case, outcome.convention))
        return
    if outcome.fewer:
        yield Problem(f"appears less often than in the source: {_list(outcome.fewer)}", "say every figure again")
    if outcome.more:
        what = f"appears more often than in the source: {_list(outcome.more)}"
        yield Problem(what, "make sure that each figure belongs there", soft=not outcome.ones)


def _difference(missing: Values, added: Values) -> str:
    parts = [f"the source's {_list(missing)} is missing"] if missing else []
    parts += [f"{_list(added)} is not in the source"] if added else []
    return "; ".join(parts)


def _mark_hint(case: Case, convention: str) -> str:
    if not case.language.list("", "conventions"):  # it was tried in both ways, and nobody has said which is right
        return "keep every figure"
    return f"keep every figure; here “{convention[:1]}” is the decimal mark"


def _number_format(case: Case) -> Iterator[Problem]:
    outcome = compare(case)
    if outcome.foreign and not outcome.cost and re.search(r"\d[.,]\d", case.target.folded):
        own = case.language.list("", "conventions")[0]
        yield Problem("figures are written as in English", f"in this language “{own[:1]}” is the decimal mark")


def _number_words(case: Case) -> Iterator[Problem]:
    outcome = compare(case)
    known = set(case.language.section("numbers"))
    lost, new = outcome.lost_words, outcome.new_words
    if not known and not case.language.value("counters", ""):
        return
    if lost and new:
        yield Problem(f"the source says {_list(lost)} in words, the translation {_list(new)}", "translate the number")
        return
    for value in sorted(lost):
        if value not in (ONE, TWO) and (str(value) in known or case.language.value("counters", "")):
            yield Problem(
                f"the number {written(value)}, a word in the source, is missing", "say it, as word or figure", soft=True
            )
        elif value == TWO:
            yield Problem("the number two is missing", "say it, as word or figure", soft=True)
    if _is_twice(case, new):
        yield Problem("the source says once, the translation twice", "translate the number")
    elif TWO in new and (unit := _new_time(case)):
        yield Problem(f"the translation says 2 {unit}s, the source no time", "say only what the source says", soft=True)
    for value in sorted(value for value in new if value > TWO):
        yield Problem(f"the number {written(value)} is not in the source", "say only what the source says", soft=True)


def _is_twice(case: Case, new: Values) -> bool:
    """Whether "once" became "twice": a two where the source has none of anything."""
    once = any(case.source.folded.startswith("once", hit.start) for hit in case.source.tagged.get("number:1", ()))
    return once and TWO in new and not case.source.has("number:2", "hint:2")


def _new_time(case: Case) -> str:
    """A unit of time behind a "two" that only the translation has."""
    if case.source.has(*(f"unit:{unit}" for unit in TIMES)) or case.source.has("number:2", "hint:2"):
        return ""
    words = numerals(case.target) if case.language.value("counters", "") else said(case.target, ())
    return next((number.unit for number in words if number.value == TWO and number.unit in TIMES), "")


def _times(case: Case) -> Iterator[Problem]:
    lost = compare(case).lost_times
    for time in lost:
        yield Problem(f"the time {time.text.strip()} is missing or another", "keep the time; 5 pm may be written 17:00")
    halves = {time.half for time in compare(case).source.times}
    if lost or len(halves) != 1 or halves == {""}:
        return
    wrong = ("word:am", "word:pm") if halves == {"p"} else ("word:pm", "word:am")
    if case.target.has(wrong[0]) and not case.target.has(wrong[1]):
        yield Problem("morning and afternoon are mixed up", f"the source says {'pm' if halves == {'p'} else 'am'}")


def _dates(case: Case) -> Iterator[Problem]:
    for month in sorted(compare(case).lost_months):
        yield Problem(f"the month {MONTHS[int(month) - 1]} is missing or another", "give the month, by name or figure")
    yield from _weekdays(case)


def _weekdays(case: Case) -> Iterator[Problem]:
    """A day of the week that became another, by CLDR's names."""
    english, name = locales.weekdays(_SOURCE), locale_name(case.message.language)
    if name:
        own = _days_of(name, case.source.data.spaced)
        here = {at for at, day in enumerate(own) if day.search(case.source.folded)}
    else:
        here = {at for at, day in enumerate(english) if re.search(rf"\b{fold(day)}s?\b", case.source.folded)}
    if not here:
        return
    there = {
        at for at, day in enumerate(_days_of(case.locale.name, case.language.spaced)) if day.search(case.target.folded)
    }
    lost, new = sorted(here - there), sorted(there - here)
    if lost and new:
        yield Problem(
            f"the source says {english[lost[0]]}, the translation {english[new[0]]}", "keep the day of the week"
        )


@cache
def _days_of(name: str, spaced: bool) -> tuple[re.Pattern[str], ...]:
    """What finds each day: its name without what a case or a plural changes; "周二" and "週二" beside "星期二"."""
    found = []
    for day in map(fold, locales.weekdays(name)):
        stem = re.split(r"[\s-]", day)[0] if len(re.split(r"[\s-]", day)[0]) > 3 else day
        stem = stem[:-1] if spaced and len(stem) > 4 else stem
        short = rf"|[周週]{stem[-1]}|禮拜{stem[-1]}|礼拜{stem[-1]}" if stem.startswith("星期") else ""
        found.append(re.compile((re.escape(stem) if len(stem) > 4 or not spaced else rf"\b{re.escape(stem)}") + short))
    return tuple(found)


def _digits(case: Case) -> Iterator[Problem]:
    text = case.target.text
    if text.isascii() or not case.language.has_script:
        return
    allowed = {"latn", *case.language.list("", "digits"), case.locale.digits}
    for match in _NUMBER_OF_DIGITS.finditer(text):
        zeros = {ord(c) - unicodedata.decimal(c) for c in match[0] if c.isdecimal()}
        names = {_ZERO_NAMES.get(zero, "other") for zero in zeros}
        if len(zeros) > 1:
            yield Problem(f"“{match[0]}” mixes digits of two scripts", "write one number with one kind of digits")
        elif not names <= allowed and "other" not in names:
            yield Problem(
                f"“{match[0]}” is written with digits of another language", "use this language's digits", soft=True
            )


def _phones(case: Case) -> Iterator[Problem]:
    wanted = [digits for digits, _, _ in phones(case.source.folded)]
    given = [digits for digits, _, _ in phones(case.target.folded)]
    stream = "".join(re.findall(r"\d", case.target.folded))
    for number in wanted:
        if number not in stream and not any(number.endswith(other) and len(other) >= 7 for other in given):
            yield Problem(f"the phone number {number} is missing or another", "copy it digit by digit")
    everything = "".join(re.findall(r"\d", case.source.folded))
    for number in given:
        if number not in everything and not any(number.endswith(other) for other in wanted):
            yield Problem(f"the phone number {number} is not in the source", "copy it digit by digit")


CHECKS = (
    Check(
        "po-numbers",
        Severity.ERROR,
        "A wrong figure in a dose or a waiting time can kill. Figures are compared by value: 8,358 is 8.358 in"
        " German and ٨٬٣٥٨ in Arabic, and October is 10月 in Chinese.",
        _numbers,
        (
            Example("es", "Wait 7 to 10 days.", "Espere de 7 a 100 días."),
            Example("de", "It stayed for 2.3 days.", "Er blieb 23 Tage."),
            Example("ar", "Tablet (50 mg)", "قرص (500 ملغ)"),
            Example("de", "In the other 4 (8,358 people), it did not.", "In den anderen 4 (8,358 Personen) nicht."),
            Example("es", "Keep it at -5 °C.", "Guárdelo a 5 °C."),
            Example("es", "Keep it at 5 °C.", "Guárdelo a −5 °C."),
            Example("es", "Take 2 in the morning and 2 at night.", "Tome 2 por la mañana y otras por la noche."),
            Example("es", "Take 2 tablets.", "Tome 2 tabletas, no más de 2."),
        ),
        (
            Example("de", "In 4 studies (8,358 people)", "In 4 Studien (8.358 Personen)"),
            Example("ar", "It stayed for 2.3 days.", "بقي ٢٫٣ يوم."),
            Example("zh_Hans", "In October 2010, it added a second use.", "2010年10月，它增加了第二种用途。"),
            Example("fr", "Take 1/2 tablet.", "Prenez un demi comprimé."),
            Example("ru", "Take 2 tablets.", "Примите две таблетки."),
            Example("es", "Keep it at -5 °C.", "Guárdelo a −5 °C."),
            Example("es", "Wait ~10 days.", "Espere ~10 días."),
            Example("es", "Take 1 tablet.", "Tome una tableta."),
            Example("es", "Take 1 tablet at 8 and 1 at 20.", "Tome una tableta a las 8 y una a las 20."),
        ),
        "CLDR, number symbols",
    ),
    Check(
        "po-number-format",
        Severity.WARNING,
        "A point where readers expect a comma makes them stop, or read thousands.",
        _number_format,
        (Example("fr", "They stayed 2.3 days.", "Leur séjour a duré 2.3 jours."),),
        (Example("fr", "They stayed 2.3 days.", "Leur séjour a duré 2,3 jours."),),
        "CLDR, number symbols",
    ),
    Check(
        "po-number-words",
        Severity.ERROR,
        "“Two tablets” that became “three tablets” is the same mistake as 2 that became 3, and no tool that compares"
        " digits sees it.",
        _number_words,
        (
            Example("es", "Take two tablets a day.", "Tome tres tabletas al día."),
            Example("zh_Hans", "Take it twice a day.", "每天服用三次。"),
            Example("es", "Take two tablets a day.", "Tome las tabletas cada día."),
            Example("es", "Take three tablets a day.", "Tome las tabletas cada día."),
            Example("es", "Take tablets each day.", "Tome tres tabletas cada día."),
        ),
        (
            Example("es", "Take two tablets a day.", "Tome dos tabletas al día."),
            Example("fr", "Take it twice a day.", "À prendre 2 fois par jour."),
            Example("zh_Hans", "Take it twice a day.", "每天服用两次。"),
            Example("es", "Take thirty five tablets.", "Tome treinta y cinco tabletas."),
            Example("mi", "Take two tablets.", "Kai i nga pire e toru."),
        ),
    ),
    Check(
        "po-times",
        Severity.ERROR,
        "A pill taken at night in place of the morning, or a clinic found closed.",
        _times,
        (
            Example("fr", "Come at 5:30 pm.", "Venez à 5 h 45."),
            Example("es", "Take it at 8 pm.", "Tómelo a las 8 de la mañana."),
            Example("es", "Take it at 8 am.", "Tómelo a las 8 de la noche."),
            Example("es", "Come at 5:30.", "Venga a las cinco."),
            Example("es", "Come at 5 pm.", "Venga por la tarde."),
        ),
        (
            Example("fr", "Come at 5:30 pm.", "Venez à 17 h 30."),
            Example("de", "Take it at 8 am.", "Nehmen Sie es um 8.00 Uhr ein."),
            Example("es", "Come at 5 pm.", "Venga a las cinco de la tarde."),
            Example("de", "Take it at 12 pm.", "Nehmen Sie es um 12 Uhr ein."),
            Example("de", "Take it at 12 am.", "Nehmen Sie es um 0 Uhr ein."),
            Example("es", "Take it at 8 am.", "Tómelo a las 8 de la mañana."),
            Example("es", "Come at 8 am or 5 pm.", "Venga a las 8 de la mañana o a las 5 de la tarde."),
            Example("zh_Hans", "Come at 5:30 pm.", "请在下午5:30来。"),
        ),
    ),
    Check(
        "po-dates",
        Severity.ERROR,
        "A wrong month makes a patient miss a visit, or believe old news.",
        _dates,
        (
            Example("es", "In October 2010, it was approved.", "Se aprobó en noviembre de 2010."),
            Example("es", "Come in October.", "Venga en noviembre."),
            Example("es", "Come on May 5.", "Venga el 5 de junio."),
            Example("ro", "She comes on Tuesday and Friday.", "Vine marți și joi."),
        ),
        (
            Example("es", "In October 2010, it was approved.", "Se aprobó en octubre de 2010."),
            Example("es", "You may feel ill.", "Puede sentirse mal."),
            Example("es", "Come on May 5.", "Venga el 5 de mayo."),
            Example("es", "Come on May 5.", "Venga el 5/5."),
            Example("zh_Hans", "In October 2010, it was approved.", "2010年10月获得批准。"),
            Example("ru", "Come on Wednesday.", "Приходите в среду."),
            Example("zh_Hans", "Come on Wednesday.", "请在周三来。"),
        ),
    ),
    Check(
        "po-digits",
        Severity.ERROR,
        "Persian ۴ and Arabic ٤ look alike in a draft and differ in print; a number made of both is a mistake.",
        _digits,
        (
            Example("fa", "It takes 45 days.", "۴٥ روز طول می‌کشد."),
            Example("es", "It takes 45 days.", "Tarda ४५ días."),
        ),
        (
            Example("fa", "It takes 45 days.", "۴۵ روز طول می‌کشد."),
            Example("fa", "It takes 45 days.", "45 روز طول می‌کشد."),
        ),
        "UTS #39, mixed-number detection",
    ),
    Check(
        "po-phone",
        Severity.ERROR,
        "A wrong digit in an emergency number means that no help comes.",
        _phones,
        (
            Example("es", "Call 1-800-662-4357.", "Llame al 1-800-662-4375."),
            Example("es", "Call us at any hour.", "Llame al 1-800-662-4357."),
        ),
        (
            Example("ar", "Call 1-800-662-4357.", "اتصل على ١-٨٠٠-٦٦٢-٤٣٥٧."),
            Example("es", "Call (800) 662-4357.", "Llame al 800 662 4357."),
        ),
    ),
)
