"""Photographs from a camera: upright, no larger than paper needs, nothing of their owner in them, always the same."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from pypdf import PdfReader

from plainleaf.formats.pdf import render
from plainleaf.graphics import photos, pictures
from tests import sheets
from tests.graphics.test_bitmaps import picture

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def photo(size: tuple[int, int] = (60, 40), turned: int = 1, kind: str = "JPEG", profile: bytes = b"") -> bytes:
    """Red at the left, blue at the right, with what cameras note."""
    made = Image.new("RGB", size, "#cc2222")
    made.paste("#2222cc", (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[ORIENTATION] = turned
    exif[MAKER] = "Sample camera"
    exif.get_ifd(GPS)[1] = "N"
    out = BytesIO()
    made.save(out, kind, exif=exif, **({"icc_profile": profile} if profile else {}))
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data)) as made:
        made.load()
        return made


def test_a_photograph_is_turned_as_its_camera_says() -> None:
    made = opened(photos.clean(photo(turned=6)))  # a quarter to the right
    assert made.size == (40, 60)
    top, bottom = made.convert("RGB").getpixel((20, 10)), made.convert("RGB").getpixel((20, 50))
    assert isinstance(top, tuple) and isinstance(bottom, tuple)
    assert top[0] > top[2] and bottom[2] > bottom[0]


def test_nothing_is_left_of_place_time_and_maker() -> None:
    for kind in ("JPEG", "PNG"):
        data = photo(kind=kind)
        assert b"Sample camera" in data
        made = photos.clean(data)
        assert b"Sample camera" not in made and b"Exif" not in made and not dict(opened(made).getexif())


def test_it_is_no_larger_than_paper_or_a_screen_needs_and_the_same_each_time() -> None:
    data = photo((4000, 3000))
    made = photos.clean(data)
    assert opened(made).size == (photos.MOST_SIDE, round(photos.MOST_SIDE * 3 / 4))
    assert opened(photos.clean(data, photos.SCREEN_SIDE)).size == (1600, 1200)
    assert photos.clean(data) == made


def test_its_colours_are_those_of_every_screen() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for with_profile in (profile, b"no profile at all"):
        made = opened(photos.clean(photo(profile=with_profile)))
        assert made.mode == "RGB" and "icc_profile" not in made.info
    out = BytesIO()
    Image.new("CMYK", (40, 40)).save(out, "JPEG")
    assert opened(photos.clean(out.getvalue())).mode == "RGB"


def test_a_drawing_in_pixels_stays_as_it_is() -> None:
    data = picture(9, 9)
    assert photos.clean(data) is data


def test_a_photograph_may_be_a_jpeg_and_must_be_whole(tmp_path: Path) -> None:
    good, cut, other = tmp_path / "a.jpg", tmp_path / "b.JPG", tmp_path / "c.heic"
    good.write_bytes(photo())
    cut.write_bytes(photo()[:400])
    other.write_bytes(b"ftypheic")
    assert pictures.fault(good, tmp_path, photos=True) == ""
    assert pictures.fault(cut, tmp_path, photos=True)
    assert pictures.fault(other, tmp_path, photos=True) == "it is not a JPEG, SVG or PNG"
    assert "neither SVG nor PNG" in pictures.fault(good, tmp_path)


@pytest.mark.parametrize("width", ["10mm", "100mm"])  # with more dots than are printed, and with fewer
def test_a_page_holds_the_photograph_upright_and_nothing_of_its_owner(tmp_path: Path, width: str) -> None:
    (tmp_path / "a.jpg").write_bytes(photo((600, 400), turned=6))
    body = f'<h1>Sample</h1><img alt="Two colours" src="{(tmp_path / "a.jpg").as_uri()}">'
    sheet = sheets.sheet(body, f"img {{ display: block; width: {width}; height: auto }}")
    made = render.write(replace(sheet, folders=(*sheet.folders, str(tmp_path))))
    (page,) = PdfReader(BytesIO(made.data)).pages
    (drawn,) = page.images
    assert drawn.image and drawn.image.width < drawn.image.height
    assert b"Sample camera" not in drawn.data and b"Exif" not in drawn.data
