"""A book in two languages is made where layouts set two side by side, or where somebody asks for a language beside."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plainleaf import project
from plainleaf.actions import plan as planning
from tests import books
from tests.conftest import plainleaf

pytestmark = pytest.mark.usefixtures("two_layouts")
PAIR, ALONE = Path("build/inhaler/inhaler.es+en.epub"), Path("build/inhaler/inhaler.es.epub")


def publish(root: Path, *more: str) -> str:
    done = plainleaf("publish", "--format", "epub", "--locale", "es", *more, root=root)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def test_with_a_layout_of_two_languages_both_books_are_made_and_kept(content: Path) -> None:
    assert "2 of them made now" in publish(content)
    assert (content / PAIR).is_file() and (content / ALONE).is_file()
    assert "0 of them made now" in publish(content)


def test_a_layout_of_one_language_asks_for_books_in_one(content: Path) -> None:
    publish(content, "--layout", "a4")
    assert (content / ALONE).is_file() and not (content / PAIR).exists()
    publish(content, "--layout", "bilingual")
    assert (content / PAIR).is_file()


def test_settings_without_such_a_layout_ask_for_books_in_one(content: Path) -> None:
    (content / "plainleaf.toml").write_text('layouts = ["a4"]\n', encoding="utf-8")
    publish(content)
    assert (content / ALONE).is_file() and not (content / PAIR).exists()
    publish(content, "--beside", "en")
    assert (content / PAIR).is_file()
    assert planning.seconds(project.load(content)) == () and planning.seconds(project.load(content), "en") == ("en",)


def test_a_book_that_an_earlier_run_has_left_is_told_when_it_is_old(content: Path) -> None:
    (content / "plainleaf.toml").write_text('layouts = ["a4"]\n', encoding="utf-8")
    publish(content, "--beside", "en")
    source = content / "sources/inhaler.md"
    source.write_text(source.read_text(encoding="utf-8").replace("Shake it first.", "Shake it well."), encoding="utf-8")
    done = plainleaf("publish", "--format", "epub", "--locale", "en", root=content)
    assert "inhaler.es+en.epub" in done.stdout + done.stderr


def test_a_line_of_languages_leaves_out_the_one_that_stands_beside() -> None:
    text = books.files("clinic-visit", "ar", "en")["EPUB/leaflet.xhtml"].decode()
    lines = re.findall(r'<p class="languages".*?</p>', text, re.DOTALL)
    assert [("العربية" in line, "English" in line, "Español" in line) for line in lines] == [(False, False, True)] * 2
