"""Every detail of a clinic's that patients can read is signed: a new one is, too, without anybody thinking of it."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from plainleaf.clinics import file as clinicfile
from plainleaf.clinics.signed import NOT_READ, details
from plainleaf.model import Clinic, Contact, Opening
from tests.conftest import TESTS


@pytest.fixture(scope="module")
def clinic() -> Clinic:
    found, _ = clinicfile.load(TESTS / "content", "sample")
    assert found
    return found


def signed(clinic: Clinic) -> list[tuple[str, str]]:
    return [(each.key, each.text) for each in details(clinic, "inhaler", Path())]


@pytest.mark.parametrize("name", [each.name for each in fields(Clinic) if each.name not in NOT_READ])
def test_each_detail_is_signed(clinic: Clinic, name: str) -> None:
    value: object = "Changed"
    if name in ("helplines", "services"):
        value = (Contact("new", "New", "555"),)
    elif name == "out_of_hours":
        value = Contact("out-of-hours", "", "555", "at night")
    elif name == "hours":
        value = (Opening((6,), "10:00", "11:00"),)
    elif name == "address":
        value = ("Changed",)
    elif name == "order_numbers":
        value = (("inhaler", "77"),)
    assert signed(replace(clinic, **{name: value})) != signed(clinic)


def test_words_of_other_languages_are_the_translators(clinic: Clinic) -> None:
    (first, *others) = clinic.helplines
    changed = replace(clinic, helplines=(replace(first, notes=(("es", "otra"),)), *others), order_numbers=(("x", "1"),))
    assert signed(changed) == signed(clinic)


def test_each_has_its_line(clinic: Clinic) -> None:
    lines = {each.key: each.at.line for each in details(clinic, "inhaler", Path())}
    assert lines["emergency-number"] == 6 and lines["helplines.crisis.note"] == 17
