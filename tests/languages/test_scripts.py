"""What script a text is in: letters say it; spaces, figures and signs go with any."""

from __future__ import annotations

import phonenumbers
import pytest

from plainleaf.clinics.phones import phone
from plainleaf.languages.scripts import script_of, scripts_of

SPACES = " \u00a0\u2007\u2009\u202f\u3000"
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212\u00ad"
SIGNS = "()[]+*#/.,:;·•%°×⁄“”«»‹›、。，（）\u200b\u200e\u200f\u2060\u2066\u2069"


@pytest.mark.parametrize("country", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_a_telephone_number_of_any_country_has_no_script(country: str) -> None:
    example = phonenumbers.example_number(country)
    plain = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    for text in (plain, phone(plain, country).printed, phone(plain, "US").printed):
        assert any(map(str.isdigit, text)) and scripts_of(text) == frozenset(), text


@pytest.mark.parametrize("char", SPACES + HYPHENS + SIGNS + "0123456789²½①０")
def test_what_goes_with_any_script_has_none(char: str) -> None:
    assert script_of(char) == ""


@pytest.mark.parametrize(
    ("chars", "script"),
    [
        ("aZéſẾﬁｗ", "LATIN"), ("бЖ", "CYRILLIC"), ("αἀ", "GREEK"), ("اﷲﻼ٣۳", "ARABIC"), ("אש", "HEBREW"),
        ("क३", "DEVANAGARI"), ("ไ๓", "THAI"), ("的龍", "CJK"), ("かカｶ", "HIRAGANA KATAKANA"), ("한ﾡ", "HANGUL"),
    ],
)  # fmt: skip
def test_letters_and_figures_of_a_scripts_own_have_it(chars: str, script: str) -> None:
    assert scripts_of(chars) == set(script.split())


@pytest.mark.parametrize("sign", "µ\u2126\u212a℃ªºʰ")
def test_letters_that_are_used_as_signs_have_none(sign: str) -> None:
    assert script_of(sign) == ""


def test_a_text_has_the_scripts_of_all_its_letters() -> None:
    assert scripts_of("اتصل بـ Sample Clinic: 020\u00a07946\u00a00171") == {"ARABIC", "LATIN"}
    assert scripts_of("") == frozenset() == scripts_of(" – ")
