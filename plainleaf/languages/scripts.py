"""Which script a text is written in. Whoever asks asks here: "is it ASCII" is no answer to it.

A script goes by the first word of its letters' names in Unicode: "LATIN", "ARABIC", "CJK".
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# First words that name no script: of letters that are used as signs, and of the figures that all scripts share.
_NO_SCRIPT = {
    "ALEF", "ANGSTROM", "BET", "BLACK-LETTER", "CARON", "DALET", "DIGIT", "DOUBLE-STRUCK", "EULER", "FEMININE", "GIMEL",
    "INFORMATION", "KELVIN", "MASCULINE", "MICRO", "MODIFIER", "OHM", "PLANCK", "SCRIPT", "SEGMENTED", "SUPERSCRIPT",
    "TURNED", "VERTICAL",
}  # fmt: skip
RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"})
"""The scripts in use that are written from right to left, by their code in ISO 15924."""

_OWN_FIGURES = {"ARABIC-INDIC": "ARABIC", "EXTENDED": "ARABIC"}
_WIDTHS = ("FULLWIDTH ", "HALFWIDTH ")


@lru_cache(maxsize=4096)
def script_of(char: str) -> str:
    """The script of a letter, or of a figure of a script's own; "" for all that goes with any script.

    That is: figures 0 to 9, spaces of any width, hyphens, brackets, signs, marks on letters.
    """
    if not (char.isalpha() or char.isdecimal()):
        return ""
    name = unicodedata.name(char, "")
    for width in _WIDTHS:
        name = name.removeprefix(width)
    first = name.partition(" ")[0]
    return "" if first in _NO_SCRIPT else _OWN_FIGURES.get(first, first)


def scripts_of(text: str) -> frozenset[str]:
    """All scripts of a text; none for one of figures and signs, such as a telephone number."""
    return frozenset(map(script_of, set(text))) - {""}
