"""One run: an input, what it costs, and what goes wrong. Many of them, in processes that have limits."""

from __future__ import annotations

import os
import pickle
import random
import re
import resource
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.fuzz.targets import Target, World, told

LONGEST = 2.0  # CPU seconds of a run
LARGEST = 500  # MB that a process may take, with all of our code and data in it
HOPELESS = 20.0  # CPU seconds after which a run is ended
SOME = 250  # runs in one process


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong with an input: the last line of a traceback with where it was, or what it took too much of."""

    data: bytes
    what: str
    seconds: float = 0.0


class EndlessError(BaseException):
    """A run that does not end: not to be caught on the way."""


@contextmanager
def ended() -> Iterator[None]:
    """Ends what computes for longer than ``HOPELESS``, on a machine that is ever so busy."""

    def end(*_: object) -> None:
        raise EndlessError

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, HOPELESS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def tried(target: Target, world: World, data: bytes) -> tuple[float, str]:
    """The CPU seconds that an input takes, and what goes wrong with it ("" for nothing)."""
    begun = time.process_time()
    what = ""
    try:
        with ended():
            told(target.run(world, data))
    except EndlessError:
        what = f"it does not end within {HOPELESS:g} CPU seconds{_where(traceback.format_exc())}"
    except Exception as error:
        what = f"{type(error).__name__}: {str(error)[:150]}{_where(traceback.format_exc())}"
    return time.process_time() - begun, what


def _where(text: str) -> str:
    """The last place of our own in a traceback."""
    places = [line.strip() for line in text.splitlines() if re.match(r' *File "[^"]*/plainleaf/\w+/', line)]
    return f" ({places[-1]})" if places else ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of many runs: how many, all CPU seconds, those of the slowest, the largest process in MB, and what failed."""

    runs: int
    seconds: float
    slowest: float
    megabytes: float
    faults: tuple[Fault, ...]


def many(name: str, target: Target, world: World, runs: int, seed: int, first: int = 0) -> Iterator[Figures]:
    """The figures of so many runs, in parts: each part in a process of its own, whose memory is limited and measured.

    The input of a run is drawn from the seed, the target and the number of the run alone.
    """
    for begin in range(first, first + runs, SOME):
        yield _in_process(name, target, world, range(begin, min(begin + SOME, first + runs)), seed)


def made(name: str, target: Target, seed: int, number: int) -> bytes:
    """The input of a run."""
    return target.make(random.Random(f"{seed} {name} {number}"))


def _in_process(name: str, target: Target, world: World, numbers: range, seed: int) -> Figures:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            result = _some(name, target, world, numbers, seed)
            with os.fdopen(writer, "wb") as out:
                pickle.dump(result, out)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        said = answer.read()
    os.waitpid(child, 0)
    if not said:
        what = f"the process died in runs {numbers.start} to {numbers.stop} of seed {seed}"
        return Figures(len(numbers), 0, 0, 0, (Fault(b"", what),))
    figures: Figures = pickle.loads(said)
    return figures


def _some(name: str, target: Target, world: World, numbers: range, seed: int) -> Figures:
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    faults, slowest, total = [], 0.0, 0.0
    largest = 0.0
    for number in numbers:
        data = made(name, target, seed, number)
        seconds, what = tried(target, world, data)
        taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        if not what and seconds > LONGEST:
            what = f"it took {seconds:.1f} CPU seconds"
        if not what and taken > LARGEST >= largest:
            what = f"it took {taken:.0f} MB"
        if what:
            faults.append(Fault(data, f"run {number}: {what}", seconds))
        slowest, total, largest = max(slowest, seconds), total + seconds, max(largest, taken)
    return Figures(len(numbers), total, slowest, largest, tuple(faults))
