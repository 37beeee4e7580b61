"""What the checks on the page measure, case by case: type by its letters, ground by its pixels, lines by words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sheets
from conftest import plainleaf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from test_hardened import with_layouts

from plainleaf import bidi, markup
from plainleaf.checks.page import contrast, scripts
from plainleaf.formats import pdf, raster
from plainleaf.model import Printed, Severity, Text

P = "<h1>Sample</h1><p data-at='sources/a.md:7'>{}</p>"


def said(made: Printed, check: str) -> str:
    return "\n".join(finding.message for finding in made.findings if finding.check == check)


# --------------------------------------------------------------------------- type


def low_font(path: Path, tall: int) -> Path:
    """A font of boxes whose small letters are ``tall`` thousandths of the em high."""
    font = FontBuilder(1000, isTTF=True)
    names = [".notdef", "space", *(f"u{point:x}" for point in range(0x21, 0x7F))]
    pen = TTGlyphPen(None)
    for step, point in enumerate([(50, 0), (50, tall), (450, tall), (450, 0)]):
        (pen.lineTo if step else pen.moveTo)(point)
    pen.closePath()
    box, empty = pen.glyph(), TTGlyphPen(None).glyph()
    font.setupGlyphOrder(names)
    font.setupCharacterMap({0x20: "space"} | {point: f"u{point:x}" for point in range(0x21, 0x7F)})
    font.setupGlyf({name: empty if name in names[:2] else box for name in names})
    font.setupHorizontalMetrics(dict.fromkeys(names, (500, 50)))
    font.setupHorizontalHeader(ascent=900, descent=-300)
    font.setupNameTable({"familyName": "Low", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=900, sTypoDescender=-300, usWinAscent=900, usWinDescent=300)
    font.setupPost()
    font.save(path)
    return path


@pytest.mark.parametrize(("tall", "small"), [(519, ""), (700, ""), (400, "9.2 pt (set in 12 pt), not 12 pt")])
def test_type_is_measured_by_the_height_of_its_letters(tmp_path: Path, tall: int, small: str) -> None:
    face = low_font(tmp_path / "low.ttf", tall)
    made = sheets.sheet(P.format("Take one tablet"), f"html {{ font-family: Low{tall}; font-size: 12pt }}")
    rule = f"@font-face {{ font-family: Low{tall}; src: url({face.as_uri()}) }}"
    made = replace(made, font_css=rule, folders=(*made.folders, str(tmp_path)), families=(f"Low{tall}",))
    assert small in said(pdf.write(made), "fit-small")
    assert bool(said(pdf.write(made), "fit-small")) == bool(small)


def test_latin_words_in_a_page_of_larger_script_keep_their_own_least_size() -> None:
    body = P.format("مرحبا بكم في العيادة") + "<p lang='en'>Sample Clinic</p>"
    rules = {"size_factor": 1.15, "script": "Arab"}
    css = "html { font-size: 13.8pt } [lang=en] { font-size: 12pt }"
    assert not said(sheets.printed(body, css, "ar", **rules), "fit-small")
    assert "Sample" in said(sheets.printed(body, css.replace("12pt", "11pt"), "ar", **rules), "fit-small")


@pytest.mark.parametrize(("text", "wide"), [("a b", 3), ("每天一片", 8), ("नमस्ते", 4), ("مَرحَبًا ", 5), ("a\u200bb", 2)])
def test_a_line_is_as_long_as_its_characters_are_wide(text: str, wide: int) -> None:
    assert scripts.length(text) == wide


# --------------------------------------------------------------------------- ground


def test_contrast_is_measured_where_the_text_lands_not_where_the_style_says() -> None:
    """A band that is moved under the text from elsewhere: no ancestor of the text has a ground."""
    body = P.format("Call us") + "<div class='band'></div>"
    band = "p { color: #333333 } .band { position: absolute; top: 0; left: 0; width: 100%; height: 60mm;"
    assert not said(sheets.printed(body, band + "background: #eeeeee; z-index: -1 }"), "fit-contrast")
    assert "on #222222" in said(sheets.printed(body, band + "background: #222222; z-index: -1 }"), "fit-contrast")


def test_room_for_bleed_and_marks_does_not_shift_what_is_measured() -> None:
    css = "@page { marks: crop cross; bleed: 9mm } p { color: #ffffff; background: #222222; width: 40mm }"
    assert not sheets.printed(P.format("Call us"), css).findings
    swapped = css.replace("#222222", "#eeeeee")
    assert "on #eeeeee" in said(sheets.printed(P.format("Call us"), swapped), "fit-contrast")


def test_a_pale_picture_behind_text_is_seen() -> None:
    half = "%3Crect x='{}' width='1' height='1' fill='%23{}'/%3E"
    picture = "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 1'%3E" + half.format(0, "fff")
    picture += half.format(1, "888") + "%3C/svg%3E"
    image = f'url("data:image/svg+xml;utf8,{picture}")'
    css = f"p {{ width: 60mm; color: #444; background: {image}; background-size: cover }}"
    made = sheets.printed(P.format("Take one tablet each morning with water"), css)
    assert "on #888888" in said(made, "fit-contrast")


def test_the_ground_of_a_page_is_drawn_without_its_text() -> None:
    made = sheets.printed(P.format("W" * 30), "p { background: #ffee33 } h1 { color: #111111 }")
    colours = raster.Grounds(made.data).page(1).colours((0, 0, 794, 1123))
    assert set(colours) >= {"#ffffff", "#ffee33"} and "#111111" not in colours
    assert sum(colours.values()) == pytest.approx(1)


@pytest.mark.parametrize(("tone", "as_grey"), [("#000000", "#000000"), ("#ff0000", "#4c4c4c"), ("#ffffff", "#ffffff")])
def test_a_grey_copy_has_the_luma_of_the_colour(tone: str, as_grey: str) -> None:
    assert contrast.grey(tone) == as_grey


def test_text_that_is_turned_is_not_measured_and_says_so() -> None:
    made = sheets.printed(P.format("Turned"), "p { transform: rotate(90deg) }")
    assert sheets.raised(made).get("fit-contrast") is Severity.UNMEASURED


# --------------------------------------------------------------------------- lines


@pytest.mark.parametrize("text", ["Take 2 puffs now", "We are open<br>every day", "in 2009 56 people", "read it all"])
def test_words_and_plain_numbers_may_break_anywhere(text: str) -> None:
    assert not said(sheets.printed(P.format(text), "p { width: 20mm }"), "fit-broken")


def test_an_arabic_dose_stays_together_on_the_page() -> None:
    """The layouts' own markup: a number that is kept in its own direction is not parted from an Arabic unit."""
    made = markup.html(bidi.isolate((Text("حقنة 380 ملغ كل شهر"),), "rtl"), "rtl")
    body = f"<h1>عينة</h1><p data-at='sources/a.md:7'>{made}</p>"
    for width in range(18, 45, 3):
        assert not said(sheets.printed(body, f"p {{ width: {width}mm; font-size: 14pt }}", "ar"), "fit-broken")


def test_a_warning_is_said_again_by_a_run_that_makes_nothing(content: Path) -> None:
    css = with_layouts(content) / "a4/layout.css"
    css.write_text("p { line-height: 1.1 }", encoding="utf-8")
    source = content / "sources/inhaler.md"
    long = "Shake it first, and then breathe out as far as you can, slowly, until no more air comes out of you. " * 4
    source.write_text(source.read_text(encoding="utf-8").replace("Shake it first.", long), encoding="utf-8")
    for made in ("1 of them made now", "0 of them made now"):
        done = plainleaf("build", "--layout", "a4", "--locale", "en", root=content)
        assert "[fit-leading]" in done.stdout + done.stderr, done.stdout + done.stderr
        assert made.split()[0] in done.stdout
