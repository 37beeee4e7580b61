"""Quotation marks, apostrophes and dashes as a language prints them; all else stays as it was typed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainleaf.languages import facts
from plainleaf.languages.invisible import WORD_JOINER
from plainleaf.model import Foreign, Inline, Link, Placeholder, Strong, Text, plain
from plainleaf.typesetting import locales, typography

LANGUAGES = ("en", "es", "ar", "hi", "zh_Hans", "de", "fr", "ja", "he", "pl", "sv", "th", "uk", "ckb")


def words(text: str, name: str = "en") -> str:
    return typography.words(text, locales.locale(name))


@pytest.mark.parametrize(
    ("name", "typed", "printed"),
    [
        ("en", "He said \"she said 'no' twice\".", "He said “she said ‘no’ twice”."),
        ("es", 'Dijo "ella dijo "no"" y', "Dijo «ella dijo “no”» y"),
        ("de", "\"Er sagte 'nein'\", so", "„Er sagte ‚nein‘“, so"),
        ("fr", 'Il dit "oui".', "Il dit «\u00a0oui\u00a0»."),
        (
            "fr",
            "Mal : « oui » ? Non ; « un » et 1 : 2 !",
            "Mal\u00a0: «\u00a0oui\u00a0»\u00a0? Non\u00a0; «\u00a0un\u00a0» et 1\u00a0: 2\u00a0!",
        ),
        ("de", "Mal : » so « !", "Mal : » so « !"),
        ("ar", 'قال "نعم".', "قال «نعم»."),
        ("hi", 'उसने "हाँ" कहा।', "उसने “हाँ” कहा।"),
        ("zh_Hans", "他说\"你'好'吗\"。", "他说“你‘好’吗”。"),
        ("ja", '2-3日"薬"', "2～3日「薬」"),
        ("sv", '"Ja"', "”Ja”"),
        ("he", 'צה"ל אמר "כן"', 'צה"ל אמר ”כן”'),  # an abbreviation keeps its sign
        ("en", "don't, the clinics' rule, 'tis, the '90s", "don’t, the clinics’ rule, ’tis, the ’90s"),
        ("uk", "об'єднання", "об’єднання"),
        ("en", '“He said "no" to us”', "“He said ‘no’ to us”"),
        ("en", "Call us - we help. Mo - Fr", "Call us – we help. Mo – Fr"),
        ("en", "Ages 12-17 or (7-10), 2009-2012, 8:30-12:00, 5%-10%, 1.5-2.5 ml", None),
        ("zh_Hans", "约2-3天", "约2–3天"),
        ("ar", "7-10 أيام", "7–10 أيام"),
    ],
)
def test_marks_are_those_of_the_language(name: str, typed: str, printed: str | None) -> None:
    assert words(typed, name) == (typed.replace("-", "–") if printed is None else printed)


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/1-2?q='x'&b", "call 555-0100 or 1-800-273-8255 or 988-1234", "on 2026-11-29",
        "9-1-1", "24-7", "at -5 °C", "a 7-10-day course", "plan-2-3.pdf", "10 mg/ml", "COVID-19, B-12", "well-known",
        "a 6\" tube, 5'10\" tall",
        "ann-2@clinic.example", "7 - 5", 'one " alone', "194(6):541-546, 2009;1-2(3)", "ICD F11-20",
    ],
)  # fmt: skip
def test_what_is_none_of_these_stays_as_it_was_typed(text: str) -> None:
    assert words(text) == text


def test_a_language_may_have_straight_quotes() -> None:
    straight = replace(facts.named("en"), lists={("marks", "quotes"): ('""', "''")})
    assert dict(typography._changes("He said \"no\", not 'yes'.", "en", straight)) == {}


def test_a_quotation_goes_through_bold_words_links_and_details_of_the_clinic() -> None:
    typed: tuple[Inline, ...] = (
        Text('Say "'), Strong((Text("I'm ill"),)), Text('", "'), Placeholder("clinic_name"), Text('", "'),
        Link((Text('yes"'),), "https://a.example/'x'"), Text(" "), Foreign((Text('"no"'),), "es"),
    )  # fmt: skip
    printed = typography.typeset(typed, locales.locale("en"))
    assert plain(printed) == 'Say “I’m ill”, “{clinic_name}”, “yes” "no"'
    assert printed[5] == Link((Text("yes”"),), "https://a.example/'x'") and printed[7] is typed[7]


def test_what_nobody_would_read_is_left_alone() -> None:
    for text in ("'a' " * 201, '"' + "a" * 20_000 + '"'):
        assert words(text) == text


def test_a_text_without_such_marks_is_the_very_same() -> None:
    text = (Text("Take 5 mg."), Strong((Text("Now"),)))
    assert typography.typeset(text, locales.locale("en")) is text


@pytest.mark.parametrize(
    ("typed", "tied"),
    [
        ("揉搓胸骨，就是胸部中间的骨头）。", "骨头"),
        ("次の薬は毎日一錠を飲むこと。", "こと"),
        ("呼吸浅或没有呼吸", "呼吸"),
        ("不要停药。", ""),  # has one line
        ("Take one tablet every day with water.", ""),
        ("现在请拨打电话给您的诊所 OK", ""),
    ],
)
def test_the_last_character_of_chinese_and_japanese_is_alone_on_no_line(typed: str, tied: str) -> None:
    for inlines in ((Text(typed),), (Text(typed[:5]), Strong((Text(typed[5:]),)))):
        printed = plain(typography.with_company(inlines))
        assert printed == (f"{tied[0]}{WORD_JOINER}{tied[1]}".join(typed.rsplit(tied, 1)) if tied else typed)


_PIECES = st.sampled_from(
    [*"\"\"''-–—\u00a0 .,:;!?()/@«»“”‘’„¿", " - ", "a", "ü", "я", "你", "ب", "7", "10", "2026", "7-10", "x.org"]
)
_TYPED = re.compile("[\"'-]")
_TIED = "\u00a0"  # a space that belongs to a mark


@given(st.lists(_PIECES, max_size=24).map("".join), st.sampled_from(LANGUAGES))
def test_nothing_but_quotes_and_dashes_changes_by_pairs_and_once_is_enough(typed: str, name: str) -> None:
    printed = words(typed, name)
    marks = {mark for pair in typography.quotes(facts.of(locales.locale(name))) for mark in pair} | {"’", "–", "～"}
    at = 0
    for sign in typed:  # walk both side by side: each typed sign is there, or one that is printed in its place
        instead = sorted((mark for mark in marks if printed.startswith(mark, at)), key=len)
        if printed.startswith(sign, at):
            at += len(sign)
        else:
            tied = sign == " " and name == "fr" and printed[at] == _TIED
            assert tied or (_TYPED.fullmatch(sign) and instead), (typed, printed)
            at += 1 if tied else len(instead[-1])
    assert at == len(printed)
    assert (typed.count('"') - printed.count('"')) % 2 == 0, "a quotation that opens closes"
    assert words(printed, name) == printed
