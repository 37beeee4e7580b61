"""The clinic's contacts in every layout that lists them: each with its word, nothing for those left out."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from plainleaf.model import Clinic, Contact
from tests.layouts.test_templates import CLINIC, Words, edition, html

WITH_A_LIST = ("sheet", "a4", "letter", "large-print", "booklet", "trifold", "easy-read", "bilingual")
LABELS = {
    "When we are closed": "out_of_hours", "Text message": "text", "Relay service": "relay", "Email": "email",
    "Fax": "fax", "Sign language": "sign_language",
}  # fmt: skip

FULL = replace(
    CLINIC,
    email="help@clinic.example",
    fax="+1 202-555-0149",
    text="+1 202-555-0150",
    relay="711",
    sign_language="https://clinic.example/asl",
    out_of_hours=Contact("out-of-hours", "", "+1 202-555-0151", "ask for the nurse", notes=(("ar", "اطلب الممرضة"),)),
    services=(Contact("lab", "Laboratory", "+1 202-555-0152", names=(("ar", "المختبر"),)),),
    logo="one.svg",
    logo_alt="One",
    second_logo="two.svg",
    second_logo_alt="Two",
    imprint="Sample Trust, Springfield",
    order_numbers=(("sample", "SC-0142"), ("other", "SC-0143")),
)


def labels(page: str) -> list[str]:
    """The labels of facts, in their order."""
    return re.findall(r'<p class="label"[^>]*>(?!<span>)([^<]*)</p>', page)


def pages(clinic: Clinic, name: str, locale: str = "en") -> str:
    return html(edition(locale), name, Words(), clinic)


@pytest.mark.parametrize("name", WITH_A_LIST)
def test_every_way_to_reach_the_clinic_stands_in_every_layout_with_its_word(name: str) -> None:
    page = pages(FULL, name)
    left_out = {"Fax"} if name == "trifold" else set()
    assert {*LABELS} - left_out <= {*labels(page)}
    for link in ("mailto:help@clinic.example", "sms:+12025550150", "tel:711", "https://clinic.example/asl",
                 "tel:+12025550151", "tel:+12025550152"):  # fmt: skip
        assert f'href="{link}"' in page
    assert "Laboratory" in labels(page) and "ask for the nurse" in page
    assert "tel:+12025550149" not in page  # nobody is to call a fax


@pytest.mark.parametrize("name", WITH_A_LIST)
@pytest.mark.parametrize(("label", "field"), LABELS.items())
def test_nothing_is_printed_for_what_a_clinic_does_not_have(name: str, label: str, field: str) -> None:
    assert label not in labels(pages(replace(FULL, **{field: None if field == "out_of_hours" else ""}), name))


@pytest.mark.parametrize("name", WITH_A_LIST)
def test_a_clinic_without_any_of_them_looks_as_before(name: str) -> None:
    page = pages(CLINIC, name)
    assert not {*LABELS, "Order number", "Published by"} & {*labels(page)} and "Our services" not in page


@pytest.mark.parametrize("name", ["booklet", "large-print"])
def test_the_first_page_says_whom_to_call_at_night(name: str) -> None:
    page = pages(FULL, name)
    first = page[page.index('class="contacts"') :]
    assert labels(first)[:3] == ["Phone", "When we are closed", "Emergency"]


def test_words_of_the_clinics_are_those_of_the_pages_language() -> None:
    page = pages(FULL, "a4", "ar")
    assert "اطلب الممرضة" in page and "ask for the nurse" not in page and "المختبر" in page


@pytest.mark.parametrize("name", WITH_A_LIST)
def test_both_logos_are_there_with_what_they_show(name: str) -> None:
    page = pages(FULL, name)
    assert '<img src="sources/one.svg" alt="One">' in page and '<img src="sources/two.svg" alt="Two">' in page
    assert 'class="logo both"' in page and 'class="logo both"' not in pages(replace(FULL, second_logo=""), name)


@pytest.mark.parametrize("name", ["a4", "trifold", "easy-read"])
def test_a_leaflet_has_its_own_order_number_and_the_imprint(name: str) -> None:
    page = pages(FULL, name)
    assert "SC-0142" in page and "SC-0143" not in page and "Sample Trust, Springfield" in page


def test_the_folded_leaflet_sets_many_contacts_closer_and_says_a_long_name_once() -> None:
    long = replace(FULL, name="Riverbend Community Health and Family Medicine Center")
    assert 'data-panels="back" class="tight"' in pages(FULL, "trifold")
    assert 'data-panels="back" class="tight"' not in pages(CLINIC, "trifold")
    assert pages(long, "trifold").count(f">{long.name}<") == 1 and pages(FULL, "trifold").count(f">{FULL.name}<") == 2


@pytest.mark.parametrize("services", [0, 1, 9])
def test_the_back_cover_of_a_booklet_has_the_clinics_own_numbers_however_many_others_there_are(services: int) -> None:
    others = tuple(replace(FULL.services[0], name=f"Service {number}") for number in range(services))
    page = pages(replace(FULL, services=others), "booklet")
    before, back = page.split('class="back-cover')
    assert {"Phone", "When we are closed", "Email"} <= {*labels(back)}
    names = [label for label in labels(page) if label.startswith("Service ")]
    assert names == [each.name for each in others]
    assert ("Service 0" in labels(before)) == (services == 9)
