"""Words to know stand in the order in which their readers look them up; two languages in rows in that of the first."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from plainleaf.languages.invisible import WORD_JOINER
from plainleaf.layouts import excerpts
from plainleaf.layouts import templates as layouts
from plainleaf.layouts.reading_order import reading_order
from plainleaf.model import Edition, Kind, Location, plain
from tests.layouts.test_templates import CLINIC, FOLDERS, Words, block, edition, layout

ENGLISH = ("craving", "opioid", "relapse")


def made(name: str, *terms: str) -> Edition:
    """An edition of these terms, which stand in the source in this order, in a box."""
    words = [block(Kind.WORD, block(Kind.TERM, term), block(Kind.MEANS, f"What {term} is.")) for term in terms]
    placed = [replace(word, at=Location("sources/sample.md", 90 + number)) for number, word in enumerate(words)]
    body = (block(Kind.CALLOUT, block(Kind.WORDS, *placed), name="tip"),)
    return replace(edition(name, blocks=body), blocks=body)


@pytest.mark.parametrize(
    ("name", "terms", "order"),
    [
        ("en", ENGLISH, list(ENGLISH)),
        ("es", ("ñame", "opioide", "náusea"), ["náusea", "ñame", "opioide"]),
        ("zh_Hans", ("渴求", "阿片类药物", "复发"), ["阿片类药物", "复发", "渴求"]),
    ],
)
def test_words_stand_in_the_order_of_their_language(name: str, terms: tuple[str, ...], order: list[str]) -> None:
    one = made(name, *terms)
    page = layouts.render(one, layout("a4"), CLINIC, Words(), FOLDERS).replace(WORD_JOINER, "")
    assert re.findall('<span class="term"[^>]*>([^<]*)', page) == order
    assert [said.text for said in reading_order(one) if said.role == "term"] == order, "also for who hears them"
    assert [plain(word.children[0].inlines) for word in one.blocks[0].children[0].children] == list(terms)


@pytest.mark.parametrize("terms", [("ganas", "opioide", "ñame"), ("ñame", "opioide", "ganas")])
def test_two_languages_stand_in_rows_in_the_order_of_the_first(terms: tuple[str, ...]) -> None:
    one, two = made("es", *terms), made("en", *ENGLISH)
    page = layouts.render(one, layout("bilingual"), CLINIC, Words(), FOLDERS, (two, Words()))
    said = re.findall('<span class="term"[^>]*>([^<]*)', page)
    assert said[::2] == ["ganas", "ñame", "opioide"]
    assert dict(zip(said[::2], said[1::2], strict=True)) == dict(zip(terms, ENGLISH, strict=True))


def test_without_words_to_know_all_blocks_are_the_very_same() -> None:
    plain_one = edition()
    body = tuple(each for each in plain_one.blocks if each.kind is not Kind.WORDS)
    assert excerpts.printed(replace(plain_one, blocks=body), "full") == excerpts.blocks(body, "full")
