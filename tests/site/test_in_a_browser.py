"""Pages for screens in a real browser: nothing that axe finds, and no line to scroll sideways for, down to 320 px."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import WIDTHS, chromium, opened, scrolled_sideways, violations
from tests.conftest import TESTS, plainleaf

PAGES = (
    "index.html", "languages/en.html", "languages/es.html", "inhaler/es/formats.html", "staff/index.html",
    "staff/print-list/index.html", "staff/print-list/inhaler/index.html", "staff/print-list/inhaler/es.html",
    "staff/status/index.html", "staff/status/more/index.html", "staff/status/more/es.html",
    "staff/readability/index.html", "staff/readability/inhaler/index.html", "staff/readability/inhaler/es.html",
    "staff/readability/inhaler/es.sentences.html", "inhaler/es/index.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What publishing a small root makes, in which two leaflets have a translation each with gaps."""
    root = tmp_path_factory.mktemp("browser") / "root"
    shutil.copytree(TESTS / "content", root)
    second = (root / "sources/inhaler.md").read_text(encoding="utf-8").replace("title: ", "title: More on ", 1)
    (root / "sources/more.md").write_text(second, encoding="utf-8")
    plainleaf("init", "ar", root=root)
    assert plainleaf("publish", "--format", "html", root=root).returncode == 0
    return root / "build"


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_no_width_scrolls_sideways(browser: Browser, build: Path, name: str) -> None:
    for width in WIDTHS:
        with opened(browser, build / name, width) as page:
            assert (width, violations(page), scrolled_sideways(page)) == (width, [], 0)


def test_axe_and_the_width_are_really_looked_at(browser: Browser, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text("<!doctype html><title>x</title><img src=x><p style='width: 99em'>x", encoding="utf-8")
    with opened(browser, bad, 320) as page:
        assert scrolled_sideways(page) > 100 and any("image-alt" in each for each in violations(page))
