"""Where pages end: in little white, with nothing cut that should be whole, and in the same place each time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any
from unittest.mock import patch

import pytest
import weasyprint

from plainleaf.checks.page import walking, white
from plainleaf.checks.page.boxes import Printout
from plainleaf.formats.pdf import again, choices, composing, endings, engine, feathering, render
from plainleaf.formats.pdf.choices import Choice
from plainleaf.formats.pdf.endings import Ending, Piece
from tests import sheets

# A page of ten lines of 6 mm; what stands above, in lines; what follows.
PAGE = (
    "@page { size: 100mm 70mm; margin: 5mm } html { font-size: 12pt; line-height: 6mm } * { margin: 0; padding: 0 }"
    " body { margin: 0 } p { orphans: 3; widows: 3 } h2 { font-size: 1em; break-after: avoid }"
    " ul { break-inside: avoid; list-style: none }"
    " section { break-inside: avoid; border: 1px solid black; box-sizing: border-box }"
)
EIGHT = "<br>".join(f"line {number}" for number in range(8))


def above(lines: int) -> str:
    return f"<div>{'before<br>' * (lines - 1)}before</div>"


def box(kind: str) -> str:
    return f"<section class='callout {kind}' data-kind='callout'><p>{EIGHT}</p></section>"


def laid_out(body: str, wanted: bool = True) -> tuple[Printout, int]:
    """The pages, and how many of them were laid out twice."""
    html = weasyprint.HTML(string=f"<html lang=en><body>{body}<p>The end.</p></body></html>")
    with engine.tuned(), composing.composed(wanted) as layout:
        document = html.render(stylesheets=[weasyprint.CSS(string=PAGE)])
    return walking.read(document, html.etree_element, sheets.RULES), layout.tries if layout else 0


def lines(printout: Printout) -> list[int]:
    return [len(page.seen) for page in printout.pages]


def test_a_box_breaks_where_the_page_would_be_empty_for_the_most_part_and_has_its_frame_on_both() -> None:
    printout, tries = laid_out(above(5) + box("tip"))
    assert tries == 1 and lines(printout) == [9, 5]  # its own borders take room
    framed = [frame for page in printout.pages for frame in page.frames if any(frame.widths)]
    assert [frame.widths for frame in framed] == [(1.0, 1.0, 1.0, 1.0)] * 2
    assert lines(laid_out(above(5) + box("tip"), wanted=False)[0])[0] == 5


def test_a_box_stays_whole_where_that_leaves_less_white() -> None:
    printout, _ = laid_out(above(7) + box("tip"))
    assert lines(printout)[0] == 7


@pytest.mark.parametrize("kind", ["urgent", "urgent emergency", "do"])
def test_what_readers_need_at_a_glance_is_never_cut(kind: str) -> None:
    printout, _ = laid_out(above(5) + box(kind))
    assert lines(printout)[0] == 5
    assert "fit-white" in sheets.raised(sheets.printed(above(5) + box(kind), PAGE))


def test_a_list_breaks_before_much_is_left_empty_and_signs_do_not() -> None:
    points = "".join(f"<li>point {number}</li>" for number in range(8))
    assert lines(laid_out(above(6) + f"<h2>What to bring</h2><ul>{points}</ul>")[0])[0] == 10
    assert lines(laid_out(above(6) + f"<h2>Signs</h2><ul class='signs'>{points}</ul>")[0])[0] == 6


ROW = (
    "<style>.pair {{ display: table; table-layout: fixed; width: 100%; break-inside: avoid }}"
    " .side {{ display: table-cell; line-height: 6mm }} .late {{ padding-top: 20mm }} {style}</style>"
    "<div class='pair {kind}'><div class='side'><p>{text}</p></div><div class='side {late}'><p>{text}</p></div></div>"
)


def row(kind: str, late: str = "", style: str = "") -> str:
    return ROW.format(kind=kind, text=EIGHT, late=late, style=style)


def test_a_paragraph_in_two_languages_goes_on_overleaf_on_both_sides_and_no_row_of_another_kind_does() -> None:
    printout, _ = laid_out(above(6) + row("paragraph"))
    assert lines(printout) == [6 + 2 * 4, 2 * 4 + 1]
    assert "fit-row" not in sheets.raised(sheets.printed(above(6) + row("paragraph"), PAGE))
    assert lines(laid_out(above(7) + row("fact-row"))[0])[0] == 7
    assert lines(laid_out(above(7) + row("paragraph", "late"))[0])[0] == 7  # it would have nothing on one side


def test_a_list_of_contents_goes_on_overleaf_only_where_much_would_be_white() -> None:
    listed = f"<nav class='contents' style='break-inside: avoid'>{''.join(f'<p>{each}</p>' for each in range(8))}</nav>"
    assert lines(laid_out(above(6) + listed)[0])[0] == 10
    assert lines(laid_out(above(9) + listed)[0])[0] == 9


def test_rows_that_stand_by_twos_part_where_a_page_would_be_empty_for_the_most_part() -> None:
    row = "<tr style='break-inside: avoid{}'><td>Each day<br>one<br>two"
    table = f"<table class='tall'>{row.format('; break-after: avoid') * 2}{row.format('')}</table>"
    assert lines(laid_out(above(5) + table)[0])[0] == 8
    assert lines(laid_out(above(5) + table.replace("<tr", "<tr class='joined'"))[0])[0] == 5
    assert lines(laid_out(above(7) + table)[0])[0] == 7


def test_two_lines_of_a_paragraph_stay_together_where_three_leave_more_white() -> None:
    four = "<p>one<br>two<br>three<br>four</p>"
    assert lines(laid_out(above(7) + four)[0])[0] == 9
    assert lines(laid_out(above(7) + four, wanted=False)[0])[0] == 7


def test_a_text_that_ends_its_pages_well_is_laid_out_once_and_is_the_same() -> None:
    body = above(10) + above(10)
    (composed, tries), (usual, _) = laid_out(body), laid_out(body, wanted=False)
    assert tries == 0
    places = [[[line.edges for line in page.seen] for page in each.pages] for each in (composed, usual)]
    assert places[0] == places[1]


def test_paragraphs_move_apart_until_the_page_is_full_and_no_further_than_nobody_sees() -> None:
    def gaps(count: int, lines_of_each: int) -> list[float]:
        parts = f"<p style='break-inside: avoid'>{'<br>'.join(['words'] * lines_of_each)}</p>" * count
        page = laid_out(parts)[0].pages[0]
        firsts = page.seen[::lines_of_each]
        return [after.edges[1] - line.edges[1] for line, after in pairwise(firsts)]

    most = feathering.MOST * 16
    height = 6 * 96 / 25.4
    spread = gaps(6, 2)  # five fill a page
    assert spread == pytest.approx([2 * height] * 4)
    spread = gaps(6, 3)  # three leave a line
    assert spread == pytest.approx([3 * height + most] * 2)


PART = "<p style='break-inside: avoid; margin-bottom: 3mm'>one<br>two</p>"
RED = "<section class='urgent'><p>one<br>two<br>three<br>four<br>five</p></section>"
ALMOST = PART * 2 + RED  # 54 mm of text and 6 mm of gaps, and a frame


def test_what_almost_fits_comes_on_the_page_as_gaps_close_up() -> None:
    printout, tries = laid_out(ALMOST)
    assert tries == 1 and lines(printout)[0] == 9
    assert printout.pages[0].frames[-1].edges[3] <= printout.pages[0].area[1]
    assert lines(laid_out(PART.replace("3mm", "1mm") * 2 + RED.replace("five", "five<br>six<br>seven"))[0])[0] == 4


def test_what_almost_fits_comes_on_the_page_too_where_letting_it_break_has_not_helped() -> None:
    points = "<ul><li style='break-inside: avoid'>one<br>two</li></ul>"
    printout, tries = laid_out("<p style='margin-bottom: 3mm'>one</p>" * 6 + points)
    assert tries == 2 and lines(printout) == [8, 1]


def test_a_bar_beside_a_text_ends_with_it() -> None:
    bar = "<div class='evidence' data-kind='evidence' style='border-left: 2px solid black'>{}</div>"
    whole = "<p style='break-inside: avoid'>one<br>two<br>three<br>four</p>"
    parted = f"{PART}<p>{EIGHT}</p>"
    for before, text in ((above(4), whole * 2), (PART, parted), (above(5), f"<p>{'<br>'.join(['line'] * 6)}</p>")):
        printout, _ = laid_out(before + bar.format(text))
        (frame,) = [each for each in printout.pages[0].frames if any(each.widths)]
        assert frame.edges[3] == pytest.approx(printout.pages[0].seen[-1].edges[3], abs=0.1)


def test_the_same_sheet_breaks_at_the_same_places_without_shortcuts_too() -> None:
    body = above(5) + box("tip") + box("story") + above(3)
    made = sheets.printed(body, PAGE)
    with patch.object(engine, "KNOWN", ""):
        again_made = sheets.printed(body, PAGE)
    assert made.data and made.data == again_made.data == sheets.printed(body, PAGE).data


def test_a_page_that_is_taken_over_ends_where_it_ended() -> None:
    html = weasyprint.HTML(string=f"<html lang=en><body>{above(5)}{box('tip')}{above(9)}{above(9)}<p>The end.</p>")
    css = [weasyprint.CSS(string=PAGE + ".closer p { color: blue }")]
    last = html.etree_element.find("body")[-1]

    def rendered(layout: again.Layout) -> Any:
        with again.noted(layout), composing.composed(True):
            return html.render(stylesheets=css)

    with engine.tuned():
        layout = again.Layout(sheets=css)
        rendered(layout)
        last.set("class", "closer")
        second, alone = rendered(layout.next(css)), rendered(again.Layout(sheets=css))
    assert layout.pages[1].opened
    assert second.write_pdf() == alone.write_pdf()


def test_a_box_costs_more_than_a_list_and_a_page_that_looks_unfinished_most() -> None:
    whole, listed = Ending(0.35), Ending(0.05, frozenset({Piece.LIST}))
    boxed, unfinished = Ending(0.0, frozenset({Piece.BOX})), Ending(white.MOST_WHITE + 0.01)
    assert listed.cost < boxed.cost < whole.cost < unfinished.cost
    assert Piece.BOX in endings.allowed(unfinished) and Piece.BOX not in endings.allowed(whole)
    assert not endings.worth_a_try(Ending(endings.NOTICED)) and endings.worth_a_try(whole)


@pytest.mark.parametrize("body", [above(5) + box("tip") + box("story") + above(3), ALMOST + above(3)])
def test_what_is_made_again_is_laid_out_once_and_is_the_same(body: str) -> None:
    sheet = sheets.sheet(body, PAGE)
    first = render.write(sheet)
    assert first.fitted

    def tries(near: str) -> tuple[bytes, str, int]:
        layouts = list[Any]()
        composed = composing.composed

        @contextmanager
        def noted(*arguments: Any) -> Iterator[Any]:
            with composed(*arguments) as layout:
                layouts.append(layout)
                yield layout

        with patch.object(composing, "composed", noted):
            made = render.write(sheet, near=near)
        return made.data, made.fitted, sum(layout.tries for layout in layouts)

    assert tries("")[2] > 0
    assert tries(first.fitted) == (first.data, first.fitted, 0)


def test_choices_for_another_sheet_are_not_taken_over() -> None:
    first = sheets.printed(above(5) + box("tip"), PAGE)
    other = sheets.sheet(above(9) + box("tip") + above(3), PAGE)
    assert render.write(other, near=first.fitted) == render.write(other)


def test_choices_are_written_and_read() -> None:
    made = {
        (0, 1, 0): Choice(),
        (0, 3, 1): Choice((0, 1, 12), True),
        (1, 2, 0): Choice((0,), False, 12.345678901234567),
    }
    said = choices.short(made, "abc")
    assert choices.remembered(said, "abc") == made
    assert choices.remembered(said, "other") == choices.remembered("12 1.2 0.6", "abc") == {}
    assert choices.short({}, "abc") == ""


def test_a_drawing_that_almost_fits_is_smaller_and_one_that_comes_overleaf_is_not() -> None:
    drawn = "<div class='drawn' style='max-width: 40mm'><div style='height: 0; padding-bottom: 100%'></div></div>"
    drawing = f"<div class='drawing' style='break-inside: avoid'>{drawn}<p>one</p></div>"

    def widths(lines_above: int) -> list[tuple[int, float]]:
        html = weasyprint.HTML(string=f"<html lang=en><body>{above(lines_above)}{drawing}{above(9)}")
        with engine.tuned(), composing.composed(True):
            document = html.render(stylesheets=[weasyprint.CSS(string=PAGE)])
        found = [
            (number, each.width * 25.4 / 96)
            for number, page in enumerate(document.pages, 1)
            for each in page._page_box.descendants()
            if each.element is not None and each.element.get("class") == "drawn"
        ]
        return [(number, pytest.approx(width)) for number, width in found]

    assert widths(2) == [(1, 40)]
    assert widths(3) == [(1, 30)]
    assert widths(6) == [(2, 40)]
