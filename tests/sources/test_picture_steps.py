"""Steps with a picture each: how they are written, what they become, and what an author hears of anything else."""

from __future__ import annotations

import re

import pytest

from plainleaf.layouts import excerpts
from plainleaf.model import Block, Kind, Text
from plainleaf.translations import messages
from tests.layouts.test_first_block import HEAD
from tests.sources.test_blocks import leaflet
from tests.sources.test_callouts import found
from tests.sources.test_forms import page

CUP = '![A cup](pictures/cup.svg "Warm")'


def items(body: str) -> tuple[Block, ...]:
    (points,) = leaflet(body).blocks
    return points.children


def steps(*texts: str) -> str:
    return "\n".join(f"{number}. {text}\n   {CUP}" for number, text in enumerate(texts, 1))


@pytest.mark.parametrize(
    "body",
    [
        f"1. Drink water. {{#A1}}\n   {CUP}\n2. Rest.",
        f"1. Drink water. {{#A1}}\n\n   {CUP}\n\n2. Rest.",
        f"1. {CUP}\n   Drink water. {{#A1}}\n2. Rest.",
        f"- Drink water. {{#A1}}\n  {CUP} {{#F1}}\n- Rest.",
        f"1. Drink\n   water. {{#A1}}\n   {CUP}\n   {{#F1 .safety}}\n2. Rest.",
        '1. Drink water. {#A1}\n   ![A\n   cup](pictures/cup.svg "Warm")\n2. Rest.',
    ],
)
def test_a_step_holds_a_text_and_a_picture_on_lines_of_its_own(body: str) -> None:
    first, second = items(body)
    assert (first.inlines, first.id) == ((Text("Drink water."),), "A1")
    assert [block.kind.value for block in first.walk()] == ["item", "figure", "alt", "caption"]
    assert first.children[0].options == {"src": "sources/pictures/cup.svg"}
    assert first.children[0].id == ("F1" if "#F1" in body else "")
    assert not second.children
    assert found(body) == []


def test_a_picture_stands_before_the_list_inside_its_step() -> None:
    (first,) = items(f"1. Call us.\n   {CUP}\n   - at night\n   - by day")
    assert [child.kind for child in first.children] == [Kind.FIGURE, Kind.LIST]


def test_what_the_picture_of_a_safety_step_shows_is_a_safety_text() -> None:
    (first,) = items(f"1. Call us. {{.safety}}\n   {CUP}")
    assert all(block.safety for block in first.walk())


def test_translators_get_the_step_then_its_picture() -> None:
    texts = [message.text for message in messages.extract(leaflet(steps("Drink water.", "Rest.")))]
    assert [text for text in texts if text in ("Drink water.", "A cup", "Warm", "Rest.")] == [
        "Drink water.",
        "A cup",
        "Warm",
        "Rest.",
    ]


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        (f"1. Drink.\n   {CUP}\n   {CUP}", 3, "more than one picture"),
        (f"1. Drink.\n\n   {CUP}\n\n   {CUP}", 5, "more than one picture"),
        (f"- [ ] A cough\n  {CUP}\n- [ ] A fever", 2, "a box to tick contains a picture"),
        (f"1. Drink.\n   - Warm\n     {CUP}", 3, "a point of an inner list contains a picture"),
        (f"1. {CUP}", 1, "no text of its own"),
        (f"1. Drink.\n   {CUP}\n   Rest.", 3, "more than one text"),
        (f"1. Drink.\n   - Warm\n\n   {CUP}", 4, "more than one text"),
        (f"1. Drink {CUP} now.", 1, "a picture is inside a text"),
        ("1. Drink.\n   ![](pictures/cup.svg)", 2, "a picture has no description"),
        ("1. Drink.\n   ![A cup](../cup.svg)", 2, "is not below sources/"),
    ],
)
def test_a_picture_where_none_may_stand(body: str, line: int, what: str) -> None:
    (finding,) = found(body)
    assert what in finding.message and finding.hint
    assert finding.at.line == HEAD.count("\n") + line


def test_who_signs_has_no_picture() -> None:
    (finding,) = found(f"::: signature\nI have read this.\n\n- Patient\n  {CUP}\n:::")
    assert finding.check == "source-signature" and "picture" in finding.message


def test_a_folded_leaflet_has_the_picture_of_a_step_that_it_prints() -> None:
    made = leaflet(f"1. Drink. {{.short}}\n   {CUP}\n2. Rest.\n   {CUP}")
    (short,) = excerpts.blocks(made.blocks, "short")
    assert [block.kind.value for block in short.walk()] == ["list", "item", "figure", "alt", "caption"]


# --------------------------------------------------------------------------- as they are printed


def classes(html: str) -> list[str]:
    return re.findall(r'<[ou]l class="([^"]*)"', html)


@pytest.mark.parametrize(
    ("texts", "layout", "columns"),
    [
        (["Drink."] * 3, "a4", 3),
        (["Drink."] * 4, "a4", 2),
        (["Drink."] * 5, "a4", 3),
        (["Drink.", "Drink. " * 10], "a4", 2),
        (["Drink.", "Drink.", "Drink. " * 17], "a4", 2),
        (["Drink.", "Drink. " * 40], "a4", 1),
        (["Drink."], "a4", 1),
        (["Drink."] * 3, "booklet", 3),
        (["Drink."] * 3, "large-print", 1),
    ],
)
def test_there_are_as_many_columns_as_the_words_have_room_in(texts: list[str], layout: str, columns: int) -> None:
    assert classes(page(steps(*texts), layout)) == [f"shown in-{columns}"]


@pytest.mark.parametrize("second", ["", f"\n   {CUP}\n   - Now"], ids=["no picture", "list inside"])
def test_steps_of_other_shapes_have_their_pictures_beside_the_words(second: str) -> None:
    assert classes(page(f"1. Drink.\n   {CUP}\n2. Rest.{second}"))[0] == "shown in-1"


def test_a_list_without_pictures_is_as_it_was() -> None:
    assert classes(page("1. Drink.\n2. Rest.")) == []


def test_steps_with_pictures_go_on_with_those_above() -> None:
    html = page(steps("Drink.", "Rest.") + f"\n\nThen:\n\n3. Wait.\n   {CUP}")
    assert '<ol start="3" style="counter-reset: list-item 2" class="shown in-1"' in html
