"""What languages are called, in their own words and in English, and by tags; which one somebody means by a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from plainleaf.languages import facts, own_words
from plainleaf.languages.punctuation import bracketed
from plainleaf.model.phrases import closest, meant
from plainleaf.model.tags import language_tag, locale_name

if TYPE_CHECKING:
    from plainleaf.languages.cldr import Data

_NO_LANGUAGES = ("und", "mul", "zxx")  # codes of ISO 639 for an unknown one, several, and none


def cldr_of(name: str) -> Data:
    """CLDR's data of a locale; of a made-up one, those of the language that it is printed like. Raises as
    ``cldr.language`` does."""
    from plainleaf.languages.cldr import language  # not before it is needed: Babel takes its time

    return language(like(name))


def like(name: str) -> str:
    """The language that a made-up one is printed like; any other's own name."""
    made = facts.pseudo().get(name)
    return made.like if made else name


@lru_cache(maxsize=1024)
def known(name: str) -> bool:
    """Whether there is a language of this Babel name ("es", "zh_Hans"), spelt so: CLDR has it, or its script."""
    from plainleaf.languages import cldr

    if not re.fullmatch(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|\d{3}))?", name):
        return False
    return cldr.known(name)


def usual(name: str) -> bool:
    """Whether people may write this name for a language that has no folder: one that has a name in English, not only a
    code of ISO 639. Of those there are 7,000, and "ess" is more likely "es" than Yupik."""
    from plainleaf.languages import cldr

    return known(name) and (not cldr.is_outside(name) or english_name(name) != name)


def spelt(tag: str) -> str:
    """A language tag, whose capitals do not count, as Babel writes it: ZH-hans is zh_Hans, PT-br is pt_BR."""
    language, *others = re.split("[-_]", tag)
    return "_".join([language.lower(), *(part.title() if len(part) == 4 else part.upper() for part in others)])


def own_name(name: str) -> str:
    """What a language calls itself ("Español"); ``name`` is that of a locale which CLDR knows."""
    from plainleaf.languages import cldr

    local = cldr_of(name)
    own = own_words.shipped(name).own_name or local.get_display_name(local) or english_name(name)
    if aside := re.fullmatch(r"(.+) \((.+)\)", own):  # Babel's own brackets, whatever the language
        own = bracketed(aside[1], aside[2], cldr.script_of(name))
    return own[:1].upper() + own[1:]


def english_name(name: str) -> str:
    """What a language is called in English, with its script or country: "Chinese (Simplified)"; its code, if nobody
    says."""
    local, english = cldr_of(name), cldr_of("en")
    if said := own_words.names().get(local.language):
        within = (english.scripts.get(local.script), english.territories.get(local.territory))
        aside = ", ".join(filter(None, within))
        return f"{said[0]} ({aside})" if aside else said[0]
    return local.get_display_name(english) or name


def named(word: str, among: Iterable[str] | None = None) -> tuple[str, ...]:
    """The locales that somebody may mean by a word: a Babel name or tag in any spelling of capitals, or the name of the
    language in English or in itself ("Spanish", "español"). Without ``among``, of all languages in CLDR.

    "Chinese" may be one of several scripts, "Portuguese" of several countries.
    """
    asked = _folded(word)
    if among is None:
        if (usual := _in_english().get(asked)) and asked not in _by_own_words():
            return tuple(code for code in usual if known(code))
        found = _by_word().get(asked, [])
        today = {"", *facts.scripts()}  # en_Shaw is written by few, and meant by who says so
        found = [name for name in found if name.partition("_")[2] in today or _folded(name) == asked] or found
        scripts = [name for name in found if "_" in name]
        plain = [name for name in found if "_" not in name]
        return tuple(scripts if len(scripts) > 1 else plain or scripts)
    there = [name for name in among if known(name)]
    exact = [name for name in there if asked in (_folded(name), *map(_folded, all_names([name])))]
    return tuple(exact or [name for name in there if asked in _words(name)])


def all_names(among: Iterable[str]) -> list[str]:
    """The names of locales in English and in their own languages."""
    return [called for name in among if known(name) for called in (english_name(name), own_name(name))]


def english_names() -> list[str]:
    """The English names of all languages that can be asked for by them."""
    others = (name for each in own_words.names().values() for name in each)
    return [*(str(name) for code, name in cldr_of("en").languages.items() if known(code)), *others]


def listed(word: str) -> tuple[str, str]:
    """The code and the English name of a language that English has a name for, by either of them, whether or not there
    is more of it: "tlh", "Klingon". Empty for other words."""
    asked = _folded(word)
    named_so = (
        (code, str(name))
        for code, name in cldr_of("en").languages.items()
        if code not in _NO_LANGUAGES and asked in (_folded(code), _folded(str(name)))
    )
    return next(named_so, ("", ""))


def question(word: str) -> str:
    """The question whether somebody means a language by a word that is no tag of one; "" if none is near.

    They may have written its name, an older or longer code of it ("spa"), the country's code ("jp"), or misspelt it; or
    named one that CLDR takes for part of another ("Twi").
    """
    from plainleaf.languages.cldr import usual_code

    code, _ = listed(word)
    others = filter(known, [usual_code(code or spelt(word)), _in_full(code)])
    found = named(word) or tuple(others)[:1]
    if not found and not code and (near := closest(word, english_names(), 0.75)):
        found = named(near)
    return meant("” or “".join(map(language_tag, found))) if found else ""


def _in_full(code: str) -> str:
    """A name with the script that CLDR adds to it: "sr_ME" is "sr_Latn_ME"; "" for one that it has nothing of."""
    from plainleaf.languages import cldr

    return str(cldr.language(code)) if code and cldr.has(code) else ""


@cache
def _in_english() -> Mapping[str, Sequence[str]]:
    """The locales with a script or a country that English has a name for ("Simplified Chinese"), by that name."""
    found: dict[str, list[str]] = {}
    for code, name in cldr_of("en").languages.items():
        if "_" in code:
            found.setdefault(_folded(name), []).append(code)
    return found


@cache
def _by_own_words() -> frozenset[str]:
    """What languages are called that CLDR takes for one country's way to write another one: Dari."""
    return frozenset(_folded(word) for names in own_words.names().values() for word in names)


@cache
def _by_word() -> Mapping[str, list[str]]:
    """The locales of all languages in CLDR, without those of one country, by each of their words."""
    from plainleaf.languages import cldr

    found: dict[str, list[str]] = {}
    others = {code for code in map(str, cldr_of("en").languages) if cldr.is_outside(code)}
    for name in sorted({*others, *own_words.names(), *own_words.outside()} - {*cldr.identifiers()}):
        for each in _words(name):
            found.setdefault(each, []).append(name)
    for name in map(str, cldr.identifiers()):
        if not re.search(r"_([A-Z]{2}|\d{3}|[A-Z]{5,})$", name) and known(name):
            for each in _words(name):
                found.setdefault(each, []).append(name)
    return found


def _words(name: str) -> set[str]:
    """What the language of a locale is called, script and country aside, and the locale itself."""
    local = cldr_of(name)
    usual = cldr_of("en").languages.get(name)  # "Simplified Chinese"
    names = (local.language, local.get_language_name("en"), local.get_language_name(), *all_names([name]), name, usual)
    names = (*names, *own_words.names().get(name, ()))
    return {_folded(each) for each in names if each}


def _folded(word: str) -> str:
    return locale_name(word).casefold().strip()
