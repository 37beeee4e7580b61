"""``publish``, with ``--fill`` too, and ``doctor``: make files, and say what the system lacks for that."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from plainleaf.cli import exits, locking, names, tables, values
from plainleaf.cli.names import say
from plainleaf.cli.progress import Progress
from plainleaf.model.phrases import counted
from plainleaf.model.usage import UsageError

if TYPE_CHECKING:
    from plainleaf.formats.base import Missing
    from plainleaf.pipeline import Outcome
    from plainleaf.project import Project


def publish(options: argparse.Namespace) -> int:
    if options.fill:
        return _fill(options)
    clinics = values.clinics(options)
    code = exits.GOOD
    for clinic in clinics:
        if len(clinics) > 1 and not getattr(options, "quiet", False):
            say(f"--- {clinic}", flush=True)
        code = max(code, _publish_for(options, clinic, several=len(clinics) > 1))
    return code


def _publish_for(options: argparse.Namespace, clinic: str, several: bool) -> int:
    from plainleaf import editions, pipeline
    from plainleaf.reports import terminal as report

    project = values.load(options, clinic)
    if project.settings.unread:
        about = tuple(finding for finding in project.findings if finding.at.file == project.settings.file)
        raise UsageError("nothing is made: what is to be made cannot be read", "fix what is named above", about)
    choice = values.choice(options, project)
    if gone := editions.missing(project, choice):
        return _say_missing(gone)
    output = values.output(options, project, several)
    with locking.alone_making(output) as waited, Progress(quiet=getattr(options, "quiet", False)) as progress:
        project = values.load(options, clinic) if waited else project  # much may have changed meanwhile
        outcome = pipeline.publish(project, choice, output, values.today(), progress.told, names.in_page)
    quiet = getattr(options, "quiet", False)
    if said := report.findings(report.wrong(outcome.findings) if quiet else outcome.findings):
        say(said, to=sys.stderr)
    if not quiet:
        _table(outcome, output)
    return exits.code(outcome.findings) or _say_unmade(outcome, project)


def _say_unmade(outcome: Outcome, project: Project) -> int:
    """What was asked for by name and is not printed; that is wrong usage if nothing else was made."""
    reasons: dict[tuple[str, str, str], list[str]] = {}
    for each in outcome.unmade:
        reasons.setdefault((each.name, each.slug, each.why), []).append(each.locale)
    for (name, slug, why), locales in reasons.items():
        say(f"plainleaf: {name} is not made of {slug} in {', '.join(locales)}: {why}", to=sys.stderr)
    if outcome.artifacts or reasons:
        return exits.GOOD if outcome.artifacts else exits.USAGE
    usual = {"layouts": project.settings.layouts, "locales": project.settings.locales}
    asked = " and ".join(f"{key} = {list(names)}" for key, names in usual.items() if names)
    hint = f"{project.settings.file} has {asked}" if asked else "no leaflet is meant for what was asked for"
    raise UsageError("nothing is to be made", hint)


def _table(outcome: Outcome, output: Path) -> None:
    from plainleaf.reports import terminal as report

    tables.show(("leaflet", "language", "made", "state"), report.rows(outcome.artifacts, outcome.not_begun))
    if any(artifact.note for artifact in outcome.artifacts):
        say(report.SHRUNK)
    fresh = sum(artifact.fresh for artifact in outcome.artifacts)
    say(f"{fresh} files up to date, {outcome.rendered} of them made now; {report.tally(outcome.findings)}")
    say(f"See {output / 'index.html'}")


def _fill(options: argparse.Namespace) -> int:
    """Copies for one person each."""
    from plainleaf import editions, library
    from plainleaf.reports import terminal as report

    project = values.load_one(options)
    quiet = getattr(options, "quiet", False)
    choice = values.choice(options, project)
    if gone := editions.missing(project, choice):
        return _say_missing(gone)
    with Progress(quiet=quiet or not sys.stdout.isatty()) as progress:
        made = library.filled(project, choice, options.fill, options.output, values.today(), progress.told)
    if said := report.findings(report.wrong(made.findings) if quiet else made.findings):
        say(said, to=sys.stderr)
    if not made.files:
        say(f"nothing is printed: {report.tally(made.findings)}", to=sys.stderr)
    elif not quiet:
        former = f"; {counted(made.removed, 'file')} of an earlier run taken away" if made.removed else ""
        say(f"{counted(len(made.files), 'file')} in {made.files[0].parent}{former}; {report.tally(made.findings)}")
        say("They hold what is somebody's own: hand each to its person, then delete them and the table.")
    return exits.code(made.findings)


def doctor(options: argparse.Namespace) -> int:
    from plainleaf import editions, project
    from plainleaf.actions.choice import Choice

    if gone := editions.missing(project.load(values.root(options)), Choice()):
        return _say_missing(gone)
    say("all parts of the system are there")
    return exits.GOOD


def _say_missing(gone: Sequence[Missing]) -> int:
    from plainleaf.formats.pdf import system

    for part in gone:
        say(f"missing: {part.what}, needed for {part.needed_for}", to=sys.stderr)
    if line := system.mend(gone):
        say(f"How to fix: run\n    {line}", to=sys.stderr)
    return exits.SYSTEM
