"""In a worker: limits that the system keeps, and one task after another from the pipe. Needs POSIX, alone."""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection

from plainleaf.artifacts.limits import Task, within
from plainleaf.formats.base import Limits


def work(pipe: Connection, limits: Limits, folder: str, preload: Sequence[str], environment: Mapping[str, str]) -> None:
    """Answer each task with what became of it and a traceback ("" for none), until the pipe is closed."""
    os.environ.update(environment)  # before a renderer asks for fonts
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and ends us
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # ends us, also in the midst of a library
    for module in preload:
        import_module(module)
    search_seldom()
    tempfile.tempdir = folder  # WeasyPrint unpacks fonts there, and a worker that is killed leaves them
    most = limits.megabytes * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    with suppress(EOFError, OSError):
        while True:
            task: Task = pipe.recv()
            signal.setitimer(signal.ITIMER_PROF, limits.seconds)  # runs while we compute, and then sends SIGPROF
            answer = within(task, limits)
            signal.setitimer(signal.ITIMER_PROF, 0)
            pipe.send(answer)


def search_seldom() -> None:
    """Have Python look for garbage seldom: what was imported stays, and all that a page makes goes at its end by itself
    (``formats.pdf.releasing``)."""
    gc.freeze()
    gc.set_threshold(400_000, 4, 50)


def main() -> None:
    """Work in a process of its own, whose pipe is the file with the number that was named: what ``work`` needs comes
    through it first."""
    pipe = Connection(int(sys.argv[1]))
    with suppress(EOFError):
        limits, folder, preload, environment = pipe.recv()
        work(pipe, limits, folder, preload, environment)


if __name__ == "__main__":
    main()
