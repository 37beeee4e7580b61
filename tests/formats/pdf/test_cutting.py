"""What readers cut off stands whole at the foot of the last page, with nothing on its back that they need."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from plainleaf.formats.pdf import cutting
from tests import sheets
from tests.conftest import ROOT

PAGE = "@page { size: 100mm 70mm; margin: 5mm } html { font-size: 12pt; line-height: 6mm } * { margin: 0 } "
STYLE = PAGE + (ROOT / "layouts/base/blocks/slip.css").read_text(encoding="utf-8").replace(
    "var(--ink)", "#000"
).replace('content: ""', "content: none")
TEXT = "<p style='height: 10mm'>Drink water.</p>"
SLIP = "<div class='slips' data-cut-off='{}'><section class='slip'><h2>My cough</h2><p>My name:</p></section></div>"


def made(text: int, on: str = "front") -> tuple[int, str, float]:
    """The pages of a text of so many cm with a slip, what was done, and how many mm above the margin the slip ends."""
    printed = sheets.printed(f"<h1>Sample</h1>{TEXT * text}{SLIP.format(on)}", STYLE)
    page = pdfium.PdfDocument(printed.data)[printed.pages - 1]
    words = page.get_textpage()
    at = words.get_text_range().index("My name:")
    return printed.pages, printed.note, words.get_charbox(at)[1] / 72 * 25.4 - 5


@pytest.mark.parametrize(
    ("text", "on", "pages", "note"),
    [
        (1, "front", 1, ""),
        (6, "any", 2, ""),
        (6, "front", 3, cutting.NOTE),
        (5, "front", 3, cutting.NOTE),
        (12, "front", 3, ""),
    ],
    ids=["one page", "printed on one side", "on a back", "alone on a back", "on a front"],
)
def test_a_slip_is_at_the_foot_of_a_page_with_nothing_behind_it(text: int, on: str, pages: int, note: str) -> None:
    count, said, above = made(text, on)
    assert (count, said) == (pages, note)
    assert 0 < above < 4  # the foot of its last line


def test_the_back_of_the_text_holds_the_back_matter_before_it_is_empty() -> None:
    closing = "<section class='closing'><h2>Your clinic</h2><p>Call us.</p></section>"
    printed = sheets.printed(f"<h1>Sample</h1>{TEXT * 3}{closing}{SLIP.format('front')}", STYLE)
    texts = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(printed.data)]
    assert [text.split("\r\n")[0] for text in texts] == ["Sample", "Your clinic", "My cough"]


def test_a_leaflet_without_a_slip_has_no_sheet_more() -> None:
    assert sheets.printed(f"<h1>Sample</h1>{TEXT * 6}", STYLE).note == ""


@pytest.mark.parametrize(("text", "pages"), [(1, 1), (8, 2)])
def test_closing_lines_that_ask_for_it_stand_at_the_foot_of_the_last_page(text: int, pages: int) -> None:
    lines = "<p data-at-foot='any'>Call us.</p>"
    style = PAGE + "p[data-at-foot] { margin-block-start: var(--lower, 0mm) }"
    printed = sheets.printed(f"<h1>Sample</h1>{TEXT * text}{lines}", style)
    words = pdfium.PdfDocument(printed.data)[printed.pages - 1].get_textpage()
    at = words.get_text_range().index("Call us.")
    assert printed.pages == pages and 0 < words.get_charbox(at)[1] / 72 * 25.4 - 5 < 4
