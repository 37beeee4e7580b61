"""The line of languages, words and passages in another language; and how each is written when it is not right."""

from __future__ import annotations

import pytest

from plainleaf.model import Foreign, Kind, Placeholder, Strong, Text, foreign, plain
from plainleaf.sources import markdown
from plainleaf.translations import messages
from tests.layouts.test_first_block import HEAD
from tests.sources.test_blocks import leaflet
from tests.sources.test_callouts import found


def test_the_words_before_the_names_are_ours_or_the_authors() -> None:
    (ours,) = leaflet("::: languages {#L1 .short}\n:::").blocks
    assert (ours.kind, ours.id, ours.short, ours.children) == (Kind.LANGUAGES, "L1", True, ())
    made = leaflet("::: languages\nAsk us for it in:\n:::")
    assert plain(made.blocks[0].children[0].inlines) == "Ask us for it in:"
    assert "Ask us for it in:" in [message.text for message in messages.extract(made)]


@pytest.mark.parametrize("body", ["- Español", "Ask us:\n\nEspañol", "Ask us:\n\n## Now\n\nHere", "- a\n\nAsk us:"])
def test_it_holds_no_more_than_these_words(body: str) -> None:
    assert [each.check for each in found(f"::: languages\n{body}\n:::")] == ["source-languages"]


@pytest.mark.parametrize("tried", ["translations", "language-line", "Languages", "langauges"])
def test_another_name_for_it_is_answered_with_ours(tried: str) -> None:
    (finding,) = found(f"::: {tried}\n:::")
    assert finding.check == "source-block-unknown"
    assert "languages" in finding.hint


# --------------------------------------------------------------------------- words in another language


@pytest.mark.parametrize(
    "typed, tag", [("es", "es"), ("ZH-hans", "zh-Hans"), ('"pt_BR"', "pt-BR"), ("sr-Latn", "sr-Latn")]
)
def test_words_in_a_sentence_carry_their_language(typed: str, tag: str) -> None:
    body = f"Say [**mi** {{clinic_phone}}]{{lang={typed}}} now.".replace("mi", "您" if tag == "zh-Hans" else "mi")
    assert not found(body)
    said, words, end = leaflet(body).blocks[0].inlines
    assert (said, end) == (Text("Say "), Text(" now."))
    assert isinstance(words, Foreign) and words.lang == tag
    assert isinstance(words.children[0], Strong) and words.children[-1] == Placeholder("clinic_phone")


def test_all_words_of_a_passage_are_in_its_language() -> None:
    (passage,) = leaflet("::: language es {#W1 .short}\nHola.\n\n- uno\n  - dos\n:::").blocks
    assert (passage.kind, passage.id, passage.short, passage.options) == (Kind.PASSAGE, "W1", True, {"lang": "es"})
    texts = [block.inlines for block in passage.walk() if block.inlines]
    assert texts == [(Foreign((Text(said),), "es"),) for said in ("Hola.", "uno", "dos")]


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("Spanish", "es"),
        ("español", "es"),
        ("spa", "es"),
        ("Spansh", "es"),
        ("jp", "ja"),
        ("العربية", "ar"),
        ("Haitian Creole", "ht"),
    ],
)
def test_the_name_of_a_language_is_answered_with_its_code(typed: str, meant: str) -> None:
    for body in (f'Now\n[hola]{{lang="{typed}"}}', f"Now\n\n::: language {typed}\nHola\n:::"):
        (finding,) = found(body)
        assert finding.check == "source-language" and typed in finding.message
        assert finding.hint == f"did you mean “{meant}”?"


def test_a_finding_stands_at_the_line_of_the_words() -> None:
    (finding,) = found("One\ntwo [hola]{lang=xx} three")
    assert finding.at.line == HEAD.count("\n") + 2


@pytest.mark.parametrize(
    "body, check",
    [
        ("[hola]{lang=xx}", "source-language"),
        ("[]{lang=es}", "source-language"),
        ("[hola]{lang=ar}", "source-language"),
        ("[hola [hello]{lang=en}]{lang=es}", "source-language"),
        ("![A [hola]{lang=es}](pictures/cup.svg)", "source-language"),
        ("[hola]{es}", "source-markup-unknown"),
        ("[hola]{.es}", "source-markup-unknown"),
        ("Hola. {lang=es}", "source-mark-unknown"),
        ("::: language xx\nHola\n:::", "source-language"),
        ("::: language\nHola\n:::", "source-option-missing"),
        ("::: language es\n:::", "source-block-empty"),
        ("::: language ar\nHola\n:::", "source-language"),
        ("::: language es\nUno [two]{lang=en}\n:::", "source-language"),
        ("::: language es\n## Hola\n:::", "source-passage"),
        (":::: language es\n::: tip\nHola\n:::\n::::", "source-passage"),
    ],
)
def test_what_is_written_otherwise_is_an_error_that_says_how(body: str, check: str) -> None:
    every = found(body)
    assert check in [finding.check for finding in every]
    assert all(finding.hint for finding in every)


def test_a_title_has_no_words_in_another_language() -> None:
    text = HEAD.replace("title: Your cough", 'title: "Your [tos]{lang=es}"') + "Rest.\n"
    _, findings = markdown.parse("sources/cough.md", text)
    assert "Markdown cannot be used here" in " ".join(finding.message for finding in findings)


def test_words_stand_wherever_a_text_stands() -> None:
    body = "## [Hola]{lang=es}\n\n- [uno]{lang=es}\n\n| [a]{lang=es} | b |\n|---|---|\n| c | [d]{lang=es} |"
    assert not found(body)
    assert [plain(words.children) for block in leaflet(body).walk() for words in foreign(block.inlines)] == [
        "Hola",
        "uno",
        "a",
        "d",
    ]
