"""The bleed that a print shop is told of: 3 mm round what is cut out, and never beyond the sheet."""

from __future__ import annotations

import pydyf
import pytest

from plainleaf.formats.pdf.trimming import set_bleed

MM = 72 / 25.4


def bleed(media: list[float], *trims: list[float]) -> list[list[float]]:
    """The bleed boxes of pages with these trim boxes, in points."""
    pdf = pydyf.PDF()
    for trim in trims:
        page = pydyf.Dictionary({"Type": "/Page", "MediaBox": pydyf.Array(media), "TrimBox": pydyf.Array(trim)})
        pdf.add_page(page)
    set_bleed(pdf)
    return [list(pdf.objects[number]["BleedBox"]) for number in pdf.pages["Kids"][::3]]


def test_it_is_3_mm_on_each_side_of_each_page() -> None:
    trim = [20.0, 30.0, 100.0, 200.0]
    expected = [20 - 3 * MM, 30 - 3 * MM, 100 + 3 * MM, 200 + 3 * MM]
    first, second = bleed([0, 0, 120, 230], trim, trim)
    assert first == second == pytest.approx(expected, abs=0.0006)
    assert first == [round(edge, 3) for edge in expected], "more digits would differ from one machine to another"


def test_it_ends_where_the_sheet_ends() -> None:
    assert bleed([1, 2, 110, 220], [5, 6, 106, 215]) == [[1, 2, 110, 220]]
