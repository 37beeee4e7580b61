"""A look that prints with black ink alone: no operator, gradient or picture of the PDF asks for a colour."""

from __future__ import annotations

import base64
import io
from typing import Any

import pikepdf
import pytest
import weasyprint
from PIL import Image

from plainleaf.formats.pdf import greying

RED, CLEAR = (200, 30, 10), (200, 30, 10, 0)
LUMA = 0.299 * 200 + 0.587 * 30 + 0.114 * 10
COLOURED = {"rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN"}


def data(kind: str, *args: Any) -> str:
    out = io.BytesIO()
    Image.new(*args).save(out, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(out.getvalue()).decode()}"


def made(body: str) -> pikepdf.Pdf:
    html = f"<style>@page {{ size: 200px; margin: 0 }}</style>{body}"
    written = weasyprint.HTML(string=html).write_pdf(finisher=lambda _, pdf: greying.to_grey(pdf))
    return pikepdf.open(io.BytesIO(written))


def operators(pdf: pikepdf.Pdf) -> list[tuple[str, list[Any]]]:
    """Those of pages and of the drawings in them."""
    streams = [pdf.pages[0].obj]
    streams += [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/BBox") is not None]
    return [(str(name), list(args)) for each in streams for args, name in pikepdf.parse_content_stream(each)]


def test_text_and_frames_are_as_dark_as_on_a_grey_copy() -> None:
    pdf = made(f'<p style="color: rgb{RED}; border: 2px solid rgb{RED}">Stop</p>')
    found = operators(pdf)
    assert not COLOURED & {name for name, _ in found}
    greys = [float(args[0]) for name, args in found if name == "g"]
    assert any(value == pytest.approx(LUMA / 255, abs=1e-3) for value in greys)


@pytest.mark.parametrize(
    ("colour", "value"),
    [("device-cmyk(0 0 0 .25)", 0.75), ("device-cmyk(1 1 1 0)", 0), ("lab(100 0 0)", 1), ("oklch(0 .2 30)", 0)],
)
def test_colours_of_other_spaces_are_grey_too(colour: str, value: float) -> None:
    found = operators(made(f'<p style="color: {colour}">Stop</p>'))
    assert not COLOURED & {name for name, _ in found}
    assert float(next(args for name, args in reversed(found) if name == "g")[0]) == pytest.approx(value, abs=5e-3)


def test_a_drawing_and_its_gradient_are_grey() -> None:
    drawing = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='50' height='50'><defs><linearGradient id='a'>"
        "<stop offset='0' stop-color='red'/><stop offset='.5' stop-color='lime'/><stop offset='1' stop-color='blue'/>"
        "</linearGradient></defs><rect width='50' height='25' fill='url(#a)'/><rect width='9' height='9' fill='red'/>"
        "</svg>"
    )
    pdf = made(drawing)
    shadings = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/ShadingType" in each]
    assert shadings and all(each.ColorSpace == "/DeviceGray" for each in shadings)
    parts = [part for each in shadings for part in each.Function.get("/Functions", [each.Function])]
    ends = [round(float(end), 3) for part in parts for end in (*part.C0, *part.C1)]
    assert ends == [0.299, 0.587, 0.587, 0.114]
    assert not {"rg", "RG"} & {name for name, _ in operators(pdf)}


@pytest.mark.parametrize(
    ("kind", "mode", "colour"), [("PNG", "RGB", RED), ("JPEG", "RGB", RED), ("PNG", "RGBA", CLEAR)]
)
def test_pictures_are_grey_and_what_is_clear_stays_clear(kind: str, mode: str, colour: tuple[int, ...]) -> None:
    pdf = made(f'<img alt="" src="{data(kind, mode, (40, 30), colour)}">')
    picture = next(
        each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        and ("/SMask" in each) == (mode == "RGBA")
    )  # fmt: skip
    shown = pikepdf.PdfImage(picture).as_pil_image()
    assert (picture.ColorSpace, shown.size) == ("/DeviceGray", (40, 30))
    assert shown.convert("L").getpixel((20, 15)) == pytest.approx(LUMA, abs=2)
    if mode == "RGBA":
        assert set(pikepdf.PdfImage(picture.SMask).as_pil_image().tobytes()) == {0}
