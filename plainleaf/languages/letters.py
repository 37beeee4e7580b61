r"""What a word is made of, as a regular expression. Python's ``\w`` leaves out vowel signs, as most scripts of Asia
have them.

A vowel sign or accent is what Unicode calls a nonspacing or a spacing mark; its table is Python's, kept by nobody here.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, groupby

from plainleaf.languages.invisible import JOINERS

# Where marks on letters lie; between are selectors of variants, symbols, ideographs and Hangul.
_BLOCKS = chain(range(0x300, 0x180B), range(0x1810, 0x2000), range(0x2C00, 0x3000), range(0xA66F, 0xAC00), (0xFB1E,))


def _ranges() -> str:
    """Every combining mark, for the inside of brackets: runs as "a-b"."""
    marks = (point for point in _BLOCKS if unicodedata.category(chr(point)) in ("Mn", "Mc"))
    runs = [[*run] for _, run in groupby(enumerate(marks), lambda pair: pair[1] - pair[0])]
    return "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)


COMBINING = _ranges() + JOINERS  # for the inside of brackets
LETTER = rf"(?:[^\W\d_]|[{COMBINING}])"
WORD = re.compile(rf"{LETTER}+")


def edges(spaced: bool) -> tuple[str, str]:
    """What is before and behind a word that is one of its own, as expressions; where no spaces stand between words, its
    last letter is whole."""
    return (rf"(?<![\w{COMBINING}])", rf"(?![\w{COMBINING}])") if spaced else ("", rf"(?![{COMBINING}])")
