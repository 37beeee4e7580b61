"""Which tests run through which line, and how long each takes: pytest runs once with this as its plugin."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import coverage
import pytest

# They publish everything first, or work the tools round the product: too long to be run for each mutant.
LONG = {
    "test_published",
    "test_bilingual",
    "test_looks",
    "test_pseudo",
    "test_do",
    "test_validation",
    "test_architecture",
}


@dataclass(frozen=True, slots=True)
class Map:
    """``seconds`` of each test that passed; ``lines``: by file, the tests that run through each of its lines."""

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]

    @classmethod
    def load(cls, path: Path) -> Map:
        kept = json.loads(path.read_text(encoding="utf-8"))
        lines = {file: {int(line): tests for line, tests in found.items()} for file, found in kept["lines"].items()}
        return cls(kept["seconds"], lines)

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"seconds": self.seconds, "lines": self.lines}), encoding="utf-8")

    def renewed(self, other: Map) -> Map:
        """This map with what ``other`` knows: of tests in the same files nothing old is kept."""
        files = other.files
        seconds = {test: spent for test, spent in self.seconds.items() if test.partition("::")[0] not in files}
        lines = {file: {line: list(each) for line, each in found.items()} for file, found in other.lines.items()}
        for file, found in self.lines.items():
            for line, tests in found.items():
                lines.setdefault(file, {}).setdefault(line, []).extend(test for test in tests if test in seconds)
        return Map(seconds | other.seconds, lines)

    @property
    def files(self) -> set[str]:
        """The files of these tests."""
        return {test.partition("::")[0] for test in self.seconds}

    def among(self, there: set[str]) -> Map:
        """This map without tests that are no longer there: pytest ends when it is asked for one."""
        return Map({test: spent for test, spent in self.seconds.items() if test in there}, self.lines)

    def tests(self, file: str, lines: range, budget: float) -> list[str]:
        """The tests to run for a change in these lines, the quickest first, as many as fit in ``budget`` seconds.

        Behind those that meet the lines come the others of the file: what a cache answers, or a table that is made when
        the module is loaded, is met only by the first test that asks.
        """
        found = self.lines.get(file, {})
        here = {test for line in lines for test in found.get(line, ())} & self.seconds.keys()
        others = {test for tests in found.values() for test in tests} & self.seconds.keys() - here
        chosen, spent = [], 0.0
        for group in (here, others):
            for test in sorted(group, key=lambda name: (self.seconds[name], name)):
                if chosen and spent + self.seconds[test] > budget:
                    break
                chosen.append(test)
                spent += self.seconds[test]
        return chosen


def _coverage(root: Path) -> coverage.Coverage:
    return coverage.Coverage(data_file=None, source=[str(root / "plainleaf")], config_file=False)


def _worked() -> float:
    """Seconds of work so far, also of children that have ended: a busy machine makes no test slower."""
    return time.process_time() + sum(os.times()[2:4])


Lines = dict[str, set[int]]


class Lister:
    """A plugin of pytest that writes to ``target``, as JSON, the names of all tests and, by file, the lines of ``root``
    that run before any test does: what they left behind, a fork has already."""

    def __init__(self, root: Path, target: Path) -> None:
        self.root, self.target = root, target
        self.coverage = _coverage(root)

    @staticmethod
    def read(target: Path) -> tuple[set[str], Lines]:
        tests, lines = json.loads(target.read_text(encoding="utf-8"))
        return set(tests), {file: set(numbers) for file, numbers in lines.items()}

    def pytest_sessionstart(self) -> None:
        self.coverage.start()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.coverage.stop()
        data = self.coverage.get_data()
        lines = {
            Path(file).relative_to(self.root).as_posix(): sorted(data.lines(file) or ())
            for file in data.measured_files()
        }
        self.target.write_text(json.dumps([[item.nodeid for item in session.items], lines]), encoding="utf-8")


class Recorder:
    """A plugin of pytest that writes the map of ``root`` to ``target``."""

    def __init__(self, root: Path, target: Path) -> None:
        self.root, self.target = root, target
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()
        self.coverage = _coverage(root)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [
            item
            for item in items
            if item.path.stem not in LONG and "published" not in getattr(item, "fixturenames", ())
        ]

    def pytest_sessionstart(self) -> None:
        self.coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, bool, bool]:
        self.coverage.switch_context(item.nodeid)
        start = _worked()
        done = yield
        self.seconds[item.nodeid] = _worked() - start
        self.coverage.switch_context("")
        return done

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self.failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self.coverage.stop()
        data = self.coverage.get_data()
        lines = {}
        for file in data.measured_files():
            found = {line: list(filter(None, tests)) for line, tests in data.contexts_by_lineno(file).items()}
            lines[Path(file).relative_to(self.root).as_posix()] = {line: each for line, each in found.items() if each}
        seconds = {test: spent for test, spent in self.seconds.items() if test not in self.failed}
        Map(seconds, lines).save(self.target)
