"""Which table of liblouis a language is written with: that of its ``locale.toml``, else ours (``data/tables.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from plainleaf.files.toml import Table, read_toml
from plainleaf.model import Locale

T = TypeVar("T")
DATA = Path(__file__).parent / "data"
NONE = "none"
"""What a ``locale.toml`` says of a language in which no braille is to be made."""


@dataclass(frozen=True, slots=True)
class Braille:
    """A table by its name; ``why`` it is the usual one. ``six``: its dots 7 and 8 are left out; ``apart``: figures are
    written on their own."""

    name: str
    why: str = ""
    six: bool = False
    apart: bool = False
    elsewhere: str = ""

    @property
    def sets_off(self) -> bool:
        """Whether it has signs for words in bold type that readers of the language know: Unified English Braille."""
        return self.name.startswith("en-ueb")


@cache
def usual() -> Mapping[str, Braille]:
    """The tables of the languages that have one, by the names of their locales."""
    found = read_toml(DATA / "tables.toml", DATA)
    tables = {name: found.table(name) for name in found.data if name != NONE}
    return {name: _read(table) for name, table in tables.items()}


def _read(table: Table) -> Braille:
    return Braille(
        table.string("table"),
        table.string("why"),
        table.boolean("six", False),
        table.boolean("apart", False),
        table.string("elsewhere", ""),
    )


@cache
def lacking() -> Mapping[str, str]:
    """Why other languages have none, by the names of their locales, where there is something to say."""
    found = read_toml(DATA / "tables.toml", DATA).table(NONE)
    return {name: found.string(name) for name in found.data}


def of(where: Locale, within: Locale | None = None) -> Braille | None:
    """The table of a language, in a text of that language or ``within`` one of another; ``None`` if there is none."""
    found = _named(where)
    if found and found.elsewhere and within and _language(within) != _language(where):
        return replace(found, name=found.elsewhere)
    return found


def _language(where: Locale) -> str:
    return where.name.partition("_")[0]


def _named(where: Locale) -> Braille | None:
    if where.braille == NONE:
        return None
    if where.braille:
        ours = (each for each in usual().values() if each.name == where.braille)
        return next(ours, Braille(where.braille))
    return _nearest(where.name, usual())


def why_none(where: Locale) -> str:
    """In words, for a language without a table."""
    if where.braille == NONE:
        return f'its locale.toml says so (braille = "{NONE}")'
    return _nearest(where.name, lacking()) or (
        'no table of liblouis is known for it; name one in its locale.toml (braille = "...") once readers say which'
    )


def _nearest(name: str, known: Mapping[str, T]) -> T | None:
    """What is known of a locale, else of its language: pt_BR is written as pt, zh is not zh_Hans."""
    parts = name.split("_")
    names = ("_".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((known[each] for each in names if each in known), None)
