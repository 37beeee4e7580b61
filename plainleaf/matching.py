"""Which old translation may be proposed for a changed message: one that saves work and cannot kill.

A proposal is fuzzy and never printed, yet a tired translator may accept it with one key. So it is made only where the
changed words are harmless: never where figures, units, negation or the names of medicines differ, nor for short texts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Indel

LEAST_WORDS = 4  # shorter texts are quicker to translate than to check
LEAST_ALIKE = 0.65  # share of characters kept, of both texts

_WORD = re.compile(r"<[^<>]*>|\{[^{}]*\}|\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|%")

# English words that turn a meaning round; a leaflet's own terms (medicines, conditions) come on top.
HEAVY = frozenset(
    """
    no not never none nor neither without cannot nothing nobody unless except only avoid stop stops stopped start starts
    started begin before after until since more less fewer most least higher lower above below over under up down
    increase decrease raise reduce high low often rarely always sometimes first last both either all any some few many
    one two three four five six seven eight nine ten eleven twelve half third quarter twice once double daily weekly
    monthly hour hours day days week weeks month months year years minute minutes second seconds morning evening night
    noon mg g kg mcg microgram micrograms milligram milligrams gram grams ml l litre litres liter liters millilitre
    millilitres milliliter milliliters unit units drop drops puff puffs spoon spoons tablet tablets capsule capsules
    dose doses patch patches percent degrees left right hot cold with may must can should child children adult adults
    pregnant breastfeeding
    """.split()
)


@dataclass(frozen=True, slots=True)
class Guard:
    """Words (lower case) that no proposal may differ in: negation, direction, units, names of medicines."""

    words: frozenset[str] = HEAVY

    def allows(self, old: str, new: str) -> bool:
        """Whether a translation of ``old`` may be proposed for ``new``."""
        first, second = _words(old), _words(new)
        if min(first.total(), second.total()) < LEAST_WORDS:
            return False
        changed = (first - second) + (second - first)
        return not any(word[0].isdigit() or word[0] in "<{%" or self._heavy(word) for word in changed)

    def _heavy(self, word: str) -> bool:
        return word in self.words or word.endswith(("n't", "n’t"))


def _words(text: str) -> Counter[str]:
    return Counter(word.lower() for word in _WORD.findall(text))


def best(text: str, proposals: Mapping[str, object] | Iterable[str], guard: Guard) -> str | None:
    """The one of ``proposals`` that is most like ``text`` among those the guard allows; ``None`` if there is none."""
    found = process.extract(
        text, list(proposals), scorer=Indel.normalized_similarity, score_cutoff=LEAST_ALIKE, limit=5
    )
    return next((candidate for candidate, _, _ in found if guard.allows(candidate, text)), None)
