"""Words to know are found in a text as words: whole, first, in their language, once."""

from __future__ import annotations

import pytest

from plainleaf.formats.epub import glossary, xhtml
from plainleaf.formats.epub.glossary import Language
from plainleaf.layouts import signs
from plainleaf.layouts.file import BASE
from plainleaf.layouts.templates import shipped

LIST = '<dl class="words"><dt><span class="term">{}</span></dt><dd>Meaning</dd></dl>'


def linked(term: str, body: str, tag: str = "en", spaced: bool = True) -> list[str]:
    """The words of a text that became links, each with what is around it."""
    root, wrong = xhtml.read(f"<html><body><main>{body}{LIST.format(term)}</main></body></html>")
    assert not wrong
    before = "".join(root.itertext())
    glossary.link(root, tag, {tag: Language(spaced, "Back", "en")})
    assert "".join(root.itertext()).replace(" \u21a9\ufe0e", "") == before, "no letter is lost"
    return [f"{each.text}|{each.tail}" for each in root.iter("a") if each.get("class") == "word"]


@pytest.mark.parametrize(
    ("term", "body", "links"),
    [
        ("dose", "<p>A dose. Another dose.</p>", ["dose|. Another dose."]),
        ("dose", "<p>Doses <b>of</b> a dose.</p>", ["dose|."]),
        ("dose", "<p>Overdose</p><p>Dose first</p>", ["Dose| first"]),
        ("dose", "<h2>A dose</h2><p><a href='#x'>dose</a></p><div class='notices'><p>dose</p></div>", []),
        ("dose", "<p lang='es'>dose</p><p>dose</p>", ["dose|"]),
        ("रोग", "<p>रोगी</p><p>यह रोग है</p>", ["रोग| है"]),
    ],
)
def test_a_word_is_linked_where_it_is_said_first(term: str, body: str, links: list[str]) -> None:
    assert linked(term, body) == links


def test_where_words_are_not_spaced_a_word_is_found_within_others() -> None:
    assert linked("药物", "<p>请吃药物吧</p>", "zh-Hans", spaced=False) == ["药物|吧"]
    assert linked("น้ำ", "<p>ดื่มน้ำมาก</p>", "th", spaced=False) == ["น้ำ|มาก"]
    assert linked("ดื", "<p>ดื่ม</p>", "th", spaced=False) == []  # its tone belongs to it


def test_the_longest_word_is_taken_where_two_begin() -> None:
    root, _ = xhtml.read(
        f"<html><main><p>An opioid overdose.</p>{LIST.format('opioid')}{LIST.format('opioid overdose')}</main></html>"
    )
    glossary.link(root, "en", {"en": Language(True, "Back", "en")})
    assert [each.text for each in root.iter("a") if each.get("class") == "word"] == ["opioid overdose"]


def test_the_way_back_has_words_that_translators_have() -> None:
    words = (shipped("layouts") / BASE / "screen-words.html").read_text(encoding="utf-8")
    assert f'N_("{signs.TO_TEXT}")' in words


@pytest.mark.parametrize("page", ["<p>a", "<html><p>a</html>", "<html></html><p>a</p>", "<html></p></html>"])
def test_tags_that_are_not_closed_in_their_turn_are_found(page: str) -> None:
    assert xhtml.read(page)[1]
