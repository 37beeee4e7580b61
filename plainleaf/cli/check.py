"""``check``: look, or remember what was seen; then say it to people or programs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from plainleaf.cli import exits, locking, names, values
from plainleaf.cli.names import say
from plainleaf.model.usage import UsageError

if TYPE_CHECKING:
    from plainleaf.checks.readability.verdicts import Checked
    from plainleaf.model import Finding


def check(options: argparse.Namespace) -> int:
    from plainleaf.model import Severity

    clinics = values.clinics(options)
    found: dict[Finding, None] = {}
    files: dict[str, None] = {}
    for clinic, checked in (_into_po if options.into_po else _one_by_one)(options, clinics):
        if options.format == "text":
            _print_checked(options, checked, clinic if len(clinics) > 1 else "")
        found |= dict.fromkeys(checked.findings)
        found |= dict.fromkeys(checked.texts if options.format != "text" else ())
        files |= dict.fromkeys(checked.files)
        found |= dict.fromkeys(_write_page(options, clinic, several=len(clinics) > 1) if options.page else ())
    if options.format != "text":
        _print_for_programs(options, tuple(found), tuple(files))
    warned = options.fail_on == "warning" and any(finding.severity is Severity.WARNING for finding in found)
    return exits.code(found) or (exits.ERRORS if warned else exits.GOOD)


def _one_by_one(options: argparse.Namespace, clinics: Sequence[str]) -> Iterator[tuple[str, Checked]]:
    """What there is to find for each clinic."""
    for clinic in clinics:
        yield clinic, _checked(options, clinic)


def _into_po(options: argparse.Namespace, clinics: Sequence[str]) -> list[tuple[str, Checked]]:
    """The same, with what was found noted in the catalogs."""
    from dataclasses import replace

    from plainleaf.actions import into_po
    from plainleaf.artifacts.surroundings import Around

    root = values.root(options)
    with locking.alone_writing(options):
        before = Around(root)
        made = [*_one_by_one(options, clinics)]
        if changed := before.changed():
            raise UsageError(f"nothing was written: {changed[0]} was saved meanwhile", "run the command again")
        found = dict.fromkeys(finding for _, checked in made for finding in checked.findings)
        among = into_po.catalogs_of(name for _, checked in made for name in checked.files)
        written = into_po.write(root, among, found)
    if not getattr(options, "quiet", False):
        for path in written.changed:
            say(f"written: {path.relative_to(root)}", to=sys.stderr)
    made = [(clinic, into_po.placed(checked, written.moved)) for clinic, checked in made]
    return [(clinic, replace(each, findings=(*each.findings, *written.faults))) for clinic, each in made]


def _print_checked(options: argparse.Namespace, checked: Checked, clinic: str) -> None:
    """What was found, for people; ``clinic`` stands above it if there are several."""
    from plainleaf.reports import check as check_report
    from plainleaf.reports import terminal as report

    quiet = getattr(options, "quiet", False)
    if clinic and not quiet:
        say(f"--- {clinic}")
    if told := check_report.text(checked, _mark(), options.all, quiet):
        say(told, end="\n" if quiet else "\n\n")
    if not quiet:
        say(report.tally(checked.findings))
        if more := report.more(checked.findings):
            say(more)


def _write_page(options: argparse.Namespace, clinic: str, several: bool) -> tuple[Finding, ...]:
    """Write the page on readability and say where it is; gives what is wrong with its template."""
    from plainleaf import pipeline
    from plainleaf.reports import terminal as report

    project = values.load(options, clinic)
    output = values.output(options, project, several)
    with locking.alone_making(output):
        path, faults = pipeline.write_reading(project, output, values.today(), names.in_page)
    if faults:
        say(report.findings(faults), to=sys.stderr)
    if path:
        say(f"See {path}", to=sys.stdout if options.format == "text" else sys.stderr)
    return faults


def _checked(options: argparse.Namespace, clinic: str) -> Checked:
    """What there is to find for a clinic; without a look at anything if nothing has changed since it was last found."""
    from plainleaf.artifacts.surroundings import Around
    from plainleaf.cli import check_cache as cache
    from plainleaf.cli import kept_runs

    root, day = values.root(options), values.today()
    asked = [f"{name}={value}" for name, value in sorted(vars(options).items()) if name not in _TELLING]
    asked.append(f"clinic={clinic}")
    anew = options.no_cache or options.record or options.into_po
    if not anew and (known := cache.recall(root, asked, day)):
        return known
    before = Around(root)
    key = "" if anew else kept_runs.key(before, asked, day)

    from plainleaf import pipeline

    with locking.alone_writing(options) if options.record else nullcontext():
        project = values.load(options, clinic)
        choice = values.choice(options, project)
        path = pipeline.record(project, choice, day) if options.record else None
    if options.record:
        say(f"recorded: {path.relative_to(project.root)}" if path else "not recorded: fix the errors listed below",
              to=sys.stdout if options.format == "text" else sys.stderr)  # fmt: skip
    checked = pipeline.check(project, choice, day, options.second_opinion or options.record)
    if key and not before.changed() and kept_runs.key(Around(root), asked, day) == key:  # nobody has saved a file
        cache.keep(root, asked, key, checked)
    return checked


# How a result is told; every other option of "check" decides what is found.
_TELLING = {"command", "debug", "root", "clinic", "quiet", "all", "format", "fail_on", "page", "output", "no_cache",
            "into_po"}  # fmt: skip


def _mark() -> Callable[[str], str]:
    """How long words are marked: bold and underlined on a terminal that does not refuse it, else with asterisks."""
    from plainleaf.reports import check as check_report

    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not sys.stdout.isatty()
    return check_report.starred if plain else check_report.underlined


def _print_for_programs(options: argparse.Namespace, found: tuple[Finding, ...], checked: tuple[str, ...]) -> None:
    """Nothing but the format goes to stdout, always in UTF-8; files are named from the folder one works in."""
    from plainleaf.reports import terminal as report
    from plainleaf.reports.registry import FORMATS
    from plainleaf.reports.run import Run

    root, here = values.root(options), Path.cwd().resolve()
    run = Run(found, checked, strict=options.fail_on == "warning")
    if root.is_relative_to(here):
        run = run.below(root.relative_to(here).as_posix())
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    say(FORMATS[options.format](run))
    if options.format != "github" and not getattr(options, "quiet", False):  # GitHub's format ends with the tally
        say(report.tally(found), to=sys.stderr)
