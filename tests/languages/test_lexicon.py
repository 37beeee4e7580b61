"""How the words of a language are found: whole words, stems, endings, several words; the longest wins."""

from __future__ import annotations

import pytest

from plainleaf.languages.folding import fold, tokens
from plainleaf.languages.lexicon import Hit, Lexicon

SPANISH = Lexicon(
    {
        "word:not": ["no", "nunca", "*mayın", "sin"],
        "word:less": ["menos"],
        "word:least": ["al menos", "por lo menos"],
        "word:stop": ["bırak*", "de*"],
        "unit:tablets": ["comprimid*", "p. m."],
        "word:most": ["como máxim*", "como dosis máxim*"],
        "number:1": ["un", "una"],
        "number:100": ["cien mil", "cien"],
    },
    spaced=True,
)
ARABIC = Lexicon({"word:not": ["لا"], "unit:day": ["يوم"], "word:and": ["و"]}, spaced=True, glued="وبل")
CHINESE = Lexicon({"word:not": ["不", "不要*"], "word:daily": ["每天"], "unit:mg": ["mg", "毫克"]}, spaced=False)


def found(lexicon: Lexicon, text: str) -> list[tuple[str, str]]:
    """The tags of each hit, and what it is of the folded text."""
    folded = fold(text)
    return [(" ".join(hit.tags), folded[hit.start : hit.end]) for hit in lexicon.find(folded, tuple(tokens(folded)))]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("No tome menos", [("word:not", "no"), ("word:less", "menos")]),
        ("al menos una", [("word:least", "al menos"), ("number:1", "una")]),
        ("por lo menos", [("word:least", "por lo menos")]),
        ("por lo general menos", [("word:less", "menos")]),
        ("al", []),
        ("cien mil", [("number:100", "cien mil")]),
        ("cien", [("number:100", "cien")]),
        ("noche", []),
        ("2 comprimidos", [("unit:tablets", "comprimidos")]),
        ("comprimid", [("unit:tablets", "comprimid")]),
        ("como máximo", [("word:most", "como máximo")]),
        ("como máx", []),
        ("como dosis máxima", [("word:most", "como dosis máxima")]),
        ("como dosismáxima máxim", []),
        ("bırakmayın", [("word:stop word:not", "bırakmayın")]),
        ("mayın", []),
        ("almayın", [("word:not", "almayın")]),
        ("de", [("word:stop", "de")]),
        ("d", []),
    ],
)
def test_forms_of_a_language_with_spaces(text: str, hits: list[tuple[str, str]]) -> None:
    assert found(SPANISH, text) == hits


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("al menos", True), ("al  menos", True), ("al   menos", False), ("al, menos", False), ("al: menos", False),
        ("al; menos", False), ("al (menos", False), ("al) menos", False), ("al 2 menos", False), ("al-menos", True),
        ("al 9menos", False), ("al. menos", False), ("al? menos", False), ("al menos.", True),
    ],
)  # fmt: skip
def test_several_words_are_one_only_side_by_side(text: str, together: bool) -> None:
    assert (("word:least", text.rstrip(".")) in found(SPANISH, text)) is together


def test_a_full_stop_is_between_them_only_in_an_abbreviation() -> None:
    several = Lexicon({"a": ["p. m."], "b": ["cada hora"], "c": ["horas cada"], "d": ["horas y horas"]}, spaced=True)
    assert found(several, "8 p. m.") == [("a", "p. m")]
    assert found(several, "cada. hora") == []  # the end of a sentence, behind however short a word
    assert found(several, "cada. hora.") == [("b", "cada. hora")]
    assert found(several, "horas. cada") == []
    assert found(several, "horas y horas") == [("d", "horas y horas")]
    assert found(several, "horas. y horas") == []


def test_the_longer_of_two_forms_that_begin_alike_wins_whichever_is_listed_first() -> None:
    for forms in (["al menos", "al menos dos"], ["al menos dos", "al menos"]):
        several = Lexicon({form: [form] for form in forms}, spaced=True)
        assert found(several, "al menos dos") == [("al menos dos", "al menos dos")]
        assert found(several, "al menos tres") == [("al menos", "al menos")]


def test_a_form_of_two_meanings_has_both_tags_and_place_in_the_text() -> None:
    both = Lexicon({"word:a": ["Uno"], "word:b": ["uno ", "dos"]}, spaced=True)
    assert both.find("y uno", tuple(tokens("y uno"))) == (Hit(("word:a", "word:b"), 2, 5),)


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("يوم", [("unit:day", "يوم")]), ("ويوم", [("unit:day", "ويوم")]), ("وبليوم", [("unit:day", "وبليوم")]),
        ("وبلويوم", []), ("ولا", [("word:not", "ولا")]), ("كيوم", []), ("و", [("word:and", "و")]), ("وو", []),
    ],
)  # fmt: skip
def test_up_to_three_letters_may_stick_to_a_word(text: str, hits: list[tuple[str, str]]) -> None:
    assert found(ARABIC, text) == [(tag, fold(each)) for tag, each in hits]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("每天不要吃", [("word:daily", "每天"), ("word:not", "不要")]),
        ("不吃", [("word:not", "不")]),
        ("5 mg", [("unit:mg", "mg")]),
        ("5mg", [("unit:mg", "mg")]),
        ("500毫克", [("unit:mg", "毫克")]),
        ("服mg每天", [("unit:mg", "mg"), ("word:daily", "每天")]),
        ("omg", []),
        ("mgs", []),
        ("", []),
        ("要", []),
    ],
)
def test_forms_of_a_language_without_spaces(text: str, hits: list[tuple[str, str]]) -> None:
    assert found(CHINESE, text) == hits


def test_nothing_is_found_without_forms() -> None:
    assert found(Lexicon({}, spaced=False), "每天") == found(Lexicon({"a": ["", "  "]}, spaced=True), "no hay") == []
