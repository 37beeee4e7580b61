"""Who writes files: long-lived processes, each file within limits that do not depend on what else the machine does.

Workers come from a fork server that has imported the heavy libraries once. What is limited is the time that one
computes for a file, not the time that passes while it waits for its turn. A file that needs more, wants too much memory
or brings its worker down is a finding; the worker is replaced and the others go on. A worker that dies by something
else, as when the machine is out of memory, is no fault of the text (``deaths``): its task is tried once more.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.util import Finalize, get_temp_dir
from types import MappingProxyType, ModuleType

from plainleaf import files
from plainleaf.artifacts.deaths import Deaths
from plainleaf.artifacts.limits import Task, setting, unmade, within
from plainleaf.formats.base import Limits, Made, Prepared

_LOG = logging.getLogger("plainleaf")

_PATIENCE = 10  # times the limit by the clock, for a worker that shares its processor with many others
_GRACE = 60  # seconds more, to start a worker on a machine that has none to spare
_LONGEST_FOLDER = 70  # characters: a socket's whole name has 103 at most
_AFTER_SOCKETS = -200  # multiprocessing takes its own folder away at -100
_NOTHING: Mapping[str, str] = MappingProxyType({})
_starting = threading.Lock()
_apart: ContextVar[bool] = ContextVar("apart", default=True)  # whether tasks have processes of their own


def _by_the_clock(limits: Limits) -> int:
    """Seconds after which a worker that has computed less is given up: it hangs."""
    return _PATIENCE * limits.seconds + _GRACE


@contextmanager
def in_this_process() -> Iterator[None]:
    """While it lasts, nothing is written by other processes. Then no limit stops a task that takes too much."""
    mark = _apart.set(False)
    try:
        yield
    finally:
        _apart.reset(mark)


def made(
    tasks: Mapping[str, Task],
    limits: Limits,
    preload: Iterable[str] = (),
    environment: Mapping[str, str] = _NOTHING,
) -> Iterator[tuple[str, Made]]:
    """Each task's name with what became of it, as they are done. What workers leave behind goes with their folder.

    ``preload``: the modules that are imported before the time of any task begins. ``environment``: variables that tasks
    need; those of this process are afterwards as they were.
    """
    if not _apart.get():
        for name, task in tasks.items():
            with _set(environment):
                done, trace = within(task, limits)
            _note(trace)
            yield name, done
        return
    with files.scratch() as folder:
        yield from _Office(limits, str(folder), tuple(preload), dict(environment)).made(tasks)


@contextmanager
def _set(environment: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _note(trace: str) -> None:
    """Keep the traceback of a mistake of our own for those who ask for it."""
    if trace:
        _LOG.debug("%s", trace)


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


@dataclass(slots=True)
class _Worker:
    """A process that writes what comes through the pipe, one task at a time; ``name`` is what it is at."""

    process: BaseProcess
    pipe: Connection
    name: str
    deadline: float


@dataclass(frozen=True, slots=True)
class _Office:
    """Where workers start, and what they are given for their work."""

    limits: Limits
    folder: str
    preload: tuple[str, ...]
    environment: Mapping[str, str]

    def made(self, tasks: Mapping[str, Task]) -> Iterator[tuple[str, Made]]:
        waiting = list(tasks)[::-1]
        deaths = Deaths(self.limits)
        workers: list[_Worker] = []
        try:
            while waiting and len(workers) < _cores():
                workers.append(self._start(tasks, waiting.pop()))
            while workers:
                for worker, late in _ready(workers):
                    name, made = worker.name, self._answer(worker, tasks[worker.name].prepared, late)
                    if made is None:
                        made = deaths.noted(name, tasks[name].prepared, worker.process.exitcode)
                    if made is None:
                        waiting.insert(0, name)  # last, when the machine has less to do
                    if deaths.hopeless:
                        yield from ((left, deaths.given_up()) for left in waiting)
                        waiting.clear()
                    again = waiting.pop() if waiting and deaths.another(len(workers)) else None
                    if again and worker.process.is_alive():
                        self._give(worker, tasks, again)
                    else:
                        workers.remove(worker)
                        _end(worker)
                        if again:
                            workers.append(self._start(tasks, again))
                    if made:
                        yield name, made
        finally:
            for worker in workers:
                _end(worker, 0.0)  # at work, and not to be waited for

    def _start(self, tasks: Mapping[str, Task], name: str) -> _Worker:
        from plainleaf.artifacts import rendering

        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(self.preload))
        ours, theirs = context.Pipe()
        given = (theirs, self.limits, self.folder, self.preload, self.environment)
        process = context.Process(target=rendering.work, args=given, daemon=True)
        with _without_main():
            _own_sockets()
            process.start()
        theirs.close()
        worker = _Worker(process, ours, name, 0.0)
        self._give(worker, tasks, name)
        return worker

    def _give(self, worker: _Worker, tasks: Mapping[str, Task], name: str) -> None:
        worker.name, worker.deadline = name, time.monotonic() + _by_the_clock(self.limits)
        with suppress(OSError):  # a worker that has died is found out when its answer is awaited
            worker.pipe.send(tasks[name])

    def _answer(self, worker: _Worker, prepared: Prepared, late: bool) -> Made | None:
        """What a worker has made of its task; ``None`` if it died, and not by the limit on its time."""
        seconds = self.limits.seconds
        if late:
            worker.process.kill()
            worker.process.join()
            what = f"nothing came of it in {_by_the_clock(self.limits)} s by the clock, while it computed less than"
            return unmade(prepared, f"{what} the {seconds} s of time-limit", "run again; if it stays so, report this")
        try:
            made: Made
            made, trace = worker.pipe.recv()
            _note(trace)
            return made
        except (EOFError, OSError):
            worker.process.join()
        if worker.process.exitcode != -signal.SIGPROF:
            return None
        hint = f"look for a huge table or picture; if the leaflet is right, {setting('time-limit', seconds)}"
        return unmade(prepared, f"took more than {seconds} s of processor time (time-limit = {seconds})", hint)


def _ready(workers: list[_Worker]) -> list[tuple[_Worker, bool]]:
    """The workers that have answered or died, and those whose time by the clock is over, each with whether it is."""
    pipes = {worker.pipe: worker for worker in workers}
    patience = max(0.0, min(worker.deadline for worker in workers) - time.monotonic())
    ready = [pipes[pipe] for pipe in wait(list(pipes), patience) if isinstance(pipe, Connection)]
    late = [worker for worker in workers if worker not in ready and worker.deadline <= time.monotonic()]
    return [*((worker, False) for worker in ready), *((worker, True) for worker in late)]


def _end(worker: _Worker, patience: float = 5.0) -> None:
    """An idle worker ends by itself once its pipe is closed; none outlives ``patience``, in seconds."""
    worker.pipe.close()
    worker.process.join(patience)
    worker.process.kill()  # it writes nothing but to the pipe and its own folder
    worker.process.join()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
