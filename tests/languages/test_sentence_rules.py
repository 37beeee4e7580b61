"""What ends a sentence lies with its language: a file of data gives it, and what holds for all languages stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainleaf.languages import facts
from plainleaf.languages.sentence_rules import sentence_rules
from plainleaf.typesetting import locales


def test_what_holds_for_every_language_holds_where_nothing_is_known() -> None:
    nothing, dutch = sentence_rules("mi"), sentence_rules("nl")
    assert "dr" in nothing.abbreviations & dutch.abbreviations and "vitamin" in nothing.lettered & dutch.lettered
    assert "bijv" in dutch.abbreviations - nothing.abbreviations
    assert not nothing.starters and nothing.ordinals is None and not nothing.characters


def test_ordinals_with_a_full_stop_are_told_from_none_even_without_words_before_them() -> None:
    assert sentence_rules("fi").ordinals == frozenset() and sentence_rules("es").ordinals is None


@pytest.mark.parametrize("name", ["ja", "lo", "th", "yue", "zh"])
def test_languages_without_spaces_are_measured_in_characters(name: str) -> None:
    assert sentence_rules(name).characters


def test_a_language_is_added_in_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mi.toml").write_text('[sentences]\nabbreviations = "ta"\nalso-ends = "!"\n', encoding="utf-8")
    monkeypatch.setattr(facts, "SHIPPED", tmp_path)
    facts.shipped.cache_clear()
    try:
        rules = sentence_rules.__wrapped__("mi")
    finally:
        facts.shipped.cache_clear()
    assert rules.abbreviations == {"ta"} and rules.also_ends == {"!"}


def test_a_locales_own_file_cannot_say_what_ends_sentences_and_that_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "locales" / "es"
    folder.mkdir(parents=True)
    (folder / "checks.toml").write_text('length = 1.1\n[sentences]\nabbreviations = "fulano"\n', encoding="utf-8")
    data, found = facts.load(locales.locale("es"), folder, tmp_path)
    assert [(one.at.file, one.at.line) for one in found] == [("locales/es/checks.toml", 2)]
    assert "fulano" not in data.list("sentences", "abbreviations")


@pytest.mark.parametrize("text", ["abbreviations = 3", 'abreviations = "x"', 'characters = "yes"'])
def test_a_fault_in_a_file_of_data_is_found(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "SHIPPED", tmp_path)
    (tmp_path / "mi.toml").write_text(f"[sentences]\n{text}\n", encoding="utf-8")
    assert [one.at.line for one in facts.read(tmp_path / "mi.toml", tmp_path).findings] == [2]
