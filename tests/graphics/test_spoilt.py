"""Any byte of a picture may be wrong: it is refused in plain words, or it can be printed."""

from __future__ import annotations

import base64
import logging
import zlib
from functools import cache
from io import BytesIO

import pytest
import weasyprint
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from plainleaf.graphics import bitmaps, photos, pictures
from tests.graphics.test_bitmaps import parts_of

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90"><defs>
<linearGradient id="a" gradientTransform="rotate(5)"><stop stop-color="red"/><stop offset="1"/></linearGradient>
<pattern id="p" patternUnits="userSpaceOnUse" width="9" height="9"><path d="M0 0L9 9" stroke="red"/></pattern>
<marker id="m" refX="1" refY="1" viewBox="0 0 5 5" orient="auto"><path d="M0 0L5 5z"/></marker>
<clipPath id="c"><circle r="40" cx="40" cy="40"/></clipPath></defs>
<g clip-path="url(#c)" transform="translate(1 2) scale(1.1)"><rect width="50" height="50" fill="url(#a)"/></g>
<path d="M5 5C1 2 3 4 5 6A5 5 0 0 1 9 9Z" fill="url(#p)" stroke="red" stroke-dasharray="3 1" marker-mid="url(#m)"/>
<use href="#c" x="3"/><polygon points="1,2 3,4 5,9"/></svg>"""


@cache
def sample(kind: str) -> bytes:
    """A small picture with all that cameras write into it, which goes through other decoders."""
    exif = Image.Exif()
    exif[0x112], exif[0x10F] = 6, "Sample camera"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    out = BytesIO()
    Image.effect_noise((40, 30), 90).convert("RGB").save(out, kind, exif=exif, icc_profile=profile)
    return out.getvalue()


def changed(data: bytes, changes: list[tuple[int, int]]) -> bytes:
    spoilt = bytearray(data)
    for at, value in changes:
        spoilt[at % len(spoilt)] = value
    return bytes(spoilt)


CHANGES = st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), min_size=1, max_size=4)
LETTERS = st.lists(st.tuples(st.integers(0, 100_000), st.sampled_from(b'0159.-e% ,"#<xM')), min_size=1, max_size=3)


@given(CHANGES)
def test_a_jpeg(changes: list[tuple[int, int]]) -> None:
    data = changed(sample("JPEG"), changes)
    if not pictures.judged(data, ".jpg", paper=True):
        assert photos.clean(data)


@given(CHANGES)
def test_a_png_whose_checksums_are_right(changes: list[tuple[int, int]]) -> None:
    data = sample("PNG")
    for begin, end in list(parts_of(data)):
        content = changed(data[begin + 4 : end - 4], [(at, value) for at, value in changes if at % 3])
        data = data[: begin + 4] + content + zlib.crc32(content).to_bytes(4, "big") + data[end:]
        if content[4:] != sample("PNG")[begin + 8 : end - 4]:
            break
    if not pictures.judged(data, ".png", paper=True):
        assert photos.clean(bitmaps.plain(data))


@given(LETTERS)
def test_a_drawing(changes: list[tuple[int, int]]) -> None:
    assert pictures.judged(SVG, ".svg", paper=True) == ""
    data = changed(SVG, changes)
    if pictures.judged(data, ".svg", paper=True):
        return
    address = f"data:image/svg+xml;base64,{base64.b64encode(data).decode()}"
    said = list[str]()
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        page = f'<style>@page {{ size: 5cm }} img {{ width: 2cm }}</style><img src="{address}">'
        assert weasyprint.HTML(string=page).write_pdf()
    finally:
        logger.removeHandler(handler)
    assert not [message for message in said if "Failed" in message]


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_camera_s_notes_may_be_nonsense(kind: str, recwarn: pytest.WarningsRecorder) -> None:
    data = sample(kind)
    begin = data.index(b"MM\0*") + 4
    end = data.index(b"Sample camera")
    for at in range(begin, end):
        spoilt = data[:at] + b"\xff" + data[at + 1 :]
        if kind == "PNG":
            start = data.index(b"eXIf")
            size = int.from_bytes(data[start - 4 : start], "big")
            content = spoilt[start : start + 4 + size]
            spoilt = spoilt[: start + 4 + size] + zlib.crc32(content).to_bytes(4, "big") + spoilt[start + 8 + size :]
        assert pictures.judged(spoilt, f".{kind.lower()}", paper=True) == ""
        assert photos.clean(spoilt)
    assert not recwarn.list
