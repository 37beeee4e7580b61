"""Drawings with labels: what may stand in the block, and what an author hears of anything else."""

from __future__ import annotations

import pytest

from plainleaf.model import Finding, Kind
from plainleaf.sources import markdown
from tests.sources.test_blocks import HEAD_OF_ALL

PICTURE = '![Pellets below the skin](drawings/under-the-skin.svg "Where it lies")'
ABOVE = HEAD_OF_ALL + "::: words\n:::\n\n"
FENCE = ABOVE.count("\n") + 1
"""The line of the block's fence."""


def read(*inside: str) -> tuple[list[str], list[Finding]]:
    """What is in the block that was made, and what is said of it."""
    made, findings = markdown.parse("sources/cough.md", ABOVE + "::: drawing\n" + "\n\n".join(inside) + "\n:::\n")
    assert made
    drawings = [block for block in made.blocks if block.kind is Kind.DRAWING]
    return [inner.kind.value for each in drawings for inner in each.walk()], [
        finding for finding in findings if finding.check == "source-drawing"
    ]


def test_a_drawing_is_a_picture_and_a_label_for_each_number() -> None:
    made, findings = read(PICTURE, "1. Skin\n2. The **implant**")
    assert made == ["drawing", "figure", "alt", "caption", "list", "item", "item"]
    assert not findings


@pytest.mark.parametrize(
    "inside",
    [(PICTURE,), ("1. Skin\n2. Fat",), (PICTURE, "- Skin\n- Fat"), ("1. Skin\n2. Fat", PICTURE)],
    ids=["no labels", "no picture", "labels without numbers", "labels above the picture"],
)
def test_what_is_missing_is_told_at_the_fence(inside: tuple[str, ...]) -> None:
    made, findings = read(*inside)
    assert not made
    assert findings[-1].at.line == FENCE and "numbered list below it" in findings[-1].message


@pytest.mark.parametrize("more", ["Drink water.", PICTURE, "## At home"])
def test_anything_else_is_told_at_its_line(more: str) -> None:
    made, (finding,) = read(PICTURE, "1. Skin\n2. Fat", more)
    assert made.count("figure") == 1 and "paragraph" not in made
    assert finding.at.line == FENCE + 6 and "contains more than a picture" in finding.message


def test_a_label_holds_no_list_and_no_picture() -> None:
    _, (finding,) = read(PICTURE, "1. Skin\n   - thin\n2. Fat")
    assert finding.at.line == FENCE + 3 and "list or a picture" in finding.message
