"""A run for a part of a library looks at that part, and its pages leave out nothing that an earlier run has listed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from plainleaf import pipeline
from tests.conftest import plainleaf

STAFF = ("readability", "print-list")

pytestmark = pytest.mark.usefixtures("two_layouts")


def listed(root: Path, *choice: str) -> list[bool]:
    """Whether the pages of a run for staff list English and Spanish."""
    (root / "plainleaf.toml").write_text('formats = ["html"]', encoding="utf-8")
    done = plainleaf("publish", *choice, root=root)
    assert done.returncode == 0, done.stderr
    pages = [(root / "build/staff" / each / "inhaler/index.html").read_text("utf-8") for each in STAFF]
    found = [[f'href="{tag}.html"' in page for tag in ("en", "es")] for page in pages]
    assert found[0] == found[1]
    return found[0]


def offered(root: Path) -> list[str]:
    """The languages that patients can choose."""
    return re.findall(r'href="languages/(.+)\.html"', (root / "build/index.html").read_text("utf-8"))


def test_pages_list_what_was_asked_for_now_and_earlier(content: Path) -> None:
    assert listed(content, "--locale", "en") == [True, False]
    assert offered(content) == ["en"]
    assert listed(content, "--locale", "es") == [True, True]
    assert offered(content) == ["en", "es"]
    (content / "build/inhaler/es/index.html").unlink()  # by hand: it is still asked for, and not there
    assert listed(content, "--locale", "en") == [True, True]
    assert offered(content) == ["en"]


def test_texts_that_nobody_asks_for_are_not_judged(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged, editions = list[str](), pipeline.editions

    def watched(*about: Any) -> Any:
        found = list(editions(*about))
        judged.extend(edition.locale.name for edition, _ in found)
        return found

    monkeypatch.setattr(pipeline, "editions", watched)
    listed(content, "--locale", "en")
    assert judged == ["en"]
