"""Pages are parsed with patterns that are made once, into the same tree."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
import tinyhtml5
from tinyhtml5 import inputstream

from plainleaf.formats import parsing
from plainleaf.formats.html import seen
from plainleaf.model import Location

PAGE = (
    "<!doctype html><title>A &amp; b</title><p class='one two' lang=de>Ein <b>Text</b><br>"
    "<!-- no --><table><tr><td>1</table>"
)


def test_a_page_is_parsed_into_the_same_tree_and_patterns_are_kept() -> None:
    usual = inputstream.characters_until_regex
    with parsing.quick():
        quick = tinyhtml5.parse(PAGE)
        assert len(parsing.PATTERNS) > 3
    assert inputstream.characters_until_regex is usual
    assert ElementTree.tostring(quick) == ElementTree.tostring(tinyhtml5.parse(PAGE))


def test_a_page_without_notices_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tinyhtml5, "parse", None)
    assert list(seen.faults(PAGE, iter(()), Location("a.md"))) == []
