"""A text that sends people in danger to the clinic asks whom to call while that is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plainleaf.checks.source import editions
from plainleaf.clinics import file as clinicfile
from plainleaf.model import Clinic, Finding, Opening
from plainleaf.sources import markdown as sources
from tests.conftest import ROOT

HEAD = """---
title: Sample
summary: A sample.
audience: People
written: 2026-11-02
review-by: 2028-11-02
country: US
---

"""


def asked(text: str, clinic: Clinic) -> list[Finding]:
    leaflet, _ = sources.parse("sources/sample.md", HEAD + text)
    assert leaflet
    return [found for found in editions.leaflet(leaflet, clinic, date(2026, 12, 1)) if found.check == "clinic-closed"]


@pytest.fixture
def clinic() -> Clinic:
    """A clinic that says of no number that it answers at night."""
    read, _ = clinicfile.load(ROOT, "sample-us")
    assert read and read.out_of_hours
    return replace(read, out_of_hours=None)


@pytest.mark.parametrize(
    "text",
    [
        "Call {clinic_phone} if you bleed. {.safety}",
        "::: urgent\n## Get help\n\nSend a text to {clinic_text}.\n:::",
        "Call us right away if you bleed. {.safety}",
        "::: urgent\n## Get help\n\n- **Call your clinic** at once\n:::",
        "If you bleed: {.safety}\n\n- call {clinic_phone} {.safety}",
    ],
)
def test_a_danger_that_is_told_to_the_clinic_asks_for_a_number_at_night(text: str, clinic: Clinic) -> None:
    (found,) = asked(text, clinic)
    assert "out-of-hours is missing" in found.message and "of sources/sample.md" in found.message
    assert found.at.file == "sources/clinics/sample-us.toml" and "{out_of_hours}" in found.hint


@pytest.mark.parametrize(
    "text",
    [
        "Questions? Call {clinic_phone}.",
        "Call {emergency_number} if you bleed. {.safety}",
        "::: only country=GB\nCall {clinic_phone} if you bleed. {.safety}\n:::",
        "We call users of this medicine once a year. {.safety}",
    ],
)
def test_what_is_not_urgent_or_not_for_the_clinic_does_not(text: str, clinic: Clinic) -> None:
    assert not asked(text, clinic)


def test_a_clinic_that_has_such_a_number_or_never_closes_is_not_asked(clinic: Clinic) -> None:
    text = "Call {clinic_phone} if you bleed. {.safety}"
    whole, shipped = Opening(tuple(range(7)), "00:00", "24:00"), clinicfile.load(ROOT, "sample-us")[0]
    assert shipped and not asked(text, shipped)
    assert not asked(text, replace(clinic, hours=(whole,)))
    assert asked(text, replace(clinic, hours=(replace(whole, days=(0, 1, 2, 3, 4)),)))
