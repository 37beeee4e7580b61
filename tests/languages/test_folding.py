"""Text made comparable: what differs only in how it is typed comes out the same, what differs in meaning does not."""

from __future__ import annotations

import string

import pytest

from plainleaf.languages.folding import HOLE, Token, bare, fold, skeleton, tokens

# Each is one letter or sign, however it is typed.
ALIKE = (
    "اأإآٱ", "یيى", "كک", "هۀہھۂ", "ंँ", "%٪％﹪", ".٫．", ",٬", ":：", "/⁄", "μµ", "'’ʼ", "-‑", "°º",
)  # fmt: skip
UNITS = {"㎎": "mg", "㎏": "kg", "㎖": "ml", "℃": "°c", "℉": "°f"}


@pytest.mark.parametrize("letters", ALIKE)
def test_one_letter_is_one_however_it_is_typed(letters: str) -> None:
    assert len({fold(letter) for letter in letters}) == 1


def test_a_capital_with_a_dot_is_one_small_letter() -> None:
    assert fold("İki tablet") == "iki tablet"


def test_no_two_letters_become_one() -> None:
    kinds = [fold(letters[0]) for letters in ALIKE]
    assert len(set(kinds)) == len(kinds)
    assert fold("−5") == "−5", "a minus is not a hyphen"


@pytest.mark.parametrize(("sign", "unit"), UNITS.items())
def test_a_unit_in_one_sign_is_that_unit(sign: str, unit: str) -> None:
    assert fold(f"5 {sign}") == f"5 {unit}"


def test_wide_latin_letters_are_latin_letters() -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in string.ascii_letters)
    assert fold(wide) == string.ascii_lowercase * 2
    assert fold("＠［｀｛") == "＠［｀｛"


@pytest.mark.parametrize(
    "digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "๐๑๒๓๔๕๖๗๘๙", "０１２３４５６７８９"]
)
def test_digits_of_all_scripts_are_digits(digits: str) -> None:
    assert fold(digits) == "0123456789"


VOWELS = [*map(chr, range(0x64B, 0x660)), "\u0670", "\u0640", "\u093c", *"\u200c\u200d\u200e\u200f\u061c\u00ad"]


@pytest.mark.parametrize("mark", VOWELS, ids=ascii)
def test_marks_that_only_help_to_pronounce_or_to_print_are_gone(mark: str) -> None:
    """Not those that ``NFC`` joins with the letter before them: these stay a letter of their own."""
    assert fold(f"د{mark}ر") == "در"


@pytest.mark.parametrize("sign", ["\u0660", "\u066a", "\u064a", "\u093e", "\u093f", "\u0902"], ids=ascii)
def test_what_stands_beside_them_in_unicode_stays(sign: str) -> None:
    assert len(fold(f"د{sign}ر")) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Take 2 tablets", "take tablets"), ("don't", "don t"), ("well-known", "well known"), ("5mg", "mg"),
        ("50 % 3‰", "% ‰"), ("39 °C, 100 ° F", "°c °f"), ("5 ° cold", "° cold"),
        ("हिंदी में", "हिंदी में"), ("no_one 2x", "no one x"),
        ("cafe\u0301", "café"), ("", ""), ("٢ قرص", "قرص"),
    ],
)  # fmt: skip
def test_the_words_of_a_text(text: str, words: str) -> None:
    assert [token.text for token in tokens(fold(text))] == words.split()


def test_a_word_knows_its_place() -> None:
    assert list(tokens("a 39 ° c")) == [Token("a", 0, 1), Token("°c", 5, 8)]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Take <b>2</b> a day", "Take 2 a day"), ("Take <em1>2</em1>", "Take 2"),
        ("less &lt; 5 &amp; more", "less < 5 & more"),
        ("Call {clinic_phone}.", f"Call {HOLE}."), ("5 < 6 > 4", "5 < 6 > 4"), ("{Not a place}", "{Not a place}"),
        ("&#8804; 5", "≤ 5"), ("plain", "plain"), ("&lt;b&gt;", "<b>"),
    ],
)  # fmt: skip
def test_a_message_as_it_is_printed(text: str, printed: str) -> None:
    assert bare(text) == printed


@pytest.mark.parametrize(
    ("one", "other"),
    [("جُرْعَات", "جرعات"), ("یک", "يك"), ("ہر", "هر"), ("مرة", "مره"), ("على", "علي"), ("מ״ג", 'מ"ג'), ("צ׳ק", "צ'ק"),
     ("גרש’", "גרש'"),
     ("قـرص", "قرص"), ("می‌خواهم", "میخواهم"), ("أقراص", "اقراص")],
)  # fmt: skip
def test_a_word_has_one_skeleton_however_it_is_spelt(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other) != ""


def test_two_words_have_two_skeletons() -> None:
    assert len({skeleton(word) for word in ("يوم", "قرص", "قرس", "مرة", "פעם", "פעמים")}) == 6
