"""The bookmarks of a PDF: each heading and box, in the order of listening, each with its place and its language."""

from __future__ import annotations

import io

import pikepdf
import weasyprint

from plainleaf.formats.pdf import render
from tests import sheets

BODY = """<main><h1>Asthma\u2060 <br>at home</h1>
<section class="callout"><p class="label"><span>Main\u200b message</span></p><p>Breathe.</p></section>
<section class="callout"><p class="label">Important</p><h2>Call 911</h2><p>Now.</p></section>
<h2>How to use it</h2><div><h3 style="break-before: page">Steps</h3></div>
<section class="callout" role="note" aria-label="Tip"><p class="label">Tip!</p><p>Carry it.</p>
<section><p class="label">Inner</p><p>So.</p></section></section>
<section><p>Nothing is said above this.</p></section>
<h2 style="bookmark-level: none">Left out</h2><h2><bdi lang="es">Clínica Sol</bdi></h2><p>Here.</p>
<div><section><h2>Reach us</h2></section>
<section aria-label="About this leaflet"><p>Written in May.</p></section></div></main>"""


def bookmarks(body: str) -> list[str]:
    """A line for each, deeper ones set in: its title, page, tag and language."""
    sheet = sheets.sheet(body)
    styles = [weasyprint.CSS(string=text) for text in (sheet.css, sheet.font_css)]
    data = render.written(weasyprint.HTML(string=sheet.html, base_url=sheet.base).render(stylesheets=styles))
    lines = []
    with pikepdf.open(io.BytesIO(data)) as file:
        pages = [page.obj.objgen for page in file.pages]

        def walk(item: pikepdf.Object | None, depth: int) -> int:
            shown = 0
            while item is not None:
                place, tag = item.Dest, item.SE
                said = tag
                while "/Lang" not in said and "/P" in said:
                    said = said.P
                title = f"{'  ' * depth}{item.Title}"
                lines.append(
                    f"{title} | {pages.index(place[0].objgen) + 1} | {str(tag.S)[1:]} {said.get('/Lang', 'en')}"
                )
                below = walk(item.get("/First"), depth + 1)
                assert item.get("/Count", 0) == below
                shown += 1 + below
                item = item.get("/Next")
            return shown

        if "/Outlines" in file.Root:
            assert walk(file.Root.Outlines.First, 0) == file.Root.Outlines.Count
    return lines


def test_each_heading_and_box_is_a_bookmark_in_the_order_of_listening() -> None:
    assert bookmarks(BODY) == [
        "Asthma at home | 1 | H1 en",
        "  Main message | 1 | Sect en",
        "  Call 911 | 1 | H2 en",
        "  How to use it | 1 | H2 en",
        "    Steps | 2 | H3 en",
        "      Tip | 2 | Aside en",
        "        Inner | 2 | Sect en",
        "  Clínica Sol | 2 | Span es",
        "  Reach us | 2 | H2 en",
        "  About this leaflet | 2 | Sect en",
    ]


def test_a_page_without_headings_has_none() -> None:
    assert bookmarks("<p>Nothing.</p>") == []


def test_a_heading_that_is_not_seen_has_none() -> None:
    assert bookmarks("<h1 style='visibility: hidden'>Nowhere</h1><p>Nothing.</p>") == []
