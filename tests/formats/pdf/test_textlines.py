"""Lines are cut once for a sheet, and again whenever another line is possible."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import weasyprint
from tinycss2 import parse_one_component_value
from weasyprint.css.properties import INITIAL_VALUES, Dimension
from weasyprint.layout import inline, preferred
from weasyprint.text.fonts import FontConfiguration

from plainleaf.formats.pdf import engine, textlines


class Line:
    def __init__(self, text: str) -> None:
        self.text = text


class Style(dict[str, Any]):
    """That of some text, with the initial values of all that it does not say."""

    def __init__(self, fonts: object = "the fonts", **said: Any) -> None:
        super().__init__(said)
        self.font_config = fonts

    def __missing__(self, name: str) -> Any:
        return {"font_size": 10, "lang": None}.get(name) or INITIAL_VALUES.get(name)


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    textlines.forget()
    yield
    textlines.forget()


def asked(monkeypatch: pytest.MonkeyPatch, *questions: tuple[Any, ...]) -> tuple[int, list[Any]]:
    """How often WeasyPrint was asked for a line, and the lines."""
    splits = 0

    def split(text: str, *_: Any) -> tuple[Any, ...]:
        nonlocal splits
        splits += 1
        return Line(text), len(text), None, 10.0 * splits, 5.0, 4.0

    monkeypatch.setattr(textlines, "_split", split)
    found = [textlines.first_line(*question) for question in questions]
    return splits, found


QUESTION = ("Water", Style(), None, 100, 0, True, False)


@pytest.mark.parametrize(
    "question",
    [
        ("Milk", *QUESTION[1:]),
        ("Water", Style("other fonts"), *QUESTION[2:]),
        ("Water", QUESTION[1], None, 90, 0, True, False),
        ("Water", QUESTION[1], None, None, 0, True, False),
        ("Water", QUESTION[1], None, 100, 2, True, False),
        ("Water", QUESTION[1], None, 100, 0, False, False),
        ("Water", QUESTION[1], None, 100, 0, True, True),
    ],
    ids=["text", "fonts", "width", "no width", "justification", "start of a line", "least width"],
)
def test_a_line_is_cut_anew_when_anything_is_different(
    monkeypatch: pytest.MonkeyPatch, question: tuple[Any, ...]
) -> None:
    splits, (one, again, other) = asked(monkeypatch, QUESTION, QUESTION, question)
    assert splits == 2
    assert one[1:] == again[1:] != other[1:]


@pytest.mark.parametrize("name", textlines._PROPERTIES)
def test_a_line_is_cut_anew_for_each_property_that_text_is_cut_by(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    splits, _ = asked(monkeypatch, QUESTION, ("Water", Style(**{name: "another value"}), *QUESTION[2:]))
    assert splits == 2


def test_a_line_is_cut_once_for_all_styles_that_set_text_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    styles = Style(), Style(color="red", line_height=1.2)
    splits, _ = asked(monkeypatch, *(("Water", style, *QUESTION[2:]) for style in styles))
    assert splits == 1


def test_a_formula_means_something_else_in_each_style(monkeypatch: pytest.MonkeyPatch) -> None:
    formula = parse_one_component_value("calc(2% + 1mm)")
    styles = [Style(hyphenate_limit_zone=formula) for _ in range(2)]
    splits, _ = asked(monkeypatch, *(("Water", style, *QUESTION[2:]) for style in (*styles, *styles)))
    assert splits == 2


def test_each_box_has_a_line_of_its_own_to_draw_into(monkeypatch: pytest.MonkeyPatch) -> None:
    _, found = asked(monkeypatch, QUESTION, QUESTION, QUESTION)
    lines = [line for line, *_ in found]
    lines[0].text = lines[1].text = "drawn"
    assert lines[2].text == "Water"
    assert len({id(line) for line in lines}) == 3


def test_no_more_lines_are_kept_than_a_book_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(textlines, "MOST", 3)
    splits, _ = asked(monkeypatch, *((f"Line {number}", *QUESTION[1:]) for number in range(9)), QUESTION, QUESTION)
    assert splits == 10
    assert len(textlines._lines) <= 3


def test_lines_are_the_same_for_each_layout_of_a_sheet_and_go_with_it() -> None:
    css = [weasyprint.CSS(string="p { font-size: 20px; width: 60px }")]
    html, fonts = weasyprint.HTML(string="<p>Drink some water with it."), FontConfiguration()
    with engine.tuned():
        assert inline.split_first_line is preferred.split_first_line is textlines.first_line
        html.render(stylesheets=css, font_config=fonts)
        once = len(textlines._lines)
        html.render(stylesheets=[*css, weasyprint.CSS(string="p { line-height: 2 }")], font_config=fonts)
        assert len(textlines._lines) == once > 0
    assert not textlines._lines


def test_the_room_of_an_empty_line_is_kept_with_its_style(monkeypatch: pytest.MonkeyPatch) -> None:
    heights = iter([(12.0, 9.0), (20.0, 15.0)])
    monkeypatch.setattr(textlines, "_strut", lambda _: next(heights))
    one, other = Style(), Style(line_height=Dimension(20, "px"))
    assert [textlines.strut(style) for style in (one, one, other)] == [(12.0, 9.0), (12.0, 9.0), (20.0, 15.0)]


def test_a_line_is_as_long_as_all_but_its_last_space_fits() -> None:
    sheet = "<html lang=en><p style='width: {}px'>Helps you and those near. <b>Say</b>"
    text = weasyprint.HTML(string="<p style='float: left'>Helps you and those near.").render().pages[0]._page_box
    (width,) = {box.width for box in text.descendants() if hasattr(box, "text")}
    with engine.tuned():
        (page,) = weasyprint.HTML(string=sheet.format(width + 1)).render().pages
    first = next(box for box in page._page_box.descendants() if hasattr(box, "text"))
    assert first.text.rstrip() == "Helps you and those near."
