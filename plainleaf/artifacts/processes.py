"""Processes that write files: how they are started, given one task after the other, and given up.

Those of a run come from a fork server that has imported the heavy libraries once; for a single file a copy of this
process is cheaper. Those at a worker of a cluster are started each by itself, as whoever starts that worker may forbid
it to have children of ``multiprocessing``.
"""

from __future__ import annotations

import itertools
import logging
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection, wait
from multiprocessing.util import Finalize, get_temp_dir
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from plainleaf import files
from plainleaf.artifacts.limits import setting, unmade
from plainleaf.formats.base import Limits, Made, Prepared

_LOG = logging.getLogger("plainleaf")

PATIENCE = 10  # times the limit by the clock, for a worker that shares its processor with many others
GRACE = 60  # seconds more, to start a worker on a machine that has none to spare
_FULL = 0.6  # of the limit on memory: then another worker takes its place
_LONGEST_FOLDER = 70  # characters: a socket's whole name has 103 at most
_AFTER_SOCKETS = -200  # multiprocessing takes its own folder away at -100
_STANDARD = 2  # the number of the last file that every process has: stderr
_starting = threading.Lock()
_RUNS = itertools.count()  # of this process, that needed workers


def by_the_clock(limits: Limits) -> int:
    """Seconds after which a worker that has computed less is given up: it hangs."""
    return PATIENCE * limits.seconds + GRACE


def note(trace: str) -> None:
    """Keep the traceback of a mistake of our own for those who ask for it."""
    if trace:
        _LOG.debug("%s", trace)


class Process(Protocol):
    """What is asked of a process, as ``multiprocessing`` has it. ``exitcode``: less than 0 by a signal."""

    @property
    def exitcode(self) -> int | None: ...
    @property
    def pid(self) -> int | None: ...
    def is_alive(self) -> bool: ...
    def kill(self) -> None: ...
    def join(self, timeout: float | None = None) -> None: ...


@dataclass(frozen=True, slots=True)
class Office:
    """What each process is given for its work: limits for each file, the folder for what it leaves behind, modules that
    are imported before the time of any task begins, variables of the environment."""

    limits: Limits
    folder: str
    preload: tuple[str, ...]
    environment: Mapping[str, str]


@dataclass(slots=True)
class Worker:
    """A process that writes what comes through the pipe, one task at a time; ``name`` is what it is at, ``deadline``
    (of the monotonic clock) is when that is given up."""

    process: Process
    pipe: Connection
    limits: Limits
    name: str = ""
    deadline: float = 0.0

    def give(self, name: str, task: bytes) -> None:
        """Let it begin a task (``limits.packed``)."""
        self.name, self.deadline = name, time.monotonic() + by_the_clock(self.limits)
        with suppress(OSError):  # a worker that has died is found out when its answer is awaited
            self.pipe.send_bytes(task)

    def answer(self, prepared: Prepared, late: bool, noted: Callable[[str], None] = note) -> Made | None:
        """What it has made of its task; ``None`` if it died, and not by the limit on its time. ``late``: it is to be
        given up. ``noted`` hears the traceback of a mistake of our own, "" for none."""
        seconds = self.limits.seconds
        if late:
            self.process.kill()
            self.process.join()
            what = f"did not finish in {by_the_clock(self.limits)} s, though it used less than"
            return unmade(
                prepared,
                f"{what} the {seconds} s of time-limit",
                "run the command again; if it happens again, report this",
            )
        try:
            made: Made
            made, trace = self.pipe.recv()
            noted(trace)
            return made
        except (EOFError, OSError):
            self.process.join()
        if self.process.exitcode != -signal.SIGPROF:
            return None
        hint = f"look for a huge table or picture; if the leaflet is right, {setting('time-limit', seconds)}"
        return unmade(prepared, f"took more than {seconds} s of processor time (time-limit = {seconds})", hint)

    @property
    def is_full(self) -> bool:
        """Whether it holds so much of the memory it may have that the next file could fail for what others have left in
        it. Linux alone tells; elsewhere none is."""
        with suppress(OSError, ValueError):
            pages = int(Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[0])
            return pages * os.sysconf("SC_PAGE_SIZE") > _FULL * self.limits.megabytes * 1024 * 1024
        return False

    def end(self, patience: float = 5.0) -> None:
        """An idle one ends by itself once its pipe is closed; none outlives ``patience``, in seconds."""
        self.pipe.close()
        self.process.join(patience)
        self.process.kill()  # it writes nothing but to the pipe and its own folder
        self.process.join()


def ready(workers: list[Worker]) -> list[tuple[Worker, bool]]:
    """Wait for workers that have answered or died, or whose time by the clock is over; each with whether that is so."""
    pipes = {worker.pipe: worker for worker in workers}
    patience = max(0.0, min(worker.deadline for worker in workers) - time.monotonic())
    there = [pipes[pipe] for pipe in wait(list(pipes), patience) if isinstance(pipe, Connection)]
    late = [worker for worker in workers if worker not in there and worker.deadline <= time.monotonic()]
    return [*((worker, False) for worker in there), *((worker, True) for worker in late)]


def ended_how(code: int | None) -> str:
    """How a process ended, in words ("SIGKILL")."""
    by = signal.Signals(-code) if code and -code in list(signal.Signals) else None
    return by.name if by else f"exit code {code}"


# --------------------------------------------------------------------------- starting


def forked(office: Office) -> Worker:
    """One of a run: it ends with this process."""
    from plainleaf.artifacts import rendering

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(office.preload))
    ours, theirs = context.Pipe()
    given = (theirs, office.limits, office.folder, office.preload, office.environment)
    process = context.Process(target=rendering.work, args=given, daemon=True)
    with _without_main():
        _own_sockets()
        process.start()
    theirs.close()
    return Worker(process, ours, office.limits)


def copied(office: Office) -> Worker:
    """A copy of this process, for which nothing is imported twice. It has none of the files that this one has open, nor
    their locks, and ends when this one does."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    given = (theirs, office.limits, office.folder, office.preload, office.environment)
    process = context.Process(target=_work_as_copy, args=given, daemon=True)
    process.start()
    theirs.close()
    return Worker(process, ours, office.limits)


def _work_as_copy(pipe: Connection, *given: Any) -> None:
    from plainleaf.artifacts import rendering

    nothing = os.open(os.devnull, os.O_RDWR)
    for number in map(int, os.listdir("/proc/self/fd")):  # noqa: PTH208
        if number > _STANDARD and number not in (pipe.fileno(), nothing):
            with suppress(OSError):  # that of the list itself
                os.fstat(number)
                os.dup2(nothing, number)  # not closed: another file would get its number
    for ending in (signal.SIGTERM, signal.SIGHUP):
        if callable(signal.getsignal(ending)):
            signal.signal(ending, signal.SIG_DFL)
    rendering.work(pipe, *given)


def for_few(tasks: int) -> Callable[[Office], Worker]:
    """Who starts the workers of a run for so many tasks. A process that has made files before will make more: then a
    fork server pays off for a single one too."""
    alone = next(_RUNS) == 0 and tasks == 1 and sys.platform == "linux" and _threads() == 1
    return copied if alone else forked


def _threads() -> int:
    """How many threads this process has, those of compiled libraries too: a copy has one alone, and waits for ever for
    what the others were to do."""
    return len(os.listdir("/proc/self/task"))  # noqa: PTH208


def apart(office: Office) -> Worker:
    """One that needs no fork server, and may be started by any thread: it ends when this process does, as its pipe is
    closed then."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-m", "plainleaf.artifacts.rendering", str(theirs.fileno())]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=environment, stdin=subprocess.DEVNULL)
    theirs.close()
    worker = Worker(_Apart(process), Connection(ours.detach()), office.limits)
    with suppress(OSError):
        worker.pipe.send((office.limits, office.folder, office.preload, dict(office.environment)))
    return worker


@dataclass(frozen=True, slots=True)
class _Apart:
    """A process of ``subprocess`` with the manners of one of ``multiprocessing``."""

    process: subprocess.Popen[bytes]

    @property
    def exitcode(self) -> int | None:
        return self.process.returncode

    @property
    def pid(self) -> int | None:
        return self.process.pid

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        self.process.kill()

    def join(self, timeout: float | None = None) -> None:
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout)


@contextmanager
def _without_main() -> Iterator[None]:
    """A worker started while it lasts does not run the main script again, which may have no guard against that.

    ``multiprocessing`` looks at ``__main__`` for the script that a new process runs first; nothing of it is needed.
    """
    with _starting:
        main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


@cache
def _own_sockets() -> None:
    """Have ``multiprocessing`` keep its sockets where they go with this process, also if it is killed. They stay as
    long as it lives: the fork server serves one run after the other."""
    lasting = ExitStack()
    Finalize(None, lasting.close, exitpriority=_AFTER_SOCKETS)
    folder = str(lasting.enter_context(files.scratch()))
    if len(folder) > _LONGEST_FOLDER:
        return
    before, tempfile.tempdir = tempfile.tempdir, folder
    try:
        get_temp_dir()
    finally:
        tempfile.tempdir = before
