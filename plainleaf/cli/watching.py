"""``publish --watch``, for those with an editor of their own: what a save changes is made again, the last good files
stay."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from plainleaf import files
from plainleaf.cli import exits
from plainleaf.cli.names import say
from plainleaf.model.phrases import counted
from plainleaf.model.usage import UsageError

if TYPE_CHECKING:
    from plainleaf.cli.publish_cache import Made
    from plainleaf.model import Finding

_SHOWN = 3  # files that are named

Run = Callable[[], "list[Made]"]


def watch(root: Path, first: Run, again: Run) -> int:
    """Publish, and again whenever a file is saved, until Ctrl-C. ``first``: a run that says all, ``again``: one
    that says nothing. What the first one raises ends it."""
    from plainleaf.preview import watching

    try:
        seen = _Seen()
        saves = watching.saves(root)
        next(saves)  # from here on each save is noticed, also one during the first run
        seen.hear(first())
        say("Waiting for a file to be saved. Ctrl-C ends this.", flush=True)
        for paths in saves:
            _publish(paths, again, seen)
    except KeyboardInterrupt:
        say("stopped watching; files that were finished are complete, and nothing is half-written")
    return exits.GOOD


class _Seen:
    """What was found last time, so that only what is new is told."""

    def __init__(self) -> None:
        self.findings: frozenset[Finding] = frozenset()

    def hear(self, made: Iterable[Made]) -> list[Finding]:
        """What is new of what was found."""
        every = [finding for each in made for finding in each.findings]
        new = [finding for finding in dict.fromkeys(every) if finding not in self.findings]
        self.findings = frozenset(every)
        return new


def _publish(paths: frozenset[str], again: Run, seen: _Seen) -> None:
    """Publish once more, and say in a line what that has changed; a mistake in the files ends nothing."""
    from plainleaf.reports import terminal as report

    said = _names(paths)
    try:
        made = again()
    except UsageError as error:
        if error.about:
            say(report.findings(error.about), to=sys.stderr)
        say(f"{said}: {error}; the last good files are kept", flush=True)
        return
    except (files.RefusedError, files.UnwrittenError) as error:
        say(report.findings([files.finding(error, Path())]), to=sys.stderr)
        say(f"{said}: could not be published; the last good files are kept", flush=True)
        return
    if new := report.wrong(seen.hear(made)):
        say(report.findings(new), to=sys.stderr, flush=True)
    say(f"{said}: {_told(made)}", flush=True)


def _told(made: Iterable[Made]) -> str:
    from plainleaf.reports import terminal as report

    every = list(made)
    rendered = sum(each.rendered for each in every)
    old = sum(artifact.made and not artifact.fresh for each in every for artifact in each.artifacts)
    parts = [f"{counted(rendered, 'file')} made again" if rendered else "nothing to make again"]
    if old:
        parts.append(f"{counted(old, 'file')} kept as before, until the errors are fixed")
    return f"{', '.join(parts)}; {report.tally([finding for each in every for finding in each.findings])}"


def _names(paths: Iterable[str]) -> str:
    """What was saved, in words."""
    names = sorted(paths)
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{', '.join(names[:_SHOWN])}{more} saved"
