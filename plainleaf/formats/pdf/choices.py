"""What was chosen for the ends of pages, so that the same sheet is laid out once when it is made again.

A choice is known by the number of the layout, that of the page in it, and how often that page was laid out before in
it: the same sheet has the same ones. For any other sheet nothing is remembered: what was made before has no part in
what is made.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_PREFIX = "ends"
_ONE = re.compile(r"(\d+)\.(\d+)\.(\d+):(b?)([\d.]*)/(-?[\d.e+-]+)")


@dataclass(frozen=True, slots=True)
class Choice:
    """How a page ends that was laid out more than once.

    ``path``: the indices of boxes down to the one that began the next page, and that was let break; () if none was.
    ``boxes``: whether boxes were let break too. ``more``: px by which the page was laid out longer and then closed up,
    0 for not at all.
    """

    path: tuple[int, ...] = ()
    boxes: bool = False
    more: float = 0.0


Page = tuple[int, int, int]  # the layout, the page in it, how often that was laid out before


@dataclass(slots=True)
class Memory:
    """While a sheet is made: the choices that are ``known``, those that were ``made``, how many layouts there were."""

    known: Mapping[Page, Choice] = field(default_factory=dict)
    made: dict[Page, Choice] = field(default_factory=dict)
    layouts: int = 0


def digest(parts: Iterable[object]) -> str:
    """A short digest of all that decides where pages end."""
    return hashlib.sha256(repr(tuple(parts)).encode()).hexdigest()[:16]


def short(made: Mapping[Page, Choice], of: str) -> str:
    """Choices in short, with the digest of their sheet; "" for none."""
    said = (
        f"{'.'.join(map(str, page))}:{'b' * choice.boxes}{'.'.join(map(str, choice.path))}/{choice.more!r}"
        for page, choice in sorted(made.items())
    )
    return " ".join((_PREFIX, of, *said)) if made else ""


def remembered(said: str, of: str) -> dict[Page, Choice]:
    """The choices that this is short for, if it is of the same sheet."""
    prefix, _, rest = said.partition(" ")
    its, *all_said = rest.split(" ")
    found = [_ONE.fullmatch(each) for each in all_said]
    if (prefix, its) != (_PREFIX, of) or not all(found):
        return {}
    return {
        (int(each[1]), int(each[2]), int(each[3])): Choice(
            tuple(map(int, filter(None, each[5].split(".")))), bool(each[4]), float(each[6])
        )
        for each in found
        if each
    }
