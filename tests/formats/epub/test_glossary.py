"""Words to know are links where a text says them first, in each of its languages; a book opens them as notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainleaf import project
from plainleaf.formats.epub import glossary, xhtml
from plainleaf.formats.html import linking
from plainleaf.layouts import signs
from plainleaf.layouts.file import BASE
from plainleaf.layouts.templates import shipped
from plainleaf.model import Clinic
from plainleaf.typesetting import locales

LIST = '<dl class="words"><dt><span class="term">{}</span></dt><dd id="d-{}">Meaning</dd></dl>'


@pytest.fixture
def clinic(content: Path) -> Clinic:
    found = project.load(content).clinic
    assert found
    return found


def opened(clinic: Clinic, body: str, *tags: str) -> list[str]:
    """The words of a text that became links, each with what is behind it; and every letter is still there."""
    readers = [linking.Reader(locales.locale(tag), "Back", "en") for tag in tags]
    page = f'<html lang="{tags[0]}"><body><main>{body}</main></body></html>'
    before, _ = xhtml.read(page)
    root, wrong = xhtml.read(linking.linked(page, clinic, readers))
    assert not wrong
    glossary.note(root)
    assert "".join(root.itertext()).replace(" \u21a9\ufe0e", "") == "".join(before.itertext())
    links = [each for each in root.iter("a") if each.get("class") == "word"]
    for link in links:
        note = root.find(f".//aside[@id='{link.get('href', '')[1:]}']")
        assert link.get("role") == "doc-noteref" and note is not None and note.find("a[@class='back']") is not None
    return [f"{each.text}|{each.tail or ''}" for each in links]


@pytest.mark.parametrize(
    ("term", "body", "links"),
    [
        ("dose", "<p>A dose. Another dose.</p>", ["dose|. Another dose."]),
        ("dose", "<p>Overdose <b>of</b> doses.</p>", ["doses|."]),
        ("dose", '<h2>A dose</h2><p><a href="#x">dose</a></p><div class="notices"><p>dose</p></div>', []),
        ("dose", '<p lang="es">dose</p><p>dose</p>', ["dose|"]),
        ("dose", '<header><p class="lead">A dose</p></header><div class="callout emergency"><p>dose</p></div>', []),
        ("R&amp;R", "<p>Take R&amp;R now</p>", ["R&R| now"]),
    ],
)
def test_a_word_is_linked_where_it_is_said_first(clinic: Clinic, term: str, body: str, links: list[str]) -> None:
    assert opened(clinic, body + LIST.format(term, 1), "en") == links


def test_the_longest_word_is_taken_where_two_begin(clinic: Clinic) -> None:
    body = f"<p>An opioid overdose.</p>{LIST.format('opioid', 1)}{LIST.format('opioid overdose', 2)}"
    assert opened(clinic, body, "en") == ["opioid overdose|."]


def test_each_language_of_a_book_has_its_own_words(clinic: Clinic) -> None:
    sides = [
        f'<div class="side" lang="{tag}"><p>{text}</p>{LIST.format(term, tag)}</div>'
        for tag, text, term in (("es", "Las dosis y la dose.", "dosis"), ("en", "The dosis and doses.", "dose"))
    ]
    assert opened(clinic, "".join(sides), "es", "en") == ["dosis| y la dose.", "doses|."]


def test_the_way_back_has_words_that_translators_have() -> None:
    words = (shipped("layouts") / BASE / "screen-words.html").read_text(encoding="utf-8")
    assert f'N_("{signs.TO_TEXT}")' in words


@pytest.mark.parametrize("page", ["<p>a", "<html><p>a</html>", "<html></html><p>a</p>", "<html></p></html>"])
def test_tags_that_are_not_closed_in_their_turn_are_found(page: str) -> None:
    assert xhtml.read(page)[1]
