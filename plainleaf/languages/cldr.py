"""A language's data from CLDR, its own alone. The only importer of Babel's ``Locale``.

Babel keeps what it reads in dictionaries that languages share with their parents, and writes into them what an alias
means to the language that asked first: once Swahili has been asked for its weekdays, Urdu prints Swahili ones. So each
language here reads its files anew, into data that nothing else holds.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import babel
from babel import localedata
from babel.core import get_global

Data = babel.Locale
"""What CLDR has of a language, for those who only name its type."""


class _Language(babel.Locale):
    """Babel's locale, whose words nobody else's use can change."""

    @cached_property
    def _data(self) -> localedata.LocaleDataDict:
        return localedata.LocaleDataDict(_read(str(self)))


@cache
def language(name: str) -> babel.Locale:
    """A language by Babel's name. Raises ``ValueError`` or ``babel.UnknownLocaleError`` for a name CLDR lacks."""
    return _Language.parse(name)


def has(name: str) -> bool:
    """Whether CLDR has a language of Babel's name."""
    try:
        language(name)
    except (ValueError, TypeError, babel.UnknownLocaleError):
        return False
    return True


def identifiers() -> list[str]:
    """The names of all locales that CLDR has."""
    return list(localedata.locale_identifiers())


def usual_code(name: str) -> str:
    """The language that an older or longer code means ("spa"), or that most people speak in the country of a code
    ("jp"), by Babel's name; "" for none."""
    if alias := get_global("language_aliases").get(name):
        return str(alias)
    spoken, script, _ = (*get_global("likely_subtags").get(f"und_{name.upper()}", "").split("_"), "", "", "")[:3]
    with_script = f"{spoken}_{script}"
    return with_script if spoken and script_of(spoken) != script and has(with_script) else spoken


def known(name: str) -> bool:
    """Whether CLDR has a language by this name of Babel's, spelt so."""
    return has(name) and str(language(name)) == name


def parents(name: str) -> tuple[str, ...]:
    """The languages above one in CLDR, the nearest first, without the root: en_GB has en_001 and en."""
    return tuple(_lineage(name))[1:-1]


class _Inherited(dict[str | int | None, Any]):
    """The tables of a language with all they inherit, each put together when it is first asked for: most never are."""

    def __init__(self, layers: Sequence[Mapping[str | int | None, Any]]) -> None:
        super().__init__()
        self._layers = layers

    def __missing__(self, table: str | int | None) -> Any:
        for layer in self._layers:
            if table in layer:
                localedata.merge(self, {table: layer[table]})  # copies what it takes
        if table not in self:
            raise KeyError(table)
        return self[table]


def _read(name: str) -> MutableMapping[str | int | None, Any]:
    """The data of a language, table by table as ``babel.localedata.load`` has them in a fresh process."""
    return _Inherited([_layer(ancestor) for ancestor in reversed([*_lineage(name)])])


@lru_cache(maxsize=16)
def _layer(name: str) -> Mapping[str | int | None, Any]:
    """What one of Babel's files has, without what it inherits. Nobody writes into it."""
    data: Mapping[str | int | None, Any] = pickle.loads(Path(localedata.resolve_locale_filename(name)).read_bytes())
    return data


def _lineage(name: str) -> Iterator[str]:
    """The name and those it inherits from, "root" last (``localedata.load`` holds the rule in its middle)."""
    while name != "root":
        yield name
        parent = get_global("parent_exceptions").get(name)
        if not parent and not localedata._is_non_likely_script(name):
            parent = name.rpartition("_")[0]
        name = parent or "root"
    yield name


def short_months(name: str) -> frozenset[str]:
    """The short names of a language's months ("jan", "sept"), small and without a full stop."""
    forms = (language(name).months[use]["abbreviated"] for use in ("format", "stand-alone"))
    return frozenset(str(month).strip(".").casefold() for months in forms for month in months.values())


@lru_cache(maxsize=256)
def range_dash(name: str) -> str:
    """The sign between two years in a language's pattern for them ("–", in Japanese "～"), without spaces; "" if it has
    none, or a mere hyphen. Babel leaves out the pattern for ranges of numbers."""
    years = language(name).interval_formats.get("y", {}).get("y", ()) if has(name) else ()
    found = re.search("[‐-―～~]", "".join(map(str, years)))
    return found[0] if found else ""


def script_of(name: str) -> str:
    """The script that a language is written in (ISO 15924): by its name, or by CLDR's likely subtags; "" if CLDR has
    no such language."""
    if not has(name):
        return ""
    cldr = language(name)
    if cldr.script:
        return str(cldr.script)
    likely = get_global("likely_subtags")
    full = likely.get(str(cldr)) or likely.get(cldr.language) or f"{cldr.language}_Latn_ZZ"
    script = str(full.split("_")[1])
    # "zh" alone is written in Hans; "ja" and "ko" have scripts of their own
    return script if len(script) == 4 else "Latn"
