"""``read`` prints what a PDF says, and refuses what it cannot read without a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plainleaf.cli.main import main
from tests.reading.written import marked, pdf, stream

TREE = {10: stream(marked("Dose")), 20: "<< /S /H1 /Pg 3 0 R /K 0 >>"}


def test_a_file_is_read_as_text_and_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf(TREE, tree="/K 20 0 R"))
    assert main(["read", str(file)]) == 0
    assert capsys.readouterr().out == "[en] document: without a title, 1 page\nheading 1: Dose\n"
    assert main(["read", str(file), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["version"], said["language"], said["pages"]) == (1, "en", 1)
    head = {"role": "heading 1", "text": "Dose", "language": "en", "tag": "H1", "page": 1, "depth": 0}
    assert said["lines"][1] == head


@pytest.mark.parametrize("data", [pdf(TREE), b"no pdf", pdf(TREE, tree="/K 20 0 R")[:300]])
def test_what_cannot_be_read_is_named_with_a_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes
) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    assert main(["read", str(tmp_path / "a.pdf")]) == 1
    told = capsys.readouterr()
    assert not told.out
    assert told.err.startswith("plainleaf: a.pdf cannot be read aloud: it ")
    assert "How to fix: " in told.err
    assert main(["read", str(tmp_path / "b.pdf")]) == 2
    assert "there is no file" in capsys.readouterr().err
