"""A second layer begins on a new page where little of the page before stays empty, else where it comes. What readers
act on ends before it, on a page that the layout names."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pytest

from plainleaf.formats.pdf import composing, layers, listing
from tests import sheets

CSS = (
    "@page { size: 100mm 70mm; margin: 5mm } html { font-size: 12pt; line-height: 6mm } * { margin: 0 }"
    f" .{layers.APART} .more {{ break-before: page }}"
)
REST = "<p style='height: 11mm'>Rest.</p>"
MORE = "<h2 class='more'>More about it</h2><p style='line-height: 3mm'>It clears the chest.</p>"


@pytest.mark.parametrize(("text", "on"), [(1, 1), (2, 1), (4, 2)])
def test_it_begins_a_page_where_the_one_before_is_full_for_the_most_part(text: int, on: int) -> None:
    printed = sheets.printed(f"<h1>Sample</h1>{REST * text}{MORE}", CSS)
    pages = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(printed.data)]
    assert [number for number, words in enumerate(pages, 1) if "More about it" in words] == [on] == [len(pages)]


ACT = "<nav class='contents brief'><p>In this leaflet</p></nav><section><p>Call at once.</p></section>"
CLOSER = (
    " section { height: 30mm; break-inside: avoid } nav { height: 10mm; break-inside: avoid }"
    " .acting-closer .text { height: 44mm } .acting-closest .text { height: 20mm }"
)


def in_time(first: int, text: int, pages: int) -> tuple[dict[str, int], set[str]]:
    """On which page each text stands, and what was found: a first page filled so many mm high, a list of contents, a
    box of 30 mm, a text so many mm high; ``pages``: those for what readers act on."""
    body = f"<h1>Sample</h1><p style='height: {first}mm'>Do.</p>{ACT}<p class='text'>Wait.</p>{MORE}"
    css = CSS + f" .text {{ height: {text}mm }}" + CLOSER
    printed = sheets.printed(body, css, pages_to_act=pages)
    said = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(printed.data)]
    words = ("In this leaflet", "Call at once", "Wait", "More about it")
    found = {each: number for each in words for number, page in enumerate(said, 1) if each in page}
    return found, {each.check for each in printed.findings}


def test_what_readers_act_on_ends_in_time_by_closer_text_and_a_list_of_contents_on_page_1() -> None:
    places, found = in_time(first=40, text=40, pages=2)
    assert places == {"In this leaflet": 1, "Call at once": 2, "Wait": 2, "More about it": 3}
    assert "fit-acting" not in found


@pytest.mark.parametrize(("long", "layouts"), [(True, [5, 6, 6]), (False, [7, 6, 6])])
def test_a_long_text_is_laid_out_to_its_end_only_in_the_way_that_its_first_pages_allow(
    long: bool, layouts: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "_LONG", 10 if long else 10_000)
    pages = list[int]()
    usual = composing._usual

    def noted(context: Any, box: Any, *arguments: Any, **named: Any) -> Any:
        if box.is_for_root_element:
            pages.append(context.current_page)
        return usual(context, box, *arguments, **named)

    monkeypatch.setattr(composing, "_usual", noted)
    body = "<h1>Sample</h1>" + "<p class='text'>Wait.</p>" * 12 + MORE + "<p style='height: 50mm'>Rest.</p>" * 2
    css = CSS + ".text { height: 20mm } .acting-closer .text { height: 17mm }"
    printed = sheets.printed(body, css, pages_to_act=4)
    last = [page for page, after in pairwise([*pages, 0]) if after < page]
    assert last == layouts and printed.note


def test_nothing_is_closer_where_it_ends_in_time_as_it_is_or_no_page_is_named() -> None:
    assert in_time(first=40, text=15, pages=2)[0] == in_time(first=40, text=15, pages=0)[0]
    places, found = in_time(first=40, text=40, pages=0)
    assert places["Wait"] == 3 and "fit-acting" not in found


def test_where_closer_text_is_not_enough_all_stays_and_the_layout_is_warned() -> None:
    late, as_it_was = in_time(first=40, text=40, pages=1), in_time(first=40, text=40, pages=0)
    assert late[0] == as_it_was[0] and late[1] - as_it_was[1] == {"fit-acting"}
