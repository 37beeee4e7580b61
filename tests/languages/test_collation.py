"""The order in which readers look words up, in their own language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainleaf.languages import collation, facts
from plainleaf.model import LanguageFacts


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "ear, éclair, Eye, hand"),
        ("es", "nariz, náusea, norte, nube, ñandú, oído, zumo"),
        ("de", "Arzt, Ärztin, Auge, Straße, Strauß"),
        ("sv", "arm, zink, ål, ärr, öga"),
        ("cs", "cena, hora, chata, ústa"),
        ("tr", "Işık, ilaç, İlk, kan, nefes, ön, su, şeker"),
        ("ru", "ёж, ели, игла, йод, кровь"),
        ("ar", "إزالة السموم, اعتماد, أعراض, بوبرينورفين, تحمّل, جرعة, غرسة, ميثادون"),
        ("fa", "آب, برنج, پا, تب, چشم, کبد, گلو"),
        ("hi", "अंक, कल, क़लम, का, कौन, क्या, जल, ज़हर, तलब"),  # a dot below is no letter of its own
        ("zh_Hans", "阿片类药物, 安慰剂, 丁丙诺啡, 复发, 感染, 纳洛酮, 药物过量, 依赖, 瘾, 植入剂"),
        ("zh_Hant", "心, 血, 肺, 醫生"),  # by strokes
        ("ja", "あし, いたみ, カゼ, くすり"),
        ("th", "ขา, เข็ม, แพทย์, ยา"),
        ("ka", "ბავშვი, გული, ექიმი"),
    ],
)
def test_words_stand_where_their_readers_look_for_them(language: str, words: str) -> None:
    wanted = words.split(", ")
    data = facts.named(language)
    other_way = wanted[::-1]
    assert sorted(other_way, key=lambda word: collation.key(word, data)) == wanted


@given(st.lists(st.text(max_size=8), max_size=6), st.sampled_from(["es", "zh_Hans", "hi", "th", "cs"]))
def test_any_words_have_one_order(words: list[str], language: str) -> None:
    data = facts.named(language)
    once = sorted(words, key=lambda word: collation.key(word, data))
    other_way = words[::-1]
    assert sorted(other_way, key=lambda word: collation.key(word, data)) == once


def test_a_locale_may_say_what_a_word_is_sorted_as() -> None:
    own = LanguageFacts((("sorted-as", "行为", ("形为",)),), ())
    data = facts.laid("zh_Hans", "Hans", own)
    assert sorted(["因素", "行为", "航空"], key=lambda word: collation.key(word, data)) == ["航空", "行为", "因素"]
    assert collation.key("行为", data)[0] == collation.key("形为", data)[0]
