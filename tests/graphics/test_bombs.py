"""Small files that would take very long, or very much memory, to draw: refused before anything is drawn."""

from __future__ import annotations

import base64
import zlib
from io import BytesIO

import pytest
from PIL import Image

from plainleaf.graphics import bitmaps, drawings, jpegs, pictures, walking
from tests.graphics.test_bitmaps import chunk, header, idat, picture, png, rows
from tests.graphics.test_drawings import RECT, svg

AGAIN = "".join(
    f'<g id="a{level}">{f"""<use href="#a{level - 1}"/>""" * 10}</g>' for level in range(1, 9)
)  # ten to the power of eight
PATTERNS = "".join(
    f'<pattern id="a{level}" width="1" height="1">'
    + f'<path d="M0 0h9v9z" fill="url(#a{level - 1})"/>' * 10
    + "</pattern>"
    for level in range(1, 9)
)
STOPS = '<stop/><stop offset="1" stop-color="red"/>'
SQUARE = '<rect width="9" height="9" fill="url(#a)"/>'

BOMBS = {
    "use of use of use": (f'<defs><g id="a0">{RECT}</g>{AGAIN}</defs><use href="#a8"/>', "used many times"),
    "patterns in patterns": (f'<defs>{PATTERNS}</defs><path d="M0 0h9v9z" fill="url(#a8)"/>', "used many times"),
    "many markers": (
        f'<marker id="m">{RECT * 100}</marker><path d="M0 0{"L5 5 9 9" * 200}" marker-mid="url(#m)"/>',
        "used many times",
    ),
    "a mask for each of many": (
        f'<mask id="m">{RECT * 200}</mask>{"""<g mask="url(#m)"/>""" * 200}{RECT}',
        "used many times",
    ),
    "a clip path for each of many": (
        f'<clipPath id="m">{RECT * 200}</clipPath>{"""<path d="M0 0h9v9z" clip-path="url(#m)"/>""" * 200}',
        "used many times",
    ),
    "a pattern that children inherit": (
        f'<pattern id="p" width="1" height="1">{RECT * 200}</pattern><g fill="url(#p)">{RECT * 200}</g>',
        "used many times",
    ),
    "a pattern by a style sheet that is not simple": (
        f'<style>g rect {{ fill: url(#p) }}</style><pattern id="p" width="1" height="1">{RECT * 200}</pattern>'
        f"<g>{RECT * 200}</g>",
        "used many times",
    ),
    "links to nothing": ('<use href="#gone"/>' * 4000 + RECT, "used many times"),
    "too many parts": ("<g/>" * 20_000 + RECT, "more than 20000 parts"),
    "nested": ("<g>" * 5000 + RECT + "</g>" * 5000, "nested too deeply"),
    "nested by use": (
        f'<g id="a0">{RECT}</g>' + "".join(f'<g id="a{each}"><use href="#a{each - 1}"/></g>' for each in range(1, 200)),
        "nested too deeply",
    ),
    "use of itself": ('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', "contains itself"),
    "a pattern of itself": (f'<pattern id="a" width="1" height="1">{SQUARE}</pattern>{SQUARE}', "contains itself"),
    "a pattern that inherits itself": (
        f'<g fill="url(#a)"><pattern id="a" width="1" height="1"><path d="M0 0h9v9"/></pattern>{SQUARE}</g>',
        "contains itself",
    ),
    "a mask of itself": (
        f'<mask id="m"><g mask="url(#m)">{RECT}</g></mask><g mask="url(#m)"/>{RECT}',
        "contains itself",
    ),
    "gradients in a ring": (
        f'<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>{SQUARE}',
        "contains itself",
    ),
    "a gradient without an end": (
        f'<linearGradient id="a" spreadMethod="repeat" x2="1e-7">{STOPS}</linearGradient>{SQUARE}',
        "a repeating gradient",
    ),
    "dashes": ('<path d="M0 0H1e8" stroke="red" stroke-dasharray="1e-6"/>', "dashes"),
    "tiles": (
        f'<pattern id="a" patternUnits="userSpaceOnUse" width="1e-3" height="1e-3">{RECT}</pattern>{SQUARE}',
        "tiles of a pattern",
    ),
    "tiles made small": (
        f'<pattern id="a" width=".5" height=".5" patternTransform="scale(.0001)">{RECT}</pattern>{SQUARE}',
        "tiles of a pattern",
    ),
    "selectors times declarations": (
        f"<style>{','.join(f'.a{each}' for each in range(900))}{{{'a: b; c: d;' * 900}}}</style>"
        f"<style>{'.a{' + ';'.join(f'a{each}:b' for each in range(9000)) + '}'}"
        f"{','.join(f'.b{each}' for each in range(9000)) + '{a:b;c:d}'}</style>{RECT}",
        "style sheet is too large",
    ),
    "selectors that match anything": (
        f"<style>{'g g g g .a { fill: red }'}</style>{'<g>' * 50}{RECT * 99}{'</g>' * 50}",
        "style sheet is too large",
    ),
}


@pytest.mark.parametrize(("inside", "said"), BOMBS.values(), ids=BOMBS)
def test_a_drawing_that_would_take_very_long_is_refused(
    inside: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walking, "MOST_STEPS", 2000)
    assert said in drawings.fault(svg(inside))


LINEAR = {
    "a style sheet without a rule": f"<style>{'a' * 400_000}</style>{RECT}",
    "comments without an end": f"<style>{'/*' * 200_000}</style>{RECT}",
    "a transform with a long end": f'<g transform="{"scale(1)" * 5000}{" " * 200_000}">{RECT}</g>',
    "one path of many points": f'<path d="M0 0{"l1 1" * 9000}"/>',
}


@pytest.mark.parametrize("inside", LINEAR.values(), ids=LINEAR)
def test_long_texts_are_gone_through_once(inside: str) -> None:
    assert drawings.fault(svg(inside)) == ""


USED = {
    "a symbol": f'<defs><symbol id="s" viewBox="0 0 9 9">{RECT}</symbol></defs><use href="#s" width="9" height="9"/>',
    "a shape at another place": '<defs><circle id="c" r="5" cx="-50" cy="-50"/></defs><use href="#c" x="60" y="60"/>',
    "a hatched shape": f'<pattern id="a" patternUnits="userSpaceOnUse" width="4" height="4">{RECT}</pattern>{SQUARE}',
    "a gradient with its name in quotes": (
        f'<linearGradient id="a">{STOPS}</linearGradient><path d="M0 0h9v9" fill="url(&quot;#a&quot;)"/>'
    ),
    "stops from another gradient": (
        f'<linearGradient id="b">{STOPS}</linearGradient><linearGradient id="a" href="#b"/>{SQUARE}'
    ),
    "a dashed line": '<path d="M0 0H99" stroke="red" stroke-dasharray="4 2"/>',
    "a marker": f'<marker id="m" orient="auto">{RECT}</marker><path d="M0 0h9" stroke="red" marker-end="url(#m)"/>',
}


@pytest.mark.parametrize("inside", USED.values(), ids=USED)
def test_what_drawing_programs_write_is_taken(inside: str) -> None:
    assert drawings.fault(svg(inside)) == ""


UNSEEN = {
    "used outside": '<defs><rect id="a" width="9" height="9"/></defs><use href="#a" x="500"/>',
    "an empty symbol": '<symbol id="a"/><use href="#a"/>',
    "a mask with nothing in it": f'<mask id="m"/><g mask="url(#m)">{RECT}</g>',
    "a clip path with nothing in it": f'<clipPath id="m"/><g clip-path="url(#m)">{RECT}</g>',
    "a gradient that is clear": (
        '<linearGradient id="a"><stop stop-opacity="0"/><stop offset="1" stop-color="transparent"/></linearGradient>'
        + SQUARE
    ),
}


@pytest.mark.parametrize("inside", UNSEEN.values(), ids=UNSEEN)
def test_what_is_used_again_is_looked_at_where_it_is_used(inside: str) -> None:
    assert "nothing in it can be seen" in drawings.fault(svg(inside))


OUTSIDE = {
    "a file": '<image href="file:///etc/passwd" width="9" height="9"/>',
    "a drawing in a drawing": '<image href="data:image/svg+xml;base64,AAAA" width="9" height="9"/>',
    "an import in escapes": r"<style>@\69mport 'https://x.example/a.css';</style>",
    "a link in escapes": r"<style>.a { fill: u\72 l(https://x.example/a) }</style>",
    "a set of pictures": "<g style=\"mask: image-set('https://x.example/a.png' 1x)\"/>",
    "a style in parts": "<style>.a { fill: ur<!-- -->l(https://x.example/a) }</style>",
}


@pytest.mark.parametrize("inside", OUTSIDE.values(), ids=OUTSIDE)
def test_nothing_outside_is_asked_for(inside: str) -> None:
    assert "outside the file" in drawings.fault(svg(inside + RECT))


def test_what_moves_is_refused() -> None:
    moving = '<rect width="9" height="9"><animate attributeName="x" to="50" dur="1s"/></rect>'
    assert "is animated" in drawings.fault(svg(moving))


@pytest.mark.parametrize("box", ["0 0 1e-320 9", "0 0 1e7 1"])
def test_a_viewbox_out_of_all_proportion(box: str) -> None:
    assert "do not go together" in drawings.fault(svg(about=f'viewBox="{box}"'))


SPOILT = {
    "a viewBox inside": '<svg viewBox="0 0 9"><rect width="9" height="9"/></svg>',
    "a stop": f'<linearGradient id="a"><stop offset="x"/></linearGradient>{SQUARE}',
    "a marker's angle": f'<marker id="m" orient="around">{RECT}</marker>{RECT}',
    "a miter limit": '<rect width="9" height="9" stroke-miterlimit="e"/>',
    "a transform": f'<g transform="rotate(-)">{RECT}</g>',
    "a move that there is not": f'<g transform="jump(5)">{RECT}</g>',
}


@pytest.mark.parametrize("inside", SPOILT.values(), ids=SPOILT)
def test_figures_on_which_the_renderer_would_give_up(inside: str) -> None:
    assert drawings.fault(svg(inside + RECT))


def embedded(data: bytes, kind: str = "png") -> str:
    return f'<image width="9" height="9" href="data:image/{kind};base64,{base64.b64encode(data).decode()}"/>'


def test_pictures_in_a_drawing_are_small_together_and_of_the_kind_that_is_said() -> None:
    large = png(header(3000, 3000, 0, 1), idat(bytes(3000 * 376)))
    assert drawings.fault(svg(embedded(large))) == ""
    assert "more than 10 million pixels" in drawings.fault(svg(embedded(large) * 2))
    assert "it is a PNG" in drawings.fault(svg(embedded(picture(9, 9), "jpeg")))


# --------------------------------------------------------------------------- pixels


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


NOISE = Image.effect_noise((64, 64), 90).convert("RGB")
PHOTO = saved(NOISE, "JPEG")


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_blocks": 2}], ids=str)
@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg_passes_whole_and_is_refused_where_pixels_are_missing(
    mode: str, options: dict[str, object]
) -> None:
    noise = Image.effect_noise((64, 64), 90)
    image = noise if mode == "L" else Image.merge(mode, [noise] * len(mode))
    data = saved(image, "JPEG", **options)
    assert bitmaps.fault(data) == ""
    end = jpegs.parts(data).ends[-1]
    begin = data.rfind(b"\xff\xda")
    assert bitmaps.fault(data[: (begin + end) // 2 + 8] + b"\xff\xd9")  # an end mark makes it no more whole


def with_size(data: bytes, width: int, height: int, marker: int = 0xC0) -> bytes:
    at = data.index(b"\xff\xc0")
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return data[:at] + bytes([0xFF, marker]) + data[at + 2 : at + 5] + size + data[at + 9 :]


def test_a_jpeg_is_measured_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bitmaps, "_decoded", lambda *_: pytest.fail("it was decoded"))
    assert "at most 10000 on a side" in bitmaps.fault(with_size(PHOTO, 65_000, 65_000))
    assert "40 million in all" in bitmaps.fault(with_size(PHOTO, 9000, 9000))
    assert "progressive JPEG of more than 20 million" in bitmaps.fault(with_size(PHOTO, 5000, 5000, 0xC2))
    assert "rare kind" in bitmaps.fault(with_size(PHOTO, 64, 64, 0xC3))
    begin, end = PHOTO.rfind(b"\xff\xda"), jpegs.parts(PHOTO).ends[-1]
    scans = with_size(PHOTO[:end] + PHOTO[begin:end] * 40 + PHOTO[end:], 3000, 3000, 0xC2)
    assert "with 41 scans" in bitmaps.fault(scans)


def test_a_jpeg_of_very_many_segments_is_refused_before_it_is_decoded() -> None:
    table = PHOTO[(at := PHOTO.index(b"\xff\xdb")) : at + 2 + int.from_bytes(PHOTO[at + 2 : at + 4], "big")]
    assert "more than 5,000 segments: save it again" in bitmaps.fault(PHOTO[:at] + table * 90_000 + PHOTO[at:])
    assert not bitmaps.fault(PHOTO[:at] + table * 1_000 + PHOTO[at:])


def test_a_png_of_very_many_bytes_is_refused_before_it_is_unpacked() -> None:
    assert "save it smaller, or with 8 bits" in bitmaps.fault(png(header(6000, 6000, 6, 16), idat(b"")))


@pytest.mark.parametrize(
    "part",
    [
        chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(2_000_000))),
        chunk(b"iTXt", b"Comment\0" + b"a" * 1_000_001),
        chunk(b"iCCP", b"profile\0\0" + zlib.compress(bytes(2_000_000))),
    ],
    ids=["packed text", "text", "profile"],
)
def test_long_texts_in_a_png_are_refused(part: bytes) -> None:
    assert "longer than 1 MB" in bitmaps.fault(png(header(9, 9), idat(rows(9, 9)), before=part))


def test_a_moving_png_is_refused() -> None:
    moving = saved(NOISE, "PNG", save_all=True, append_images=[NOISE.rotate(90)])
    assert "animation" in bitmaps.fault(moving)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "TIFF", "BMP"])
def test_another_kind_is_named(kind: str) -> None:
    said = bitmaps.fault(saved(NOISE, kind), ".png")
    assert "not a PNG or JPEG" in said and kind in said.upper()


def test_a_name_that_says_another_kind() -> None:
    assert "it is a JPEG, whatever its name says" in pictures.judged(PHOTO, ".png")
    assert "rename it so that it ends in .png" in pictures.judged(picture(9, 9), ".jpeg")
    assert "drawing (SVG)" in pictures.judged(svg(), ".png")
    assert "as XML" in pictures.judged(PHOTO, ".svg")


WHITE = {
    "white": (saved(Image.new("RGB", (50, 50), "white"), "PNG"), ".png"),
    "pale": (saved(Image.new("L", (50, 50), 245), "PNG"), ".png"),
    "transparent": (saved(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"), ".png"),
    "one clear colour": (saved(Image.new("P", (50, 50), 0), "PNG", transparency=0), ".png"),
    "a white photograph": (saved(Image.new("RGB", (50, 50), "white"), "JPEG"), ".jpg"),
    "grey in 16 bits": (png(header(9, 9, 0, 16), idat((b"\0" + b"\xff" * 18) * 9)), ".png"),
    "a white drawing": (svg('<rect width="9" height="9" fill="#fff"/>'), ".svg"),
}


@pytest.mark.parametrize(("data", "kind"), WHITE.values(), ids=WHITE)
def test_a_leaflet_shows_no_picture_that_cannot_be_seen_on_its_paper(data: bytes, kind: str) -> None:
    assert "nothing in it can be seen on white paper" in pictures.judged(data, kind, paper=True)
    assert pictures.judged(data, kind) == ""  # a layout may have dark grounds


def test_a_thin_line_can_be_seen() -> None:
    line = Image.new("RGB", (900, 900), "white")
    line.putpixel((450, 899), (0, 0, 0))
    assert pictures.judged(saved(line, "PNG"), ".png", paper=True) == ""
