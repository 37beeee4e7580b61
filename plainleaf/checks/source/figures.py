"""Checks on the figures of a dose: points and zeros, figures run together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainleaf.checks.source.dose_words import (
    ANY_UNIT,
    COUNTED,
    DOSE_UNIT,
    GAP,
    NUMBER,
    NUMERAL,
    START,
    SYMBOL,
    TAKEN,
    TIMES_OF,
)
from plainleaf.checks.source.passages import Passage
from plainleaf.checks.source.registry import DO_NOT_USE, ISMP, Check, Example, Problem, examples
from plainleaf.model import Severity

# --------------------------------------------------------------------------- points and zeros

_NAKED = re.compile(r"(?<![0-9A-Za-z_.,:/)\]…\ufffc])\.(?P<rest>\d+)(?![\d.]|[^\W\d_]*/)")
_NAKED_COMMA = re.compile(rf"(?<![0-9A-Za-z_.,)])(?P<said>,(?P<rest>\d+)){GAP}{DOSE_UNIT}")
_TRAILING = re.compile(
    r"(?<![0-9A-Za-z_.,:/])(?P<whole>\d{1,4}(?:,\d{3})*)(?P<mark>[.,])(?P<part>\d{0,3}0)(?![\d.,/]\d|\d)"
)
_UNIT_FOLLOWS = re.compile(rf"{GAP}(?:(?:to|or|and|-|–) ?{NUMBER}{GAP})?(?P<unit>{ANY_UNIT}) ?(?P<per>/?)")
_COMMA = re.compile(rf"{START}(?P<said>\d+,\d{{1,2}})(?![\d,])(?:{GAP}{COUNTED}| ?°| ?%| ?[CF](?!\w))")


def _naked(passage: Passage) -> Iterator[Problem]:
    for match in passage.find(_NAKED):
        rest = match["rest"]
        yield Problem(f"“.{rest}” is read as {rest}: a point alone is overlooked", f"write 0.{rest}")
    for match in passage.find(_NAKED_COMMA) if _comma_is_decimal(passage) else ():
        yield Problem(f"“{match['said']}” is read as {match['rest']}", f"write 0{match['said']}")


def _comma_is_decimal(passage: Passage) -> bool:
    return any(convention[0] == "," for convention in passage.words.data.list("", "conventions"))


def _trailing(passage: Passage) -> Iterator[Problem]:
    for match in passage.find(_TRAILING):
        if match["mark"] == "," and (len(match["part"]) == 3 or not _comma_is_decimal(passage)):
            continue
        as_thousands = _as_thousands(passage, match)
        if all(as_thousands):
            continue  # the German "1.250 mg" is 1250 mg, and "write 1.25" a thousandth of the dose
        if any(as_thousands) and _is_dose(passage, match):
            whole = match["whole"] + match["part"]
            what = f"“{match[0]}” is {whole} to some readers of this language, and a thousandth of it to others"
            yield Problem(what, f"write {whole} if thousands are meant; if not, leave the last zero out")
        elif _is_dose(passage, match):
            part = match["part"].rstrip("0")
            right = match["whole"] + (match["mark"] + part if part else "")
            wrong = match["whole"] + match["part"]
            yield Problem(f"“{match[0]}” is read as {wrong} where the point is overlooked", f"write {right}")


def _as_thousands(passage: Passage, figure: re.Match[str]) -> tuple[bool, ...]:
    """Whether the mark in a figure parts its thousands, by each convention that has the mark."""
    if len(figure["part"]) != 3 or not re.fullmatch(r"[1-9]\d{0,2}", figure["whole"]):
        return (False,)
    conventions = passage.words.data.list("", "conventions") or (". ,",)
    ways = (one for one in conventions if figure["mark"] in (one[0] + one[2:]))
    return tuple(figure["mark"] in one[2:] for one in ways) or (False,)


def _is_dose(passage: Passage, figure: re.Match[str]) -> bool:
    """Whether a figure has a unit of doses, or is taken. Results of laboratories (mmol/L, g/dl) are none."""
    after = passage.marked[figure.end() :]
    unit = _UNIT_FOLLOWS.match(after)
    if unit:
        return not unit["per"] and passage.text[figure.end() :][unit.start("unit") : unit.end("unit")].lower() != "mmol"
    if after[:2].lstrip().startswith("\ufffc"):
        return True
    return not re.match(r" ?(?:[^\W\d_]|[%°])", after) and bool(
        passage.words.taking_before.search(passage.text[: figure.start()])
    )


def _comma(passage: Passage) -> Iterator[Problem]:
    for match in passage.find(_COMMA) if not _comma_is_decimal(passage) else ():
        said = match["said"]
        yield Problem(f"“{said}” is read as {said.replace(',', '')}", f"write {said.replace(',', '.')}")


# --------------------------------------------------------------------------- figures run together

_GLUED = re.compile(rf"(?<![0-9A-Za-z_.,])(?P<figure>{NUMBER})(?P<unit>[{SYMBOL}{TAKEN}]+)(?!\.?\w)")
_NAME_GLUED = re.compile(rf"(?<![^\W_])[^\W\d_]{{4,}}\d+(?:[.,]\d+)?{GAP}{SYMBOL}+")
_MANY = re.compile(rf"(?<![0-9A-Za-z_.,:/-])(?P<figure>\d{{5,12}}){GAP}{COUNTED}")
_TWO = re.compile(
    rf"(?<![0-9A-Za-z_.,:/$£€+-])(?<!\d )(?P<one>\d{{1,2}}) (?P<two>\d+(?:\.\d+)?){GAP}(?P<unit>[{SYMBOL}{TIMES_OF}]+)"
    rf"(?:{GAP}(?P<form>{TAKEN}+))?"
)
_TWO_WORDS = re.compile(rf"(?<![^\W_])(?P<one>{NUMERAL}+|\d+) (?P<two>{NUMERAL}+) (?P<unit>[{TIMES_OF}{TAKEN}]+)")


def _glued(passage: Passage) -> Iterator[Problem]:
    if not passage.words.data.spaced:
        return
    for match in passage.find(_GLUED):
        unit, rest = passage.said(match, "unit"), passage.text[match.end() :].lstrip().lower()
        if unit != "G" and not rest.startswith(passage.words.data.list("dose", "networks")):
            what = f"“{passage.said(match)}”: the first letter of a unit is read as a zero"
            yield Problem(what, f"write {match['figure']} {unit}")
    for match in passage.find(_NAME_GLUED):
        said = passage.said(match)
        right = re.sub(r"(?<=[^\W\d_])(?=\d)", " ", said, count=1)
        yield Problem(f"“{said}”: the end of the name is read as a figure", f"write {right}")


def _grouping(passage: Passage) -> Iterator[Problem]:
    convention = next(iter(passage.words.data.list("", "conventions")), "")
    mark = convention[2:3].replace("_", "\u00a0")
    for match in passage.find(_MANY) if mark and passage.words.data.spaced else ():
        right = f"{int(match['figure']):,}".replace(",", mark)
        yield Problem(f"“{match['figure']}”: zeros are miscounted", f"write {right}")


def _side_by_side(passage: Passage) -> Iterator[Problem]:
    grouped = any("_" in convention for convention in passage.words.data.list("", "conventions"))
    for match in passage.find(_TWO):
        one, two, unit, form = (passage.said(match, name) for name in ("one", "two", "unit", "form"))
        if grouped and len(two) == 3:
            continue
        right = f"“{one} {form} of {two} {unit}”" if form else "a word between the two"
        yield Problem(f"“{one} {two}” is read as {one}{two}", f"write {right}")
    for match in passage.find(_TWO_WORDS):
        what = f"“{passage.said(match, 'one')} {passage.said(match, 'two')}”: two numbers run together"
        yield Problem(what, "write figures, each followed by what is counted", soft=True)


_PRODUCT = re.compile(
    rf"{START}\d+ ?[x×*] ?{NUMBER}{GAP}{COUNTED}|{DOSE_UNIT}[ ,]{{0,2}}[x×] ?\d+(?!\d| ?(?:[cm]m)\b)", re.IGNORECASE
)
_FOR_DAYS = re.compile(rf"(?<![\w×])[x×] ?\d+(?: ?/ ?\d+)? ?(?:d|/7|/52|/12|wks?|{TIMES_OF}+)(?![^\W_])", re.IGNORECASE)
_SO_OFTEN = re.compile(rf"{START}\d+ ?[x×] ?(?:/|a |per |each |every |d(?!\w)|{TIMES_OF}+)", re.IGNORECASE)


def _multiplied(passage: Passage) -> Iterator[Problem]:
    for match in passage.find(_PRODUCT):
        yield Problem(f"“{passage.said(match)}” is not a dose that one can take", "write “2 tablets of 500 mg”")
    for match in passage.find(_FOR_DAYS):
        what = f"“{passage.said(match)}” is read as so many doses, or for so many days"
        yield Problem(what, "write “for 3 days” or “3 times”")
    for match in passage.find(_SO_OFTEN):
        yield Problem(f"“{passage.said(match)}” is not a word", "write “3 times a day”", soft=True)


CHECKS = (
    Check(
        "dose-naked-point",
        Severity.ERROR,
        "A point with no figure before it is overlooked: .5 mg was given as 5 mg, ten times the dose.",
        "0.5 mg",
        _naked,
        examples("Take .5 mg.", "Take .25 ml at night.", "Give (.5 mg)", "Take .5\u00a0mg", ".5 of a tablet"),
        examples("Take 0.5 mg.", "See doi 10.1192/bjp.194", "and so on ...5 times", "Version 2.5", "Call us.5"),
        f"{DO_NOT_USE}; {ISMP}",
        everywhere=True,
    ),
    Check(
        "dose-trailing-zero",
        Severity.ERROR,
        "A zero after the point makes ten times the dose where the point is overlooked: 1.0 mg was given as 10 mg.",
        "1 mg",
        _trailing,
        (
            *examples("Take 1.0 mg.", "Take 5.0 ml.", "Take 2.50 mg.", "Take 1.0.", "Take 1.0\u202fmg", "Take 1.0mg"),
            Example("1.0", heads="Dose (mg) | Morning"),
        ),
        examples("Take 1 mg.", "Version 1.0", "Your INR is 2.0.", "4.0 to 7.0 mmol/L is normal.", "At 38.0 °C call."),
        f"{DO_NOT_USE}; {ISMP}",
        everywhere=True,
    ),
    Check(
        "dose-decimal-comma",
        Severity.ERROR,
        "Readers of English take a comma for thousands, or overlook it: 38,5 becomes 385.",
        "38.5",
        _comma,
        examples("Above 38,5 °C call.", "Take 2,5 mg.", "Give 0,5 ml"),
        examples("Take 1,000 mg.", "On days 1,2 and 3", "Above 38.5 °C call."),
        "CLDR, number symbols",
    ),
    Check(
        "dose-glued",
        Severity.ERROR,
        "The m of a glued mg is read as zeros (10mg as 100 mg), the last letter of a name as a 1 (Tegretol300 mg as"
        " 1300 mg).",
        "a space before the unit and before the figure",
        _glued,
        examples("Take 5mg.", "Take Sertraline50 mg.", "Take 10ML", "Give 2.5ml", "Take 2tablets", "100units"),
        examples("Take 5 mg.", "Take vitamin B12.", "A 5G phone", "Your HbA1c is 53.", "the 2nd day", "a 10-mg tablet"),
        ISMP,
        everywhere=True,
    ),
    Check(
        "dose-grouping",
        Severity.ERROR,
        "Five figures or more without a mark are miscounted: 100000 units was given as 10,000 and as 1,000,000.",
        "100,000, or 1 million",
        _grouping,
        examples("Take 1000000 units.", "Use 10000 units", "Take 100000IU"),
        examples("Take 1,000 mg.", "1 million units", "Take 1000 mg.", "Call 02079460142."),
        ISMP,
        everywhere=True,
    ),
    Check(
        "dose-side-by-side",
        Severity.ERROR,
        "Two figures side by side are read as one: 2 25 mg tablets as 225 mg.",
        "2 tablets of 25 mg",
        _side_by_side,
        examples(
            "Take 2 25 mg tablets.", "Take 1 2 times a day.", "Take one two times a day.", "Take 2 500 mg tablets"
        ),
        examples("Take 2 tablets of 25 mg.", "On 5 May 2026 take 3.", "Call 020 7946 0142.", "One of two tablets"),
        ISMP,
        needs="",
    ),
    Check(
        "dose-multiplied",
        Severity.ERROR,
        "x is read as a figure, and as times of both kinds: 500 mg x 2 may be 2 tablets or 2 times; x3d 3 days or 3"
        " doses.",
        "2 tablets of 500 mg; for 3 days",
        _multiplied,
        examples("Take 2 x 500 mg.", "500 mg x 2", "Take it x3d.", "Take it x 3 days", "3x a day", "2×5 ml"),
        examples("A 10 x 15 cm dressing", "Have an x-ray in 3 days.", "4x4 cars", "3 times a day"),
        ISMP,
        everywhere=True,
    ),
)
