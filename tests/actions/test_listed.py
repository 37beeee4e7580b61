"""A run for a part of a library looks at that part, and its pages leave out nothing that an earlier run has listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plainleaf import pipeline
from tests.conftest import plainleaf

pytestmark = pytest.mark.usefixtures("two_layouts")


def listed(root: Path, *choice: str) -> list[bool]:
    """Whether the pages of a run list English and Spanish."""
    (root / "plainleaf.toml").write_text('formats = ["html"]', encoding="utf-8")
    done = plainleaf("publish", *choice, root=root)
    assert done.returncode == 0, done.stderr
    pages = [(root / "build" / f"{name}.html").read_text(encoding="utf-8") for name in ("index", "readability")]
    found = [[f">{name}<" in page for name in ("English", "Spanish")] for page in pages]
    assert found[0] == found[1]
    return found[0]


def test_pages_list_what_was_asked_for_now_and_earlier(content: Path) -> None:
    assert listed(content, "--locale", "en") == [True, False]
    assert listed(content, "--locale", "es") == [True, True]
    (content / "build/inhaler/es/index.html").unlink()  # by hand: it is still asked for, and not there
    assert listed(content, "--locale", "en") == [True, True]


def test_texts_that_nobody_asks_for_are_not_judged(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged, editions = list[str](), pipeline.editions

    def watched(*about: Any) -> Any:
        found = list(editions(*about))
        judged.extend(edition.locale.name for edition, _ in found)
        return found

    monkeypatch.setattr(pipeline, "editions", watched)
    listed(content, "--locale", "en")
    assert judged == ["en"]
