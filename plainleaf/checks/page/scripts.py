"""Scripts, as print measures them: how tall letters are, how many characters wide a line counts."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from plainleaf.languages.scripts import scripts_of

# A letter of each script and its height above the baseline, in em, in the type that sizes are stated for. A face with
# lower letters counts as smaller than its nominal size by as much; one with taller letters counts as its nominal size.
# Latin, Greek, Cyrillic: x of Arial, in which "12 point" of clear print is illustrated; Times has 0.448, so that 12 pt
# of it count as 10.4. For the others nobody has such a norm: the letter in the Noto face that our sizes are tuned to
# (Naskh Arabic, Sans Devanagari; from their outlines). Ideographs, kana and hangul fill the em in every face, and
# scripts that are not listed have no measure here: all of these count as their nominal size.
REFERENCES: Mapping[str, tuple[str, float]] = {"Latn": ("x", 0.519), "Arab": ("ا", 0.671), "Deva": ("क", 0.622)}

# The groups that scripts are measured in (ISO 15924), by their names in ``plainleaf.scripts``: those of languages that
# leaflets are made in.
_GROUPS = {
    "LATIN": "Latn", "GREEK": "Latn", "CYRILLIC": "Latn",
    "CJK": "Hani", "HANGUL": "Hani", "HIRAGANA": "Hani", "IDEOGRAPHIC": "Hani", "KATAKANA": "Hani",
    "KATAKANA-HIRAGANA": "Hani",
    "ARABIC": "Arab", "ARMENIAN": "Armn", "BENGALI": "Beng", "DEVANAGARI": "Deva", "ETHIOPIC": "Ethi",
    "GEORGIAN": "Geor", "GUJARATI": "Gujr", "GURMUKHI": "Guru", "HEBREW": "Hebr", "KANNADA": "Knda", "KHMER": "Khmr",
    "LAO": "Laoo", "MALAYALAM": "Mlym", "MYANMAR": "Mymr", "ORIYA": "Orya", "SINHALA": "Sinh", "TAMIL": "Taml",
    "TELUGU": "Telu", "THAI": "Thai", "TIBETAN": "Tibt",
}  # fmt: skip

# A locale's script (ISO 15924) as it is told here.
_SAME = {"Cyrl": "Latn", "Grek": "Latn", "Hans": "Hani", "Hant": "Hani", "Jpan": "Hani", "Kore": "Hani"}


def family(script: str) -> str:
    """The group of scripts that one belongs to: those that are measured in the same way."""
    return _SAME.get(script, script)


def families(text: str) -> frozenset[str]:
    """The groups of the scripts of a text; "Zzzz" for a script of none. Figures and signs alone have no group."""
    return frozenset(_GROUPS.get(script, "Zzzz") for script in scripts_of(text))


def length(text: str) -> int:
    """How many characters wide a line is: marks above and below count nothing, wide (CJK) characters two."""
    if text.isascii():
        return len(text.strip())
    return sum(map(_width, text.strip()))


@lru_cache(maxsize=4096)
def _width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
