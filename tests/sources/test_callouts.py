"""Boxes: the panel for an emergency, degrees of danger, what to do and not to do; and how each is written."""

from __future__ import annotations

import re

import pytest

from plainleaf.model import Finding, Kind
from plainleaf.sources import markdown
from tests.sources.test_blocks import HEAD_OF_ALL, leaflet

GOOD = "::: emergency\n## Call {emergency_number} now\n\n- Blue lips\n- No breath\n\n1. Call.\n2. Stay.\n:::"


def found(body: str) -> list[Finding]:
    _, findings = markdown.parse("sources/cough.md", HEAD_OF_ALL + body + "\n")
    return [finding for finding in findings if finding.check not in ("source-words", "source-reference-unused")]


def test_all_of_an_emergency_panel_is_a_safety_text() -> None:
    (panel,) = leaflet(GOOD).blocks
    assert panel.options["name"] == "emergency"
    assert all(block.safety for block in panel.walk())
    assert [block.kind for block in panel.children] == [Kind.HEADING, Kind.LIST, Kind.LIST]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (GOOD.replace("## Call {emergency_number} now\n\n", ""), "does not begin with what to do"),
        (GOOD.replace("## Call", "Go.\n\n## Call"), "does not begin with what to do"),
        (GOOD.replace("- Blue lips\n- No breath\n\n", ""), "does not say for which signs"),
        (GOOD.replace("\n1. Call.\n2. Stay.", ""), "does not say what to do until help comes"),
        ("::: emergency\n## Call\n\n1. Call.\n\n- Blue lips\n:::", "gives the steps before the signs"),
    ],
)
def test_an_emergency_panel_says_the_action_the_signs_and_the_steps(body: str, what: str) -> None:
    (finding,) = found(body)
    assert (finding.check, what in finding.message) == ("source-emergency", True)
    assert finding.hint


@pytest.mark.parametrize("part", ["easy", "card"])
def test_small_formats_have_a_panel_of_their_own_whose_signs_and_steps_may_have_pictures(part: str) -> None:
    drawn = re.sub(r"(?m)^(-|1\.) .*$", r"\g<0>\n   ![A cup](pictures/cup.svg)", GOOD)
    body = f"{GOOD}\n\n:::: {part}\n{drawn}\n\n## Then\n\nRest.\n::::"
    assert found(body) == []
    panel = leaflet(body).blocks[1].children[0]
    assert all(block.safety for block in panel.walk())
    assert [sum(block.kind is Kind.FIGURE for block in each.walk()) for each in panel.children] == [0, 2, 1]


def test_a_card_alone_may_leave_the_signs_out() -> None:
    signless = GOOD.replace("- Blue lips\n- No breath\n\n", "")
    assert found(f"Rest.\n\n:::: card\n{signless}\n::::") == []
    assert [finding.check for finding in found(f"Rest.\n\n:::: easy\n{signless}\n::::")] == ["source-emergency"]
    stepless = GOOD.replace("\n1. Call.\n2. Stay.", "")
    assert [finding.check for finding in found(f"Rest.\n\n:::: card\n{stepless}\n::::")] == ["source-emergency"]


def test_each_text_has_room_for_its_own_red_boxes() -> None:
    urgent = "\n\n::: urgent\nDo not wait.\n:::"
    assert found(GOOD + urgent + f"\n\n:::: easy\n{GOOD}\n::::\n\n:::: card\n{GOOD}\n::::") == []
    many = f"Rest.\n\n:::: easy\n{GOOD}{3 * urgent}\n::::"
    assert [finding.check for finding in found(many)] == ["source-urgent-many"]


def test_a_leaflet_has_one_emergency_panel_and_up_to_two_urgent_boxes() -> None:
    urgent = "\n\n::: urgent\nDo not wait.\n:::"
    assert found(GOOD + 2 * urgent) == []
    assert [finding.check for finding in found(GOOD + 3 * urgent)] == ["source-urgent-many"]
    assert [finding.check for finding in found(GOOD + "\n\n" + GOOD)] == ["source-urgent-many"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("warning", "caution"), ("amber", "caution"), ("Danger", "stop"), ("green", "go"), ("dont", "do-not")],
)
def test_another_name_for_a_box_is_answered_with_ours(typed: str, meant: str) -> None:
    (finding,) = found(f"::: {typed}\n- Rest\n:::")
    assert (finding.check, finding.hint) == ("source-block-unknown", f"write ::: {meant}")


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("::: do\nWalk each day.\n:::", 2),
        ("::: do\n## Each day\n\nWalk.\n:::", 4),
        ("::: do\n1. Walk\n2. Drink\n:::", 2),
        ("::: do\n- Walk\n\n* Drink\n:::", 4),
    ],
)
def test_what_to_do_is_one_list(body: str, line: int) -> None:
    (finding,) = found(body)
    assert (finding.check, finding.at.line) == ("source-choice", line + HEAD_OF_ALL.count("\n"))


def test_what_to_do_may_have_a_heading_of_its_own() -> None:
    body = "::: do\n## In the first week\n\n- Walk\n:::\n\n::: do-not\n### In the first week\n\n- Drive\n:::"
    assert found(body) == []
    assert [child.kind for child in leaflet(body).blocks[0].children] == [Kind.HEADING, Kind.LIST]
