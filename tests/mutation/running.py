"""A copy of the repository in which mutants are tried, each in a child process with a time limit."""

from __future__ import annotations

import json
import math
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from covering import Lines, Lister, Map, Recorder
from mutants import Mutant

ROOT = Path(__file__).parent.parent.parent
ENVIRONMENT = {"CI": "true", "PYTHONHASHSEED": "0"}  # examples are drawn the same in each run


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant with the tests that are to notice it, and how many seconds they may take."""

    number: int
    mutant: Mutant
    tests: tuple[str, ...]
    seconds: float


class Copy:
    """What git knows of the repository, as it lies here, copied to ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "plainleaf"
        self.log = folder / "pytest.log"
        self.clock = time.time()
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True, text=True).stdout
        for name in filter(None, names.split("\0")):
            if (ROOT / name).is_file():
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.root / name)

    def map(self, target: Path, tests: Sequence[str]) -> None:
        """Run these tests as they are, and write to ``target`` which lines each of them meets."""
        recorder = Recorder(self.root, target)
        if self._pytest([*tests], 7200, recorder) not in (0, 1) or not target.exists():
            sys.exit(f"The tests took too long, or could not be run:\n{self.log.read_text(encoding='utf-8')[-2000:]}")

    def tests(self, files: Iterable[str]) -> tuple[set[str], Lines]:
        """The names of the tests in those of these files that are there, and the lines that run before any of them."""
        target = self.root.parent / "tests.json"
        there = [file for file in files if (self.root / file).is_file()]
        self._pytest(["--collect-only", *there], 600, Lister(self.root, target))
        if not target.exists():
            sys.exit(f"The tests could not be listed:\n{self.log.read_text(encoding='utf-8')[-2000:]}")
        return Lister.read(target)

    def swapped(self, trials: Sequence[Trial], early: Lines) -> tuple[dict[int, bool | None], list[str]]:
        """Whether each survives in a fork that has its code already (``swapping``), by number, ``None`` where that
        cannot be said; and the tests that fail there without any mistake. ``early``: lines that ran before any test."""
        from swapping import Host

        if not trials:
            return {}, []
        target = self.root.parent / "swapped.jsonl"
        files = {test.partition("::")[0]: None for trial in trials for test in trial.tests}
        seconds = 3600 + sum(trial.seconds for trial in trials)
        if self._pytest([*files], seconds, Host(self.root, trials, target, early)) != 0:
            sys.exit(f"The mutants could not be tried:\n{self.log.read_text(encoding='utf-8')[-2000:]}")
        failing, *lines = map(json.loads, target.read_text(encoding="utf-8").splitlines())
        return dict(lines), [test for test in failing if test]

    def survives(self, mutant: Mutant, tests: Sequence[str], seconds: float) -> bool:
        """Whether all these tests pass with the mutant in its place; what takes too long does not pass."""
        path = self.root / mutant.file
        source = path.read_bytes()
        try:
            self._write(path, mutant.applied(source))
            return self._pytest(["-x", *tests], seconds) == 0
        finally:
            self._write(path, source)

    def _write(self, path: Path, data: bytes) -> None:
        """With a time of its own: Python keeps the bytecode of a file of the same size and second."""
        self.clock += 2
        path.write_bytes(data)
        os.utime(path, (self.clock, self.clock))

    def _pytest(self, arguments: Sequence[str], seconds: float, *plugins: object) -> int | None:
        """Its exit code; ``None`` if it had to be ended. Forked, so that libraries are loaded once for all mutants."""
        child = os.fork()
        if not child:
            code = 99  # no child goes on as its parent
            try:
                bound(seconds)
                code = self._child(arguments, plugins)
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                os._exit(code)
        return waited(child, seconds)

    def _child(self, arguments: Sequence[str], plugins: Sequence[object]) -> int:
        os.setsid()
        os.chdir(self.root)
        with self.log.open("w") as log:
            for stream in (1, 2):
                os.dup2(log.fileno(), stream)
        os.environ.update(ENVIRONMENT, PYTHONPATH=str(self.root))
        sys.path.insert(0, str(self.root))
        temp = self.root.parent / "temp"
        options = ["-p", "no:cacheprovider", "-o", "addopts=--import-mode=importlib", "--basetemp", str(temp)]
        options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # hypothesis is loaded already
        return int(pytest.main([*options, *arguments], plugins=list(plugins)))


def bound(seconds: float) -> None:
    """Ends this process once it has worked for so long. What it waits for others does not count: mutants that only a
    busy machine made late would seem to be noticed."""
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds), math.ceil(seconds)))


def waited(child: int, seconds: float) -> int | None:
    """The exit code of a process that is ``bound``; ``None`` if it did nothing for long, and was ended."""
    deadline = time.monotonic() + 100 * seconds
    pause = 0.001
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            _end(child)
            return os.waitstatus_to_exitcode(status)
        time.sleep(pause)
        pause = min(0.05, pause * 1.5)
    _end(child)
    os.waitpid(child, 0)
    return None


def _end(child: int) -> None:
    """The child's group, with the workers that it left behind."""
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        return


def limit(known: Map, tests: Collection[str]) -> float:
    """How long these tests may take, in seconds of work: longer than they did, as a fork has caches to fill."""
    return 30 + 4 * sum(known.seconds[test] for test in tests)
