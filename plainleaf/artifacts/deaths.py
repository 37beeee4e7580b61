"""Workers that die: whose fault that is, and what is done about it.

A worker that dies once may have met with anything: its task is tried once more, last. If another one dies of the same
task, that task is to blame, unless workers of several tasks were killed from outside: then it is the machine, most
likely as it is out of memory. What is left is made one at a time, which needs the least memory there is; if not even
that helps, the run ends with one finding, that names no text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from plainleaf.artifacts import processes
from plainleaf.artifacts.limits import setting, unmade
from plainleaf.formats.base import Limits, Made, Prepared
from plainleaf.model import Finding, Location, Severity

SEVERAL = 3
"""Tasks whose workers were killed from outside, from which on the machine is to blame, and no text."""

FROM_OUTSIDE = {"SIGKILL", "SIGTERM", "SIGHUP"}
"""How processes end that somebody else ends: nothing that a render does to itself."""


@dataclass(slots=True)
class Deaths:
    """The workers that have died in a run, by the names of what they were at."""

    limits: Limits
    once: set[str] = field(default_factory=set)
    killed: dict[str, str] = field(default_factory=dict)  # from outside, by which signal
    lost: set[str] = field(default_factory=set)  # given up since the machine is to blame

    @property
    def of_the_machine(self) -> bool:
        """Whether workers die because of the machine, and not because of a text."""
        return len(self.killed) >= SEVERAL

    def another(self, at_work: int) -> bool:
        """Whether one of so many workers is to go on: where the machine is to blame, the last of them alone."""
        return not self.of_the_machine or at_work == 1

    @property
    def hopeless(self) -> bool:
        """Whether nothing more is to be tried: one at a time, several were killed again."""
        return len(self.lost) >= SEVERAL

    def noted(self, name: str, prepared: Prepared, code: int | None) -> Made | None:
        """What becomes of a task whose worker has died; ``None`` if it is to be tried once more. ``code``: how it died,
        as ``multiprocessing`` says it."""
        how = processes.ended_how(code)
        outside = how in FROM_OUTSIDE
        if outside:
            self.killed.setdefault(name, how)
        if name not in self.once:
            self.once.add(name)
            return None
        if not outside:
            return unmade(prepared, f"crashed the renderer twice ({how})", "look for a huge text or picture")
        if self.of_the_machine:
            self.lost.add(name)
            return self.given_up()
        what = f"its worker was killed twice from outside ({how}): is the machine out of memory?"
        hint = f"close other programs and run the command again; if it needs much memory, {_smaller(self.limits)}"
        return unmade(prepared, what, hint)

    def given_up(self) -> Made:
        """The result of a task that the machine lets nobody make: the same finding for each, as it is said once."""
        how = next(iter(self.killed.values()))
        hint = f"close other programs and run the command again: finished files are kept; or {_smaller(self.limits)}"
        return _to_blame(f"({how}): the machine is", hint)


def of_machines(how: str, addresses: Iterable[str]) -> Made:
    """The result of a task that the machines of a cluster let nobody make; the same for each, as it is said once."""
    hint = "see what these machines lack, then run the command again: finished files are kept"
    return _to_blame(f"at {', '.join(sorted(addresses))} ({how}): these machines are", hint)


def _to_blame(where: str, hint: str) -> Made:
    what = (
        f"workers of {SEVERAL} or more files were killed from outside {where} most likely "
        "out of memory; no text is to blame, but not all files were made"
    )
    return Made({}, (Finding("machine", Severity.ERROR, what, Location("pyproject.toml"), hint),))


def _smaller(limits: Limits) -> str:
    return f"{setting('memory-limit', limits.megabytes, 'smaller')} to learn which file takes too much"
