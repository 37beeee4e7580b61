"""A clinic's own details, put in the places that a leaflet keeps for them (``{clinic_phone}``)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from types import MappingProxyType
from urllib.parse import quote

from plainleaf.clinics.phones import phone, relay
from plainleaf.files import shelf
from plainleaf.languages.invisible import WORD_JOINER, ZERO_WIDTH_SPACE
from plainleaf.languages.punctuation import bracketed
from plainleaf.model import (
    Clinic,
    Contact,
    Foreign,
    Inline,
    Isolate,
    Link,
    Locale,
    Location,
    Opening,
    Placeholder,
    Text,
    is_drawn,
    recent,
)
from plainleaf.model.tags import locale_name
from plainleaf.typesetting import bidi, locales, typography


@lru_cache(maxsize=64)
def placeholders(clinic: Clinic, where: Locale | None = None) -> Mapping[str, str]:
    """Every placeholder that a leaflet may use, with the text printed for it in a locale (English if none is given)."""
    where = where or locales.locale("en")
    return MappingProxyType(shelf.small("details", (clinic, where), partial(_placeholders, clinic, where)))


def _placeholders(clinic: Clinic, where: Locale) -> dict[str, str]:
    opening = locales.opening_hours(clinic.hours, where, clinic.country)
    hours = [f"{days} {locales.listed(times, where)}" for days, times in opening]
    closed = clinic.out_of_hours
    values = {
        "clinic_name": clinic.name,
        "clinic_phone": _number(clinic.phone, clinic),
        "clinic_web": short_address(clinic.web),
        "clinic_address": ", ".join(clinic.address),
        "clinic_hours": locales.apart(hours, where),
        "clinic_email": clinic.email,
        "clinic_fax": _number(clinic.fax, clinic),
        "clinic_text": _number(clinic.text, clinic),
        "clinic_relay": relay(clinic.relay, clinic.country).printed if clinic.relay else "",
        "clinic_sign_language": short_address(clinic.sign_language),
        "clinic_out_of_hours": _number(closed.phone, clinic) if closed else "",
        "out_of_hours": _with_note(closed, clinic, where) if closed else "",
        "clinic_imprint": clinic.imprint,
        "emergency_number": _number(clinic.emergency_number, clinic),
    }
    for kind, lines in (("service", clinic.services), ("helpline", clinic.helplines)):
        for line in lines:
            values[f"{kind}_{line.key}"] = _number(line.phone, clinic)
            values[f"{kind}_{line.key}_name"] = name_of(line, where) or line.name
    return values


def _number(written: str, clinic: Clinic) -> str:
    """A number as its country writes it, "" for none."""
    return phone(written, clinic.country).printed if written else ""


def _with_note(line: Contact, clinic: Clinic, where: Locale) -> str:
    """A number and, in brackets, the words beside it."""
    note = note_of(line, where) or line.note
    number = _number(line.phone, clinic)
    return bracketed(number, note, where.script) if note else number


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it is printed, and where in the clinic's file it is written; ``usual``: as in ``Origin``."""

    text: str
    at: Location
    usual: int | None = None


USUAL_NAME, USUAL_ADDRESS, USUAL_NOTE = 40, 3, 30  # characters, lines, characters
USUAL_NUMBERS = 3  # services and help lines together


def written(clinic: Clinic, where: Locale) -> Iterator[Written]:
    """All that is printed of a clinic's in a locale, each text with its line."""
    values = placeholders(clinic, where)
    yield Written(clinic.name, clinic.place("name"), USUAL_NAME)
    yield Written(values["clinic_address"], clinic.place("address"), USUAL_ADDRESS * USUAL_NAME)
    for number, line in enumerate(clinic.address):
        yield Written(line, clinic.place("address"), USUAL_NAME if number < USUAL_ADDRESS else 0)
    yield Written(clinic.imprint, clinic.place("imprint"), 2 * USUAL_NAME)
    yield Written(values["clinic_hours"], clinic.place("hours"))
    for key in ("phone", "text", "relay", "email", "fax", "web", "sign-language"):
        yield Written(values[f"clinic_{key.replace('-', '_')}"], clinic.place(key))
    yield Written(values["emergency_number"], clinic.place("emergency-number"))
    for number, (_, contact) in enumerate(clinic.contacts):
        few = number < USUAL_NUMBERS
        for kind, own, first in (
            ("name", name_of(contact, where), contact.name),
            ("note", note_of(contact, where), contact.note),
        ):
            key = f"{kind}s.{where.name}" if own else kind
            yield Written(own or first, contact.place(key, clinic.at), USUAL_NOTE if few else 0)
        yield Written(_number(contact.phone, clinic), contact.place("phone", clinic.at), None if few else 0)


@dataclass(frozen=True, slots=True)
class Translated:
    """The clinic's words in another language: their ``key`` ("helplines.crisis.notes"), the first words, these, and
    where these are written."""

    key: str
    source: str
    text: str
    at: Location


def translated(clinic: Clinic, where: Locale) -> Iterator[Translated]:
    """Every name and note for which the clinic's file has words of the locale's own."""
    for table, contact in clinic.contacts:
        for kind, source, others in (("names", contact.name, contact.names), ("notes", contact.note, contact.notes)):
            if source and (text := _said_in(others, where)):
                yield Translated(f"{table}.{kind}", source, text, contact.place(f"{kind}.{where.name}", clinic.at))


def always_open(hours: tuple[Opening, ...]) -> bool:
    """Whether a clinic is open day and night, all week."""
    whole = [opening.days for opening in hours if (opening.opens, opening.closes) == ("00:00", "24:00")]
    return {day for days in whole for day in days} == set(range(7))


def name_of(line: Contact, where: Locale) -> str:
    """The service's or help line's name that the clinic gives for a locale, "" if it gives none but the first."""
    return _said_in(line.names, where)


def note_of(line: Contact, where: Locale) -> str:
    """The words beside its number that the clinic gives for a locale, "" if it gives none but the first."""
    return _said_in(line.notes, where)


def _said_in(words: tuple[tuple[str, str], ...], where: Locale) -> str:
    """Words for a locale, else those for its language in any country: es_MX takes those of es."""
    said, name = dict(words), where.name
    while name and name not in said:
        name = name.rpartition("_")[0]
    return said.get(name, "")


def foreign_names(clinic: Clinic, where: Locale) -> Mapping[str, str]:
    """The placeholders that stand for names, with those for which the clinic gives no words of the locale's own."""
    values = placeholders(clinic, where)
    both = (("service", clinic.services), ("helpline", clinic.helplines))
    names = [f"{kind}_{line.key}_name" for kind, lines in both for line in lines if not name_of(line, where)]
    closed = clinic.out_of_hours
    noted = ["out_of_hours"] if closed and closed.note and not note_of(closed, where) else []
    whole = ("clinic_name", "clinic_address", "clinic_imprint", *names, *noted)
    return {name: values[name] for name in whole if values[name]}


def leaflet_address(clinic: Clinic, slug: str, where: Locale) -> str:
    """Where the clinic has a leaflet in a language on the web, "" if it does not say."""
    return clinic.leaflets.replace("{leaflet}", quote(slug)).replace("{language}", where.tag)


def fill(inlines: tuple[Inline, ...], clinic: Clinic, where: Locale, keep: Container[str] = ()) -> tuple[Inline, ...]:
    """The same content as it is printed: with the marks of its language (``typography``), and the clinic's details in
    it but for the placeholders in ``keep``.

    A detail keeps its own direction; one without letters (a phone number) reads from left to right everywhere. A
    placeholder that the clinic has nothing for stays as ``{name}``, for the checks to find.
    """
    values = _values(clinic, where)
    if keep:
        values = {name: text for name, text in values.items() if name not in keep}
    return _fill(typography.typeset(inlines, where), clinic, where, values, keep)


@recent.kept(16)
def _values(clinic: Clinic, where: Locale) -> Mapping[str, str]:
    return placeholders(clinic, where)


def _fill(
    inlines: tuple[Inline, ...], clinic: Clinic, where: Locale, values: Mapping[str, str], keep: Container[str]
) -> tuple[Inline, ...]:
    filled: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Placeholder) and not is_drawn(inline) and inline.name not in keep:
            filled.append(_value(inline, clinic, where, values))
        elif isinstance(inline, Text | Placeholder):
            filled.append(inline)
        elif isinstance(inline, Foreign):
            own = locales.locale(locale_name(inline.lang))
            filled.append(replace(inline, children=fill(inline.children, clinic, own, keep)))
        else:
            filled.append(replace(inline, children=_fill(inline.children, clinic, where, values, keep)))
    return tuple(filled)


def _value(place: Placeholder, clinic: Clinic, where: Locale, values: Mapping[str, str]) -> Inline:
    text = values.get(place.name, "")
    if not text:
        return Text("{" + place.name + "}")
    target = _targets(clinic).get(place.name)
    value: Inline = Link((Text(text),), target) if target else Text(text)
    of_page = place.name in _SENTENCES or place.name in _named(clinic, where)
    own = where.direction if of_page else bidi.direction_of(text) or "ltr"
    return value if own == where.direction else Isolate((value,), own)


def _named(clinic: Clinic, where: Locale) -> frozenset[str]:
    """The placeholders of names that the clinic gives in the locale's language, whatever letters they begin with."""
    both = (("service", clinic.services), ("helpline", clinic.helplines))
    return frozenset(f"{kind}_{line.key}_name" for kind, lines in both for line in lines if name_of(line, where))


_SENTENCES = ("clinic_hours", "out_of_hours")  # with words of the page's language around figures


def _targets(clinic: Clinic) -> dict[str, str]:
    """Where the details lead that are addresses."""
    mail = f"mailto:{clinic.email}"
    return {"clinic_web": clinic.web, "clinic_email": mail, "clinic_sign_language": clinic.sign_language}


def short_address(web: str) -> str:
    """A web address as people read it: without ``https://`` and a last slash."""
    return re.sub(r"^https?://(www\.)?|/$", "", web)


def printed_address(web: str) -> str:
    """The same with places to break it at: behind a slash, before a dot or @, and never behind these, which would be
    taken for the end of the sentence (Chicago Manual of Style, 14.18).

    Words joined by hyphens keep together; only where they are so long that hardly a line has room for them, they break
    before a hyphen, never behind it, where it would be taken for the sign of a broken word.
    """
    pieces = re.split(r"(?<=/)(?=.)|(?=[.@])", short_address(web))
    return ZERO_WIDTH_SPACE.join(map(_unbroken, pieces))


_PLACES = re.compile(rf"{ZERO_WIDTH_SPACE}(?=[-._~@])|(?<=/){ZERO_WIDTH_SPACE}|{WORD_JOINER}")


def without_breaks(text: str) -> str:
    """A text with its addresses as they are typed: on screens, whoever copies one must get no signs that nobody sees.
    What Khmer or Thai puts between words stays."""
    return _PLACES.sub("", text)


_LONG_PIECE = 24  # characters: what the narrowest columns hold


def _unbroken(piece: str) -> str:
    """A piece of an address that breaks nowhere, or, if it is long, before its hyphens."""
    before = ZERO_WIDTH_SPACE if len(piece) > _LONG_PIECE else WORD_JOINER
    joined = re.sub(r"(?<=.)[-_~]+", rf"{before}\g<0>{WORD_JOINER}", piece)
    return re.sub(r"^[.@]+", rf"\g<0>{WORD_JOINER}", joined)
