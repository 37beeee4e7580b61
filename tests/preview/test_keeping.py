"""Nothing that is typed is lost unasked, and a keyboard never loses its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests import browser as browsers
from tests.preview.serving import Running

Edit = Callable[[Path, str, str], None]
SOURCE, CATALOG = "sources/inhaler.md", "locales/es/LC_MESSAGES/inhaler.po"


@pytest.fixture
def page(chromium: Browser, shared: Running) -> Iterator[Page]:
    found = browsers.window(chromium)
    found.goto(shared.address)
    expect(found.locator("#state")).to_have_text("Up to date")
    yield found
    found.context.close()


def entry(page: Page, text: str) -> Any:
    return page.locator(".entry", has_text=text).first


def test_what_was_typed_for_a_text_that_the_source_no_longer_has_stays_to_be_copied(
    page: Page, root: Path, replaced: Edit
) -> None:
    field = entry(page, "Shake it first").locator("textarea")
    field.fill("Lo que he escrito. Y más.")
    replaced(root / SOURCE, "Shake it first", "Shake it well")
    expect(entry(page, "Shake it well")).to_be_visible()
    old = entry(page, "Shake it first")
    expect(old.locator("textarea")).to_have_value("Lo que he escrito. Y más.")
    expect(old.locator("textarea")).to_be_focused()
    expect(old).to_contain_text("What you typed is not saved")
    old.get_by_role("button", name="Discard").click()
    expect(old).to_have_count(0)
    expect(page.locator(".entry textarea:focus")).to_have_count(1)
    again = entry(page, "Shake it well").locator("textarea")
    again.focus()
    replaced(root / SOURCE, "Shake it well", "Shake it first")
    expect(entry(page, "Shake it first").locator("textarea")).to_be_focused()


def test_a_keyboard_keeps_its_place_when_a_button_has_nothing_more_to_do(page: Page, root: Path) -> None:
    before = (root / CATALOG).read_text("utf-8")
    own = entry(page, "Shake it first")
    field = own.locator("textarea")
    field.fill("Agite el inhalador. Después, espire.")
    own.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.locator("#state")).to_have_text("Up to date")
    expect(field).to_be_focused()
    field.fill("Y otra cosa. Y más.")
    own.get_by_role("button", name="Undo").press("Enter")
    expect(own.get_by_role("button", name="Undo")).to_be_hidden()
    expect(field).to_be_focused()
    assert (root / CATALOG).read_text("utf-8") == before
    expect(field).to_have_value("Y otra cosa. Y más.")
    expect(own.get_by_role("button", name="Save", exact=True)).to_be_enabled()
    expect(own.locator(".conflict")).to_be_hidden()  # nobody else has saved anything


def test_a_keyboard_comes_to_the_texts_without_the_whole_page(page: Page) -> None:
    expect(entry(page, "Shake it first")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#panel :focus")).to_have_count(1)


def test_a_mark_on_the_page_is_where_its_text_begins_and_covers_none_of_it(
    page: Page,
) -> None:
    shadows = """() => import("/static/marks.js").then((marks) => {
        const inside = document.querySelector("#edition").contentDocument;
        const [first] = inside.querySelectorAll("[data-at]");
        return ["ltr", "rtl"].map((direction) => {
            first.style.direction = direction;
            marks.paint([{ at: first.dataset.at, severity: "error" }]);
            return getComputedStyle(first).boxShadow;
        });
    })"""
    ltr, rtl = page.evaluate(shadows)
    assert "inset" not in ltr + rtl
    assert " -" in ltr and " -" not in rtl


def test_a_window_with_text_that_is_not_saved_asks_once_before_it_is_left(page: Page, shared: Running) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    entry(page, "Shake it first").locator("textarea").press_sequentially("x")
    with page.expect_event("dialog"):
        page.locator("#locales").select_option("en")
    expect(page.locator("#locales")).to_have_value("es")
    assert asked == ["beforeunload"]


def test_a_clinics_details_that_are_not_saved_are_asked_about_too(page: Page, shared: Running) -> None:
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.goto(f"http://{shared.host}/es/inhaler/desk")
    page.locator('[data-tab="clinic"]').click()
    page.get_by_label("Phone (needed)", exact=True).first.press_sequentially("x")
    page.reload()
    assert asked == ["beforeunload"]
