"""Boxes to tick, steps that go on, parts with numbers; and how each is written when it is not right."""

from __future__ import annotations

import pytest

from plainleaf.layouts import excerpts
from plainleaf.model import Block, Kind, Text
from plainleaf.translations import messages
from tests.sources.test_blocks import HEAD_OF_ALL, leaflet
from tests.sources.test_callouts import found
from tests.sources.test_forms import page


def lists(blocks: tuple[Block, ...]) -> list[Block]:
    return [block for block in blocks if block.kind is Kind.LIST]


@pytest.mark.parametrize("box", ["[ ]", "[]", "☐"])
def test_a_box_to_tick_stands_before_the_text_and_is_no_part_of_it(box: str) -> None:
    made = leaflet(f"- {box} A cough {{.safety}}\n- {box} A fever")
    (ticks,) = made.blocks
    assert ticks.options == {"ordered": "no", "tick": "yes"}
    assert [(item.inlines, item.safety) for item in ticks.children] == [
        ((Text("A cough"),), True),
        ((Text("A fever"),), False),
    ]
    assert {"A cough", "A fever"} <= {message.text for message in messages.extract(made)}


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("- [ ] A cough\n- A fever", "some points of this list are boxes"),
        ("1. [ ] Sit up", "some points of this list are boxes"),
        ("- [x] A cough", "ticked already"),
        ("- ☑ A cough", "ticked already"),
    ],
)
def test_a_box_to_tick_that_is_none(body: str, what: str) -> None:
    (finding,) = found(body)
    assert (finding.check, what in finding.message) == ("source-list-tick", True)
    assert "- [ ] " in finding.hint


def test_a_text_in_brackets_is_no_box() -> None:
    (points,) = leaflet("- [No] cough").blocks
    assert "tick" not in points.options


def test_steps_go_on_behind_a_picture_and_a_box() -> None:
    box = "::: tip\n1. Rest.\n2. Drink.\n:::"
    body = f"1. Sit up.\n2. Shake.\n\n![A cup](pictures/cup.svg)\n\n3. Breathe.\n\n{box}\n\n4. Wait."
    assert found(body) == []
    assert [each.options.get("start") for each in lists(leaflet(body).blocks)] == [None, "3", "4"]


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("3. Breathe.", "begin at 1"),
        ("1. Sit up.\n2. Shake.\n\nRest.\n\n4. Breathe.", "begin at 3 to continue"),
        ("1. Sit up.\n\n::: tip\n2. Shake.\n:::", "begin at 1"),
    ],
)
def test_steps_that_do_not_go_on_with_those_above(body: str, hint: str) -> None:
    (finding,) = found(body)
    assert finding.check == "source-list-start"
    assert hint in finding.hint


def test_steps_are_counted_anew_where_some_are_not_printed() -> None:
    made = leaflet("1. Sit up. {.short}\n2. Shake.\n\nThen:\n\n3. Breathe. {.short}\n4. Wait.")
    assert [each.options.get("start") for each in lists(excerpts.blocks(made.blocks, "full"))] == [None, "3"]
    assert [each.options.get("start") for each in lists(excerpts.blocks(made.blocks, "short"))] == [None, "2"]


def test_a_number_of_a_part_is_no_part_of_its_heading() -> None:
    made = leaflet("## 1. Why\n\nRest.\n\n### 1. At home\n\nRest.\n\n## 2) How {#how}\n\nRest.\n\n### 1. Away\n\nRest.")
    heads = [block for block in made.blocks if block.kind is Kind.HEADING]
    assert [(head.options["number"], head.inlines[0]) for head in heads] == [
        ("1", Text("Why")),
        ("1", Text("At home")),
        ("2", Text("How")),
        ("1", Text("Away")),
    ]


def test_parts_are_counted_anew_where_some_are_not_printed() -> None:
    made = leaflet("## 1. Why\n\nRest.\n\n## 2. How\n\nDrink. {.short}")
    (head, _) = excerpts.blocks(made.blocks, "short")
    assert head.options["number"] == "1"


def test_the_list_of_contents_has_the_numbers_of_the_parts() -> None:
    html = page("".join(f"## {number}. Part {name}\n\nRest.\n\n" for number, name in ((1, "a"), (2, "b"), (3, "c"))))
    assert html.count("1. ") == 2 == html.count("3. ")


@pytest.mark.parametrize(
    ("body", "line", "hint"),
    [
        ("## 2. How\n\nRest.", 1, "write 1"),
        ("## 1. Why\n\nRest.\n\n## 3. How\n\nRest.", 5, "write 2"),
    ],
)
def test_a_number_of_a_part_that_is_out_of_order(body: str, line: int, hint: str) -> None:
    (finding,) = found(body)
    assert (finding.check, finding.at.line) == ("source-heading-number", line + HEAD_OF_ALL.count("\n"))
    assert finding.hint.startswith(hint)


def test_a_heading_may_begin_with_a_figure() -> None:
    (head, _) = leaflet("## 4\\. July\n\nRest.").blocks
    assert (head.inlines, "number" in head.options) == ((Text("4. July"),), False)


@pytest.mark.parametrize("typed", ["1. Sit up.\n\n{us}\n\n{others}\n\n3. Wait.", "1. Sit up.\n\n{us}\n\n3. Wait."])
def test_each_country_counts_the_steps_and_parts_that_it_reads(typed: str) -> None:
    us, others = (f"::: only country={name}\n2. Ask here.\n:::" for name in ("US", "not-US"))
    assert not found(typed.format(us=us, others=others))
    parts = typed.format(us=us, others=others).replace("2. ", "## 2. ").replace("1. Sit", "## 1. Sit")
    assert not found(parts.replace(".\n", ".\n\nRest.\n").replace("3. Wait.", "## 3. Wait\n\nRest."))


def test_a_step_that_no_country_reads_as_it_is_numbered() -> None:
    (finding,) = found("1. Sit up.\n\n::: only country=US\n2. Ask.\n:::\n\n::: only country=not-US\n3. Ask.\n:::")
    assert (finding.check, finding.hint) == ("source-list-start", "begin at 2 to continue, or at 1")
