"""The HTML of every layout is valid: what a parser has to guess is guessed otherwise by the next one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinyhtml5.parser import HTMLParser

from tests import shipped
from tests.layouts.test_covers import sheet
from tests.matrix import cases

LAYOUTS = sorted(shipped.content().layouts)


def errors(html: str) -> list[tuple[str, object]]:
    parser = HTMLParser()
    parser.parse(html)
    return [(code, about) for _, code, about in parser.errors]


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("locale", ["en_XA", "ar_XB"])
def test_the_page_of_a_layout_has_no_parse_error(name: str, locale: str) -> None:
    assert errors(sheet(name, locale).html) == []


@pytest.mark.parametrize("name", ["a4", "bilingual", "sheet"])
@pytest.mark.parametrize("block", sorted(cases.BLOCKS))
def test_no_kind_of_block_makes_a_parse_error(name: str, block: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    root: Path = tmp_path_factory.getbasetemp() / "valid-html"
    made, found = cases.sheet(cases.Case(name, ("paragraph", block), "ar_XB"), root)
    assert made and errors(made.html) == [], found
