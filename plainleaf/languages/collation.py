"""The order in which a language's readers look words up. Babel has no collation, so this is made of what Python knows.

First letters are compared, then accents, then small and capital letters. A language's data may say its alphabet
(``[order] alphabet``, with letters of two signs), in which ñ has a place of its own; or a character set whose codes
follow the sound of characters (GB 2312: the 3,755 common ones by Pinyin; Shift JIS) or their strokes (Big5). What no
rule can know, such as a character that is read in two ways or is none of the common ones, is told by ``[sorted-as]``,
in the data or in a locale's ``checks.toml``: a word, and what it is sorted as.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from plainleaf.languages.facts import LocaleData

Key = tuple[tuple[tuple[int, int], ...], str, str]

_SPACE, _DIGIT, _LETTER, _CHARACTER, _UNKNOWN = range(5)
# Written before the consonant behind which they are looked up, in Thai and Lao.
_BEFORE = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])|([\u0ec0-\u0ec4])([\u0e81-\u0eae])")
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_DOTLESS = ("az", "tr")  # where the capital of i has a dot, and I is that of ı
_VIRAMA = 9  # the combining class of what joins letters in the scripts of India, where it counts as a letter


def key(text: str, language: LocaleData) -> Key:
    """What a text is sorted by in a language."""
    spoken = unicodedata.normalize("NFC", text)
    if language.base in _DOTLESS:
        spoken = spoken.replace("I", "ı").replace("İ", "i")
    spoken = spoken.casefold()
    for word, instead in _sorted_as(language):
        spoken = spoken.replace(word, instead)
    spoken = _BEFORE.sub(lambda found: "".join(filter(None, (found[2], found[1], found[4], found[3]))), spoken)
    ranks, letters = _alphabet(language)
    charset = str(language.value("order.charset", ""))
    first: list[tuple[int, int]] = []
    for letter in letters.findall(spoken.translate(_KATAKANA)):
        if letter in ranks:
            first.append((_LETTER, ranks[letter]))
        else:
            first += (_place(sign, ranks, charset) for sign in _plain(letter))
    return tuple(place for place in first if place != (_UNKNOWN, 0)), spoken, text


def _plain(letter: str) -> str:
    """A letter without accents; the vowel signs of a script are no accents."""
    signs = unicodedata.normalize("NFD", letter)
    return "".join(sign for sign in signs if unicodedata.combining(sign) in (0, _VIRAMA))


def _place(sign: str, ranks: dict[str, int], charset: str) -> tuple[int, int]:
    """The place of one sign; that of a mark, which does not count, is ``(_UNKNOWN, 0)``."""
    if sign in ranks:
        return _LETTER, ranks[sign]
    if sign.isspace():
        return _SPACE, 0
    if sign.isdecimal():
        return _DIGIT, unicodedata.decimal(sign)
    if unicodedata.category(sign)[0] not in "LM":
        return _UNKNOWN, 0
    if charset and unicodedata.name(sign, "").startswith("CJK"):
        try:
            return _CHARACTER, int.from_bytes(sign.encode(charset))
        except UnicodeEncodeError:
            return _UNKNOWN, ord(sign)
    return _LETTER, len(ranks) + ord(sign)


@lru_cache(maxsize=256)
def _alphabet(language: LocaleData) -> tuple[dict[str, int], re.Pattern[str]]:
    """The places of a language's letters, and what finds them one by one, the longest first."""
    ranks = {letter: place for place, letter in enumerate(language.list("order", "alphabet"))}
    long = sorted((letter for letter in ranks if len(letter) > 1), key=lambda letter: -len(letter))
    return ranks, re.compile("|".join((*map(re.escape, long), "(?s:.)")))


@lru_cache(maxsize=256)
def _sorted_as(language: LocaleData) -> tuple[tuple[str, str], ...]:
    """Words with what they are sorted as, the longest first."""
    found = ((word.casefold(), said[0].casefold()) for word, said in language.section("sorted-as").items() if said[0])
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0])))
