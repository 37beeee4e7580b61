"""A run of ``publish`` in which nothing has changed is told from memory, and never when anything has."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plainleaf import pipeline
from plainleaf.artifacts import surroundings, workers
from plainleaf.artifacts.store import STORE
from plainleaf.artifacts.surroundings import Around
from plainleaf.cli import main as cli
from plainleaf.cli import publish_cache as cache
from plainleaf.files import marks
from plainleaf.files.cache import CACHED
from plainleaf.model import Artifact, Finding, Location, Severity
from plainleaf.typesetting import subsets
from tests.cli.loading import loaded
from tests.conftest import TODAY
from tests.stamped import stamped

pytestmark = pytest.mark.usefixtures("two_layouts")

Change = Callable[[Path], object]


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fonts are cut once for all: that is half of what such a small run computes."""
    return tmp_path_factory.mktemp("cut")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, cut: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PLAINLEAF_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(surroundings, "_ours", tuple)  # tests must not fail because somebody saves our code meanwhile
    with subsets.cut_into(cut), workers.in_this_process():
        yield


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each time that the pipeline runs."""
    seen: list[str] = []
    really = pipeline.publish
    monkeypatch.setattr(pipeline, "publish", lambda *given: (seen.append("run"), really(*given))[1])
    return seen


def publish(content: Path, *more: str) -> int:
    return cli.main(["publish", "--root", str(content), "--format", "html", *more])


def written(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_same_is_told_from_memory(content: Path, runs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for _ in range(3):
        assert publish(content) == 0
        said.append(capsys.readouterr())
    assert runs == ["run"]
    table = said[0].out.splitlines()[-5:]
    assert said[1].out.splitlines() == [line.replace("2 of them made now", "0 of them made now") for line in table]
    assert said[1] == said[2] and said[1].err == said[0].err


HTML = "build/inhaler/en/index.html"
CHANGES: dict[str, Change] = {  # one after the other; after the last nothing is made any more
    "a source": lambda root: edited(root / "sources/inhaler.md", "\n## How", "\n\n## How"),
    "a translation": lambda root: edited(root / "locales/es/LC_MESSAGES/inhaler.po", "inhalador", "inhalador azul"),
    "whose keys count": lambda root: written(root / "allowed_signers", "\n"),
    "a file that was made": lambda root: edited(root / HTML, "inhaler", "inhalor"),
    "a file that was made and is gone": lambda root: (root / HTML).unlink(),
    "a page": lambda root: edited(root / "build/languages/en.html", "inhaler", "inhalor"),
    "the statement of where files came from": lambda root: (root / "build/provenance.json").unlink(),
    "all that was made": lambda root: shutil.rmtree(root / "build"),
    "a layout": stamped,
    "the settings": lambda root: written(root / "plainleaf.toml", 'locales = ["en"]\n'),
    "a file that is a link now": lambda root: ((root / HTML).rename(root / "x"), (root / HTML).symlink_to(root / "x")),
}


def test_whatever_has_changed_is_looked_at(content: Path, runs: list[str]) -> None:
    publish(content)
    seen = list[str]()
    for name, change in CHANGES.items():
        before = len(runs)
        assert publish(content) == 0 and len(runs) == before, f"before {name}"
        change(content)
        publish(content)
        seen += [name] * (len(runs) - before)
    assert seen == [*CHANGES]


def test_a_changed_file_is_seen_though_its_size_and_age_are_the_same(content: Path, runs: list[str]) -> None:
    publish(content)
    path = content / HTML
    about = path.stat()
    edited(path, "inhaler", "relahni")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    publish(content)
    assert runs == ["run", "run"] and "relahni" not in path.read_text(encoding="utf-8")


def test_files_that_have_lain_there_for_long_are_not_read(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later = time.time_ns() + 10 * marks.STEADY_NS
    monkeypatch.setattr(marks, "now", lambda: later)
    publish(content)
    read: list[Path] = []
    really = surroundings.files.Root.read

    def noted(root: Any, path: Path, *more: int) -> bytes:
        read.append(path)
        return really(root, path, *more)

    monkeypatch.setattr(surroundings.files.Root, "read", noted)
    publish(content)
    assert [path.suffix for path in read] == [".json"], "nothing but what is kept"


def test_what_is_asked_where_and_on_which_day_counts(
    content: Path, tmp_path: Path, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for more in ([], ["inhaler"], ["--locale", "es"], ["--output", str(tmp_path / "out")]):
        publish(content, *more)
    assert len(runs) == 4
    publish(content, "--quiet")
    assert len(runs) == 4, "the same, told otherwise"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1796083200 + 86400))
    publish(content)
    assert len(runs) == 5


def test_another_commit_counts(content: Path, runs: list[str]) -> None:
    def git(*words: str) -> None:
        own = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *own, *words], cwd=content, check=True, capture_output=True)

    git("init", "-q")
    git("add", "sources")
    git("commit", "-qm", "one")
    publish(content)
    publish(content)
    assert runs == ["run"]
    git("commit", "-qm", "two", "--allow-empty")
    publish(content)
    assert runs == ["run", "run"], "the statement names the commit"


def test_a_run_with_errors_is_not_kept(content: Path, runs: list[str]) -> None:
    written(content / "sources/new.md", "no head\n")
    assert publish(content) == 1 and publish(content) == 1
    assert runs == ["run", "run"]


def test_a_file_saved_during_the_run_is_not_missed(
    content: Path, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    really = pipeline.publish

    def saved_meanwhile(*given: Any) -> object:
        edited(content / "sources/inhaler.md", "Your blue inhaler", "Your new blue inhaler")
        return really(*given)

    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "publish", saved_meanwhile)
        publish(content)
    publish(content)
    assert "Your new blue inhaler" in (content / HTML).read_text(encoding="utf-8")


def test_everything_there_is_to_tell_is_kept(content: Path) -> None:
    artifact = Artifact(
        "x/x.ar+en.a4.marks.pdf", 3, "x", "ar", "a4", True, True, date(2026, 1, 2), True, ("marks",), "en",
        "set in 9.5 pt", "x/x.ar+en.a4.marks-print.pdf", True, "3 pages",
    )  # fmt: skip
    warning = Finding("line-length", Severity.WARNING, "lines are long", Location("sources/x.md", 4), "", Location("a"))
    unmade = (("wallet-card", "x", "es", "it has no card"),)
    done = cache.Made(content / "build", (artifact,), (warning,), 0, unmade, frozenset({("x", "fr")}), {})
    cache.keep(content, ["x"], cache.key(Around(content), ["x"], TODAY), done)
    assert cache.recall(content, ["x"], TODAY)[0] == done


def test_a_lost_store_does_not_matter_to_a_run_without_changes(content: Path, runs: list[str]) -> None:
    publish(content)
    (content / "build" / STORE).unlink()
    assert publish(content) == 0 and runs == ["run"]


def test_an_unchanged_folder_loads_nothing_heavy(content: Path) -> None:
    assert "babel" in loaded(content, "publish", "--format", "html")
    assert loaded(content, "publish", "--format", "html") == []


def test_why_a_file_was_made_anew_is_said_when_it_is_asked(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def why(*more: str) -> list[str]:
        assert publish(content, "--why", *more) == 0
        said = capsys.readouterr().out.splitlines()
        return said[1 + next(number for number, line in enumerate(said) if line.startswith("See ")) :]

    both = ["  inhaler/en/index.html", "  inhaler/es/index.html"]
    assert why() == ["made again: it is new", *both]
    assert why() == ["nothing was made: everything is up to date"]
    edited(content / "locales/es/LC_MESSAGES/inhaler.po", "azul cuando", "azul, cuando")
    assert why() == ["made again: its translation (locales/es/LC_MESSAGES/inhaler.po)", both[1]]
    (content / HTML).unlink()
    assert why()[1:] == both[:1]


def test_every_folder_that_things_are_kept_in_is_swept_of_what_killed_runs_leave(content: Path, tmp_path: Path) -> None:
    publish(content)
    cache_folder = tmp_path / "cache"
    used = {path.parent.relative_to(cache_folder).as_posix() for path in cache_folder.rglob("*") if path.is_file()}
    assert {"publish", "values"} <= used <= set(CACHED)
    left = [cache_folder / name / ".plainleaf-0a1b2c3d.tmp" for name in ("publish", "values")]
    for path in left:
        path.touch()
    edited(content / "sources/inhaler.md", "Your blue inhaler", "Your new blue inhaler")
    publish(content)
    assert not any(path.exists() for path in left)
