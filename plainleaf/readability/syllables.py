"""Syllables of a word in a language, and by which method they were counted.

In order: what the leaflet itself says (``say`` of its terms), CMUdict for English, rules from spelling where they were
measured, vowel letters where that is the definition, and hyphenation (pyphen, the only place that imports it) for the
other languages it knows; that one makes texts look easier than they are, and the report says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, lru_cache
from typing import Any

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


# One vowel letter, one syllable, by the language's own definition.
VOWELS: Mapping[str, str] = {
    "ru": "аеёиоуыэюя", "uk": "аеєиіїоуюя", "bg": "аъоуеиюя", "be": "аеёіоуыэюя", "mk": "аеиоу",
    "sr": "аеиоуaeiou", "hr": "aeiou", "bs": "aeiou", "sl": "aeiou", "hu": "aáeéiíoóöőuúüű",
}  # fmt: skip
_SYLLABIC_R = {"sr", "hr", "bs", "sl", "mk"}  # r between consonants carries a syllable: prst, црн
_DOTTED = re.compile(r"(?:\w\.)+\w?")
_PYPHEN = {
    "sv",
    "da",
    "nb",
    "nn",
    "no",
    "pt",
    "ca",
    "gl",
    "eo",
    "el",
    "cs",
    "sk",
    "lt",
    "lv",
    "et",
    "ro",
    "af",
    "is",
    "id",
    "sq",
}


@dataclass(frozen=True)
class Counter:
    """Counts the syllables of words in one language; ``said`` holds counts of the leaflet's own words."""

    language: str
    method: Method
    said: Mapping[str, int] = field(default_factory=dict)

    def count(self, word: str) -> int:
        """At least 1; figures and details of the clinic read as one."""
        own = self.said.get(word.lower())
        return own if own is not None else _counted(self.language, word)


def method(language: str) -> Method:
    """How the syllables of a language (BCP 47 or Babel name) are counted."""
    base = base_of(language)
    if base == "en":
        return Method.DICTIONARY
    if base in RULES:
        return Method.RULES
    if base in VOWELS:
        return Method.VOWELS
    return Method.HYPHENS if base in _PYPHEN else Method.NONE


def base_of(language: str) -> str:
    """The language without script and region: "pt" of "pt-BR"."""
    return re.split("[-_]", language.lower())[0]


@cache
def _rule(base: str) -> Callable[[str], int]:
    if base == "en":
        return english.count
    if base in RULES:
        return RULES[base]
    if base in VOWELS:
        return _vowels(base)
    if base in _PYPHEN:
        return _hyphens(base)
    return lambda word: 1


def _vowels(base: str) -> Callable[[str], int]:
    letters = VOWELS[base]
    pattern = f"[{letters}]"
    if base in _SYLLABIC_R:
        pattern += f"|(?:^|(?<=[^\\W{letters}]))[rр](?=[^\\W{letters}])"
    find = re.compile(pattern).findall
    return lambda word: len(find(word))


def _hyphens(base: str) -> Callable[[str], int]:
    import pyphen

    name = pyphen.language_fallback(base)
    dictionary: Any = pyphen.Pyphen(lang=name) if name else None
    return lambda word: len(dictionary.positions(word)) + 1 if dictionary else 1


@lru_cache(maxsize=200_000)
def _counted(base: str, word: str) -> int:
    """One word as written: its parts between hyphens and apostrophes, initials letter by letter."""
    rule = _rule(base)
    if not any(letter.isalpha() for letter in word):
        return 1
    if base == "en" and ((1 < len(word) <= 5 and word.isupper()) or _DOTTED.fullmatch(word)):
        return _spelt(word)
    # in English the apostrophe belongs to the word; elsewhere it stands for a vowel that is gone (l'eau, dell'acqua)
    parts = [part for part in re.split("[-‐‑]" if base in ("en", "nl") else "[-‐‑'’]", word.lower()) if part]
    return max(1, sum(rule(part) for part in parts if base in VOWELS or len(part) > 1 or len(parts) == 1))


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


def counter(language: str, own: Mapping[str, int] | None = None) -> Counter:
    """The counter of a language, with the leaflet's own counts."""
    base = base_of(language)
    how = method(language)
    return Counter(base, how, {} if how is Method.NONE else own or {})
