"""Findings as GitLab's code quality."""

from __future__ import annotations

from plainleaf.model import Severity
from plainleaf.reports.run import Run, advice, dumped, fingerprints, ordered, places, spot


def report(run: Run) -> str:
    """GitLab's Code Quality report; it needs a line, so the whole file is told at line 1."""
    grave = {Severity.ERROR: "major", Severity.WARNING: "minor"}
    found = ordered(run.findings)
    return dumped(
        [
            {
                "description": f"{advice(finding)}\n{places(finding)}",
                "check_name": finding.check,
                "fingerprint": mark,
                "severity": grave.get(finding.severity, "info"),
                "location": {"path": spot(finding).file, "lines": {"begin": spot(finding).line or 1}},
            }
            for finding, mark in zip(found, fingerprints(found), strict=True)
        ]
    )
