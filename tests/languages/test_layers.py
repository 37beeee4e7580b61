"""What is known of a language is laid in layers: for all, for a script, a language, a region, a folder of content."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainleaf.languages import facts, schema
from plainleaf.model import LanguageFacts
from plainleaf.typesetting import locales


def laid(*entries: str, section: str = "words", key: str = "not") -> tuple[str, ...]:
    """What English says, with these entries laid over it."""
    own = LanguageFacts(((section, key, entries),), ())
    return facts.laid("en", "Latn", own).list(section, key)


def test_a_list_adds_to_the_one_below_it() -> None:
    below = facts.default("en", "Latn").list("words", "not")
    assert below and laid("nay", below[0]) == (*below, "nay")


def test_an_entry_is_taken_away_by_a_sign_before_it() -> None:
    below = facts.default("en", "Latn").list("words", "not")
    assert laid(f"!{below[0]}") == below[1:]
    assert laid(f"!{below[0]}", below[0]) == (*below[1:], below[0])
    assert laid("!", "!n")[len(below) :] == ("!",), "a sign alone is an entry"


def test_a_list_that_is_nowhere_is_empty() -> None:
    assert facts.english().list("words", "nowhere") == () and facts.english().section("nowhere") == {}
    assert laid("a", "b", "a", section="words", key="nowhere") == ("a", "b")


def test_a_value_replaces_the_one_below_it() -> None:
    own = LanguageFacts((), (("length", 9.0),))
    assert facts.laid("en", "Latn", own).value("length", 0) == 9.0
    assert facts.english().value("length", 0) != 9.0 and facts.english().value("nowhere", 7) == 7


def test_lists_of_one_name_in_two_sections_stay_apart() -> None:
    own = LanguageFacts((("words", "same", ("Yes",)), ("hints", "same", ("No",))), ())
    data = facts.laid("xx", "Latn", own)
    assert data.folded("words", "same") == {"yes"} and data.folded("hints", "same") == {"no"}
    assert data.section("hints")["same"] == ("No",)


@pytest.mark.parametrize("tag", ["number:2", "unit:mg", "word:not", "month:5"])
def test_a_language_says_what_it_can_be_asked_for(tag: str) -> None:
    assert facts.english().knows(tag) and tag in facts.english().tags
    assert not facts.english().knows(f"{tag}x") and not facts.default("xx", "Latn").knows("word:not")


@pytest.mark.parametrize("key", ["english", "medicine-endings", "no-medicine"])
def test_lists_that_are_no_words_of_the_language_are_not_found_in_its_texts(key: str) -> None:
    own = LanguageFacts((("words", key, ("sample*",)), ("words", "nowhere", ("other",))), ())
    lexicon = facts.laid("xx", "Latn", own).lexicon
    assert "sample" not in lexicon.forms.stems and lexicon.forms.words["other"] == ("word:nowhere",)


def test_a_region_is_laid_over_its_language_and_that_over_its_script() -> None:
    region, language = facts.shipped("pt_BR", "Latn"), facts.shipped("pt", "Latn")
    assert region[:-1] == language and len(set(map(id, region))) == len(region)
    assert facts.shipped("xx", "Latn") == facts.shipped("en", "Latn")[:2]
    assert facts.shipped("en", "Latn")[2].facts.lists


def test_a_folder_without_a_file_says_nothing_of_its_language(tmp_path: Path) -> None:
    locale = locales.locale("es")
    assert facts.own(locale, tmp_path, tmp_path) == (None, ())
    (tmp_path / facts.FILE).write_text('[words]\nnot = ["nanay"]\n', encoding="utf-8")
    found, findings = facts.own(locale, tmp_path, tmp_path)
    assert found and not findings and found.lists == (("words", "not", ("nanay",)),)


def test_a_language_without_words_is_unknown_until_a_file_of_its_own_is_there() -> None:
    assert facts.english().known and not facts.default("xx", "Latn").known
    assert facts.laid("xx", "Latn", LanguageFacts((), ())).known


def test_a_part_of_a_file_is_what_it_says_in_some_sections() -> None:
    own = LanguageFacts((("words", "not", ("no",)), ("units", "mg", ("mg",))), (("target.lix", 30), ("length", 1.0)))
    assert facts.part(own, "units", "target") == LanguageFacts((("units", "mg", ("mg",)),), (("target.lix", 30),))
    assert facts.part(own, "length") == LanguageFacts((), (("length", 1.0),))
    assert facts.part(own, "units") == LanguageFacts((("units", "mg", ("mg",)),), ())
    assert facts.part(own, "hints") is None and facts.part(None, "units") is None


@pytest.mark.parametrize("name", ["es", "zh_Hans", "pt_BR"])
def test_a_file_is_one_layer_once(name: str) -> None:
    layers = facts.shipped(name, locales.locale(name).script)
    assert len(layers) == len(set(map(id, layers))) >= 3


def test_what_a_file_may_say_is_read(tmp_path: Path) -> None:
    file = tmp_path / "checks.toml"
    file.write_text(
        'length = 4.0\n[stigma]\n"addict" = "person"\n[jargon]\n"renal" = "of the kidneys"\n'
        '[readability]\nbeside = ["lix"]\nages = ["GB"]\n[unless]\nstigma = ["so called"]\n',
        encoding="utf-8",
    )
    layer = schema.read(file, tmp_path)
    assert not layer.findings
    assert layer.values == {"length": 4.0}
    assert layer.lists == {
        ("stigma", "addict"): ("person",), ("jargon", "renal"): ("of the kidneys",),
        ("readability", "beside"): ("lix",), ("readability", "ages"): ("GB",), ("unless", "stigma"): ("so called",),
    }  # fmt: skip


@pytest.mark.parametrize("length", ["0.09", "4.1"])
def test_a_length_that_no_language_has_is_a_finding(length: str, tmp_path: Path) -> None:
    (tmp_path / "checks.toml").write_text(f"length = {length}\n", encoding="utf-8")
    assert [finding.at.line for finding in schema.read(tmp_path / "checks.toml", tmp_path).findings] == [1]
