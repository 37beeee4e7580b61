"""Languages that wait for somebody to begin with them: their words of the layouts come with the tool, as drafts."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import polib
import pytest

from plainleaf import project
from plainleaf.actions import update
from plainleaf.files.places import WORDS, po_path, shipped

PACKAGE = shipped("locales").parent
WAITING = project.waiting(PACKAGE, {})
_PLACE = re.compile(r"\{\w+\}")


@pytest.fixture
def ready(content: Path) -> Path:
    """A root with a language that waits: Korean."""
    path = po_path(content, "ko", WORDS)
    path.parent.mkdir(parents=True)
    shutil.copy(po_path(PACKAGE, "ko", WORDS), path)
    return content


def test_the_words_of_layouts_come_in_forty_languages() -> None:
    assert len({*WAITING, *project.load(PACKAGE, "sample-us").locales}) >= 40


@pytest.mark.parametrize("locale", WAITING)
def test_each_word_keeps_its_placeholders_and_is_a_draft(locale: str) -> None:
    catalog = polib.pofile(str(po_path(PACKAGE, locale, WORDS)))
    assert catalog.metadata["Last-Translator"].startswith("draft")
    assert len(catalog.translated_entries()) >= 68 and not catalog.fuzzy_entries()
    for entry in catalog.translated_entries():
        assert sorted(_PLACE.findall(entry.msgstr)) == sorted(_PLACE.findall(entry.msgid)), entry.msgid


def test_nothing_is_asked_of_a_language_that_waits(ready: Path) -> None:
    there = project.load(ready, "sample-us")
    assert "ko" not in there.locales and project.waiting(ready, there.leaflets) == ("ko",)
    assert not [finding for finding in there.findings if "ko" in finding.at.file.split("/")]
    assert not update.update(there, ()).findings
    assert [path.name for path in (ready / "locales/ko/LC_MESSAGES").iterdir()] == ["layouts.po"]


def test_its_words_follow_the_layouts(ready: Path) -> None:
    path = po_path(ready, "ko", WORDS)
    path.write_text(path.read_text("utf-8").replace('msgid "Tip"', 'msgid "Old word"'), encoding="utf-8")
    update.update(project.load(ready, "sample-us"), ())
    catalog = polib.pofile(str(path))
    assert catalog.find("Tip") and "Old word" in [entry.msgid for entry in catalog.obsolete_entries()]


def test_who_begins_has_the_leaflet_to_translate_and_nothing_else(ready: Path) -> None:
    before = po_path(ready, "ko", WORDS).read_bytes()
    update.init(project.load(ready, "sample-us"), ("ko",))
    there = project.load(ready, "sample-us")
    assert "ko" in there.locales and not project.waiting(ready, there.leaflets)
    assert po_path(ready, "ko", WORDS).read_bytes() == before
    assert po_path(ready, "ko", "inhaler").exists() and there.lookup("ko", WORDS)("", "Your clinic")
