"""What ends a sentence lies with its language: a file of data gives it, and what holds for all languages stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from plainleaf.languages import facts
from plainleaf.languages.sentence_rules import sentence_rules
from plainleaf.readability.splitting import sentences
from plainleaf.typesetting import locales


def test_what_holds_for_every_language_holds_where_nothing_is_known() -> None:
    nothing, dutch = sentence_rules(facts.named("mi")), sentence_rules(facts.named("nl"))
    assert "dr" in nothing.abbreviations & dutch.abbreviations and "vitamin" in nothing.lettered & dutch.lettered
    assert "bijv" in dutch.abbreviations - nothing.abbreviations
    assert not nothing.starters and nothing.ordinals is None and not nothing.characters


def test_ordinals_with_a_full_stop_are_told_from_none_even_without_words_before_them() -> None:
    assert sentence_rules(facts.named("fi")).ordinals == frozenset()
    assert sentence_rules(facts.named("es")).ordinals is None


@pytest.mark.parametrize("name", ["ja", "km", "lo", "my", "th", "yue", "zh", "zh_Hans", "zh_Hant"])
def test_languages_without_spaces_are_measured_in_characters(name: str) -> None:
    assert sentence_rules(facts.named(name)).characters


def test_a_locales_own_file_adds_what_ends_no_sentence_and_takes_away(tmp_path: Path) -> None:
    (tmp_path / "checks.toml").write_text('[sentences]\nabbreviations = "farm !tel"\n', encoding="utf-8")
    usual, text = locales.locale("es"), "Vea la farm. Central. Llame al tel. García."
    own, found = facts.own(usual, tmp_path, tmp_path)
    assert not found
    assert sentences(text, facts.of(usual)) == ("Vea la farm.", "Central.", "Llame al tel. García.")
    changed = facts.of(replace(usual, own=own))
    assert sentences(text, changed) == ("Vea la farm. Central.", "Llame al tel.", "García.")
