"""Whether the values of a folder fit together."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainleaf import crosschecks
from plainleaf.sources import markdown
from tests.sources.test_blocks import HEAD_OF_ALL


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ("Übung.svg", "is called “Übung.svg”"),
        ("u\u0308bung.svg", "stores accents apart"),
        ("ubung.svg", "put the file there"),
    ],
    ids=["capitals", "accents as a Mac stores them", "another name"],
)
def test_a_picture_whose_name_is_stored_otherwise_is_said(tmp_path: Path, there: str, said: str) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / there).write_text("<svg/>", encoding="utf-8")
    leaflet, _ = markdown.parse("sources/a.md", f"{HEAD_OF_ALL}![A bed](übung.svg)")
    assert leaflet
    (found,) = crosschecks.of_pictures(tmp_path, {"a": leaflet})
    assert found.at.line == HEAD_OF_ALL.count("\n") + 1 and said in found.hint
