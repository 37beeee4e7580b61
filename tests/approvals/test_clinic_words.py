"""What a clinic's file says in a language is part of what is approved: nothing is printed as checked unseen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plainleaf.approvals.seals import Why
from plainleaf.model import Location
from tests.approvals.test_seals import approve, lapsed, row

Edit = Callable[[Path, str, str], None]
CLINIC = Path("sources/clinics/sample.toml")
NOTE = 'notes.es = "gratis, de día y de noche"\n'


@pytest.fixture
def approved(content: Path) -> Path:
    assert approve(content) == 0 and not lapsed(content)
    return content


def test_changed_words_lapse_the_approval_and_are_named_with_their_line(approved: Path, replaced: Edit) -> None:
    replaced(approved / CLINIC, NOTE, 'notes.es = "cuesta dinero, no llame"\n')
    assert lapsed(approved) == [(Why.TRANSLATION, "free, day and night")]
    (lapse,) = row(approved).lapses
    assert lapse.po == Location(CLINIC.as_posix(), 18)


def test_so_does_a_word_that_is_new(approved: Path, replaced: Edit) -> None:
    replaced(approved / CLINIC, NOTE, f'{NOTE}names.es = "Línea de crisis"\n')
    assert lapsed(approved) == [(Why.NEW, "Suicide and Crisis Lifeline")]


def test_a_word_of_another_language_does_not(approved: Path, replaced: Edit) -> None:
    replaced(approved / CLINIC, NOTE, f'{NOTE}notes.fr = "gratuit, jour et nuit"\n')
    assert not lapsed(approved)


def test_one_that_is_taken_away_lapses_it_as_the_page_prints_another(approved: Path, replaced: Edit) -> None:
    replaced(approved / CLINIC, NOTE, "")
    assert lapsed(approved) == [(Why.REMOVED, "free, day and night")]


def test_an_approval_is_for_the_clinics_that_there_are_and_not_for_one_to_come(content: Path, replaced: Edit) -> None:
    text = (content / CLINIC).read_text(encoding="utf-8")
    (content / "sources/clinics/second.toml").write_text(text.replace("noche", "madrugada"), encoding="utf-8")
    settings = content / "plainleaf.toml"
    settings.write_text('clinic = "sample"\n', encoding="utf-8")
    assert approve(content) == 0 and not lapsed(content)
    replaced(settings, "sample", "second")
    assert not lapsed(content)
    (content / "sources/clinics/third.toml").write_text(text, encoding="utf-8")
    replaced(settings, "second", "third")
    assert {why for why, _ in lapsed(content)} == {Why.SOURCE}  # as in the file that it was copied from


def test_words_that_a_check_finds_wrong_cannot_be_approved(content: Path, replaced: Edit) -> None:
    replaced(content / CLINIC, NOTE, 'notes.es = "gratis, 24 horas, 7 días"\n')
    assert approve(content) == 1 and row(content).standing is None
