"""Checks on days and hours: dates that two countries read as two days, noon and midnight, which half of the day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainleaf.checks.source.dose_words import ANY_UNIT, WORD
from plainleaf.checks.source.passages import Passage
from plainleaf.checks.source.registry import Check, Problem, examples
from plainleaf.model import Severity

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DATE = re.compile(
    r"(?<![\w./:,-])(?P<one>\d{1,2})(?P<mark>[./-])(?P<two>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d{2}|\d{2})(?![\w/-]|\.\d)"
)
_HALF = r"(?:[ap]\.?m\b\.?)"


def _dates(passage: Passage) -> Iterator[Problem]:
    for match in passage.find(_DATE):
        sections = passage.words.pattern("(?:{})s? $", "sections")
        one, two = int(match["one"]), int(match["two"])
        if not (min(one, two) >= 1 and min(one, two) <= 12 and max(one, two) <= 31):
            continue
        if sections.search(passage.text[: match.start()]):
            continue
        year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
        day, month = (one, two) if two <= 12 and (one > 12 or passage.country != "US") else (two, one)
        right = (
            f"{_MONTHS[month - 1]} {day}, {year}" if passage.country == "US" else f"{day} {_MONTHS[month - 1]} {year}"
        )
        if max(one, two) > 12 or one == two:
            yield Problem(f"“{match[0]}”: not all readers know this order", f"write {right}", soft=True)
        else:
            what = f"“{match[0]}” is {two} {_MONTHS[one - 1]} or {one} {_MONTHS[two - 1]}"
            yield Problem(what, f"write the month as a word, such as {right}")


_NOON = re.compile(
    rf"(?<![\w:.,])12(?::00|\.00)? ?(?P<half>{_HALF})|(?<![\w:.,])12(?::00)? (?P<night>at night|in the night)"
    r"|(?<![\w:.,/-])(?P<plain>(?:12|24|00):00)(?!:| ?(?:noon|midday|midnight|hours|[ap]\.?m))",
    re.IGNORECASE,
)


def _noon(passage: Passage) -> Iterator[Problem]:
    for match in passage.find(_NOON):
        if match["half"]:
            right = "midday" if match["half"][0] in "pP" else "midnight"
            said = match[0] if match["half"].count(".") > 1 else match[0].rstrip(".")  # “12 am” ends a sentence
            yield Problem(f"“{said}” is noon for some, and midnight for others", f"write “{right}”")
        elif match["night"]:
            yield Problem(f"“{match[0]}” may be either end of the day", "write “midnight”, with the day")
        elif passage.words.has("clock-of-12", passage.country):
            what = f"“{match[0]}” is noon for some, and midnight for others"
            yield Problem(what, "write “midday” or “midnight”", soft=True)


_SPAN = re.compile(
    rf"(?<![\w.,:/-])(?P<one>[1-9]|1[0-2])(?P<m>:\d\d)?(?P<first> ?{_HALF})? ?(?P<dash>-|–|—) ?"
    rf"(?P<two>[1-9]|1[0-2])(?P<n>:\d\d)?(?P<second> ?{_HALF})?(?![\w:/%-]|[.,]\d|[ -]?{ANY_UNIT})",
    re.IGNORECASE,
)
_SPAN_IN_WORDS = re.compile(
    rf"(?P<one>\b(?:[1-9]|1[0-2])) (?:to|and|until|till) (?P<two>[1-9]|1[0-2])"
    rf"(?![\w:/%-]|[.,]\d|[ -]?{ANY_UNIT}| ?{_HALF}| [^\W\d_])",
    re.IGNORECASE,
)


def _hours(passage: Passage) -> Iterator[Problem]:
    for match in passage.find(_SPAN):
        halves = match["first"], match["second"]
        if all(halves):
            right = (
                f"{match['one']}{match['m'] or ''}{match['first']} to {match['two']}{match['n'] or ''}{match['second']}"
            )
            yield Problem(f"“{match[0]}”: the dash is overlooked", f"write {right.strip()}", soft=True)
        elif any(halves) or _of_opening(passage, match):
            yield Problem(f"“{match[0]}”: morning or evening?", "write both, such as 8 am to 5 pm")
    for match in passage.find(_SPAN_IN_WORDS):
        opens = passage.words.pattern(r"(?<![^\W_])(?:{})[ :,](?:[^.!?]{0,20} )?$", "opening")
        if opens.search(passage.text[: match.start()]):
            yield Problem(f"“{match[0]}”: morning or evening?", "write both, such as 8 am to 5 pm")


def _of_opening(passage: Passage, match: re.Match[str]) -> bool:
    near = passage.text[max(0, match.start() - 40) : match.end() + 30] + " " + passage.heads
    return bool(passage.words.pattern(WORD, "opening").search(near))


_WEEKLY = re.compile(
    r"(?<![^\W_])(?:(?P<two>(?:bi|semi)[- ]?(?:weekly|monthly|annual(?:ly)?|yearly|daily))"
    r"|(?P<twice>(?:twice|two times|2 times|thrice|three times|3 times)[- ](?:weekly|monthly))"
    r"|(?P<other>every other (?!day\b)(?:week|month|night|morning|[a-z]+day)s?|alternate (?:days?|weeks?|nights?)))"
    r"(?![^\W_])",
    re.IGNORECASE,
)


_SPANS = {"week": "week", "month": "month", "annual": "year", "year": "year", "daily": "day"}


def _weekly(passage: Passage) -> Iterator[Problem]:
    for match in passage.find(_WEEKLY, passage.text):
        said = match[0]
        if match["two"]:
            span = next(span for word, span in _SPANS.items() if word in said.lower())
            what = f"“{said}” is twice in that time for some, once in two for others"
            yield Problem(what, f"write “every 2 {span}s” or “2 times a {span}”")
        else:
            what = f"“{said}” leaves it to readers which days"
            yield Problem(what, "name the days: “every Monday and Thursday”, “every 2 weeks, on a Monday”", soft=True)


CHECKS = (
    Check(
        "date-two-ways",
        Severity.ERROR,
        "03/04/2026 is 3 April in most countries and March 4 in the United States: an appointment missed, a medicine"
        " stopped a month late.",
        "3 April 2026 (April 3, 2026 in the United States)",
        _dates,
        examples("Come on 03/04/2026.", "Come on 3.4.26.", "On 25/04/2026", "by 3-4-2026"),
        examples("Come on 3 April 2026.", "See section 3.4.26", "2026-04-03", "Call 555-01-48", "On 13.14.15"),
        "ISO 8601-1; NHS digital service manual, dates",
    ),
    Check(
        "time-noon",
        Severity.ERROR,
        "12 am is midnight by rule, and noon for many readers: twelve hours too early or too late.",
        "midday, midnight",
        _noon,
        examples("Come at 12 at night.", "Eat nothing after 12 am.", "Come at 12 p.m.", "Take it at 12:00."),
        (
            *examples("Come at midnight.", "Come at 12 noon.", "Come at 8 a.m.", "At 12:30 pm"),
            *examples("At 12:00", country="GB"),
        ),
        "NIST, times of day FAQ; NHS digital service manual, times",
    ),
    Check(
        "time-half",
        Severity.ERROR,
        "8-5 may be morning or evening, and people come to closed doors.",
        "8 am to 5 pm",
        _hours,
        examples(
            "We are open 8-5.", "We are open 8am-5pm.", "Open 8–5 pm", "Clinic hours: 9 to 5", "Call 9-12 on weekdays"
        ),
        examples("Open from 8 am to 5 pm.", "Rate your pain 1-10.", "Call 555-0148.", "Children 5-11", "Chapters 8-9"),
        "NHS digital service manual, times",
    ),
    Check(
        "dose-weekly",
        Severity.ERROR,
        "Biweekly means twice a week or every two weeks. Methotrexate taken on the wrong days has killed.",
        "2 days a week, or every 2 weeks, with the days named",
        _weekly,
        examples("Take it bi-weekly.", "Come bimonthly.", "Take it twice weekly.", "Come every other week."),
        examples("Take it every 2 weeks, on a Monday.", "Take 1 tablet every other day.", "Take it twice a day."),
        "ISMP, methotrexate: day of the week named",
        needs="",
    ),
)
