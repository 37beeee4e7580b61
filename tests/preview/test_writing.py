"""The writer's view: the source beside its page, saved whole, what is wrong marked in both. And what does not fit."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from plainleaf.checks.page.printed import CHECKS
from plainleaf.preview import drafting, writing
from plainleaf.preview.reading import Reader
from tests import browser as browsers
from tests.conftest import ROOT, TESTS, TODAY
from tests.preview.serving import Running

Edit = Callable[[Path, str, str], None]
SOURCE = "sources/inhaler.md"
TEXT = (TESTS / "content" / SOURCE).read_text("utf-8")
PNG = (ROOT / "layouts" / "pictures" / "en-a4-1.png").read_bytes()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0H9V9Z"/></svg>'


# --------------------------------------------------------------------------- what is found in a text


def look(text: str) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = drafting.look(Reader(TESTS / "content", "", TODAY), "inhaler", text)
    return found


def test_hard_words_and_long_sentences_are_marked_where_they_are() -> None:
    long = (
        "Then **breathe** out slowly, and after that put it between your teeth, close your lips well, and press it down"
    )
    long += " once."
    text = TEXT.replace("Then breathe out.", f"{long} Utilize it.")
    found = {(mark["kind"], text[mark["start"] : mark["end"]]) for mark in look(text)["marks"]}  # type: ignore[misc]
    assert ("hard", "Utilize") in found
    assert ("long", long.removesuffix(".")) in found
    (sentence,) = [each for each in look(text)["sentences"] if each["state"] == "error"]
    assert text[sentence["start"] :].startswith("Then")  # type: ignore[misc]
    assert sentence["length"] == 21


def test_a_mistake_is_marked_on_its_line_and_the_rest_is_still_looked_at() -> None:
    text = TEXT.replace("::: urgent", "::: urgnt", 1)
    found = look(text)
    (mistake, *_) = [mark for mark in found["marks"] if mark["kind"] == "error"]
    assert text[mistake["start"] : mistake["end"]] == "urgnt"  # type: ignore[misc]
    assert found["outline"]
    assert look("---\ntitle: x")["marks"], "and a text that is no leaflet yet"


def test_the_outline_and_what_each_layout_leaves_out() -> None:
    found = look(TEXT)
    assert [(each["level"], each["text"]) for each in found["outline"]] == [
        (1, "Your blue inhaler"), (2, "urgent"), (2, "Call {emergency_number} if you cannot speak"),
        (2, "How to use it"), (2, "Words to know"),
    ]  # fmt: skip
    texts = {each["text"]: each for each in found["layouts"]}
    assert texts["The whole text"]["lines"] == []
    assert "::: easy" in str(texts["Easy read"]["lack"])
    short = look(TEXT.replace("4 puffs, one by one. {#U1 .safety}", "4 puffs, one by one. {#U1 .safety .short}"))
    (folded,) = [each for each in short["layouts"] if each["text"] == "Folded leaflet"]
    assert "Shake it first. Then breathe out." in [line["text"] for line in folded["lines"]]  # type: ignore[attr-defined]


# --------------------------------------------------------------------------- saving


def test_a_source_is_saved_with_its_own_line_ends(tmp_path: Path) -> None:
    path = tmp_path / SOURCE
    path.parent.mkdir()
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    was = writing.mark(path.read_bytes())
    made = writing.save(tmp_path, "inhaler", TEXT.replace("Shake", "First shake"), was)
    assert path.read_bytes() == b"\xef\xbb\xbf" + TEXT.replace("Shake", "First shake").replace("\n", "\r\n").encode()
    assert made == {"mark": writing.mark(path.read_bytes())}


def test_what_somebody_else_saved_is_given_back_and_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / SOURCE
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    said = writing.save(tmp_path, "inhaler", "mine", "another")
    assert said == {"conflict": True, "text": TEXT, "mark": writing.mark(TEXT.encode())}
    assert path.read_text("utf-8") == TEXT


def test_a_picture_gets_a_name_of_its_own_once(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    copied = [writing.copied(tmp_path, name, data) for name, data in (("My Hand (2).PNG", PNG), ("my hand 2.png", PNG))]
    assert copied == ["pictures/my-hand-2.png"] * 2
    assert writing.copied(tmp_path, "my-hand-2.png", b"other") == "pictures/my-hand-2-2.png"
    assert writing.copied(tmp_path, "../../手.svg", SVG) == "pictures/picture.svg"


@pytest.mark.parametrize(
    ("name", "media", "data", "status"),
    [
        ("a.png", "image/png", PNG, 200),
        ("a.svg", "image/svg+xml", SVG, 200),
        ("a.svg", "image/svg+xml", SVG.replace(b"<path", b"<script>1</script><path"), 409),
        ("a.png", "image/png", PNG[:900], 409),
        ("a.png", "image/png", b"", 409),
        ("a.gif", "image/gif", b"GIF89a", 400),
        ("a.png", "text/html", PNG, 400),
    ],
)
def test_only_pictures_that_can_be_printed_are_copied(
    shared: Running, root: Path, name: str, media: str, data: bytes, status: int
) -> None:
    said, body = send(shared, f"/api/write/picture?{urlencode({'name': name})}", data, media)
    assert said == status, body
    there = [path for path in (root / "sources").rglob("*") if path.suffix in (".png", ".svg", ".gif")]
    assert len(there) == (status == 200)
    assert ("How to fix" in body["failed"]) if status == 409 else True


def send(shared: Running, path: str, data: bytes, media: str) -> tuple[int, dict[str, str]]:
    import http.client

    connection = http.client.HTTPConnection(shared.host, timeout=60)
    headers = {"Cookie": shared.cookie, "Origin": f"http://{shared.host}", "Content-Type": media}
    connection.request("POST", path, data, headers)
    answer = connection.getresponse()
    result = answer.status, json.loads(answer.read())
    connection.close()
    return result


def test_names_that_lead_elsewhere_are_refused(shared: Running, root: Path) -> None:
    def there() -> list[Path]:
        return sorted(path for path in root.rglob("*") if root / "build" not in path.parents)  # others may still print

    before = there()
    for leaflet in ("../plainleaf", ".hidden", "", "a/b", 3):
        about = {"leaflet": leaflet, "text": "x", "was": writing.mark(b"")}
        assert shared.ask("/api/write/save", "POST", about)[0] in (400, 409), leaflet
    assert shared.ask("/api/write/source?leaflet=..%2F..%2Fetc%2Fpasswd")[0] == 400
    assert there() == before


# --------------------------------------------------------------------------- in a browser


def opened(chromium: Browser, it: Running, view: str, locale: str = "en") -> Page:
    page = browsers.window(chromium)
    page.goto(it.address)
    page.goto(f"http://{it.host}/{locale}/inhaler/{view}")
    return page


def test_what_is_typed_is_marked_saved_and_seen_on_the_page(chromium: Browser, shared: Running, root: Path) -> None:
    page = opened(chromium, shared, "write")
    text = page.locator("#write-text")
    expect(text).to_have_value(TEXT)
    text.fill(TEXT.replace("Shake it first.", "Utilize it first."))
    expect(page.locator(".write-under mark.write-hard")).to_have_text("Utilize")
    expect(page.locator(".write-list").first).to_contain_text("Utilize")
    text.press("Control+s")
    expect(page.locator("#write-state")).to_have_text("Saved")
    assert (root / SOURCE).read_text("utf-8") == TEXT.replace("Shake it first.", "Utilize it first.")
    expect(page.frame_locator("#edition").locator("body")).to_contain_text("Utilize it first.")
    page.context.close()


def test_a_save_from_outside_is_taken_over_or_shown_beside(chromium: Browser, shared: Running, root: Path) -> None:
    page = opened(chromium, shared, "write")
    text = page.locator("#write-text")
    expect(text).to_have_value(TEXT)
    theirs = TEXT.replace("Shake it first.", "Shake it twice.")
    (root / SOURCE).write_text(theirs, "utf-8")
    expect(text).to_have_value(theirs)
    text.fill(theirs.replace("Shake it", "Turn it"))
    (root / SOURCE).write_text(TEXT, "utf-8")
    expect(page.locator(".write-clash")).to_contain_text("Shake it first.")
    page.get_by_role("button", name="Save mine instead").click()
    expect(page.locator("#write-state")).to_have_text("Saved")
    assert "Turn it twice." in (root / SOURCE).read_text("utf-8")
    page.context.close()


def test_what_two_people_change_in_other_lines_can_both_be_kept(chromium: Browser, shared: Running, root: Path) -> None:
    page = opened(chromium, shared, "write")
    text, both = page.locator("#write-text"), page.get_by_role("button", name="Keep both changes")
    expect(text).to_have_value(TEXT)
    mine = f"{TEXT}\nMy last line.\nAnd one more.\n"
    text.fill(mine)
    (root / SOURCE).write_text(TEXT.replace("Shake it first.", "Shake it twice.\n\nNew."), "utf-8")
    both.click()
    wanted = mine.replace("Shake it first.", "Shake it twice.\n\nNew.")
    expect(text).to_have_value(wanted)
    expect(page.locator("#write-state")).to_have_text("Not saved yet")
    text.press("Control+s")
    expect(page.locator("#write-state")).to_have_text("Saved")
    assert (root / SOURCE).read_text("utf-8") == wanted
    text.fill(wanted.replace("Shake it", "Turn it"))
    (root / SOURCE).write_text(TEXT, "utf-8")  # the same line
    expect(page.locator(".write-clash")).to_contain_text("Shake it first.")
    expect(both).to_have_count(0)
    page.context.close()


def test_a_picture_is_asked_what_it_shows_before_it_is_in_the_text(
    chromium: Browser, shared: Running, root: Path
) -> None:
    page = opened(chromium, shared, "write")
    text = page.locator("#write-text")
    expect(text).to_have_value(TEXT)
    page.get_by_text("Pictures", exact=True).click()
    page.set_input_files('input[type="file"]', {"name": "Hand.svg", "mimeType": "image/svg+xml", "buffer": SVG})
    page.get_by_role("button", name="Put it into the text").click()
    expect(text).to_have_value(TEXT)
    page.get_by_label("What does the picture show?").fill("A hand [shakes] it")
    page.get_by_role("button", name="Put it into the text").click()
    expect(text).to_have_value(re.compile(r"\n\n!\[A hand  shakes  it\]\(pictures/hand\.svg\)\n"))
    assert (root / "sources" / "pictures" / "hand.svg").read_bytes() == SVG
    page.context.close()


def test_what_is_too_long_is_marked_on_the_page_with_how_much_has_to_go(
    chromium: Browser, shared: Running, root: Path
) -> None:
    catalog = root / "locales" / "es" / "LC_MESSAGES" / "inhaler.po"
    page = opened(chromium, shared, "fit", "es")
    expect(page.locator("#layouts option")).not_to_have_count(0)
    page.locator("#layouts").select_option("a4")
    expect(page.locator("html")).to_have_attribute("data-final", re.compile("."))
    there, long = catalog.read_text("utf-8"), f'msgstr "{"Primero" * 20} agítelo'
    catalog.write_text(there.replace('msgstr "Primero agítelo', long), "utf-8")
    expect(page.locator(".fit-lead")).to_contain_text("characters have to go")
    expect(page.locator(".fit-list").first).to_contain_text("inhaler.po")
    page.get_by_role("button", name="Show 1 on the page").click()
    expect(page.locator("#marks .mark.error").first).to_be_attached()
    page.context.close()


def judged(page: Page) -> list[str]:
    """What is wrong with a view at a desk and on a phone."""
    found = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"at {width}: {each}" for each in browsers.violations(page)]
        assert browsers.scrolled_sideways(page) <= 0, width
    return found


def test_the_views_are_accessible(chromium: Browser, shared: Running) -> None:
    page = opened(chromium, shared, "write")
    expect(page.locator("#write-text")).to_have_value(TEXT)
    page.locator("#write-text").fill(TEXT.replace("Shake it first.", "Utilize it first."))
    page.wait_for_selector(".write-under mark", state="attached")
    for summary in page.locator(".write > details > summary").all():
        summary.press("Enter")
    assert judged(page) == []
    page.locator("#write-text").fill(TEXT)
    page.goto(page.url.replace("/write", "/fit"))
    page.wait_for_selector(".fit-lead")
    assert judged(page) == []
    page.context.close()


def test_every_check_that_is_grouped_is_one() -> None:
    script = (ROOT / "plainleaf" / "preview" / "data" / "fit.js").read_text("utf-8")
    named = {part for part in script[: script.index("const REST")].split('"') if part.startswith("fit-")}
    assert named <= {check.id for check in CHECKS}
    assert len(named) > 15
