"""Two signatures are two persons' if their names are, however they are spelt; names a letter apart need two keys."""

from __future__ import annotations

from datetime import date

import pytest

from plainleaf.approvals import keys, persons
from plainleaf.approvals.records import Record
from plainleaf.model import Approval


def record(by: str, signature: str = "") -> Record:
    return Record(Approval(f"{by}, nurse", date(2026, 12, 1), date(2026, 11, 1)), (), (), (), signature=signature)


def same(one: str, other: str) -> bool:
    found = persons.same(record(one), record(other))
    assert found == persons.same(record(other), record(one)), "who signs first does not matter"
    return found


@pytest.mark.parametrize(
    "other",
    [
        "Dr A Sample", "dr. a. SAMPLE", "Dr. Ana Sample", "A. Sample RN", "Prof. A. Sample", "A.Sample", "Sample",
        "Dr. A. Sampel", "Dr. A. Samle", "Dr. A. Sammple", "Dr. A. Simple", "Dr. A. Samp1e", "Dr. A. 5ample",
        "Dr. A. Sa\u034fmple", "Dr. A. Sample\u3164", "Dr. A. Sam\ufe00ple", "Dr. А. Sаmрlе", "Dr. Ａ. Ｓａｍｐｌｅ",
        "Dr. A. Sámplé", "Dr. \U0001d400. Sample", "Doctor A. Sample", "Professor Ana Sample", "Doktor A. Sample",
    ],
)  # fmt: skip
def test_a_spelling_a_slip_and_a_disguise_make_no_second_person(other: str) -> None:
    assert same("Dr. A. Sample", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dr. A. Sample", "Dr. B. Sample"), ("Ana Sample", "Ben Sample"), ("Ana Sample", "Aida Sample"),
        ("Ana Sample", "Ana Trial"), ("Jan Sample", "Jon Sample"), ("Dr. Ng", "Dr. Wu"), ("王芳", "王伟"),
        ("Prof. Ana Sample", "Prof. Ben Trial"), ("Олена Зразок", "Ганна Приклад"), ("Doctor Ana", "Doctor Ben"),
        ("Ana Doctor", "Ben Doctor"),
    ],
)  # fmt: skip
def test_two_names_are_two_persons(one: str, other: str) -> None:
    assert not same(one, other)


def test_a_title_written_out_makes_no_second_person() -> None:
    assert same("Prof Ana Sample", "Doctor Ana Sample")
    assert same("доктор Олена Зразок", "профессор Олена Зразок")


def test_a_letter_apart_they_are_two_with_a_key_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "key_of", lambda signature: signature.encode())
    marta, maria = "Marta Sample", "Maria Sample"
    assert same(marta, maria)
    assert not persons.same(record(marta, "one"), record(maria, "two"))
    assert persons.same(record(marta, "one"), record(maria)), "a name without a key may be anybody's"
    assert persons.same(record(marta, "one"), record("Ben Trial", "one")), "one key is one person"
    assert persons.same(record(marta, "one"), record("Dr. M. Sample", "two")), "one name is one person"
