"""The rules that meet elements are the same whether they are asked anew or not, whatever classes the body has."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import cssselect2
import pytest

from plainleaf.formats.pdf import meeting

PAGE = (
    "<html><body><p class='above'>One</p>"
    "<ul><li id='first'>Two</li><li lang='de' class='closer'>Drei</li></ul></body></html>"
)
RULES = (
    *(
        "p",
        "li",
        "#first",
        ".closer",
        "body.closer p",
        ".closer li:not(.smaller *)",
        "[class~=closer] #first",
        "[lang]",
    ),
    *(":is(.smaller, .closest) > ul", "ul:has(.closer)", "body:not(.closer) p:first-child", "*", "p::before"),
)


@pytest.fixture
def sheet() -> Any:
    matcher = cssselect2.Matcher()
    for rule in RULES:
        for selector in cssselect2.compile_selector_list(rule):
            matcher.add_selector(selector, rule)
    return SimpleNamespace(matcher=matcher)


def test_each_layout_has_the_rules_that_it_has_alone(sheet: Any) -> None:
    root = ElementTree.fromstring(PAGE)
    met = meeting.Met(())
    for said in ("", "smaller", "closer", "closer closest", "closest", "", "else closer"):
        root[0].set("class", said)
        met.begin(meeting.classes(said))
        elements = list(cssselect2.ElementWrapper.from_html_root(root).iter_subtree())
        assert [met.by(sheet, each) for each in elements] == [sheet.matcher.match(each) for each in elements]


def test_a_rule_that_names_no_class_that_came_is_asked_once(sheet: Any) -> None:
    asked = list[str]()
    for rules in (*sheet.matcher.class_selectors.values(), *sheet.matcher.lower_local_name_selectors.values()):
        for place, (test, *others) in enumerate(rules):
            name = others[-1]
            counted = eval("lambda el: asked.append(name) or test(el)", {"asked": asked, "name": name, "test": test})
            rules[place] = (counted, *others)
    root = ElementTree.fromstring(PAGE)
    met = meeting.Met(())
    for said in ("", "closest", "closest smaller"):
        met.begin(meeting.classes(said))
        for each in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
            met.by(sheet, each)
    assert asked.count("p") == 1 and asked.count("li") == 2
