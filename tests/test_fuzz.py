"""Inputs that know the grammar of a file neither stop nor fool the tool: a few of each kind, in each run of the tests.
``.ci/run`` draws thousands (``./do fuzz --share``), and ``./do fuzz`` as many as one likes."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from plainleaf.model import Finding, Location, Severity
from tests.fuzz import running
from tests.fuzz.running import in_process, made, seeds, tried
from tests.fuzz.targets import TARGETS, Target, World

SOME = 20


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("world"))


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_drawn_gives_a_result_or_findings(world: World, name: str) -> None:
    target = TARGETS[name]
    for number in range(SOME):
        data = made(name, target, 1, number)
        _, what = tried(target, world, data, number)
        assert not what, f"run {number}: {what}"


def kept() -> Iterator[tuple[str, Path]]:
    yield from ((name, path) for name in TARGETS for path in seeds(name))


@pytest.mark.parametrize(("name", "path"), kept(), ids=lambda each: each.name if isinstance(each, Path) else each)
def test_what_once_failed_is_answered(world: World, name: str, path: Path) -> None:
    _, what = tried(TARGETS[name], world, path.read_bytes())
    assert not what


def test_each_seed_is_one_of_a_target() -> None:
    assert {path.name for path in running.SEEDS.iterdir()} <= {*TARGETS}


def test_the_same_seed_draws_the_same_inputs() -> None:
    for name, target in TARGETS.items():
        assert made(name, target, 3, 5) == made(name, target, 3, 5), name


# --------------------------------------------------------------------------- what is noticed


def _numbered(chance: random.Random) -> bytes:
    return b"%d" % chance.randrange(10**9)


def _failing(world: World, data: bytes) -> Iterable[Finding]:
    raise KeyError("no such thing")


def test_a_traceback_is_a_fault_of_its_input(world: World) -> None:
    target = Target(_numbered, _failing)
    figures = in_process("x", target, world, range(2), 7)
    assert [fault.data for fault in figures.faults] == [made("x", target, 7, number) for number in range(2)]
    assert figures.runs == 2 and "run 1: KeyError: 'no such thing'" in figures.faults[1].what


def test_a_run_that_ends_the_process_is_a_fault_of_its_input_and_the_others_are_made(world: World) -> None:
    fatal = made("x", Target(_numbered, _failing), 7, 1)

    def run(_: World, data: bytes) -> Iterable[Finding]:
        if data == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return ()

    figures = in_process("x", Target(_numbered, run), world, range(4), 7)
    (fault,) = figures.faults
    assert (figures.runs, fault.data) == (4, fatal) and "the process died" in fault.what


def test_a_run_that_takes_too_much_is_a_fault(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def large(_: World, data: bytes) -> Iterable[Finding]:
        assert len(bytearray(running.MOST_MEMORY)) == 0
        return ()

    (fault,) = in_process("x", Target(_numbered, large), world, range(1), 7).faults
    assert "MemoryError" in fault.what
    monkeypatch.setattr(running, "LONGEST", -1)
    (fault,) = in_process("x", Target(_numbered, lambda *_: ()), world, range(1), 7).faults
    assert "CPU seconds" in fault.what


def test_a_finding_that_says_too_little_is_a_fault(world: World) -> None:
    finding = Finding("settings", Severity.ERROR, "this is wrong", Location("plainleaf.toml", 1), "make it right")
    assert not tried(Target(_numbered, lambda *_: (finding,)), world, b"")[1]
    for odd in (replace(finding, hint=""), replace(finding, message=" ")):
        _, what = tried(Target(_numbered, lambda *_, odd=odd: (odd,)), world, b"")
        assert what.startswith("AssertionError")
