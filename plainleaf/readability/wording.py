"""Reviewed word lists of a language: jargon, words that hurt, the passive voice, long words that everyone knows."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from plainleaf.languages.facts import LocaleData


@dataclass(frozen=True)
class Wording:
    """The lists of one language, ready to be searched."""

    jargon: Phrases
    stigma: Phrases
    passive: Passive | None
    plain: frozenset[str]
    long_from: int  # syllables from which a word that is not known to be plain is hard; 0: the list is not good enough


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


_NONE = Phrases({}, None)
_LEAST = 2  # letters before the ending of a regular participle


@lru_cache(maxsize=256)
def wording(language: LocaleData) -> Wording:
    """The lists of a language; empty where there are none yet."""
    plain = frozenset(language.list("terms", "plain"))
    common = resources.files(__package__).joinpath(f"data/{language.base}-common.txt.gz")
    if common.is_file():
        plain |= frozenset(gzip.decompress(common.read_bytes()).decode("ascii").split())
    return Wording(
        _phrases(language.section("jargon")),
        _phrases(language.section("stigma")),
        _passive(language),
        plain,
        int(language.value("terms.from", 0)),
    )


def _phrases(entries: Mapping[str, Sequence[str]]) -> Phrases:
    """Forms parted by "|" with what to write for them; a later entry replaces an earlier one, an empty text ends it."""
    instead = {form.lower(): better[0] for forms, better in entries.items() for form in forms.split("|")}
    longest = sorted((form for form in instead if instead[form]), key=len, reverse=True)
    if not longest:
        return _NONE
    return Phrases(instead, re.compile(rf"\b(?:{either(longest)})\b", re.IGNORECASE))


def _passive(language: LocaleData) -> Passive | None:
    be, between = (either(language.list("passive", key)) for key in ("be", "between"))
    deed = either(language.list("passive", "participles"))
    if endings := either(language.list("passive", "endings")):
        unlike = re.escape(language.value("passive.unlike", ""))
        letter = rf"(?:(?![{unlike}])\w)" if unlike else r"\w"
        deed = "|".join(filter(None, (deed, rf"{letter}{{{_LEAST},}}(?:{endings})")))
    if not (be and deed):
        return None
    words = rf"(?: (?:{between}))*" if between else ""
    pattern = re.compile(rf"\b(?:{be}){words} (?P<deed>{deed})\b", re.IGNORECASE)
    return Passive(pattern, frozenset(language.list("passive", "states")))


def either(phrases: Iterable[str]) -> str:
    """What finds one of some phrases, for the inside of a group; one that ends in "*" begins a word. "" for none."""
    return "|".join(re.escape(each.removesuffix("*")) + r"\w*" * each.endswith("*") for each in phrases)
