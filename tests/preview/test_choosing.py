"""Leaflets are chosen by their titles, and found by these as by the names of their files."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from plainleaf.preview.titles import Title, titles
from plainleaf.sources import front_matter
from tests import browser as browsers
from tests.preview.serving import Running


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '---\ntitle: "Opioid overdose: what to do"\ncountry: US\n---\ntitle: no',
            ("Opioid overdose: what to do", "en"),
        ),
        ("---\r\nlanguage: de\r\ntitle: Ihr Spray\r\n---\r\n", ("Ihr Spray", "de")),
        ("\n---\ntitle: >\n  Two\n  lines\nsummary: x\n---\n", ("Two lines", "en")),
        ("---\ntitle: [a, b]\n---\n", ("", "en")),
        ('---\ntitle: "never closed\n---\n', ("", "en")),
        ("# A text without a head\n", ("", "en")),
        ("---\ntitle: " + "[" * 50_000, ("", "en")),
        ("", ("", "en")),
    ],
)
def test_a_title_is_read_without_the_rest_of_the_file(text: str, said: tuple[str, str]) -> None:
    assert front_matter.titled(text) == said


def test_a_leaflet_that_says_no_title_goes_by_the_name_of_its_file(content: Path) -> None:
    (content / "sources" / "draft.md").write_text("Not begun.\n", encoding="utf-8")
    assert titles(content) == {
        "draft": Title("draft", "draft", ""),
        "inhaler": Title("inhaler", "Your blue inhaler", "en"),
    }


@pytest.mark.parametrize("width", [1280, 390])
def test_a_leaflet_is_found_by_its_title_or_its_file(
    chromium: Browser, shared: Running, root: Path, width: int
) -> None:
    text = (root / "sources" / "inhaler.md").read_text(encoding="utf-8")
    (root / "sources" / "dosieraerosol.md").write_text(text.replace("Your blue inhaler", "Ihr Spräy"), encoding="utf-8")
    page = browsers.window(chromium, width)
    page.goto(shared.address)
    field, list_ = page.get_by_label("Leaflet", exact=True), page.get_by_role("listbox")
    expect(field).to_have_value("Your blue inhaler")
    field.click()
    expect(list_.get_by_role("option")).to_have_text(["Ihr Spräy dosieraerosol", "Your blue inhaler inhaler"])
    assert not browsers.violations(page)
    assert browsers.scrolled_sideways(page) <= 0
    field.fill("nothing")
    expect(list_).to_contain_text("No title and no file name has this in it")
    page.keyboard.press("Escape")
    expect(field).to_have_value("Your blue inhaler")
    for typed in ("spray", "AEROSOL dos"):
        field.fill(typed)
        expect(list_.get_by_role("option")).to_have_text(["Ihr Spräy dosieraerosol"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/dosieraerosol/translate")
    expect(page.get_by_label("Leaflet", exact=True)).to_have_value("Ihr Spräy")
    page.context.close()
