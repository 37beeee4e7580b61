"""Items of PEMAT that a program can judge."""

from __future__ import annotations

import pytest

from tests.checks.readability.test_gate import PLAIN, checked

PICTURE = "![A cup](pictures/cup.svg{})"


@pytest.mark.parametrize(
    ("body", "warned"),
    [
        (PICTURE.format(""), True),
        (PICTURE.format(' "Drink each hour"'), False),
        (f"1. Drink.\n   {PICTURE.format('')}\n2. Rest.", False),
    ],
    ids=["none", "a caption", "the words of its step"],
)
def test_a_picture_says_in_words_what_it_is_for(body: str, warned: bool) -> None:
    found = [finding for finding in checked(f"{PLAIN}{body}") if finding.check == "pemat-caption"]
    assert [finding.message for finding in found] == ["a picture has no caption (PEMAT 17)"] * warned
