"""Words of layouts that are not translated stop only what prints them; a clinic may have them printed in English."""

from __future__ import annotations

import shutil
from pathlib import Path

import polib
import pytest

from plainleaf import pipeline, project
from plainleaf.actions import printed_words
from plainleaf.actions.languages_line import is_published
from plainleaf.editions import layouts_of
from plainleaf.files import shelf
from plainleaf.formats import pages
from plainleaf.layouts import untranslated
from plainleaf.layouts.templates import Prepared
from plainleaf.model import Edition, Finding, Severity
from tests.conftest import ROOT, TODAY

pytestmark = pytest.mark.usefixtures("two_layouts")

WORDS = Path("locales/es/LC_MESSAGES/layouts.po")


def without(root: Path, *words: str) -> None:
    shutil.copy(ROOT / WORDS, root / WORDS)
    catalog = polib.pofile(str(root / WORDS), wrapwidth=0)
    for word in words:
        entry = catalog.find(word)
        assert entry and entry.msgstr
        entry.msgstr = ""
    catalog.save(str(root / WORDS))


def told(root: Path, *layouts: str) -> tuple[Edition, tuple[Finding, ...]]:
    loaded = project.load(root)
    choice = pipeline.Choice(("inhaler",), ("es",), layouts)
    ((edition, found),) = printed_words.told(
        loaded, pipeline.editions(loaded, choice, TODAY), layouts_of(loaded, choice)
    )
    return edition, tuple(each for each in found if "a word of the layouts" in each.message)


def test_a_word_that_no_page_prints_stops_nothing(content: Path) -> None:
    without(content, "Relay service", "Signature")
    edition, found = told(content, "a4")
    assert {each.severity for each in found} == {Severity.NOTE} and len(found) == 2
    assert is_published(edition, found)


def test_a_word_that_a_page_prints_stops_its_edition(content: Path) -> None:
    without(content, "Your clinic", "Signature")
    edition, found = told(content, "a4")
    assert [each.message.split("”")[0] for each in found if each.severity is Severity.ERROR] == ["“Your clinic"]
    assert not is_published(edition, found)
    checked = pipeline.check(project.load(content), pipeline.Choice(("inhaler",), ("es",), ("a4",)), TODAY)
    (said,) = [each.message for each in checked.findings if each.check == "edition-incomplete"]
    assert "inhaler waits for 1 more, which its pages print" in said


def test_it_is_printed_in_english_and_marked_where_the_clinic_wants_that(content: Path) -> None:
    without(content, "Your clinic", "Page {page} of {pages}")
    (content / "pyproject.toml").write_text('[tool.plainleaf]\nuntranslated = "show-source"\n', encoding="utf-8")
    edition, found = told(content, "a4")
    assert {each.severity for each in found} == {Severity.WARNING}
    loaded = project.load(content)
    page, lost = pages.html(loaded, edition, None, loaded.layouts["a4"], Prepared())
    assert not lost and '<bdi class="untranslated ours" dir="ltr" lang="en">Your clinic</bdi>' in page
    assert not {untranslated.OPEN, untranslated.CLOSE} & {*page}


def test_what_a_page_prints_is_asked_of_its_template_once(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(content, "Your clinic", "Signature")
    kept = tmp_path / "kept.values"
    with shelf.opened(kept, lambda: ("around", "own")):
        wanted = told(content, "a4")
    with monkeypatch.context() as patched, shelf.opened(kept, lambda: ("around", "own")):
        patched.setattr(pages, "words_asked", None)
        assert told(content, "a4") == wanted
    asked = list[str]()
    look = pages.words_asked
    monkeypatch.setattr(pages, "words_asked", lambda *given: (asked.append(given[3].name), look(*given))[1])
    with shelf.opened(kept, lambda: ("another template", "own")):
        assert told(content, "a4") == wanted
    assert asked == ["a4"]


def test_marked_words_are_elements_where_there_may_be_elements() -> None:
    word = untranslated.marked("Page")
    page = f'<title>{word}</title><style>a {{ content: "{word}" }}</style><p title="{word}">{word} <b>{word}</b></p>'
    shown = '<bdi class="untranslated ours" dir="ltr" lang="en">Page</bdi>'
    made = f'<title>Page</title><style>a {{ content: "Page" }}</style><p title="Page">{shown} <b>{shown}</b></p>'
    assert untranslated.shown(page) == made
    assert untranslated.shown("<p>Page</p>") == "<p>Page</p>"
