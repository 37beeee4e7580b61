"""Reviewed word lists of a language: jargon, words that hurt, filler, hidden verbs, the passive, long plain words."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from plainleaf.languages.facts import LocaleData


@dataclass(frozen=True)
class Wording:
    """The lists of one language, ready to be searched."""

    jargon: Phrases
    stigma: Phrases
    persons: re.Pattern[str] | None  # named by what they have: "the elderly", "a diabetic"
    filler: Phrases
    condescending: Phrases
    made_of_verbs: Phrases
    passive: Passive | None
    plain: frozenset[str]
    long_from: int  # syllables from which a word that is not known to be plain is hard; 0: the list is not good enough


@dataclass(frozen=True)
class Phrases:
    """Phrases and what to write in their place."""

    instead: Mapping[str, str]
    pattern: re.Pattern[str] | None
    unless: re.Pattern[str] | None = None  # longer phrases in which they mean something else

    def find(self, text: str) -> Iterator[tuple[str, str]]:
        """Each phrase in a text, as it stands there, with what to write."""
        hits = [*self.pattern.finditer(text)] if self.pattern else []
        fine = [found.span() for found in self.unless.finditer(text)] if hits and self.unless else []
        for found in hits:
            if not any(start <= found.start() and found.end() <= end for start, end in fine):
                yield found[0], self.better(found[0])

    def better(self, found: str) -> str:
        """What to write for a phrase as it stands in a text."""
        said = self.instead.get(_bare(found))
        if said is None:  # capitals of letters whose small ones differ (“İ”, “ſ”), a form that ends in "*"
            alike = (better for form, better in self.instead.items() if self.is_form(form, found))
            said = next(alike, "")
        return said

    def is_form(self, form: str, found: str) -> bool:
        """Whether a phrase was found by this form."""
        return re.fullmatch(_spaced(form), found, re.IGNORECASE) is not None


@dataclass(frozen=True)
class Passive:
    """Forms of "to be" followed by a participle."""

    pattern: re.Pattern[str]
    states: frozenset[str]
    unless: re.Pattern[str] | None = None  # phrases that only look like one

    def find(self, text: str) -> Iterator[str]:
        """Each passive, as it stands."""
        for found in self.pattern.finditer(text):
            if found["deed"].lower() not in self.states and not (
                self.unless and self.unless.match(text, found.start())
            ):
                yield found[0]


_NONE = Phrases({}, None)
_LEAST = 2  # letters before the ending of a regular participle


@lru_cache(maxsize=256)
def wording(language: LocaleData) -> Wording:
    """The lists of a language; empty where there are none yet."""
    swaps = _swaps(language)
    plain = _respelt(frozenset(language.list("terms", "plain")), swaps) | _common(language.base, swaps)
    return Wording(
        _phrases(language, "jargon"),
        _phrases(language, "stigma"),
        _persons(language),
        _phrases(language, "filler"),
        _phrases(language, "condescending"),
        _made_of_verbs(language),
        _passive(language),
        plain,
        int(language.value("terms.from", 0)),
    )


@lru_cache(maxsize=8)
def _common(base: str, swaps: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """The common words of a language, where there is a list of them."""
    file = resources.files(__package__).joinpath(f"data/{base}-common.txt.gz")
    words = gzip.decompress(file.read_bytes()).decode("ascii").split() if file.is_file() else ()
    return _respelt(frozenset(words), swaps)


def _respelt(words: frozenset[str], swaps: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """Words, also as other countries spell them."""
    return words | {word.replace(now, then) for word in words for now, then in swaps if now in word}


def spellings(word: str, language: LocaleData) -> Iterator[str]:
    """The same word as other countries spell it, by the pairs of the language ("isation=ization"), each by itself."""
    return (word.replace(now, then) for now, then in _swaps(language) if now in word)


def _swaps(language: LocaleData) -> tuple[tuple[str, str], ...]:
    """Each pair of spellings of a language both ways: what a word has, and what takes its place."""
    pairs = (pair.partition("=") for pair in language.list("spellings", "pairs"))
    return tuple(swap for one, _, other in pairs for swap in ((one, other), (other, one)))


def _phrases(language: LocaleData, section: str) -> Phrases:
    """Forms parted by "|" with what to write for them; a later entry replaces an earlier one, an empty text ends it."""
    entries = language.section(section)
    given = {form.lower(): better[0] for forms, better in entries.items() for form in forms.split("|")}
    instead = {_bare(other): better for form, better in given.items() for other in spellings(form, language)}
    instead |= {_bare(form): better for form, better in given.items()}
    longest = sorted((form for form in instead if instead[form]), key=len, reverse=True)
    if not longest:
        return _NONE
    unless = language.list("unless", section)
    return Phrases(instead, _whole(map(_spaced, longest)), _whole([either(unless)]) if unless else None)


def _persons(language: LocaleData) -> re.Pattern[str] | None:
    several, one, follow = (either(language.list("persons", key)) for key in ("the", "a", "follow"))
    if not (several and one and follow):
        return None
    behind = rf"(?=\s+(?:{follow})(?!\w)|\s*(?:[.,;:!?)”]|$))"
    return re.compile(
        rf"(?<!\w)(?:the\s+(?:{several})|(?:an?|the|every|each|no|is)\s+(?:{one})){behind}", re.IGNORECASE
    )


def _whole(alternatives: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


def _bare(form: str) -> str:
    """A form as it is looked up: "wheelchair-bound" is "wheelchair bound", "don’t" is "don't"."""
    return re.sub(r"[\s-]+", " ", form.lower().replace("’", "'"))


def _spaced(form: str) -> str:
    """A pattern for a form, with hyphens or spaces between its words."""
    return re.escape(form).replace(r"\ ", r"[\s-]+").replace("'", "['’]")


_BETWEEN = r"(?:(?:an?|the|your|our|any|some|more|further|full|first|new)\s+){0,2}(?:\w+\s+)?"


def _made_of_verbs(language: LocaleData) -> Phrases:
    """Nouns that hide a verb, behind an empty one ("make a decision") or before what is done ("removal of it")."""
    verbs, entries = either(language.list("nominal", "verbs")), language.texts("made-of-verbs")
    instead: dict[str, str] = {}
    for forms, verb in entries.items():
        for form in forms.split("|"):
            instead |= dict.fromkeys((form, *spellings(form, language)), verb)
    nouns = either(sorted(instead, key=len, reverse=True))
    before = either(language.list("nominal", "before")) or "(?!)"
    if not (verbs and nouns):
        return _NONE
    pattern = rf"(?<!\w)(?:(?:{verbs})\s+{_BETWEEN}(?P<noun>{nouns})|(?:{before})\s+(?P<of>{nouns})\s+of)(?!\w)"
    return _Nouns(instead, re.compile(pattern, re.IGNORECASE))


@dataclass(frozen=True)
class _Nouns(Phrases):
    """Nouns with the verbs in them; what is found is the noun with the words that make it hide the verb."""

    def find(self, text: str) -> Iterator[tuple[str, str]]:
        for found in self.pattern.finditer(text) if self.pattern else ():
            yield found[0], self.better(found["noun"] or found["of"])

    def is_form(self, form: str, found: str) -> bool:
        return re.fullmatch(either([form]), found, re.IGNORECASE) is not None


def _passive(language: LocaleData) -> Passive | None:
    be, between = (either(language.list("passive", key)) for key in ("be", "between"))
    deed = either(language.list("passive", "participles"))
    if endings := either(language.list("passive", "endings")):
        unlike = re.escape(language.value("passive.unlike", ""))
        letter = rf"(?:(?![{unlike}])\w)" if unlike else r"\w"
        deed = "|".join(filter(None, (deed, rf"{letter}{{{_LEAST},}}(?:{endings})")))
    if not (be and deed):
        return None
    gap = int(language.value("passive.gap", 0))  # words of any kind, where the participle is late in its clause
    words = rf"(?: [\w’'-]+){{0,{gap}}}?" if gap else rf"(?: (?:{between}))*" if between else ""
    pattern = re.compile(rf"\b(?:{be}){words} (?P<deed>{deed})\b", re.IGNORECASE)
    unless = either(language.list("unless", "passive"))
    return Passive(pattern, frozenset(language.list("passive", "states")), _whole([unless]) if unless else None)


def either(phrases: Iterable[str]) -> str:
    """What finds one of some phrases, for the inside of a group; one that ends in "*" begins a word. "" for none."""
    return "|".join(re.escape(each.removesuffix("*")) + r"\w*" * each.endswith("*") for each in phrases)
