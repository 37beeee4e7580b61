"""Flexible boxes are as high as WeasyPrint makes them, though each is laid out once less."""

from __future__ import annotations

from typing import Any

import pytest
import weasyprint
from weasyprint.layout import block
from weasyprint.text.fonts import FontConfiguration

from plainleaf.formats.pdf import engine
from tests.untuned import untuned

CSS = "@page { size: 90mm 60mm; margin: 5mm } html { font-size: 10pt } .row { display: flex } p { margin: 0 }"
LONG = "Take one tablet every morning with a full glass of water, and one in the evening."
PICTURE = (
    "<img alt='A pill' src='data:image/svg+xml;utf8,<svg xmlns=%22http://www.w3.org/2000/svg%22"
    " viewBox=%220 0 9 9%22><path d=%22M0 0h9v9z%22/></svg>'>"
)
ROW = f"<div class=row><div class=name><p>Phone</div><div class=value><p>{LONG}<p>{LONG} <b>Always</b></div></div>"

USUAL = {
    "text": ("", ROW),
    "items that grow": (".value { flex: 1 1 0; padding: 2px 1mm }", ROW),
    "several rows over a page end": ("p { orphans: 1; widows: 1 }", ROW * 4),
    "rows in rows": (".value .row { gap: 2mm }", ROW.replace("<b>", f"{ROW}<b>")),
}
OTHERWISE = {
    "a picture": (".name { width: 20mm } img { width: 60% }", ROW.replace("Phone", PICTURE)),
    "a low item": (".value { max-height: 4mm }", ROW),
    "an item of one height": (".value { height: 4mm }", ROW),
    "a low row": (".row { height: 4mm }", ROW),
    "a row that may not be higher": (".row { max-height: 4mm }", ROW),
    "a share of the width": (".value p { padding-top: 10% }", ROW),
    "a column": (".row { flex-direction: column }", ROW),
    "a table": (".value { display: table }", ROW),
    "a float": (".value b { float: left; height: 20mm }", ROW),
}


def laid_out(rules: str, source: str, monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, int]:
    """The PDF, and how often a box was laid out for it."""
    count = 0
    usual = block.block_container_layout

    def counted(*arguments: Any, **named: Any) -> Any:
        nonlocal count
        count += 1
        return usual(*arguments, **named)

    fonts = FontConfiguration()
    with monkeypatch.context() as patched:
        patched.setattr(block, "block_container_layout", counted)
        document = weasyprint.HTML(string=f"<html lang=en><title>Sample</title>{source}").render(
            stylesheets=[weasyprint.CSS(string=CSS + rules, font_config=fonts)], font_config=fonts
        )
    data: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return data, count


@pytest.mark.parametrize("case", [*USUAL, *OTHERWISE])
def test_pages_with_rows_have_the_same_bytes(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with untuned(monkeypatch):
        usual, often = laid_out(*(USUAL | OTHERWISE)[case], monkeypatch)
    with engine.tuned():
        quick, less = laid_out(*(USUAL | OTHERWISE)[case], monkeypatch)
    assert quick == usual
    assert less < often if case in USUAL else less <= often
