"""An entry with plural forms, as other programs write them, has a field for each form of the language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from plainleaf.translations import po
from tests import browser as browsers
from tests.preview.serving import Running

Edit = Callable[[Path, str, str], None]
CATALOG = "locales/es/LC_MESSAGES/inhaler.po"
ONE = 'msgid "Wait 4 hours before you use it again."\n'
FORMS = 'msgstr[0] "Espere {} hora."\nmsgstr[1] ""\nmsgstr[2] "Espere {} horas."\n'


@pytest.mark.parametrize("width", [1280, 390])
def test_each_form_is_a_field_and_a_save_changes_no_other_byte(
    chromium: Browser, shared: Running, root: Path, width: int
) -> None:
    path = root / CATALOG
    text = path.read_text(encoding="utf-8")
    start = text.index(ONE) + len(ONE)
    end = text.index("\n\n", start) + 1
    before = text[:start] + 'msgid_plural "Wait {n} hours."\n' + FORMS + text[end:]
    path.write_text(before, encoding="utf-8")
    page = browsers.window(chromium, width)
    page.goto(shared.address)
    own = page.locator(".entry", has_text="Wait 4 hours")
    fields = own.locator("textarea")
    expect(fields).to_have_count(3)
    expect(own.locator(".form")).to_have_text(["for 1", "for 1000000", "for 0, 2, 3, 4, 5 ..."])
    expect(own.locator(".state")).to_have_text("Not translated")
    assert not browsers.violations(page)
    assert browsers.scrolled_sideways(page) <= 0
    fields.nth(1).fill("Espere {} de horas.")
    page.keyboard.press("Control+Enter")
    expect(own.locator(".state")).to_have_text("Translated")
    after = path.read_text(encoding="utf-8")
    assert after == before.replace('msgstr[1] ""', 'msgstr[1] "Espere {} de horas."')
    catalog, _ = po.parse(after.encode(), CATALOG)
    assert catalog and po.write(catalog) == after, "as update writes it"
    expect(page.frame_locator("#edition").locator("body")).to_contain_text("Espere {} horas.")
    own.get_by_role("button", name="Undo").click()
    expect(fields.nth(1)).to_have_value("")
    assert path.read_text(encoding="utf-8") == before
    page.context.close()
