"""What many tests share: a fixed day, a private cache, and the shipped leaflets published once for the whole run."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 12, 1)  # the shipped leaflet is to be checked again a year later: the tests must not depend on today
os.environ["SOURCE_DATE_EPOCH"] = "1796083200"  # TODAY, for commands that tests run


def needs(tool: str) -> None:
    """Skip the test on a user's machine that lacks a program, saying so; in CI that is a failure."""
    if shutil.which(tool):
        return
    if os.environ.get("CI"):
        pytest.fail(f"{tool} is not installed; ./do test installs it")
    pytest.skip(f"{tool} is not installed")


def plainleaf(*arguments: str, root: Path = ROOT, timeout: int = 280) -> subprocess.CompletedProcess[str]:
    """Run the command as its user would, in a process of its own."""
    command = [sys.executable, str(ROOT / "publish.py"), *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=timeout, check=False)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The output folder with every shipped leaflet in every locale and layout; made once, also for parallel workers."""
    base = tmp_path_factory.getbasetemp()
    output = (base if worker_id == "master" else base.parent) / "published"
    with (output.parent / "published.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not output.exists():
            done = plainleaf("--quiet", "build", "--output", str(output))
            assert done.returncode == 0, done.stderr
    return output


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder of its own with one small leaflet in English and Spanish, to be broken at will."""
    root = tmp_path / "my leaflets"
    shutil.copytree(Path(__file__).parent / "content", root)
    return root


@pytest.fixture
def replaced() -> Iterator[Callable[[Path, str, str], None]]:
    """Edits a file: ``replaced(path, old, new)``; the old text must be there once."""

    def edit(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    yield edit
