"""Text made comparable: without markup, in lower case, digits in ASCII, without marks that only help pronunciation."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from plainleaf.languages.digits import TO_ASCII
from plainleaf.languages.invisible import DIRECTION_MARKS, JOINERS, SOFT_HYPHEN
from plainleaf.languages.letters import COMBINING
from plainleaf.model import NOTE

HOLE = "\ufffc"  # stands for a placeholder, and for an address that is compared by itself
SPACES = " \u00a0\u202f\u2009\u2007"

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*>")
_MARK = re.compile(rf"\{{{NOTE}[a-z0-9_]+\}}")
PLACEHOLDER = re.compile(r"\{[a-z][a-z0-9_]*\}")

_TOKEN = re.compile(rf"(?:[^\W\d_][{COMBINING}]*)+|[%‰]|°\s?[cf]?(?![^\W\d_])")


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {**TO_ASCII}
    # pronunciation marks of Arabic, its stretching stroke, the nukta of Devanagari
    table |= dict.fromkeys([*range(0x64B, 0x660), 0x670, 0x640, 0x93C])
    table |= dict.fromkeys(map(ord, JOINERS + DIRECTION_MARKS + SOFT_HYPHEN))
    table |= {0xFF41 + at: chr(97 + at) for at in range(26)}  # wide letters, in lower case already
    pairs = {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ي": "ی", "ى": "ی", "ك": "ک", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ۂ": "ه",
        "ँ": "ं", "٪": "%", "％": "%", "﹪": "%", "٫": ".", "٬": ",", "．": ".", "：": ":", "⁄": "/", "µ": "μ", "’": "'",
        "ʼ": "'", "㎎": "mg", "㎏": "kg", "㎖": "ml", "℃": "°c", "℉": "°f", "−": "−", "‑": "-", "º": "°",
    }  # fmt: skip
    return table | {ord(key): value for key, value in pairs.items()}


_FOLD = _table()


def bare(text: str) -> str:
    """A message's words as printed: tags and marks of notes gone, entities read, another placeholder as one sign."""
    if "<" in text or "{" in text:
        text = PLACEHOLDER.sub(HOLE, _MARK.sub("", _TAG.sub("", text)))
    return html.unescape(text) if "&" in text else text


def fold(text: str) -> str:
    """Text made comparable. Digits, and the marks inside numbers, come out in ASCII, and "İ" of Turkish as
    the one letter that its small one is."""
    return unicodedata.normalize("NFC", text).replace("İ", "i").lower().translate(_FOLD)


@dataclass(frozen=True, slots=True)
class Token:
    """A word (or %, °C) of a folded text."""

    text: str
    start: int
    end: int


def tokens(folded: str) -> Iterator[Token]:
    """The words of a folded text; an apostrophe or hyphen ends a word."""
    for match in _TOKEN.finditer(folded):
        yield Token(match[0].replace(" ", ""), match.start(), match.end())


# One spelling of the letters that Arabic, Persian and Urdu write differently, and of the marks in Hebrew abbreviations.
_ALIKE = str.maketrans("یکہةى״׳’", "يكههي\"''", "ـ")


def skeleton(word: str) -> str:
    """A word from right to left without vowel signs, however its language or its typist spells its letters."""
    bare_letters = (char for char in unicodedata.normalize("NFD", word) if unicodedata.category(char) not in _SIGNS)
    return "".join(bare_letters).translate(_ALIKE)


_SIGNS = frozenset({"Mn", "Cf"})
