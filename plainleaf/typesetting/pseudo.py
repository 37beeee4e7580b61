"""Pseudo-languages: made-up translations that show, before a translator begins, what a layout does with long or
right-to-left text.

``en_XA`` is English with accents, in brackets, at least 40 % longer; ``ar_XB`` is English in Arabic letters, from right
to left. Tags and ``{details}`` stay whole; figures, units and names in capitals stay in Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import cycle

from plainleaf.languages import facts
from plainleaf.model import Locale, Location, State, Translation
from plainleaf.model.tags import language_tag
from plainleaf.typesetting import locales

LONGER = 1.4  # what German, Finnish or Tamil may need

_FILE = Location("pseudo")
_MARK = re.compile(r"(</?\w+>|\{\w+\}|&#?\w+;)")  # what stays as it is
_ACCENTS = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž"
)
_VOWEL = re.compile("[aeiouyAEIOUY]")
_MORE = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")  # as Android's pseudo-locale

_LETTERS = dict(
    zip("abcdefghijklmnopqrstuvwxyz", "ابكدىفغهيجكلمنوپقرستعڤوخيز", strict=True)
) | {",": "،", ";": "؛", "?": "؟"}  # fmt: skip
# A dose, a range, a time, a name in capitals: what stands in Latin letters inside a right-to-left line.
_LATIN = re.compile(
    r"[\d+][\d.,:/–-]*(?:\s?(?:mg|mcg|ml|g|kg|%|[AaPp]\.?[Mm]\.?)(?!\w))?|\b[A-Z][A-Z0-9.-]+\b|https?://\S+"
)


def accented(text: str) -> str:
    """A message with accents, in brackets, longer."""
    parts = _MARK.split(text)
    made = "".join(part if index % 2 else _accented(part) for index, part in enumerate(parts))
    wanted = _length(text) * LONGER
    for word in cycle(_MORE):
        if _length(made) + 2 >= wanted:
            return f"[{made}]"
        made += " " + word.translate(_ACCENTS)
    raise AssertionError  # cycle() has no end


def _accented(text: str) -> str:
    return _VOWEL.sub(lambda vowel: vowel[0] + vowel[0].lower(), text).translate(_ACCENTS)


def in_arabic_letters(text: str) -> str:
    """A message in Arabic letters: from right to left by its letters alone, without invisible marks."""
    return "".join(part if index % 2 else _mirrored(part) for index, part in enumerate(_MARK.split(text)))


def _mirrored(text: str) -> str:
    made, done = [], 0
    for latin in _LATIN.finditer(text):
        made += [_arabic(text[done : latin.start()]), latin[0]]
        done = latin.end()
    return "".join([*made, _arabic(text[done:])])


def _arabic(text: str) -> str:
    return "".join(_LETTERS.get(char.lower(), char) for char in text)


def _length(text: str) -> int:
    return len(_MARK.sub("", text))


# By the names that the data of made-up languages gives them.
_MAKERS: Mapping[str, Callable[[str], str]] = {"accents": accented, "arabic-letters": in_arabic_letters}
NAMES = tuple(facts.pseudo())


def locale(name: str) -> Locale:
    """A pseudo-language as printed: fonts, direction and dates are those of English or Arabic."""
    made = facts.pseudo()[name]
    base = locales.locale(made.like)
    english = f"Pseudo-{base.english_name}"
    own = _MAKERS[made.made](english)
    return replace(base, name=name, tag=language_tag(name), own_name=own, english_name=english, digits="latn")


@dataclass(frozen=True, slots=True)
class Catalog:
    """A catalog of a pseudo-language: it has a translation for every text."""

    name: str

    def lookup(self, context: str, text: str) -> Translation | None:
        """The text as the pseudo-language has it."""
        return Translation(_MAKERS[facts.pseudo()[self.name].made](text), State.CURRENT, _FILE)
