"""A PDF's pages as pixels: what lies behind each word, which letters are seen. The only importer of PDFium."""

from __future__ import annotations

import io
from collections import Counter
from ctypes import byref, c_float
from dataclasses import dataclass
from math import ceil, floor
from sys import byteorder
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageChops
from pypdfium2 import raw

from plainleaf.checks.page.geometry import Edges
from plainleaf.model.lengths import PT_PER_PX

_SCALE = 0.75  # pixels per pt
_PIXELS_PER_PX = PT_PER_PX * _SCALE  # of ours for one of CSS
_FORMAT = "RGBX"  # four bytes a pixel, as Pillow has them: not copied
_HOW = {
    "may_draw_forms": False,
    "draw_annots": False,
    "force_bitmap_format": raw.FPDFBitmap_BGRx,
    "rev_byteorder": True,
    "bitmap_maker": pdfium.PdfBitmap.new_foreign,
}
_WIDE = 1e5

_INKED = bytes(grey < 192 for grey in range(256))  # of black letters on white: what at least a quarter is covered of
_WHITE_IF_CHANGED = bytes(255 if change else 0 for change in range(256))


@dataclass(frozen=True, slots=True)
class Ground:
    """A page without its text, as rows of four bytes (red, green, blue, unused) for each pixel."""

    data: bytes
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
        seen: Counter[int] = Counter()
        for row in range(top, bottom):
            pixels = self.data[4 * (row * self.width + left) : 4 * (row * self.width + right)]
            numbers = memoryview(pixels).cast("I")
            if pixels == pixels[:4] * (right - left):
                seen[numbers[0]] += right - left
            else:
                seen.update(numbers)
        area = (right - left) * (bottom - top)
        return {f"#{number.to_bytes(4, byteorder)[:3].hex()}": count / area for number, count in seen.items()}


@dataclass(frozen=True, slots=True)
class Ink:
    """The letters of a page: rows of a byte for each pixel, 1 where there should be ink and where it is not seen.
    ``unseen`` is empty if all of it is."""

    drawn: bytes
    unseen: bytes
    width: int
    shift: tuple[float, float]

    def counts(self, edges: Edges) -> tuple[int, int]:
        """How many pixels of letters there should be within the edges, and how many of these look as without text."""
        across, down = self.shift
        left, right = (turn((edges[at] + across) * _PIXELS_PER_PX) for at, turn in ((0, floor), (2, ceil)))
        top, bottom = (turn((edges[at] + down) * _PIXELS_PER_PX) for at, turn in ((1, floor), (3, ceil)))
        left, right = max(0, left), min(self.width, right)
        if left >= right:
            return 0, 0
        rows = range(max(0, top) * self.width, min(len(self.drawn), bottom * self.width), self.width)
        drawn = sum(self.drawn.count(1, row + left, row + right) for row in rows)
        unseen = sum(self.unseen.count(1, row + left, row + right) for row in rows) if self.unseen else 0
        return drawn, unseen


class Grounds:
    """The pages of a written PDF; each is drawn when it is asked for."""

    def __init__(self, data: bytes, shift: tuple[float, float] = (0.0, 0.0)) -> None:
        self._document = pdfium.PdfDocument(data)
        self._shift = shift
        self._drawn: dict[int, tuple[Ground, Ink]] = {}

    def page(self, number: int) -> Ground:
        """The ground of the page of a number (from 1)."""
        return self._page(number)[0]

    def ink(self, number: int) -> Ink:
        """The letters of the page of a number (from 1)."""
        return self._page(number)[1]

    def _page(self, number: int) -> tuple[Ground, Ink]:
        if number not in self._drawn:
            self._drawn[number] = self._draw(number)
        return self._drawn[number]

    def _draw(self, number: int) -> tuple[Ground, Ink]:
        """A page as it is, without its text, and its text alone in black: three drawings of what is read once."""
        page = self._document[number - 1]
        whole = _bitmap(page)
        objects = [raw.FPDFPage_GetObject(page, index) for index in range(raw.FPDFPage_CountObjects(page))]
        texts = [raw.FPDFPageObj_GetType(each) == raw.FPDF_PAGEOBJ_TEXT for each in objects]
        for drawn, text in zip(objects, texts, strict=True):
            raw.FPDFPageObj_SetIsActive(drawn, not text)
        bare = _bitmap(page)
        for drawn, text in zip(objects, texts, strict=True):
            raw.FPDFPageObj_SetIsActive(drawn, text)
            if text:
                raw.FPDFPageObj_SetFillColor(drawn, 0, 0, 0, 255)
                _unclip(drawn)
        letters = _bitmap(page)
        page.close()
        ground = Ground(bytes(bare.buffer), bare.width, bare.height, self._shift)
        return ground, Ink(*_compared(_image(whole), _image(bare), _image(letters)), bare.width, self._shift)


def _bitmap(page: Any) -> Any:
    return page.render(scale=_SCALE, **_HOW)


def _image(bitmap: Any) -> Image.Image:
    """A bitmap's pixels, which are not copied."""
    size = (bitmap.width, bitmap.height)
    return Image.frombuffer(_FORMAT, size, bitmap.buffer, "raw", _FORMAT, bitmap.stride, 1)


def _unclip(drawn: Any) -> None:
    """Widen what cuts a text off, until it cuts nothing: PDFium has no way to take it away."""
    clip = raw.FPDFPageObj_GetClipPath(drawn)
    left, bottom, right, top = -_WIDE, -_WIDE, _WIDE, _WIDE
    x, y = c_float(), c_float()
    paths = raw.FPDFClipPath_CountPaths(clip)
    for path in range(paths):
        corners = []
        for number in range(raw.FPDFClipPath_CountPathSegments(clip, path)):
            segment = raw.FPDFClipPath_GetPathSegment(clip, path, number)
            raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
            corners.append((x.value, y.value))
        across, down = zip(*corners, strict=True)
        left, right = max(left, min(across)), min(right, max(across))
        bottom, top = max(bottom, min(down)), min(top, max(down))
    if paths > 0 and left < right and bottom < top:  # else nothing of it is printed anyway, which is seen
        x_middle, y_middle = (left + right) / 2, (bottom + top) / 2
        raw.FPDFPageObj_TransformClipPath(drawn, _WIDE, 0, 0, _WIDE, x_middle * (1 - _WIDE), y_middle * (1 - _WIDE))


def _compared(whole: Image.Image, bare: Image.Image, letters: Image.Image) -> tuple[bytes, bytes]:
    """Where letters should be, and where a page looks there as it does without them; nothing if it does so nowhere."""
    black = letters.getchannel(0)
    red, green, blue, _ = ImageChops.difference(whole, bare).split()
    change = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    same = ImageChops.lighter(black, change.point(_WHITE_IF_CHANGED))  # what is left of the letters where nothing is
    unseen = same.tobytes().translate(_INKED)
    return black.tobytes().translate(_INKED), unseen if 1 in unseen else b""


def png(data: bytes, number: int = 1, scale: float = 2.0) -> tuple[bytes, int, int]:
    """The page of a number (from 1) as a PNG, ``scale`` pixels for each pt; and its width and height in pixels."""
    document = pdfium.PdfDocument(data)
    try:
        drawn = document[number - 1].render(scale=scale, draw_annots=False, may_draw_forms=False).to_pil()
    finally:
        document.close()
    file = io.BytesIO()
    drawn.save(file, "PNG", compress_level=1)  # it goes to a browser on the same machine
    return file.getvalue(), drawn.width, drawn.height
