"""What a worker keeps from sheet to sheet has a bound."""

from __future__ import annotations

import gc
import weakref
from typing import Any
from urllib.parse import quote

import pytest
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from plainleaf.formats.pdf import engine, kept
from tests import sheets


@pytest.fixture
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_STYLES", 3)
    kept.stylesheet.cache_clear()


def styled(count: int) -> None:
    for number in range(count):
        kept.stylesheet(f"p {{ margin: {number}px }}", (), "file:///")


@pytest.mark.usefixtures("_few")
@pytest.mark.parametrize(("count", "left"), [(2, 2), (3, 0)])
def test_style_sheets_and_fonts_are_begun_anew_when_there_are_many(count: int, left: int) -> None:
    fonts, _ = kept.shared()
    styled(count)
    with engine.tuned():
        kept.make_room()
    assert kept.stylesheet.cache_info().currsize == left
    assert (kept.shared()[0] is fonts) is bool(left)


@pytest.mark.usefixtures("_few")
def test_nothing_is_taken_from_a_sheet_that_is_being_made() -> None:
    styled(3)
    with engine.tuned(), engine.tuned():
        kept.make_room()
    assert kept.stylesheet.cache_info().currsize == 3


@pytest.mark.parametrize(("count", "left"), [(2, 2), (3, 0)])
@pytest.mark.parametrize("read", [True, False], ids=["pictures that were read", "drawings"])
def test_drawings_are_begun_anew_when_there_are_many_and_fonts_stay(
    monkeypatch: pytest.MonkeyPatch, count: int, left: int, read: bool
) -> None:
    monkeypatch.setattr(kept, "MOST_DRAWINGS", 3)
    fonts, _ = kept.shared()
    images: dict[str, object] = {}
    monkeypatch.setattr(kept, "drawings", {})
    monkeypatch.setattr(kept, "shared", lambda: (fonts, images))
    for number in range(count):
        (kept.drawings if read else images)[f"file:///{number}.svg"] = "digest"
    with engine.tuned():
        kept.make_room()
    assert len(kept.drawings if read else images) == left


def test_a_kept_drawing_holds_no_document_and_is_drawn_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts, images = FontConfiguration(), dict[str, Any]()
    monkeypatch.setattr(kept, "shared", lambda: (fonts, images))
    drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text y='8'>8 mg</text></svg>"
    page = weasyprint.HTML(string=f'<p>Text<img alt="8 mg" src="data:image/svg+xml,{quote(drawing)}">')

    def made() -> tuple[bytes, weakref.ref[Any]]:
        document = page.render(font_config=fonts, cache=images)
        data = document.write_pdf(pdf_identifier=b"1")
        kept.forget_pictures()
        return data, weakref.ref(document.pages[0]._page_box)

    (before, box), (after, _) = made(), made()
    gc.collect()
    assert images and box() is None
    assert before == after and len(before) > 1000


@pytest.mark.parametrize("tag", ["ur", "zh_Hant"])
def test_an_emoji_is_not_taken_from_a_font_of_an_earlier_sheet(tag: str) -> None:
    for other in ("en", "ar", "ur", "zh_Hans"):
        assert "font-fallback" not in sheets.raised(sheets.printed(f"<h1>Sample {other} 👂 é</h1>", tag=other))
    assert "font-fallback" not in sheets.raised(sheets.printed("<h1>Sample 👂</h1>", tag=tag))
