"""The readability gate: what ``check`` asks of every edition, and the record of scores that may not get worse.

The build refuses nothing on readability; only ``check`` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from plainleaf.checks import ratchet, readability
from plainleaf.checks.readability import Options
from plainleaf.files import save
from plainleaf.model import Edition, Finding, Severity
from plainleaf.project import Project
from plainleaf.settings import read_toml


def options(project: Project, today: date) -> tuple[Options, tuple[Finding, ...]]:
    """``[tool.plainleaf.readability]`` and the recorded scores of a root folder."""
    record, findings = ratchet.read(project.root)
    path = project.root / "pyproject.toml"
    if not path.is_file():
        return Options(today, record), findings
    table = read_toml(path, project.root).table("tool").table("plainleaf").table("readability")
    asked = readability.read_options(table, today, record)
    return asked, (*findings, *table.findings)


def check(project: Project, editions: Iterable[Edition], today: date) -> tuple[Finding, ...]:
    """Findings on the readability of the editions, each in its own language."""
    asked, found = options(project, today)
    return (*found, *(finding for edition in editions for finding in readability.check(edition, asked)))


def keep(project: Project, editions: Iterable[Edition], today: date) -> Path | None:
    """Write today's scores into ``sources/readability.toml``: from now on a leaflet may not get worse than that.

    ``None``, and nothing written, if the record of before cannot be read: a damaged file must not let scores fall.
    """
    asked, faults = options(project, today)
    if any(fault.severity is Severity.ERROR for fault in faults):
        return None
    readings = tuple(readability.measure(edition) for edition in editions)
    path = project.root / ratchet.FILE
    save(path, asked.record.with_readings(readings).text().encode())
    return path
