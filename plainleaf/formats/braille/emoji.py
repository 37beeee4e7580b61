"""Emoji that decorate a text, for which braille has no sign: those beside its words, at its beginning or its end, and
those between two sentences.

One among the words may stand for a word ("Take 1 💊"), one alone for all of a text, and some say yes, no, danger, a
time or a direction wherever they are: these are not left out, so that their author is asked for words.
Unicode 15.1, Emoji Charts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from plainleaf.formats.braille.units import Piece
from plainleaf.languages.invisible import JOINERS
from plainleaf.languages.punctuation import OWN_ENDS, SHARED_ENDS, WIDE_ENDS


def _signs(ranges: str) -> frozenset[str]:
    """Characters written as in Unicode's tables, "2605 1F300-1F64F"."""
    pairs = ((first, last or first) for first, _, last in (part.partition("-") for part in ranges.split()))
    return frozenset(chr(point) for first, last in pairs for point in range(int(first, 16), int(last, 16) + 1))


_SPEAK = _signs(
    "1F446-1F449 1F44D 1F44E 1F4AF 1F4C8 1F4C9 1F4F5 1F500-1F507 1F515 1F519-1F524 1F534 1F535 1F53A-1F53D"
    " 1F550-1F567 1F645 1F646 1F6AB 1F6AD 1F6AF 1F6B1 1F6B3 1F6B7 1F6D1"
)
_DRAWN = _signs(
    "1F300-1F64F 1F680-1F6FF 1F900-1F9FF 1FA70-1FAFF 2600-2603 2605 2606 260E 2615 2639 263A 2665 2702 2708 2709 270F"
    " 2728 2764 2B50"
)
DECORATE = _DRAWN - _SPEAK
_AROUND = "".join(sorted(DECORATE)) + JOINERS + "\ufe0e\ufe0f \u00a0"  # how an emoji is drawn, and spaces
_BEHIND = re.compile(rf"(?<=[{WIDE_ENDS}{OWN_ENDS}{SHARED_ENDS}])[{_AROUND}]+(?=\w)")  # a sentence, before another


def without(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """A text without the emoji around its words and sentences, and those; as it is where it has no words."""
    said = [at for at, piece in enumerate(pieces) if not piece.line and not piece.aside and piece.text.strip()]
    if all(DECORATE.isdisjoint(pieces[at].text) for at in said):
        return tuple(pieces), ()
    made = list(pieces)
    for at in said:
        made[at] = replace(made[at], text=_BEHIND.sub(_space, made[at].text))
    for at, stripped in ((said[0], str.lstrip), (said[-1], str.rstrip)):
        text = made[at].text
        left = stripped(text, _AROUND)
        if left != stripped(text):  # more than spaces
            made[at] = replace(made[at], text=left)
    if not any(map(str.isalnum, "".join(made[at].text for at in said))):
        return tuple(pieces), ()
    kept = list(_of(made))
    gone = [sign for sign in _of(pieces) if sign not in kept]
    return tuple(made), tuple(dict.fromkeys(gone))


def _space(found: re.Match[str]) -> str:
    """What is left of what stands between two sentences; all of it where none begins: behind an abbreviation."""
    begins = found.string[found.end()]
    if DECORATE.isdisjoint(found[0]) or begins.islower() or not begins.isalpha():
        return found[0]
    return " " if " " in found[0] or "\u00a0" in found[0] else ""


def _of(pieces: Iterable[Piece]) -> Iterable[str]:
    return (sign for piece in pieces for sign in piece.text if sign in DECORATE)
