"""Telephone numbers: are they possible, how a country writes them, what dials them. Only importer of phonenumbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult, shortnumberinfo

LONGEST_SHORT = 6  # digits of a number such as 911 or 116 123
_WRONG = {
    ValidationResult.TOO_SHORT: "it has too few digits",
    ValidationResult.TOO_LONG: "it has too many digits",
    ValidationResult.INVALID_LENGTH: "no number there has as many digits",
    ValidationResult.INVALID_COUNTRY_CODE: "there is no country with this code",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "its area code is missing",
}


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as printed and as dialled (``href``). ``fault`` says what is wrong with it, "" if nothing is.

    ``impossible``: nobody can be reached under it; else a fault is a doubt.
    """

    printed: str
    href: str
    fault: str = ""
    impossible: bool = False


def countries() -> frozenset[str]:
    """The countries (ISO 3166) whose numbers are known."""
    return frozenset(phonenumbers.SUPPORTED_REGIONS)


@lru_cache(maxsize=256)
def phone(text: str, country: str) -> Phone:
    """A number that a clinic of ``country`` (ISO 3166) has written, in any way people write it.

    It is printed as that country writes it, "(202) 555-0142", with its country code if it is another country's; a short
    one (911, 116 123) as it stands. It is dialled in full, RFC 3966: "tel:+12025550142".
    """
    plain = " ".join(text.split())
    digits = phonenumbers.normalize_digits_only(plain)
    if "*" in plain or "#" in plain:  # a network's own service
        return Phone(plain, "tel:" + "".join(c for c in plain if c in "*#+" or c.isdigit()))
    try:
        number = phonenumbers.parse(plain, country)
    except phonenumbers.NumberParseException:
        return Phone(plain, f"tel:{digits}", "this is no telephone number", impossible=True)
    if phonenumbers.is_valid_number(number):
        return Phone(_printed(number, country), _href(number))
    if _is_short(plain, digits, number, country):
        known = shortnumberinfo.is_valid_short_number_for_region(number, country)
        return Phone(plain, f"tel:{digits}", "" if known else f"no such short number is known in {country}")
    result = phonenumbers.is_possible_number_with_reason(number)
    if result != ValidationResult.IS_POSSIBLE:
        return Phone(plain, _href(number), f"nobody has this number: {_WRONG[result]}", impossible=True)
    here = f"in {country}" if number.country_code == _code(country) else f"under +{number.country_code}"
    return Phone(plain, _href(number), f"as far as is known, no number {here} begins so")


def is_emergency(text: str, country: str) -> bool:
    """Whether this is known to call an ambulance or the police in that country."""
    return bool(shortnumberinfo.is_emergency_number(text, country))


def _is_short(plain: str, digits: str, number: PhoneNumber, country: str) -> bool:
    if plain.startswith("+") or len(digits) > LONGEST_SHORT:
        return False
    return bool(shortnumberinfo.is_possible_short_number_for_region(number, country))


def _printed(number: PhoneNumber, country: str) -> str:
    if number.country_code != _code(country):
        return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    if number.country_code == 1 and phonenumbers.number_type(number) == PhoneNumberType.TOLL_FREE:
        return "1-" + national.replace("(", "").replace(") ", "-")  # the 1 is dialled and known as part of 1-800
    return national


def _href(number: PhoneNumber) -> str:
    extension = f";ext={number.extension}" if number.extension else ""
    return f"tel:{phonenumbers.format_number(number, PhoneNumberFormat.E164).partition(';')[0]}{extension}"


def _code(country: str) -> int:
    return int(phonenumbers.country_code_for_region(country))
