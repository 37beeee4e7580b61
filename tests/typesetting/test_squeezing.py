"""Two full-width marks that meet are set as closely as Chinese and Japanese printers set them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from plainleaf.typesetting import fonts, squeezing, subsets
from tests.typesetting.test_fonts import cache, noto, page, pixels, render

__all__ = ["cache", "noto", "render"]  # fixtures

MARKS = "口，。：；！？（）《》「」"


def _right(pdf: Path) -> int:
    """The last column with ink on it."""
    _, size, _, rows = pixels(pdf).split(b"\n", 3)
    width = int(size.split()[0])
    return max(at % width for at, pixel in enumerate(rows) if pixel < 0x80)


@pytest.mark.parametrize(("script", "lang"), [("Hans", "zh-Hans"), ("Jpan", "ja")])
def test_the_first_of_two_marks_loses_its_white_half(
    noto: None, cache: Path, tmp_path: Path, render: Any, script: str, lang: str
) -> None:
    css = subsets.face_css(subsets.cut(fonts.FAMILIES[script], MARKS, cache))
    texts = {
        "口口口口": 0,
        "口）。口": 1,
        "口。（口": 1,
        "口（「口": 1,
        "口（）口": 0,
        "口，口。口": -2,
        "口）」。口": 0,
    }
    render(*(page(text, css, tmp_path / f"{number}.pdf", lang) for number, text in enumerate(texts)))
    full = _right(tmp_path / "0.pdf")
    em = (_right(tmp_path / "5.pdf") - full) / 1  # one character more
    for number, (text, halves) in enumerate(texts.items()):
        assert _right(tmp_path / f"{number}.pdf") == pytest.approx(full - halves * em / 2, abs=em / 8), text


def test_a_font_that_knows_no_half_widths_stays_as_it_is(noto: None, cache: Path) -> None:
    cut = subsets.cut(fonts.FAMILIES["Latn"], "(a).", cache)[0]
    with TTFont(cut.path) as font:
        before = font["GPOS"].table.LookupList.LookupCount
        squeezing.squeeze(font)
        assert font["GPOS"].table.LookupList.LookupCount == before
