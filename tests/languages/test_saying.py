"""A text says a word of a list whole, as it is, or in a form that can be no other word; each language by its rules."""

from __future__ import annotations

import re

import pytest

from plainleaf.languages import facts, saying


def found(word: str, text: str, tag: str) -> list[str]:
    """What a text has of a word."""
    spaced = facts.named(tag).spaced
    return re.findall(saying.expression(map(re.escape, saying.forms(word, tag, spaced)), spaced), text)


@pytest.mark.parametrize(
    ("word", "tag", "text", "said"),
    [
        ("dose", "en", "Doses, a dose; overdose, dosed.", ["Doses", "dose"]),
        ("Dose", "en", "a dose", ["dose"]),
        ("side effect", "en", "Side effects. Sides effect.", ["Side effects"]),
        ("injury", "en", "injuries, injurys", ["injuries"]),
        ("rash", "en", "rashes, rashs", ["rashes"]),
        ("AIDS", "en", "It aids. Aids. AIDS.", ["AIDS"]),
        ("Hepatitis B", "en", "hepatitis B, hepatitis b", ["hepatitis B"]),
        ("opioid", "en", "non-opioid, opioid-free, an opioid", ["opioid"]),
        ("infección", "es", "Infecciones, infección", ["Infecciones", "infección"]),
        (
            "síntoma de abstinencia",
            "es",
            "síntomas de abstinencia",
            ["síntomas de abstinencia"],
        ),
        ("efecto secundario", "es", "los efectos secundarios", ["efectos secundarios"]),
        ("cicatriz", "es", "cicatrices", ["cicatrices"]),
        ("niveau", "fr", "niveaux, niveaus", ["niveaux"]),
        ("surdose", "fr", "L’overdose, d’une surdose, surdoses", ["surdose", "surdoses"]),
        ("injeção", "pt-BR", "injeções, injeçãos", ["injeções"]),
        ("comprimido", "pt", "Comprimidos", ["Comprimidos"]),
        ("Wunde", "de", "wunde Stellen, eine Wunde, Wunden", ["Wunde"]),
        ("ilaç", "tr", "İlaç, Ilaç, ilaçlar", ["İlaç"]),
        ("ısı", "tr", "Isı, İsı", ["Isı"]),
        ("الدواء", "ar", "بالدواء، الدواء، دواء", ["بالدواء", "الدواء"]),
        ("جفاف", "ar", "الجفاف والجفاف وللجفاف، وجفاف، الجفافي", ["الجفاف", "والجفاف", "وللجفاف"]),
        ("لقاح", "ar", "للقاح، اللقاح، فلقاح", ["للقاح", "اللقاح"]),
        ("جرعة زائدة", "ar", "للجرعة الزائدة، الجرعة زائدة", ["للجرعة الزائدة"]),
        ("إزالة السموم", "ar", "الإزالة السموم، إزالة السموم", ["إزالة السموم"]),
        ("التهاب", "ar", "الالتهاب، وللالتهاب، بالتهاب", ["الالتهاب", "وللالتهاب", "بالتهاب"]),
        ("دين", "ar", "الوالدين والدين دين", ["دين"]),
        ("سائل", "ar", "وسائل", []),
        ("תרופה", "he", "התרופה, תרופה", ["תרופה"]),
        ("रोग", "hi", "रोगी, रोग", ["रोग"]),
        ("药物", "zh-Hans", "请吃药物吧", ["药物"]),
        ("药", "zh-Hans", "请吃药物吧", []),
        ("ยา", "th", "กินยาทุกวัน ยาก", ["ยา", "ยา"]),
        ("აბი", "ka", "აბი, აბები", ["აბი"]),
    ],
)
def test_a_word_is_found_in_the_forms_that_are_safe(word: str, tag: str, text: str, said: list[str]) -> None:
    assert found(word, text, tag) == said


def test_a_list_without_words_finds_nothing() -> None:
    assert found("", "a text", "en") == []
