"""What people call languages: in English, in the language itself, by a tag."""

from __future__ import annotations

import pytest

from plainleaf.languages import naming


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("English", ("en",)),  # and not en_Shaw, which few can read
        ("en-shaw", ("en_Shaw",)),
        ("Serbian", ("sr_Cyrl", "sr_Latn")),
        ("español", ("es",)),
        ("Spansh", ()),
    ],
)
def test_a_language_is_known_by_its_names(word: str, names: tuple[str, ...]) -> None:
    assert naming.named(word) == names


@pytest.mark.parametrize("word", ["Spanish", "español", "ES"])
def test_one_of_few_is_known_by_both_its_names(word: str) -> None:
    assert naming.named(word, ("pt", "es")) == ("es",)


def test_both_names_of_each_are_listed() -> None:
    assert naming.all_names(("es", "fr")) == ["Spanish", "Español", "French", "Français"]


def test_a_language_without_an_english_name_is_called_by_its_tag() -> None:
    assert naming.english_name("skr") == "skr"


def test_a_language_calls_itself_by_its_own_brackets() -> None:
    assert [naming.own_name(name) for name in ("zh_Hans", "zh_Hant", "pt_BR", "ar")] == [
        "中文（简体）", "中文（繁體）", "Português (Brasil)", "العربية",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "meant"),
    [("Twi", "ak"), ("Montenegrin", "sr-Latn-ME"), ("spa", "es"), ("Klingon", ""), ("tlh", ""), ("mul", "")],
)
def test_nobody_is_asked_whether_they_mean_the_word_that_they_wrote(word: str, meant: str) -> None:
    assert naming.question(word) == (f"did you mean “{meant}”?" if meant else "")


def test_a_name_that_is_suggested_can_be_asked_for() -> None:
    assert all(map(naming.named, naming.english_names()))
