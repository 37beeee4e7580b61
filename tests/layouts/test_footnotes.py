"""Notes and links within a leaflet as layouts print them: where, with which numbers, and what leads where."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from plainleaf.layouts import excerpts
from plainleaf.layouts import templates as layouts
from plainleaf.layouts.footnotes import Mark
from plainleaf.layouts.reading_order import reading_order
from plainleaf.layouts.signs import FROM_NOTE, ON_PAGE, TO_NOTE
from plainleaf.model import Edition, Layout
from plainleaf.translations import layout_words, messages
from plainleaf.typesetting import locales
from tests.conftest import ROOT
from tests.layouts.test_first_block import CONTENT, edition, leaflet

TABLE = "| Age | Dose |\n|---|---|\n| 1 | 5 ml[^b] |"
BODY = f"## One\n\nRest.[^a]\n\n{TABLE}\n\nDrink.\n\n## Two\n\nStop.[^a]\n\n[^b]: B.\n[^a]: A.\n"


class _Words:
    """The layouts' words, each shown as such."""

    def here(self, msgid: str) -> str:
        return f"~{msgid}"

    def source(self, msgid: str) -> str:
        return msgid

    def source_tag(self, msgid: str) -> str:
        return "en"


def said(body: str, text: str = "full", locale: str = "en") -> list[str]:
    """What is read one after the other of a leaflet's body."""
    return [each.text for each in reading_order(edition(leaflet(body), locale), text=text)][2:-1]


def page(made: Edition, layout: str, beside: Edition | None = None, template: str = "") -> str:
    assert CONTENT.clinic
    second = (beside, _Words()) if beside else None
    of = CONTENT.layouts[layout]
    return layouts.render(made, of, CONTENT.clinic, _Words(), CONTENT.layout_folders, second, page=template)


def test_a_note_stands_below_its_table_or_at_the_end_of_its_part() -> None:
    assert said(BODY) == [
        "One", "Rest.[1]", "Age", "Dose", "1", "5 ml[2]", "B.", "Drink.", "A.", "Two", "Stop.[1]", "A.",
    ]  # fmt: skip


def test_a_note_that_text_and_table_of_a_part_mark_is_printed_once_below_the_table() -> None:
    assert said(f"Rest.[^b]\n\n{TABLE}\n\nDrink.[^b]\n\n[^b]: B.")[-3:] == ["5 ml[1]", "B.", "Drink.[1]"]


def test_each_table_has_its_notes_below_it() -> None:
    assert said(f"{TABLE}\n\nRest.\n\n{TABLE}\n\n[^b]: B.").count("B.") == 2


def test_what_is_said_of_a_table_comes_before_its_marked_notes() -> None:
    assert said(f"{TABLE}\n\nNote: Shake it.\n\nRest.\n\n[^b]: B.")[-3:] == ["Shake it.", "B.", "Rest."]


def test_a_box_holds_its_own_notes() -> None:
    assert said("::: tip\nRest.[^a]\n:::\n\nDrink.\n\n[^a]: A.") == ["Rest.[1]", "A.", "Drink."]


def test_notes_are_counted_anew_where_marks_are_left_out() -> None:
    assert said("Rest.[^a]\n\nDrink.[^b] {.short}\n\n[^a]: A.\n[^b]: B.", "short") == ["Drink.[1]", "B."]


def test_a_note_is_not_printed_where_nothing_marks_it() -> None:
    of = leaflet("Rest.\n\n::: only country=GB\nDrink.[^a]\n:::\n\n[^a]: A.")
    assert [each.text for each in reading_order(edition(of, "en"))][2:-1] == ["Rest."]


def test_the_numbers_do_not_depend_on_the_order_of_words_in_a_language() -> None:
    of = leaflet("First[^a] and second.[^b]\n\n[^a]: A.\n[^b]: B.")
    first = edition(of, "en")
    turned = replace(first, blocks=(replace(first.blocks[0], inlines=first.blocks[0].inlines[::-1]), *first.blocks[1:]))
    for made in (first, turned):
        assert [each.text for each in reading_order(made)][3:-1] == ["A.", "B."]


def test_numbers_are_in_the_digits_of_the_language() -> None:
    of = leaflet("Rest.[^a]\n\n[^a]: A.")
    made, _ = messages.localize(of, locales.locale("fa"), "US", None, draft=False)
    assert [each.text for each in reading_order(made)][2] == "Rest.[۱]"


@pytest.mark.parametrize("mark", [Mark(1, 1, 1), Mark(2, 3, 1), Mark(12, 2, 2)])
def test_the_name_of_a_mark_says_all_of_it(mark: Mark) -> None:
    assert Mark.read(mark.name) == mark


def test_marks_and_notes_lead_to_each_other() -> None:
    made = page(edition(leaflet(BODY), "en"), "a4")
    assert re.findall(r'<a class="mark"([^>]*)>([^<]*)</a>', made) == [
        (' id="m-1" href="#n-1" role="doc-noteref" aria-label="~Note 1"', "[1]"),
        (' id="m-2" href="#n-2" role="doc-noteref" aria-label="~Note 2"', "[2]"),
        (' href="#m-2" role="doc-backlink" aria-label="~Back to the text of note 2"', "[2]"),
        (' href="#m-1" role="doc-backlink" aria-label="~Back to the text of note 1"', "[1]"),
        (' id="m-1-2" href="#n-1-2" role="doc-noteref" aria-label="~Note 1"', "[1]"),
        (' href="#m-1-2" role="doc-backlink" aria-label="~Back to the text of note 1"', "[1]"),
    ]


@pytest.mark.parametrize("name", sorted(name for name, layout in CONTENT.layouts.items() if not layout.like))
def test_no_link_leads_nowhere_and_no_id_is_there_twice(name: str) -> None:
    layout = CONTENT.layouts[name]
    body = BODY.replace("Rest.[^a]", "Rest.[^a] See [Two](#two). {.short}").replace("Stop.[^a]", "Stop.[^a] {.short}")
    made = edition(leaflet(body + "\n::: card\n## Two\n\nI rest.\n:::\n\n::: easy\nRest.\n:::"), "ar_XB")
    html = page(made, name, edition(made.leaflet, "en") if layout.beside else None)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert {*re.findall(r'(?:href|data-to)="#([^"]+)"', html)} <= {*ids}


@pytest.mark.parametrize(("layout", "counted"), [("a4", True), ("booklet", True), ("trifold", False)])
def test_the_page_of_another_part_is_printed_where_pages_are_counted(layout: str, counted: bool) -> None:
    html = page(edition(leaflet("See [Two](#two). {.short}\n\n## Two\n\nStop. {.short}"), "en"), layout)
    assert re.findall(r'<a href="(#[^"]+)">([^<]+)</a>', html)[-1:] == [("#b-two", "Two")]
    behind = '</a><span class="on-page" data-to="#b-two" data-before=" ~(page\u00a0" data-after=")"></span>.'
    assert (behind in html) == counted


def test_a_screen_has_no_pages() -> None:
    from plainleaf.formats.html.format import PAGE, SCREEN

    made = edition(leaflet("See [Two](#two).\n\n## Two\n\nStop."), "en")
    assert CONTENT.clinic
    html = layouts.render(made, SCREEN, CONTENT.clinic, _Words(), CONTENT.layout_folders, page=PAGE)
    assert '<a href="#b-two">Two</a>.' in html


def test_a_link_to_what_a_layout_leaves_out_is_plain_text() -> None:
    made = edition(leaflet("See [Two](#two). {.short}\n\n## Two\n\nStop."), "en")
    assert "See Two." in page(made, "trifold")
    assert "See <a" in page(made, "a4")


def test_blocks_without_marks_stay_the_same() -> None:
    made = edition(leaflet("Rest.\n\nDrink.[^1]\n\n::: tip\nSleep.\n:::\n\n[^1]: A."), "en")
    chosen = excerpts.blocks(made.blocks, "full")
    assert [block is other for block, other in zip(chosen[:3], made.blocks[:3], strict=True)] == [True] * 3


def test_the_words_are_those_that_translators_have() -> None:
    known = {message.text for message in layout_words.messages((ROOT / "layouts",), ROOT)}
    assert {TO_NOTE, FROM_NOTE, ON_PAGE} <= known


def test_layouts_that_share_a_page_count_their_pages_alike() -> None:
    def kin(layout: Layout) -> tuple[str, ...]:
        return layouts.kin(layout, CONTENT.layout_folders)

    a4, card = CONTENT.layouts["a4"], CONTENT.layouts["wallet-card"]
    assert kin(a4) != kin(replace(a4, press=card.press))
