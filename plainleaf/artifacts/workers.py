"""Who renders: long-lived processes, each render within limits that do not depend on what else the machine does.

Workers come from a fork server that has imported WeasyPrint once. What is limited is the time that a render computes,
not the time that passes while it waits for its turn. A render that needs more, wants too much memory or brings its
worker down is a finding; its worker is replaced and the others go on. A worker that dies by something else, as when
the machine is out of memory, is no fault of the text: its sheet is tried once more.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from plainleaf.model import Finding, Printed, Severity, Sheet

Write = Callable[[Sheet, float], Printed]

_RENDERER = "plainleaf.formats.pdf.render"  # imported before any sheet's time begins
_PATIENCE = 10  # times the limit by the clock, for a worker that shares its processor with many others
_GRACE = 60  # seconds more, to start a worker on a machine that has none to spare
_FROM_OUTSIDE = {signal.SIGKILL, signal.SIGTERM, signal.SIGHUP}  # nothing that a render does to itself


@dataclass(frozen=True, slots=True)
class Limits:
    """For one render: seconds of computing (of a processor, not of the clock), and MB of address space."""

    seconds: int
    megabytes: int

    @property
    def by_the_clock(self) -> int:
        """Seconds after which a worker that has computed less is given up: it hangs."""
        return _PATIENCE * self.seconds + _GRACE


def _write(sheet: Sheet, seconds: float) -> Printed:
    from plainleaf.formats.pdf import render as pdf

    return pdf.write(sheet, seconds)


def rendered(sheets: Mapping[str, Sheet], limits: Limits, write: Write = _write) -> Iterator[tuple[str, Printed]]:
    """Each sheet's name with what became of it, as they are done. What workers leave behind goes with their folder.

    ``write`` renders a sheet in the time that it is given; a function of some module, as it is called in the workers.
    """
    with tempfile.TemporaryDirectory(prefix="plainleaf-") as folder:
        yield from _Office(limits, folder, write).rendered(sheets)


@dataclass(slots=True)
class _Worker:
    """A process that renders what comes through the pipe, one sheet at a time; ``name`` is what it is at."""

    process: BaseProcess
    pipe: Connection
    name: str
    deadline: float


@dataclass(frozen=True, slots=True)
class _Office:
    """Where workers start, and what they are given for their work."""

    limits: Limits
    folder: str
    write: Write

    def rendered(self, sheets: Mapping[str, Sheet]) -> Iterator[tuple[str, Printed]]:
        waiting = list(sheets)[::-1]
        fallen = set[str]()  # sheets whose worker died once
        workers: list[_Worker] = []
        try:
            while waiting and len(workers) < _cores():
                workers.append(self._start(sheets, waiting.pop()))
            while workers:
                for worker, late in _ready(workers):
                    name, printed = worker.name, self._answer(worker, sheets[worker.name], late)
                    if printed is None and name in fallen:
                        printed = _died_twice(sheets[name], worker.process.exitcode)
                    elif printed is None:
                        fallen.add(name)
                        waiting.insert(0, name)  # last, when the machine has less to do
                    again = waiting.pop() if waiting else None
                    if again and worker.process.is_alive():
                        self._give(worker, sheets, again)
                    else:
                        workers.remove(worker)
                        _end(worker)
                        if again:
                            workers.append(self._start(sheets, again))
                    if printed:
                        yield name, printed
        finally:
            for worker in workers:
                _end(worker, 0.0)  # at work, and not to be waited for

    def _start(self, sheets: Mapping[str, Sheet], name: str) -> _Worker:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([_RENDERER])
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self.limits, self.folder, self.write), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours, name, 0.0)
        self._give(worker, sheets, name)
        return worker

    def _give(self, worker: _Worker, sheets: Mapping[str, Sheet], name: str) -> None:
        worker.name, worker.deadline = name, time.monotonic() + self.limits.by_the_clock
        with suppress(OSError):  # a worker that has died is found out when its answer is awaited
            worker.pipe.send(sheets[name])

    def _answer(self, worker: _Worker, sheet: Sheet, late: bool) -> Printed | None:
        """What a worker has made of its sheet; ``None`` if it died, and not by the limit on its time."""
        seconds = self.limits.seconds
        if late:
            worker.process.kill()
            worker.process.join()
            what = f"nothing came of it in {self.limits.by_the_clock} s by the clock, while it computed less than"
            return _unprinted(sheet, f"{what} the {seconds} s of time-limit", "run again; if it stays so, report this")
        try:
            printed: Printed = worker.pipe.recv()
            return printed
        except (EOFError, OSError):
            worker.process.join()
        if worker.process.exitcode != -signal.SIGPROF:
            return None
        hint = f"look for a huge table or picture; if the leaflet is right, {_setting('time-limit', seconds)}"
        return _unprinted(sheet, f"took more than {seconds} s of processor time (time-limit = {seconds})", hint)


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


def _died_twice(sheet: Sheet, code: int | None) -> Printed:
    """The result of a sheet whose second worker died too; ``code``: how, as ``multiprocessing`` says it."""
    by = signal.Signals(-code) if code and -code in list(signal.Signals) else None
    how = by.name if by else f"exit code {code}"
    if by in _FROM_OUTSIDE:
        what = f"its worker was killed twice from outside ({how}): is the machine out of memory?"
        return _unprinted(sheet, what, "close other programs and run again; a huge table or picture needs much memory")
    return _unprinted(sheet, f"brought the renderer down twice ({how})", "look for a huge text or picture")


def _setting(key: str, now: int) -> str:
    return f"write a larger {key} than {now} below [tool.plainleaf] in pyproject.toml"


def _unprinted(sheet: Sheet, what: str, hint: str) -> Printed:
    """The result of a render that a limit stopped."""
    return Printed(b"", 0, (Finding("render-limit", Severity.ERROR, f"{sheet.name}: {what}", sheet.at, hint),))


# --------------------------------------------------------------------------- in the worker


def _work(pipe: Connection, limits: Limits, folder: str, write: Write) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and ends us
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # ends us, also in the midst of a library
    import_module(_RENDERER)
    gc.freeze()  # what was imported stays: not to be walked through again and again
    gc.set_threshold(50_000, 20, 50)  # a page makes boxes by the thousand, and all of them go at the end
    tempfile.tempdir = folder  # WeasyPrint unpacks fonts there, and a worker that is killed leaves them
    most = limits.megabytes * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    with suppress(EOFError, OSError):
        while True:
            sheet: Sheet = pipe.recv()
            signal.setitimer(signal.ITIMER_PROF, limits.seconds)  # runs while we compute, and then sends SIGPROF
            printed = _within_limits(write, sheet, limits)
            signal.setitimer(signal.ITIMER_PROF, 0)
            pipe.send(printed)


def _within_limits(write: Write, sheet: Sheet, limits: Limits) -> Printed:
    try:
        return write(sheet, limits.seconds)
    except MemoryError:
        hint = f"look for a huge table or picture, or {_setting('memory-limit', limits.megabytes)}"
        return _unprinted(sheet, f"wanted more than {limits.megabytes} MB of memory (memory-limit)", hint)
    except RecursionError:
        return _unprinted(sheet, "is nested too deep to lay out", "take some boxes or lists apart")
    except Exception as error:  # a mistake of ours or of WeasyPrint's: this sheet fails, the others go on
        return _unprinted(sheet, f"failed: {type(error).__name__}: {error}", "report this, with the leaflet")
