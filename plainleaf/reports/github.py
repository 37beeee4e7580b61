"""Findings as GitHub's workflow commands, which it shows as annotations."""

from __future__ import annotations

import re
from collections import Counter

from plainleaf.model import Finding, Severity
from plainleaf.reports import terminal
from plainleaf.reports.run import GRAVEST_FIRST, Run, advice, ordered, spot, visible

SHOWN = 10  # annotations of each kind for one step; docs.github.com, "Workflow commands", limits


def report(run: Run) -> str:
    """Workflow commands that GitHub shows as annotations at the line to fix; the last line counts them all.

    GitHub shows only the first few of each kind, so those come first that are the first of their check in their file.
    """
    seen: Counter[tuple[str, str]] = Counter()
    ranked = []
    for finding in ordered(run.findings):
        kind = (finding.check, spot(finding).file)
        ranked.append((GRAVEST_FIRST.index(finding.severity), seen[kind], finding))
        seen[kind] += 1
    lines = [_annotation(finding) for *_, finding in sorted(ranked, key=lambda each: each[:2])]
    counts = Counter(finding.severity for finding in run.findings)
    end = terminal.tally(run.findings)
    if any(count > SHOWN for count in counts.values()):
        end += f" (GitHub shows {SHOWN} of each kind as annotations; all are in this step's log)"
    return "\n".join([*lines, end])


def _annotation(finding: Finding) -> str:
    command = {Severity.ERROR: "error", Severity.WARNING: "warning"}.get(finding.severity, "notice")
    place = spot(finding)
    about = {"file": place.file, "line": str(place.line) if place.line and place.file else "", "title": finding.check}
    properties = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in about.items() if value)
    text = advice(finding)
    if place != finding.at and finding.at.file:
        text += f"\nSource: {finding.at}"
    return f"::{command}{' ' if properties else ''}{properties}::{_escaped(text)}"


def _escaped(text: str, also: str = "") -> str:
    """As the runner reads it back: %25 %0D %0A, and in properties %3A %2C."""
    return re.sub(f"[%\r\n{also}]", lambda match: f"%{ord(match[0]):02X}", visible(text))
