"""Inputs that know the grammar of a file neither stop nor fool the tool: a fixed number of each kind, in each run of
the tests. ``python -m tests.fuzz`` draws as many as one likes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz.running import made, tried
from tests.fuzz.targets import TARGETS, World

SEEDS = Path(__file__).parent / "fuzz/seeds"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("world"))


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_drawn_gives_a_result_or_findings(world: World, name: str) -> None:
    target = TARGETS[name]
    for number in range(target.usual):
        data = made(name, target, 1, number)
        _, what = tried(target, world, data)
        assert not what, f"run {number}: {what}"


def seeds() -> Iterator[tuple[str, Path]]:
    yield from ((path.parent.name, path) for path in sorted(SEEDS.glob("*/*")))


@pytest.mark.parametrize(("name", "path"), seeds(), ids=lambda each: each.name if isinstance(each, Path) else each)
def test_what_once_failed_is_answered(world: World, name: str, path: Path) -> None:
    _, what = tried(TARGETS[name], world, path.read_bytes())
    assert not what


def test_the_same_seed_draws_the_same_inputs() -> None:
    for name, target in TARGETS.items():
        assert made(name, target, 3, 5) == made(name, target, 3, 5), name
