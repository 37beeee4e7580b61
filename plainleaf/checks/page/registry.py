"""What a check on the printed page is: a record that says why it exists and carries its own examples.

``fires_on`` is printed and must give a finding of exactly that check, ``passes_on`` must not: the examples are the
tests and the reference page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from plainleaf.checks.page.boxes import Printout
from plainleaf.model import Finding, Location, Severity


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check saw: at which element, in words, and how to fix it. ``soft``: a warning, though the check can give
    errors. ``at``: where it is to be corrected, if that is not where the element is from."""

    element: Any
    message: str
    hint: str = ""
    soft: bool = False
    at: Location | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A small page: what stands in ``<body>``, style sheet, and what differs from the usual rules. ``tag``: BCP 47."""

    body: str
    css: str = ""
    rules: Mapping[str, Any] = field(default_factory=dict, hash=False)
    tag: str = "en"


@dataclass(frozen=True, slots=True)
class PageCheck:
    """One check. ``severity`` is the worst it can give; ``reference`` names the clause of a standard that asks for it.

    ``what`` and ``fix``: what it finds and how to fix it, in general. ``painted``: it looks at the page as it is drawn,
    and so needs the written PDF.
    """

    id: str
    severity: Severity
    rationale: str
    run: Callable[[Printout], Iterator[Problem]]
    fires_on: tuple[Example, ...]
    passes_on: tuple[Example, ...]
    reference: str
    what: str
    fix: str
    painted: bool = False


def found(check: PageCheck, printout: Printout) -> Iterator[Finding]:
    """What one check finds on the pages, each with its block's name and its place in source and translation."""
    for problem in check.run(printout):
        severity = Severity.WARNING if problem.soft else check.severity
        at, po = (problem.at, None) if problem.at else printout.origin(problem.element)
        name = "" if problem.at else printout.name(problem.element)
        message = f"{name}, {problem.message}" if name else problem.message
        yield Finding(check.id, severity, message, at, problem.hint, po)
