"""What ``check`` found is kept as long as nothing has changed, and not a moment longer."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from plainleaf import pipeline, project
from plainleaf.artifacts import surroundings
from plainleaf.artifacts.surroundings import Around
from plainleaf.checks.readability.verdicts import Checked
from plainleaf.cli import check_cache, kept_runs
from plainleaf.cli import main as cli
from plainleaf.files import marks, places
from plainleaf.files.cache import cache_folder
from tests.cli.loading import loaded
from tests.conftest import TESTS, TODAY, plainleaf

pytestmark = pytest.mark.usefixtures("two_layouts")

Change = Callable[[Path], None]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAINLEAF_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def _steady_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests on content must not fail because somebody saves our code meanwhile."""
    monkeypatch.setattr(surroundings, "_ours", tuple)


@pytest.fixture
def runs(_steady_code: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each time that everything is looked at, which finds what it found the first time: what counts is
    whether it is asked."""
    seen: list[str] = []
    really, first = pipeline.check, list[Checked]()

    def counted(*arguments: Any) -> Checked:
        seen.append("run")
        first[:] = first or [really(*arguments)]
        return first[0]

    monkeypatch.setattr(pipeline, "check", counted)
    return seen


@pytest.fixture(scope="module")
def good(small_tool: Path, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """What is found in the small leaflet: nothing."""
    root = tmp_path_factory.mktemp("good") / "content"
    shutil.copytree(TESTS / "content", root)
    with patch.object(places, "PACKAGE", small_tool / "plainleaf"):
        return pipeline.check(project.load(root), pipeline.Choice(), TODAY)


@pytest.fixture
def good_runs(runs: list[str], good: Checked, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """``runs`` that find nothing wrong, as in the small leaflet."""
    monkeypatch.setattr(pipeline, "check", lambda *_: (runs.append("run"), good)[1])
    return runs


def check(content: Path, *more: str) -> int:
    return cli.main(["check", "--root", str(content), *more])


def written(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def renamed_title(content: Path) -> None:
    path = content / "sources/inhaler.md"
    written(path, path.read_text(encoding="utf-8").replace("Your blue inhaler", "Your new blue inhaler"))


CHANGES: dict[str, Change] = {
    "a source": renamed_title,
    "a new leaflet": lambda root: written(root / "sources/new.md", "no head\n"),
    "the clinic": lambda root: written(root / "sources/clinic.toml", "name = 1\n"),
    "a leaflet that is gone": lambda root: (root / "sources/inhaler.md").unlink(),
    "a picture": lambda root: written(root / "sources/pictures/a.svg", "<svg/>"),
    "the record": lambda root: written(root / "sources/readability.toml", "[x.en]\nsmog = 1\n"),
    "a translation": lambda root: written(root / "locales/es/LC_MESSAGES/inhaler.po", "broken"),
    "an approval": lambda root: written(root / "locales/es/approvals.toml", "x = 1\n"),
    "a sign-off": lambda root: written(root / "sources/sign-offs.toml", "x = 1\n"),
    "whose keys count": lambda root: written(root / "allowed_signers", "ana\n"),
    "the settings of a language": lambda root: written(root / "locales/es/locale.toml", 'digits = "arab"\n'),
    "the facts of a language": lambda root: written(root / "locales/es/checks.toml", "length = 1.3\n"),
    "a language": lambda root: (root / "locales/fr").mkdir(),
    "a layout": lambda root: written(root / "layouts/poster/layout.toml", 'title = "Poster"\n'),
    "the settings": lambda root: written(root / "pyproject.toml", "[tool.plainleaf]\nnonsense = 1\n"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_file_is_looked_at(content: Path, good_runs: list[str], name: str) -> None:
    assert check(content) == 0 and check(content) == 0
    assert len(good_runs) == 1
    CHANGES[name](content)
    check(content)
    assert len(good_runs) == 2


def test_the_same_is_said_from_memory(content: Path, capsys: pytest.CaptureFixture[str], runs: list[str]) -> None:
    written(content / "sources/new.md", "no head\n")
    said = []
    for _ in range(2):
        assert check(content, "--all") == 1
        said.append(capsys.readouterr())
    assert len(runs) == 1 and said[0] == said[1] and "sources/new.md" in said[0].out


def test_what_is_asked_and_the_day_count(content: Path, good_runs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for more in ((), ("inhaler",), ("--locale", "es"), ("--second-opinion",)):
        check(content, *more)
    assert len(good_runs) == 4
    check(content)
    check(content, "--format", "json", "--fail-on", "warning")  # the same result, told otherwise
    assert len(good_runs) == 4
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1796083200 + 86400))
    check(content)
    assert len(good_runs) == 5


def test_no_cache_looks_at_everything_and_keeps_nothing(content: Path, good_runs: list[str]) -> None:
    check(content, "--no-cache")
    check(content, "--no-cache")
    assert len(good_runs) == 2 and not list(cache_folder().glob("check/*"))


def test_recording_looks_at_everything(content: Path, good_runs: list[str]) -> None:
    check(content)
    check(content, "--record")
    check(content)
    assert len(good_runs) == 3


def key(content: Path) -> str:
    return kept_runs.key(Around(content), ["inhaler"], TODAY)


def test_code_libraries_and_fonts_count(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package, site, faces = tmp_path / "package", tmp_path / "site", tmp_path / "faces"
    for folder in (package, site, faces):
        folder.mkdir()
    monkeypatch.setattr(places, "PACKAGE", package)
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setenv("PLAINLEAF_FONTS", str(faces))
    keys = [key(content)]
    changes: list[Callable[[], object]] = [
        lambda: written(package / "gate.py", "x = 1\n"),
        lambda: written(package / "languages/data/es.toml", "x = 1\n"),
        lambda: written(tmp_path / "layouts/a4/layout.toml", "x = 1\n"),  # as shipped beside the package
        lambda: (site / "babel-2.18.0.dist-info").mkdir(),
        lambda: written(faces / "NotoSans-Regular.ttf", "one"),
        lambda: written(faces / "NotoSans-Regular.ttf", "other"),
    ]
    for change in changes:
        change()
        keys.append(key(content))
    assert len(set(keys)) == len(keys) and all(keys)
    written(package / "__pycache__/gate.pyc", "compiled")
    assert key(content) == keys[-1]


def test_what_was_read_is_read_again_only_once_it_has_changed(
    content: Path, monkeypatch: pytest.MonkeyPatch, _steady_code: None
) -> None:
    read: list[Path] = []
    really = surroundings.files.Root.read
    monkeypatch.setattr(surroundings.files.Root, "read", lambda root, path: (read.append(path), really(root, path))[1])
    source = content / "sources/inhaler.md"
    before = key(content)
    assert source in read and str(source) not in surroundings._SEEN, "two changes at once could leave the same marks"
    monkeypatch.setattr(marks, "STEADY_NS", -(10**18))  # as if all had lain there for long
    assert key(content) == before
    read.clear()
    assert key(content) == before and not read
    about, text = source.stat(), source.read_bytes()
    source.write_bytes(text.replace(b"puffs", b"drops"))
    os.utime(source, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert key(content) != before and read == [source]


def test_nothing_is_kept_where_a_folder_is_a_link(content: Path, tmp_path: Path, good_runs: list[str]) -> None:
    (tmp_path / "elsewhere").mkdir()
    (content / "sources/pictures").symlink_to(tmp_path / "elsewhere")
    assert key(content) == ""
    assert check(content) == 0 and check(content) == 0 and len(good_runs) == 2


def test_a_file_saved_during_the_run_is_not_missed(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = pipeline.check

    def saved_meanwhile(*arguments: object) -> object:
        written(content / "sources/new.md", "no head\n")
        return really(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "check", saved_meanwhile)
    assert check(content) == 0  # what was read had no mistake
    monkeypatch.undo()
    assert check(content) == 1


def test_a_damaged_or_foreign_file_is_no_result(content: Path, runs: list[str]) -> None:
    english = ("--locale", "en")
    written(content / "sources/new.md", "no head\n")
    assert check(content, *english) == 1
    (path,) = cache_folder().glob("check/*.json")
    good = path.read_bytes()
    key, digest, body = good.split(b"\n", 2)
    result, seen = json.loads(body)
    empty = b"\n".join([key, digest, json.dumps([{**result, "findings": []}, seen]).encode()])
    other = b"\n".join([b"0" * 64, digest, body])
    damaged = (good[:-1], b"", b"[]", b"null", b"\xff", good.replace(b"head", b"heat", 1), empty, other)
    for number, bad in enumerate(damaged, 2):
        path.write_bytes(bad)
        assert check(content, *english) == 1 and len(runs) == number
    assert json.loads(path.read_bytes().split(b"\n", 2)[2])[0] == result, "kept anew"
    assert check(content, *english) == 1 and len(runs) == number


def test_a_cache_that_cannot_be_written_is_no_fault(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(content / "not a folder", "")
    monkeypatch.setenv("PLAINLEAF_CACHE", str(content / "not a folder"))
    done = plainleaf("check", "--locale", "en", root=content)
    assert "Traceback" not in done.stderr


def test_the_cache_does_not_grow_for_ever(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_runs, "MOST", 3)
    checked = pipeline.check(project.load(content), pipeline.Choice(), TODAY)
    for number in range(6):
        check_cache.keep(content, [str(number)], kept_runs.key(Around(content), [str(number)], TODAY), checked)
    assert len(list(cache_folder().glob("check/*.json"))) == 3
    assert check_cache.recall(content, ["5"], TODAY) == checked


def test_an_unchanged_folder_loads_nothing_heavy(content: Path) -> None:
    assert "babel" in loaded(content, "check")
    assert loaded(content, "check") == []
