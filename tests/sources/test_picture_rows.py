"""Pictures in a row: what may stand there, and what an author hears of anything else."""

from __future__ import annotations

import pytest

from plainleaf.model import Finding, Kind
from plainleaf.sources import markdown
from tests.sources.test_blocks import HEAD_OF_ALL

ONE = '![A straight wrist](pictures/a.svg "Right")'


ABOVE = HEAD_OF_ALL + "::: words\n:::\n\n"
FENCE = ABOVE.count("\n") + 1
"""The line of the block's fence."""


def read(*inside: str) -> tuple[list[str], list[Finding]]:
    """What is in the block that was made, and what is said of it."""
    text = ABOVE + "::: pictures\n" + "\n\n".join(inside) + "\n:::\n"
    made, findings = markdown.parse("sources/cough.md", text)
    assert made
    rows = [block for block in made.blocks if block.kind is Kind.PICTURES]
    return [inner.kind.value for row in rows for inner in row.walk()], [
        finding for finding in findings if finding.check == "source-pictures"
    ]


@pytest.mark.parametrize("count", [2, 3])
def test_two_or_three_pictures_stand_in_a_row_each_with_its_description_and_caption(count: int) -> None:
    made, findings = read(*[ONE] * count)
    assert made == ["pictures", *["figure", "alt", "caption"] * count]
    assert not findings


@pytest.mark.parametrize(("count", "said"), [(1, "contains 1 picture,"), (4, "contains 4 pictures,")])
def test_one_is_no_row_and_four_are_too_small(count: int, said: str) -> None:
    (finding,) = read(*[ONE] * count)[1]
    assert said in finding.message and finding.at.line == FENCE


def test_a_text_between_them_is_reported_at_its_line() -> None:
    made, (finding,) = read(ONE, "Hold it so.", ONE)
    assert "contains more than pictures" in finding.message and finding.at.line == FENCE + 3
    assert "paragraph" not in made
