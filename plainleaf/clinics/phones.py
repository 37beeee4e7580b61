"""Telephone numbers: are they possible, how a country writes them, what dials them. Only importer of phonenumbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import phonenumbers
from phonenumbers import (
    PhoneMetadata,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
    shortnumberinfo,
)

LONGEST_SHORT = 6  # digits of a number such as 911 or 116 123
_LONGEST_HELP = 5  # digits of an emergency number such as 10177
_NORTH_AMERICA = 1  # its numbers have ten digits, never more: there, letters cannot have been added to a whole number
_NOBODYS_OWN = frozenset({"000", "112", "911", "999"})  # emergency numbers of many countries: no clinic has one of them
_ABROAD = re.compile(r"\s*(\+|00|011)")  # what an international number begins with
_RELAYED = {"GB": ("18001", "18002")}  # dialled before a number, to have the call relayed (www.relayuk.bt.com)
_VANITY = re.compile(r"[+\d(][\d\s().+-]*[A-Z][A-Z\d -]*")  # 1-800-273-TALK
_WRONG = {
    ValidationResult.TOO_SHORT: "too few digits",
    ValidationResult.TOO_LONG: "too many digits",
    ValidationResult.INVALID_LENGTH: "wrong number of digits",
    ValidationResult.INVALID_COUNTRY_CODE: "there is no country with this code",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "the area code is missing",
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
    one (911, 116 123) as it stands. It is dialled in full, RFC 3966: "tel:+12025550142". Words beside it are a fault,
    for each letter would be dialled as a digit; so is what stands in brackets or behind a comma after it.
    """
    plain = " ".join(text.split())
    digits = phonenumbers.normalize_digits_only(plain)
    if fault := _added(plain, country):
        return Phone(plain, f"tel:{digits}", fault, impossible=True)
    if "*" in plain or "#" in plain:  # a network's own service
        return Phone(plain, "tel:" + "".join(c for c in plain if c in "*#+" or c.isdigit()))
    try:
        number = phonenumbers.parse(plain, country)
    except phonenumbers.NumberParseException:
        return Phone(plain, f"tel:{digits}", "not a phone number", impossible=True)
    if phonenumbers.is_valid_number(number):
        return Phone(_printed(number, country), _href(number))
    if _is_short(plain, digits, number, country):
        known = shortnumberinfo.is_valid_short_number_for_region(number, country)
        return Phone(plain, f"tel:{digits}", "" if known else f"not a known short number in {country}")
    result = phonenumbers.is_possible_number_with_reason(number)
    if result != ValidationResult.IS_POSSIBLE:
        return Phone(plain, _href(number), f"not a valid phone number: {_WRONG[result]}", impossible=True)
    here = f"in {country}" if number.country_code == _code(country) else f"under +{number.country_code}"
    return Phone(plain, _href(number), f"probably not a valid phone number: no known number {here} begins like this")


def is_emergency(text: str, country: str) -> bool:
    """Whether this is known to call an ambulance or the police in that country."""
    return bool(shortnumberinfo.is_emergency_number(text, country))


def calls_for_help(text: str, country: str) -> bool:
    """Whether this is an emergency number however it is written: that country's, or one that many countries have."""
    whole = phonenumbers.normalize_digits_only(text)
    alone = phonenumbers.normalize_digits_only(re.split(r"[^\W\d_]|[,;&]", text, maxsplit=1)[0])  # without "ext. 5"
    found = {whole, alone}
    if _ABROAD.match(text):
        code = str(_code(country))
        found |= {re.sub(f"^(00|011)?{code}", "", number) for number in (whole, alone)}
    return any(number in _NOBODYS_OWN or is_emergency(number, country) for number in found if number)


def same(one: str, other: str) -> bool:
    """Whether two numbers have the same digits, however they are written."""
    return bool(phonenumbers.normalize_digits_only(one)) and (
        phonenumbers.normalize_digits_only(one) == phonenumbers.normalize_digits_only(other)
    )


@cache
def emergency_numbers(country: str) -> tuple[str, ...]:
    """The numbers that are known to call an ambulance or the police in a country, the shortest first."""
    known = PhoneMetadata.short_metadata_for_region(country)
    lengths = known.emergency.possible_length if known and known.emergency else ()
    numbers = (f"{number:0{length}}" for length in lengths if length <= _LONGEST_HELP for number in range(10**length))
    return tuple(number for number in numbers if is_emergency(number, country))


def is_abroad(text: str, country: str) -> bool:
    """Whether this is a number of another country, by its country code."""
    try:
        number = phonenumbers.parse(" ".join(text.split()), country)
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_valid_number(number) and number.country_code != _code(country))


def relay(text: str, country: str) -> Phone:
    """What people dial who do not hear or speak: a number of its own ("711"), or one that stands before the clinic's
    ("18001 020 7946 0142"). Raises nothing; faults are as in ``phone``."""
    first, _, rest = " ".join(text.split()).partition(" ")
    if first in _RELAYED.get(country, ()):
        if not rest:
            return Phone(first, f"tel:{first}")
        behind = phone(rest, country)
        return Phone(f"{first} {behind.printed}", f"tel:{first}{_digits_at_home(rest, country)}", behind.fault,
                     behind.impossible)  # fmt: skip
    return phone(text, country)


def _digits_at_home(text: str, country: str) -> str:
    """The digits of a number as they are dialled within its country."""
    return str(phonenumbers.normalize_digits_only(phone(text, country).printed))


def _added(plain: str, country: str) -> str:
    """What stands beside the digits and would be dialled with them; "" for an extension, or a number in letters."""
    if not any(character.isdigit() for character in plain):
        return "not a phone number"
    try:
        number = phonenumbers.parse(plain, country)
    except phonenumbers.NumberParseException:
        number = PhoneNumber()
    if number.extension:
        own = re.sub(r"\d+$", "", plain)  # the word before an extension is the parser's to know, in many languages
        own = re.sub(r"[^\d)]+$", "", own)
        try:
            without = phonenumbers.parse(own, country)
        except phonenumbers.NumberParseException:
            without = PhoneNumber()
        if (without.country_code, without.national_number) == (number.country_code, number.national_number):
            plain = own
    spelt = _VANITY.fullmatch(plain) and number.country_code == _NORTH_AMERICA and phonenumbers.is_valid_number(number)
    if any(character.isalpha() for character in plain) and not spelt:
        words = " ".join(re.findall(r"[^\W\d_]+", plain))
        return f"“{words}” does not belong in a phone number: letters are dialled as digits"
    if beside := re.search(r"\d\s*(\([^()]*\)|[,;&].*)$", plain):
        return f"“{beside[1]}” does not belong in a phone number: its digits would be dialled too"
    return ""


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
