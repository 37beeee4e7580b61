"""What a check on a translation is: a record that says why it exists and carries its own examples.

``fires_on`` must give a finding of exactly that check, ``passes_on`` must not: the examples are the tests and the
reference page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from plainleaf.checks.translation.cases import Case
from plainleaf.model import Severity


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check saw: in words, and how to fix it. ``soft``: a warning, though the check can give errors."""

    message: str
    hint: str = ""
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A message with a translation into ``locale``, as a check would meet it."""

    locale: str
    source: str
    translation: str
    terms: Mapping[str, str] = field(default_factory=dict, hash=False)
    safety: bool = False
    flags: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Check:
    """One check. ``severity`` is the worst it can give; ``reference`` names a standard, "" where there is none."""

    id: str
    severity: Severity
    rationale: str
    run: Callable[[Case], Iterator[Problem]]
    fires_on: tuple[Example, ...]
    passes_on: tuple[Example, ...]
    reference: str = ""

    @property
    def name(self) -> str:
        """How a translator's waiver names it: "numbers" for "po-numbers"."""
        return self.id.removeprefix("po-")


@dataclass(frozen=True, slots=True)
class Found:
    """One problem of a text. ``waived`` is the reason to leave it so, ``by`` who gave it, "" if there is none."""

    check: str
    severity: Severity
    message: str
    hint: str = ""
    waived: str = ""
    by: str = ""


def found(check: Check, case: Case) -> Iterator[Found]:
    """What one check finds in one translation."""
    for problem in check.run(case):
        severity = Severity.WARNING if problem.soft else check.severity
        yield Found(check.id, severity, problem.message, problem.hint)
