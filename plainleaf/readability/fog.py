"""Which English words are hard as Gunning counts them: three syllables or more, but for three kinds that he leaves out.

Gunning 1952, The Technique of Clear Writing: no names, no combinations of short easy words (bookkeeper, manpower), no
words that only an ending makes three syllables long (-es, -ed, and -ing as his later readers add).
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources

from plainleaf.readability import english

_HARD = 3  # syllables
_EASY = 2  # syllables of a short word
# Of the second word of a combination.
_ENDINGS = ("", "s", "es", "ed", "d", "er", "ers", "r", "rs", "ing", "ings")


@lru_cache(maxsize=65_536)
def is_hard(word: str) -> bool:
    """Whether a word in small letters is hard; whether it is a name, its sentence tells."""
    if "-" in word:
        return not all(english.count(part) <= _EASY for part in word.split("-") if part)
    count = english.count(word)
    return count >= _HARD and not _is_combination(word) and not (count == _HARD and _is_made_by_ending(word))


@cache
def _parts() -> frozenset[str]:
    """Short easy words that stand in combinations."""
    file = resources.files(__package__).joinpath("data/en-parts.txt")
    return frozenset(file.read_text(encoding="ascii").split())


def _is_combination(word: str) -> bool:
    """Whether it is two short easy words that were written as one, the second with an ending or not."""
    parts = _parts()
    for place in range(2, len(word) - 1):
        if word[:place] in parts and any(
            word.endswith(ending) and word[place : len(word) - len(ending)] in parts for ending in _ENDINGS
        ):
            return True
    return False


def _is_made_by_ending(word: str) -> bool:
    """Whether its third syllable is that of -es, -ed or -ing: "trespasses", but not "medicines"."""
    for ending in ("es", "ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word:
            once = stem[:-1] if stem[-1:] == stem[-2:-1] else stem  # beginning, begin
            known = [each for each in (stem, f"{stem}e", once) if each in english.dictionary()]
            return any(english.count(each) <= _EASY for each in known or (stem,))
    return False
