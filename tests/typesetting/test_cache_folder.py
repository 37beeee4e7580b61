"""A folder for caches that cannot be made: which one it is, and how to name another."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainleaf import files
from plainleaf.typesetting import fontconfig


@pytest.mark.parametrize("below", ["", "plainleaf"])
def test_a_file_in_its_place(tmp_path: Path, below: str) -> None:
    place = tmp_path / "cache"
    place.write_text("mine", encoding="utf-8")
    with pytest.raises(files.UnwrittenError) as failed:
        fontconfig.written(place / below)
    found = files.finding(failed.value, tmp_path / "root")
    assert str(place) in str(found.at), "the whole path, as it lies outside the root"
    assert "PLAINLEAF_CACHE=" in found.hint and "move what is there" in found.hint
    assert place.read_text("utf-8") == "mine"
