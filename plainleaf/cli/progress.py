"""How far a run has come."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from plainleaf.cli.names import say
from plainleaf.cli.streams import shown

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from plainleaf.artifacts.manifest import Result


class Progress:
    """A bar on a terminal, a line for each file otherwise, nothing when quiet."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Progress:
        if not self._quiet and sys.stdout.isatty():
            from rich.progress import Progress as Bar

            self._bar = Bar(transient=True, auto_refresh=False)  # by a thread, and a process with one is not copied
            self._bar.start()
            self._task = self._bar.add_task("publishing", total=None)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def told(self, total: int, result: Result) -> None:
        """Hear of one result out of ``total``."""
        if self._bar and self._task is not None:
            self._bar.update(self._task, total=total, advance=1, description=shown(result.job.path), refresh=True)
        elif not self._quiet:
            state = "made" if result.rendered else "up to date" if result.made else "NOT MADE"
            with suppress(OSError):  # nobody reads on, or it is full: the leaflets are made all the same
                say(f"{state}: {result.job.path}", flush=True)
