"""What is missing of a booklet's last sheet becomes pages to write on, before the back cover."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2 as pdfium
import pytest

from plainleaf.formats.pdf import render
from plainleaf.model import Scheme, has_error
from tests import sheets

STYLE = (
    "@page { size: 100mm 140mm; margin: 5mm } section { break-before: page } h1 { margin: 0 }"
    " [data-spare] { display: none }"
    " .spare-1 [data-spare='1'], .spare-2 [data-spare='1'], .spare-2 [data-spare='2'] { display: block }"
    " .spare-3 [data-spare] { display: block } .closer .about { break-before: auto }"
)
SPARES = "".join(f"<section data-spare='{number}'><p>Spare {number}</p></section>" for number in (1, 2, 3))
BACK = "<section><p>Back</p></section>"


def texts(pages: int, scheme: Scheme | None, end: str = "") -> list[str]:
    """The pages of a text of so many, with spare ones and a back cover."""
    inside = "".join(f"<section><p>Text {number}</p></section>" for number in range(2, pages + 1))
    made = sheets.sheet(f"<h1>Sample</h1><p>Text 1</p>{inside}{end}{SPARES}{BACK}", STYLE)
    printed = render.write(replace(made, scheme=scheme))
    assert not has_error(printed.findings)
    found = (page.get_textpage().get_text_range() for page in pdfium.PdfDocument(printed.data))
    return [text.removeprefix("Sample\r\n").strip() for text in found]


BOOKLET = Scheme("saddle-stitch", 200, 140)


@pytest.mark.parametrize("pages", [3, 4, 5, 6])
def test_a_booklet_fills_its_sheets_with_pages_to_write_on_before_its_back_cover(pages: int) -> None:
    spare = [f"Spare {number}" for number in range(1, 1 + -(pages + 1) % 4)]
    assert texts(pages, BOOKLET) == [f"Text {number}" for number in range(1, pages + 1)] + spare + ["Back"]


def test_an_end_that_is_set_closer_saves_a_sheet_before_it_is_filled_with_three() -> None:
    about = "<section class='about'><p>Version</p></section>"
    assert texts(3, BOOKLET, about) == ["Text 1", "Text 2", "Text 3\r\nVersion", "Back"]
    assert texts(2, BOOKLET, about) == ["Text 1", "Text 2", "Version", "Back"]


def test_pages_that_are_printed_one_after_the_other_have_none() -> None:
    assert texts(2, None) == ["Text 1", "Text 2", "Back"]
