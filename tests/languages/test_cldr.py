"""What a language prints comes from its own data, whatever else the process has read before."""

from __future__ import annotations

import random
import unicodedata
from datetime import date

import babel
import pytest
from babel import localedata
from babel.dates import get_day_names, get_month_names

from plainleaf.languages import cldr
from plainleaf.model import Locale, Opening
from plainleaf.typesetting import locales

# Most have aliases, for weekdays or months, in data that they share with others.
LANGUAGES = [
    "am", "ar", "az", "bn", "en", "es", "fa", "fil", "gu", "ha", "he", "hi", "hy", "ka", "kk", "my", "ne", "om", "pa",
    "ps", "ru", "so", "sw", "ta", "th", "ti", "uk", "ur", "uz", "vi", "yo", "zh", "az_Cyrl", "pa_Arab", "uz_Arab",
]  # fmt: skip
SCRIPTS = {  # by the names that Unicode's characters begin with
    "Latn": "LATIN", "Cyrl": "CYRILLIC", "Arab": "ARABIC", "Hebr": "HEBREW", "Deva": "DEVANAGARI", "Ethi": "ETHIOPIC",
    "Beng": "BENGALI", "Gujr": "GUJARATI", "Guru": "GURMUKHI", "Taml": "TAMIL", "Armn": "ARMENIAN", "Geor": "GEORGIAN",
    "Mymr": "MYANMAR", "Thai": "THAI", "Hans": "CJK",
}  # fmt: skip


def days(day: int, where: Locale) -> str:
    """A weekday as it is printed beside its hours."""
    return locales.opening_hours([Opening((day,), "08:30", "17:00")], where)[0][0]


def words(name: str) -> tuple[object, ...]:
    """What we print in a language out of CLDR's data."""
    where = locales.locale(name)
    always = [Opening((*range(7),), *locales.ALL_DAY)]
    return (
        where,
        locales.plural_forms(locales.locale(name)),
        [days(day, where) for day in range(7)],
        locales.opening_hours(always, where, "GB"),
        [locales.long_date(date(2026, month, 22), where) for month in range(1, 13)],
        locales.and_list(["1", "2", "3"], where),
        locales.country_name("US", where),
        locales.unit_words(name) if name in {"ar", "en", "ur", "sw"} else (),
    )


def forget() -> None:
    """What a fresh process knows."""
    localedata._cache.clear()
    cldr.language.cache_clear()
    cldr._layer.cache_clear()
    locales.unit_words.cache_clear()


@pytest.fixture(scope="module")
def alone() -> dict[str, tuple[object, ...]]:
    said = {}
    for name in LANGUAGES:
        forget()
        said[name] = words(name)
    return said


@pytest.mark.parametrize("seed", [1, 2])
def test_a_language_says_the_same_alone_and_in_any_company(alone: dict[str, tuple[object, ...]], seed: int) -> None:
    order = random.Random(seed).sample(LANGUAGES, len(LANGUAGES))
    forget()
    for name in order:  # others in the process use Babel as it is
        get_day_names("wide", "stand-alone", babel.Locale.parse(name))
        get_month_names("wide", "stand-alone", babel.Locale.parse(name))
    assert {name: words(name) for name in order} == alone


@pytest.mark.parametrize("name", ["sw", "ur", "az_Arab", "en_GB", "es_MX", "ht", "pt_AO", "sr_Latn", "zh_Hant_HK"])
def test_the_data_are_those_that_babel_reads_in_a_fresh_process(name: str) -> None:
    localedata._cache.clear()
    ours, fresh = cldr._read(name), localedata.load(name)
    assert repr({table: ours[table] for table in fresh}) == repr(fresh)
    with pytest.raises(KeyError):
        ours["no such table"]


@pytest.mark.parametrize("name", LANGUAGES)
def test_days_are_written_in_the_languages_own_script(name: str) -> None:
    where = locales.locale(name)
    said = "".join(days(day, where) for day in range(7))
    found = {unicodedata.name(char).split()[0] for char in said if char.isalpha()}
    assert found - {"MODIFIER"} == {SCRIPTS[where.script]}
