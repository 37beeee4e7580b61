"""A text that is too long: what its author marked goes first, the last first; then it takes larger paper."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pypdfium2 as pdfium
import pytest

from plainleaf.formats.pdf import optional, render
from plainleaf.model import LARGER, Printed
from tests import sheets

SMALL = (
    "@page {{ size: 100mm {}mm; margin: 5mm }} * {{ margin: 0; padding: 0 }} h2 {{ font-size: 1em }}"
    " p, li {{ height: 12mm; list-style: none }}"
)
PAGE = SMALL.format(60) + " h1 { font-size: 12pt }"
LEAST = {"max_pages": 1, "fit": "shrink", "body_pt": 14, "least_pt": 12}
MARK = 'data-optional="yes" '


def laid_out(body: str, larger: int = 0) -> Printed:
    """A text on one page of 60 mm, or, if there is any, on larger paper of so many mm."""
    text = f"<h1>Sample</h1>{body}"
    made = sheets.sheet(text, PAGE, **LEAST)
    other = sheets.sheet(text, SMALL.format(larger), **LEAST) if larger else None
    return render.write(replace(made, larger=replace(other, title="Sample (A3)") if other else None))


def texts(made: Printed) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(made.data)).replace("\r\n", " ")


def test_texts_are_left_out_from_the_last_one_on_until_it_fits() -> None:
    made = laid_out(f"<p>one</p><p {MARK}>two</p><p {MARK}>four</p><p {MARK}>five</p><p>six</p>")
    assert not made.findings
    assert texts(made) == "Sample one two six"
    assert made.note.endswith("left out: “four”, “five”")


def test_none_is_left_out_that_has_room_once_a_longer_one_is_gone() -> None:
    made = laid_out(f"<p>one</p><p {MARK} style='height: 36mm'>two</p><p {MARK}>three</p>")
    assert texts(made) == "Sample one three" and made.note.endswith("left out: “two”")


def test_all_of_a_text_that_fits_is_there() -> None:
    made = laid_out(f"<p>one</p><p {MARK}>two</p>")
    assert (texts(made), made.note) == ("Sample one two", "")


@pytest.mark.parametrize(
    ("part", "left"),
    [
        (f"<p>two</p><h2>Part</h2><p>x</p><h2>Last</h2><p {MARK}>five</p>", " two Part x"),
        (f"<h2>Part</h2><p {MARK}>five</p><p {MARK}>six</p><h2>Next</h2><p>seven</p>", " Next seven"),
        (f"<p>two</p><p>three</p><ul><li {MARK}>five</li><li {MARK}>six</li></ul>", " two three"),
        (f"<p>two</p><section><p class='label'>Tip</p><ul><li {MARK}>five</li></ul></section>", " two"),
        (f"<p>two</p><ul><li>y</li><li {MARK}>five</li></ul>", " two y"),
    ],
    ids=["a heading above nothing", "a heading above another", "a list", "a box", "a point"],
)
def test_what_is_nothing_without_them_goes_with_them(part: str, left: str) -> None:
    made = laid_out(f"<p>one</p>{part}")
    assert not made.findings
    assert texts(made) == f"Sample one{left}"


def test_a_text_that_is_too_long_in_any_case_takes_larger_paper_with_all_its_words() -> None:
    body = "<p>one</p><p>two</p><p>three</p><p>four</p><p>five</p>" + f"<p {MARK}>six</p>"
    made = laid_out(body, larger=90)
    assert not made.findings
    assert texts(made) == "Sample one two three four five six"
    assert made.note.startswith("in a larger size: Sample (A3)") and made.fitted.startswith(LARGER)


def test_what_is_too_long_for_that_too_is_refused() -> None:
    made = laid_out("<p>one</p>" * 12, larger=90)
    assert not made.data and {finding.check for finding in made.findings} == {"fit-pages"}


def test_a_picture_that_is_left_out_is_named_by_what_it_shows() -> None:
    page = ElementTree.fromstring(f"<div><p>one</p><figure {MARK}><img src='a.svg' alt='A cup'/></figure></div>")
    assert optional.take_out(page, [0]) == ("A cup",)
    assert [each.tag for each in page] == ["p"]
