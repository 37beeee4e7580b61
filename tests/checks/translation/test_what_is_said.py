"""What a translator reads: each finding on the records' own examples, with its severity and its way out.

``PLAINLEAF_GOLDEN=1`` writes the golden file anew; read the difference as a translator would.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

from plainleaf.checks.translation.every import CHECKS, check
from plainleaf.checks.translation.registry import Check, Example
from plainleaf.languages import facts
from plainleaf.model import Location, Message
from plainleaf.typesetting import locales
from tests.conftest import TESTS

GOLDEN = TESTS / "golden" / "translation-findings.txt"
AT = Location("sources/leaflet.md", 7)


def told(example: Example) -> list[str]:
    """The example, then a line for each finding on it."""
    locale = locales.locale(example.locale)
    message = Message(example.source, (AT,), flags=example.flags, safety=example.safety)
    data = facts.default(locale.name, locale.script)
    found = check(message, example.translation, locale, data, example.terms, (), example.names)
    lines = [f"{example.locale}: {ascii_signs(example.source)} | {ascii_signs(example.translation)}"]
    return [*lines, *(f"  {one.severity.name.lower()} {one.check}: {one.message}; {one.hint}" for one in found)]


def ascii_signs(text: str) -> str:
    """The text with what nobody could see in it written out."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def section(record: Check) -> str:
    said = [line for example in (*record.fires_on, *record.passes_on) for line in told(example)]
    return "\n".join([f"[{record.id}]", *map(ascii_signs, said)]) + "\n"


def sections(records: Sequence[Check]) -> str:
    return "\n".join(map(section, records))


@pytest.fixture(scope="module")
def golden() -> dict[str, str]:
    if os.environ.get("PLAINLEAF_GOLDEN"):
        GOLDEN.write_text(sections(CHECKS), encoding="utf-8")
    parts = GOLDEN.read_text(encoding="utf-8").split("\n\n")
    return {part[1 : part.index("]")]: part.rstrip("\n") + "\n" for part in parts}


@pytest.mark.parametrize("record", CHECKS, ids=lambda record: record.id)
def test_what_is_said_of_each_example(record: Check, golden: dict[str, str]) -> None:
    assert section(record) == golden[record.id]


def test_no_finding_is_said_of_a_check_that_is_gone(golden: dict[str, str]) -> None:
    assert set(golden) == {record.id for record in CHECKS}


def checks_of(locale: str, source: str, translation: str) -> set[str]:
    return {line.split()[1].rstrip(":") for line in told(Example(locale, source, translation))[1:]}


@pytest.mark.parametrize("letter", "асеіјорѕхуѵкт")
def test_a_word_of_cyrillic_letters_that_all_look_latin_is_found(letter: str) -> None:
    assert "po-lookalikes" in checks_of("es", "Yes, go on.", f"соса{letter} sí.")
    assert "po-lookalikes" in checks_of("es", "Yes, go on.", f"sol{letter}dor sí.")


@pytest.mark.parametrize(
    ("locale", "source", "translation", "check"),
    [
        ("zh_Hans", "Take it (now).", "请服用（\u3000现在）。", "po-spaces"),
        ("zh_Hans", "Take it (now).", "请服用（ 现在）。", "po-spaces"),
        ("fr", "It is “low”.", "Elle est «faible\u00a0».", "po-french-spaces"),
        ("fr", "It is “low”.", "Elle est «\u00a0faible».", "po-french-spaces"),
    ],
)
def test_spaces_inside_brackets_and_quotes(locale: str, source: str, translation: str, check: str) -> None:
    assert check in checks_of(locale, source, translation)


@pytest.mark.parametrize("behind", ["", " ", "\u00a0", "\u202f", ")", "” "])
def test_the_last_mark_may_have_a_space_or_a_closing_sign_behind_it(behind: str) -> None:
    assert "po-end-mark" not in checks_of("es", "Take it now.", f"Tómelo ahora.{behind}")
