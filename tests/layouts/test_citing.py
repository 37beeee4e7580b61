"""What a text rests on: numbers in the order of first citation, pages, links to the list; nothing that is not cited."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from plainleaf.layouts import citing
from plainleaf.model import Finding, Kind, Location, Reference, Severity
from plainleaf.model.citations import cited
from plainleaf.sources import markdown
from plainleaf.typesetting import locales
from tests.layouts.test_templates import block, edition, html
from tests.sources.test_blocks import HEAD_OF_ALL

_KEYS = ("a2001", "b2002", "c2003", "d2004")
_REFERENCES = tuple(Reference(key, f"{key}.", "", Location("sources/a.md", 1)) for key in _KEYS)
_WORDS: Mapping[str, Mapping[str, str]] = {
    "es": {"Sources {numbers}": "Fuentes {numbers}", "Source {number}, page {page}": "Fuente {number}, página {page}"},
    "zh_Hans": {"Source {number}": "来源 {number}", "Source {number}, pages {pages}": "来源 {number}，第 {pages} 页"},
}


def _said(refs: str, name: str = "en", cites: str = "d2004 b2002 a2001") -> str:
    """The citations in words, without markup."""
    listed = citing.sources([block(Kind.EVIDENCE, refs=cites)], _REFERENCES)
    words = _WORDS.get(name, {})
    links = citing.citations(cited(refs), listed, locales.locale(name), lambda word: words.get(word, word))
    return re.sub("<[^<>]*>", "", links).replace("\u00a0", " ")


def test_references_count_in_the_order_in_which_they_are_cited_first_and_others_are_left_out() -> None:
    body = [block(Kind.EVIDENCE, refs="d2004:3 b2002"), block(Kind.SLIP, block(Kind.EVIDENCE, refs="c2003 d2004"))]
    assert [(entry.number, entry.key) for entry in citing.sources(body, _REFERENCES)] == [
        (1, "d2004"), (2, "b2002"), (3, "c2003"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("refs", "name", "said"),
    [
        ("b2002", "en", "Source 2"),
        ("a2001 d2004", "en", "Sources 1 and 3"),
        ("a2001 b2002 d2004", "en", "Sources 1, 2, and 3"),
        ("b2002:12", "en", "Source 2, page 12"),
        ("d2004:12-14 b2002", "en", "Source 1, pages 12–14; Source 2"),
        ("b2002:e12", "en", "Source 2, page e12"),
        ("d2004 b2002", "es", "Fuentes 1 y 2"),
        ("d2004:7", "es", "Fuente 1, página 7"),
        ("d2004:7-9 b2002", "zh_Hans", "来源 1，第 7–9 页；来源 2"),
        ("d2004:998-1003", "en", "Source 1, pages 998–1003"),
        ("d2004:S12-S19", "en", "Source 1, pages S12–S19"),
        ("d2004:7-9", "ja", "Source 1, pages 7～9"),
        ("d2004:7", "fa", "Source ۱, page ۷"),
        ("gone", "en", ""),
    ],
)
def test_citations_say_numbers_and_pages_in_the_words_of_the_language(refs: str, name: str, said: str) -> None:
    assert _said(refs, name) == said


def test_a_number_alone_is_a_link_with_a_name() -> None:
    page = html(edition())
    assert '<p class="studies">Sources <a href="#r-b2014" role="doc-biblioref" aria-label="Source 1">1</a>' in page
    assert re.findall(r'<li [^<>]*id="r-(\w+)"', page) == ["b2014", "a2009"]


def test_where_no_references_are_printed_nothing_leads_to_them() -> None:
    for name in ("trifold", "easy-read", "wallet-card"):
        page = html(edition(), name)
        assert 'class="evidence"' in page and "doc-biblioref" not in page and 'class="studies"' not in page


def test_both_languages_of_a_page_lead_to_one_list() -> None:
    page = html(edition(), "bilingual")
    assert page.count('href="#r-b2014"') == 2 and page.count('id="r-b2014"') == 1


@pytest.mark.parametrize("page", ["12", "12-14", "e12"])
def test_a_page_may_stand_behind_a_reference(page: str) -> None:
    assert not _told(page)


@pytest.mark.parametrize("page", ["twelve", "12-", "1:2"])
def test_what_is_no_page_is_an_error(page: str) -> None:
    (finding,) = _told(page)
    assert finding.severity is Severity.ERROR and 'refs="kunoe2009:12"' in finding.hint


def _told(page: str) -> list[Finding]:
    body = f"::: evidence refs=kunoe2009:{page}\nIt works.\n:::\n"
    made, findings = markdown.parse("sources/a.md", HEAD_OF_ALL + body)
    assert made
    return [finding for finding in findings if finding.check.startswith("source-reference")]


@pytest.mark.parametrize(
    ("pages", "sound"),
    [("9-3", False), ("19-19", False), ("541-6", True), ("9-13", True), ("S19-S24", True), ("S24-19", False)],
)
def test_pages_run_from_one_to_a_later_one(pages: str, sound: bool) -> None:
    (citation,) = cited(f"kunoe2009:{pages}")
    assert citation.sound is sound
