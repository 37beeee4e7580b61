"""Reviewed word lists of a language: jargon, words that hurt, the passive voice, long words that everyone knows."""

from __future__ import annotations

import gzip
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from plainleaf.readability.syllables import base_of


@dataclass(frozen=True)
class Wording:
    """The lists of one language, ready to be searched."""

    jargon: Phrases
    stigma: Phrases
    passive: Passive | None
    plain: frozenset[str]
    judges_terms: bool


@dataclass(frozen=True)
class Phrases:
    """Phrases and what to write in their place."""

    instead: Mapping[str, str]
    pattern: re.Pattern[str] | None

    def find(self, text: str) -> Iterator[tuple[str, str]]:
        """Each phrase in a text, as it stands there, with what to write."""
        if self.pattern:
            for found in self.pattern.finditer(text):
                yield found[0], self.instead[found[0].lower()]


@dataclass(frozen=True)
class Passive:
    """Forms of "to be" followed by a participle."""

    pattern: re.Pattern[str]
    states: frozenset[str]

    def find(self, text: str) -> Iterator[str]:
        """Each passive, as it stands."""
        for found in self.pattern.finditer(text):
            if found["deed"].lower() not in self.states:
                yield found[0]


# Endings of regular participles.
_PARTICIPLES = {"en": r"\w{2,}ed", "es": r"(?:(?![áéíóú])\w){2,}[ai]d[oa]s?"}  # sólido is none
_LONG = {"en": 4, "es": 5}  # syllables of a long word, where the list of plain ones is good enough to judge
_NONE = Phrases({}, None)


@cache
def wording(language: str) -> Wording:
    """The lists of a language; empty where there are none yet."""
    base = base_of(language)
    file = resources.files(__package__).joinpath(f"data/wording.{base}.toml")
    if not file.is_file():
        return Wording(_NONE, _NONE, None, frozenset(), False)
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    plain = frozenset(data.get("terms", {}).get("plain", ()))
    if base == "en":
        packed = resources.files(__package__).joinpath("data/en-common.txt.gz").read_bytes()
        plain |= frozenset(gzip.decompress(packed).decode("ascii").split())
    passive = _passive(base, data["passive"]) if "passive" in data else None
    return Wording(_phrases(data.get("jargon", {})), _phrases(data.get("stigma", {})), passive, plain, base in _LONG)


def long_from(language: str) -> int:
    """Syllables from which a word that is not known to be plain is hard."""
    return 3 if base_of(language) == "en" else _LONG[base_of(language)]


def _phrases(entries: Mapping[str, str]) -> Phrases:
    instead = {form.lower(): better for forms, better in entries.items() for form in forms.split("|")}
    longest = sorted(instead, key=len, reverse=True)
    if not longest:
        return _NONE
    return Phrases(instead, re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE))


def _passive(base: str, data: Mapping[str, list[str]]) -> Passive:
    be, between = "|".join(data["be"]), "|".join(data["between"])
    deed = "|".join([*data["participles"], _PARTICIPLES[base]])
    pattern = re.compile(rf"\b(?:{be})(?: (?:{between}))* (?P<deed>{deed})\b", re.IGNORECASE)
    return Passive(pattern, frozenset(data["states"]))
