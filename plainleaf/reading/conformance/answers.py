"""What a check says of a file: at how many things it has looked, which of them fail, or why it cannot tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from plainleaf.reading.conformance.document import Document

MOST_CASES = 20  # of one condition, that are named


@dataclass(frozen=True, slots=True)
class Case:
    """Something that fails a condition, in words; ``page`` from 1, 0 if it is of no page."""

    page: int
    what: str


@dataclass(frozen=True, slots=True)
class Answer:
    """``looked_at``: how many things there were to judge, none if the condition does not apply. ``cases``: the first of
    those that fail, ``more`` are not named. ``unjudged``: why it cannot be told whether the rest is good, "" if it
    can."""

    looked_at: int
    cases: tuple[Case, ...] = ()
    more: int = 0
    unjudged: str = ""


Check = Callable[[Document], Answer]
Checks = Mapping[str, Check]


def of(looked_at: int, cases: Iterable[Case], unjudged: str = "") -> Answer:
    """An answer from all cases; one that is found twice is named once."""
    found = tuple(dict.fromkeys(cases))
    return Answer(looked_at, found[:MOST_CASES], max(0, len(found) - MOST_CASES), unjudged)


def one(good: bool, what: str) -> Answer:
    """An answer about the file as a whole."""
    return Answer(1, () if good else (Case(0, what),))
