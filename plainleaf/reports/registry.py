"""The reports that ``check --report`` writes for programs, by name: each is all that goes to standard output."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from plainleaf.reports import github, gitlab, json, junit, sarif
from plainleaf.reports.run import Run

FORMATS: Mapping[str, Callable[[Run], str]] = {
    "json": json.report, "sarif": sarif.report, "junit": junit.report, "github": github.report, "gitlab": gitlab.report,
}  # fmt: skip
