"""The shortcuts through WeasyPrint give what WeasyPrint gives, and ask again whenever another answer is possible."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from typing import Any

import pydyf
import pytest
import tinycss2
import weasyprint
from tinyhtml5 import inputstream
from weasyprint import css
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INITIAL_VALUES, Dimension
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import inline
from weasyprint.text.fonts import FontConfiguration

from plainleaf.formats.pdf import engine, lineends, textlines

# A property in each way that it can get its value: by a rule, a variable, a formula, a logical name, from the parent.
CSS = (
    "@page { size: 90mm 70mm; margin: 12mm 8mm }"
    "@page { @top-center { content: element(head) } @bottom-left { content: 'Foot' } }"
    ":root { --room: 2mm; font-size: 10pt; line-height: calc(1.1em + 1pt) }"
    ".head { position: running(head); display: table; width: 100% } .head span { display: table-cell }"
    ".row { display: flex; gap: var(--room) } .row p { flex: 1 1 0; margin-block: calc(var(--room) / 2) 5% }"
    "table { width: 100%; border-collapse: collapse } td { border: 1px solid; padding-inline: 1mm .5em; width: 40% }"
    "[dir=rtl] { margin-inline-start: 4mm; text-align: start } i { text-decoration: underline; color: inherit }"
    "p { text-indent: calc(2% + 1mm); hyphens: auto; page: auto; --own: 1 } .absent { color: var(--nowhere) }"
)
HTML = (
    "<html lang=en><title>Sample</title><div class=head><span>Sample leaflet</span><span>English</span></div>"
    "<div class=row><p>Take one tablet every morning with a glass of water.</p>"
    "<p>Never take <i>two</i> of them.</p></div>"
    "<table><tr><td>Monday and Tuesday<td>one tablet, in the evening<tr><td>Sunday<td class=absent>none</table>"
    "<p dir=rtl>Left and <b>right</b> change places &amp; so do margins.</p><ul><li>Water<li>Unquestionably</ul>"
)


def laid_out() -> weasyprint.Document:
    return weasyprint.HTML(string=HTML).render(
        stylesheets=[weasyprint.CSS(string=CSS)], font_config=FontConfiguration()
    )


def styles(document: weasyprint.Document) -> list[dict[str, Any]]:
    """All properties of all boxes, also those that nothing has asked for; logical ones are read by physical names."""
    boxes = [box for page in document.pages for box in page._page_box.descendants()]
    logical = {name for ways in engine._LOGICAL.values() for name in ways.values()}
    keys = [*(name for name in INITIAL_VALUES if name not in logical), "__room", "__own", "__nowhere"]
    return [{key: repr(box.style[key]) for key in keys} for box in boxes]


def test_every_property_and_every_byte_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """But for the space in fonts that draw none, which is no shortcut."""
    usual = laid_out()
    with engine.tuned():
        quick = laid_out()
        found, written = styles(quick), quick.write_pdf(pdf_variant="pdf/ua-1")
    assert len(usual.pages) > 1
    assert found == styles(usual)
    monkeypatch.setattr(weasyprint.pdf, "build_fonts_dictionary", lineends.fonts_with_spaces)
    assert written == usual.write_pdf(pdf_variant="pdf/ua-1")


def test_another_version_of_weasyprint_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with engine.tuned():
        assert css.ComputedStyle.__missing__ is not engine.unset
        assert inline.split_first_line is not textlines.first_line


def in_place() -> list[Any]:
    return [vars(owner)[name] for owner, name, _ in engine._PLACES]


def test_others_in_the_process_find_weasyprint_as_it_was() -> None:
    before, shortcuts = in_place(), [shortcut for *_, shortcut in engine._PLACES]
    with suppress(ZeroDivisionError), engine.tuned():
        with engine.tuned():
            assert in_place() == shortcuts
        assert in_place() == shortcuts
        raise ZeroDivisionError
    assert in_place() == before


def test_importing_the_renderer_changes_nothing_of_weasyprint() -> None:
    code = (
        "from weasyprint import css; before = css.ComputedStyle.__missing__;"
        "import plainleaf.formats.pdf.render; assert css.ComputedStyle.__missing__ is before"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_installed_version_is_the_one_that_the_shortcuts_were_written_for() -> None:
    assert weasyprint.__version__ == engine.KNOWN, "compare plainleaf/formats/pdf/engine.py with the new WeasyPrint"


def used(style: dict[str, Any], width: float) -> dict[str, Any]:
    """The used lengths of a box of a style in a block so wide: the shortcut finds what the library finds."""
    found = []
    for resolve in (engine.resolved, engine._resolve_all):
        box = engine._Example(Style(style))
        resolve(box, (width, width / 2))
        found.append({name: value for name, value in vars(box).items() if name != "style"})
    assert found[0] == found[1]
    return found[0]


class Style(dict[str, Any]):
    """That of a box: 1 px of margin all around, unless it says otherwise."""

    def __missing__(self, name: str) -> Any:
        return Dimension(1, "px") if name.startswith("margin") else INITIAL_VALUES[name]


PX, PERCENT = Dimension(20, "px"), Dimension(20, "%")


def test_lengths_in_pixels_are_worked_out_once_for_all_boxes_of_a_style() -> None:
    style = Style(width=PX)
    one, other = engine._Example(style), engine._Example(style)
    engine.resolved(one, (100, 100))
    style["width"] = PERCENT  # is not asked for again
    engine.resolved(other, (200, 200))
    assert vars(one) == vars(other)
    assert one.__dict__["width"] == 20


@pytest.mark.parametrize("name", ["width", "padding_left", "margin_top", "max_height", "min_width"])
def test_a_share_of_the_block_is_worked_out_for_each_box(name: str) -> None:
    assert used({name: PERCENT}, 100)[name] != used({name: PERCENT}, 300)[name]


@pytest.mark.parametrize("sizing", ["content-box", "padding-box", "border-box"])
def test_borders_and_padding_come_off_a_box_as_its_sizing_says(sizing: str) -> None:
    style = {"box_sizing": sizing, "width": PX, "padding_left": Dimension(3, "px"), "border_left_width": 2}
    style["border_right_width"] = 0
    assert used(style, 100)["width"] == {"content-box": 20, "padding-box": 17, "border-box": 15}[sizing]


def test_borders_that_cells_share_are_asked_for_each_time() -> None:
    assert not engine._fixed(Style(border_collapse="collapse"))


def test_references_of_pages_follow_new_pages() -> None:
    pdf = pydyf.PDF()
    before = engine.page_references(pdf)
    pdf.add_page(pydyf.Dictionary({"Type": "/Page", "Parent": pdf.pages.reference}))
    after = engine.page_references(pdf)
    assert (len(before), len(after)) == (0, 1)
    assert after == engine._page_references.fget(pdf) == engine.page_references(pdf)


@pytest.mark.parametrize("opposite", [False, True])
def test_a_pattern_is_made_once_for_its_characters(opposite: bool) -> None:
    with engine.tuned():
        patterns = inputstream.characters_until_regex
    characters = ("&", "<", "]", "^", "-")
    pattern = patterns[characters, opposite]
    assert patterns[characters, opposite] is pattern
    found = pattern.match("&<]^-ab" if opposite else "ab&<")
    assert found and found[0] == ("&<]^-" if opposite else "ab")
    assert patterns[("a",), opposite] is not pattern


def test_it_is_known_how_many_use_the_shortcuts() -> None:
    assert engine.users() == 0
    with engine.tuned(), engine.tuned():
        assert engine.users() == 2


@pytest.mark.parametrize("position", ["static", "relative", "absolute", "fixed", ("running()", "x"), ("note()", "x")])
@pytest.mark.parametrize("floated", ["none", "left", "inline-end", "footnote"])
def test_what_is_in_normal_flow_is_as_the_library_says(position: str, floated: str) -> None:
    box = Box.__new__(Box)
    box.style = {"position": position, "float": floated}
    assert engine.in_flow(box) is Box.is_in_normal_flow(box)


@pytest.mark.parametrize("text", ["calc(1px + 2px)", "min(1px, 2px)", "3px", "auto", "url(x.png)"])
def test_what_is_to_be_calculated_is_as_the_library_says(text: str) -> None:
    (token,) = tinycss2.parse_component_value_list(text)
    for value in (token, (token, "solid"), Dimension(3, "px"), 0, 1.5, None, "auto", ("a", ("b", 1))):
        assert bool(engine.is_math(value)) is bool(check_math(value))
