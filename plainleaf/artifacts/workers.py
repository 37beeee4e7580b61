"""Who writes files: long-lived processes, each file within limits that do not depend on what else the machine does.

What is limited is the time that one computes for a file, not the time that passes while it waits for its turn. A file
that needs more, wants too much memory or brings its worker down is a finding; the worker is replaced and the others go
on. A worker that dies by something else, as when the machine is out of memory, is no fault of the text (``deaths``):
its task is tried once more. Workers are processes of this machine, unless a run is given others (``written_by``).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType

from plainleaf import files
from plainleaf.artifacts import processes
from plainleaf.artifacts.deaths import Deaths
from plainleaf.artifacts.limits import Task, packed, within
from plainleaf.artifacts.processes import Office, Worker
from plainleaf.formats.base import Limits, Made

Results = Iterator[tuple[str, Made]]
Elsewhere = Callable[[Mapping[str, Task], Limits, tuple[str, ...]], Results]
"""Makes tasks at other machines, as ``made`` does here: given tasks by name, limits, and modules to import first."""

_NOTHING: Mapping[str, str] = MappingProxyType({})
_apart: ContextVar[bool] = ContextVar("apart", default=True)  # whether tasks have processes of their own
_elsewhere: ContextVar[Elsewhere | None] = ContextVar("elsewhere", default=None)


@contextmanager
def in_this_process() -> Iterator[None]:
    """While it lasts, nothing is written by other processes. Then no limit stops a task that takes too much."""
    mark = _apart.set(False)
    try:
        yield
    finally:
        _apart.reset(mark)


@contextmanager
def written_by(others: Elsewhere) -> Iterator[None]:
    """While it lasts, tasks are made by others, such as the workers of a cluster."""
    mark = _elsewhere.set(others)
    try:
        yield
    finally:
        _elsewhere.reset(mark)


def made(
    tasks: Mapping[str, Task],
    limits: Limits,
    preload: Iterable[str] = (),
    environment: Mapping[str, str] = _NOTHING,
) -> Results:
    """Each task's name with what became of it, as they are done. What workers leave behind goes with their folder.

    ``preload``: the modules that are imported before the time of any task begins. ``environment``: variables that tasks
    need; those of this process are afterwards as they were.
    """
    if others := _elsewhere.get():
        yield from others(tasks, limits, tuple(preload))
        return
    if not tasks:
        return
    if not _apart.get():
        for name, task in tasks.items():
            with _set(environment):
                done, trace = within(task, limits)
            processes.note(trace)
            yield name, done
        return
    with files.scratch() as folder:
        office = Office(limits, str(folder), tuple(preload), dict(environment))
        yield from _Run(tasks, office, processes.for_few(len(tasks))).made()


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


@dataclass(frozen=True, slots=True)
class _Run:
    """Tasks, and what the workers that make them are given."""

    tasks: Mapping[str, Task]
    office: Office
    started: Callable[[Office], Worker]

    def made(self) -> Results:
        waiting = list(self.tasks)[::-1]
        deaths = Deaths(self.office.limits)
        workers: list[Worker] = []
        try:
            while waiting and len(workers) < _cores():
                workers.append(self._start(waiting.pop()))
            while workers:
                for worker, late in processes.ready(workers):
                    name, made = worker.name, worker.answer(self.tasks[worker.name].prepared, late)
                    if made is None:
                        made = deaths.noted(name, self.tasks[name].prepared, worker.process.exitcode)
                    if made is None:
                        waiting.insert(0, name)  # last, when the machine has less to do
                    if deaths.hopeless:
                        yield from ((left, deaths.given_up()) for left in waiting)
                        waiting.clear()
                    again = waiting.pop() if waiting and deaths.another(len(workers)) else None
                    if again and worker.process.is_alive() and not worker.is_full:
                        worker.give(again, packed(self.tasks[again]))
                    else:
                        workers.remove(worker)
                        worker.end()
                        if again:
                            workers.append(self._start(again))
                    if made:
                        yield name, made
        finally:
            for worker in workers:
                worker.end(0.0)  # at work, and not to be waited for

    def _start(self, name: str) -> Worker:
        worker = self.started(self.office)
        worker.give(name, packed(self.tasks[name]))
        return worker


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
