"""``publish``, with ``--fill`` too, and ``doctor``: make files, and say what the system lacks for that."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from plainleaf.cli import exits, locking, names, scheduling, tables, values
from plainleaf.cli.names import say
from plainleaf.cli.progress import Progress
from plainleaf.model.phrases import counted
from plainleaf.model.usage import UsageError

if TYPE_CHECKING:
    from plainleaf.cli.publish_cache import Made
    from plainleaf.formats.base import Missing
    from plainleaf.project import Project


def publish(options: argparse.Namespace) -> int:
    scheduling.check(options)
    if options.fill:
        return _fill(options)
    clinics = values.clinics(options)
    if options.watch:
        return _watch(options, clinics)
    code, folders = exits.GOOD, list[Path]()
    with ExitStack() as kept:
        for clinic in clinics:
            if len(clinics) > 1 and not getattr(options, "quiet", False):
                say(f"--- {clinic}", flush=True)
            code = max(code, _publish_for(options, clinic, len(clinics) > 1, kept, folders))
    if len(clinics) > 1 and folders:
        _write_page_above(options, folders)
    if folders and (len(clinics) > 1 or not options.output):
        code = max(code, _say_left_above(options, folders))
    return code


def _watch(options: argparse.Namespace, clinics: Sequence[str]) -> int:
    """Publish now, and again after each save."""
    from plainleaf.cli import watching

    def run(options: argparse.Namespace) -> list[Made]:
        every = (_made(options, clinic, len(clinics) > 1)[0] for clinic in clinics)
        return [done for done in every if done]

    def first() -> list[Made]:
        made = run(options)
        for done in made:
            _say(options, done)
        return made

    quiet = argparse.Namespace(**{**vars(options), "quiet": True})
    return watching.watch(values.root(options), first, lambda: run(quiet))


def _write_page_above(options: argparse.Namespace, folders: Sequence[Path]) -> None:
    """Write the page that leads to the pages of each clinic."""
    from plainleaf.site import clinics

    path = clinics.write(_top(options), folders)
    if path and not getattr(options, "quiet", False):
        say(f"See {path} for all clinics")


def _say_left_above(options: argparse.Namespace, folders: Sequence[Path]) -> int:
    """Name what lies in the folder above those of the clinics, from when there was one; gives the exit code."""
    top = _top(options)
    if top in folders:
        return exits.GOOD  # before anything is loaded: most have one clinic

    from plainleaf.reports import terminal as report
    from plainleaf.site import clinics

    found = clinics.left(top, folders)
    if said := report.findings(found):
        say(said, to=sys.stderr)
    return exits.code(found)


def _top(options: argparse.Namespace) -> Path:
    """The folder that holds those of several clinics."""
    return values.place(options.output) if options.output else values.root(options) / "build"


def _publish_for(options: argparse.Namespace, clinic: str, several: bool, kept: ExitStack, folders: list[Path]) -> int:
    """Publish for one clinic. ``kept``: what is open until all of them are done; ``folders``: takes where its files
    are."""
    from plainleaf.artifacts.kept_values import values_kept
    from plainleaf.artifacts.surroundings import Around
    from plainleaf.cli import publish_cache as cache

    root, day = values.root(options), values.today()
    asked = cache.asked(options, clinic, several)
    known, key, before = cache.recall(root, asked, day)
    if known:
        folders.append(known.output)
        return _say(options, known)
    kept.enter_context(values_kept(root, before))
    done, project = _made(options, clinic, several)
    if done is None:
        return exits.SYSTEM
    folders.append(done.output)
    if key and not before.changed() and cache.key(Around(root), asked, day) == key:  # nobody has saved a file meanwhile
        cache.keep(root, asked, key, done)
    code = _say(options, done)
    if code == exits.GOOD and not done.artifacts:
        raise _nothing(project)
    return code


def _made(options: argparse.Namespace, clinic: str, several: bool) -> tuple[Made | None, Project]:
    """What was made for a clinic; ``None`` if parts of the system are missing, which are named."""
    from plainleaf import editions, pipeline
    from plainleaf.cli.publish_cache import made

    project = values.load(options, clinic)
    if project.settings.unread:
        about = tuple(finding for finding in project.findings if finding.at.file == project.settings.file)
        raise UsageError("nothing was made: the settings could not be read", "fix what is listed above", about)
    choice = values.choice(options, project)
    if gone := editions.missing(project, choice):
        say_missing(gone)
        return None, project
    output = values.output(options, project, several)
    with (
        scheduling.workers(options),
        locking.alone_making(output) as waited,
        Progress(quiet=getattr(options, "quiet", False)) as progress,
    ):
        project = values.load(options, clinic) if waited else project  # much may have changed meanwhile
        outcome = pipeline.publish(project, choice, output, values.today(), progress.told, names.in_page)
    return made(outcome, output), project


def _say(options: argparse.Namespace, done: Made) -> int:
    """What was found, what there is, and what was asked for by name and is not printed; gives the exit code."""
    from plainleaf.reports import terminal as report

    quiet = getattr(options, "quiet", False)
    if said := report.findings(report.wrong(done.findings) if quiet else done.findings):
        say(said, to=sys.stderr)
    if not quiet:
        table = report.rows(done.artifacts, done.not_begun)
        if table or not done.artifacts:
            tables.show(("leaflet", "language", "made", "state"), table)
        for line in report.on_fitting(done.artifacts):
            say(line)
        fresh = sum(artifact.fresh for artifact in done.artifacts)
        made = f"{fresh} file{'s' * (fresh != 1)} up to date, {done.rendered} of them made now"
        say(f"{made}; {report.tally(done.findings)}")
        say(f"See {done.output / 'index.html'}")
        if more := report.more(done.findings):
            say(more)
    if options.why:
        _say_why(done)
    if code := exits.code(done.findings):
        return code
    reasons: dict[tuple[str, str, str], list[str]] = {}
    for name, slug, locale, why in done.unmade:
        reasons.setdefault((name, slug, why), []).append(locale)
    for (name, slug, why), locales in reasons.items():
        say(f"plainleaf: {slug} cannot be made in {', '.join(locales)} as {name}: {why}", to=sys.stderr)
    return exits.USAGE if reasons and not done.artifacts else exits.GOOD


def _say_why(done: Made) -> None:
    """Why files were made anew, those of one reason together."""
    together: dict[str, list[str]] = {}
    for path, why in sorted(done.why.items()):
        together.setdefault(why, []).append(path)
    for why, paths in together.items():
        say(f"made again: {why}")
        for path in paths:
            say(f"  {path}")
    if not together:
        say("nothing was made: everything is up to date")
    if fitted := [artifact for artifact in done.artifacts if artifact.note]:
        say("made to fit:")
        for artifact in fitted:
            say(f"  {artifact.path}: {artifact.note}")


def _nothing(project: Project) -> UsageError:
    """That there is nothing which was asked for."""
    usual = {"layouts": project.settings.layouts, "locales": project.settings.locales}
    asked = " and ".join(f"{key} = {list(names)}" for key, names in usual.items() if names)
    hint = f"{project.settings.file} has {asked}" if asked else "no leaflet matches the choice"
    return UsageError("there is nothing to publish", hint)


def _fill(options: argparse.Namespace) -> int:
    """Copies for one person each."""
    from plainleaf import editions, library
    from plainleaf.reports import terminal as report

    project = values.load_one(options)
    quiet = getattr(options, "quiet", False)
    choice = values.choice(options, project)
    if gone := editions.missing(project, choice):
        return say_missing(gone)
    with Progress(quiet=quiet or not sys.stdout.isatty()) as progress:
        made = library.filled(project, choice, options.fill, options.output, values.today(), progress.told)
    if said := report.findings(report.wrong(made.findings) if quiet else made.findings):
        say(said, to=sys.stderr)
    if not made.files:
        say(f"nothing is printed: {report.tally(made.findings)}", to=sys.stderr)
    elif not quiet:
        former = f"; {counted(made.removed, 'file')} of an earlier run deleted" if made.removed else ""
        say(f"{counted(len(made.files), 'file')} in {made.files[0].parent}{former}; {report.tally(made.findings)}")
        say("They contain personal data: give each to its person, then delete them and the table.")
    return exits.code(made.findings)


def doctor(options: argparse.Namespace) -> int:
    from plainleaf import editions, project
    from plainleaf.actions.choice import Choice

    if gone := editions.lacking(project.load(values.root(options)), Choice()):
        return say_missing(gone)
    say("Everything is fine: no part of the system is missing")
    return exits.GOOD


def say_missing(gone: Sequence[Missing]) -> int:
    from plainleaf.formats.base import install

    for part in gone:
        say(f"missing: {part.what}, needed for {part.needed_for}", to=sys.stderr)
    if line := install(gone):
        say(f"How to fix: run\n    {line}", to=sys.stderr)
    return exits.SYSTEM
