"""The command: arguments, progress, printing, exit codes. Nothing else prints.

Exit codes: 0 good, 1 findings that are errors, 2 wrong usage or settings, 3 missing system parts, 70 a mistake
of our own.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import UTC, date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from plainleaf.cli import arguments as commandline
from plainleaf.cli import faults, names
from plainleaf.cli import options as asking
from plainleaf.cli.names import as_called, say
from plainleaf.files import writing as files
from plainleaf.model.usage import UsageError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from plainleaf.actions.approve import Signed
    from plainleaf.actions.update import Written
    from plainleaf.artifacts.manifest import Result
    from plainleaf.checks.readability.verdicts import Checked
    from plainleaf.formats.base import Missing
    from plainleaf.model import Finding
    from plainleaf.pipeline import Outcome
    from plainleaf.project import Project

GOOD, ERRORS, USAGE, SYSTEM, OURS = 0, 1, 2, 3, 70


def main(arguments: Sequence[str] | None = None, called: str = names.PACKAGE) -> int:
    """Run the command; gives the exit code. ``called``: what the user has typed to come here, for hints and help."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    with names.called_by(called), faults.kept() as kept:
        code = _run(given)
    if kept.texts and "--debug" in given:
        say(f"plainleaf: what failed inside is in {faults.write(kept)}: send it with your report", to=sys.stderr)
    return code


def _run(arguments: Sequence[str]) -> int:
    root = Path.cwd()
    try:
        options = commandline.parser().parse(arguments)
        root = asking.root(options)
        return _COMMANDS[options.command](options)
    except UsageError as error:
        return _say_usage(error)
    except KeyboardInterrupt:
        say("stopped; what was finished is complete, nothing is half-written", to=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - nobody reads on; keeps Python from complaining
        return ERRORS  # what was found may not have been told
    except files.RefusedError as error:
        return _say_refused(error, root)
    except OSError as error:
        faults.note()
        say(f"plainleaf: {error.filename or 'a file'}: {error.strerror or error}", to=sys.stderr)
        return ERRORS
    except Exception as error:
        faults.note()
        again = "" if "--debug" in arguments else "; run it again with --debug, and send the file that it writes"
        said = " ".join(f"{type(error).__name__}: {error}".split())
        say(f"plainleaf: this is a mistake of Plainleaf's own ({said}){again}", to=sys.stderr)
        return OURS


def _say_refused(error: files.RefusedError, root: Path) -> int:
    from plainleaf.reports import terminal as report

    say(report.findings([files.finding(error, root)]), to=sys.stderr)
    return ERRORS


def _alone_writing(options: argparse.Namespace) -> AbstractContextManager[bool]:
    """While it lasts, no other run writes sources or locales: what is read in it is not changed by others."""
    root = asking.root(options)
    return files.locked(root, files.TEXTS, _say_waiting) if root.is_dir() else nullcontext(False)


def _alone_making(output: Path) -> AbstractContextManager[bool]:
    """While it lasts, no other run makes anything in the folder; gives whether one did until now."""
    files.make_folder(output)
    return files.locked(output, files.MADE, _say_waiting)


def _say_waiting(other: str) -> None:
    say(f"waiting for {other}", to=sys.stderr, flush=True)


def _say_usage(error: UsageError) -> int:
    from plainleaf.reports import terminal as report

    if error.about:
        say(report.findings(error.about), to=sys.stderr)
    say(f"plainleaf: {error}", to=sys.stderr)
    say(f"    {error.hint}", to=sys.stderr)
    return USAGE


def today() -> date:
    """The day of the run; SOURCE_DATE_EPOCH (seconds, UTC) sets another one for builds that must repeat."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    asked = epoch.isascii() and epoch.isdigit() and len(epoch) < 12
    return datetime.fromtimestamp(int(epoch), UTC).date() if asked else date.today()


def _code(findings: Iterable[Finding]) -> int:
    from plainleaf.model import Severity

    errors = {finding.check for finding in findings if finding.severity is Severity.ERROR}
    return USAGE if "settings" in errors else ERRORS if errors else GOOD


# --------------------------------------------------------------------------- commands


def _publish(options: argparse.Namespace) -> int:
    clinics = asking.clinics(options)
    code = GOOD
    for clinic in clinics:
        if len(clinics) > 1 and not getattr(options, "quiet", False):
            say(f"--- {clinic}", flush=True)
        code = max(code, _publish_for(options, clinic, several=len(clinics) > 1))
    return code


def _publish_for(options: argparse.Namespace, clinic: str, several: bool) -> int:
    from plainleaf import pipeline
    from plainleaf.reports import terminal as report

    project = asking.load(options, clinic)
    if project.settings.unread:
        about = tuple(finding for finding in project.findings if finding.at.file == project.settings.file)
        raise UsageError("nothing is made: what is to be made cannot be read", "fix what is named above", about)
    choice = asking.choice(options, project)
    if gone := pipeline.missing(project, choice):
        return _say_missing(gone)
    output = asking.output(options, project, several)
    with _alone_making(output) as waited, _Progress(quiet=getattr(options, "quiet", False)) as progress:
        project = asking.load(options, clinic) if waited else project  # much may have changed meanwhile
        outcome = pipeline.publish(project, choice, output, today(), progress.told, names.in_page)
    quiet = getattr(options, "quiet", False)
    if said := report.findings(report.wrong(outcome.findings) if quiet else outcome.findings):
        say(said, to=sys.stderr)
    if not quiet:
        _table(outcome, output)
    return _code(outcome.findings) or _say_unmade(outcome, project)


def _say_unmade(outcome: Outcome, project: Project) -> int:
    """What was asked for by name and is not printed; that is wrong usage if nothing else was made."""
    reasons: dict[tuple[str, str, str], list[str]] = {}
    for each in outcome.unmade:
        reasons.setdefault((each.name, each.slug, each.why), []).append(each.locale)
    for (name, slug, why), locales in reasons.items():
        say(f"plainleaf: {name} is not made of {slug} in {', '.join(locales)}: {why}", to=sys.stderr)
    if outcome.artifacts or reasons:
        return GOOD if outcome.artifacts else USAGE
    usual = {"layouts": project.settings.layouts, "locales": project.settings.locales}
    asked = " and ".join(f"{key} = {list(names)}" for key, names in usual.items() if names)
    hint = f"{project.settings.file} has {asked}" if asked else "no leaflet is meant for what was asked for"
    raise UsageError("nothing is to be made", hint)


def _table(outcome: Outcome, output: Path) -> None:
    from plainleaf.reports import terminal as report

    _print_table(("leaflet", "language", "made", "state"), report.rows(outcome.artifacts, outcome.not_begun))
    if any(artifact.note for artifact in outcome.artifacts):
        say(report.SHRUNK)
    fresh = sum(artifact.fresh for artifact in outcome.artifacts)
    say(f"{fresh} files up to date, {outcome.rendered} of them made now; {report.tally(outcome.findings)}")
    say(f"See {output / 'index.html'}")


def _print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    terminal = sys.stdout.isatty()
    table = Table(box=box.SIMPLE_HEAD if terminal else None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*map(as_called, row))
    Console(width=None if terminal else 160, highlight=False, markup=False).print(table)


class _Progress:
    """A bar on a terminal, a line for each file otherwise, nothing when quiet."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> _Progress:
        if not self._quiet and sys.stdout.isatty():
            from rich.progress import Progress

            self._bar = Progress(transient=True)
            self._bar.start()
            self._task = self._bar.add_task("publishing", total=None)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def told(self, total: int, result: Result) -> None:
        """Hear of one result out of ``total``."""
        if self._bar and self._task is not None:
            self._bar.update(self._task, total=total, advance=1, description=result.job.path)
        elif not self._quiet:
            state = "made" if result.rendered else "up to date" if result.made else "NOT MADE"
            with suppress(BrokenPipeError):  # nobody reads on: the leaflets are made all the same
                say(f"{state}: {result.job.path}", flush=True)


def _check(options: argparse.Namespace) -> int:
    from plainleaf.model import Severity

    clinics = asking.clinics(options)
    found: dict[Finding, None] = {}
    files: dict[str, None] = {}
    for clinic in clinics:
        checked = _checked(options, clinic)
        if options.format == "text":
            _print_checked(options, checked, clinic if len(clinics) > 1 else "")
        found |= dict.fromkeys(checked.findings)
        found |= dict.fromkeys(checked.texts if options.format != "text" else ())
        files |= dict.fromkeys(checked.files)
        found |= dict.fromkeys(_write_page(options, clinic, several=len(clinics) > 1) if options.page else ())
    if options.format != "text":
        _print_for_programs(options, tuple(found), tuple(files))
    warned = options.fail_on == "warning" and any(finding.severity is Severity.WARNING for finding in found)
    return _code(found) or (ERRORS if warned else GOOD)


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


def _write_page(options: argparse.Namespace, clinic: str, several: bool) -> tuple[Finding, ...]:
    """Write the page on readability and say where it is; gives what is wrong with its template."""
    from plainleaf import pipeline
    from plainleaf.reports import terminal as report

    project = asking.load(options, clinic)
    output = asking.output(options, project, several)
    with _alone_making(output):
        path, faults = pipeline.write_reading(project, output, today(), names.in_page)
    if faults:
        say(report.findings(faults), to=sys.stderr)
    if path:
        say(f"See {path}", to=sys.stdout if options.format == "text" else sys.stderr)
    return faults


def _checked(options: argparse.Namespace, clinic: str) -> Checked:
    """What there is to find for a clinic; without a look at anything if nothing has changed since it was last found."""
    from plainleaf.cli import cache as kept

    root, day = asking.root(options), today()
    asked = [f"{name}={value}" for name, value in sorted(vars(options).items()) if name not in _TELLING]
    asked.append(f"clinic={clinic}")
    key = "" if options.no_cache or options.record else kept.key(root, asked, day)
    if key and (known := kept.recall(root, asked, key)):
        return known

    from plainleaf import pipeline

    with _alone_writing(options) if options.record else nullcontext():
        project = asking.load(options, clinic)
        choice = asking.choice(options, project)
        path = pipeline.record(project, choice, day) if options.record else None
    if options.record:
        say(f"recorded: {path.relative_to(project.root)}" if path else "not recorded: mend the errors named below",
              to=sys.stdout if options.format == "text" else sys.stderr)  # fmt: skip
    checked = pipeline.check(project, choice, day, options.second_opinion)
    if key and kept.key(root, asked, day) == key:  # nobody has saved a file meanwhile
        kept.keep(root, asked, key, checked)
    return checked


# How a result is told; every other option of "check" decides what is found.
_TELLING = {"command", "debug", "root", "clinic", "quiet", "all", "format", "fail_on", "page", "output", "no_cache"}


def _mark() -> Callable[[str], str]:
    """How long words are marked: bold and underlined on a terminal that does not refuse it, else with asterisks."""
    from plainleaf.reports import check as check_report

    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not sys.stdout.isatty()
    return check_report.starred if plain else check_report.underlined


def _print_for_programs(options: argparse.Namespace, found: tuple[Finding, ...], checked: tuple[str, ...]) -> None:
    """Nothing but the format goes to stdout, always in UTF-8; files are named from the folder one works in."""
    from plainleaf.reports import terminal as report
    from plainleaf.reports.formats import FORMATS
    from plainleaf.reports.run import Run

    root, here = asking.root(options), Path.cwd().resolve()
    run = Run(found, checked, strict=options.fail_on == "warning")
    if root.is_relative_to(here):
        run = run.below(root.relative_to(here).as_posix())
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    say(FORMATS[options.format](run))
    if options.format != "github" and not getattr(options, "quiet", False):  # GitHub's format ends with the tally
        say(report.tally(found), to=sys.stderr)


def _extract(options: argparse.Namespace) -> int:
    from plainleaf.actions import update as translating

    return _write(options, (), lambda project, _: translating.extract(project))


def _update(options: argparse.Namespace) -> int:
    from plainleaf.actions import update as translating

    return _write(options, options.locales, translating.update)


def _init(options: argparse.Namespace) -> int:
    from plainleaf.actions import update as translating

    return _write(options, options.locales, translating.init)


def _write(
    options: argparse.Namespace, names: Sequence[str], write: Callable[[Project, tuple[str, ...]], Written]
) -> int:
    """Run a command that writes catalogs, and say what it wrote."""
    from plainleaf import choosing
    from plainleaf.reports import terminal as report

    with _alone_writing(options):
        project = asking.load(options)
        written = write(project, tuple(choosing.translation(name, [*project.locales]) for name in names))
    if written.findings:
        say(report.findings(written.findings), to=sys.stderr)
    if not getattr(options, "quiet", False):
        for path in written.changed:
            say(f"written: {path.relative_to(project.root)}")
        say(f"{len(written.changed)} of {written.seen} files changed; {report.tally(written.findings)}")
    return _code(written.findings)


def _approve(options: argparse.Namespace) -> int:
    with _alone_writing(options):
        return _approve_alone(options)


def _approve_alone(options: argparse.Namespace) -> int:
    from plainleaf import library

    project = asking.load_one(options)
    (locale,), (slug,) = options.locales, options.leaflets
    options.locale, options.layout = [locale], []
    choice = asking.choice(options, project)
    (locale,) = choice.locales
    signed = library.approve(project, slug, locale, options.by, today=today())
    about = signed.subject
    return _say_signed(
        options, project, signed, "approved",
        f"{slug} in {locale} by {options.by.strip()}: {len(about.texts)} texts, and "
        f"{len(about.words)} that every page prints, against the source of {about.written}",
        "The next plainleaf publish prints it without the draft line.",
    )  # fmt: skip


def _sign_off(options: argparse.Namespace) -> int:
    with _alone_writing(options):
        return _sign_off_alone(options)


def _sign_off_alone(options: argparse.Namespace) -> int:
    from plainleaf import library

    project = asking.load_one(options)
    options.locale, options.layout = [], []
    (slug,) = asking.choice(options, project).leaflets
    signed = library.sign_off(project, slug, options.by, today=today())
    return _say_signed(
        options, project, signed, "signed off",
        f"{slug} by {options.by.strip()}: {len(signed.subject.texts)} texts, as written on {signed.subject.written}",
        "The next plainleaf publish says so, and no longer that the leaflet is a sample for review.",
    )  # fmt: skip


def _say_signed(options: argparse.Namespace, project: Project, signed: Signed, done: str, what: str, then: str) -> int:
    """Say what became of an approval or a sign-off."""
    from plainleaf.reports import terminal as report

    if signed.findings:
        say(report.findings(signed.findings), to=sys.stderr)
    if not signed.path:
        say(f"not {done}: {report.tally(signed.findings)}", to=sys.stderr)
        return ERRORS
    if not getattr(options, "quiet", False):
        say(f"{done}: {what}")
        say(f"written: {signed.path.relative_to(project.root)}")
        say(then)
    return GOOD


def _status(options: argparse.Namespace) -> int:
    from plainleaf import pipeline
    from plainleaf.actions import status
    from plainleaf.reports import terminal as report

    project = asking.load_one(options)
    choice = asking.choice(options, project)
    if about := asking.unread(options, project):
        say(report.findings(about), to=sys.stderr)
        return _code(about)
    table = status.rows(project, choice.leaflets, choice.locales, today())
    written = status.sources(project, choice.leaflets, today())
    if options.json:
        say(status.as_json(written, table, status.forms(project, asking.output(options, project))))
    elif not options.page:
        _print_table(report.SOURCE_HEADINGS, report.source_rows(written))
        if table:
            say()
            _print_table(report.STATUS_HEADINGS, report.status_rows(table))
        if told := report.status_changes(written, table):
            say(f"\n{told}")
    if options.page:
        output = asking.output(options, project)
        with _alone_making(output):
            path = pipeline.write_status(project, output, today(), names.in_page)
        say(f"See {path}", to=sys.stderr if options.json else sys.stdout)
    return GOOD


def _doctor(options: argparse.Namespace) -> int:
    from plainleaf import pipeline, project
    from plainleaf.actions.choosing import Choice

    if gone := pipeline.missing(project.load(asking.root(options)), Choice()):
        return _say_missing(gone)
    say("all parts of the system are there")
    return GOOD


def _say_missing(gone: Sequence[Missing]) -> int:
    from plainleaf.formats.pdf import system

    for part in gone:
        say(f"missing: {part.what}, needed for {part.needed_for}", to=sys.stderr)
    if line := system.mend(gone):
        say(f"How to fix: run\n    {line}", to=sys.stderr)
    return SYSTEM


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "publish": _publish,
    "check": _check,
    "extract": _extract,
    "update": _update,
    "init": _init,
    "approve": _approve,
    "sign-off": _sign_off,
    "status": _status,
    "doctor": _doctor,
}
