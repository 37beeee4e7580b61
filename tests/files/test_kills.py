"""Runs are killed at random moments: nothing is half-written or lost, and the next run leaves nothing of theirs.

``python -m tests.kills`` does it 200 times, with ``publish`` among the commands.
"""

from __future__ import annotations

import random
import signal
from pathlib import Path

import pytest

from tests.kills import killing


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("kills") / "first"
    killing.world(at)
    return at


@pytest.mark.parametrize("command", ["approve", "update"])
def test_a_killed_run_costs_nothing(command: str, first: Path, tmp_path: Path) -> None:
    about = killing.reference(first, tmp_path, command)
    assert about.before != about.after and about.calls >= 4
    chance = random.Random(13)
    kills = [killing.kill(about, command, tmp_path / "killed", chance) for _ in range(4)]
    assert [kill for kill in kills if not kill.good] == []
    assert -signal.SIGKILL in [kill.code for kill in kills]
