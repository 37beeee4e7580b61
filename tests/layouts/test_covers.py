"""Small formats for the worst moment: what to do stands on the cover or the front, the clinic on the back."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from plainleaf.formats.pdf import format as pdf_format
from plainleaf.formats.pdf import render
from plainleaf.layouts import excerpts
from plainleaf.layouts import templates as layouts
from plainleaf.model import Block, Edition, Printed, Sheet, plain
from plainleaf.sources import markdown
from plainleaf.translations import messages
from plainleaf.typesetting import locales, pseudo
from tests import shipped

TEXT = (Path(__file__).parent / "acting.md").read_text(encoding="utf-8")
LONGER = "en_XA"


def edition(locale: str, text: str = TEXT) -> Edition:
    """The sample leaflet in English or a made-up language."""
    leaflet, found = markdown.parse("sources/acting.md", text)
    assert leaflet and not found
    made_up = locale in pseudo.NAMES
    where = pseudo.locale(locale) if made_up else locales.locale(locale)
    lookup = pseudo.Catalog(locale).lookup if made_up else None
    made, flaws = messages.localize(leaflet, where, "US", lookup, draft=made_up)
    assert not flaws
    return made


def sheet(name: str, locale: str, text: str = TEXT) -> Sheet:
    here, first = shipped.content(), edition(locale, text)
    layout = here.layouts[name]
    second = edition("en", text) if layout.beside and locale != "en" else None
    prepared = pdf_format.prepare(here, first, second, layout, layouts.Prepared(), "acting.pdf")
    assert not prepared.findings
    made: Sheet = prepared.content
    return made


@cache
def printed(name: str, locale: str) -> Printed:
    made = render.write(sheet(name, locale))
    assert not made.findings, made.findings
    return made


def pages(made: Printed) -> list[str]:
    """The text of each page, letters alone: lines may break anywhere."""
    found = (page.get_textpage().get_text_range() for page in pdfium.PdfDocument(made.data))
    return [squeezed(text) for text in found]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\ufffe\u2060]|-(?=\n)", "", text)


def panel(locale: str, text: str = "full") -> list[Block]:
    """The texts of the panel for an emergency."""
    (box,) = (each for each in excerpts.blocks(edition(locale).blocks, text) if each.options.get("name") == "emergency")
    return [block for block in box.walk() if block.inlines]


def said(block: Block) -> list[str]:
    """A text as it is on a page, in the pieces between details of the clinic."""
    return [squeezed(part) for part in re.split(r"\{\w+\}", plain(block.inlines))]


# --------------------------------------------------------------------------- booklets


@pytest.mark.parametrize("locale", ["en", LONGER])
def test_a_booklet_has_the_action_whole_on_its_cover_and_the_clinic_on_its_back(locale: str) -> None:
    made = printed("booklet", locale)
    assert made.pages % 4 == 0
    cover, *_, back = pages(made)
    for block in panel(locale):
        assert all(part in cover for part in said(block)), block.at
    assert "(202)555-0142" in back and "(202)555-0143" in back
    document = pdfium.PdfDocument(made.data)
    assert any(each.type == pdfium.raw.FPDF_PAGEOBJ_PATH for each in document[made.pages - 1].get_objects())
    assert "clinic.example/leaflets/acting" in back  # beside the code to scan


def test_numbers_of_a_booklets_pages_stand_at_the_outer_edge() -> None:
    """From left to right, odd pages are on the right."""
    for number, page in enumerate(pdfium.PdfDocument(printed("booklet", "en").data), 1):
        words = page.get_textpage()
        at = words.get_text_range().rindex(f"Page {number} of")
        left = words.get_charbox(at)[0]
        assert (left > page.get_width() / 2) == (number % 2 == 1), number
