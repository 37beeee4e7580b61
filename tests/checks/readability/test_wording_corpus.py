"""Lines of health texts with a fault of each kind, and lines that only look like it."""

from __future__ import annotations

import tomllib

import pytest

from plainleaf.checks.readability.wording import unlisted
from plainleaf.languages import facts
from plainleaf.readability.wording import wording
from tests.checks.readability.test_gate import checked
from tests.conftest import TESTS
from tests.readability.test_formulas import read

CORPUS = tomllib.loads((TESTS / "wording.toml").read_text(encoding="utf-8"))
OTHERS = tomllib.loads((TESTS / "wording-languages.toml").read_text(encoding="utf-8"))
MOST = 0.05  # of the lines of one kind that may be judged wrongly


def lines(kind: str, which: str) -> list[str]:
    found: list[str] = CORPUS[kind][which].strip().splitlines()
    assert len(found) >= 40
    return found


def has(kind: str, line: str) -> bool:
    return f"readability-{kind}" in {finding.check for finding in checked(f"{line}\n")}


@pytest.mark.parametrize("kind", CORPUS)
def test_faults_are_found(kind: str) -> None:
    missed = [line for line in lines(kind, "bad") if not has(kind, line)]
    assert len(missed) <= MOST * len(lines(kind, "bad")), missed


@pytest.mark.parametrize("kind", CORPUS)
def test_what_is_right_is_let_pass(kind: str) -> None:
    flagged = [line for line in lines(kind, "good") if has(kind, line)]
    assert len(flagged) <= MOST * len(lines(kind, "bad")), flagged


@pytest.mark.parametrize("language", OTHERS)
def test_faults_are_found_in_other_languages_and_what_is_right_is_let_pass(language: str) -> None:
    lists = wording(facts.named(language))
    for kind, sets in OTHERS[language].items():
        found = {which: [any(getattr(lists, kind).find(line)) for line in sets[which].splitlines()] for which in sets}
        wrong = [
            line for which in sets for line, hit in zip(sets[which].splitlines(), found[which], strict=True)
            if hit != (which == "bad")
        ]  # fmt: skip
        assert len(found["bad"]) == len(found["good"]) == 8 and len(wrong) <= 1, (kind, wrong)


def test_a_language_without_lists_is_not_measured_and_none_of_those_with_lists_is() -> None:
    for language in ("en", "es", *OTHERS):
        assert not unlisted(read("A b c.", language)), language
    assert len(unlisted(read("A b c.", "so"))) == 3


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Diabetics need care.", True),
        ("She is wheelchair bound.", True),
        ("She is wheelchair-bound.", True),
        ("Talk to the elderly.", True),
        ("He spoke of committing suicide.", True),
        ("Alcoholic drinks harm.", False),
        ("Drink clean water.", False),
        ("A victim of abuse can call.", False),
    ],
)
def test_words_that_hurt_are_told_from_words_that_look_like_them(line: str, found: bool) -> None:
    assert has("stigma", line) is found


@pytest.mark.parametrize(
    "line", ["Utilise it.", "Utilize it.", "Oedema is common.", "Edema is common.", "Paediatric", "Pediatric"]
)
def test_both_spellings_are_found(line: str) -> None:
    assert has("jargon", line)


@pytest.mark.parametrize(
    ("percent", "people"),
    [("5", "1 in 20"), ("0.1", "1 in 1,000"), ("25", "1 in 4"), ("75", "3 in 4"), ("37", "37 in 100")],
)
def test_a_percentage_is_said_as_people(percent: str, people: str) -> None:
    (hint,) = [f.hint for f in checked(f"About {percent}% of people feel sick.\n") if f.check == "readability-figure"]
    assert hint == f"write “{people}”"
