"""The HTML of every layout is valid: what a parser has to guess is guessed otherwise by the next one."""

from __future__ import annotations

import pytest
from tinyhtml5.parser import HTMLParser

from tests import shipped
from tests.layouts.test_covers import sheet


@pytest.mark.parametrize("name", sorted(shipped.content().layouts))
@pytest.mark.parametrize("locale", ["en_XA", "ar_XB"])
def test_the_page_of_a_layout_has_no_parse_error(name: str, locale: str) -> None:
    parser = HTMLParser()
    parser.parse(sheet(name, locale).html)
    assert [(code, about) for _, code, about in parser.errors] == []
