"""A language that the tests lay no leaflet out in (``tests/shipped.py``) loses nothing on a page either: all that its
leaflets say is set on small sheets, one for the languages that share their fonts, and read again by other programs."""

from __future__ import annotations

import html
from functools import cache
from pathlib import Path

import pytest

from plainleaf.layouts.reading_order import Said, reading_order
from plainleaf.model import Locale
from tests import extraction, sheets, shipped
from tests.conftest import needs

ON_A4 = {each.locale for each in shipped.files("a4", "letter")}
OTHERS = {
    edition.locale.name: edition
    for (slug, name), edition in sorted(shipped.editions().items())
    if name not in ON_A4 and slug != shipped.FIRST
}
KEPT = {"poppler": 0.96, "pdfium": 0.99}  # of the words of a text from right to left; all of any other
WIDE = "@page { size: 1500mm 297mm } p { margin: 0 0 2mm }"  # a text a line: a hyphen at its end is not always copied


def said(name: str) -> list[Said]:
    """What is printed of a leaflet in this language, and its clinic."""
    return [each for each in reading_order(OTHERS[name], shipped.content().clinic) if each.text.strip()]


def like(where: Locale) -> list[str]:
    """The languages that are set in the same fonts, in the same direction."""
    alike = (where.fonts, where.direction)
    return [name for name, edition in OTHERS.items() if (edition.locale.fonts, edition.locale.direction) == alike]


@cache
def together(name: str) -> bytes:
    """A sheet of all languages that are set as the one of this name."""
    body = "".join(
        f'<section lang="{OTHERS[other].locale.tag}">'
        + "".join(
            f'<p lang="{each.language}" dir="{each.direction}">{html.escape(each.text)}</p>' for each in said(other)
        )
        + "</section>"
        for other in like(OTHERS[name].locale)
    )
    made = sheets.printed(body, WIDE, tag=name)
    assert made.data, made.findings
    return made.data


@pytest.mark.parametrize("reader", extraction.READERS)
@pytest.mark.parametrize("name", OTHERS)
def test_what_a_leaflet_says_comes_out_of_a_page_as_it_went_in(name: str, reader: str, tmp_path: Path) -> None:
    needs("pdftotext")
    where = OTHERS[name].locale
    path = tmp_path / "languages.pdf"
    path.write_bytes(together(like(where)[0]))
    texts = [each.text for each in said(name)]
    found = extraction.lost(texts, extraction.READERS[reader](path))
    assert found.of > 200 and not found.disordered
    if where.direction == "ltr":
        assert not found.words and not found.blocks
    else:
        assert found.kept >= KEPT[reader], found.words


def test_every_language_is_laid_out_or_set_on_a_sheet() -> None:
    assert {*OTHERS} | ON_A4 >= {each.locale for each in shipped.wanted()}
    assert not ON_A4 & {*OTHERS}
