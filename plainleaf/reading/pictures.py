"""Pages of a finished PDF as small pictures: grey ones, for people who look at them beside a question; and its first
one in colour, for those who look for a leaflet."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Literal

import pypdfium2 as pdfium

MOST_BYTES = 10_000_000  # of all pictures together: a page with more could not be opened
MOST_PIXELS = 4_000_000  # of a page: a poster is drawn smaller
_PER_PT = 60 / 72  # pixels: 60 dpi
_QUICK = 2  # an octree (Pillow)


def of_pages(data: bytes, pages: Iterable[int]) -> Mapping[int, bytes]:
    """A PNG of each page (from 1) that can be drawn, as long as there is room for it."""
    found: dict[int, bytes] = {}
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return found
    try:
        for number in sorted(set(pages)):
            if 0 < number <= len(pdf) and sum(map(len, found.values())) < MOST_BYTES:
                try:
                    found[number] = _drawn(pdf[number - 1])
                except pdfium.PdfiumError:
                    continue
    finally:
        pdf.close()
    return found


def first_page(data: bytes, width: int, kind: Literal["WEBP", "PNG"] = "WEBP") -> tuple[bytes, int]:
    """The first page as a picture, so many px wide, and its height in px; ``(b"", 0)`` if it cannot be drawn. A PNG is
    for pages of few colours."""
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return b"", 0
    try:
        page = pdf[0]
        wide, high = (max(1.0, edge) for edge in page.get_size())
        picture = page.render(scale=min(width / wide, (MOST_PIXELS / (wide * high)) ** 0.5), draw_annots=False).to_pil()
        picture = picture.convert("RGB").resize((width, min(9999, max(1, round(width * high / wide)))))
    except (pdfium.PdfiumError, IndexError):
        return b"", 0
    finally:
        pdf.close()
    out = io.BytesIO()
    if kind == "PNG":
        picture.quantize(32, method=_QUICK).save(out, kind)
    else:
        picture.save(out, kind, quality=60, method=4)
    return out.getvalue(), picture.height


def _drawn(page: pdfium.PdfPage) -> bytes:
    wide, high = (max(1.0, edge) for edge in page.get_size())
    scale = min(_PER_PT, (MOST_PIXELS / (wide * high)) ** 0.5)
    picture = page.render(scale=scale, grayscale=True, draw_annots=True).to_pil()
    out = io.BytesIO()
    picture.convert("L").quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()
