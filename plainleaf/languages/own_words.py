"""What a file says of a language in CLDR's place: its name, script, days, months, how a date is written.

The same keys in ``data/locales/<tag>.toml``, which is shipped, and in a root's ``locales/<tag>/locale.toml``, which is
laid over it key by key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from plainleaf import files
from plainleaf.files.toml import Table, read_toml
from plainleaf.languages import plurals
from plainleaf.model import OwnWords

DATA = Path(__file__).parent / "data"
CLOCKS = ("12", "24")
FIELDS = ("day", "month", "month-number", "year")
_LONGEST = 60  # signs of a name or a pattern
# They set the order of letters, and that of what is printed behind them.
_TURNS = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))
_FIELD = re.compile(r"\{([^{}]*)\}")


@lru_cache(maxsize=1024)
def shipped(name: str) -> OwnWords:
    """What is shipped of a language by its Babel name; of one in a script or country, what there is of the language."""
    parts = name.split("_")
    for length in range(len(parts), 0, -1):
        path = DATA / "locales" / f"{'_'.join(parts[:length])}.toml"
        if files.there(path):
            table = read_toml(path, DATA)
            found = read(table, OwnWords())
            assert not table.done(), f"{path.name}: {table.findings}"
            return found
    return OwnWords()


@cache
def outside() -> frozenset[str]:
    """The languages that something is shipped of in CLDR's place."""
    return frozenset(path.stem for path in (DATA / "locales").glob("*.toml"))


@cache
def names() -> Mapping[str, tuple[str, ...]]:
    """What languages are called in English that CLDR has no English name for, or another one; by tag, the usual one
    first."""
    table = read_toml(DATA / "names" / "en.toml", DATA)
    return {key: table.strings(key) for key in table.data}


def read(table: Table, below: OwnWords) -> OwnWords:
    """What a file says, over what is said ``below``; wrong values are findings of the table, and change nothing."""
    return OwnWords(
        own_name=_name(table, "own-name", below.own_name),
        english_name=_name(table, "english-name", below.english_name),
        script=table.string("script", below.script),
        days=_names(table, "days", below.days, 7, "from Monday to Sunday"),
        months=_names(table, "months", below.months, 12, "from January to December"),
        date=_date(table, below.date),
        clock=_clock(table, below.clock),
        halves=_names(table, "am-pm", below.halves, 2, "for before noon and after it"),
        always=_name(table, "24-hours", below.always),
        joined=_joined(table, below.joined),
        countries=_countries(table.table("countries"), below.countries),
        plural=_plural(table, below.plural),
        like=table.string("like", below.like),
    )


def _fit(text: str) -> bool:
    """Whether a text can be printed on one line: no line breaks, no controls, none of what changes the order of
    letters, no spaces at its ends."""
    odd = any(unicodedata.category(sign) in ("Cc", "Zl", "Zp", "Cs", "Co", "Cn") for sign in text)
    odd = odd or any(unicodedata.bidirectional(sign) in _TURNS for sign in text)
    return bool(text.strip()) and text == text.strip() and len(text) <= _LONGEST and not odd


def _name(table: Table, key: str, below: str) -> str:
    said = table.string(key, below)
    if said and not _fit(said):
        table.complain(
            key, "not a name", f"write it on one line, in at most {_LONGEST} characters, without spaces around it"
        )
        return below
    return said


def _names(table: Table, key: str, below: tuple[str, ...], count: int, order: str) -> tuple[str, ...]:
    said = table.strings(key, below)
    if key not in table.data or table.told(key):
        return below
    hint = f"write {count} names in quotes, {order}: {key} = [...]"
    if len(said) != count:
        table.complain(key, f"{len(said)} names; there are {count}, {order}", hint)
    elif wrong := [name for name in said if not _fit(name)]:
        table.complain(key, f"“{wrong[0][:30]}” is not a name", hint)
    elif len(set(said)) < count:
        twice = next(name for name in said if said.count(name) > 1)
        table.complain(key, f"“{twice}” appears twice", hint)
    else:
        return said
    return below


def _date(table: Table, below: str) -> str:
    said = table.string("date", below)
    if said == below:
        return below
    fields = _FIELD.findall(said)
    months = [field for field in fields if field.startswith("month")]
    right = _fit(said) and set(fields) <= {*FIELDS} and len(fields) == 3 and {"day", "year"} <= {*fields}
    if not right or len(months) != 1 or set(_FIELD.sub("", said)) & set("{}"):
        hint = (
            'write each of {day}, {month} and {year} once: date = "{day} {month} {year}" ({month-number} for a figure)'
        )
        table.complain("date", f"“{said[:40]}” is not how a date is written", hint)
        return below
    return said


def _clock(table: Table, below: str) -> str:
    said = table.data.get("clock", below)
    table.asked.append("clock")
    if str(said) not in ("", *CLOCKS) or isinstance(said, bool):
        table.complain("clock", f"{str(said)[:20]} is not a clock", "write 12 or 24: clock = 24")
        return below
    return str(said)


def _countries(table: Table, below: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    said = dict(below)
    for code in table.data:
        if re.fullmatch("[A-Z]{2}", code):
            said[code] = _name(table, code, said.get(code, ""))
        else:
            table.asked.append(code)
            table.complain(code, "not the code of a country", 'write its two letters: US = "Etazini"')
    return tuple((code, name) for code, name in said.items() if name)


def _joined(table: Table, below: str) -> str:
    said = table.string("and", below)
    if said == below:
        return below
    if not _fit(said) or said.count("{}") != 2 or set(said.replace("{}", "")) & set("{}"):
        table.complain(
            "and", f"“{said[:40]}” does not join two words", 'write {} for each of the two: and = "{} and {}"'
        )
        return below
    return said


def _plural(table: Table, below: str) -> str:
    said = table.string("plural", below)
    if said and (why := plurals.fault(said)):
        hint = 'copy the rule from a catalog of this language: plural = "nplurals=2; plural=(n != 1);"'
        table.complain("plural", why, f"{hint}; a language without plural forms has nplurals=1; plural=0;")
        return below
    return said
