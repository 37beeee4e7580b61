"""``conformance``: how a finished PDF meets the Matterhorn Protocol, for those who buy or check it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from plainleaf import files
from plainleaf.cli import exits, tables, values
from plainleaf.cli.names import say

if TYPE_CHECKING:
    from plainleaf.reading.conformance.report import Report


def conformance(options: argparse.Namespace) -> int:
    from plainleaf.formats.pdf import validation
    from plainleaf.reading.conformance import report as reports
    from plainleaf.reading.limits import UnreadableError
    from plainleaf.reports import conformance as told

    given: Path = options.file
    data, name = values.pdf(given), given.name
    try:
        report = reports.judged(data)
    except UnreadableError as error:
        say(f"plainleaf: {name} cannot be judged: {error}", to=sys.stderr)
        say(f"    How to fix: {error.hint}", to=sys.stderr)
        return exits.ERRORS
    problems = () if report.locked else validation.validate(data)
    quiet = getattr(options, "quiet", False)
    if options.html:
        _save(options.html, _page(report, name, data, problems), quiet)
    if options.json:
        _save(options.json, told.as_json(report, name, problems), quiet)
    if not quiet:
        say(told.head(report, name))
        say()
        tables.show(("Conditions", ""), told.rows(report))
        say()
    for paragraph in told.faults(report):
        say(paragraph)
    if not report.tagged and not report.locked:
        say("    How to fix: name the accessible file (the one without -print in its name), or have it tagged")
    if not report.locked and (not quiet or problems):
        say(told.opinion(problems))
    if not quiet and report.questions and not options.html:
        say(f"{len(report.questions)} questions are for a person: --html FILE.html writes them beside the pages")
    return exits.GOOD if report.good else exits.ERRORS


def _page(report: Report, name: str, data: bytes, problems: tuple[str, ...]) -> str:
    from plainleaf.reading import pictures
    from plainleaf.site import conformance as pages

    asked = [question.page for _, question in report.questions]
    return pages.page(report, name, pictures.of_pages(data, asked), problems)


def _save(path: Path, text: str, quiet: bool) -> None:
    """Write a file where the user says, and say so."""
    place = values.place(path)
    files.Root(place.parent).save(place, text.encode())
    if not quiet:
        say(f"See {path}", to=sys.stderr)
