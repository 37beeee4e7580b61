"""Drawings (SVG): figures that are none are told, and drawings in which nothing can be seen."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainleaf.graphics import drawings
from tests.conftest import ROOT
from tests.graphics.test_bitmaps import picture

RECT = '<rect x="8" y="8" width="80" height="80"/>'


def svg(inside: str = RECT, about: str = 'viewBox="0 0 120 90"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {about}>{inside}</svg>'.encode()


RIGHT_SIZES = [
    'viewBox="0 0 120 90"',
    'viewBox="-60,-45,120,90"',
    'viewBox=" 0 0 1.2e2 90.5 " width="100%"',
    'viewBox="0 0 120 90" width="auto" height="25mm"',
    'viewBox="0 0 12192000 6858000" width="12in"',
    'width="120" height="90px"',
    'width="12cm" height=".5in"',
]


@pytest.mark.parametrize("about", RIGHT_SIZES)
def test_sizes_that_are_right(about: str) -> None:
    assert drawings.fault(svg(about=about)) == ""


WRONG = ["nan", "NaN", "inf", "-inf", "1e999", "1e30", "", " ", "x", "1 2", "0x10", "1,2", "12 px y", "١٢", "--5", "1e"]


@pytest.mark.parametrize("figure", [*WRONG, "0", "-5", "0.0"])
@pytest.mark.parametrize("at", ["width", "height", "viewBox-width", "viewBox-height"])
def test_a_size_that_is_none(figure: str, at: str) -> None:
    about = {
        "width": f'viewBox="0 0 120 90" width="{figure}" height="9"',
        "height": f'width="120" height="{figure}"',
        "viewBox-width": f'viewBox="0 0 {figure} 90"',
        "viewBox-height": f'viewBox="0 0 120 {figure}" width="120" height="90"',
    }[at]
    assert at.partition("-")[0] in drawings.fault(svg(about=about))


@pytest.mark.parametrize("box", ["", "0 0 120", "0 0 120 90 1", "a b c d", "0 0 0 0", "nan nan nan nan", "0 0 inf 9"])
def test_a_viewbox_of_other_than_four_figures(box: str) -> None:
    assert "four numbers" in drawings.fault(svg(about=f'viewBox="{box}" width="120" height="90"'))


@pytest.mark.parametrize("figure", WRONG)
@pytest.mark.parametrize("key", ["x", "width", "stroke-width", "opacity"])
def test_a_figure_of_a_shape_that_is_none(key: str, figure: str) -> None:
    others = " ".join(f'{name}="9"' for name in ("x", "y", "width", "height") if name != key)
    assert f"<rect {key}" in drawings.fault(svg(f'{RECT}<rect {others} {key}="{figure}"/>'))


PATHS = {
    "nan": '<path d="M0 0L nan 5"/>',
    "no beginning": '<path d="L5 5 9 9"/>',
    "odd": '<path d="M0 0L5 5 9"/>',
    "letters": '<path d="M0 0 hello"/>',
    "huge": '<path d="M0 0L1e300 5"/>',
    "arc": '<path d="M0 0a5 5 0 2 1 9 9"/>',
    "points": '<polygon points="0,0 9,x 9,9"/>',
    "radius": '<circle cx="9" cy="9" r="-4"/>',
    "moved": '<g transform="translate(NaN, 4)"><rect width="9" height="9"/></g>',
    "group": '<g stroke-width="nan"><rect width="9" height="9"/></g>',
}


@pytest.mark.parametrize("inside", PATHS.values(), ids=PATHS)
def test_a_spoilt_shape(inside: str) -> None:
    assert drawings.fault(svg(RECT + inside))


UNSEEN = {
    "nothing": "",
    "a title only": "<title>A square</title>",
    "an empty group": "<g><g/></g>",
    "definitions only": f"<defs>{RECT}</defs>",
    "a symbol that is not used": f'<symbol id="a">{RECT}</symbol>',
    "no width": '<rect x="8" y="8" width="0" height="80"/>',
    "no radius": '<circle cx="9" cy="9"/>',
    "an empty path": '<path d=""/>',
    "a point": '<path d="M8 8"/>',
    "no points": '<polygon points=""/>',
    "a line without a stroke": '<line x2="9" y2="9"/>',
    "a flat shape without a stroke": '<path d="M0 9h50"/>',
    "no paint": f'<g fill="none">{RECT}</g>',
    "no paint by style": '<rect width="9" height="9" style="fill: none; stroke: none"/>',
    "no paint by a sheet": '<style>.a { fill: none }</style><rect class="a" width="9" height="9"/>',
    "transparent": '<rect width="9" height="9" fill="transparent"/>',
    "without alpha": '<rect width="9" height="9" fill="rgba(0, 0, 0, 0)"/>',
    "without alpha, short": '<rect width="9" height="9" fill="#11223300"/>',
    "no stroke width": '<line x2="9" y2="9" stroke="red" stroke-width="0"/>',
    "opacity": f'<g opacity="0">{RECT}</g>',
    "fill opacity": f'<g fill-opacity="0%">{RECT}</g>',
    "hidden": f'<g visibility="hidden">{RECT}</g>',
    "not displayed": f'<g display="none">{RECT}</g>',
    "outside": '<rect x="130" y="8" width="80" height="80"/>',
    "above": '<circle cx="60" cy="-60" r="40"/>',
    "moved away": f'<g transform="translate(500)">{RECT}</g>',
    "a path outside": '<path d="M200 10l30 30h9v-5z"/>',
    "a link to nothing": '<use href="#gone"/>',
}


@pytest.mark.parametrize("inside", UNSEEN.values(), ids=UNSEEN)
def test_a_drawing_that_shows_nothing(inside: str) -> None:
    assert "nothing in it can be seen" in drawings.fault(svg(inside))
    assert drawings.fault(svg(inside + RECT)) == ""


SEEN = {
    "visible again": f'<g visibility="hidden"><rect width="9" height="9" visibility="visible"/>{RECT}</g>',
    "painted again": f'<g fill="none"><g fill="red">{RECT}</g></g>',
    "clear no more": f'<g fill-opacity="0"><g fill-opacity="1">{RECT}</g></g>',
    "a line": '<line x2="9" y2="9" stroke="#123"/>',
    "a flat line": '<path d="M0 9h50" stroke="#123"/>',
    "partly outside": '<rect x="-70" y="8" width="80" height="80"/>',
    "a stroke at the edge": '<line x1="122" y1="0" x2="122" y2="90" stroke="red" stroke-width="8"/>',
    "moved in": '<g transform="translate(-200 0) scale(1)"><rect x="210" y="8" width="80" height="80"/></g>',
    "turned in": '<rect x="20" y="-60" width="30" height="30" transform="rotate(90)"/>',
    "moved in ways that are not known": '<rect x="900" width="9" height="9" transform="skewX(30)"/>',
    "used": f'<defs><g id="a">{RECT}</g></defs><use href="#a"/>',
    "a sheet with conditions": f'<style>g > rect {{ fill: red }}</style><g fill="none">{RECT}</g>',
    "a gradient": f'<g fill="url(#a)">{RECT}</g>',
    "an arc with flags together": '<path d="M10 50a40 40 0 0150 0z"/>',
    "an arc": '<path d="M-100 45A80 80 0 1 1 220 46" stroke="red" fill="none"/>',
    "figures together": '<path d="M10-5.5.5.5l5e1,3-9-.5z"/>',
    "per cent": '<rect width="100%" height="100%"/>',
    "an inner drawing": '<svg x="5" y="5" viewBox="500 500 9 9"><rect x="500" y="500" width="9" height="9"/></svg>',
}


@pytest.mark.parametrize("inside", SEEN.values(), ids=SEEN)
def test_what_may_be_seen_passes(inside: str) -> None:
    assert drawings.fault(svg(inside)) == ""


def test_outside_a_wide_place_is_told_by_what_is_shown_beside_the_viewbox() -> None:
    beside = '<rect x="130" y="8" width="20" height="20"/>'
    assert drawings.fault(svg(beside, 'viewBox="0 0 120 90" width="300" height="90"')) == ""
    assert drawings.fault(svg(beside, 'viewBox="0 0 120 90" width="300" height="90" preserveAspectRatio="none"'))


def test_a_picture_within_is_whole_too() -> None:
    def image(data: bytes) -> bytes:
        return svg(f'<image width="9" height="9" href="data:image/png;base64,{base64.b64encode(data).decode()}"/>')

    whole = picture(20, 20)
    assert drawings.fault(image(whole)) == ""
    assert "a picture in it cannot be printed: it is cut off" in drawings.fault(image(whole[:-30]))
    assert "base64" in drawings.fault(svg('<image href="data:image/png;base64,!!!"/>'))


@pytest.mark.parametrize("path", sorted(ROOT.glob("layouts/base/**/*.svg")), ids=lambda path: path.stem)
def test_icons_of_the_layouts_pass(path: Path) -> None:
    assert drawings.fault(path.read_bytes()) == ""


@given(st.text("MLHVCSQTAZmlhvcsqtaz0123456789.,+-eE nai", max_size=60))
def test_no_path_brings_it_down(path: str) -> None:
    assert isinstance(drawings.fault(svg(f'<path d="{path}"/>')), str)


def test_long_figures_take_no_time() -> None:
    assert "path" in drawings.fault(svg(f'<path d="M{"1" * 100_000}x"/>'))
    assert "nested" in drawings.fault(svg("<g>" * 5_000 + "</g>" * 5_000))
