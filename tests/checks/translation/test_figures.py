"""How figures, times and telephone numbers are read from a text: by value, each language by its own marks."""

from __future__ import annotations

from fractions import Fraction

import pytest

from plainleaf.checks.translation.cases import Side
from plainleaf.checks.translation.numerals import numerals
from plainleaf.checks.translation.quantities import Time, is_ambiguous, phones, quantities, times
from plainleaf.languages import facts
from plainleaf.languages.facts import named
from plainleaf.languages.folding import fold, tokens
from plainleaf.languages.lexicon import Lexicon
from plainleaf.typesetting import locales


def side(text: str, locale: str) -> Side:
    return Side(text, facts.default(locale, locales.locale(locale).script), False)


@pytest.mark.parametrize(
    ("locale", "convention", "text", "values"),
    [
        ("en", ". ,", "1,234.5 and 12,345,678", ["1234.5", "12345678"]),
        ("de", ", .", "1.234,5 und 0,25", ["1234.5", "0.25"]),
        ("de", ", .", "2.30", ["2", "30"]),
        ("fr", ", _", "10 000 ou 1\u202f234\u202f567,5", ["10000", "1234567.5"]),
        ("fr", ", _", "10 00", ["10", "0"]),
        ("hi", ". ,", "12,34,567", ["1234567"]),
        ("ar", ". ,", "١٬٢٣٤٫٥", ["1234.5"]),
        ("en", ". ,", "½ and 2½ and 1 ¾", ["1/2", "5/2", "7/4"]),
        ("en", ". ,", "¼ ⅓ ⅔ ⅛ ⅜ ⅝ ⅞", ["1/4", "1/3", "2/3", "1/8", "3/8", "5/8", "7/8"]),
        ("en", ". ,", "1/2 and 1 1/2 and 3/10", ["1/2", "3/2", "3/10"]),
        ("en", ". ,", "120/80 and 5/2", ["120", "80", "5", "2"]),
        ("en", ". ,", "2026-05-12 or 12/5/2026", ["2026", "5", "12", "12", "5", "2026"]),
        ("en", ". ,", "-5 or (−5) or 7-5 or B-5", ["-5", "-5", "7", "5", "5"]),
        ("en", ". ,", "B-5", ["5"]),
        ("en", ". ,", "2 million, 3 hundred", ["2000000", "300"]),
        ("en", ". ,", "2  million, 3   million, 4, million", ["2000000", "3", "4"]),
        ("zh_Hans", ". ,", "3万人", ["30000"]),
        ("zh_Hans", ". ,", "20世纪50年代", ["1950"]),
        ("en", ". ,", "no figure", []),
    ],
)
def test_figures_are_read_by_value(locale: str, convention: str, text: str, values: list[str]) -> None:
    found = quantities(side(text, locale), convention)
    assert [number.value for number in found] == [Fraction(value) for value in values]


@pytest.mark.parametrize(
    ("locale", "text", "units"),
    [
        ("en", "50 mg, 50mg, 5-mg and 5", ["mg", "mg", "mg", ""]),
        ("en", "5 % or 5% or 2 million units", ["percent", "percent", "unit"]),
        ("tr", "%10 ve 10 mg", ["percent", "mg"]),
        ("tr", "5 %10", ["percent", ""]),
        ("es", "2 tabletas y 3, mg", ["tablet", ""]),
    ],
)
def test_a_figure_has_the_unit_that_stands_beside_it(locale: str, text: str, units: list[str]) -> None:
    assert [number.unit for number in quantities(side(text, locale), ". ,")] == units


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at 5:30 pm", [(5, 30, "p")]),
        ("at 8 a.m. and 17:05", [(8, 0, "a"), (17, 5, "")]),
        ("from 9 to 11 am", [(9, 0, "a"), (11, 0, "a")]),
        ("from 9:15-11:45 pm", [(9, 15, "p"), (11, 45, "p")]),
        ("at 24:00, 25:00 or 5:60", [(24, 0, "")]),
        ("12 pm", [(12, 0, "p")]),
        ("13 pm", []),
        ("10 ampoules", []),
        ("1:20:30", []),
    ],
)
def test_times_of_day_are_found(text: str, found: list[tuple[int, int, str]]) -> None:
    assert [(time.hour, time.minute, time.half) for time in times(text)[0]] == found


@pytest.mark.parametrize(
    ("time", "forms"),
    [
        (Time(5, 0, "p", ""), [(17, 0), (17,), (5, 0), (5,)]),
        (Time(12, 0, "p", ""), [(12, 0), (12,), (12, 0), (12,)]),
        (Time(12, 0, "a", ""), [(0, 0), (0,), (12, 0), (12,)]),
        (Time(5, 30, "a", ""), [(5, 30), (Fraction("5.3"),), (5, 30), (Fraction("5.3"),)]),
        (Time(17, 5, "", ""), [(17, 5), (Fraction("17.05"),)]),
    ],
)
def test_a_time_may_be_written_in_the_ways_of_other_countries(time: Time, forms: list[tuple[Fraction, ...]]) -> None:
    assert list(time.forms()) == forms


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("call 1-800-662-4357 now", ["18006624357"]),
        ("call (202) 555-0142 or +44 20 7946 0958", ["2025550142", "442079460958"]),
        ("13 11 14", []),
        ("10,000,000 people", []),
        ("10 000 000 people", []),
        ("2010-2020 and 12.5.2026 and 2026-05-12", []),
        ("1234567", []),
        ("01234567", ["01234567"]),
    ],
)
def test_a_telephone_number_is_no_figure(text: str, numbers: list[str]) -> None:
    assert [digits for digits, _, _ in phones(text)] == numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("每天两片", ["2"]), ("三百五十片", ["350"]), ("十片", ["10"]), ("二十五片", ["25"]), ("一万二千片", ["12000"]),
        ("三亿片", ["300000000"]), ("一千零五片", ["1005"]), ("半片", ["1/2"]), ("一半", ["1/2"]), ("半数", []),
        ("百分之五", ["5"]), ("三分之二", ["2/3"]), ("两到三次", ["2", "3"]), ("第三片", []), ("一旦", []),
    ],
)  # fmt: skip
def test_chinese_numerals_count_what_follows(text: str, values: list[str]) -> None:
    assert [number.value for number in numerals(Side(text, named("zh_Hans"), False))] == list(map(Fraction, values))


@pytest.mark.parametrize(
    ("text", "values"), [("二錠", ["2"]), ("三分の二", ["2/3"]), ("半錠", ["1/2"]), ("第二錠", []), ("两錠", [])]
)
def test_each_language_has_numerals_of_its_own(text: str, values: list[str]) -> None:
    assert [number.value for number in numerals(Side(text, named("ja"), False))] == list(map(Fraction, values))
    assert not [*numerals(Side(text, named("es"), False))]


@pytest.mark.parametrize(
    ("text", "either"),
    [("1.234", True), ("12,345 mg", True), ("0.123", False), ("1.2345", False), ("1234.567", False), ("1.23", False)],
)
def test_a_figure_that_could_be_a_thousand_times_as_much(text: str, either: bool) -> None:
    assert is_ambiguous(text, ". ,") is either


# --------------------------------------------------------------------------- words

SPANISH = Lexicon(
    {"word:least": ["al menos"], "word:less": ["menos"], "word:pm": ["p. m.", "tarde"], "word:after": ["después de"],
     "word:stop": ["dej*"], "word:not": ["*nunca"]}, spaced=True,
)  # fmt: skip
CHINESE = Lexicon({"unit:mg": ["mg", "毫克"], "unit:g": ["克"], "word:not": ["不"]}, spaced=False)
ARABIC = Lexicon({"word:before": ["قبل"]}, spaced=True, glued="وبل")


@pytest.mark.parametrize(
    ("lexicon", "text", "found"),
    [
        (SPANISH, "Al menos dos", [("word:least", "al menos")]),
        (SPANISH, "al, menos", [("word:less", "menos")]),
        (SPANISH, "al  menos", [("word:least", "al  menos")]),
        (SPANISH, "al   menos", [("word:less", "menos")]),
        (SPANISH, "a las 8 p. m. o por la tarde", [("word:pm", "p. m"), ("word:pm", "tarde")]),
        (SPANISH, "Llegue después. De noche", []),
        (SPANISH, "después de comer", [("word:after", "después de")]),
        (SPANISH, "dejar, deje, de", [("word:stop", "dejar"), ("word:stop", "deje")]),
        (SPANISH, "casinunca", [("word:not", "casinunca")]),
        (CHINESE, "50毫克或5克", [("unit:mg", "毫克"), ("unit:g", "克")]),
        (CHINESE, "50mg，smgx", [("unit:mg", "mg")]),
        (CHINESE, "mgs", []),
        (ARABIC, "وقبل قبل", [("word:before", "وقبل"), ("word:before", "قبل")]),
        (ARABIC, "وبلقبل", [("word:before", "وبلقبل")]),
        (ARABIC, "سقبل", []),
    ],
)
def test_words_of_a_language_are_found_whole(lexicon: Lexicon, text: str, found: list[tuple[str, str]]) -> None:
    folded = fold(text)
    hits = lexicon.find(folded, tuple(tokens(folded)))
    assert [(hit.tags[0], folded[hit.start : hit.end]) for hit in hits] == found


# --------------------------------------------------------------------------- letters


@pytest.mark.parametrize("zero", "٠۰߀०০੦૦୦௦౦೦൦๐໐༠၀០０")
def test_digits_of_every_script_are_folded(zero: str) -> None:
    assert fold("".join(chr(ord(zero) + digit) for digit in range(10))) == "0123456789"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ÁRBOL", "árbol"), ("e\u0301", "é"), ("ＭＧ ｍｇ", "mg mg"), ("㎎ ㎏ ㎖", "mg kg ml"), ("37℃ 37º", "37°c 37°"),
        ("5٪ ٥٫٥ ١٬٠٠٠", "5% 5.5 1,000"), ("أإآٱ يى ك", "اااا یی ک"), ("مَرحَبًا مـــر", "مرحبا مر"),
        ("می\u200cخواهم", "میخواهم"),
        ("Abhängig\u00adkeit", "abhängigkeit"), ("d’eau", "d'eau"),
        ("ज़रूरत", "जरूरत"), ("1⁄2", "1/2"),
        ("50µg", "50μg"), ("8‑10", "8-10"),
    ],
)  # fmt: skip
def test_what_is_one_for_readers_is_one_for_checks(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    "word",
    [
        "स्वास्थ्य", "স্বাস্থ্য", "ਸਿਹਤ", "આરોગ્ય", "ସ୍ୱାସ୍ଥ୍ୟ", "மருத்துவர்", "ఆరోగ్యం", "ಆರೋಗ್ಯ", "ആരോഗ്യം", "සෞඛ්‍ය",
        "สุขภาพ", "ສຸຂະພາບ", "ကျန်းမာရေး", "សុខភាព", "בְּרִיאוּת", "Gesundheit", "здоровье", "υγεία",
    ],
)  # fmt: skip
def test_a_word_with_its_vowel_signs_is_one_word(word: str) -> None:
    assert [token.text for token in tokens(fold(f"{word}, {word}"))] == [fold(word)] * 2


def test_words_end_at_marks_and_keep_their_places() -> None:
    folded = "d'eau 5 °c, a-b 10%"
    found = list(tokens(folded))
    assert [token.text for token in found] == ["d", "eau", "°c", "a", "b", "%"]
    assert all(folded[token.start : token.end].replace(" ", "") == token.text for token in found)
