"""Heads and feet of pages are laid out once for all pages on which they are the same."""

from __future__ import annotations

from typing import Any

import pytest
import weasyprint
from weasyprint.layout import page
from weasyprint.text.fonts import FontConfiguration

from plainleaf.formats.pdf import engine
from tests.untuned import untuned

CSS = (
    "@page { size: 60mm 40mm; margin: 9mm 4mm; @top-center { content: element(head); width: 100% }"
    " @bottom-center { content: element(foot); width: 100% } } html { font-size: 8pt }"
    ".head { position: running(head); color: green } .foot { position: running(foot) }"
)
PAGE = (
    "<div class=head>Sample <b>leaflet</b></div><div class=foot>Page <span></span></div>"
    + "<p>One, two, three.</p>" * 20
)
SAME = ("", "@page { @top-center { background: yellow; border-bottom: 1px solid; vertical-align: middle } }",
        ".head { text-align: right; padding: 1mm; background: #eee }")  # fmt: skip
OTHER = (
    ".head::after { content: counter(page) }",
    "@page { @top-left { content: 'Left' } }",
    ".head b { position: absolute; right: 0 }",
    "@page :left { @top-center { color: red; font-size: 6pt } }",
    "@page :nth(2) { @top-center { content: none } } @page :nth(3) { margin-top: 12mm }",
    "@page { @left-middle { content: 'Side' } @top-right-corner { content: 'Corner' } }",
    "p:nth-of-type(9) { position: running(head) }",
)


def made(rules: str, monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, int, int]:
    """The PDF, its pages, and how many heads and feet were laid out."""
    count = 0
    usual = page.margin_box_content_layout

    def counted(*arguments: Any) -> Any:
        nonlocal count
        count += 1
        return usual(*arguments)

    fonts = FontConfiguration()
    with monkeypatch.context() as patched:
        patched.setattr(page, "margin_box_content_layout", counted)
        document = weasyprint.HTML(string=f"<html lang=en><title>Sample</title>{PAGE}").render(
            stylesheets=[weasyprint.CSS(string=CSS + ".foot span::after { content: counter(page) }" + rules)],
            font_config=fonts,
        )
    data: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return data, len(document.pages), count


@pytest.mark.parametrize("rules", [*SAME, *OTHER])
def test_pages_have_the_same_bytes(rules: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with untuned(monkeypatch):
        usual, pages, often = made(rules, monkeypatch)
    with engine.tuned():
        quick, _, less = made(rules, monkeypatch)
    assert pages > 3
    assert quick == usual
    if rules in SAME:
        assert (often, less) == (2 * pages, pages + 1)  # a foot with the page's number is another one on each
