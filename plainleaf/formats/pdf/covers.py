"""The cover of an e-book as a picture: a page of HTML that is set in our fonts as a sheet of paper is, and drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import weasyprint

from plainleaf.formats.pdf import engine, kept
from plainleaf.formats.pdf.fetching import Fetcher
from plainleaf.reading import pictures

WIDTH = 800  # px of the picture
SIZES = (96, 80, 66, 54, 44, 36)  # px of letters; the smallest is taken whatever comes of it
_BASE = "file:///cover/"


@engine.tuned()
def drawn(html: str, font_css: str, folders: Sequence[str]) -> bytes:
    """The first page as PNG, in the largest letters with which all of it is there and no word is wider than its line;
    b"" if it cannot be drawn. ``font_css``: the rules that name its fonts, which lie below ``folders``."""
    kept.make_room()
    documents = (laid_out(html, font_css, folders, size) for size in SIZES)
    document = next((made for made in documents if fits(made)), None) or laid_out(html, font_css, folders, SIZES[-1])
    data = document.write_pdf()
    kept.forget_pictures()
    return pictures.first_page(data, WIDTH, "PNG")[0]


def laid_out(html: str, font_css: str, folders: Sequence[str], size: int) -> Any:
    """The document with letters of so many px. In the smallest, words that are too long are parted."""
    config, images = kept.shared()
    fonts, _ = kept.stylesheet(font_css, tuple(folders), _BASE)
    wrap = " h1 { overflow-wrap: anywhere }" if size == SIZES[-1] else ""
    own = weasyprint.CSS(string=f"html {{ font-size: {size}px }}{wrap}", font_config=config)
    page = weasyprint.HTML(string=html, base_url=_BASE, url_fetcher=Fetcher(folders))
    return page.render(font_config=config, stylesheets=[fonts, own], cache=images)


def fits(document: Any) -> bool:
    """Whether all is on one page, and in its lines."""
    if len(document.pages) > 1:
        return False
    blocks = [box for box in document.pages[0]._page_box.descendants() if box.element_tag in ("h1", "p")]
    lines = ((block, line) for block in blocks for line in getattr(block, "children", ()))
    return all(line.width <= block.width + 1 for block, line in lines)
