"""Pages are parsed with patterns that are made once, into the same tree."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
import tinyhtml5
from tinyhtml5 import inputstream

from plainleaf.formats import parsing
from plainleaf.formats.html import seen, tokens, trees
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
    assert list(seen.faults(tokens.read(PAGE), iter(()), Location("a.md"))) == []


PLAIN = (
    '<!doctype html>\n<html lang="de" dir="ltr">\n<head>\n<meta charset="utf-8"><title>A &amp; b</title>'
    "<style>p > b { color: red }</style></head>\n<body class='x'>{}</body>\n</html>\n"
).replace("'", '"')
WRITTEN = {
    "texts": '<p id="a">Ein <b>Text</b> &#39;<br>\n<img src="a.png" alt=""></p> und <span hidden>x</span>',
    "lists": "<ul>\n<li>A<ol><li><p>B</p></li></ol></li></ul><dl><dt>A</dt><dd><p>B</p>C</dd></dl>",
    "tables": "<table><caption>A</caption>\n<thead></thead><tbody><tr><td>1</td></tr></tbody></table>",
    "drawings": '<svg viewBox="0 0 2 2" aria-hidden="true"><circle cx="1"/><path d="M0 0"/></svg>',
    "parts": "<main><h1>A</h1><details open><summary>A</summary><p>B</p></details></main><footer><p>A</p></footer>",
}
OTHERWISE = {
    "a paragraph that a box ends": "<p><span><div>A</div></span></p>",
    "a row without a body": "<table><tr><td>A</td></tr></table>",
    "a text in a table": "<table>A<tbody></tbody></table>",
    "a link in a link": '<a href="#a">A <b><a href="#b">B</a></b></a>',
    "a point outside of a list": "<ul><li><div><li>A</li></div></li></ul>",
    "a heading in a heading": "<h2>A <h3>B</h3></h2>",
    "an element that is closed at once": "<div/>A<p>B</p>",
    "a tag that closes nothing": "<p>A</b></p>",
    "a tag that is left open": "<p>A",
    "a comment": "<!-- <p> -->A",
    "an attribute twice": '<p id="a" id="b">A</p>',
    "letters of no quotes": "<p id=a>A</p>",
    "an ampersand that is unclear": '<p id="a&notit;">A</p>',
    "a head within": "<head></head>A",
    "a drawing that text breaks out of": "<svg><p>A</p></svg>",
    "a line that text breaks out of": '<svg><path d=""><p>A</p></path></svg>',
}


@pytest.mark.parametrize("body", WRITTEN.values(), ids=WRITTEN)
def test_a_page_with_nothing_to_add_or_move_has_the_tree_that_is_written(
    body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PLAIN.replace("{}", body)
    browsers = tinyhtml5.parse(page, namespace_html_elements=False)
    monkeypatch.setattr(tinyhtml5, "parse", None)
    assert shape(trees.tree(tokens.read(page))) == shape(browsers)


@pytest.mark.parametrize("body", OTHERWISE.values(), ids=OTHERWISE)
def test_any_other_page_is_left_to_the_parser(body: str) -> None:
    page = PLAIN.replace("{}", body)
    with parsing.quick():
        assert shape(trees.tree(tokens.read(page))) == shape(tinyhtml5.parse(page, namespace_html_elements=False))


def shape(element: ElementTree.Element) -> object:
    """All that a selector or a reader sees of an element; spaces around the head and the body are no part of it."""
    inner = [(shape(child), (child.tail or "").strip()) for child in element if isinstance(child.tag, str)]
    about = {str(name).lower(): value for name, value in element.attrib.items()}
    return element.tag, about, (element.text or "").strip(), inner
