"""A clinic's own details, put in the places that a leaflet keeps for them (``{clinic_phone}``)."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import quote

from plainleaf.clinics.phones import phone
from plainleaf.languages.invisible import WORD_JOINER, ZERO_WIDTH_SPACE
from plainleaf.model import Clinic, Helpline, Inline, Isolate, Link, Locale, Placeholder, Text
from plainleaf.typesetting import bidi, locales


@lru_cache(maxsize=64)
def placeholders(clinic: Clinic, where: Locale | None = None) -> Mapping[str, str]:
    """Every placeholder that a leaflet may use, with the text printed for it in a locale (English if none is given)."""
    where = where or locales.locale("en")
    opening = locales.opening_hours(clinic.hours, where, clinic.country)
    hours = [f"{days} {locales.listed(times, where)}" for days, times in opening]
    values = {
        "clinic_name": clinic.name,
        "clinic_phone": phone(clinic.phone, clinic.country).printed,
        "clinic_web": short_address(clinic.web),
        "clinic_address": ", ".join(clinic.address),
        "clinic_hours": locales.apart(hours, where),
        "emergency_number": phone(clinic.emergency_number, clinic.country).printed,
    }
    for line in clinic.helplines:
        values[f"helpline_{line.key}"] = phone(line.phone, clinic.country).printed
        values[f"helpline_{line.key}_name"] = name_of(line, where) or line.name
    return MappingProxyType(values)


def name_of(line: Helpline, where: Locale) -> str:
    """The help line's name that the clinic gives for a locale, "" if it gives none but the first."""
    return dict(line.names).get(where.name, "")


def note_of(line: Helpline, where: Locale) -> str:
    """The words beside its number that the clinic gives for a locale, "" if it gives none but the first."""
    return dict(line.notes).get(where.name, "")


def foreign_names(clinic: Clinic, where: Locale) -> Mapping[str, str]:
    """The placeholders that stand for names, with those for which the clinic gives no words of the locale's own."""
    values = placeholders(clinic, where)
    lines = (f"helpline_{line.key}_name" for line in clinic.helplines if not name_of(line, where))
    return {name: values[name] for name in ("clinic_name", "clinic_address", *lines) if values[name]}


def leaflet_address(clinic: Clinic, slug: str, where: Locale) -> str:
    """Where the clinic has a leaflet in a language on the web, "" if it does not say."""
    return clinic.leaflets.replace("{leaflet}", quote(slug)).replace("{language}", where.tag)


def fill(inlines: tuple[Inline, ...], clinic: Clinic, where: Locale, keep: Container[str] = ()) -> tuple[Inline, ...]:
    """The same content with the clinic's details in it, but for the placeholders in ``keep``.

    A detail keeps its own direction; one without letters (a phone number) reads from left to right everywhere. A
    placeholder that the clinic has nothing for stays as ``{name}``, for the checks to find.
    """
    values = placeholders(clinic, where)
    return _fill(inlines, clinic, where, {name: text for name, text in values.items() if name not in keep}, keep)


def _fill(
    inlines: tuple[Inline, ...], clinic: Clinic, where: Locale, values: Mapping[str, str], keep: Container[str]
) -> tuple[Inline, ...]:
    filled: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Placeholder) and inline.name not in keep:
            filled.append(_value(inline, clinic, where, values))
        elif isinstance(inline, Text | Placeholder):
            filled.append(inline)
        else:
            filled.append(replace(inline, children=_fill(inline.children, clinic, where, values, keep)))
    return tuple(filled)


def _value(place: Placeholder, clinic: Clinic, where: Locale, values: Mapping[str, str]) -> Inline:
    text = values.get(place.name, "")
    if not text:
        return Text("{" + place.name + "}")
    value: Inline = Link((Text(text),), clinic.web) if place.name == "clinic_web" else Text(text)
    own = where.direction if place.name == "clinic_hours" else bidi.direction_of(text) or "ltr"
    return value if own == where.direction else Isolate((value,), own)


def short_address(web: str) -> str:
    """A web address as people read it: without ``https://`` and a last slash."""
    return re.sub(r"^https?://(www\.)?|/$", "", web)


def printed_address(web: str) -> str:
    """The same with places to break it at: behind a slash, before a dot or hyphen and never behind one, which would
    be taken for the sign of a broken word, or for the end of the sentence (Chicago Manual of Style, 14.18)."""
    around = rf"{ZERO_WIDTH_SPACE}\g<0>{WORD_JOINER}"
    return re.sub(r"/(?=.)", "/" + ZERO_WIDTH_SPACE, re.sub(r"[-._~]+", around, short_address(web)))
