"""What a benchmark is measured by: processor seconds of processes with all that these start, and on what machine."""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DAY = "1796083200"  # the day of all runs, 2026-12-01: the shipped leaflets are to be reviewed later
LIBRARIES = ("weasyprint", "pydyf", "tinycss2", "fonttools", "pypdfium2", "babel", "jinja2")
_PR_SET_CHILD_SUBREAPER = 36
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Spent:
    """What something took: seconds of processors (user and system) and of the clock; ``output``: what it said;
    ``peak``: MB of memory that the largest of its processes had at once."""

    cpu: float
    wall: float
    output: str = ""
    peak: float = 0.0


def command(*words: str, cwd: Path = ROOT, environment: Mapping[str, str] | None = None) -> Spent:
    """Run a command; what it and all that it started took. Raises ``subprocess.CalledProcessError``.

    A process counts with those that started it when these wait for it. What outlives its parent, as the fork server of
    a run may for a moment, comes to this process, which waits for it.
    """
    before = _children()
    with _adopting(), tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        started = subprocess.Popen(words, cwd=cwd, env=environment, stdout=said, stderr=said)
        _, status, used = os.wait4(started.pid, 0)
        wall = time.perf_counter() - begun
        started.returncode = os.waitstatus_to_exitcode(status)
        all_used = [used, *_orphans(before)]
        said.seek(0)
        output = said.read().decode(errors="replace")
    if started.returncode:
        raise subprocess.CalledProcessError(started.returncode, words, output)
    cpu = sum(each.ru_utime + each.ru_stime for each in all_used)
    return Spent(cpu, wall, output, max(each.ru_maxrss for each in all_used) / 1024)


@contextmanager
def _adopting() -> Iterator[None]:
    """While it lasts, processes whose parents have ended come to this one."""
    prctl = ctypes.CDLL(None).prctl
    prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def _orphans(others: Collection[int]) -> Iterator[resource.struct_rusage]:
    """What children of this process took until they ended, but for those of its own."""
    while left := _children() - set(others):
        for child in left:
            with suppress(ChildProcessError):
                yield os.wait4(child, 0)[2]


def _children() -> set[int]:
    return {number for number, parent, _ in _processes() if parent == os.getpid()}


def _processes() -> Iterator[tuple[int, int, float]]:
    """Each process that lives: its number, its parent's, and its CPU seconds with those of its children that have
    ended."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has just ended
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            yield int(folder.name), int(fields[1]), sum(map(int, fields[11:15])) / _TICKS


def here(run: Callable[[], object]) -> Spent:
    """What something takes in this process, without those that it starts."""
    before, begun = time.process_time(), time.perf_counter()
    run()
    return Spent(time.process_time() - before, time.perf_counter() - begun)


def alive(processes: Iterable[int]) -> float:
    """CPU seconds up to now of processes that live, with all that they have started: Linux alone."""
    parents = dict[int, list[int]]()
    used = dict[int, float]()
    for number, parent, seconds in _processes():
        parents.setdefault(parent, []).append(number)
        used[number] = seconds
    waiting, total = list(processes), 0.0
    while waiting:
        number = waiting.pop()
        total += used.get(number, 0.0)
        waiting += parents.get(number, [])
    return total


def plainleaf(cache: Path, *words: str, root: Path = ROOT) -> Spent:
    """The whole command, as its user runs it; what can be made again is kept in ``cache``."""
    own = {"PLAINLEAF_CACHE": str(cache), "SOURCE_DATE_EPOCH": DAY, "PYTHONPATH": str(ROOT)}
    return command(sys.executable, str(ROOT / "publish.py"), *words, cwd=root, environment={**environment(), **own})


def environment() -> dict[str, str]:
    """That of this process, but for what keeps Python from compiling our code once, as it is where it is installed."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def machine() -> str:
    """The processor, the system, Python and the libraries that take part, in a line."""
    try:
        about = Path("/proc/cpuinfo").read_text(encoding="utf-8")
        model = next(line.partition(":")[2].strip() for line in about.splitlines() if line.startswith("model name"))
    except (OSError, StopIteration):
        model = platform.processor() or platform.machine()
    libraries = ", ".join(f"{name} {metadata.version(name)}" for name in LIBRARIES)
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"{model}, {cores()} cores, {system}, {libraries}"


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def load() -> float:
    """How many processes wanted a processor in the last minute, this one among them."""
    return os.getloadavg()[0]
