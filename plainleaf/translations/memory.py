"""Which old translation may be proposed for a new message: one that saves work and cannot kill.

A proposal is fuzzy and never printed, yet a tired translator may accept it with one key. So it is made only where the
changed words are harmless: never where figures, units, negation or the names of medicines differ, nor for short texts.
It is put together sentence by sentence: a sentence that has changed in substance stands in it in the source language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from plainleaf.languages.punctuation import CLOSERS, OPENERS, OWN_ENDS, SHARED_ENDS, WIDE_ENDS
from plainleaf.translations.medicines import ends_as_medicine

LEAST_WORDS = 4  # shorter texts are quicker to translate than to check
LEAST_ALIKE = 0.65  # share of characters kept, of both texts

_TOKEN = re.compile(r"\{[^{}]*\}|&[#\w]+;|[-+−±]?\d+(?:[.,:/–-]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[%‰°<>≤≥±×÷=≈~+−]")
_TAG = re.compile(r"</?[a-z]+\d*>")

# English words that turn a meaning round; a leaflet's own terms (medicines, conditions) come on top.
_HEAVY_WORDS = """
    no not never none nor neither without cannot nothing nobody unless except only avoid stop stops stopped start starts
    started begin before after until since more less fewer most least higher lower above below over under up down
    increase decrease raise reduce high low often rarely always sometimes first last both either all any some few many
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen couple pair
    half third quarter single double triple twice once thrice another each every per again
    daily weekly monthly hour hours hourly day days week weeks month months year years minute minutes second seconds
    morning evening night noon bedtime mg g kg mcg microgram micrograms milligram milligrams gram grams kilogram
    kilograms ml l litre litres liter liters millilitre millilitres milliliter milliliters unit units drop drops puff
    puffs spoon spoons spoonful teaspoon teaspoons tablespoon tablespoons tablet tablets pill pills capsule capsules
    dose doses patch patches shot shots injection percent degrees left right hot cold with may must can should child
    children baby babies adult adults pregnant breastfeeding eye eyes ear ears mouth nose vein skin muscle
"""
HEAVY = frozenset(_HEAVY_WORDS.split())

_STEM = re.compile(r"^(?:un|non|in|im|il|ir|dis|mis|hyper|hypo|anti|pre|post|re)(?=\w{3})|(?:ful|less)$")


@dataclass(frozen=True, slots=True)
class Guard:
    """Words (lower case) that no proposal may differ in: negation, direction, units, names of medicines."""

    words: frozenset[str] = HEAVY

    def allows(self, old: str, new: str) -> bool:
        """Whether a translation of ``old`` may be proposed for ``new``."""
        first, second = _words(old), _words(new)
        if min(len(first), len(second)) < LEAST_WORDS or self.weight(old) != self.weight(new):
            return False
        gone, come = Counter(first) - Counter(second), Counter(second) - Counter(first)
        return not {_STEM.sub("", word) for word in gone} & {_STEM.sub("", word) for word in come}

    def weight(self, text: str) -> tuple[str, ...]:
        """What must be the same in both texts, in its order: "take this, not that" is not "take that, not this"."""
        return tuple(word.lower() for word in _TOKEN.findall(_TAG.sub("", text)) if self._heavy(word))

    def _heavy(self, word: str) -> bool:
        small = word.lower()
        return (
            small in self.words
            or small.endswith(("n't", "n’t"))
            or not _letters(word)  # figures, signs, {details}
            or (len(word) == 1 and small not in "ai")  # vitamin B, vitamin K
            or (len(word) > 3 and word[0] != small[0])  # Vivitrol; also any long word that begins a sentence
            or word[1:] != small[1:]  # FDA, OxyContin
            or ends_as_medicine(small)
        )


def _letters(word: str) -> bool:
    return word[0].isalpha() and all(letter.isalpha() or letter in "'’" for letter in word)


def _words(text: str) -> list[str]:
    return [token.lower() for token in _TOKEN.findall(text) if _letters(token)]


# --------------------------------------------------------------------------- sentences

_CLOSE = rf"(?:[{CLOSERS}]|</[a-z]+\d*>)*+"
_STOPS = SHARED_ENDS + OWN_ENDS
_END = re.compile(rf"(?<![{_STOPS}])[{_STOPS}]++{_CLOSE}\s+|(?<![{WIDE_ENDS}])[{WIDE_ENDS}]++{_CLOSE}\s*")
_WIDE_END = re.compile(rf"[{WIDE_ENDS}]{_CLOSE}$")


def sentences(text: str) -> list[str]:
    """The sentences of a text. None starts with a small letter or holds half a pair of tags."""
    found: list[str] = []
    position = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        piece, position = text[position:end], end
        if found and (not _balanced(found[-1]) or _TAG.sub("", piece).lstrip(OPENERS)[:1].islower()):
            found[-1] += piece
        elif piece:
            found.append(piece)
    return [sentence.strip() for sentence in found]


def _balanced(text: str) -> bool:
    return text.count("</") * 2 == len(_TAG.findall(text))


def _pairs(text: str, translation: str) -> list[tuple[str, str]]:
    """The sentences of a text with their translations; none if there is any doubt about which belongs to which."""
    first, second = sentences(text), sentences(translation)
    if len(first) != len(second):
        return []
    share = len(translation) / max(len(text), 1)
    for one, other in zip(first, second, strict=True):
        alike = len(other) <= 2.5 * share * len(one) + 20 and len(one) * share <= 2.5 * len(other) + 20
        if not alike or _figures(one) != _figures(other) or _marks(one) != _marks(other):
            return []
    return list(zip(first, second, strict=True))


def _figures(text: str) -> Counter[tuple[int, ...]]:
    return Counter(tuple(map(int, figure)) for figure in re.findall(r"\d+", _TAG.sub("", text)))


def _marks(text: str) -> Counter[str]:
    return Counter(re.findall(r"</?[a-z]+\d*>|\{[^{}]*\}", text))


# --------------------------------------------------------------------------- what a catalog remembers


@dataclass(frozen=True, slots=True)
class Proposal:
    """A translation to check, and the text that (most of) it was made for."""

    translation: str
    made_for: str


class Memory:
    """Translations by text and by sentence. What is learnt first goes before what is learnt later."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._texts: dict[str, str] = {}
        self._sentences: dict[str, Proposal] = {}
        self._alike: dict[tuple[str, ...], dict[str, None]] = {}  # what may stand for one another, by its weight

    def learn(self, text: str, translation: str) -> None:
        """Remember a translation that somebody has checked."""
        self._texts.setdefault(text, translation)
        for one, other in _pairs(text, translation):
            self._sentences.setdefault(one, Proposal(other, text))
            self._alike.setdefault(self._guard.weight(one), {})[one] = None
        self._alike.setdefault(self._guard.weight(text), {})[text] = None

    def recall(self, text: str) -> Proposal | None:
        """The best proposal for a text: the same text's, else by sentences, else that of a text much like it."""
        if text in self._texts:
            return Proposal(self._texts[text], text)
        return self._by_sentence(text) or self._like(text)

    def _like(self, text: str) -> Proposal | None:
        """The translation of the most similar text or sentence that the guard allows."""
        if len(_words(text)) < LEAST_WORDS:
            return None
        from rapidfuzz import process  # not before it is needed: most runs propose nothing
        from rapidfuzz.distance import Indel

        there = list(self._alike.get(self._guard.weight(text), ()))
        found = process.extract(text, there, scorer=Indel.normalized_similarity, score_cutoff=LEAST_ALIKE, limit=5)
        best = next((like for like, _, _ in found if self._guard.allows(like, text)), None)
        if best is None:
            return None
        return Proposal(self._texts[best], best) if best in self._texts else self._sentences[best]

    def _by_sentence(self, text: str) -> Proposal | None:
        """Known sentences in translation, the others as they are; ``None`` if fewer than a third of the words are."""
        wanted = sentences(text)
        if len(wanted) < 2:
            return self._sentences.get(text) if len(_words(text)) >= LEAST_WORDS else None
        known = [self._sentences.get(sentence) or self._like(sentence) for sentence in wanted]
        words: Counter[str] = Counter()
        for sentence, found in zip(wanted, known, strict=True):
            words[found.made_for if found else ""] += len(_words(sentence))
        missing = words.pop("", 0)
        if words.total() < LEAST_WORDS or words.total() * 2 < missing:
            return None
        pieces = (found.translation if found else sentence for sentence, found in zip(wanted, known, strict=True))
        return Proposal("".join(_spaced(pieces)), words.most_common(1)[0][0])


def _spaced(pieces: Iterator[str]) -> Iterator[str]:
    """The sentences as they follow one another: with a space, but not after a full-width stop."""
    before = ""
    for piece in pieces:
        if before and not _WIDE_END.search(before[-20:]):
            yield " "
        yield piece
        before = piece
