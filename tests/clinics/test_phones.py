"""Telephone numbers by themselves: whose they are, which of them call for help, and when two are one."""

from __future__ import annotations

import pytest

from plainleaf.clinics import phones


@pytest.mark.parametrize("number", ["000", "112", "911", "999", "110", "119"])
def test_what_calls_for_help_in_many_countries_is_nobodys_own_number_in_any(number: str) -> None:
    """Japan has 110 and 119."""
    assert phones.calls_for_help(number, "JP")
    assert phones.calls_for_help(f"{number} (free)", "JP") and phones.calls_for_help(f"call {number}", "JP")


@pytest.mark.parametrize("number", ["117", "0911", "9110", "+81 3 1234 5678", "", "call us"])
def test_no_other_number_does(number: str) -> None:
    assert not phones.calls_for_help(number, "JP")


@pytest.mark.parametrize(
    ("country", "numbers"),
    [("JP", ("110", "119")), ("US", ("112", "911")), ("GB", ("112", "999")), ("FR", ("15", "17", "18", "112")),
     ("ZA", ("112", "10111", "10177")), ("XX", ())],
)  # fmt: skip
def test_a_countrys_numbers_for_help_the_shortest_first(country: str, numbers: tuple[str, ...]) -> None:
    assert phones.emergency_numbers(country) == numbers


@pytest.mark.parametrize("service", ["*31", "#31#", "*06#"])
def test_a_networks_service_is_dialled_with_its_signs(service: str) -> None:
    assert phones.phone(service, "NL") == phones.Phone(service, f"tel:{service}")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("(202) 555-0142", "202.555.0142", True), ("٠٢٠", "020", True), ("202 555 0142", "202 555 0143", False),
        ("", "", False), ("call", "us", False),
    ],
)  # fmt: skip
def test_two_numbers_are_the_same_by_their_digits(one: str, other: str, alike: bool) -> None:
    assert phones.same(one, other) is alike


@pytest.mark.parametrize(
    ("number", "country", "abroad"),
    [
        ("+44 20 7946 0142", "US", True), ("+44 20 7946 0142", "GB", False), ("020 7946 0142", "GB", False),
        ("+44 20 79", "US", False), ("call us", "US", False), ("+1 613-555-0142", "US", False), ("911", "US", False),
    ],
)  # fmt: skip
def test_a_number_of_another_country_has_another_code(number: str, country: str, abroad: bool) -> None:
    assert phones.is_abroad(number, country) is abroad


@pytest.mark.parametrize(
    ("written", "country", "printed", "dialled"),
    [
        ("18002 020 7946 0142", "GB", "18002 020 7946 0142", "tel:1800202079460142"),
        ("18001 +44 20 7946 0142", "GB", "18001 020 7946 0142", "tel:1800102079460142"),
        ("18001  999", "GB", "18001 999", "tel:18001999"),
    ],
)
def test_a_relay_is_dialled_before_the_number(written: str, country: str, printed: str, dialled: str) -> None:
    assert phones.relay(written, country) == phones.Phone(printed, dialled)


def test_a_relay_has_the_faults_of_the_number_behind_it() -> None:
    behind = phones.relay("18001 020 7946 0142 free", "GB")
    assert behind.impossible and "“free” does not belong" in behind.fault
    assert phones.relay("18001 020 7946 0142", "DE").impossible, "no relay of that country"


@pytest.mark.parametrize(
    ("written", "country", "printed"),
    [
        ("1-888-555-0142", "US", "1-888-555-0142"),  # the 1 is known as part of a free number
        ("800-555-0142", "CA", "1-800-555-0142"),
        ("202-555-0142", "US", "(202) 555-0142"),
        ("0808 157 0142", "GB", "0808 157 0142"),
        ("1-800-273-TALK", "US", "1-800-273-8255"),  # letters for the digits
        ("+1 800-555-0142", "GB", "+1 800-555-0142"),
        ("(202) 555-0142 (ext. 5)", "US", None),
        ("(202) 555-0142 x5", "US", "(202) 555-0142 ext. 5"),
    ],
)
def test_a_free_number_keeps_what_is_dialled_before_it(written: str, country: str, printed: str | None) -> None:
    found = phones.phone(written, country)
    assert (found.impossible, found.printed) == ((False, printed) if printed else (True, written))


@pytest.mark.parametrize(
    ("written", "country", "fault"),
    [
        ("+1 202-555-014", "US", "not a valid phone number: too few digits"),
        ("+49 30 231250001234567", "DE", "not a valid phone number: too many digits"),
        ("555-0142", "US", "not a valid phone number: the area code is missing"),
        ("+1 000-555-0142", "US", "probably not a valid phone number: no known number in US begins like this"),
        ("+1 000-555-0142", "CA", "probably not a valid phone number: no known number in CA begins like this"),
        ("+1 000-555-0142", "GB", "probably not a valid phone number: no known number under +1 begins like this"),
        ("988", "GB", "not a known short number in GB"),
        ("call us", "US", "not a phone number"),
        ("+999 1234567", "US", "not a phone number"),
        ("+44 20 7946 0142; 9-10", "GB", "“; 9-10” does not belong in a phone number: its digits would be dialled too"),
        ("020 7946 0142 & 43", "GB", "“& 43” does not belong in a phone number: its digits would be dialled too"),
        ("1-800-TALKTOUS", "GB", "“TALKTOUS” does not belong in a phone number: letters are dialled as digits"),
        ("1-800-27-TALK", "US", "“TALK” does not belong in a phone number: letters are dialled as digits"),
    ],
)
def test_a_fault_is_named(written: str, country: str, fault: str) -> None:
    found = phones.phone(written, country)
    assert found.fault == fault
    assert found.impossible is not fault.startswith(("probably", "not a known"))
