"""Pictures of first pages: small, kept beside their PDFs, and drawn again only when these have changed."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from plainleaf.reading import pictures as drawing
from plainleaf.site import pictures
from plainleaf.site.offers import Offer
from tests.site.test_site import offer


def pdf(wide: float, high: float) -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(wide, high)
    writer.write(out)
    return out.getvalue()


def added(output: Path, one: Offer, digests: Mapping[str, str]) -> Offer:
    (made,) = pictures.added([one], output, lambda path: digests.get(path, ""))
    return made


def test_a_picture_is_drawn_once_for_each_pdf_and_goes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = offer("a", "es")
    first = bare.files[0].path
    (tmp_path / "a").mkdir()
    (tmp_path / first).write_bytes(pdf(300, 400))
    made = added(tmp_path, bare, {first: "1" * 64}).picture
    assert made and (made.width, made.height) == (320, 427)
    with Image.open(tmp_path / made.path) as found:
        assert (found.format, found.size) == ("WEBP", (320, 427))
    assert (tmp_path / made.path).stat().st_size < 20_000

    really = drawing.first_page
    monkeypatch.setattr(drawing, "first_page", lambda *_: pytest.fail("it is drawn again"))
    assert added(tmp_path, bare, {first: "1" * 64}).picture == made
    monkeypatch.setattr(drawing, "first_page", really)
    (tmp_path / first).write_bytes(pdf(400, 300))
    other = added(tmp_path, bare, {first: "2" * 64}).picture
    assert (
        other
        and other.height == 240
        and [path.name for path in (tmp_path / "a").glob("*.webp")] == [other.path.removeprefix("a/")]
    )


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 no more", pdf(1, 14_000)])
def test_a_pdf_that_cannot_be_drawn_has_no_picture_or_a_small_one(tmp_path: Path, data: bytes) -> None:
    bare = offer("a", "es")
    (tmp_path / "a").mkdir()
    (tmp_path / bare.files[0].path).write_bytes(data)
    made = added(tmp_path, bare, {bare.files[0].path: "1" * 64}).picture
    assert made is None or made.height == 9999
    assert added(tmp_path, offer("a", "es", fresh=False), {bare.files[0].path: "1" * 64}).picture is None
