"""A language or a leaflet begun from the preview: as the commands do it, by people who type its name or title."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from plainleaf import files
from plainleaf.actions.update import init
from plainleaf.preview import entries, errands, refusals, saving
from plainleaf.preview.reading import Reader
from plainleaf.project import load
from tests import browser as browsers
from tests.conftest import TODAY, plainleaf
from tests.files.test_two_at_once import busy
from tests.preview.serving import Running, running


def errand(kind: str, root: Path, called: str, **about: Any) -> dict[str, Any]:
    if kind == "language":
        about = {"leaflet": "inhaler", **about}
    given = {"errand": kind, "root": str(root), "today": TODAY.isoformat(), "clinic": "", "called": called}
    return errands.run({**given, **about})


def kept(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def other(content: Path, tmp_path: Path) -> Path:
    """Another copy of the same folder, for the command."""
    return Path(shutil.copytree(content, tmp_path / "other"))


# --------------------------------------------------------------------------- without a browser


@pytest.mark.parametrize(("called", "name"), [("soomaali", "so"), (" Rohingya ", "rhg")])
def test_a_language_is_begun_by_its_name_as_the_command_begins_it(
    content: Path, other: Path, called: str, name: str
) -> None:
    begun = errand("language", content, called)
    assert (begun["locale"], begun["leaflet"]) == (name, "inhaler")
    said = plainleaf("init", name, root=other)
    assert said.returncode == 0 and kept(content) == kept(other)
    assert all(note in said.stdout for note in begun["notes"]), "and what is missing is said in both"
    if name == "rhg":
        assert any("no font is chosen" in note for note in begun["notes"])
        assert any("lacks the days of the week and the months" in note for note in begun["notes"])


def test_a_name_that_is_none_or_may_be_several_writes_nothing(content: Path) -> None:
    before = kept(content)
    assert [each["english"] for each in errand("language", content, "Somalli")["near"]] == ["Somali"]
    several = [each["english"] for each in errand("language", content, "Chinese")["several"]]
    assert {"Chinese (Simplified)", "Chinese (Traditional)"} <= set(several)
    assert "no language is named" in errand("language", content, " ")["failed"]
    assert errand("language", content, "../../x")["findings"]
    there = errand("language", content, "Spanish")
    assert there["locale"] == "es" and "is there already" in there["notes"][0] and "written" not in there
    assert "nothing to translate" in errand("language", content, "English")["notes"][0]
    assert kept(content) == before


def test_another_command_that_writes_is_waited_for_only_for_a_while(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "PATIENCE", 0.2)
    before = kept(content)
    with busy(content):
        for kind in ("language", "leaflet"):
            failed = errand(kind, content, "Somali")["failed"]
            assert "another plainleaf run in this folder" in failed and "try again" in failed
    assert kept(content) == before
    assert errand("language", content, "Somali")["written"]


def test_what_cannot_be_written_to_the_end_is_not_begun(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, save = kept(content), files.Root.save

    def full(self: files.Root, path: Path, *rest: Any, **more: Any) -> bool:
        if path.name == "locale.toml":
            raise files.UnwrittenError(28, "no space left", str(path))
        return save(self, path, *rest, **more)

    monkeypatch.setattr(files.Root, "save", full)
    done = init(load(content), ("rhg",))
    assert not done.changed and done.findings and kept(content) == before
    assert not (content / "locales" / "rhg").exists()
    assert errand("language", content, "Rohingya")["findings"]


def test_a_leaflet_is_begun_by_its_title_as_the_command_begins_it(content: Path, other: Path) -> None:
    begun = errand("leaflet", content, "Your  first visit")
    assert begun == {"leaflet": "your-first-visit", "locale": "en", "written": ["sources/your-first-visit.md"]}
    day = ("--title", "Your first visit")
    assert plainleaf("new", "leaflet", "your-first-visit", *day, root=other).returncode == 0
    assert kept(content) == kept(other)
    assert "already" in errand("leaflet", content, "your first visit")["failed"]
    assert errand("leaflet", content, "Your first visit!")["leaflet"] == "your-first-visit-2"
    assert errand("leaflet", content, "你的首次就诊")["leaflet"] == "leaflet"
    assert errand("leaflet", content, "Sample")["leaflet"] == "sample-2", "a clinic has that name"
    assert errand("leaflet", content, "Languages")["leaflet"] == "leaflet-2", "pages of the site have that name"
    assert "this is empty" in errand("leaflet", content, "  ")["failed"]


def test_a_leaflet_that_still_has_sentences_of_the_template_says_that_it_cannot_be_signed(content: Path) -> None:
    begun = errand("leaflet", content, "Your first visit")["leaflet"]
    shown = errands.run(
        {
            "errand": "texts",
            "root": str(content),
            "today": TODAY.isoformat(),
            "clinic": "",
            "leaflet": begun,
            "locale": "",
        }
    )
    assert [
        each for each in shown["obstacles"] if re.fullmatch(r"\d+ sentences of the template must be replaced", each)
    ]


def test_the_words_that_every_leaflet_prints_are_translated_here_too(content: Path) -> None:
    errand("language", content, "Rohingya")
    reader = Reader(content, "", TODAY)
    assert not entries.entries(reader, "inhaler", "es")["words"], "the package has them"
    assert entries.entries(reader, "inhaler", "rhg")["words"]
    there = entries.entries(reader, "inhaler", "rhg", words="yes")
    own = next(each for each in there["entries"] if each["text"] == "Main message")
    path = content / there["file"]
    before = path.read_bytes()
    saved = saving.save(content, "rhg", "layouts", (own["context"], own["text"]), own["was"], "Hobor", fuzzy=False)
    assert saved.now and path.read_bytes() == before.replace(
        b'msgid "Main message"\nmsgstr ""', b'msgid "Main message"\nmsgstr "Hobor"'
    )
    todo = errands.run({"errand": "overview", "root": str(content), "today": TODAY.isoformat(), "clinic": ""})["todo"]
    assert [each["leaflet"] for each in todo if each["locale"] == "rhg" and each.get("words")] == ["inhaler"]


def test_texts_of_a_source_that_has_grown_come_in_as_by_the_command(
    content: Path, tmp_path: Path, replaced: Callable[[Path, str, str], None]
) -> None:
    replaced(content / "sources" / "inhaler.md", "Shake it first", "Shake it well first")
    other = Path(shutil.copytree(content, tmp_path / "other"))
    given = {"errand": "update", "root": str(content), "today": TODAY.isoformat(), "clinic": "", "locale": "es"}
    assert errands.run(given)["written"] == ["locales/es/LC_MESSAGES/inhaler.po"]
    plainleaf("update", "es", root=other)
    assert kept(content) == kept(other)


def test_nobody_begins_what_has_no_name(shared: Running, root: Path) -> None:
    for wrong in ({}, {"called": 3}, {"called": "x" * 2000}, {"called": "\ud800"}, {"called": "so", "leaflet": "../x"}):
        assert shared.ask("/api/begin/language", "POST", wrong)[0] == 400, wrong
    assert {"Somali", "Soomaali", "Dari"} <= set(json.loads(shared.ask("/api/begin/languages")[1]))


# --------------------------------------------------------------------------- in a browser


def test_somebody_who_never_saw_a_terminal_begins_a_language_and_a_leaflet(
    chromium: Browser, shared: Running, root: Path
) -> None:
    page = browsers.window(chromium, 390)
    page.goto(shared.address)
    page.get_by_text("Translate into another language").click()
    field = page.get_by_label("Language to translate into")
    field.fill("Rohingia")
    field.press("Enter")
    page.get_by_role("button", name="Rohingya").click()
    page.wait_for_url("**/rhg/inhaler/translate")
    notice = page.locator(".begun")
    expect(notice).to_contain_text("Rohingya is begun")
    expect(notice).to_contain_text("no font is chosen")
    expect(notice).to_contain_text("lacks the days of the week and the months")
    expect(page.locator(".sum")).to_contain_text("0 of")
    assert {each.input_value() for each in page.locator(".entry textarea").all()} == {""}
    assert not browsers.violations(page)
    assert browsers.scrolled_sideways(page) <= 0
    notice.get_by_role("button", name="I have read this").click()
    expect(notice).to_have_count(0)
    page.locator(".which select").select_option("words")
    own = page.get_by_label("Translation of: Important", exact=True)
    own.fill("Boḷ hobor")
    own.press("Control+Enter")
    expect(page.frame_locator("#edition").locator("body")).to_contain_text("Boḷ hobor")
    file = root / "locales" / "rhg" / "LC_MESSAGES" / "layouts.po"
    assert 'msgid "Important"\nmsgstr "Boḷ hobor"' in file.read_text("utf-8")
    assert not browsers.violations(page)
    page.locator(".which select").select_option("")
    expect(page.locator(".entry", has_text="Shake it first")).to_be_visible()
    page.locator('nav [data-view="write"]').click()
    page.get_by_text("Another leaflet").click()
    page.get_by_label("Title of the new leaflet").fill("Your first visit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/your-first-visit/write")
    expect(page.locator("#write-text")).to_have_value((root / "sources" / "your-first-visit.md").read_text("utf-8"))
    page.context.close()


def test_texts_that_are_new_in_the_source_come_into_the_file_with_a_button(
    chromium: Browser, shared: Running, root: Path, replaced: Callable[[Path, str, str], None]
) -> None:
    page = browsers.window(chromium)
    page.goto(shared.address)
    replaced(root / "sources" / "inhaler.md", "Shake it first", "Shake it well first")
    expect(page.locator(".grown")).to_contain_text("one text is not in the file")
    page.get_by_role("button", name="Bring them in").click()
    own = page.locator(".entry", has_text="Shake it").locator("textarea")
    expect(own).to_be_focused()
    expect(own).to_be_editable()
    expect(page.locator(".grown")).to_be_hidden()
    page.context.close()


def test_a_folder_without_a_leaflet_asks_for_the_first(chromium: Browser, content: Path) -> None:
    (content / "sources" / "inhaler.md").unlink()
    shutil.rmtree(content / "locales")
    with running(content) as it:
        page = browsers.window(chromium)
        page.goto(it.address)
        expect(page.locator("#panel-name")).to_have_text("There is no leaflet in this folder yet")
        assert not browsers.violations(page)
        page.get_by_label("Title of the new leaflet").fill("Your first visit")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/your-first-visit/write")
        expect(page.locator("#write-text")).to_have_value(re.compile("Your first visit"))
        page.context.close()


def test_a_leaflet_without_a_translation_is_begun_with_a_button(chromium: Browser, shared: Running, root: Path) -> None:
    page = browsers.window(chromium)
    page.goto(shared.address)
    page.goto(f"http://{shared.host}/so/inhaler")
    page.get_by_role("button", name="Begin this translation").click()
    expect(page.locator(".begun")).to_contain_text("Somali is begun")
    page.locator("#locales").select_option("es")
    page.wait_for_url("**/es/inhaler/translate")
    expect(page.locator("#locales")).to_be_focused()  # to go on to the next
    page.go_back()
    expect(page.locator(".entry textarea").first).to_be_editable()
    assert (root / "locales" / "so" / "LC_MESSAGES" / "inhaler.po").is_file()
    page.context.close()
