"""About how wide a text will be, before any font is asked."""

from __future__ import annotations

from unicodedata import category, east_asian_width, name

from plainleaf.languages.scripts import script_of

_NARROW = {"ARABIC", "SYRIAC", "THAANA", "NKO"}
_WESTERN = {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN"}

# Ems of a letter, and of a vowel sign that takes room, where they differ from what is usual: fitted to the words that
# pages print, as set in each script's font.
_LETTER_AND_SIGN = {
    "BENGALI": (0.57, 0.46), "DEVANAGARI": (0.52, 0.51), "GUJARATI": (0.55, 0.41), "GURMUKHI": (0.6, 0.33),
    "HEBREW": (0.53, 0), "KHMER": (0.55, 0.38), "LAO": (0.56, 0), "MYANMAR": (0.92, 0.31), "SINHALA": (0.91, 0.48),
    "TAMIL": (0.85, 0.57), "TELUGU": (0.68, 0.59), "THAI": (0.54, 0),
}  # fmt: skip


def width(text: str) -> float:
    """About how wide a text is, in ems; a line is within some 10 % for the fonts that come with each script."""
    return sum(map(_ADVANCES.__getitem__, text))


_MOST = 4096


class _Advances(dict[str, float]):
    """How wide each character is, in ems; begun anew where there are ``_MOST``."""

    def __missing__(self, char: str) -> float:
        if len(self) >= _MOST:
            self.clear()
        wide = self[char] = _advance(char)
        return wide


_ADVANCES = _Advances()


def _advance(char: str) -> float:
    letter, sign = _LETTER_AND_SIGN.get(name(char, "").partition(" ")[0], (0, 0))  # a sign has no script of its own
    if category(char)[0] in "MC":
        return sign if category(char) == "Mc" else 0
    if east_asian_width(char) in "FW":
        return 1
    if char.isspace() or char in ".,:;!|'()ijlftrI-\u2011":
        return 0.27
    if char in "mwMW":
        return 0.9
    if letter and category(char)[0] == "L":
        return letter
    script = script_of(char)
    if script in _NARROW:
        return 0.4
    return 0.66 if category(char) == "Lu" else 0.57 if script in _WESTERN or char.isascii() else 0.64
