"""The print desk as a clinic's manager uses it: the file to print, the clinic's details, to do, signatures."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from plainleaf import project
from plainleaf.preview import errands
from tests import browser as browsers
from tests.conftest import TODAY, plainleaf
from tests.preview.serving import Running

Edit = Callable[[Path, str, str], None]
CLINIC = "sources/clinics/sample.toml"


def opened(chromium: Browser, it: Running, tab: str) -> Page:
    """A window with the desk in it."""
    page = browsers.window(chromium)
    page.goto(it.address)
    page.goto(page.url.rstrip("/") + "/desk")
    page.click(f'[data-tab="{tab}"]')
    return page


def errand(kind: str, root: Path, **about: Any) -> dict[str, Any]:
    return errands.run({"errand": kind, "root": str(root), "today": TODAY.isoformat(), "clinic": "", **about})


# --------------------------------------------------------------------------- without a browser


def test_what_is_to_be_done_says_who_acts_and_goes_once_it_is_done(content: Path) -> None:
    def todo() -> list[tuple[str, str]]:
        return [(each["who"], each["locale"]) for each in errand("overview", content)["todo"] if each["leaflet"]]

    assert ("a clinician", "") in todo()
    assert plainleaf("sign-off", "inhaler", "--by", "A. Sample, nurse", root=content).returncode == 0
    assert ("a clinician", "") not in todo()
    source = content / "sources" / "inhaler.md"
    source.write_text(source.read_text("utf-8").replace("## ", "## Now: ", 1), "utf-8")
    (lapsed,) = [each for each in errand("overview", content)["todo"] if each["who"] == "a clinician"]
    assert "no longer counts" in lapsed["what"]
    assert lapsed["rank"] == 0


def test_a_signature_at_the_desk_is_that_of_the_command(content: Path) -> None:
    shown = errand("texts", content, leaflet="inhaler", locale="")
    assert shown["rows"], "there are safety texts"
    assert "{emergency_number}" not in json.dumps(shown), "texts are read as they are printed"
    seen = [each["id"] for each in shown["rows"]]
    about = {"leaflet": "inhaler", "locale": "", "digest": shown["digest"], "by": "A. Sample, nurse"}
    assert errand("sign", content, **about, seen=seen[1:]) == {"done": False, "unseen": 1, "findings": []}
    assert errand("sign", content, **{**about, "by": "nobody"}, seen=seen)["findings"], "a role is missing"
    assert errand("sign", content, **about, seen=seen)["done"]
    made = project.sign_offs_path(content)
    here = made.read_text("utf-8")
    made.unlink()
    assert plainleaf("sign-off", "inhaler", "--by", "A. Sample, nurse", root=content).returncode == 0
    dated = re.compile(r"\d{4}-\d\d-\d\d")
    assert dated.sub("", made.read_text("utf-8")) == dated.sub("", here)


def test_what_changed_while_somebody_read_is_not_signed(content: Path, replaced: Edit) -> None:
    shown = errand("texts", content, leaflet="inhaler", locale="")
    replaced(content / "sources" / "inhaler.md", "## How", "## Now: how")
    about = {"leaflet": "inhaler", "locale": "", "digest": shown["digest"], "by": "A. Sample, nurse"}
    done = errand("sign", content, **about, seen=[each["id"] for each in shown["rows"]])
    assert done == {"done": False, "changed": True, "findings": []}


def test_what_cannot_be_done_is_said_in_words(content: Path) -> None:
    assert (
        "there is no leaflet “nothing”"
        in errand("print", content, leaflet="nothing", locale="es", layout="a4")["failed"]
    )
    assert "there is no clinic “x”" in errand("texts", content, leaflet="inhaler", locale="", clinic="x")["failed"]


def test_the_server_gives_out_no_other_file_and_changes_no_other_key(shared: Running, root: Path) -> None:
    before = (root / CLINIC).read_bytes()
    for path in ("../sources/inhaler.md", "%2e%2e/sources/inhaler.md", "index.html", "/etc/passwd", "a.pdf"):
        assert shared.ask(f"/api/desk/file/{path}")[0] in (404, 403), path
    change = {"key": ["name"], "was": "x", "now": "y"}
    for wrong in ({}, {"clinic": "../a", "changes": []}, {"clinic": "sample", "changes": [{"key": "name"}]},
                  {"clinic": "sample", "changes": [{**change, "now": 3}]},
                  {"clinic": "sample", "changes": [{**change, "now": "\ud800"}]},
                  {"clinic": "sample", "changes": [{**change, "key": ["\ud800"]}]},
                  {"clinic": "sample", "changes": [{**change, "key": [0]}]}):  # fmt: skip
        assert shared.ask("/api/desk/clinic/save", "POST", wrong)[0] == 400, wrong
    assert shared.ask("/api/desk/print", "POST", {"leaflet": "../x", "locale": "es", "layout": "a4"})[0] == 400
    assert shared.save(shared.entry("Shake"), "half a \ud800")[0] == 400, (
        "nor is half a character saved as a translation"
    )
    foreign = {"Origin": "http://evil.example", "Content-Type": "application/json"}
    assert shared.ask("/api/desk/sign", "POST", {}, foreign)[0] == 403
    assert (root / CLINIC).read_bytes() == before


def test_a_folder_of_files_that_leads_elsewhere_is_not_read(shared: Running, root: Path, tmp_path: Path) -> None:
    build, aside = root / "build", root / "build.aside"
    if build.exists():
        build.rename(aside)
    try:
        for there, expected in ((tmp_path, (403, b"outside the root")), (root / "elsewhere", (200, b"%PDF"))):
            there.mkdir(exist_ok=True)
            (there / "a.pdf").write_bytes(b"%PDF-1.7")
            build.symlink_to(there)
            status, body, _ = shared.ask("/api/desk/file/a.pdf")
            assert status == expected[0] and expected[1] in body
            build.unlink()
    finally:
        build.unlink(missing_ok=True)
        if aside.exists():
            aside.rename(build)


# --------------------------------------------------------------------------- in a browser


def test_a_number_is_checked_as_it_is_typed_and_its_line_alone_is_saved(
    chromium: Browser, shared: Running, root: Path
) -> None:
    page = opened(chromium, shared, "clinic")
    before = (root / CLINIC).read_text("utf-8")
    phone = page.get_by_label("Phone (needed)", exact=True).first
    was = phone.input_value()
    phone.fill("911")
    expect(page.locator('[data-key="phone"]')).to_contain_text("emergency number")
    expect(phone).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".desk-saved")).to_contain_text("was not saved")
    assert (root / CLINIC).read_text("utf-8") == before
    phone.fill("+1 202-555-0187")
    expect(page.locator('[data-key="phone"] .error')).to_have_count(0)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".desk-saved")).to_contain_text("Saved.")
    assert (root / CLINIC).read_text("utf-8") == before.replace(was, "+1 202-555-0187", 1)
    page.context.close()


def test_what_somebody_else_saved_is_shown_and_not_overwritten(
    chromium: Browser, shared: Running, root: Path, replaced: Edit
) -> None:
    page = opened(chromium, shared, "clinic")
    name = page.get_by_label("Name (needed)", exact=True).first
    was = name.input_value()
    replaced(root / CLINIC, f'name = "{was}"', 'name = "Theirs"')
    name.fill("Mine")
    clash = page.locator(".desk-clash")
    expect(clash).to_contain_text("“Theirs”")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".desk-saved")).to_contain_text("somebody else")
    assert 'name = "Theirs"' in (root / CLINIC).read_text("utf-8")
    clash.get_by_role("button", name="Keep mine").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".desk-saved")).to_contain_text("Saved.")
    assert 'name = "Mine"' in (root / CLINIC).read_text("utf-8")
    page.context.close()


def test_hours_and_help_lines_are_added_and_deleted(chromium: Browser, shared: Running, root: Path) -> None:
    page = opened(chromium, shared, "clinic")
    page.get_by_role("button", name="Add hours").click()
    hours = page.locator(".desk-hours").last
    hours.get_by_label("Saturday").check()
    hours.get_by_label("Opens").fill("9")
    expect(hours).to_contain_text("not a time")
    hours.get_by_label("Opens").fill("09:00")
    hours.get_by_label("Closes").fill("12:00")
    expect(hours.locator(".error")).to_have_count(0)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".desk-saved")).to_contain_text("Saved.")
    assert 'days = ["sat"]\nopens = "09:00"\ncloses = "12:00"\n' in (root / CLINIC).read_text("utf-8")
    page.locator(".desk-hours").last.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".desk-saved")).to_contain_text("Saved.")
    assert '"sat"' not in (root / CLINIC).read_text("utf-8")
    page.context.close()


def test_a_leaflet_is_printed_with_advice_and_with_what_keeps_it_from_patients(
    chromium: Browser, shared: Running
) -> None:
    page = opened(chromium, shared, "print")
    page.get_by_label("Kind").select_option("large-print-letter")
    page.get_by_label("Copies").fill("30")
    page.get_by_role("button", name="Prepare the file").click()
    expect(page.locator(".desk-count")).to_contain_text("30 copies: set Copies to 30")
    expect(page.locator(".desk-advice")).to_contain_text("US letter, both sides")
    expect(page.locator(".desk-warning").first).to_contain_text("draft")
    assert "large-print-letter" in page.get_by_role("link", name="Open the file").get_attribute("href")  # type: ignore[operator]
    status, data, headers = shared.ask(str(page.get_by_role("link", name="Open the file").get_attribute("href")))
    assert (status, data[:5], headers["content-type"]) == (200, b"%PDF-", "application/pdf")
    page.get_by_role("button", name="Print ...").click()
    expect(page.locator("#desk-paper iframe")).to_have_attribute(
        "src", "/api/desk/file/inhaler/inhaler.es.large-print-letter.pdf"
    )
    page.context.close()


def test_safety_texts_are_seen_one_by_one_before_anybody_can_sign(
    chromium: Browser, shared: Running, root: Path
) -> None:
    page = opened(chromium, shared, "sign")
    page.get_by_role("button", name="Show what is signed").click()
    give = page.get_by_role("button", name="Sign this leaflet off")
    expect(give).to_be_disabled()
    texts = page.locator(".desk-text button")
    for number in range(texts.count()):
        texts.nth(number).press("Enter")
    expect(page.locator(".desk-left")).to_contain_text("have been read")
    page.get_by_label("Who signs").fill("A. Sample")
    give.click()
    expect(page.locator("#desk-signing")).to_contain_text("It was not signed")
    page.get_by_label("Who signs").fill("A. Sample, nurse")
    give.click()
    expect(page.locator(".desk-good")).to_contain_text("Signed off by A. Sample, nurse")
    assert not [each for each in errand("overview", root)["todo"] if each["who"] == "a clinician"]
    page.context.close()


def test_the_desk_is_accessible(chromium: Browser, shared: Running) -> None:
    page = opened(chromium, shared, "print")
    found = []
    for tab, ready in (
        ("print", ".desk-choice"),
        ("clinic", ".desk-form"),
        ("todo", ".desk h3"),
        ("sign", ".desk-choice"),
    ):
        page.click(f'[data-tab="{tab}"]')
        page.wait_for_selector(ready)
        if tab == "clinic":
            page.get_by_label("Phone (needed)", exact=True).first.fill("12")
            page.wait_for_selector('[data-key="phone"] .error')
            page.get_by_label("Phone (needed)", exact=True).first.fill("+1 202-555-0142")
        for width in browsers.WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{tab} at {width}: {each}" for each in browsers.violations(page)]
            assert browsers.scrolled_sideways(page) <= 0, (tab, width)
        if tab == "clinic":
            page.reload()
            page.wait_for_selector(".desk-form")
    assert found == []
    page.context.close()


def test_a_logo_is_chosen_from_this_computer(chromium: Browser, shared: Running, root: Path, tmp_path: Path) -> None:
    page = opened(chromium, shared, "clinic")
    logo = tmp_path / "Our logo.svg"
    circle = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90"><circle cx="45" cy="45" r="40"/></svg>'
    logo.write_text(circle, encoding="utf-8")
    page.get_by_label("Logo: choose a picture on this computer", exact=True).set_input_files(logo)
    expect(page.locator('[data-key="logo"] input').first).to_have_value("pictures/our-logo.svg")
    expect(page.locator('[data-key="logo-alt"] input')).to_be_focused()
    page.keyboard.type("Sample Clinic: a circle")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".desk-saved")).to_contain_text("Saved")
    assert 'logo = "pictures/our-logo.svg"' in (root / CLINIC).read_text("utf-8")
    assert (root / "sources" / "pictures" / "our-logo.svg").read_bytes() == logo.read_bytes()
    page.route("**/api/desk/clinic/**", lambda route: route.abort())  # as if the preview had ended
    page.locator('[data-key="logo-alt"] input').fill("Sample Clinic: a black circle")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".desk-saved")).to_contain_text("the preview does not answer")
    page.context.close()
