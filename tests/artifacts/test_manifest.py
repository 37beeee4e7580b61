"""The list of what was made, whatever became of its file meanwhile."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from plainleaf.artifacts.manifest import MANIFEST, Manifest
from plainleaf.model import Finding, Location, Severity

WARNING = Finding("line-length", Severity.WARNING, "lines are long", Location("sources/x.md", 4))
PDF = b"%PDF-1.7"


def noted(output: Path, **changed: object) -> Manifest:
    """The manifest of a folder with one file that has a warning, with some of its entry changed."""
    (output / "x.pdf").write_bytes(PDF)
    digest = hashlib.sha256(PDF).hexdigest()
    entry: dict[str, Any] = {"fingerprint": "f", "files": {"x.pdf": digest}, "findings": [WARNING.as_json()]}
    (output / MANIFEST).write_text(json.dumps({"artifacts": {"x.pdf": entry | changed}}), encoding="utf-8")
    return Manifest(output)


def test_what_was_found_is_said_as_long_as_the_file_is_there(tmp_path: Path) -> None:
    manifest = noted(tmp_path)
    assert manifest.has("x.pdf", "f") and manifest.findings("x.pdf") == (WARNING,)


@pytest.mark.parametrize(
    "findings", [None, 1, "", {}, [1], [[]], [{}], [{**WARNING.as_json(), "severity": "grave"}], [WARNING.as_json(), 0]]
)
def test_a_file_whose_findings_are_damaged_is_made_anew(tmp_path: Path, findings: object) -> None:
    manifest = noted(tmp_path, findings=findings)
    assert not manifest.has("x.pdf", "f"), "a warning would be lost"
    assert manifest.has("x.pdf"), "the file itself is whole"
    assert manifest.findings("x.pdf") == ()


@pytest.mark.parametrize("files", [None, [], {}, {"x.pdf": 1}, {"x.pdf": "0"}, {"other.pdf": "0"}])
def test_a_file_that_is_not_as_it_was_left_is_made_anew(tmp_path: Path, files: object) -> None:
    assert not noted(tmp_path, files=files).has("x.pdf", "f")
