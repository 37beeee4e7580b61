"""``extract``, ``update``, ``init``, ``terms``: write the files that translators work on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from plainleaf.cli import exits, locking, values
from plainleaf.cli.names import say
from plainleaf.model.usage import UsageError

if TYPE_CHECKING:
    from plainleaf.actions.update import Written
    from plainleaf.project import Project
    from plainleaf.translations.library import Draft


def extract(options: argparse.Namespace) -> int:
    from plainleaf.actions import update as catalogs

    return _write(options, (), lambda project, _: catalogs.extract(project))


def update(options: argparse.Namespace) -> int:
    from plainleaf.actions import update as catalogs

    return _write(options, options.locales, catalogs.update)


def init(options: argparse.Namespace) -> int:
    from plainleaf.actions import update as catalogs

    code = _write(options, options.locales, catalogs.init)
    if code == exits.GOOD and not getattr(options, "quiet", False):
        say("Next: open the .po files in Poedit, or send them to your translator (plainleaf guide translating)")
    return code


def terms(options: argparse.Namespace) -> int:
    return _export(options) if options.way == "export" else _import(options)


def _export(options: argparse.Namespace) -> int:
    from plainleaf import choosing, files
    from plainleaf.actions import terms as exchange

    project = values.load(options)
    names = tuple(choosing.translation(name, [*project.locales]) for name in options.locales)
    if unknown := [name for name in names if name not in project.locales]:
        hint = f"there are: {', '.join(project.locales) or 'none'}; plainleaf init starts another one"
        raise UsageError(f"there is no translation into “{unknown[0]}”", hint)
    path = values.place(options.output or project.root / "terms.csv")
    data, count = exchange.exported(project, names, exchange.suffix(path))
    files.Root(path.parent).save(path, data)
    if not getattr(options, "quiet", False):
        shown = path.relative_to(project.root).as_posix() if path.is_relative_to(project.root) else path
        say(f"written: {shown} ({count} terms)")
    return exits.GOOD


def _import(options: argparse.Namespace) -> int:
    from plainleaf.actions import terms as exchange
    from plainleaf.reports import terminal as report

    with locking.alone_writing(options):
        project = values.load(options)
        done = exchange.read(project, values.place(options.file), options.replace)
    if done.findings:
        say(report.findings(done.findings), to=sys.stderr)
    if not getattr(options, "quiet", False):
        for path in done.changed:
            say(f"written: {path.relative_to(project.root)}")
        say(f"{done.new} terms are new, {done.known} were known; {report.tally(done.findings)}")
    return exits.code(done.findings)


def _write(
    options: argparse.Namespace, names: Sequence[str], write: Callable[[Project, tuple[str, ...]], Written]
) -> int:
    """Run a command that writes catalogs, and say what it wrote."""
    from plainleaf import choosing
    from plainleaf.reports import terminal as report

    with locking.alone_writing(options):
        project = values.load(options)
        written = write(project, tuple(choosing.translation(name, [*project.locales]) for name in names))
    if written.findings:
        say(report.findings(written.findings), to=sys.stderr)
    if not getattr(options, "quiet", False):
        for path in written.changed:
            say(f"written: {path.relative_to(project.root)}{_filled(written.drafts.get(path, ()))}")
        for note in written.notes:
            say(note)
        say(f"{len(written.changed)} of {written.seen} files changed; {report.tally(written.findings)}")
    return exits.code(written.findings)


def _filled(drafts: Sequence[Draft]) -> str:
    """How many texts were filled in from other leaflets, in brackets; "" for none."""
    same = sum(draft.exact for draft in drafts)
    parts = [f"{same} filled in"] if same else []
    parts += [f"{len(drafts) - same} offered from a text much like it"] if len(drafts) > same else []
    return f" ({', '.join(parts)}, as drafts to check)" if parts else ""
