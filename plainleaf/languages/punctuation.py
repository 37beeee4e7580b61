"""Marks that end sentences and that stand around them, of all scripts.

Which of them a script writes stands in its file (``data/scripts/<Script>.toml``, ``[marks]``); a test holds the two
together. Each constant is a plain string of characters for the inside of a regular expression's brackets.
"""

from __future__ import annotations

WIDE_ENDS = "。！？｡"  # hold the space after them: the next sentence follows at once
# Of one script each, and nothing else: Arabic and Urdu, Indic, Armenian, Ethiopic, Burmese, Khmer, Tibetan.
OWN_ENDS = "؟۔।॥։።፧፨။៕។"
SHARED_ENDS = ".!?…‼⁇⁈⁉"  # of many scripts; the full stop ends abbreviations too

CLOSERS = "\"'”’»›«)\\]}」』】）》“"  # may stand between a sentence's mark and the space after it
OPENERS = "\"'“‘«»„‚([¿¡「『（【《‹"  # may stand before a sentence's first letter

WIDE_SCRIPTS = ("Hans", "Hant", "Jpan")  # their marks are as wide as a character, and hold their own space


def bracketed(text: str, aside: str, script: str) -> str:
    """A text with another one in brackets behind it, as a script (ISO 15924) writes them."""
    return f"{text}（{aside}）" if script in WIDE_SCRIPTS else f"{text} ({aside})"
