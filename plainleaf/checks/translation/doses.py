"""How a dose is written in a translation: the records of ``checks.source.doses`` that hold in every language."""

from __future__ import annotations

from collections.abc import Iterator

from plainleaf.checks.source.doses import in_own_words, translated
from plainleaf.checks.translation.cases import Case
from plainleaf.checks.translation.comparing import compare
from plainleaf.checks.translation.registry import Check, Example, Problem
from plainleaf.model import Severity


def _doses(case: Case) -> Iterator[Problem]:
    """What the source writes in the same way is found there, and goes away with it."""
    found = translated(case.translation, case.language)
    in_source = {one.check for one in translated(case.message.text, case.source.data)} if found else set()
    clock = {f"“{hour}{mark}{minute:02}”" for hour, minute in _clock(case) for mark in ".:"} if found else set()
    for one in found:
        if one.check not in in_source and not any(time in one.message for time in clock):
            hint = in_own_words(one.hint, case.language)
            yield Problem(f"{one.message} ({one.check})", hint, soft=one.severity is not Severity.ERROR)


def _clock(case: Case) -> Iterator[tuple[int, int]]:
    """The times of day of the source, as clocks of 12 and of 24 hours have them: "14.30 uur" is no dose."""
    for time in compare(case).source.times:
        yield from ((hour, time.minute) for hour in {time.hour, time.hour % 12, time.hour % 12 + 12})


CHECKS = (
    Check(
        "po-dose",
        Severity.ERROR,
        "A translator who writes ,5 mg, 1,0 mg or 10 U brings back what the source avoids: ten times the dose.",
        _doses,
        (
            Example("es", "Take 0.5 mg.", "Tome ,5 mg."),
            Example("es", "Take 1 mg.", "Tome 1,0 mg."),
            Example("es", "Take 5 mg.", "Tome 5mg."),
            Example("es", "Take 10 units.", "Tome 10 U."),
            Example("es", "Take 5 ml every 8 hours.", "Tome 5 ml c/8 h."),
            Example("es", "Inject it under the skin.", "Inyecte por vía s.c."),
            Example("es", "Take more than 4 tablets.", "Tome > 4 tabletas."),
            Example("ar", "Take 0.5 mg.", "تناول ٫٥ ملغ."),
            Example("hi", "Take it 2 times a day.", "इसे BID लें।"),
            Example("zh_Hans", "Take 50 micrograms.", "服用50 µg。"),
            Example("zh_Hans", "Take 1 mg.", "服用1.0毫克。"),
        ),
        (
            Example("es", "Take 0.5 mg.", "Tome 0,5 mg."),
            Example("es", "Take 1,000 people.", "Tome 1.000 personas."),
            Example("es", "Take 50 mcg.", "Tome 50 microgramos."),
            Example("zh_Hans", "Take 5 mg.", "服用5mg。"),
            Example("ar", "Take 5 mg.", "تناول ٥ ملغ."),
            Example("hi", "Take 5 mg.", "5 मिलीग्राम लें।"),
        ),
        "ISMP, List of Error-Prone Abbreviations (2021); ISMP-España, the same for Spanish",
    ),
)
