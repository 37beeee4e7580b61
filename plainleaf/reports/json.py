"""Findings as JSON, for any program.

Version 1; keys may be added, and if one changes or goes, the version rises::

    {"version": 1,
     "tool": {"name": "plainleaf", "version": "0.1.0"},
     "checked": ["sources/x.md", ...],
     "counts": {"error": 1, "warning": 0, "unmeasured": 0} ("note" too, if there are any),
     "findings": [{"check": "po-numbers",
                   "severity": "error" | "warning" | "unmeasured" | "note",
                   "message": "...",
                   "hint": "..." ("" if there is none),
                   "at": {"file": "sources/x.md", "line": 14} (0: the whole file),
                   "po": {"file": "locales/es/LC_MESSAGES/x.po", "line": 32} or null,
                   "waived": (only of a finding that somebody lets pass)
                       {"check", "severity", "message", "hint": what was found,
                        "reason": "...", "by": "Name, role" ("" if unsigned),
                        "at": {"file": "pyproject.toml", "line": 9} or null (beside the text)}}]}
"""

from __future__ import annotations

from collections import Counter

import plainleaf
from plainleaf.model import Severity
from plainleaf.reports.run import GRAVEST_FIRST, Run, dumped, ordered

VERSION = 1


def report(run: Run) -> str:
    """For any program; the shape stands at the head of this file."""
    counts = Counter(finding.severity for finding in run.findings)
    return dumped(
        {
            "version": VERSION,
            "tool": {"name": "plainleaf", "version": plainleaf.__version__},
            "checked": list(run.checked),
            "counts": {
                severity.key: counts[severity]
                for severity in GRAVEST_FIRST
                if severity is not Severity.NOTE or counts[severity]
            },
            "findings": [finding.as_json() for finding in ordered(run.findings)],
        }
    )
