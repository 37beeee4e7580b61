"""What stands behind a short text is set closer where that saves a page, and only there."""

from __future__ import annotations

import pytest

from plainleaf.formats.pdf import backmatter
from tests import sheets

PAGE = "@page { size: 100mm 70mm; margin: 5mm } html { font-size: 12pt; line-height: 6mm } * { margin: 0 } "
CLOSER = ".closer .about p { display: inline } .closest .clinic p { display: inline } .closing { break-inside: avoid }"
TEXT = "<div style='height: {}mm'>Drink water.</div>"
OVERLEAF = "<p style='break-after: page'>Overleaf</p>"
END = (
    "<section class='closing clinic'><p>Sample</p><p>Street</p><p>Phone</p></section>"
    "<section class='closing about'><p>Who</p><p>When</p><p>What</p></section>"
)


def made(text: int, end: str = END, before: str = "") -> tuple[int, str]:
    """The pages of a text so many mm high with back matter behind it, and what was done about them."""
    printed = sheets.printed(f"<h1>Sample</h1>{before}{TEXT.format(text)}{end}", PAGE + CLOSER)
    return printed.pages, printed.note


@pytest.mark.parametrize(
    ("text", "pages", "note"),
    [(18, 1, ""), (26, 1, backmatter.NOTE), (40, 1, backmatter.NOTE), (50, 2, "")],
    ids=["has room", "dates closer", "all closer", "saves nothing"],
)
def test_the_end_is_set_as_close_as_saves_a_page(text: int, pages: int, note: str) -> None:
    assert made(text) == (pages, note)


def test_what_is_cut_off_comes_on_a_page_before_too() -> None:
    slip = "<div class='closing slips' data-cut-off='front'><p>My name:</p></div>"
    assert made(14, END + slip) == (1, backmatter.NOTE)


def test_a_last_page_with_other_text_stays_as_it_is() -> None:
    assert made(40, f"{END}<p>Not the end.</p>") == (2, "")


@pytest.mark.parametrize(("text", "done"), [(26, (5, backmatter.NOTE)), (40, (6, ""))], ids=["dates closer", "no more"])
def test_in_a_long_leaflet_no_more_than_dates_is_set_closer(text: int, done: tuple[int, str]) -> None:
    assert made(text, before=OVERLEAF * 4) == done


@pytest.mark.parametrize(("text", "done"), [(40, (4, backmatter.NOTE)), (50, (5, ""))], ids=["closer", "text stays"])
def test_a_fifth_page_is_a_third_sheet_for_which_all_of_the_end_is_set_closer(text: int, done: tuple[int, str]) -> None:
    assert made(text, before=OVERLEAF * 3) == done


@pytest.mark.parametrize(
    ("closer", "done"), [(40, (1, backmatter.NOTE_OF_ALL)), (58, (2, ""))], ids=["it has room then", "nor then"]
)
def test_a_first_red_box_leaves_no_title_alone(closer: int, done: tuple[int, str]) -> None:
    box = "<section class='urgent' data-at='sources/a.md:3'><p data-at='sources/a.md:4'>Call now.</p></section>"
    heights = f".urgent {{ break-inside: avoid; height: 58mm }} .all-closer .urgent {{ height: {closer}mm }}"
    printed = sheets.printed(f"<header class='opening'><h1>Sample</h1></header>{box}", PAGE + heights)
    assert (printed.pages, printed.note) == done


@pytest.mark.parametrize(
    ("closer", "done"), [(12, (1, backmatter.NOTE_OF_ALL)), (19, (2, ""))], ids=["it has room then", "nor then"]
)
def test_a_first_red_box_goes_on_overleaf_only_where_it_must(closer: int, done: tuple[int, str]) -> None:
    signs = "".join(f"<p data-at='sources/a.md:{line}'>Sign.</p>" for line in (4, 5, 6))
    heights = f".urgent p {{ height: 20mm }} .all-closer .urgent p {{ height: {closer}mm }}"
    body = f"<h1>Sample</h1><section class='urgent' data-at='sources/a.md:3'>{signs}</section>"
    printed = sheets.printed(body, PAGE + heights)
    assert (printed.pages, printed.note) == done


def test_a_page_that_was_asked_for_stays() -> None:
    assert made(18, END.replace("'closing about'", "'closing about' style='break-before: page'")) == (2, "")


@pytest.mark.parametrize(("ideas", "done"), [(1, (1, backmatter.NOTE)), (2, (2, ""))], ids=["one", "two fill a page"])
def test_the_last_idea_of_an_easy_read_shares_no_page_with_the_end_alone(ideas: int, done: tuple[int, str]) -> None:
    heights = ".words { height: 50mm } .closest .words { height: 20mm } "
    words = "<h1>Sample</h1><div class='words'>Drink water.</div>"
    idea = "<div class='together'><p>Ask us.</p></div>"
    printed = sheets.printed(f"{words}{idea * ideas}{END}", PAGE + CLOSER + heights)
    assert (printed.pages, printed.note) == done


@pytest.mark.parametrize(("inside", "pages"), [("avoid", 2), ("auto", 3)], ids=["whole", "torn"])
def test_no_frame_of_a_danger_is_torn_to_save_a_page(inside: str, pages: int) -> None:
    frames = f".danger {{ break-inside: avoid }} .closer .danger {{ break-inside: {inside} }}"
    danger = "<section class='danger'><p>Call now.</p><p>Wait.</p><p>Stay.</p></section>"
    text = "<p>Drink water.</p>" * 8
    printed = sheets.printed(f"<h1>Sample</h1>{text}{danger}{TEXT.format(30)}{END}", PAGE + CLOSER + frames)
    assert printed.pages == pages
