"""Who writes files: long-lived processes, each file within limits that do not depend on what else the machine does.

Workers come from a fork server that has imported the heavy libraries once. What is limited is the time that one
computes for a file, not the time that passes while it waits for its turn. A file that needs more, wants too much memory
or brings its worker down is a finding; the worker is replaced and the others go on. A worker that dies by something
else, as when the machine is out of memory, is no fault of the text: its task is tried once more.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from plainleaf.formats.base import Limits, Made, Prepared, Write
from plainleaf.model import Finding, Severity

_PATIENCE = 10  # times the limit by the clock, for a worker that shares its processor with many others
_GRACE = 60  # seconds more, to start a worker on a machine that has none to spare
_FROM_OUTSIDE = {signal.SIGKILL, signal.SIGTERM, signal.SIGHUP}  # nothing that a render does to itself


@dataclass(frozen=True, slots=True)
class Task:
    """What one worker does: ``write`` (a function of some module, as it is called in another process) what is
    prepared."""

    prepared: Prepared
    write: Write


def _by_the_clock(limits: Limits) -> int:
    """Seconds after which a worker that has computed less is given up: it hangs."""
    return _PATIENCE * limits.seconds + _GRACE


def made(tasks: Mapping[str, Task], limits: Limits, preload: Iterable[str] = ()) -> Iterator[tuple[str, Made]]:
    """Each task's name with what became of it, as they are done. What workers leave behind goes with their folder.

    ``preload``: the modules that are imported before the time of any task begins.
    """
    with tempfile.TemporaryDirectory(prefix="plainleaf-") as folder:
        yield from _Office(limits, folder, tuple(preload)).made(tasks)


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

    def made(self, tasks: Mapping[str, Task]) -> Iterator[tuple[str, Made]]:
        waiting = list(tasks)[::-1]
        fallen = set[str]()  # tasks whose worker died once
        workers: list[_Worker] = []
        try:
            while waiting and len(workers) < _cores():
                workers.append(self._start(tasks, waiting.pop()))
            while workers:
                for worker, late in _ready(workers):
                    name, made = worker.name, self._answer(worker, tasks[worker.name].prepared, late)
                    if made is None and name in fallen:
                        made = _died_twice(tasks[name].prepared, worker.process.exitcode)
                    elif made is None:
                        fallen.add(name)
                        waiting.insert(0, name)  # last, when the machine has less to do
                    again = waiting.pop() if waiting else None
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
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(self.preload))
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self.limits, self.folder, self.preload), daemon=True)
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
            return _unmade(prepared, f"{what} the {seconds} s of time-limit", "run again; if it stays so, report this")
        try:
            made: Made = worker.pipe.recv()
            return made
        except (EOFError, OSError):
            worker.process.join()
        if worker.process.exitcode != -signal.SIGPROF:
            return None
        hint = f"look for a huge table or picture; if the leaflet is right, {_setting('time-limit', seconds)}"
        return _unmade(prepared, f"took more than {seconds} s of processor time (time-limit = {seconds})", hint)


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


def _died_twice(prepared: Prepared, code: int | None) -> Made:
    """The result of a task whose second worker died too; ``code``: how, as ``multiprocessing`` says it."""
    by = signal.Signals(-code) if code and -code in list(signal.Signals) else None
    how = by.name if by else f"exit code {code}"
    if by in _FROM_OUTSIDE:
        what = f"its worker was killed twice from outside ({how}): is the machine out of memory?"
        return _unmade(prepared, what, "close other programs and run again; a huge table or picture needs much memory")
    return _unmade(prepared, f"brought the renderer down twice ({how})", "look for a huge text or picture")


def _setting(key: str, now: int) -> str:
    return f"write a larger {key} than {now} below [tool.plainleaf] in pyproject.toml"


def _unmade(prepared: Prepared, what: str, hint: str) -> Made:
    """The result of a render that a limit stopped."""
    return Made({}, (Finding("render-limit", Severity.ERROR, f"{prepared.name}: {what}", prepared.at, hint),))


# --------------------------------------------------------------------------- in the worker


def _work(pipe: Connection, limits: Limits, folder: str, preload: tuple[str, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and ends us
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # ends us, also in the midst of a library
    for module in preload:
        import_module(module)
    gc.freeze()  # what was imported stays: not to be walked through again and again
    gc.set_threshold(50_000, 20, 50)  # a page makes boxes by the thousand, and all of them go at the end
    tempfile.tempdir = folder  # WeasyPrint unpacks fonts there, and a worker that is killed leaves them
    most = limits.megabytes * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    with suppress(EOFError, OSError):
        while True:
            task: Task = pipe.recv()
            signal.setitimer(signal.ITIMER_PROF, limits.seconds)  # runs while we compute, and then sends SIGPROF
            made = _within_limits(task, limits)
            signal.setitimer(signal.ITIMER_PROF, 0)
            pipe.send(made)


def _within_limits(task: Task, limits: Limits) -> Made:
    prepared = task.prepared
    try:
        made = task.write(prepared, limits)
        if not isinstance(made, Made):  # by a format of another package
            raise TypeError(f"{task.write.__module__} gave {type(made).__name__} and no Made")
        return made
    except MemoryError:
        hint = f"look for a huge table or picture, or {_setting('memory-limit', limits.megabytes)}"
        return _unmade(prepared, f"wanted more than {limits.megabytes} MB of memory (memory-limit)", hint)
    except RecursionError:
        return _unmade(prepared, "is nested too deep to lay out", "take some boxes or lists apart")
    except Exception as error:  # a mistake of ours or of a library's: this file fails, the others go on
        return _unmade(prepared, f"failed: {type(error).__name__}: {error}", "report this, with the leaflet")
