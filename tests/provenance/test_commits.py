"""The commit that a file was made from, and what was not in it yet."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from plainleaf.provenance import commits
from tests.conftest import needs


def git(root: Path, *arguments: str) -> str:
    own = ["-c", "user.name=A. Sample", "-c", "user.email=a@clinic.example", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *own, *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def repository(content: Path) -> Path:
    needs("git")
    git(content, "init", "-q")
    git(content, "add", ".")
    git(content, "commit", "-q", "-m", "First")
    return content


FILES = ("sources/inhaler.md", "sources/clinics/sample.toml")


def test_what_is_committed_differs_in_nothing(repository: Path) -> None:
    found = commits.commit(repository)
    assert found.name == git(repository, "rev-parse", "HEAD")
    assert found.differing(repository, FILES) == ()


def test_a_changed_and_a_new_file_differ(repository: Path) -> None:
    with (repository / FILES[0]).open("a", encoding="utf-8") as file:
        file.write("More.\n")
    (repository / "sources/new.md").write_text("x", encoding="utf-8")
    found = commits.commit(repository)
    assert found.differing(repository, (*FILES, "sources/new.md")) == (FILES[0], "sources/new.md")
    git(repository, "add", ".")
    assert commits.commit(repository).differing(repository, FILES) == (FILES[0],), "it is not committed yet"


def test_a_root_below_the_top_of_a_repository(tmp_path: Path, content: Path) -> None:
    needs("git")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "First")
    found = commits.commit(content)
    assert found.name and found.differing(content, FILES) == ()


def test_where_git_knows_nothing_there_is_no_commit(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert commits.commit(content) == commits.Commit()
    needs("git")
    git(tmp_path, "init", "-q")
    assert commits.commit(content) == commits.Commit(), "a repository without a commit"
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "Nothing of this root")
    assert commits.commit(content) == commits.Commit()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commits.commit(content) == commits.Commit(), "no git"


def test_nothing_that_a_repository_names_is_run(repository: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path / 'ran'}\n", encoding="utf-8")
    trap.chmod(0o755)
    for name in ("core.fsmonitor", "filter.x.clean", "core.pager", "diff.external"):
        git(repository, "config", name, str(trap))
    (repository / ".gitattributes").write_text("* filter=x\n", encoding="utf-8")
    (repository / FILES[0]).touch()
    assert commits.commit(repository).differing(repository, FILES) == ()
    assert not (tmp_path / "ran").exists()
