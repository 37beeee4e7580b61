"""Syllables of a word in a language, and by which method they were counted.

First what the leaflet itself says (``say`` of its terms), then as ``[syllables]`` of the language's data has it:
CMUdict for English, rules from spelling where they were measured, vowel letters where that is the definition, and
hyphenation (pyphen, the only place that imports it); that one makes texts look easier than they are, and the report
says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Any

from plainleaf.languages.facts import LocaleData
from plainleaf.readability import english
from plainleaf.readability.spelling import RULES

VERSION = "1"  # of the counting rules: raised with every change that changes counts


class Method(Enum):
    """How syllables are counted; the value is how a report says it."""

    DICTIONARY = "CMUdict's counts, and rules for other words"
    RULES = "rules from spelling"
    VOWELS = "vowel letters"
    HYPHENS = "hyphenation patterns (pyphen), which find too few"
    NONE = "not counted"


_DOTTED = re.compile(r"(?:\w\.)+\w?")


@dataclass(frozen=True)
class Counter:
    """Counts the syllables of words in one language; ``said`` holds counts of the leaflet's own words."""

    language: LocaleData
    method: Method
    said: Mapping[str, int] = field(default_factory=dict)

    def count(self, word: str) -> int:
        """At least 1; figures and details of the clinic read as one."""
        own = self.said.get(word.lower())
        return own if own is not None else _counted(self.language, word)


def method(language: LocaleData) -> Method:
    """How the syllables of a language are counted."""
    match language.value("syllables.method", ""):
        case "dictionary":
            return Method.DICTIONARY
        case "spelling" if language.value("syllables.rules", "") in RULES:
            return Method.RULES
        case "vowels" if language.value("syllables.vowels", ""):
            return Method.VOWELS
        case "hyphenation":
            return Method.HYPHENS
    return Method.NONE


@lru_cache(maxsize=256)
def _rule(language: LocaleData) -> Callable[[str], int]:
    match method(language):
        case Method.DICTIONARY:
            return english.count
        case Method.RULES:
            return RULES[language.value("syllables.rules", "")]
        case Method.VOWELS:
            return _vowels(language.value("syllables.vowels", ""), language.value("syllables.syllabic", ""))
        case Method.HYPHENS:
            return _hyphens(language.base)
    return lambda word: 1


def _vowels(vowels: str, syllabic: str) -> Callable[[str], int]:
    """Each vowel letter, and each ``syllabic`` letter between consonants."""
    letters = re.escape(vowels)
    pattern = f"[{letters}]"
    if syllabic:
        pattern += f"|(?:^|(?<=[^\\W{letters}]))[{re.escape(syllabic)}](?=[^\\W{letters}])"
    find = re.compile(pattern).findall
    return lambda word: len(find(word))


def _hyphens(base: str) -> Callable[[str], int]:
    import pyphen

    name = pyphen.language_fallback(base)
    dictionary: Any = pyphen.Pyphen(lang=name) if name else None
    return lambda word: len(dictionary.positions(word)) + 1 if dictionary else 1


@lru_cache(maxsize=200_000)
def _counted(language: LocaleData, word: str) -> int:
    """One word as written: its parts between hyphens and apostrophes, initials letter by letter."""
    rule = _rule(language)
    if not any(letter.isalpha() for letter in word):
        return 1
    initials = (1 < len(word) <= 5 and word.isupper()) or _DOTTED.fullmatch(word)
    if initials and language.value("syllables.spells-initials", False):
        return _spelt(word)
    # where it is no part of the word, an apostrophe is there for a vowel that is gone (l'eau, dell'acqua)
    inside = language.value("syllables.apostrophe-inside", False)
    parts = [part for part in re.split("[-‐‑]" if inside else "[-‐‑'’]", word.lower()) if part]
    vowels = method(language) is Method.VOWELS
    return max(1, sum(rule(part) for part in parts if vowels or len(part) > 1 or len(parts) == 1))


def _spelt(word: str) -> int:
    """Initials, read letter by letter (FDA, U.S.), unless they are a word that can be said (AIDS)."""
    letters = [letter for letter in word.lower() if letter.isalpha()]
    plain = "".join(letters)
    if "." not in word and len(letters) > 3 and re.search("[aeiou]", plain):
        return english.count(plain)
    return sum(3 if letter == "w" else 1 for letter in letters)


def said(term: str, say: str) -> Mapping[str, int]:
    """Counts of a term's words by how the leaflet says them ("nal-TREX-own" has three); empty if they do not pair."""
    words, ways = term.lower().split(), say.split()
    if len(words) != len(ways):
        return {}
    return {
        word: len([part for part in re.split("[-‐‑·]", way) if part]) for word, way in zip(words, ways, strict=True)
    }


def counter(language: LocaleData, own: Mapping[str, int] | None = None) -> Counter:
    """The counter of a language, with the leaflet's own counts."""
    how = method(language)
    return Counter(language, how, {} if how is Method.NONE else own or {})
