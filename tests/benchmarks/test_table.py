"""The table of benchmarks is written where it belongs, and says on what it was measured. Timings matter not here."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.benchmarks import __main__ as benchmarks
from tests.benchmarks import idle, measuring, others
from tests.benchmarks.__main__ import BEGIN, END, Asked, Row
from tests.conftest import ROOT


def test_the_command_writes_its_table_between_the_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(others, "shutil", SimpleNamespace(which=lambda _: None))
    monkeypatch.setattr(others, "find_spec", lambda _: None)
    document = tmp_path / "performance.md"
    document.write_text(f"Before.\n{BEGIN}\nformer\n{END}\nAfter.\n", "utf-8")
    rows = ["idle", "typst", "chromium"]
    root = str(ROOT / "tests/content")
    options = ["--short", "--targets", "3", "--root", root, "--leaflet", "inhaler", "--into", str(document)]
    assert benchmarks.main([*rows, *options]) == 0
    text = document.read_text("utf-8")
    assert text.startswith(f"Before.\n{BEGIN}\n") and text.endswith(f"{END}\nAfter.\n") and "former" not in text
    assert re.search(r"^\| nothing changed, library of 3 files \| \d+\.\d\d CPU s \|$", text, re.MULTILINE)
    assert "| typst | skipped: make is not installed |" in text
    assert "| chromium | skipped: Chromium is not installed |" in text
    assert re.search(r"Measured on \d{4}-\d\d-\d\d, each figure once: .*\d cores, .*Python 3\.\d+.*weasyprint \d", text)


def test_a_document_without_the_marks_is_told_of_before_anything_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_: Asked) -> Iterator[Row]:
        raise AssertionError("it was measured")

    monkeypatch.setitem(benchmarks.ROWS, "idle", never)
    (tmp_path / "a.md").write_text("nothing", "utf-8")
    with pytest.raises(ValueError, match="has not once each"):
        benchmarks.main(["idle", "--into", str(tmp_path / "a.md")])


def test_the_document_of_the_repository_has_the_marks() -> None:
    assert benchmarks.written((ROOT / "docs/performance.md").read_text("utf-8"), "x")


def test_a_slope_is_that_of_the_nearest_line() -> None:
    assert idle.slope({0: 1.0, 100: 1.1, 200: 1.2}) == pytest.approx(1.0)


def test_what_a_command_starts_counts_as_its_own(tmp_path: Path) -> None:
    """Also what outlives it."""
    code = "import os, time\nif os.fork() == 0:\n while time.process_time() < 0.3: pass"
    with subprocess.Popen(["sleep", "60"]) as ours:  # a child of another's, which it does not wait for
        assert measuring.command(sys.executable, "-c", code, cwd=tmp_path).cpu >= 0.3
        ours.kill()
