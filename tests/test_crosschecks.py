"""Whether the values of a folder fit together."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainleaf import crosschecks, project
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


def test_a_file_whose_name_only_nearly_says_that_it_is_a_leaflet_is_named(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    for name in ("Asthma.MD", "cough.docx", "~$cough.docx", "README.MD", "notes.txt", "fever.md"):
        (tmp_path / "sources" / name).write_text("x", encoding="utf-8")
    content = project.load(tmp_path)
    asthma, cough = [each for each in content.findings if each.check == "source-name"]
    assert (asthma.at.file, asthma.hint) == ("sources/Asthma.MD", "call it Asthma.md")
    assert cough.at.file == "sources/cough.docx" and cough.hint.startswith("copy its text into a new file, cough.md")
