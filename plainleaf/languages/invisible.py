"""Characters that print nothing, by what they do. Code takes them from here: typed into it, nobody could see them.

Each is a plain string of characters, which may also stand inside the brackets of a regular expression.
"""

from __future__ import annotations

ZERO_WIDTH_SPACE = "\u200b"  # a line may break here; Khmer and Thai put it between words
WORD_JOINER = "\u2060"  # no line breaks here
SOFT_HYPHEN = "\u00ad"
BYTE_ORDER_MARK = "\ufeff"
JOINERS = "\u200c\u200d"  # belong to the spelling of Persian, Urdu and the Indic languages
LINE_ENDS = "\u2028\u2029"

LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
DIRECTION_MARKS = LEFT_TO_RIGHT_MARK + RIGHT_TO_LEFT_MARK + "\u061c"
EMBEDDINGS = "\u202a\u202b\u202c\u202d\u202e"
FIRST_STRONG_ISOLATE = "\u2068"
ISOLATES = "\u2066\u2067" + FIRST_STRONG_ISOLATE
ISOLATE_END = "\u2069"
BIDI_CONTROLS = DIRECTION_MARKS + EMBEDDINGS + ISOLATES + ISOLATE_END

# Part words, or forbid it, or do nothing at all: the vowel separator of Mongolian, the operators of formulas.
WORD_CONTROLS = SOFT_HYPHEN + "\u180e" + ZERO_WIDTH_SPACE + LINE_ENDS + WORD_JOINER + "\u2061\u2062\u2063\u2064"
WORD_CONTROLS += BYTE_ORDER_MARK
# Look like nothing, and belong to a letter beside them: joiner of graphemes, fillers of Hangul, selectors of variants.
ATTACHED = "\u034f\u115f\u1160\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10)))

CONTROLS = "".join(map(chr, (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0))))  # no tab, no line end
