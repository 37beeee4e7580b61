"""The limits of the checks on the page, from both sides: what is just within one passes, what is just beyond is found.

Each case prints the same sheet twice with another length, colour or number of lines.
"""

from __future__ import annotations

import pytest

from tests import sheets

P = "<h1>Sample</h1><p data-at='sources/a.md:7'>{}</p>"
WIDE = "html { font-size: 12pt } @page { margin: 5mm; size: 297mm 210mm } p { white-space: nowrap } "
LINES = "<br>".join(["three letters"] * 3)


def lines(characters: int, count: int) -> str:
    return P.format("<br>".join(["a" * characters] * count))


def found(body: str, css: str = "", tag: str = "en", **rules: object) -> set[str]:
    return set(sheets.raised(sheets.printed(body, css, tag, **rules)))


# check: css of a paragraph, with a place for the value; within; beyond
STYLED = {
    "type of 12 pt may be rounded": ("fit-small", "p {{ font-size: {}pt }}", 11.97, 11.9),
    "lines stand 1.2 of the type size apart, 1.19 rounded": ("fit-leading", "p {{ line-height: {} }}", 1.196, 1.184),
    "printers leave 5 mm white, 4.9 rounded, on the left": (
        "fit-edge", "body, p {{ margin: 0 }} @page {{ margin: 20mm 20mm 20mm {}mm }}", 4.95, 4.85,
    ),
    "and on top, above the letters": (
        "fit-edge", "body, h1 {{ margin: 0; line-height: 1 }} @page {{ margin: {}mm 20mm 20mm }}", 5.1, 3.5,
    ),
    "words end 1.5 px within what cuts them off": (
        "fit-overflow", "p {{ overflow: hidden; white-space: nowrap; width: {}px }}", 1.0, 2.0,
    ),
    "letters reach no more than 1 px into others": (
        "fit-overlap", "p {{ line-height: 20px; font-size: 20px; margin: 0 }} p br + b {{ display: none }} h1 {{"
        " font-size: 20px; line-height: 20px; margin: 0 0 {}px }}", -3, -9,
    ),
    "letters stand as close as faces set them": ("fit-overlap", "p {{ letter-spacing: {}em }}", -0.055, -0.065),
    "words stand half a space apart": ("fit-overlap", "p {{ word-spacing: {}em }}", -0.115, -0.125),
    "text has a contrast of 4.5": ("fit-contrast", "p {{ color: #{} }}", "767676", "777777"),
    "text has it on a grey copy": ("fit-grey", "p {{ background: #000000; color: #{} }}", "00c800", "00c300"),
    "frames have a contrast of 3": (
        "fit-grey", "p {{ border: 1mm solid #{} }}", "949494", "979797",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("check", "css", "within", "beyond"), STYLED.values(), ids=STYLED)
def test_a_limit_from_both_sides(check: str, css: str, within: float | str, beyond: float | str) -> None:
    width = 114.4  # px of ten figures of 20 px, each .572 em wide
    body = P.format(LINES).replace("<p", "<p data-kind='callout'" if "border" in css else "<p")
    if check == "fit-overflow":
        body = P.format("0123456789")
        css += " p {{ font-size: 20px }}"
        within, beyond = width - float(within), width - float(beyond)
    assert check not in found(body, css.format(within))
    assert check in found(body, css.format(beyond))


@pytest.mark.parametrize(
    ("body", "long"),
    [(lines(84, 3), False), (lines(85, 3), True), (lines(99, 2), False), (lines(84, 4), False), (lines(85, 4), True)],
)
def test_lines_hold_80_characters_and_a_twentieth_more(body: str, long: bool) -> None:
    assert ("fit-long-lines" in found(body, WIDE)) is long


@pytest.mark.parametrize(("least", "soft"), [(7.0, True), (4.5, False)])
def test_a_layout_may_ask_for_more_contrast_than_the_rule(least: float, soft: bool) -> None:
    """5.9:1 is enough for all, and too little where the layout asks for 7."""
    assert ("fit-contrast" in found(P.format("grey"), "p { color: #666666 }", least_contrast=least)) is soft


@pytest.mark.parametrize(("count", "few"), [(1, True), (2, True), (3, False)])
def test_a_last_page_of_two_lines_is_hardly_anything(count: int, few: bool) -> None:
    small = "@page { size: 100mm 70mm; margin: 5mm } html { font-size: 12pt; line-height: 6mm } * { margin: 0 }"
    before = "<div style='height: 60mm'>before</div>"
    text = "<p data-at='sources/a.md:9' style='orphans: 1'>" + "<br>".join(["one line"] * count) + "</p>"
    assert ("fit-empty" in found(before + text, small)) is few


def test_the_limit_of_pages_is_that_of_the_layout() -> None:
    body = "<h1>Sample</h1>" + "<p style='break-before: page'>one more page<br>of three<br>lines</p>" * 2
    assert "fit-pages" not in found(body, max_pages=3)
    assert "fit-pages" in found(body, max_pages=2)
    (finding,) = [each for each in sheets.printed(body, max_pages=1).findings if each.check == "fit-pages"]
    assert "English takes 3 pages, not 1" in finding.message


def test_a_text_without_the_letter_that_sizes_are_measured_by_is_not_small() -> None:
    """There is no alif in it, and so none in the font that was cut for it."""
    body = "<p data-at='sources/a.md:7'>لمن</p>"
    assert "fit-small" not in found(body, "p { font-size: 13.8pt }", "ar", size_factor=1.15, script="Arab")


def test_an_empty_page_is_told_with_the_last_words_before_it() -> None:
    square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    picture = f"<img alt='A pill' src='data:image/svg+xml;utf8,{square}'>"
    body = f"<h1>Sample</h1><p>the last words</p>{picture}<div style='break-before: page; height: 20mm'></div>"
    css = "img { display: block; height: 12mm; width: 12mm }"
    assert any("page 2 is empty, after “the last words”" in each.message for each in sheets.printed(body, css).findings)


def test_a_block_in_two_scripts_is_told_of_once() -> None:
    made = sheets.printed(P.format("naloxone نالوكسون"), "p { font-size: 9pt }", "ar", others=(("Arab", 1.0),))
    assert [finding.check for finding in made.findings].count("fit-small") == 1


@pytest.mark.parametrize(
    "css",
    [
        "height: 8mm",
        "max-height: 8mm",
        "position: absolute; top: 100mm; bottom: 149mm",
        "overflow: hidden; height: 8mm",
        "position: absolute; clip: rect(0, 60mm, 8mm, 0)",
    ],
)
def test_a_box_that_cannot_grow_holds_its_text(css: str) -> None:
    """Two lines of 14 pt, 1.4 apart, take 14 mm: 8 mm are one and a half."""
    body = P.format("one line<br>another line")
    assert "fit-overflow" in found(body, f"p {{ width: 60mm; margin: 0; {css} }}")
    larger = css.replace("8mm", "16mm").replace("149mm", "130mm")
    assert "fit-overflow" not in found(body, f"p {{ width: 60mm; margin: 0; {larger} }}")
