"""A PDF's pages as pixels, without their text: what lies behind each word. The only importer of PDFium."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from plainleaf.checks.page.boxes import Edges

_SCALE = 0.75  # pixels per pt
_PIXELS_PER_PX = 0.75 * _SCALE  # of ours for one of CSS


@dataclass(frozen=True, slots=True)
class Ground:
    """A page without its text, as rows of three bytes (blue, green, red) for each pixel."""

    data: bytes
    stride: int
    width: int
    height: int
    shift: tuple[float, float]  # px of CSS from the sheet's corner to the page's (room for bleed and marks)

    def colours(self, edges: Edges) -> dict[str, float]:
        """The colours within the edges (px of CSS from the page's corner), each with its share of the area."""
        across, down = self.shift
        left = max(0, min(self.width - 1, round((edges[0] + across) * _PIXELS_PER_PX)))
        top = max(0, min(self.height - 1, round((edges[1] + down) * _PIXELS_PER_PX)))
        right = max(left + 1, min(self.width, round((edges[2] + across) * _PIXELS_PER_PX)))
        bottom = max(top + 1, min(self.height, round((edges[3] + down) * _PIXELS_PER_PX)))
        seen: Counter[bytes] = Counter()
        for row in range(top, bottom):
            pixels = self.data[row * self.stride + 3 * left : row * self.stride + 3 * right]
            if pixels == pixels[:3] * (right - left):
                seen[pixels[:3]] += right - left
            else:
                seen.update(pixels[at : at + 3] for at in range(0, len(pixels), 3))
        area = (right - left) * (bottom - top)
        return {f"#{pixel[2]:02x}{pixel[1]:02x}{pixel[0]:02x}": count / area for pixel, count in seen.items()}


class Grounds:
    """The pages of a written PDF; each is drawn when it is asked for."""

    def __init__(self, data: bytes, shift: tuple[float, float] = (0.0, 0.0)) -> None:
        self._document = pdfium.PdfDocument(data)
        self._shift = shift
        self._drawn: dict[int, Ground] = {}

    def page(self, number: int) -> Ground:
        """The page of a number (from 1), without its text."""
        if number not in self._drawn:
            self._drawn[number] = self._draw(number)
        return self._drawn[number]

    def _draw(self, number: int) -> Ground:
        page = self._document[number - 1]
        for index in reversed(range(raw.FPDFPage_CountObjects(page))):
            drawn = raw.FPDFPage_GetObject(page, index)
            if raw.FPDFPageObj_GetType(drawn) == raw.FPDF_PAGEOBJ_TEXT:
                raw.FPDFPage_RemoveObject(page, drawn)
                raw.FPDFPageObj_Destroy(drawn)
        how = {"may_draw_forms": False, "draw_annots": False, "force_bitmap_format": raw.FPDFBitmap_BGR}
        bitmap = page.render(scale=_SCALE, **how)
        ground = Ground(bytes(bitmap.buffer), bitmap.stride, bitmap.width, bitmap.height, self._shift)
        bitmap.close()
        page.close()
        return ground
