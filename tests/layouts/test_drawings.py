"""Drawings with labels on a page: the numbers stand where the drawing says, in the digits of the language."""

from __future__ import annotations

import re
from pathlib import Path

from plainleaf.formats.html import format as html_format
from plainleaf.formats.pages import Words
from plainleaf.graphics import pictures
from plainleaf.layouts import excerpts
from plainleaf.layouts import file as layoutfile
from plainleaf.layouts import templates as layouts
from plainleaf.model import Kind, Location
from plainleaf.sources.blocks import FENCED
from plainleaf.sources.markdown import parse
from plainleaf.translations import messages
from plainleaf.typesetting import locales
from tests import shipped, tagtree
from tests.conftest import ROOT
from tests.layouts.test_first_block import HEAD
from tests.matrix import cases

SRC = "sources/drawings/under-the-skin.svg"
TOLD = pictures.Told(mirrors=True, spots=(pictures.Spot(1, 20, 30), pictures.Spot(2, 70.5, 40)))


def page(name: str, layout: str = "a4", template: str = "") -> str:
    leaflet, _ = parse("sources/cough.md", HEAD + FENCED["drawing"].example + "\n")
    made, _ = layoutfile.load(layout, [ROOT / "layouts"], ROOT)
    clinic = shipped.content().clinic
    assert leaflet and made and clinic
    edition, _ = messages.localize(leaflet, locales.locale(name), "US", None, draft=False)
    return layouts.render(edition, made, clinic, Words(None), [ROOT / "layouts"], None, {SRC: TOLD}, page=template)


def spots(html: str) -> list[tuple[str, str, str]]:
    """The numbers over the drawing: from the left and from the top in per cent, and what they say."""
    return re.findall(r'class="spot" style="left: ([\d.]+)%; top: ([\d.]+)%" data-number="(.)"', html)


def test_numbers_stand_where_the_drawing_says() -> None:
    html = page("en")
    assert spots(html) == [("20", "30", "1"), ("70.5", "40", "2")]
    assert 'class="mirrored"' not in html
    assert re.findall(r'<li data-number="(.)"[^>]*>([^<]+)</li>', html)[0] == ("1", "Skin")


def test_they_turn_round_with_the_drawing_and_have_the_digits_of_the_language() -> None:
    html = page("fa")
    assert spots(html) == [("80", "30", "۱"), ("29.5", "40", "۲")]
    assert f'class="mirrored" src="{SRC}"' in html
    assert re.findall(r'<li data-number="(.)"', html) == ["۱", "۲", "۳"]


def test_labels_stand_beside_the_drawing_where_lines_are_long() -> None:
    assert "drawing key-beside" in page("en") and "drawing key-beside" in page("fa")
    assert "key-beside" not in page("en", "large-print") + page("en", "booklet")


def test_a_layout_of_columns_has_them_below() -> None:
    leaflet, _ = parse("sources/cough.md", HEAD + FENCED["drawing"].example + "\n")
    made, _ = layoutfile.load("bilingual", [ROOT / "layouts"], ROOT)
    clinic = shipped.content().clinic
    assert leaflet and made and clinic
    one, other = (messages.localize(leaflet, locales.locale(name), "US", None, draft=False)[0] for name in ("fa", "en"))
    beside = (other, Words(None))
    html = layouts.render(one, made, clinic, Words(None), [ROOT / "layouts"], beside, {SRC: TOLD})
    assert html.count('class="drawing"') == 2 and "key-beside" not in html
    assert {number for _, _, number in spots(html)} == {"1", "2", "۱", "۲"}


def test_on_screens_the_places_are_in_the_style_sheet() -> None:
    whole = page("en", template=html_format.PAGE)
    made, _, faults = html_format._with_files(whole, shipped.content(), _at(), html_format._FOR_CHECKS)
    assert not faults and "style=" not in made.partition("<body")[2]
    assert ".spot-2 { left: 70.5%; top: 40% }" in made.partition("</style>")[0]
    assert 'class="spot spot-2" data-number="2"' in made


def _at() -> Location:
    return Location("sources/cough.md")


def test_a_drawing_is_whole_in_a_short_text_or_not_there() -> None:
    body = FENCED["drawing"].example
    for marked, there in (
        (body.replace("1. Skin", "1. Skin {.short}"), 0),
        (body.replace("drawing\n", "drawing {.short}\n", 1), 1),
    ):
        leaflet, _ = parse("sources/cough.md", HEAD + f"{marked}\n\nRest. {{.short}}\n")
        assert leaflet
        made = excerpts.blocks(leaflet.blocks, "short")
        assert [len(block.children) for block in made if block.kind is Kind.DRAWING] == [2] * there


def test_a_screen_reader_gets_what_the_drawing_shows_and_then_its_labels_each_with_its_number(tmp_path: Path) -> None:
    from plainleaf.formats.pdf import render

    sheet, found = cases.sheet(cases.Case("a4", ("drawing",)), tmp_path)
    assert sheet and not found
    made = render.write(sheet, 300)
    assert not made.findings
    tree = tagtree.dump(made.data)
    order = ['Figure alt="A cut', 'Lbl "1"', 'LBody "Skin"', 'Lbl "2"', 'LBody "Fat', 'Lbl "3"', 'LBody "The implant"']
    places = [tree.find(text) for text in order]
    assert -1 not in places and places == sorted(places)
    decoration = tagtree.artifacts(made.data)
    assert {"2", "3"} <= set(decoration), decoration
