"""A check for what a new leaflet begins with: sentences that tell the writer what to write."""

from __future__ import annotations

from collections.abc import Iterator

from plainleaf.checks.source.passages import Passage
from plainleaf.checks.source.registry import Check, Problem, examples
from plainleaf.model import Severity
from plainleaf.sources import template


def _guidance(passage: Passage) -> Iterator[Problem]:
    if passage.text in template.guidance():
        yield Problem(
            f"“{passage.text}” is still the sentence that a new leaflet begins with",
            "write your own text in its place, or delete it",
        )


CHECKS = (
    Check(
        template.CHECK,
        Severity.WARNING,
        "A new leaflet begins with sentences that tell its writer what to write. Printed, they make no sense to"
        " patients, and they take the place of what matters. A leaflet that holds one cannot be signed off.",
        "your own text",
        _guidance,
        examples("Write the main message here. Say it in one or two short sentences.", "Write the next sign."),
        examples("Write your questions before you come.", "Say what you want to know."),
        "ISO 24495-1, principle 1: readers get what they need",
        needs="",
    ),
)
