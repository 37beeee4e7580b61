"""What is on page 1 of a leaflet decides how close it is set: a panel for an emergency is whole there, if it can be."""

from __future__ import annotations

from types import SimpleNamespace
from xml.etree import ElementTree

import pypdfium2 as pdfium
import pytest

from plainleaf.formats.pdf import firstpage
from plainleaf.layouts.danger import PIECE, WHOLE
from plainleaf.model import Severity
from tests import sheets

PAGE = "@page { size: 100mm 70mm; margin: 5mm } html { font-size: 12pt; line-height: 6mm } * { margin: 0 } "
OPENING = "<header class='opening'><h1>Sample</h1></header>"
AT = "data-at='sources/a.md:{}'"
PANEL = (
    f"<section class='emergency' {AT.format(3)} {WHOLE}='yes'><h2 {AT.format(4)} {PIECE}='1 action'>Call now</h2>"
    f"<p {AT.format(5)} {PIECE}='1 step'>Stay.</p></section>"
)
AFTER = "<p>one</p><p>two</p><p>three</p>" * 4


def made(closer: int, closest: int, above: str = "", **rules: object) -> tuple[set[str], int]:
    """What is found on a panel that is 58 mm high, or as high in either step, and the pages."""
    css = f".emergency {{ break-inside: avoid; height: 58mm }} .all-closer .emergency {{ height: {closer}mm }}"
    css += f" .first-closer .emergency.emergency {{ height: {closest}mm }}"
    printed = sheets.printed(OPENING + above + PANEL + AFTER, PAGE + css, together=True, **rules)
    found = {name for name, worst in sheets.raised(printed).items() if worst is Severity.ERROR}
    return found - {"pdf-ua", "fit-section"}, printed.pages


@pytest.mark.parametrize(
    ("closer", "closest", "found"),
    [(40, 40, set()), (56, 40, set()), (56, 56, {"fit-first-danger"})],
    ids=["closer", "closest", "not even then"],
)
def test_a_panel_is_set_as_close_as_page_1_needs(closer: int, closest: int, found: set[str]) -> None:
    assert made(closer, closest)[0] == found


def test_smaller_pictures_are_tried_before_closer_lines() -> None:
    css = ".emergency { break-inside: avoid; height: 58mm } .first-smaller .emergency { height: 40mm }"
    css += " .all-closer .emergency { break-before: page }"
    found = sheets.raised(sheets.printed(OPENING + PANEL + AFTER, PAGE + css, together=True))
    assert "fit-first-danger" not in found


def test_behind_other_text_it_is_set_closer_too() -> None:
    assert made(40, 40, "<p>One</p>")[0] == set()
    assert made(58, 58, "<p>One</p>")[0] == {"fit-first-danger"}


@pytest.mark.parametrize(("closer", "whole"), [(5, True), (8, False)])
def test_a_frame_of_a_danger_is_whole_where_closer_ideas_make_it_fit_its_page(closer: int, whole: bool) -> None:
    ideas = "".join(f"<p class='idea'>Idea {number}.</p>" for number in range(6))
    css = (
        "@page { size: 100mm 70mm; margin: 5mm } html { font-size: 12pt; line-height: 4mm } * { margin: 0; padding: 0 }"
        " .danger { break-inside: avoid; border: 1px solid black } .idea { height: 8mm }"
        f" .boxes-closer .idea {{ height: {closer}mm }}"
    )
    printed = sheets.printed(
        f"<h1>Sample</h1><p style='height: 22mm'>Do.</p><section class='danger'>{ideas}</section>", css
    )
    first = pdfium.PdfDocument(printed.data)[0].get_textpage().get_text_range()
    assert ("Idea 5" in first) is whole is ("boxes of a danger" in printed.note)


@pytest.mark.parametrize(
    ("pieces", "surely"),
    [
        ([[], ["1 action"]], True),
        ([["1 action", "1 step"], ["2 more"]], False),
        ([["1 action"], ["1 step"]], True),
        ([[], ["2 action"]], False),
    ],
    ids=["late", "in time", "its end is late", "the first panel may follow"],
)
def test_two_pages_say_for_sure_that_a_panel_is_late(pieces: list[list[str]], surely: bool) -> None:
    root = ElementTree.Element("body")
    ElementTree.SubElement(root, "p", {PIECE: "1 more"})
    pages = []
    for said in pieces:
        marked = [ElementTree.SubElement(root, "p", {PIECE: each, "data-at": each}) for each in said]
        body = SimpleNamespace(descendants=lambda marked=marked: [SimpleNamespace(element=each) for each in marked])
        pages.append(SimpleNamespace(_page_box=SimpleNamespace(children=[body])))
    assert firstpage.surely_amiss(root, SimpleNamespace(pages=pages), "whole") is surely
