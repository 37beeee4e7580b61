"""What is somebody's own lies in files that only their owner can read, and in nothing that is said of them."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from plainleaf import files
from plainleaf.artifacts.store import STORE
from plainleaf.copies import privacy
from plainleaf.model import Finding, Location, Severity
from plainleaf.model.usage import UsageError


def said(message: str, *values: str) -> str:
    finding = Finding("fit", Severity.ERROR, message, Location("a.md"), message)
    bare = privacy.without(finding, values)
    assert bare.hint == bare.message
    return bare.message


@pytest.mark.parametrize(
    ("message", "bare"),
    [
        ("page 1: “Name: Ana Ruiz” is cut off", "page 1: “...” is cut off"),
        ("page 1: “Name: Guadalu...” is cut off", "page 1: “...” is cut off"),
        ("“RUIZ” and “Take it” overlap", "“...” and “Take it” overlap"),
        ("failed: ValueError: Ana Ruiz", "failed: ValueError: “...”"),
        ("has 3 pages, and “a4” allows 2", "has 3 pages, and “a4” allows 2"),
    ],
)
def test_a_finding_on_a_page_quotes_nothing_that_was_filled_in(message: str, bare: str) -> None:
    assert said(message, "Ana Ruiz", "Guadalupe", "2") == bare


@pytest.mark.parametrize("name", ["Ana ”Nita” Ruiz", "Ana “Nita” Ruiz", "Ana” Ruiz"])
def test_a_name_with_quotation_marks_is_left_out_whole(name: str) -> None:
    assert said(f"page 1: “Name: {name}” is cut off", name) == "page 1: “...” is cut off"
    assert said(f"page 1: “{name[:-2]}...” is cut off", name) == "page 1: “...” is cut off"


def test_a_traceback_of_ours_is_kept_without_what_was_filled_in(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("plainleaf")
    with caplog.at_level(logging.DEBUG, "plainleaf"):
        with privacy.unlogged(["Ana Ruiz", "2"]):
            logger.debug("%s", "KeyError: 'Ruiz' in line 2 of Ana Ruiz")
        logger.debug("%s", "afterwards: Ruiz")
    assert caplog.messages == ["KeyError: '“...”' in line 2 of “...”", "afterwards: Ruiz"]


def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    (path,), gone = privacy.save({"a.row-002.en.pdf": b"%PDF"}, tmp_path / "filled/a", "a")
    assert path.read_bytes() == b"%PDF" and gone == 0
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert (path.parent / ".gitignore").read_text() == "*\n"


def test_a_file_that_others_could_read_is_theirs_no_more(tmp_path: Path) -> None:
    path = tmp_path / "a.row-002.en.pdf"
    path.write_bytes(b"old")
    path.chmod(0o644)
    privacy.save({path.name: b"new"}, tmp_path, "a")
    assert path.read_bytes() == b"new" and path.stat().st_mode & 0o777 == 0o600


def test_copies_of_an_earlier_run_are_taken_away_and_nothing_else(tmp_path: Path) -> None:
    old, press = tmp_path / "a.row-009.en.a4.pdf", tmp_path / "a.row-009.en.booklet-print.pdf"
    others = [tmp_path / name for name in ("a.en.a4.pdf", "b.row-009.en.pdf", "list.pdf", "a.row-x.pdf")]
    for path in (old, press, *others):
        path.write_bytes(b"x")
    written, gone = privacy.save({"a.row-002.en.pdf": b"y"}, tmp_path, "a")
    assert gone == 2 and {path.name for path in tmp_path.glob("*.pdf")} == {
        path.name for path in (*written, *others)
    }  # fmt: skip


def test_a_full_disk_leaves_no_half_of_the_patients(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "a.row-009.en.pdf"
    old.write_bytes(b"x")
    save = files.Root.save

    def full(root: files.Root, path: Path, data: bytes, mode: int = 0o644) -> bool:
        if path.name.startswith("a.row-003.en.pdf"):
            raise OSError(28, "No space left on device", str(path))
        return save(root, path, data, mode)

    monkeypatch.setattr(files.Root, "save", full)
    with pytest.raises(OSError, match="No space left"):
        privacy.save({"a.row-002.en.pdf": b"y", "a.row-003.en.pdf": b"z"}, tmp_path, "a")
    assert [path.name for path in tmp_path.glob("a.*")] == [old.name]


@pytest.mark.parametrize("place", [".", "build", "build/copies", "sources", "sources/new", "locales/es", "layouts"])
def test_a_folder_that_others_read_is_refused(tmp_path: Path, place: str) -> None:
    with pytest.raises(UsageError, match="is not a safe place for filled copies"):
        privacy.place(tmp_path / place, tmp_path, tmp_path / "build")


def test_a_folder_with_published_leaflets_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / STORE).write_text("{}")
    with pytest.raises(UsageError, match="were published there"):
        privacy.place(tmp_path / "out/mine", tmp_path / "root", tmp_path / "root/build")


def test_any_other_folder_may_be_named(tmp_path: Path) -> None:
    root = tmp_path / "root"
    for place in (root / "filled", tmp_path / "desk"):
        assert privacy.place(place, root, root / "build") == place


def test_a_file_says_its_row_and_nobody() -> None:
    assert privacy.name("visit", 7, "es.a4.pdf") == "visit.row-007.es.a4.pdf"
