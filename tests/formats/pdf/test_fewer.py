"""The back of a sheet that would hold a line or two: the front is set closer instead, where that is enough."""

from __future__ import annotations

import pytest

from plainleaf.formats.pdf import render as pdf
from tests import sheets

PAGE = "@page { size: 100mm 70mm; margin: 5mm } * { margin: 0 }"
PAGE += " html { font-size: var(--body); line-height: var(--line) }"
LINES = "<p style='margin-block-end: calc(2mm * var(--space))'>Drink.</p>"
OWN = ":root { --body: 14pt; --line: 1.4; --space: 1 }"


def made(lines: int, end: str = "", **rules: object) -> tuple[int, str]:
    """The pages of so many paragraphs of a line each, and what was done for that."""
    printed = sheets.printed(f"<h1>Sample</h1>{LINES * lines}{end}", OWN + PAGE, max_pages=2, fit="shrink", **rules)
    return printed.pages, printed.note


def test_a_line_or_two_on_the_back_come_on_the_front() -> None:
    pages, note = made(7)
    assert pages == 1 and note.startswith("lines ") and note.endswith("to fit 1 page") and "type" not in note


@pytest.mark.parametrize("lines", [6, 12], ids=["all on the front", "much on the back"])
def test_else_nothing_is_set_closer(lines: int) -> None:
    assert made(lines) == (1 if lines == 6 else 2, "")


def test_a_page_that_was_asked_for_stays() -> None:
    assert made(6, "<p style='break-before: page'>Back.</p>") == (2, "")
    assert made(7, together=True) == (2, "")


def test_made_again_it_is_the_same() -> None:
    sheet = sheets.sheet(f"<h1>Sample</h1>{LINES * 7}", OWN + PAGE, max_pages=2, fit="shrink")
    first = pdf.write(sheet)
    assert first.fitted and pdf.write(sheet, near=first.fitted) == first
