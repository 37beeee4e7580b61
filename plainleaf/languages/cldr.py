"""A language's data from CLDR, its own alone. The only importer of Babel's ``Locale``.

CLDR has the script of some 7,000 languages, and words of some 400. A language of the others is one too here: its words
are what files say (``own_words``), and where these say nothing, dates are in figures and weekdays in English.

Babel keeps what it reads in dictionaries that languages share with their parents, and writes into them what an alias
means to the language that asked first: once Swahili has been asked for its weekdays, Urdu prints Swahili ones. So each
language here reads its files anew, into data that nothing else holds.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import babel
from babel import localedata
from babel.core import get_global
from babel.dates import parse_pattern

from plainleaf.languages import own_words
from plainleaf.model import OwnWords

Data = babel.Locale
"""What CLDR has of a language, for those who only name its type."""


class _Language(babel.Locale):
    """Babel's locale, whose words nobody else's use can change."""

    words = OwnWords()

    @cached_property
    def _data(self) -> localedata.LocaleDataDict:
        return localedata.LocaleDataDict(_read(self.words.like or str(self), _said(str(self), self.words)))


class _Outside(_Language):
    """A language that CLDR has no words of."""

    def __init__(self, language: str, territory: str | None, script: str | None) -> None:
        self.language, self.territory, self.script = language, territory, script
        self.variant = self.modifier = None


@lru_cache(maxsize=2048)
def language(name: str, words: OwnWords | None = None) -> babel.Locale:
    """A language by Babel's name. Raises ``ValueError`` or ``babel.UnknownLocaleError`` for a name of none.

    ``words``: what is said of it in CLDR's place; the shipped ones if nobody says.
    """
    found = _Outside(*_parts(name)) if is_outside(name) else _Language.parse(name)
    assert isinstance(found, _Language)
    found.words = own_words.shipped(name) if words is None else words
    return found


def _parts(name: str) -> tuple[str, str | None, str | None]:
    """The language, territory and script of a name."""
    return babel.parse_locale(name)[:3]


@lru_cache(maxsize=4096)
def is_outside(name: str) -> bool:
    """Whether a name, spelt as Babel spells names, is that of a language that CLDR has no words of."""
    if not re.fullmatch(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2})?", name) or localedata.exists(name):
        return False
    base, territory, script = _parts(name)
    if localedata.exists(base) or (script and not is_script(script)):
        return False
    if territory and territory not in language("en").territories:
        return False
    if base in own_words.outside() or base in own_words.names():
        return True
    return base in get_global("likely_subtags") and base not in (*get_global("language_aliases"), "und")


def is_script(code: str) -> bool:
    """Whether ISO 15924 has a script by this code that languages are written in ("Latn")."""
    return code in _SCRIPTS or f"und_{code}" in get_global("likely_subtags")


_SCRIPTS = ("Latn", "Hans", "Hant", "Jpan", "Kore")  # of which no language alone is likely, or that are two in one


def with_territory(name: str) -> str:
    """A language with the territory where it is most likely spoken, "zh_Hans" as "zh_CN"; "" if CLDR names none.
    Some it knows as those of a territory: "prs" (Dari) is "fa_AF"."""
    name = get_global("language_aliases").get(name, name)
    language, *more = name.split("_")
    if own := next((part for part in more if len(part) == _REGION and part.isupper()), ""):
        return f"{language}_{own}"
    likely = get_global("likely_subtags")
    *_, territory = likely.get(name, likely.get(language, "")).split("_")
    return f"{language}_{territory}" if len(territory) == _REGION and territory.isupper() else ""


_REGION = 2  # letters


def has(name: str) -> bool:
    """Whether CLDR has words of a language of Babel's name."""
    try:
        return not is_outside(name) and bool(language(name))
    except (ValueError, TypeError, babel.UnknownLocaleError):
        return False


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
    """Whether there is a language by this name of Babel's, spelt so."""
    return is_outside(name) or (has(name) and str(language(name)) == name)


_KINDRED = ({"no", "nb", "nn"},)  # languages that are one to CLDR


def lacking(name: str, words: OwnWords | None = None) -> tuple[str, ...]:
    """What nobody says of a language: "own-name", "days", "months". Haitian Creole has the French days from CLDR, which
    are none of its own."""
    words = own_words.shipped(name) if words is None else words
    source = words.like or name
    unnamed = is_outside(name) and not words.own_name
    if is_outside(source):
        own: list[Mapping[str | int | None, Any]] = []
    else:
        base = source.partition("_")[0]
        same = next((all_one for all_one in _KINDRED if base in all_one), {base})
        own = [_layer(each) for each in _lineage(source) if each.partition("_")[0] in same]
    found = {
        table: any("wide" in layer.get(table, {}).get(use, {}) for layer in own for use in ("format", "stand-alone"))
        for table in ("days", "months")
    }
    tables = (table for table, there in found.items() if not there and not getattr(words, table))
    return (*(["own-name"] if unnamed else []), *tables)


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


def _read(name: str, *above: Mapping[str | int | None, Any]) -> MutableMapping[str | int | None, Any]:
    """The data of a language, table by table as ``babel.localedata.load`` has them in a fresh process, below others."""
    lineage = ["root"] if is_outside(name) else [*reversed([*_lineage(name)])]
    return _Inherited([*map(_layer, lineage), *above])


def _said(name: str, words: OwnWords) -> Mapping[str | int | None, Any]:
    """What is said in CLDR's place, as a table of Babel's. What nobody says: English weekdays, dates in figures."""
    own: dict[str | int | None, Any] = {}
    lacks = lacking(name, words)
    days = words.days or (_english("days").values() if "days" in lacks else ())
    if days:
        own["days"] = _uses(dict(enumerate(days)))
    if words.months:
        own["months"] = _uses(dict(enumerate(words.months, 1)))
    if "months" in lacks and not words.date:
        own["date_formats"] = {"long": parse_pattern("y-MM-dd")}
    elif words.date or (words.months and is_outside(words.like or name)):
        pattern = _pattern(words.date or "{day} {month} {year}", bool(words.months))
        own["date_formats"] = {"long": parse_pattern(pattern)}
    if clock := {"12": "h:mm a", "24": "HH:mm"}.get(words.clock):
        own["time_formats"] = {"short": parse_pattern(clock)}
    elif is_outside(words.like or name):
        country = f"en_{_parts(name)[1]}"
        own["time_formats"] = {"short": language(country).time_formats["short"]} if has(country) else {}
    if words.halves:
        halves = dict(zip(("am", "pm"), words.halves, strict=True))
        own["day_periods"] = {"format": dict.fromkeys(("wide", "abbreviated", "narrow"), halves)}
    if words.countries:
        own["territories"] = dict(words.countries)
    if words.always:
        own["unit_patterns"] = {"duration-hour": {"long": {"one": words.always, "other": words.always}}}
    if words.joined:
        two = "{0}".join(words.joined.split("{}", 1)).replace("{}", "{1}")
        own["list_patterns"] = {"standard": {"2": two, "end": two}}
    return own


def _english(table: str) -> Mapping[int, str]:
    words: Mapping[int, str] = _layer("en")[table]["format"]["wide"]
    return dict(sorted(words.items()))


def _uses(names: Mapping[int, str]) -> Mapping[str, Any]:
    """Names for whichever use, in a table of Babel's."""
    return {use: {"wide": names} for use in ("format", "stand-alone")}


def _pattern(date: str, named: bool) -> str:
    """CLDR's pattern of a date that is written as "{day} {month} {year}"."""
    signs = {"day": "d", "month": "MMMM" if named else "M", "month-number": "M", "year": "y"}
    parts = re.split(r"\{([a-z-]+)\}", date)
    return "".join(
        signs[part] if number % 2 else f"'{part.replace(chr(39), chr(39) * 2)}'"
        for number, part in enumerate(parts)
        if part
    )


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


def script_of(name: str, words: OwnWords | None = None) -> str:
    """The script that a language is written in (ISO 15924): by its name, by what files say of it, or by CLDR's likely
    subtags; "" if there is no such language."""
    if not has(name) and not is_outside(name):
        return ""
    cldr = language(name)
    if own := cldr.script or (words or own_words.shipped(name)).script:
        return str(own)
    likely = get_global("likely_subtags")
    full = likely.get(str(cldr)) or likely.get(cldr.language) or f"{cldr.language}_Latn_ZZ"
    script = str(full.split("_")[1])
    # "zh" alone is written in Hans; "ja" and "ko" have scripts of their own
    return script if len(script) == 4 else "Latn"
