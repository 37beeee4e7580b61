"""What a check on a source's text is: a record that says why it exists and carries its own examples.

``bad`` must give a finding of that check, ``good`` must give none of any check: the examples are the tests and
the reference page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from plainleaf.checks.source.passages import Passage
from plainleaf.model import Severity

ISMP = "ISMP, List of Error-Prone Abbreviations, Symbols, and Dose Designations (2021)"
DO_NOT_USE = "Joint Commission, official “Do Not Use” list"


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check saw: in words, and what to write. ``soft``: a warning, though the check can give errors."""

    message: str
    hint: str
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A text as a check would meet it; ``heads``: of a table's cell, what its column and row are called."""

    text: str
    country: str = "US"
    heads: str = ""
    locale: str = "en"


@dataclass(frozen=True, slots=True)
class Check:
    """One check. ``severity`` is the worst it can give. ``write``: the right form; ``reference``: who asks for it.

    ``everywhere``: it holds for translations too, with the words of their language. ``needs``: what a text
    must have for it to be asked at all: a "figure", a "sign", letters of a short "form".
    """

    id: str
    severity: Severity
    rationale: str
    write: str
    run: Callable[[Passage], Iterator[Problem]]
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    reference: str
    everywhere: bool = False
    needs: Literal["", "figure", "sign", "form"] = "figure"


@dataclass(frozen=True, slots=True)
class Found:
    """One problem of a text."""

    check: str
    severity: Severity
    message: str
    hint: str


def examples(*texts: str, country: str = "US", locale: str = "en") -> tuple[Example, ...]:
    """Plain texts as examples."""
    return tuple(Example(text, country, locale=locale) for text in texts)
