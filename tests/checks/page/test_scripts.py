"""How scripts are measured in print: which are alike, and how wide a line of them counts."""

from __future__ import annotations

import pytest

from plainleaf.checks.page.scripts import REFERENCES, families, family, length


@pytest.mark.parametrize(
    ("script", "group"),
    [
        ("Latn", "Latn"), ("Grek", "Latn"), ("Cyrl", "Latn"), ("Hans", "Hani"), ("Hant", "Hani"), ("Jpan", "Hani"),
        ("Kore", "Hani"), ("Arab", "Arab"), ("Deva", "Deva"), ("Thai", "Thai"),
    ],
)  # fmt: skip
def test_the_script_of_a_language_is_measured_as_those_like_it(script: str, group: str) -> None:
    assert family(script) == group


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("naltrexone", "Latn"), ("ναλτρεξόνη", "Latn"), ("налтрексон", "Latn"), ("纳曲酮", "Hani"),
        ("ひらがな", "Hani"), ("カタカナ", "Hani"), ("날트렉손", "Hani"), ("々", "Hani"), ("ー", "Hani"),
        ("نالتريكسون", "Arab"), ("हिन्दी", "Deva"),
        ("Հայերեն", "Armn"), ("বাংলা", "Beng"), ("አማርኛ", "Ethi"), ("ქართული", "Geor"), ("ગુજરાતી", "Gujr"),
        ("ਪੰਜਾਬੀ", "Guru"), ("עברית", "Hebr"), ("ಕನ್ನಡ", "Knda"), ("ខ្មែរ", "Khmr"), ("ລາວ", "Laoo"),
        ("മലയാളം", "Mlym"), ("မြန်မာ", "Mymr"), ("ଓଡ଼ିଆ", "Orya"), ("සිංහල", "Sinh"), ("தமிழ்", "Taml"),
        ("తెలుగు", "Telu"), ("ไทย", "Thai"), ("བོད", "Tibt"), ("ᏣᎳᎩ", "Zzzz"), ("500, 7–10 %", ""),
        ("500 mg 纳曲酮", "Latn Hani"),
    ],
)  # fmt: skip
def test_the_groups_that_a_text_is_measured_in(text: str, groups: str) -> None:
    assert families(text) == set(groups.split())


def test_a_script_with_a_measure_has_a_letter_of_its_own() -> None:
    for script, (letter, height) in REFERENCES.items():
        assert families(letter) == {script} and 0.3 < height < 1


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("abc", 3), (" abc ", 3), ("", 0), ("é", 1), ("e\u0301", 1), ("纳曲酮", 6), ("ａｂ", 4),
        (" 纳 ", 2), ("نَالُ", 3),
        ("a\u200db\u00ad\u00e9", 3), ("a\u20dd\u00e9", 2), ("हिं", 2),
    ],
)  # fmt: skip
def test_a_line_counts_so_many_characters(text: str, wide: int) -> None:
    assert length(text) == wide
