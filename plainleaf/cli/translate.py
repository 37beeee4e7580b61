"""``extract``, ``update``, ``init``: write the files that translators work on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from plainleaf.cli import exits, locking, values
from plainleaf.cli.names import say

if TYPE_CHECKING:
    from plainleaf.actions.update import Written
    from plainleaf.project import Project


def extract(options: argparse.Namespace) -> int:
    from plainleaf.actions import update as catalogs

    return _write(options, (), lambda project, _: catalogs.extract(project))


def update(options: argparse.Namespace) -> int:
    from plainleaf.actions import update as catalogs

    return _write(options, options.locales, catalogs.update)


def init(options: argparse.Namespace) -> int:
    from plainleaf.actions import update as catalogs

    return _write(options, options.locales, catalogs.init)


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
            say(f"written: {path.relative_to(project.root)}")
        say(f"{len(written.changed)} of {written.seen} files changed; {report.tally(written.findings)}")
    return exits.code(written.findings)
