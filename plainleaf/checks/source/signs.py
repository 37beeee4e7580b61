"""Checks on what stands between figures and beside them: fractions, ranges, ratios, signs, marks of units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

from plainleaf.checks.source.dose_words import (
    ANY_UNIT,
    COUNTED,
    GAP,
    LETTER,
    NUMBER,
    START,
    SYMBOL,
    TIMES_OF,
    WORD,
)
from plainleaf.checks.source.passages import Passage
from plainleaf.checks.source.registry import ISMP, Check, Example, Problem, examples
from plainleaf.model import Severity

# --------------------------------------------------------------------------- fractions, ranges, ratios

_FRACTION = re.compile(
    r"(?<![0-9A-Za-z_/.,:])(?:(?P<whole>\d{1,2})[ -])?(?P<top>[1-9])/(?P<bottom>[2-8])(?![\w/]|[.,]\d)"
)
_VULGAR = re.compile(r"(?P<whole>\d{1,2})? ?(?P<vulgar>[½¼¾⅓⅔⅛])")
_SAY = {"½": "half", "¼": "a quarter", "¾": "3 quarters", "⅓": "a third", "⅔": "2 thirds", "⅛": "an eighth"}
_PARTS = {Fraction(unicodedata.numeric(sign)).limit_denominator(8): said for sign, said in _SAY.items()}


def _fraction(passage: Passage) -> Iterator[Problem]:
    for match in passage.find(_FRACTION):
        top, bottom, whole = match["top"], match["bottom"], match["whole"]
        if int(top) < int(bottom):
            part = _PARTS.get(Fraction(int(top), int(bottom)), "")
            read = f"{whole}{top}/{bottom}" if whole else f"{top} or {bottom}"
            unit = re.match(rf"{GAP}(?:of (?:a |an |the )?)?{ANY_UNIT}", passage.marked[match.end() :])
            dose = unit or passage.words.taking_before.search(passage.text[: match.start()])
            what = f"“{match[0]}” is read as {read}"
            hint = f"write “{_with_whole(whole, part)}”" if part else "write the part in words"
            yield Problem(what, hint, soft=not dose)
    for match in passage.find(_VULGAR):
        right = _with_whole(match["whole"], _SAY[match["vulgar"]])
        yield Problem(f"“{match[0].strip()}” is small in print, and read as 1 or 2", f"write “{right}”", soft=True)


def _with_whole(whole: str | None, part: str) -> str:
    """One and a half: the part in words, behind the whole number if there is one."""
    return f"{whole} and {'a ' if part == 'half' else ''}{part}" if whole else part


_RANGE = re.compile(
    rf"(?<![0-9A-Za-z_.,:/-])(?<!\w [-–] )(?P<one>{NUMBER}){GAP}(?:{SYMBOL}+|%|°C)? ?"
    rf"(?P<dash>[-–—~]) ?(?P<two>\d[\d.,]*?)(?:{GAP}{ANY_UNIT}| ?%| ?°)"
)


def _range(passage: Passage) -> Iterator[Problem]:
    for match in passage.find(_RANGE):
        if match["one"].startswith("0") and "." not in match["one"] and len(match["one"]) > 1:
            continue  # of a telephone number
        said = f"{match['one']}{match['dash']}{match['two']}"
        yield Problem(f"“{said}”: the dash is overlooked, or read as minus", f"write {match['one']} to {match['two']}")


_RATIO = re.compile(r"(?<![0-9A-Za-z_.,:/])1 ?: ?(?P<parts>\d{1,3}(?:,\d{3})+|\d{3,})(?!\d)")
_PERCENT = re.compile(rf"{START}(?P<said>{NUMBER} ?%)")


def _ratio(passage: Passage) -> Iterator[Problem]:
    for match in passage.find(_RATIO):
        strength = passage.words.pattern(WORD, "strengths")
        if strength.search(passage.text) or strength.search(passage.heads):
            yield Problem(f"“{match[0]}”: strengths as ratios are read ten times too strong", "write mg in each ml")
        else:
            right = f"1 in {int(match['parts'].replace(',', '')):,}"
            yield Problem(f"“{match[0]}” is read as a time or a dose", f"write “{right}”", soft=True)
    for match in passage.find(_PERCENT):
        behind = passage.words.pattern(r"(?: [^\W\d_]+){0,2} (?:{})(?![^\W_])", "strengths")
        if behind.match(passage.text, match.end()):
            what = f"“{match['said']}” of a medicine says nothing of how much to use"
            yield Problem(what, "write how much to use, and mg in each ml where the strength matters", soft=True)


# --------------------------------------------------------------------------- signs

_SIGNS = re.compile(
    r"(?P<compare>(?<![<>=–-])(?:[<>]=?|[≥≤≧≦]) ?(?=\d|\ufffc|[^\W\d_]))|(?P<at>(?<!\S)@(?!\w*\.)|(?<=\d)@)"
    r"|(?P<near>(?<!\w)[~≈] ?(?=\d))|(?P<arrow>[↑↓])"
    r"|(?P<plus>(?<=[\w)]) ?\+ (?=[\d\ufffc]|[^\W\d_])|(?<=\d)\+(?=\d))|(?P<amp>(?<=[a-z\d)]) & (?=[a-z\d(]))"
)
_SAYS = {
    ">": "more than", "<": "less than", ">=": "at least", "≥": "at least", "≧": "at least", "<=": "at most",
    "≤": "at most", "≦": "at most", "@": "at", "~": "about", "≈": "about", "↑": "more, or rises", "↓": "less, or falls",
    "+": "and", "&": "and",
}  # fmt: skip
_WHY = {
    "compare": "is read the wrong way round, or as 7 or 4", "at": "is read as 2", "near": "is read as minus",
    "arrow": "is read as a figure, or the wrong way round", "plus": "is read as 4 or t", "amp": "is read as 2",
}  # fmt: skip


def _signs(passage: Passage) -> Iterator[Problem]:
    for match in passage.find(_SIGNS, passage.text):
        kind, said = str(match.lastgroup), match[0].strip()
        yield Problem(f"“{said}” {_WHY[kind]}", f"write “{_SAYS[said]}”", soft=kind not in ("compare", "at"))


_PER = re.compile(
    rf"{NUMBER}{GAP}(?P<unit>{COUNTED}|x) ?(?P<by>/|per) ?(?:\d+(?:\.\d+)?)? ?"
    rf"(?P<of>{LETTER}+)(?: ?/ ?{LETTER}+)?(?!\w)",
    re.IGNORECASE,
)
_SPANS = ("d", "h", "hr", "wk", "dose", "night")


def _per(passage: Passage) -> Iterator[Problem]:
    for match in passage.find(_PER):
        said, unit, of = passage.said(match), passage.said(match, "unit").lower(), passage.said(match, "of").lower()
        if of in ("kg", "kilo", "kilogram"):
            yield Problem(f"“{said}” asks readers for a sum", "give the dose itself")
        elif match["by"] == "/" and of == "ml" and unit not in ("ng", "g", "iu"):  # ng/ml is a laboratory's
            yield Problem(f"“{said}”: the stroke is read as 1", "write “5 ml (that is 250 mg)”", soft=True)
        elif match["by"] == "/" and (of in _SPANS or TIMES_OF in match["of"]):
            yield Problem(f"“{said}”: the stroke is read as 1", "write “a day”, “an hour”", soft=True)


# --------------------------------------------------------------------------- unit's marks

_UNIT_POINT = re.compile(rf"\d{GAP}(?P<said>{SYMBOL}+\.)(?=[,;:]| {LETTER}| \d| ?/)")
_DEGREES = re.compile(
    r"(?<![0-9A-Za-z_.,])(?:(?P<c>(?:3[4-9]|4[0-2])(?:\.\d)?) ?C|(?P<f>(?:9[3-9]|10[0-8])(?:\.\d)?) ?F)(?![\w+-])"
)


def _unit_point(passage: Passage) -> Iterator[Problem]:
    for match in passage.find(_UNIT_POINT):
        said, follows = passage.said(match, "said"), passage.text[match.end() :].lstrip()[:1]
        if not follows.isupper() and said.lower() not in ("unit.", "units."):
            yield Problem(f"“{said}”: the point is read as 1", f"write {said.rstrip('.')} without a point")


def _degrees(passage: Passage) -> Iterator[Problem]:
    for match in passage.find(_DEGREES):
        figure, scale = (match["c"], "C") if match["c"] else (match["f"], "F")
        yield Problem(f"“{match[0]}”: a letter alone is not a unit", f"write {figure} °{scale}")


CHECKS = (
    Check(
        "dose-fraction",
        Severity.ERROR,
        "1/2 is read as 1 or 2, 1 1/2 as 11/2.",
        "half a tablet; 1 and a half tablets",
        _fraction,
        (
            *examples("Take 1/2 tablet.", "Take 1 1/2 tablets.", "Take 1½ tablets.", "Take ½ tablet", "Wait 1/2 hour"),
            Example("1/2", heads="Tablets | Morning"),
        ),
        examples("Take half a tablet.", "Open 24/7", "See page 3/4.1", "A pressure of 120/80", "http://x.org/1/2/3"),
        ISMP,
    ),
    Check(
        "dose-range",
        Severity.WARNING,
        "A dash is overlooked (2-3 as 23) or read as minus.",
        "2 to 3",
        _range,
        (
            *examples("Take 2-4 tablets.", "Wait 2 – 3 hours.", "Every 4-6 hours", "2–3 days", "5-10 mg", "5 mg-10 mg"),
            Example("2-3", heads="Tablets a day | Adults"),
        ),
        examples(
            "Take 2 to 4 tablets.", "Call (202) 555-0148.", "Rate your pain 0-10.", "In 2009-2014", "COVID-19 days"
        ),
        f"{ISMP}; AMA Manual of Style, ranges in text",
    ),
    Check(
        "dose-ratio",
        Severity.ERROR,
        "Strengths as a ratio have killed: adrenaline 1:1000 in place of 1:10,000 is ten times as much. A percentage"
        " does not say how much to use.",
        "1 mg in each ml",
        _ratio,
        examples("Adrenaline 1:1000", "Use epinephrine 1:10,000.", "A chance of 1:2000", "Use a 2% solution"),
        examples("About 5 % of people", "Come at 1:30.", "1 in 1,000 people", "60% of patients used the cream."),
        ISMP,
    ),
    Check(
        "dose-sign",
        Severity.ERROR,
        "> and < are turned round, or read as 7 and 4; @ and & are read as 2, + as 4.",
        "words: more than, less than, at, and",
        _signs,
        examples(
            "Take > 4 tablets a day.", "Wait < 6 hours.", "Take 2 @ night.", "Rest & drink", "2 + 1 tablets", "~10 mg"
        ),
        examples("Write to ask@clinic.example.", "Go to A&E.", "Johnson & Johnson", "Call +1 202-555-0148", "Aged 65+"),
        ISMP,
        everywhere=True,
        needs="sign",
    ),
    Check(
        "dose-per",
        Severity.ERROR,
        "A stroke is read as 1. A dose by weight asks readers for a sum that professionals get wrong.",
        "the dose itself; 5 ml (that is 250 mg); 2 tablets a day",
        _per,
        examples("Give 10 mg/kg/day.", "Take 250 mg/5 ml.", "2 tablets/day", "10 mg/ml", "15 mg per kg"),
        examples("A level of 5 mmol/L", "Blood pressure 120/80", "and/or", "He/she", "Ask about 24/7 care"),
        ISMP,
    ),
    Check(
        "dose-unit-point",
        Severity.WARNING,
        "A point after a unit is read as 1.",
        "mg without a point",
        _unit_point,
        examples("Take 5 mg. twice a day.", "Give 5 ml., then wait.", "Take 5 mg. 2 times"),
        examples("Take 5 mg. Then rest.", "Take 5 mg.", "(Take 5 mg.)"),
        ISMP,
    ),
    Check(
        "dose-degrees",
        Severity.ERROR,
        "C and F alone are no units, and are taken for grades or names; the two scales differ by far.",
        "38.5 °C",
        _degrees,
        examples("Above 38.5 C call.", "A fever of 38C", "Over 101 F"),
        examples("Above 38.5 °C call.", "Hepatitis C", "Room 40 C-wing", "Vitamin C"),
        "BIPM, SI brochure, 5.4.3",
    ),
)
