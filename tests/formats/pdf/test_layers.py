"""A second layer begins on a new page where little of the page before stays empty, else where it comes."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from plainleaf.formats.pdf import layers
from tests import sheets

CSS = (
    "@page { size: 100mm 70mm; margin: 5mm } html { font-size: 12pt; line-height: 6mm } * { margin: 0 }"
    f" .{layers.APART} .more {{ break-before: page }}"
)
REST = "<p style='height: 10mm'>Rest.</p>"
MORE = "<h2 class='more'>More about it</h2><p>It clears the chest.</p>"


@pytest.mark.parametrize(("text", "on"), [(1, 1), (2, 1), (4, 2)])
def test_it_begins_a_page_where_the_one_before_is_full_for_the_most_part(text: int, on: int) -> None:
    printed = sheets.printed(f"<h1>Sample</h1>{REST * text}{MORE}", CSS)
    pages = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(printed.data)]
    assert [number for number, words in enumerate(pages, 1) if "More about it" in words] == [on] == [len(pages)]
