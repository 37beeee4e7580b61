"""A repository of leaflets does not take in what is made, and what killed runs have left."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from plainleaf.files.ignored import IGNORED, ignore


def test_git_ignores_what_is_made(tmp_path: Path) -> None:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / "build").mkdir()
    (tmp_path / "locales").mkdir()
    for file in ("build/index.html", "locales/.plainleaf-0123abcd.tmp", "kept.md"):
        (tmp_path / file).touch()
    assert ignore(tmp_path) == tmp_path / ".gitignore"
    done = subprocess.run(
        ["git", "ls-files", "-o", "--exclude-standard"], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == [".gitignore", "kept.md"]


def test_what_is_ignored_already_is_not_written_twice(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    own = tmp_path / ".gitignore"
    own.write_text("notes.txt\n/build", encoding="utf-8")
    assert ignore(tmp_path) == own and ignore(tmp_path) is None
    lines = own.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["notes.txt", "/build"] and lines[3:] == list(IGNORED[1:])


def test_nothing_is_written_where_there_is_no_git(tmp_path: Path) -> None:
    assert ignore(tmp_path) is None and list(tmp_path.iterdir()) == []
