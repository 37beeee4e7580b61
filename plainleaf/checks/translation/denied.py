"""Which of two doses a "not" denies: "5 ml, not 5 mg" must not become "5 mg, not 5 ml"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from plainleaf.checks.translation.cases import Side
from plainleaf.checks.translation.quantities import Quantity
from plainleaf.languages.schema import TIMES

Key = tuple[Fraction, str]  # a value and its unit
_PAUSE = re.compile(r"[,،、，;；:—–(（.。।]|\bbut\b")
_KINDS = (frozenset(TIMES), frozenset({"times"}))  # units that are not doses
_NEAR = 14  # characters between a "not" and the figure that it denies


def denied(side: Side, numbers: Sequence[Quantity]) -> Mapping[frozenset[Key], Key]:
    """Two doses in a row, of which one is denied, with the denied one; none that can be read in two ways."""
    found: dict[frozenset[Key], Key] = {}
    nots = side.tagged.get("word:not", ())
    for one, other in pairwise(numbers):
        keys = (one.value, one.unit), (other.value, other.unit)
        apart = _PAUSE.search(side.folded[one.end : other.start])  # "not 2 tablets 3 times" denies both
        if not (nots and apart and keys[0] != keys[1] and _alike(one.unit, other.unit)):
            continue
        which = _which(side, one, other, [(hit.start, hit.end) for hit in nots])
        if which is not None:
            found[frozenset(keys)] = keys[which]
    return found


def _alike(one: str, other: str) -> bool:
    """Whether one may be given in place of the other: two doses, two spans of time, two counts of times."""
    return bool(one and other) and all((one in kind) == (other in kind) for kind in _KINDS)


def _which(side: Side, one: Quantity, other: Quantity, nots: Sequence[tuple[int, int]]) -> int | None:
    """0 for the first, 1 for the second: a "not" belongs to the figure that no pause parts it from."""
    denies: set[int] = set()
    folded = side.folded
    for start, end in nots:
        if one.end <= start and end <= other.start:
            before, behind = _PAUSE.search(folded[one.end : start]), _PAUSE.search(folded[end : other.start])
            if bool(before) == bool(behind):
                return None
            denies.add(1 if before else 0)
        elif 0 <= one.start - end <= _NEAR and not _PAUSE.search(folded[end : one.start]):
            denies.add(0)
        elif 0 <= start - other.end <= _NEAR and not _PAUSE.search(folded[other.end : start]):
            denies.add(1)
    return denies.pop() if len(denies) == 1 else None
