"""Elements and their pseudo-elements have the styles that WeasyPrint finds."""

from __future__ import annotations

from typing import Any

import pytest
import weasyprint
from weasyprint import css
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.css.targets import TargetCollector
from weasyprint.text.fonts import FontConfiguration

from plainleaf.formats.pdf import cascade

SHEET = (
    "@layer base { p { color: red; margin: 3px } } p { margin: 1px } .new { margin: 2px; color: blue !important }"
    "p.new { color: green } .new::before { content: 'New' } li::marker { color: blue } li + li { font-weight: bold }"
    "h2 { margin-top: 4px } [lang=es] { font-style: italic } .new::after { content: attr(id); -weasy-anchor: 'place' }"
)
PAGE = (
    "<html lang=en><body><h2 id=doses>Doses</h2><p>One<p>Two<p class=new id=third>Three"
    "<p style='margin: 5px; color: red'>Four<p lang=es>Cinco<p lang=es>Seis<ul><li>Seven<li>Eight<li>Nine</ul>"
)
PSEUDO = (None, "before", "after", "marker", "first-letter", "note-call", "footnote-marker")


class Collector(TargetCollector):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def collect_anchor(self, name: str) -> None:
        self.names.append(name)


def found(styled: Any, asked: tuple[str | None, ...] = PSEUDO) -> tuple[list[Any], list[str]]:
    """The properties of all elements and pseudo-elements of the page, and the names that links may lead to."""
    html, fonts, collector = weasyprint.HTML(string=PAGE), FontConfiguration(), Collector()
    sheets = [(sheet, "user agent", None) for sheet in html._ua_stylesheets()]
    sheets.append((weasyprint.CSS(string=SHEET), "user", None))
    style_for = object.__new__(css.StyleFor)
    styled(style_for, html, sheets, False, fonts, collector)
    styles = [style_for(element, kind) for element in html.etree_element.iter() for kind in asked]
    names = [name for name in INITIAL_VALUES if not name.startswith(("block_", "inline_"))]
    return [None if style is None else {name: repr(style[name]) for name in names} for style in styles], sorted(
        collector.names
    )


def test_every_element_and_pseudo_element_has_the_style_that_weasyprint_finds() -> None:
    assert found(cascade.styled) == found(cascade._usual)


def test_pseudo_elements_that_nothing_asks_for_have_no_style_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str | None] = []

    class Counted(css.ComputedStyle):  # type: ignore[misc]
        def __init__(self, parent: Any, cascaded: Any, pseudo: str | None, *others: Any) -> None:
            super().__init__(parent, cascaded, pseudo, *others)
            made.append(pseudo)

    monkeypatch.setattr(css, "ComputedStyle", Counted)
    found(cascade.styled, (None, "marker"))
    assert set(made) == {None, "marker", "after"}  # one that names a place is known at once
    assert made.count(None) < 13  # elements that the same rules meet share theirs
