"""Where the texts of a finished PDF are on its pages, and cuts of these pages as pictures with texts marked.

Lengths are points from the page's upper left corner. A marked sequence is known by its page (from 1) and its number
there, as ``tags.Piece`` has them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from ctypes import byref, c_float
from dataclasses import dataclass
from functools import cached_property
from types import TracebackType

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw
from pypdfium2 import raw

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

MOST_PIXELS = 6_000_000  # of a picture: what is larger is drawn smaller
_MARKER, _FRAME = (255, 240, 120), (150, 0, 90)  # as of a felt pen; a colour that no layout prints
_AROUND = 2.0  # pt between a text and its frame


@dataclass(frozen=True, slots=True)
class Cut:
    """A picture as PNG, of so many pixels; ``boxes``: the marked texts in it, in pixels."""

    png: bytes
    width: int
    height: int
    boxes: tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What is to be cut out of a page (from 1), and the texts in it to mark."""

    page: int
    box: Box
    marked: tuple[Box, ...]


class Pages:
    """An open PDF. Raises ``pypdfium2.PdfiumError`` for what is none."""

    def __init__(self, data: bytes) -> None:
        self._pdf = pdfium.PdfDocument(data)

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pdf.close()

    @cached_property
    def sizes(self) -> tuple[tuple[float, float], ...]:
        """Width and height of each page."""
        return tuple(self._pdf.get_page_size(number) for number in range(len(self._pdf)))

    @cached_property
    def places(self) -> Mapping[tuple[int, int], Box]:
        """Where each marked sequence is, by its page and number; what draws nothing has no place."""
        found: dict[tuple[int, int], Box] = {}
        for number, (_, height) in enumerate(self.sizes, 1):
            page = self._pdf[number - 1]
            for index in range(raw.FPDFPage_CountObjects(page)):
                drawn = raw.FPDFPage_GetObject(page, index)
                mark = raw.FPDFPageObj_GetMarkedContentID(drawn)
                if mark >= 0 and (box := _bounds(drawn, height)):
                    found[number, mark] = united([found[number, mark], box]) if (number, mark) in found else box
            page.close()
        return found

    def page(self, number: int, per_pt: float) -> Image.Image:
        """A page (from 1) as a picture of so many pixels for each pt."""
        page = self._pdf[number - 1]
        wide, high = page.get_size()
        per_pt = min(per_pt, (MOST_PIXELS / max(1.0, wide * high)) ** 0.5)
        picture: Image.Image = page.render(scale=per_pt, draw_annots=False).to_pil().convert("RGB")
        page.close()
        return picture

    def cut(self, parts: Sequence[Part], per_pt: float) -> Cut:
        """Parts of pages below each other in one picture."""
        drawn = [self._part(part, per_pt) for part in parts]
        gap = round(6 * per_pt) if len(drawn) > 1 else 0
        width = max(picture.width for picture, _ in drawn)
        height = sum(picture.height + gap for picture, _ in drawn) - gap
        whole, boxes, top = Image.new("RGB", (width, height), (96, 96, 96)), [], 0
        for picture, marked in drawn:
            whole.paste(picture, (0, top))
            boxes += [(left, up + top, right, down + top) for left, up, right, down in marked]
            top += picture.height + gap
        return Cut(_png(whole), width, height, tuple(boxes))

    def _part(self, part: Part, per_pt: float) -> tuple[Image.Image, list[tuple[int, int, int, int]]]:
        whole = self.page(part.page, per_pt)
        scale = whole.width / self.sizes[part.page - 1][0]
        for box in part.marked:
            _highlight(whole, _pixels(_wider(box, _AROUND), scale, whole.size))
        marked = united(part.marked) if part.marked else None
        edges = _pixels(part.box, scale, whole.size)
        if marked:
            frame = _pixels(_wider(marked, 2 * _AROUND), scale, whole.size)
            ImageDraw.Draw(whole).rectangle(frame, outline=_FRAME, width=max(2, round(per_pt)))
        picture = whole.crop(edges)
        boxes = [_pixels(_wider(box, _AROUND), scale, whole.size) for box in part.marked]
        return picture, [(a - edges[0], b - edges[1], c - edges[0], d - edges[1]) for a, b, c, d in boxes]


def united(boxes: Iterable[Box]) -> Box:
    """The least box around some; there is one at least."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _bounds(drawn: raw.FPDF_PAGEOBJECT, height: float) -> Box | None:
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    known = raw.FPDFPageObj_GetBounds(drawn, byref(left), byref(bottom), byref(right), byref(top))
    if not known or right.value <= left.value or top.value <= bottom.value:
        return None
    return left.value, height - top.value, right.value, height - bottom.value


def _wider(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _pixels(box: Box, scale: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """A box in pixels, within a picture of this size."""
    left, right = (max(0, min(size[0], round(edge * scale))) for edge in (box[0], box[2]))
    top, bottom = (max(0, min(size[1], round(edge * scale))) for edge in (box[1], box[3]))
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _highlight(picture: Image.Image, box: tuple[int, int, int, int]) -> None:
    """Colour what is within, so that all that is drawn there can be seen through it."""
    inner = picture.crop(box)
    picture.paste(ImageChops.multiply(inner, Image.new("RGB", inner.size, _MARKER)), box)


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
