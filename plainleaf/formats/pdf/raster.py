"""A PDF's pages as pixels: what lies behind each word, which letters are seen. The only importer of PDFium."""

from __future__ import annotations

from collections import Counter
from ctypes import byref, c_float
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from plainleaf.checks.page.geometry import Edges
from plainleaf.model.lengths import PT_PER_PX

_SCALE = 0.75  # pixels per pt
_PIXELS_PER_PX = PT_PER_PX * _SCALE  # of ours for one of CSS
_HOW = {"may_draw_forms": False, "draw_annots": False, "force_bitmap_format": raw.FPDFBitmap_BGR}
_WIDE = 1e5
_INKED = bytes(grey < 192 for grey in range(256))  # of black letters on white: what at least a quarter is covered of
_SAME = bytes(change == 0 for change in range(256))


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


@dataclass(frozen=True, slots=True)
class Ink:
    """The letters of a page: rows of a byte for each pixel, 1 where there should be ink and where it is not seen."""

    drawn: tuple[bytes, ...]
    unseen: tuple[bytes, ...]
    shift: tuple[float, float]

    def counts(self, edges: Edges) -> tuple[int, int]:
        """How many pixels of letters there should be within the edges, and how many of these look as without text."""
        across, down = self.shift
        left, right = (max(0, turn((edges[at] + across) * _PIXELS_PER_PX)) for at, turn in ((0, floor), (2, ceil)))
        top, bottom = (max(0, turn((edges[at] + down) * _PIXELS_PER_PX)) for at, turn in ((1, floor), (3, ceil)))
        rows = slice(top, bottom)
        drawn = sum(row.count(1, left, right) for row in self.drawn[rows])
        return drawn, sum(row.count(1, left, right) for row in self.unseen[rows])


class Grounds:
    """The pages of a written PDF; each is drawn when it is asked for."""

    def __init__(self, data: bytes, shift: tuple[float, float] = (0.0, 0.0)) -> None:
        self._document = pdfium.PdfDocument(data)
        self._shift = shift
        self._drawn: dict[int, tuple[Ground, Ink]] = {}

    def page(self, number: int) -> Ground:
        """The page of a number (from 1), without its text."""
        return self._page(number)[0]

    def ink(self, number: int) -> Ink:
        """The letters of the page of a number (from 1)."""
        return self._page(number)[1]

    def _page(self, number: int) -> tuple[Ground, Ink]:
        if number not in self._drawn:
            self._drawn[number] = self._draw(number)
        return self._drawn[number]

    def _draw(self, number: int) -> tuple[Ground, Ink]:
        """Three drawings of a page: as it is, without its text, and its text alone in black."""
        page = self._document[number - 1]
        whole = page.render(scale=_SCALE, **_HOW)
        _without(page, text=True)
        bare = page.render(scale=_SCALE, **_HOW)
        page.close()
        page = self._document[number - 1]
        _without(page, text=False)
        letters = page.render(scale=_SCALE, **_HOW)
        page.close()
        ground = Ground(bytes(bare.buffer), bare.stride, bare.width, bare.height, self._shift)
        drawn, unseen = _compared(bytes(whole.buffer), ground, bytes(letters.buffer))
        for bitmap in (whole, bare, letters):
            bitmap.close()
        return ground, Ink(drawn, unseen, self._shift)


def _without(page: Any, text: bool) -> None:
    """Take the text from a page, or all but the text, which is then black and cut off by nothing."""
    for index in reversed(range(raw.FPDFPage_CountObjects(page))):
        drawn = raw.FPDFPage_GetObject(page, index)
        if (raw.FPDFPageObj_GetType(drawn) == raw.FPDF_PAGEOBJ_TEXT) is text:
            raw.FPDFPage_RemoveObject(page, drawn)
            raw.FPDFPageObj_Destroy(drawn)
        elif not text:
            raw.FPDFPageObj_SetFillColor(drawn, 0, 0, 0, 255)
            _unclip(drawn)


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


def _compared(whole: bytes, bare: Ground, letters: bytes) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """Row by row, where letters should be and where a page looks there as it does without them."""
    drawn, unseen = [], []
    blank = bytes(bare.width)
    for row in range(bare.height):
        span = slice(row * bare.stride, row * bare.stride + 3 * bare.width)
        ink = letters[span][::3].translate(_INKED)
        drawn.append(ink)
        if ink == blank:
            unseen.append(blank)
            continue
        change = (_number(whole[span]) ^ _number(bare.data[span])).to_bytes(3 * bare.width, "little")
        changed = _number(change[0::3]) | _number(change[1::3]) | _number(change[2::3])
        same = changed.to_bytes(bare.width, "little").translate(_SAME)
        unseen.append((_number(ink) & _number(same)).to_bytes(bare.width, "little"))
    return tuple(drawn), tuple(unseen)


def _number(row: bytes) -> int:
    return int.from_bytes(row, "little")
