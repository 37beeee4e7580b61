"""One run: an input, what it costs, and what goes wrong. Many of them, in processes that have limits."""

from __future__ import annotations

import mmap
import os
import pickle
import random
import re
import resource
import signal
import struct
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.targets import Target, World, told

SEEDS = Path(__file__).parent / "seeds"
LONGEST = 2.0  # CPU seconds of a run
AGAIN = 2  # times that a slow run is made once more, as two processes on one core slow each other; the least counts
LARGEST = 500  # MB that a process may take, with all of our code and data in it
GROWTH = 250  # MB that it may grow by, where it was forked from one that holds more than our code: the tests'
HOPELESS = 20.0  # CPU seconds after which a run is ended
MOST_MEMORY = 4 << 30  # bytes that a process can have at all
SOME = 500  # runs in one process


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


def tried(target: Target, world: World, data: bytes, number: int = 0) -> tuple[float, str]:
    """The CPU seconds that an input takes, and what goes wrong with it ("" for nothing)."""
    begun = time.process_time()
    what = ""
    try:
        with ended():
            told(target.run(world, data), number)
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

    runs: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    megabytes: float = 0.0
    faults: tuple[Fault, ...] = ()

    def with_those(self, others: Figures) -> Figures:
        """These and other runs."""
        return Figures(
            self.runs + others.runs,
            self.seconds + others.seconds,
            max(self.slowest, others.slowest),
            max(self.megabytes, others.megabytes),
            (*self.faults, *others.faults),
        )


def parts(runs: int, first: int = 0) -> Iterator[range]:
    """The numbers of so many runs, in parts that one process makes."""
    return (range(begin, min(begin + SOME, first + runs)) for begin in range(first, first + runs, SOME))


def seeds(name: str) -> list[Path]:
    """The inputs of a target that failed once."""
    return sorted((SEEDS / name).glob("*"))


def made(name: str, target: Target, seed: int, number: int) -> bytes:
    """The input of a run: drawn from the seed, the target and the number of the run alone; -1 is the last file of
    ``seeds``."""
    if number < 0:
        return seeds(name)[number].read_bytes()
    return target.make(random.Random(f"{seed} {name} {number}"))


def in_process(name: str, target: Target, world: World, numbers: range, seed: int) -> Figures:
    """The figures of some runs, in a process of their own, whose memory is limited and measured.

    A run that ends the process is a fault, and the runs behind it are made in another one.
    """
    now = mmap.mmap(-1, 8)  # the run that is being made, which the process tells even if it dies
    now[:] = struct.pack("q", numbers.start)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            result = _some(name, target, world, numbers, seed, now)
            with os.fdopen(writer, "wb") as out:
                pickle.dump(result, out)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        said = answer.read()
    _, status = os.waitpid(child, 0)
    if said:
        figures: Figures = pickle.loads(said)
        return figures
    (number,) = struct.unpack("q", now[:])
    what = f"run {number}: the process died (status {status})"
    died = Figures(number + 1 - numbers.start, 0, 0, 0, (Fault(made(name, target, seed, number), what),))
    left = range(number + 1, numbers.stop)
    return died.with_those(in_process(name, target, world, left, seed)) if left else died


def _some(name: str, target: Target, world: World, numbers: range, seed: int, now: mmap.mmap) -> Figures:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    found, most = Figures(), max(LARGEST, _megabytes() + GROWTH)
    for number in numbers:
        now[:] = struct.pack("q", number)
        data = made(name, target, seed, number)
        seconds, what = tried(target, world, data, number)
        for _ in range(AGAIN if seconds > LONGEST and not what else 0):
            seconds = min(seconds, tried(target, world, data, number)[0])
        taken = _megabytes()
        if not what and seconds > LONGEST:
            what = f"it took {seconds:.1f} CPU seconds"
        if not what and taken > most >= found.megabytes:
            what = f"it took {taken:.0f} MB"
        faults = (Fault(data, f"run {number}: {what}", seconds),) if what else ()
        found = found.with_those(Figures(1, seconds, seconds, taken, faults))
    return found


def _megabytes() -> float:
    """The most that this process has taken until now."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
