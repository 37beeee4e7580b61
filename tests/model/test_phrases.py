"""Phrases that findings share: counts, near names, texts cut short."""

from __future__ import annotations

import pytest

from plainleaf.model.phrases import closest, counted, nearest, shortened


@pytest.mark.parametrize(("number", "said"), [(0, "no errors"), (1, "1 error"), (2, "2 errors"), (1000, "1000 errors")])
def test_a_count_is_said_with_its_noun(number: int, said: str) -> None:
    assert counted(number, "error") == said


def test_a_noun_may_have_a_plural_of_its_own() -> None:
    assert [counted(number, "entry", "entries") for number in (1, 3)] == ["1 entry", "3 entries"]


@pytest.mark.parametrize(
    ("word", "close"), [("phon", "phone"), ("PHONE", "phone"), ("hour", "Hours"), ("colour", ""), ("", "")]
)
def test_the_nearest_known_word_is_named_in_its_own_capitals(word: str, close: str) -> None:
    assert closest(word, ["phone", "Hours"]) == close
    assert nearest(word, ["phone", "Hours"]) == (f"; did you mean “{close}”?" if close else "")


def test_a_word_of_any_length_is_compared_at_once() -> None:
    assert closest("x" * 1_000_000, ["phone"]) == ""


@pytest.mark.parametrize(
    ("text", "short"),
    [("", ""), ("ten long !", "ten long !"), ("ten long ones", "ten lon..."), ("seven   words", "seven...")],
)
def test_a_text_is_cut_to_its_most_characters_with_the_sign_that_says_so(text: str, short: str) -> None:
    assert shortened(text, 10) == short
