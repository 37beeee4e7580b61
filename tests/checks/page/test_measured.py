"""What the checks on the page measure, case by case: type by its letters, ground by its pixels, lines by words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from plainleaf.checks.page import contrast, scripts
from plainleaf.formats.pdf import raster
from plainleaf.formats.pdf import render as pdf
from plainleaf.languages import facts
from plainleaf.layouts import markup
from plainleaf.model import LanguageFacts, Location, Printed, Text
from plainleaf.typesetting import bidi
from tests import sheets
from tests.artifacts.test_hardened import with_layouts
from tests.conftest import plainleaf

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


@pytest.mark.parametrize(
    "number", ["020\u00a07946\u00a00171", "(02)\u202f5550\u20091234", "0491\u2011570\u2011006", "٩١١"]
)
def test_a_telephone_number_is_as_large_as_its_figures_whatever_parts_them(number: str) -> None:
    """Western figures are held to the size of Latin letters on an Arabic page, a language's own to that of its own."""
    rules = {"size_factor": 1.15, "script": "Arab"}
    body = P.format(f"<bdi dir='ltr'>{number}</bdi> مرحبا")
    sizes = [f"html {{ font-size: 13.8pt }} bdi {{ font-size: {size}pt }}" for size in (12, 11.5)]
    usual, smaller = (said(sheets.printed(body, css, "ar", **rules), "fit-small") for css in sizes)
    assert (usual != "", smaller != "") == (number == "٩١١", True)


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


@pytest.mark.parametrize("turn", ["rotate(90deg)", "scale(-1)"])
def test_text_that_is_turned_is_measured_where_it_lands(turn: str) -> None:
    css = (
        f"p {{ position: absolute; left: 60mm; top: 60mm; width: 40mm; transform: {turn} }} div {{ position: absolute;"
    )
    css += " left: 40mm; top: 30mm; width: 80mm; height: 60mm; z-index: -1; background: #222222 }"
    body = P.format("Turned") + "<div></div>"
    assert "#111111 on #222222" in said(sheets.printed(body, css), "fit-contrast")
    assert not sheets.printed(body, css + "p { color: #ffffff }").findings


@pytest.mark.parametrize("high", [0, 0.5, 0.65])
def test_lines_printed_over_one_another_are_told_of_in_headings_too(high: float) -> None:
    made = sheets.printed("<h1>Take 500 mg<br>Take 600 mg</h1>", f"h1 {{ line-height: {high} }}")
    assert "“Take 600 mg” is printed over “Take 500 mg”" in said(made, "fit-overlap")


@pytest.mark.parametrize("millimetres", [4, 8, 14])
def test_a_narrow_patch_behind_a_few_letters_is_seen_and_names_them(millimetres: int) -> None:
    body = P.format("Take one tablet with water every day, 500 mg at most please and so on") + "<div></div>"
    patch = f"div {{ position: absolute; z-index: -1; left: 100mm; top: 0; height: 80mm; width: {millimetres}mm;"
    made = sheets.printed(body, patch + "background: #111111 }")
    assert "#111111 on #111111" in said(made, "fit-contrast") and "tablet" not in said(made, "fit-contrast")


# --------------------------------------------------------------------------- hidden text


def test_all_that_is_not_seen_is_told_from_what_is_drawn_with_it_and_without() -> None:
    ink = raster.Grounds(sheets.printed(P.format("Take one tablet")).data).ink(1)
    drawn, unseen = ink.counts((0, 0, 794, 1123))
    assert drawn > 100 and not unseen


def test_a_cut_off_text_says_by_how_much_and_where_it_is_from() -> None:
    body = "<h1>Sample</h1><p data-at='sources/a.md:7' data-po='locales/es/a.po:9'>Take <b>one</b> 500</p>"
    (found,) = sheets.printed(body, "p { width: 28mm; overflow: hidden; white-space: nowrap }").findings
    assert found.message == "page 1: “500” is cut off: 2.8 mm, about 1 character"
    assert found.hint.startswith("shorten the text by about 1 character, or give it 2.8 mm more room")
    assert (found.at, found.po) == (Location("sources/a.md", 7), Location("locales/es/a.po", 9))


def test_what_is_hidden_together_is_told_of_once() -> None:
    body = "<h1>Sample</h1><section class='clinic'><h2>Your clinic</h2><p>Phone <b>555 0142</b></p></section>"
    (found,) = sheets.printed(body, ".clinic { visibility: hidden }").findings
    assert found.message == "“Your clinic Phone 555 0142” (section.clinic, 22 characters) is not on any page"


def test_opacity_is_told_with_its_element_and_rule() -> None:
    made = sheets.sheet(P.format("Take one"), "/* no\nopacity: 1 */\np, .note {\n opacity: .9 }")
    (found,) = pdf.write(replace(made, css_origins=((1, "layouts/sample/layout.css"),))).findings
    assert (found.check, found.at) == ("fit-opacity", Location("sources/a.md", 7))
    line = made.css[: made.css.index(" opacity: .9")].count("\n") + 1
    assert "“p” has opacity" in found.message
    assert f"the rule for “p, .note” (layouts/sample/layout.css:{line})" in found.hint


def test_letters_of_scripts_beyond_those_measured_are_known_by_name() -> None:
    known = {"a": "Latn", "б": "Latn", "ا": "Arab", "क": "Deva", "க": "Taml", "的": "Hani", "ไ": "Thai", "Ꭰ": "Zzzz"}
    assert {char: "".join(scripts.families(char)) for char in (*known, "1")} == {**known, "1": ""}


# --------------------------------------------------------------------------- lines


@pytest.mark.parametrize(
    "text",
    [
        "Take 2 puffs now",
        "We are open<br>every day",
        "in 2009 56 people",
        "read it all",
        '<a href="#b-x">关于安全性，目前知道什么</a>',
    ],
)
def test_words_and_plain_numbers_may_break_anywhere(text: str) -> None:
    assert not said(sheets.printed(P.format(text), "p { width: 20mm }"), "fit-broken")


def test_a_page_is_held_to_what_its_locale_says_of_the_language() -> None:
    text, css = "<p data-at='sources/a.md:7'>Take 12 lozenges.</p>", "p { width: 22mm; font-size: 14pt }"
    own = LanguageFacts((("no-break", "units", ("lozenges",)),))
    assert not said(sheets.printed(text, css), "fit-broken")
    assert "12 lozenges" in said(sheets.printed(text, css, own=own), "fit-broken")


def test_an_arabic_dose_stays_together_on_the_page() -> None:
    """The layouts' own markup: a number that is kept in its own direction is not parted from an Arabic unit."""
    made = markup.html(bidi.isolate((Text("حقنة 380 ملغ كل شهر"),), "rtl"), "rtl", language=facts.named("ar"))
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
