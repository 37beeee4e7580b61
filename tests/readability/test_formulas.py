"""Formulas give the published values. Worked examples are cited; the others are pinned by their coefficients."""

from __future__ import annotations

import pytest

from plainleaf.languages import facts
from plainleaf.model import Location
from plainleaf.readability import scores, splitting, syllables
from plainleaf.readability.formulas import FORMULAS, Counts
from plainleaf.readability.scores import Reading, noise
from plainleaf.readability.sentences import Prose, Role, Section, Sentence, measured

PLATYPUS = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
SEUSS = "Congratulations! Today is your day. You're off to Great Places! You're off and away!"
POTTER = (
    "Harry Potter was a highly unusual boy in many ways. For one thing, he hated the summer holidays more than any"
    " other time of year. For another, he really wanted to do his homework, but was forced to do it in secret, in the"
    " dead of the night. And he also happened to be a wizard."
)


def read(text: str, language: str = "en") -> Reading:
    """Running text as the library reads it."""
    count = syllables.counter(facts.named(language))
    found = tuple(
        Sentence(
            sentence,
            tuple(measured(word, count) for word in splitting.words(sentence, facts.named(language))),
            Role.SENTENCE,
            0,
            Location("x.md", 1),
            None,
        )
        for sentence in splitting.sentences(text, facts.named(language))
    )
    return scores.reading(Prose(facts.named(language), found, (), (), (Section("", Location("x.md", 1), None),)))


def value(formula: str, text: str) -> float:
    return FORMULAS[formula].score(read(text).counts)


# Wikipedia, "Flesch-Kincaid readability tests": 13 words, 24 syllables, grade 11.3, ease 37.5; "The cat sat ..." 116.
# Harvard CS50, problem set "Readability": 65 letters in 14 words and 4 sentences are grade 3; 214 in 56 and 4 grade 5.
@pytest.mark.parametrize(
    ("formula", "text", "published", "digits"),
    [
        ("flesch-kincaid", PLATYPUS, 11.3, 1),
        ("flesch", PLATYPUS, 37.5, 1),
        ("flesch", "The cat sat on the mat.", 116, 0),
        ("coleman-liau", SEUSS, 3, 0),
        ("coleman-liau", POTTER, 5, 0),
    ],
)
def test_worked_examples(formula: str, text: str, published: float, digits: int) -> None:
    assert round(value(formula, text), digits) == published


def test_published_counts() -> None:
    platypus, seuss, potter = (read(text).counts for text in (PLATYPUS, SEUSS, POTTER))
    assert (platypus.words, platypus.syllables) == (13, 24)
    assert (seuss.letters, seuss.words, seuss.sentences) == (65, 14, 4)
    assert (potter.letters, potter.words, potter.sentences) == (214, 56, 4)


# McGraw's conversion table for SMOG: polysyllables in 30 sentences (middle of each row), grade.
@pytest.mark.parametrize(
    ("count", "grade"), [(1, 4), (4, 5), (9, 6), (16, 7), (25, 8), (36, 9), (49, 10), (64, 11), (81, 12)]
)
def test_smog_table(count: int, grade: int) -> None:
    assert abs(FORMULAS["smog"].score(counts(sentences=30, polysyllables=count)) - grade) < 0.6


def counts(**given: int) -> Counts:
    base = {
        "sentences": 10, "words": 100, "syllables": 150, "letters": 450, "monosyllables": 60, "polysyllables": 12,
        "four_syllables": 4, "fog_words": 10, "long_words": 20,
    }  # fmt: skip
    return Counts(**(base | given))


# By hand from the published coefficients, for 10 sentences of 10 words, 1.5 syllables and 4.5 letters a word.
@pytest.mark.parametrize(
    ("formula", "by_hand"),
    [
        ("flesch-kincaid", 6.01),
        ("flesch", 69.785),
        ("smog", 1.043 * 36**0.5 + 3.1291),
        ("gunning-fog", 8.0),
        ("coleman-liau", 7.7),
        ("ari", 4.765),
        ("szigriszt", 103.385),
        ("fernandez-huerta", 106.64),
        ("gulpease", 74.0),
        ("wiener-1", 2.322 + 1.672 + 2.594 - 1.962 - 0.875),
        ("wiener-2", 2.4084 + 1.682 + 2.746 - 2.779),
        ("wiener-3", 3.5556 + 1.905 - 1.1144),
        ("wiener-4", 3.2928 + 2.656 - 1.693),
        ("amstad", 82.25),
        ("douma", 82.035),
        ("lix", 30.0),
        ("rix", 2.0),
        ("kandel-moles", 86.45),
        ("oborneva", 103.685),
        ("fog-pl", 5.6),
        ("martins", 248.835 - 10.15 - 126.9),
        ("atesman", 198.825 - 60.2625 - 26.1),
    ],
)
def test_coefficients(formula: str, by_hand: float) -> None:
    assert FORMULAS[formula].score(counts()) == pytest.approx(by_hand, abs=1e-3)


# Gunning 1952: his own examples (bookkeeper, manpower, created, trespasses), and words of leaflets.
@pytest.mark.parametrize(
    ("words", "hard"),
    [
        ("bookkeeper manpower breastfeeding everything afternoon long-acting overdose", False),
        ("created trespasses injected swallowing beginning", False),
        ("medicine medicines remedies diabetes anti-inflammatory important together carefully", True),
    ],
)
def test_gunning_counts_no_names_no_easy_combinations_and_no_syllable_of_an_ending(words: str, hard: bool) -> None:
    for word in words.split():
        assert read(f"Ask for {word} now.").counts.fog_words == hard, word
    assert read("Ask Melinda now.").counts.fog_words == 0 < read("Ask Melinda now.").counts.polysyllables


def test_every_formula_names_its_source() -> None:
    assert all(any(year in formula.source for year in ("19", "20")) for formula in FORMULAS.values())


def test_noise_shrinks_with_length() -> None:
    spread = [noise(sentences) for sentences in (5, 10, 20, 29, 30, 200)]
    assert spread[:2] == [2.2, 1.5] and spread == sorted(spread, reverse=True) and spread[-2:] == [0, 0]


def test_the_worst_sentences_are_found_without_comparing_each_with_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of them would take minutes, above all those that are alike."""

    def compared(*_: object) -> bool:
        raise AssertionError("a sentence is compared with another")

    reading = read((POTTER + " ") * 2 + "You are off. " * 40)
    monkeypatch.setattr(Sentence, "__eq__", compared)
    (worst, gain), *_ = reading.worst()
    assert worst.text.startswith("Harry Potter") and gain > 0


def test_a_language_without_formula_is_not_scored() -> None:
    for language in ("ar", "zh-Hans", "hi", "vi", "so", "sw"):
        reading = read("A b c. " * 40, language)
        assert not reading.scored and reading.scores == () and set(reading.record()) == {"sentence-mean"}


def test_no_grade_for_a_few_sentences() -> None:
    assert {score.state for score in read(PLATYPUS).scores} == {scores.State.TOO_SHORT}


def test_empty_text_has_no_score() -> None:
    reading = read("")
    assert reading.scores == () and reading.mean == 0 and reading.worst() == ()
