"""The preview as people use it: in the system's Chromium, with files that change under it."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import browser as browsers
from tests.preview.serving import Running, running

Edit = Callable[[Path, str, str], None]
SOURCE, CATALOG = "sources/inhaler.md", "locales/es/LC_MESSAGES/inhaler.po"


VOICE = """
  window.spoken = [];
  speechSynthesis.speak = (words) => { spoken.push([words.lang, words.text]); words.onstart?.(); words.onend?.(); };
"""


def opened(chromium: Browser, it: Running, layout: str = "", width: int = 1280) -> Page:
    """A window with the leaflet in Spanish; what its page complains about fails the test in the end."""
    page = browsers.window(chromium, width)
    page.add_init_script(VOICE)
    page.add_init_script(f"sessionStorage.setItem('layout', {json.dumps(layout)})")
    page.goto(it.address)
    expect(page.locator("#state")).to_have_text("Up to date")
    return page


def inside(page: Page) -> Any:
    return page.frame_locator("#edition")


def entry(page: Page, text: str) -> Any:
    return page.locator(".entry", has_text=text).first


def test_the_page_follows_what_is_saved_and_shows_what_is_wrong(
    chromium: Browser, shared: Running, root: Path, replaced: Edit
) -> None:
    page = opened(chromium, shared)
    shown = inside(page).locator("body")
    replaced(root / CATALOG, "Primero agítelo", "Primero sacúdalo")
    expect(shown).to_contain_text("Primero sacúdalo")
    whole = (root / CATALOG).read_bytes()
    (root / CATALOG).write_bytes(whole[:-30])  # another program is in the midst of writing it
    expect(page.locator("#trouble")).to_contain_text("How to fix")
    expect(shown).to_contain_text("Primero sacúdalo")
    (root / CATALOG).write_bytes(whole)
    expect(page.locator("#trouble")).to_be_hidden()
    expect(page.locator("#state")).to_have_text("Up to date")
    replaced(root / SOURCE, "::: urgent", "::: urgnt")  # while somebody types
    expect(page.locator("#trouble")).to_contain_text("sources/inhaler.md")
    expect(shown).to_contain_text("Primero sacúdalo")
    replaced(root / SOURCE, "::: urgnt", "::: urgent")
    expect(page.locator("#trouble")).to_be_hidden()
    page.context.close()


def test_a_sentence_leads_to_its_entry_and_back_and_a_save_to_the_page(
    chromium: Browser, shared: Running, root: Path
) -> None:
    page = opened(chromium, shared)
    inside(page).get_by_text("Primero agítelo").first.click()
    own = entry(page, "Shake it first")
    expect(own.locator("textarea")).to_be_focused()
    expect(own).to_have_class("entry chosen")
    before = (root / CATALOG).read_text(encoding="utf-8")
    own.locator("textarea").fill("Agite el inhalador. Después, espire.")
    page.keyboard.press("Control+Enter")
    expect(inside(page).locator("body")).to_contain_text("Agite el inhalador")
    after = (root / CATALOG).read_text(encoding="utf-8")
    changed = [pair for pair in zip(before.splitlines(), after.splitlines(), strict=True) if pair[0] != pair[1]]
    assert [new for _, new in changed] == ['msgstr "Agite el inhalador. Después, espire."']
    own.get_by_role("button", name="Undo").click()
    expect(inside(page).locator("body")).to_contain_text("Primero agítelo")
    assert (root / CATALOG).read_text(encoding="utf-8") == before
    entry(page, "Your blue inhaler").get_by_role("button", name="Show on the page").click()
    title = inside(page).locator("h1")
    expect(title).to_have_css("outline-style", "solid")
    page.context.close()


def test_findings_are_beside_their_text_and_texts_are_read_aloud_in_their_language(
    chromium: Browser, shared: Running, root: Path, replaced: Edit
) -> None:
    page = opened(chromium, shared)
    replaced(root / CATALOG, "Inhale 4 veces", "Inhale 5 veces")
    found = entry(page, "Do not wait").locator(".found")
    expect(found).to_contain_text("4")
    expect(found).to_contain_text("How to fix")
    expect(entry(page, "Do not wait").locator("textarea")).to_have_value(re.compile("Inhale 5 veces"))
    page.locator("#aloud").click()
    spoken = page.evaluate("spoken")  # all in the very click
    assert spoken[0] == ["es", "Su inhalador azul"] and ["es", "No espere. Inhale 5 veces, una por una."] in spoken
    page.context.close()


def test_what_is_saved_elsewhere_is_shown_and_not_written_over(
    chromium: Browser, shared: Running, root: Path, replaced: Edit
) -> None:
    page, other = opened(chromium, shared), opened(chromium, shared)
    own = entry(page, "Shake it first")
    own.locator("textarea").fill("Mi texto. Y más.")
    theirs = entry(other, "Shake it first")
    theirs.locator("textarea").fill("Otro texto. Y más.")
    theirs.get_by_role("button", name="Save", exact=True).click()
    expect(inside(page).locator("body")).to_contain_text("Otro texto.")  # both windows hear of it
    expect(own.locator(".conflict")).to_contain_text("Otro texto.")
    expect(own.locator("textarea")).to_have_value("Mi texto. Y más.")
    assert "Otro texto." in (root / CATALOG).read_text(encoding="utf-8")
    own.get_by_role("button", name="Keep mine").click()
    own.get_by_role("button", name="Save", exact=True).click()
    expect(inside(other).locator("body")).to_contain_text("Mi texto.")
    expect(theirs.locator("textarea")).to_have_value("Mi texto. Y más.")
    for each in (page, other):
        each.context.close()


def test_the_printed_page_follows_and_its_texts_are_buttons(
    chromium: Browser, shared: Running, root: Path, replaced: Edit
) -> None:
    page = opened(chromium, shared, "a4")
    first = page.locator("#picture").get_attribute("src")
    spot = page.get_by_role("button", name="Primero agítelo", exact=False).first
    spot.focus()
    page.keyboard.press("Enter")
    expect(entry(page, "Shake it first").locator("textarea")).to_be_focused()
    replaced(root / CATALOG, "Primero agítelo", "Primero sacúdalo")
    expect(page.locator("#picture")).not_to_have_attribute("src", first or "")
    expect(page.get_by_role("button", name="Primero sacúdalo", exact=False).first).to_be_attached()
    page.context.close()


@pytest.mark.parametrize("width", browsers.WIDTHS)
def test_anybody_can_use_it(chromium: Browser, shared: Running, width: int) -> None:
    page = opened(chromium, shared, width=width)
    expect(page.locator(".entry").first).to_be_visible()
    assert not browsers.violations(page)
    assert browsers.scrolled_sideways(page) <= 0
    page.context.close()


def test_on_a_phone_what_is_written_stays_in_view(chromium: Browser, shared: Running) -> None:
    page = opened(chromium, shared, width=390)
    own = entry(page, "Wait 4 hours")
    own.locator("textarea").click()
    expect(own).to_have_class("entry chosen")
    expect(own.locator("textarea")).to_be_in_viewport()
    own.get_by_role("button", name="Show on the page").click()
    expect(own.locator("textarea")).not_to_be_in_viewport()
    expect(inside(page).locator("[data-at]", has_text="4 horas").last).to_be_in_viewport()
    page.context.close()


def test_the_address_of_a_text_leads_to_it(chromium: Browser, shared: Running) -> None:
    page = opened(chromium, shared)
    name = shared.entry("Wait 4 hours")["name"]
    page.goto(f"http://{shared.host}/es/inhaler#{name}")
    expect(page.locator(f"#{name}")).to_have_class("entry chosen")
    expect(page.locator(f"#{name}")).to_be_in_viewport()
    page.context.close()


def test_a_server_that_is_killed_in_a_save_leaves_a_whole_file(content: Path) -> None:
    before = (content / CATALOG).read_bytes()
    whole = {before}
    for turn, seconds in enumerate((0.0, 0.01, 0.03)):  # before it comes, while it is written, maybe after it
        with running(content) as it:
            entry = it.entry("Shake it first")
            string = f"Turno {turn}. Y más."
            saving = os.fork()
            if saving == 0:
                try:
                    it.save(entry, string)
                finally:
                    os._exit(0)
            time.sleep(seconds)
            it.process.send_signal(signal.SIGKILL)
            it.process.wait()
            os.waitpid(saving, 0)
        now = (content / CATALOG).read_bytes()
        assert now in whole or string.encode() in now
        assert now.count(b"msgid") == before.count(b"msgid") and now.endswith(b"\n")
        whole.add(now)
