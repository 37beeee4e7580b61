"""A figure of the source may be a word, a month or two parts in the translation, each for one figure only."""

from __future__ import annotations

from fractions import Fraction

import pytest

from plainleaf.checks.translation import pairs, words
from plainleaf.checks.translation.cases import Case
from plainleaf.checks.translation.comparing import Comparison, compare, figures
from plainleaf.checks.translation.every import check
from plainleaf.languages import facts
from plainleaf.model import Location, Message
from plainleaf.typesetting import locales

AT = Location("sources/leaflet.md", 7)


def case(locale: str, source: str, translation: str) -> Case:
    where = locales.locale(locale)
    return Case(Message(source, (AT,)), translation, where, facts.default(where.name, where.script), {})


def compared(source: str, translation: str, locale: str = "es") -> Comparison:
    return compare(case(locale, source, translation))


def checks(locale: str, source: str, translation: str) -> set[str]:
    asked = case(locale, source, translation)
    return {found.check for found in check(asked.message, translation, asked.locale, asked.language, {})}


# --------------------------------------------------------------------------- leaflets written in other languages


def from_other(language: str, source: str, locale: str, translation: str) -> set[str]:
    where = locales.locale(locale)
    message = Message(source, (AT,), language=language)
    found = check(message, translation, where, facts.default(where.name, where.script), {})
    return {each.check for each in found}


@pytest.mark.parametrize(
    ("language", "source", "locale", "translation"),
    [
        ("de", "Nehmen Sie 1 Tablette mit 2,5 mg.", "en", "Take 1 tablet of 2.5 mg."),
        ("de", "Rufen Sie um 20 Uhr an.", "en", "Call at 8 pm."),
        ("de", "Nehmen Sie höchstens 1.000 mg.", "fr", "Prenez 1 000 mg au plus."),
        ("es", "Tome 2.5 ml y 2.5 ml.", "en", "Take 2.5 ml and 2.5 ml."),
        ("es", "Tome 2,5 ml y 2,5 ml.", "en", "Take 2.5 ml and 2.5 ml."),
        ("fa", "۲ بار در روز ۵ میلی‌لیتر بخورید.", "en", "Take 5 ml 2 times a day."),
        ("ja", "1日2回飲みます。", "de", "Nehmen Sie es 2-mal am Tag."),
        ("es", "No tome más de 3 pastillas.", "en", "Take no more than 3 pills."),
        ("fr", "Prenez-le à 8 h et à 20 h.", "en", "Take it at 8 am and 8 pm."),
        ("de", "Nehmen Sie es um 8 Uhr abends.", "en", "Take it at 8 pm."),
        ("de", "Nachts um 2 Uhr.", "en", "At 2 am at night."),
        ("ja", "午後8時に飲みます。", "en", "Take it at 8 pm."),
        ("ja", "1日2回のみます。", "en", "Take it 2 times a day."),
        ("ja", "1日に三回、2錠を飲みます。", "en", "Take 2 tablets 3 times a day."),
        ("fa", "۲ بار در روز", "ja", "1日2回"),
        ("de", "Kommen Sie am Montag.", "en", "Come on Monday."),
    ],
)
def test_a_source_is_read_by_the_rules_of_its_own_language(
    language: str, source: str, locale: str, translation: str
) -> None:
    assert from_other(language, source, locale, translation) == set()


@pytest.mark.parametrize("locale", ["de", "es", "fr", "pl"])
def test_a_cell_of_a_figure_and_a_unit_is_translated_as_it_is(locale: str) -> None:
    assert checks(locale, "5 ml", "5 ml") == checks(locale, "500 mg", "500 mg") == set()
    assert checks(locale, "5 tablets", "5 tablets") == {"po-untranslated"}


@pytest.mark.parametrize(
    ("language", "source", "locale", "translation", "check"),
    [
        ("de", "Nehmen Sie 1 Tablette mit 2,5 mg.", "en", "Take 1 tablet of 25 mg.", "po-numbers"),
        ("de", "Nehmen Sie 1 Tablette mit 2,5 mg.", "en", "Take 1 tablet of 2,5 mg.", "po-numbers"),
        ("de", "Rufen Sie um 20 Uhr an.", "en", "Call at 8 am.", "po-numbers"),
        ("es", "No tome más de 3 pastillas.", "en", "Take more than 3 pills.", "po-direction"),
        ("ru", "Не принимайте больше 3 таблеток.", "en", "Take more than 3 tablets.", "po-direction"),
        ("zh-Hans", "不要吃超过3片。", "en", "Take more than 3 tablets.", "po-direction"),
        ("de", "Nehmen Sie es um 8 Uhr.", "en", "Take it at 8 pm.", "po-numbers"),
        ("de", "Nehmen Sie es um 12 Uhr.", "en", "Take it at 12 am.", "po-numbers"),
        ("fr", "Prenez-le à 8 h.", "en", "Take it at 8 pm.", "po-numbers"),
        ("es", "Tome 1 pastilla a las 8 de la noche.", "en", "Take 1 pill at 8 am.", "po-numbers"),
        ("de", "Nehmen Sie um 8 Uhr 20 mg.", "en", "Take 8 mg at 8 pm.", "po-numbers"),
        ("en", "Only take it at night.", "ja", "夜にのみます。", "po-lost"),
        ("ja", "1日2回飲みます。", "en", "Take it 3 times a day.", "po-numbers"),
        ("fa", "۲ بار در روز", "ja", "1日3回", "po-numbers"),
        ("de", "Nicht mehr als 8 Tabletten am Tag.", "en", "More than 8 tablets a day.", "po-direction"),
        ("ja", "水を飲みます。", "de", "Trinken Sie Wasser", "po-end-mark"),
        ("de", "Kommen Sie am Montag.", "en", "Come on Tuesday.", "po-dates"),
    ],
)
def test_what_changes_from_another_language_is_found(
    language: str, source: str, locale: str, translation: str, check: str
) -> None:
    assert check in from_other(language, source, locale, translation)


# --------------------------------------------------------------------------- may and March


@pytest.mark.parametrize(
    "text", ["It ends on 12 May.", "It ends on May 12.", "It ends on 12. May", "It ends on May, 12."]
)
def test_may_beside_a_figure_is_a_month(text: str) -> None:
    assert figures(text)[0].months == {Fraction(5): 1}


@pytest.mark.parametrize("text", ["In week 2 we may call you.", "If you may – 2 hours later – eat, do."])
def test_may_a_word_away_from_a_figure_is_no_month(text: str) -> None:
    assert not figures(text)[0].months


# --------------------------------------------------------------------------- figures as words


def test_both_is_no_figure_two() -> None:
    assert compared("Take both tablets with 2 glasses.", "Tome las dos tabletas con vasos.").missing == {Fraction(2): 1}


def test_a_figure_may_be_two_words() -> None:
    found = compared("Take 35 tablets.", "Tome treinta y cinco tabletas.")
    assert not found.missing and not found.new_words


@pytest.mark.parametrize(
    ("source", "lost"), [("Take 35 tablets, then 30 drops.", 30), ("Take 35 tablets, then 5 drops.", 5)]
)
def test_the_parts_of_a_figure_in_words_stand_for_no_other_figure(source: str, lost: int) -> None:
    assert compared(source, "Tome treinta y cinco tabletas, luego gotas.").missing == {Fraction(lost): 1}


def test_the_greater_part_of_a_number_in_words_is_not_all_of_it() -> None:
    assert compared("Take thirty five tablets.", "Tome treinta tabletas.").lost_words == {Fraction(35): 1}


def test_a_figure_may_be_said_in_words_beside_it() -> None:
    assert not compared("Take 3 tablets.", "Tome 3 (tres) tabletas.").new_words
    assert compared("Take 3 tablets.", "Tome 3 tabletas (cuatro).").new_words == {Fraction(4): 1}


@pytest.mark.parametrize(
    "translation", ["Venga a las 17:00.", "Venga a las 17.", "Venga a las 5:00.", "Venga a las 5."]
)
def test_a_full_hour_may_have_its_noughts_or_not(translation: str) -> None:
    found = compared("Come at 5 pm.", translation)
    assert not found.lost_times and not found.added and not found.missing


# --------------------------------------------------------------------------- what is counted


def test_units_of_cldr_have_the_names_of_our_word_lists() -> None:
    assert not [unit for unit in pairs._CLDR.values() if not facts.english().knows(f"unit:{unit}")]


@pytest.mark.parametrize("translation", ["Meza vidonge 5 mara 2 kwa siku.", "Meza vidonge: 5, mara: 2 kwa siku."])
def test_where_the_noun_comes_first_a_figure_may_stand_behind_a_colon(translation: str) -> None:
    assert "po-pairs" in checks("sw", "Take 2 tablets 5 times a day.", translation)


def test_where_a_figure_is_missing_nothing_is_said_of_an_exchange() -> None:
    exchanged = "Chupe 5 pastillas 2 veces al día."
    assert "po-pairs" in checks("es", "Suck 2 lozenges 5 times a day.", exchanged)
    found = checks("es", "Suck 2 lozenges 5 times a day, for 7 days.", exchanged)
    assert "po-numbers" in found and "po-pairs" not in found


# --------------------------------------------------------------------------- opposites


@pytest.mark.parametrize("word", sorted({word for pair in words.OPPOSITES for word in pair}))
def test_a_word_that_can_be_turned_round_is_known_in_english(word: str) -> None:
    assert facts.english().knows(f"word:{word}")


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Never drink alcohol.", "Evite siempre el alcohol."),
        ("It is not safe to drive.", "Es peligroso conducir."),
        ("This is unsafe.", "Esto no es seguro."),
    ],
)
def test_a_word_and_its_opposite_with_a_not_say_the_same(source: str, translation: str) -> None:
    assert "po-direction" not in checks("es", source, translation)


def test_never_for_always_is_a_negation_too_many() -> None:
    assert "po-negation" in checks("es", "It is always open.", "Nunca abre.")


def test_not_more_than_is_at_most() -> None:
    assert "po-negation" not in checks("es", "Take at most 8 tablets a day.", "No tome más de 8 tabletas al día.")
    assert "po-negation" in checks("es", "Take 8 tablets a day.", "No tome 8 tabletas al día.")


# --------------------------------------------------------------------------- measures and limits of a dose


@pytest.mark.parametrize(
    ("locale", "teaspoon", "tablespoon"),
    [
        ("ar", "ملعقة صغيرة", "ملعقة كبيرة"),
        ("de", "1 Teelöffel", "1 Esslöffel"),
        ("es", "1 cucharadita", "1 cucharada"),
        ("fr", "1 cuillère à café", "1 cuillère à soupe"),
        ("hi", "1 छोटा चम्मच", "1 बड़ा चम्मच"),
        ("it", "1 cucchiaino", "1 cucchiaio"),
        ("ja", "小さじ1杯", "大さじ1杯"),
        ("pl", "1 łyżeczka", "1 łyżka"),
        ("pt", "1 colher de chá", "1 colher de sopa"),
        ("zh_Hans", "1茶匙", "1汤匙"),
    ],
)
def test_a_small_spoon_is_no_large_one(locale: str, teaspoon: str, tablespoon: str) -> None:
    assert "po-meaning" in checks(locale, "1 teaspoon", tablespoon)
    assert "po-meaning" in checks(locale, "1 tablespoon", teaspoon)
    assert "po-meaning" in from_other("de", "1 Teelöffel", locale, tablespoon)
    assert "po-meaning" not in checks(locale, "1 teaspoon", teaspoon) | checks(locale, "1 tablespoon", tablespoon)


@pytest.mark.parametrize(
    ("locale", "least", "most"),
    [
        ("ar", "من سن ١٢ عامًا", "حتى سن ١٢ عامًا"),
        ("de", "ab 12 Jahren", "bis 12 Jahre"),
        ("es", "a partir de 12 años", "hasta 12 años"),
        ("fr", "à partir de 12 ans", "jusqu’à 12 ans"),
        ("hi", "12 साल और उससे बड़े", "12 साल तक के"),
        ("pt", "a partir de 12 anos", "até 12 anos"),
        ("vi", "từ 12 tuổi", "đến 12 tuổi"),
        ("zh_Hans", "12岁以上", "12岁以下"),
    ],
)
def test_the_least_age_is_no_greatest_age(locale: str, least: str, most: str) -> None:
    assert "po-direction" in checks(locale, "from 12 years", most)
    assert "po-direction" in checks(locale, "up to 12 years", least)
    assert "po-direction" in from_other("de", "ab 12 Jahren", locale, most)
    assert not {"po-direction"} & (checks(locale, "from 12 years", least) | checks(locale, "up to 12 years", most))


def test_a_limit_that_one_side_says_by_a_negation_may_be_the_same() -> None:
    assert "po-direction" not in checks("de", "Not for children under 12.", "Erst für Kinder ab 12 Jahren.")
    assert "po-direction" not in checks("es", "Wait at least 7 to 10 days.", "Espere al menos de 7 a 10 días.")


def test_a_vietnamese_not_may_be_far_from_its_more_than() -> None:
    source = "Không uống thuốc này quá 3 lần mỗi ngày."
    assert "po-direction" in from_other("vi", source, "en", "Take this medicine more than 3 times each day.")
    assert "po-direction" in from_other("vi", source, "en", "Do not take this less than 3 times each day.")
    assert from_other("vi", source, "en", "Do not take this medicine more than 3 times each day.") == set()


@pytest.mark.parametrize(("locale", "found"), [("de", set()), ("pt", set()), ("es", {"po-dose"})])
def test_a_point_that_parts_thousands_is_no_decimal_point(locale: str, found: set[str]) -> None:
    assert checks(locale, "1,250 mg", "1.250 mg") == found  # Spanish has both uses of the point


@pytest.mark.parametrize(
    ("locale", "right", "wrong"),
    [
        ("ar", "5 مل، وليس 5 ملغ", "5 ملغ، وليس 5 مل"),
        ("de", "nicht 5 mg, sondern 5 ml", "5 mg, nicht 5 ml"),
        ("es", "5 ml, no 5 mg", "5 mg, no 5 ml"),
        ("fr", "5 ml, pas 5 mg", "5 mg, pas 5 ml"),
        ("hi", "5 मिलीग्राम नहीं, 5 मिलीलीटर", "5 मिलीग्राम, 5 मिलीलीटर नहीं"),
        ("ja", "5 mgではなく、5 ml", "5 mg、5 mlではない"),
        ("tr", "5 mg değil, 5 ml", "5 ml değil, 5 mg"),
        ("zh_Hans", "5毫升，不是5毫克", "5毫克，不是5毫升"),
    ],
)
def test_a_not_denies_the_same_dose(locale: str, right: str, wrong: str) -> None:
    assert "po-pairs" in checks(locale, "5 ml, not 5 mg", wrong)
    assert "po-pairs" not in checks(locale, "5 ml, not 5 mg", right)


def test_a_not_of_a_dose_and_how_often_denies_both() -> None:
    assert "po-pairs" not in checks("hi", "Do not take 2 tablets 3 times a day.", "दिन में 2 गोलियाँ 3 बार न लें।")
