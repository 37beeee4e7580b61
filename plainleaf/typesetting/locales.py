"""Locales: CLDR's facts joined with ``locales/<name>/locale.toml``; dates, numbers, hours as each language writes them.

Folders carry Babel's names (``zh_Hans``), outputs BCP 47 tags (``zh-Hans``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from functools import lru_cache
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import babel
from babel.dates import format_date, format_time, get_day_names
from babel.languages import get_official_languages
from babel.lists import format_list
from babel.plural import to_gettext
from babel.units import format_unit

from plainleaf import files
from plainleaf.files.places import LOCALE_FILE, shown
from plainleaf.files.toml import Table, read_toml
from plainleaf.languages import facts, naming, own_words
from plainleaf.languages.cldr import has, is_script, lacking, language, range_dash, script_of
from plainleaf.languages.digits import ZEROS
from plainleaf.languages.punctuation import WIDE_SCRIPTS
from plainleaf.languages.scripts import RIGHT_TO_LEFT
from plainleaf.model import Finding, FontFamily, Locale, Location, Opening, OwnWords, Severity
from plainleaf.model.tags import language_tag, locale_name
from plainleaf.readability import rules
from plainleaf.typesetting import fonts

# Script by likely subtags stands in CLDR; these factors are ours. Arabic print: 14 of 17 patients preferred 16 pt where
# Latin had 14; CJK leading 1.5 to 1.67; Devanagari and other scripts with marks above and below want more leading.
SIZE_FACTORS = {"Arab": 1.15, "Deva": 1.05, "Beng": 1.05, "Thai": 1.05, "Mymr": 1.05, "Khmr": 1.05}
LINE_HEIGHT_FACTORS = {
    "Arab": 1.06, "Hans": 1.08, "Hant": 1.08, "Jpan": 1.08, "Kore": 1.08, "Deva": 1.08, "Beng": 1.12, "Taml": 1.1,
    "Telu": 1.12, "Thai": 1.12, "Khmr": 1.25, "Mymr": 1.25, "Sinh": 1.12,
}  # fmt: skip

# CSS names of the numbering systems that CLDR names; what a page counter prints.
COUNTER_STYLES = {
    "latn": "decimal", "arab": "arabic-indic", "arabext": "persian", "deva": "devanagari", "beng": "bengali",
    "khmr": "khmer", "laoo": "lao", "mymr": "myanmar", "thai": "thai", "tibt": "tibetan", "gujr": "gujarati",
    "guru": "gurmukhi", "knda": "kannada", "mlym": "malayalam", "telu": "telugu", "taml": "tamil", "orya": "oriya",
}  # fmt: skip

ALL_DAY = ("00:00", "24:00")  # opening hours of who never closes


def locale(name: str, words: OwnWords | None = None) -> Locale:
    """The locale as CLDR and our defaults by script have it. Raises ``ValueError`` for a name of no language.

    ``words``: what files say of it in CLDR's place; the shipped ones if nobody says.
    """
    if not naming.known(name):
        raise ValueError(f"there is no language {name!r}")
    words = own_words.shipped(naming.like(name)) if words is None else words
    cldr = language(naming.like(name), words)
    script = script_of(naming.like(name), words)
    numbering = cldr.default_numbering_system
    return Locale(
        name=name,
        tag=language_tag(name),
        direction="rtl" if script in RIGHT_TO_LEFT else "ltr",
        script=script,
        own_name=words.own_name or naming.own_name(name),
        english_name=words.english_name or naming.english_name(name),
        fonts=fonts.families(script, cldr.territory or "") or fonts.families("Latn"),
        size_factor=SIZE_FACTORS.get(script, 1.0),
        line_height_factor=LINE_HEIGHT_FACTORS.get(script, 1.0),
        digits=numbering if numbering in COUNTER_STYLES else "latn",
        words=words,
    )


def load(name: str, folder: Path, root: Path) -> tuple[Locale, tuple[Finding, ...]]:
    """The locale with its ``locale.toml`` and ``checks.toml`` over the defaults. Raises as ``locale`` does."""
    path = folder / LOCALE_FILE
    table = read_toml(path, root) if files.there(path) else Table(shown(path, root), "", {})
    base = locale(name, _words(name, table))
    own, findings = facts.own(base, folder, root)
    base = replace(base, own=own)
    families = tuple(family for entry in table.tables("fonts") if (family := _family(entry)))
    digits = table.string("digits", base.digits)
    if digits not in COUNTER_STYLES:
        table.complain("digits", f"unknown digits {digits!r}", f"write one of {', '.join(sorted(COUNTER_STYLES))}")
        digits = base.digits
    result = replace(
        base,
        fonts=families or base.fonts,
        size_factor=table.number("size-factor", base.size_factor, 0.8, 2.0),
        line_height_factor=table.number("line-height-factor", base.line_height_factor, 0.9, 2.0),
        digits=digits,
        hyphenate=table.boolean("hyphenate", base.hyphenate),
        braille=table.string("braille", ""),
        readability=rules.read(table.table("readability"), facts.of(base)),
        at=Location(table.file) if files.there(path) else base.at,
    )
    return result, (*findings, *table.done(), *_lacks(result, table.file))


def _words(name: str, table: Table) -> OwnWords:
    """What a locale.toml says in CLDR's place, over what is shipped."""
    spoken = naming.like(name)
    below = own_words.shipped(spoken)
    said = own_words.read(table, below)
    in_name = next((part for part in name.split("_") if len(part) == 4), "")
    if said.script != below.script and not is_script(said.script):
        hint = "write its code of four letters from ISO 15924: Latn, Arab, Mymr"
        table.complain("script", f"there is no script “{said.script[:20]}”", hint)
        said = replace(said, script=below.script)
    elif in_name and said.script not in (in_name, below.script):
        hint = f"delete this line, or name the folder {name.replace(in_name, said.script)}"
        table.complain("script", f"the folder's name says {in_name}", hint)
        said = replace(said, script=below.script)
    script = script_of(spoken, said)
    usual = "rtl" if script in RIGHT_TO_LEFT else "ltr"
    if table.choice("direction", usual, ("ltr", "rtl")) != usual:
        other = "Latn" if usual == "rtl" else "Arab"
        hint = f'write direction = "{usual}", or the script that you mean: script = "{other}"'
        way = "right to left" if usual == "rtl" else "left to right"
        table.complain("direction", f"the script {script} is written from {way}", hint)
    if said.like != below.like and not has(said.like):
        hint = "write the name that Babel uses of a language whose dates are written in the same way: fa_AF"
        table.complain("like", f"CLDR has no words of “{said.like[:20]}”", hint)
        said = replace(said, like=below.like)
    return said


_INSTEAD = {
    "english-name": "it is called by its code",
    "own-name": "its name is printed in English",
    "days": "weekdays are printed in English",
    "months": "dates are printed in figures (2026-11-22)",
}


def _lacks(where: Locale, file: str) -> Iterator[Finding]:
    """What nobody says of a language and its pages print: the letters of its script, its name, its days and months."""
    at = Location(file)
    if not fonts.is_chosen(where):
        what = f"{where.english_name}: no font is chosen for its script ({where.script})"
        hint = f"name one in {file}: [[fonts]] with name, regular and bold; plainleaf guide translating says how"
        yield Finding("font-none", Severity.WARNING, what, at, hint)
    lacks = lacking(naming.like(where.name), where.words)
    if where.english_name == where.name:
        lacks = ("english-name", *lacks)
    if lacks:
        instead = "; ".join(_INSTEAD[each] for each in lacks)
        what = f"{where.english_name}: missing: {', '.join(lacks)} ({instead})"
        begin = "" if where.at.file else f"; “plainleaf init {where.tag}” makes the file"
        hint = f"write them into {file}{begin}"
        yield Finding("locale-words", Severity.WARNING, what, at, hint)


def _family(entry: Table) -> FontFamily | None:
    """A family that somebody has named; ``None`` if its own licence forbids what is done with it."""
    family = FontFamily(entry.string("name"), entry.string("regular"), entry.string("bold"))
    allowed = [_allowed(entry, key, file) for key, file in (("regular", family.regular), ("bold", family.bold)) if file]
    return family if all(allowed) else None


def _allowed(entry: Table, key: str, file: str) -> bool:
    """Whether a font may be used as its own licence has it; one that cannot be read is judged where it is needed."""
    try:
        why, documents = fonts.forbidden(file), fonts.for_documents(file)
    except (fonts.FontError, OSError):
        return True
    hint = "use another font, or ask whoever sells it for a file that allows this"
    if why:
        entry.complain(key, f"{file}: {why}, so it is not used", hint)
    elif documents:
        what = f"{file}: it says that it may be put into documents, and nothing of web pages and e-books"
        hint = "read its licence: if it allows web pages and e-books too, this is all right; else make PDFs alone"
        entry.complain(key, what, f"{hint} (formats in the settings)", Severity.WARNING)
    return not why


def plural_forms(where: Locale) -> str:
    """The gettext ``Plural-Forms`` header: the rule that files say, or CLDR's, with every category in CLDR's order."""
    if where.words.plural:
        return where.words.plural
    rule = str(to_gettext(_cldr(where).plural_form))
    # gettext counts whole numbers only; Babel leaves CLDR's operand for exponents in, which msgfmt refuses.
    return rule.replace("(e == 0)", "(0 == 0)").replace("(e >= 0 && e <= 5)", "(0 == 0)")


def _cldr(where: Locale) -> babel.Locale:
    """What CLDR and files say of a locale."""
    return language(naming.like(where.name), where.words)


# --------------------------------------------------------------------------- as the language writes it


def digits(text: str, where: Locale) -> str:
    """``text`` with its ASCII digits in the locale's numbering system."""
    zero = ZEROS.get(where.digits)
    return text if zero is None else "".join(chr(zero + int(c)) if c in "0123456789" else c for c in text)


def number(value: int, where: Locale) -> str:
    """A whole number in the locale's digits, without grouping."""
    return digits(str(value), where)


def long_date(value: date, where: Locale, country: str = "") -> str:
    """A date in words and figures, CLDR's "long" pattern ("22 November 2026"); the Gregorian calendar everywhere."""
    return digits(format_date(value, "long", locale=_in_country(where, country)), where)


def and_list(items: Sequence[str], where: Locale) -> str:
    """Items joined by the locale's separators and its word for "and"."""
    return str(format_list(list(items), locale=_cldr(where)))


def country_name(code: str, where: Locale) -> str:
    """A country's name in the locale ("Estados Unidos"), in English if CLDR has none in it; the ISO 3166 code itself if
    it has none at all."""
    return str(_cldr(where).territories.get(code) or naming.cldr_of("en").territories.get(code, code))


# What people call their country that is none in ISO 3166.
_PARTS = MappingProxyType(
    dict.fromkeys(("england", "scotland", "wales", "northern ireland", "britain", "great britain"), "GB")
    | dict.fromkeys(("america", "united states of america"), "US")
)


def country_code(name: str) -> str:
    """The ISO 3166 code of a country that is called by its name in English or in a language of its own ("Germany",
    "Deutschland"), or by another code ("UK"); "" for anything else."""
    alias = babel.core.get_global("territory_aliases").get(name.strip().upper(), ())
    if part := _PARTS.get(name.strip().casefold()):
        return part
    if len(alias) == 1:
        return str(alias[0])
    english = naming.cldr_of("en").territories
    named = name.strip().casefold()
    codes = [str(code) for code in english if re.fullmatch("[A-Z]{2}", str(code))]
    found = (code for code in codes if english[code].casefold() == named)
    own = (code for code in codes if any(said.casefold() == named for said in _own_names(code)))
    return next(found, "") or next(own, "")


def _own_names(country: str) -> Iterator[str]:
    """What a country is called in its own languages."""
    for tag in get_official_languages(country, regional=True, de_facto=True):
        if naming.known(tag) and (said := naming.cldr_of(tag).territories.get(country)):
            yield said


def _in_country(where: Locale, country: str) -> babel.Locale:
    """The language as it is written in a country (en_GB), if CLDR tells it apart."""
    local = f"{naming.like(where.name)}_{country}"
    return language(local, where.words) if naming.known(local) else _cldr(where)


Hours = tuple[tuple[str, tuple[str, ...]], ...]  # days, and the times of a day


def opening_hours(hours: Sequence[Opening], where: Locale, country: str = "") -> Hours:
    """Days with the times of each ("Monday – Friday", ("8:30 AM – 12:00 PM", "2:00 PM – 5:00 PM")), by the first day.

    Days of the same times stand together. The locale's names, the country's clock; a clinic that is open all day has
    CLDR's words for 24 hours.
    """
    local = _in_country(where, country)
    days_of: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for day in range(7):
        if times := sorted({(opening.opens, opening.closes) for opening in hours if day in opening.days}):
            days_of.setdefault(tuple(times), []).append(day)
    return tuple(
        (_days(days, where, local), tuple(digits(_times(*pair, local, _between(where)), where) for pair in times))
        for times, days in days_of.items()
    )


_DASH = "{} – {}"  # from one day to another, where a language's data has no other way; CLDR has no pattern for it


def _days(days: Sequence[int], where: Locale, local: babel.Locale) -> str:
    """Days in words: three or more in a row from the first to the last, others one by one."""
    names = get_day_names("wide", context="stand-alone", locale=local)
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts: list[str] = []
    from_to = facts.of(where).value("days.from-to", _DASH)
    for run in runs:
        if len(run) > 2:
            parts.append(from_to.format(names[run[0]], names[run[-1]]))
        else:
            parts.extend(names[day] for day in run)
    said = and_list(parts, where)
    return said[:1].upper() + said[1:]


_HOUR = "duration-hour"


def _between(where: Locale) -> str:
    """What stands between two times of a day."""
    return range_dash(naming.like(where.name)) or "–" if where.script in WIDE_SCRIPTS else " – "


def _times(opens: str, closes: str, local: babel.Locale, dash: str) -> str:
    if (opens, closes) != ALL_DAY:
        return dash.join(_clock(at, local) for at in (opens, closes))
    long = str(format_unit(24, _HOUR, "long", locale=local, numbering_system="latn"))
    if _HOUR not in long:
        return long
    # where CLDR has no long pattern of its own, Babel gives the unit's name
    return str(format_unit(24, _HOUR, "short", locale=local, numbering_system="latn"))


def _clock(at: str, local: babel.Locale) -> str:
    """A time on the country's clock. A day of 24 hours ends at 24:00, one of twice 12 at 12:00 AM."""
    said = str(format_time(_time(at.replace("24:", "00:")), "short", locale=local))
    return re.sub(r"^0?0(?=\D)", "24", said) if at == ALL_DAY[1] else said


def listed(items: Sequence[str], where: Locale) -> str:
    """Items with the script's comma between them; CLDR's lists add an "and", or in Chinese nothing at all."""
    return {"Arab": "، ", "Ethi": "፣ ", "Hans": "、", "Hant": "、", "Jpan": "、"}.get(where.script, ", ").join(items)


def apart(items: Sequence[str], where: Locale) -> str:
    """Items that hold commas themselves, with the script's semicolon between them, as French with a space before it."""
    latin = "\u00a0; " if ";" in facts.of(where).list("marks", "spaced") else "; "
    return {"Arab": "؛ ", "Ethi": "፤ ", "Hans": "；", "Hant": "；", "Jpan": "；"}.get(where.script, latin).join(items)


def _time(text: str) -> time:
    hours, minutes = text.split(":")
    return time(int(hours), int(minutes))


def counter_style(where: Locale) -> str:
    """The CSS counter style that prints page numbers in the locale's digits."""
    return COUNTER_STYLES[where.digits]


_UNITS = (
    *(f"duration-{unit}" for unit in ("minute", "hour", "day", "week", "month", "year")),
    *(f"mass-{unit}" for unit in ("microgram", "milligram", "gram", "kilogram")),
    *("volume-milliliter", "volume-liter", "length-millimeter", "length-centimeter"),
)
_AMOUNTS = (0, 1, 2, 3, 5, 11, 100, 1.5)  # one at least for each plural form of CLDR


@lru_cache(maxsize=1024)
def unit_words(name: str) -> tuple[str, ...]:
    """What CLDR writes behind a number for units of time, mass, volume and length in a language: "days", "mg", "个月".

    Sorted, the longest first, without single Latin letters ("2 a 6" has no years); empty for a language that CLDR does
    not know. ``name``: Babel's or BCP 47's.
    """
    behind = (re.fullmatch(r"[\d.,٫]+\s?([^\d\s-][^\d-]*)", text) for _, text in _said_with_units(name))
    found = {match[1] for match in behind if match and not re.fullmatch("[a-zA-Z]\\.?", match[1])}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1024)
@lru_cache(maxsize=256)
def weekdays(name: str) -> tuple[str, ...]:
    """The names of the days in a language, Monday first, as they stand in a date; none where CLDR lacks them."""
    name = locale_name(name)
    if not naming.known(naming.like(name)):
        return ()
    names = get_day_names("wide", context="format", locale=naming.cldr_of(name))
    return tuple(str(names[day]) for day in range(7))


def unit_forms(name: str) -> Mapping[str, frozenset[str]]:
    """The same words by CLDR's name of the unit ("duration-day"), whether they stand behind the number or before it."""
    found: dict[str, set[str]] = {}
    for unit, text in _said_with_units(name):
        form = re.sub(r"[\d.,٫]+", "", text).strip(" .\u00a0\u202f")
        if form != text and (len(form) > 1 or form in ("g", "l")):  # a dual names no number: "يومان"
            found.setdefault(unit, set()).add(form)
    return {unit: frozenset(forms) for unit, forms in found.items()}


def _said_with_units(name: str) -> Iterator[tuple[str, str]]:
    name = locale_name(name)
    if not naming.known(naming.like(name)):
        return
    lengths: tuple[Literal["long", "short"], ...] = ("long", "short")
    for unit, amount, length in product(_UNITS, _AMOUNTS, lengths):
        yield unit, format_unit(amount, unit, length, locale=naming.cldr_of(name), numbering_system="latn")
