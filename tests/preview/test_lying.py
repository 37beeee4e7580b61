"""What lies in the output folder beside the texts of today: seen at the desk, and made anew there."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from plainleaf.preview import errands
from tests import browser as browsers
from tests.actions.test_printed_words import without
from tests.conftest import TODAY
from tests.preview.serving import running

Edit = Callable[[Path, str, str], None]
CATALOG, SOURCE = "locales/es/LC_MESSAGES/inhaler.po", "sources/inhaler.md"


@pytest.fixture
def screens(content: Path) -> Path:
    """A folder whose leaflets are made for screens alone, which takes no time."""
    (content / "plainleaf.toml").write_text('formats = ["html"]\n', encoding="utf-8")
    return content


def errand(kind: str, root: Path, **about: Any) -> dict[str, Any]:
    return errands.run({"errand": kind, "root": str(root), "today": TODAY.isoformat(), "clinic": "", **about})


def states(root: Path) -> dict[str, str]:
    return {each["path"]: each["state"] for each in errand("lying", root)["files"]}


EN, ES = "inhaler/en/index.html", "inhaler/es/index.html"


def test_each_file_that_is_not_as_it_is_to_be_is_named_and_made_anew(
    screens: Path, replaced: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not errand("lying", screens)["begun"]
    assert errand("renew", screens, missing=True) == {"done": True, "made": 2, "failed_files": 0}
    assert '"of": 2' in capsys.readouterr().out, "it is said how far it is"
    assert states(screens) == {} and errand("lying", screens)["made"] == 2
    replaced(screens / CATALOG, "Primero agítelo", "Primero sacúdalo")
    (screens / "build" / EN).unlink()
    assert states(screens) == {ES: "old", EN: "missing"}
    assert errand("renew", screens, missing=False)["made"] == 1
    assert states(screens) == {EN: "missing"}, "only what was asked for"
    assert "Primero sacúdalo" in (screens / "build" / ES).read_text(encoding="utf-8")


def test_a_word_of_layouts_that_no_page_prints_stops_no_file_here_either(screens: Path) -> None:
    without(screens, "Relay service")
    assert states(screens) == {EN: "missing", ES: "missing"}
    assert errand("renew", screens, missing=True)["failed_files"] == 0
    assert states(screens) == {}


def test_what_cannot_be_made_says_why_and_the_old_file_stays(screens: Path, replaced: Edit) -> None:
    errand("renew", screens, missing=True)
    before = (screens / "build" / ES).read_bytes()
    replaced(screens / CATALOG, "Inhale 4 veces", "Inhale 5 veces")
    (stuck,) = errand("lying", screens)["files"]
    assert (stuck["path"], stuck["state"]) == (ES, "stuck")
    assert f"{CATALOG}:" in stuck["why"]
    assert errand("renew", screens, missing=True)["made"] == 0
    assert (screens / "build" / ES).read_bytes() == before


def test_only_what_is_left_over_can_be_deleted(screens: Path) -> None:
    errand("renew", screens, missing=True)
    source = (screens / SOURCE).read_bytes()
    (screens / SOURCE).rename(screens / "sources" / "spray.md")
    left = errand("lying", screens)["left"]
    assert {EN, ES} <= set(left)
    assert errand("clear", screens, paths=[ES, "../sources/spray.md", "index.html"])["deleted"] == [ES]
    assert not (screens / "build" / ES).exists() and (screens / "build" / EN).exists()
    assert (screens / "sources" / "spray.md").read_bytes() == source


def test_a_leaflet_that_cannot_be_read_leaves_nothing_over(screens: Path) -> None:
    errand("renew", screens, missing=True)
    (screens / SOURCE).write_bytes(b"\xff\xfe broken")
    assert errand("lying", screens)["left"] == []


def test_a_button_makes_them_anew_on_a_phone_as_at_a_desk(chromium: Browser, screens: Path, replaced: Edit) -> None:
    with running(screens, "inhaler", "--locale", "es") as it:
        assert it.ask("/api/desk/renew", "POST", {"missing": "all"})[0] == 400
        assert it.ask("/api/desk/clear", "POST", {"paths": "x"})[0] == 400
        page = browsers.window(chromium, 390)
        page.goto(it.address)
        page.goto(page.url.rstrip("/") + "/desk")
        page.click('[data-tab="todo"]')
        part = page.locator(".desk-lying")
        expect(part).to_contain_text("Nothing has been made yet")
        part.get_by_role("button", name="Make 2 files").click()
        expect(part).to_contain_text("2 files were made")
        expect(part).to_contain_text("All 2 files in the folder build are up to date")
        replaced(screens / CATALOG, "Primero agítelo", "Primero sacúdalo")
        (screens / "build" / EN).unlink()
        page.click('[data-tab="todo"]')
        expect(part).to_contain_text("Out of date (1)")
        expect(part).to_contain_text("Never made (1)")
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert (width, browsers.violations(page)) == (width, [])
            assert browsers.scrolled_sideways(page) <= 0, width
        part.get_by_label("also 1 file").check()
        expect(part.get_by_role("button", name="Make 2 files")).to_be_visible()
        page.context.close()


def test_a_file_in_a_language_that_has_no_folder_is_named_in_english(screens: Path, replaced: Edit) -> None:
    assert {each["language"] for each in errand("lying", screens)["files"]} == {"English", "Spanish"}


def test_a_run_that_is_stopped_has_ended_and_another_one_may_begin(content: Path) -> None:
    with running(content, "inhaler") as it:
        for _ in range(2):
            assert json.loads(it.ask("/api/desk/renew", "POST", {"missing": True})[1])["running"]
            stopped = json.loads(it.ask("/api/desk/renewal/stop", "POST", {})[1])
            assert stopped["stopped"]
            end = time.monotonic() + 120
            while (running_still := it.json("/api/desk/renewal")["running"]) and time.monotonic() < end:
                time.sleep(0.05)
            assert not running_still
