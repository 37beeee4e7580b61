"""What has changed in a text, word by word, and which earlier text it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

LEAST_ALIKE = 0.6  # below it two texts are two texts, not one that has changed

_WORD = re.compile(r"</?\w+>|\{\w+\}|&#?\w+;|\w+(?:['’.,:-]\w+)*|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed ("="), went ("-") or came ("+")."""

    mark: Literal["=", "-", "+"]
    text: str


def words(was: str, now: str) -> tuple[Piece, ...]:
    """The way from one text to the other. Kept and gone pieces joined give the old text, kept and new ones the new."""
    old, new = _WORD.findall(was), _WORD.findall(now)
    pieces: list[Piece] = []
    gone = come = ""
    for what, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if what == "equal" and (before.strip() or not (gone or come) or old_to == len(old)):
            pieces += [*_change(gone, come), Piece("=", before)]
            gone = come = ""
        else:  # a space between two changed words belongs to the change
            gone, come = gone + before, come + after
    return (*pieces, *_change(gone, come))


def _change(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield Piece("-", gone)
    if come:
        yield Piece("+", come)


def marked(pieces: Iterable[Piece]) -> str:
    """A change in one line of plain text: ``Take [-4-] {+6+} puffs`` (as ``wdiff`` writes it)."""
    signs = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
    return "".join(f"{signs[piece.mark][0]}{piece.text}{signs[piece.mark][1]}" for piece in pieces)


def closest(text: str, among: Iterable[str]) -> str:
    """The text most like this one, "" if none is alike."""
    best, score = "", LEAST_ALIKE
    match = SequenceMatcher(autojunk=False)
    match.set_seq2(text)
    for candidate in among:
        match.set_seq1(candidate)
        if match.real_quick_ratio() > score and match.quick_ratio() > score and match.ratio() > score:
            best, score = candidate, match.ratio()
    return best
