"""Every text that is printed or read aloud is judged: cells, captions, descriptions, small formats, heads."""

from __future__ import annotations

import pytest

from plainleaf.checks.readability import judge
from plainleaf.readability import scores
from plainleaf.reports import check as check_report
from plainleaf.sources import markdown as sources
from plainleaf.translations import messages
from plainleaf.typesetting import locales
from tests.checks.readability.test_gate import HEAD, PLAIN, checked, edition
from tests.conftest import TODAY

PLACES = {
    "a cell": "| When | What |\n|---|---|\n| Now | {0} |\n",
    "a head of a column": "| When | {0} |\n|---|---|\n| Now | Rest. |\n",
    "a caption": '![A hand](pictures/x.svg "{0}")\n',
    "a description": "![{0}](pictures/x.svg)\n",
    "a question": "::: questions\n{0}?\n: Rest.\n:::\n",
    "an answer": "::: questions\nWhy?\n: {0}.\n:::\n",
    "a short text": "::: short\n{0}.\n:::\n",
    "an easy text": "::: easy\n![A hand](pictures/x.svg)\n\n{0}.\n:::\n",
    "a card": "::: card\n## Front\n\n{0}.\n:::\n",
    "a heading": "## {0}\n\nRest.\n",
    "a point of two words": "- {0}\n- Two\n",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("Junkies commence", "stigma"),
        ("Commence now", "jargon"),
        ("Pills were removed", "passive"),
        ("Obviously rest", "tone"),
        ("Basically rest", "filler"),
        ("COPD nurse", "letters"),
    ],
)
def test_words_are_judged_wherever_they_stand(place: str, text: str, check: str) -> None:
    assert f"readability-{check}" in {finding.check for finding in checked(PLACES[place].format(text))}


@pytest.mark.parametrize(
    "text", ["Call as soon as you know", "Say all, as far as you know", "You can have the MMR shot"]
)
def test_what_only_looks_like_it_is_let_pass(text: str) -> None:
    found = {finding.check for finding in checked(f"{text}.\n")}
    assert not found & {"readability-tone", "readability-letters", "readability-filler"}


@pytest.mark.parametrize("place", [place for place in PLACES if "heading" not in place and "point" not in place])
def test_a_long_sentence_is_found_wherever_it_stands(place: str) -> None:
    long = " ".join(["go"] * 22)
    assert "readability-sentence" in {finding.check for finding in checked(PLACES[place].format(long))}


@pytest.mark.parametrize("place", ["a cell", "a caption", "a description", "an easy text"])
def test_a_word_that_is_not_explained_is_found_wherever_it_stands(place: str) -> None:
    assert "readability-term" in {finding.check for finding in checked(PLACES[place].format("You may get thrombosis"))}
    explained = "Thrombosis (a blood clot) can be treated.\n\n" + PLACES[place].format("You may get thrombosis")
    assert "readability-term" not in {finding.check for finding in checked(explained)}


def test_scores_leave_labels_and_web_addresses_out_and_say_their_share() -> None:
    text = PLAIN * 3
    table = "| When | What |\n|---|---|\n| Now | A subcutaneous administration of medication |\n"
    alone, beside = (judge.measure(edition(body)) for body in (text, text + table))
    assert alone.counts == beside.counts
    assert 0 < beside.prose.share < alone.prose.share <= 1
    plain, linked = (scores.measure(edition(f"Read more at {what}.")) for what in ("x", "https://clinic.example/a/b"))
    assert linked.counts.words == plain.counts.words - 1


@pytest.mark.parametrize(("country", "age"), [("GB", True), ("IE", True), ("US", False)])
def test_a_grade_has_a_reading_age_beside_it_where_readers_speak_of_one(country: str, age: bool) -> None:
    head = HEAD.format(terms="").replace("country: US", f"country: {country}")
    source, _ = sources.parse("sources/test.md", head + PLAIN * 9)
    assert source
    made, _ = messages.localize(source, locales.locale("en"), country, None, False)
    verdict = judge.judged(made, judge.measure(made), judge.Options(TODAY)).verdict
    grade = verdict.figures[0]
    assert grade.age == (max(5, round(grade.value) + 5) if age else 0)
    told = check_report.scores([verdict])
    assert (f"reading age {grade.age}" in told) is age
