"""Reads the figures of a text by value: decimal and grouping marks, fractions, times, dates, phones, multipliers.

Works on folded text, where every digit is an ASCII digit. A *convention* is a decimal mark and the grouping marks,
such as ", ." for 1.234,5 ("_": any space); a language may have several, but one text follows one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from plainleaf.checks.translation.cases import Side
from plainleaf.languages import phone_shapes
from plainleaf.languages.facts import LocaleData
from plainleaf.languages.folding import HOLE, SPACES
from plainleaf.languages.lexicon import Hit

ENGLISH = ". ,"
_VULGAR = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_LONGEST = 60  # digits; no figure of a leaflet is longer, and Python refuses thousands
_GAP = rf"[{SPACES}\-]{{0,2}}"
_CLOCK = re.compile(
    rf"(?<![\d:])(?:(?P<first>\d{{1,2}})(?::(?P<firstminute>[0-5]\d))?\s?(?:to|and|or|-|–)\s?)?"
    rf"(?P<hour>\d{{1,2}})(?::(?P<minute>[0-5]\d))?[{SPACES}]?(?P<half>[ap])\.?[{SPACES}]?m\b\.?"
    r"|(?<![\d:])(?P<plainhour>[01]?\d|2[0-4]):(?P<plainminute>[0-5]\d)(?![\d:])"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: its value, where it stands, the unit next to it ("" for none known)."""

    value: Fraction
    start: int
    end: int
    text: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day in the source; ``half`` is "a", "p" or "" where it is not told."""

    hour: int
    minute: int
    half: str
    text: str

    def forms(self) -> Iterator[tuple[Fraction, ...]]:
        """The figures it may be written with: 17:00 as (17, 0), (17), (5, 0), (5)."""
        hours = [self.hour]
        if self.half:
            hours.insert(0, self.hour % 12 + (12 if self.half == "p" else 0))
        for hour in hours:
            yield Fraction(hour), Fraction(self.minute)
            if self.minute:
                yield (hour + Fraction(self.minute, 100),)  # "8.30 Uhr" is read as a decimal
            else:
                yield (Fraction(hour),)


# --------------------------------------------------------------------------- phones and times


def phones(folded: str) -> tuple[tuple[str, int, int], ...]:
    """Phone numbers: their digits, and where they stand."""
    found = []
    for match in phone_shapes.IN_TEXT.finditer(folded):
        if not phone_shapes.OTHER_FIGURE.fullmatch(match[0].strip("()")):
            found.append(("".join(re.findall(r"\d", match[0])), match.start(), match.end()))
    return tuple(found)


def times(folded: str) -> tuple[tuple[Time, ...], str]:
    """The times of day in an English text, and the text without them."""
    found: list[Time] = []

    def take(match: re.Match[str]) -> str:
        if match["plainhour"]:
            found.append(Time(int(match["plainhour"]), int(match["plainminute"]), "", match[0]))
        elif int(match["hour"]) > 12:
            return match[0]
        else:
            half = match["half"]
            if match["first"] and int(match["first"]) <= 12:
                found.append(Time(int(match["first"]), int(match["firstminute"] or 0), half, match["first"]))
            found.append(Time(int(match["hour"]), int(match["minute"] or 0), half, match[0]))
        return _blank(match[0])

    rest = _CLOCK.sub(take, folded)
    return tuple(found), rest


def _blank(text: str) -> str:
    return HOLE * len(text)


def without_phones(folded: str, known: Iterable[str] = ()) -> str:
    """The text with every phone number blanked; positions stay. ``known`` numbers are found also without marks."""
    for _, start, end in reversed(phones(folded)):
        folded = folded[:start] + _blank(folded[start:end]) + folded[end:]
    for digits in known:
        folded = folded.replace(digits, _blank(digits))
    return folded


# --------------------------------------------------------------------------- numbers


def either(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest first; without any, one that nothing has."""
    ordered = sorted(filter(None, words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, ordered))})" if ordered else "(?!)"


@cache
def _pattern(convention: str, data: LocaleData) -> re.Pattern[str]:
    decimal, groups = re.escape(convention[0]), "".join(re.escape(mark) for mark in convention[2:].replace("_", SPACES))
    grouped = (
        rf"\d{{1,3}}(?:[{groups}]\d{{3}})+(?![\d])|\d{{1,2}}(?:[{groups}]\d{{2}})+[{groups}]\d{{3}}(?!\d)|"
        if groups
        else ""
    )
    # where "/" is the decimal mark, 2/5 is two and a half
    slash = "(?!)" if convention[0] == "/" else ""
    century, decade = (either(data.folded("numerals", key)) for key in ("century", "decade"))
    return re.compile(
        rf"(?P<century>\d{{2}}){century}(?P<decade>\d0){decade}|"
        rf"(?:(?P<whole>\d{{1,9}})[{SPACES}]?)?(?P<vulgar>[{_VULGAR}])"
        rf"|{slash}(?:(?P<above>\d{{1,2}})[{SPACES}])?(?<![\d/.,])(?P<num>[1-9])/(?P<den>[2-9]|10)(?![\d/]|[.,]\d)"
        r"|(?P<date>(?<!\d)\d{1,4}(?P<mark>[./-])\d{1,2}(?P=mark)\d{1,4}(?![\d]))"
        rf"|(?P<number>(?:{grouped}\d+)(?:{decimal}\d+)?)"
    )


def quantities(side: Side, convention: str, text: str | None = None) -> tuple[Quantity, ...]:
    """Every figure of a side as read by one convention; ``text`` is its folded text with some parts blanked."""
    folded = without_phones(side.folded) if text is None else text
    starts = side.starts
    ends = {hit.end: hit for hit in side.hits}
    found = []
    for match in _pattern(convention, side.data).finditer(folded):
        for value, start, end in _values(match, convention, folded):
            value, after = _multiplied(value, end, folded, starts)
            unit = unit_behind(after, folded, starts) or _percent_before(start, folded, ends)
            found.append(Quantity(value, start, after, folded[start:after], unit))
    return tuple(found)


def _values(match: re.Match[str], convention: str, folded: str) -> Iterator[tuple[Fraction, int, int]]:
    start, end = match.span()
    if match["century"]:
        yield Fraction(int(match["century"]) * 100 - 100 + int(match["decade"])), start, end
    elif match["vulgar"]:
        part = Fraction(unicodedata.numeric(match["vulgar"])).limit_denominator(100)
        yield part + int(match["whole"] or 0), start, end
    elif match["num"]:
        top, bottom = int(match["num"]), int(match["den"])
        if top < bottom:
            yield Fraction(top, bottom) + int(match["above"] or 0), start, end
        else:
            for group in ("above", "num", "den"):
                if match[group]:
                    yield Fraction(int(match[group])), match.start(group), match.end(group)
    elif match["date"] and not _is_grouped(match["date"], convention):
        for figure in re.finditer(r"\d+", match["date"]):
            yield Fraction(int(figure[0])), start + figure.start(), start + figure.end()
    else:
        whole, _, rest = match[0].partition(convention[0])
        figures = "".join(re.findall(r"\d", whole))[:_LONGEST]
        value = Fraction(figures + ("." + rest[:_LONGEST] if rest else ""))
        yield -value if _is_negative(folded, start) else value, start, end


def _is_grouped(text: str, convention: str) -> bool:
    groups = "".join(re.escape(mark) for mark in convention[2:])
    return bool(groups and re.fullmatch(rf"\d{{1,3}}(?:[{groups}]\d{{3}})+", text))


def _is_negative(folded: str, start: int) -> bool:
    return folded[start - 1 : start] in ("-", "−") and (start < 2 or folded[start - 2] in " (\u00a0")


def _multiplied(value: Fraction, end: int, folded: str, starts: Mapping[int, Hit]) -> tuple[Fraction, int]:
    """The value with the number word that stands right behind it ("2 million", "3万")."""
    at = end
    while at < len(folded) and folded[at] in SPACES and at - end < 2:
        at += 1
    hit = starts.get(at)
    for tag in hit.tags if hit else ():
        if tag.startswith("number:") and "/" not in tag and int(tag[7:]) >= 100 and hit:
            return value * int(tag[7:]), hit.end
    return value, end


def unit_of(side: Side, hit: Hit) -> str:
    """The unit of a number word: of the word itself ("twice", a dual), or of the word behind it; "" for none."""
    own = next((tag[5:] for tag in hit.tags if tag.startswith("unit:")), "")
    return own or unit_behind(hit.end, side.folded, side.starts)


def unit_behind(end: int, folded: str, starts: Mapping[int, Hit]) -> str:
    """The unit that stands right behind a figure, "" for none. ``starts``: known words by where they begin."""
    gap = re.compile(_GAP).match(folded, end)
    for at in (gap.end() if gap else end, end):
        hit = starts.get(at)
        units = [tag[5:] for tag in hit.tags if tag.startswith("unit:")] if hit else []
        if units:
            return units[0]
    return ""


def _percent_before(start: int, folded: str, ends: dict[int, Hit]) -> str:
    """Turkish writes %10, Chinese 百分之10."""
    at = start
    while at and folded[at - 1] in SPACES:
        at -= 1
    hit = ends.get(at)
    if hit and "unit:percent" in hit.tags and not re.search(rf"\d[{SPACES}]?$", folded[: hit.start]):
        return "percent"
    return ""


def is_ambiguous(folded: str, convention: str) -> bool:
    """Whether a figure could be read as grouped where ``convention`` reads a decimal, or the other way round."""
    marks = re.escape(convention[0] + convention[2:])
    return bool(re.search(rf"(?<![\d.,])[1-9]\d{{0,2}}[{marks}]\d{{3}}(?![\d.,]?\d)", folded))
