"""Text made comparable: without markup, in lower case, digits in ASCII, without marks that only help pronunciation."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

HOLE = "\ufffc"  # stands for a placeholder, and for an address that is compared by itself
SPACES = " \u00a0\u202f\u2009\u2007"

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*>")
_PLACEHOLDER = re.compile(r"\{[a-z][a-z0-9_]*\}")
ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]*[A-Za-z0-9/]"
    r"|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?<![A-Za-z0-9.])(?:[A-Za-z0-9-]+\.)+(?:org|gov|com|net|edu|int|info|eu|uk|us|ca|au|nhs)"
    r"(?![A-Za-z0-9])(?:/[!-~]*[A-Za-z0-9/])?"
)

# Python's \w leaves out vowel signs, which are letters' parts in most scripts of Asia.
MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc\u09be-\u09cd\u09d7\u09e2\u09e3"
    "\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71\u0a75\u0a81-\u0a83\u0abc\u0abe-\u0acd\u0ae2\u0ae3\u0b01-\u0b03\u0b3c"
    "\u0b3e-\u0b57\u0b82\u0bbe-\u0bcd\u0bd7\u0c00-\u0c04\u0c3e-\u0c56\u0c81-\u0c83\u0cbc\u0cbe-\u0cd6\u0d00-\u0d03"
    "\u0d3b\u0d3c\u0d3e-\u0d4d\u0d57\u0d81-\u0d83\u0dca-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc"
    "\u0ec8-\u0ecd\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u200c\u200d"
)
LETTER = rf"(?:[^\W\d_]|[{MARKS}])"
_TOKEN = re.compile(rf"(?:[^\W\d_][{MARKS}]*)+|[%‰]|°\s?[cf]?(?![^\W\d_])")

_ZEROS = (
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0xF20, 0x1040,
    0x17E0, 0xFF10,
)  # fmt: skip


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {zero + digit: str(digit) for zero in _ZEROS for digit in range(10)}
    # pronunciation marks of Arabic, its stretching stroke, joiners, the nukta of Devanagari
    table |= dict.fromkeys([*range(0x64B, 0x660), 0x670, 0x640, 0x200C, 0x200D, 0x200E, 0x200F, 0x61C, 0x93C, 0xAD])
    table |= {0xFF21 + place: chr(97 + place) for place in range(26)} | {0xFF41 + at: chr(97 + at) for at in range(26)}
    pairs = {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ي": "ی", "ى": "ی", "ك": "ک", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ۂ": "ه",
        "ँ": "ं", "٪": "%", "％": "%", "﹪": "%", "٫": ".", "٬": ",", "．": ".", "：": ":", "⁄": "/", "µ": "μ", "’": "'",
        "ʼ": "'", "㎎": "mg", "㎏": "kg", "㎖": "ml", "℃": "°c", "℉": "°f", "−": "−", "‑": "-", "º": "°",
    }  # fmt: skip
    return table | {ord(key): value for key, value in pairs.items()}


_FOLD = _table()


def bare(text: str) -> str:
    """A message's words as printed: tags gone, entities read, a placeholder as one mark."""
    if "<" in text or "{" in text:
        text = _PLACEHOLDER.sub(HOLE, _TAG.sub("", text))
    return html.unescape(text) if "&" in text else text


def fold(text: str) -> str:
    """Text made comparable. Digits, and the marks inside numbers, come out in ASCII."""
    return unicodedata.normalize("NFC", text).lower().translate(_FOLD)


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
