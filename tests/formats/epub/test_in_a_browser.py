"""A book's text in a real browser, as e-readers show it: accessible, on small screens, in the reader's own colours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, expect

from tests import books, browser, shipped

BOOKS = {"en": (shipped.FIRST, "en", ""), "ar": (shipped.FIRST, "ar", ""), "zh+en": (shipped.FIRST, "zh_Hans", "en")}
NIGHT = "html { background: #000; color: #eee } a { color: #8cf }"  # what readers do at night


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser.chromium() as found:
        yield found


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("books")
    for name, book in BOOKS.items():
        with ZipFile(BytesIO(books.made(*book))) as archive:
            archive.extractall(root / name)
    with ZipFile(BytesIO(books.every_kind(tmp_path_factory.getbasetemp() / "one-truth"))) as archive:
        archive.extractall(root / "every kind")
    return {name: root / name / "EPUB" for name in (*BOOKS, "every kind")}


def test_axe_finds_nothing_and_nothing_is_cut_off(chromium: Browser, folders: dict[str, Path]) -> None:
    for name, folder in folders.items():
        for page in ("leaflet.xhtml", "contents.xhtml", "cover.xhtml"):
            with browser.opened(chromium, folder / page, 320) as shown:
                assert browser.violations(shown) == [], f"{name} {page}"
                assert browser.scrolled_sideways(shown) <= 0, f"{name} {page}"
        with browser.opened(chromium, folder / "leaflet.xhtml", 600) as shown:
            shown.add_style_tag(content=NIGHT)
            assert browser.violations(shown) == [], f"{name} at night"
            fonts = "[...document.fonts].filter(each => each.status == 'loaded').length"
            assert shown.evaluate("document.fonts.ready.then(() => true)") and shown.evaluate(fonts)


def test_a_word_leads_to_its_meaning_and_back(chromium: Browser, folders: dict[str, Path]) -> None:
    with browser.opened(chromium, folders["en"] / "leaflet.xhtml", 390) as shown:
        shown.click("a.word")
        expect(shown.locator("aside:target")).to_have_text(re.compile(r"\w"))
        shown.click(":target a.back")
        expect(shown.locator(":target")).to_have_class("word")
