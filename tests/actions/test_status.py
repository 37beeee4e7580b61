"""What a manager reads: how far each translation has come, what changed word by word, whose approval stands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainleaf import project
from plainleaf.actions import status
from plainleaf.cli import main as cli
from plainleaf.translations import diff as changes
from plainleaf.translations.diff import Piece
from tests.conftest import TODAY

Edit = Callable[[Path, str, str], None]
PO = Path("locales/es/LC_MESSAGES/inhaler.po")
SOURCE = Path("sources/inhaler.md")
WHO = "A. Sample, clinical translator"


def run(root: Path, *arguments: str) -> int:
    return cli.main(["--root", str(root), *arguments])


# --------------------------------------------------------------------------- word by word


def test_a_change_is_told_by_its_words() -> None:
    assert changes.words("Take 4 puffs, one by one.", "Take 6 puffs, one by one.") == (
        Piece("=", "Take "), Piece("-", "4"), Piece("+", "6"), Piece("=", " puffs, one by one."),
    )  # fmt: skip
    told = changes.marked(changes.words("Take <b>2 puffs</b> now.", "Take <b>3 small puffs</b> now."))
    assert told == "Take <b>[-2-]{+3 small+} puffs</b> now."
    assert changes.marked(changes.words("a b c d", "a x y d")) == "a [-b c-]{+x y+} d"
    assert changes.marked(changes.words("", "New.")) == "{+New.+}"
    assert changes.marked(changes.words("2.5 mg", "25 mg")) == "[-2.5-]{+25+} mg"


TEXTS = st.text(alphabet="ab 1.<>/{}\n", max_size=40)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_put_together_from_their_difference(was: str, now: str) -> None:
    pieces = changes.words(was, now)
    assert "".join(piece.text for piece in pieces if piece.mark != "+") == was
    assert "".join(piece.text for piece in pieces if piece.mark != "-") == now
    assert all(one.mark != other.mark for one, other in pairwise(pieces))


def test_a_text_comes_from_the_one_most_like_it() -> None:
    among = ["Take 8 puffs, one by one.", "Wait 4 hours.", "Take 4 puffs, one by one, and wait."]
    assert changes.closest("Take 6 puffs, one by one.", among) == among[0]
    assert changes.closest("Something else altogether", among) == ""


# --------------------------------------------------------------------------- the table


def test_a_table_for_people(content: Path, replaced: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(content, "approve", "es", "inhaler", "--by", WHO) == 0
    capsys.readouterr()
    assert run(content, "status") == 0
    said = capsys.readouterr().out
    assert re.search(rf"inhaler +es +100 % +0 +0 +0 +0 +noted by {WHO}, {TODAY}", said)
    replaced(content / SOURCE, "Take 4 puffs", "Take 6 puffs")
    run(content, "update")
    capsys.readouterr()
    assert run(content, "status") == 0
    said = capsys.readouterr().out
    assert re.search(r"inhaler +es +92 % +\d +\d +9 +1 +LAPSED: source changed \(noted by A. Sample", said)
    assert "source changed: <b>Do not wait.</b> Take [-4-]{+6+} puffs, one by one. (sources/inhaler.md:20" in said


def test_a_fuzzy_text_shows_what_its_translation_was_made_for(
    content: Path, replaced: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    text = 'msgid "Shake it first. Then breathe out."'
    old = '#, fuzzy\n#| msgid "Shake it well first. Then breathe in."\n'
    replaced(content / PO, text, old + text)
    run(content, "status", "inhaler", "--locale", "es")
    said = capsys.readouterr().out
    assert re.search(r"inhaler +es +92 % +1 +0 +6 +0 +draft", said)
    assert "fuzzy: Shake it[- well-] first. Then breathe [-in-]{+out+}. (sources/inhaler.md:" in said


def test_the_change_of_a_source_is_told_before_and_after_update(content: Path, replaced: Edit) -> None:
    """A dose that changed has no proposed translation; where the text comes from is told all the same."""
    replaced(content / SOURCE, "Wait 4 hours", "Wait 6 hours")
    for _ in range(2):
        (row,) = status.rows(project.load(content), ("inhaler",), ("es",))
        (task,) = row.tasks
        assert (task.was, task.safety) == ("Wait 4 hours before you use it again.", True)
        run(content, "update")


def test_a_new_language_has_all_to_do(content: Path) -> None:
    run(content, "init", "de")
    (row,) = status.rows(project.load(content), ("inhaler",), ("de",))
    assert (row.percent, row.done, row.untranslated, row.safety) == (0, 0, row.messages, 2)
    assert all(task.was == "" for task in row.tasks)


def test_a_catalog_that_cannot_be_read_is_named(
    content: Path, replaced: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    replaced(content / PO, 'msgstr "asma"', 'msgstr "asma')
    assert run(content, "status") == 0
    assert re.search(r"inhaler +es +could not be read", capsys.readouterr().out)


# --------------------------------------------------------------------------- for programs


def test_json_tells_all(content: Path, replaced: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    run(content, "approve", "es", "inhaler", "--by", WHO)
    replaced(content / SOURCE, "Take 4 puffs", "Take 6 puffs")
    replaced(content / PO, "Primero agítelo.", "Agítelo.")
    capsys.readouterr()
    assert run(content, "status", "--json") == 0
    inhaler, layouts = json.loads(capsys.readouterr().out)["translations"]
    assert (inhaler["leaflet"], inhaler["locale"], inhaler["percent"], inhaler["safety"]) == ("inhaler", "es", 92, 1)
    assert (layouts["leaflet"], layouts["percent"], layouts["approval"]) == ("layouts", 100, None)
    (task,) = inhaler["tasks"]
    assert task == {
        "state": "untranslated", "safety": True,
        "text": "<b>Do not wait.</b> Take 6 puffs, one by one.",
        "was": "<b>Do not wait.</b> Take 4 puffs, one by one.",
        "change": "<b>Do not wait.</b> Take [-4-]{+6+} puffs, one by one.",
        "source": "sources/inhaler.md:20", "translation": None,
    }  # fmt: skip
    approval = inhaler["approval"]
    assert (approval["by"], approval["on"], approval["holds"]) == (WHO, str(TODAY), False)
    assert [lapse["why"] for lapse in approval["lapses"]] == ["source changed", "translation changed"]


# --------------------------------------------------------------------------- the page


class Page(HTMLParser):
    """Checks that tags are balanced; keeps text, and the text inside each kind of element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.inside: dict[str, list[str]] = {}
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)
            self.inside.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.inside[tag][-1] += data


def test_the_page_is_written_and_shows_changes_without_colour(content: Path, replaced: Edit) -> None:
    run(content, "approve", "es", "inhaler", "--by", WHO)
    replaced(content / SOURCE, "Take 4 puffs", "Take <3 & 6 puffs")
    assert run(content, "status", "--page", "--output", str(content / "out")) == 0
    folder = content / "out/staff/status"
    page = Page((folder / "inhaler/es.html").read_text(encoding="utf-8"))
    assert "[old: 4]" in page.inside["del"] and "[new: &lt;3 &amp; 6]" in page.inside["ins"]
    whole = page.inside["body"][0]
    assert WHO in whole and "source changed" in whole and "Safety text," in whole
    whole = Page((folder / "inhaler/index.html").read_text(encoding="utf-8")).inside["body"][0]
    assert "LAPSED: source changed" in whole and WHO in whole and "a sample, not yet signed off" in whole
    index = Page((folder / "index.html").read_text(encoding="utf-8"))
    assert "Words that every leaflet prints" in index.inside["th"]


def test_publishing_writes_the_page_and_links_it(published: Path) -> None:
    page = Page((published / "staff/status/layouts/index.html").read_text(encoding="utf-8"))
    assert 'href="status/index.html"' in (published / "staff/index.html").read_text(encoding="utf-8")
    languages = [cell.strip() for cell in page.inside["th"]]
    assert {"Arabic", "Spanish", "Hindi"} <= set(languages)
