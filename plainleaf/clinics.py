"""A clinic's own details, put in the places that a leaflet keeps for them (``{clinic_phone}``)."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from plainleaf import bidi, locales
from plainleaf.model import Clinic, Inline, Isolate, Link, Locale, Placeholder, Text


@lru_cache(maxsize=64)
def placeholders(clinic: Clinic, where: Locale | None = None) -> Mapping[str, str]:
    """Every placeholder that a leaflet may use, with the text printed for it in a locale (English if none is given)."""
    where = where or locales.locale("en")
    hours = [f"{days} {times}" for days, times in locales.opening_hours(clinic.hours, where)]
    values = {
        "clinic_name": clinic.name,
        "clinic_phone": clinic.phone,
        "clinic_web": short_address(clinic.web),
        "clinic_address": ", ".join(clinic.address),
        "clinic_hours": listed(hours, where),
        "emergency_number": clinic.emergency_number,
    }
    for line in clinic.helplines:
        values[f"helpline_{line.key}"] = line.phone
        values[f"helpline_{line.key}_name"] = line.name
    return MappingProxyType(values)


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


def listed(items: Sequence[str], where: Locale) -> str:
    """Items with the script's comma between them; CLDR's lists add an "and", or in Chinese nothing at all."""
    return {"Arab": "، ", "Hans": "、", "Hant": "、", "Jpan": "、"}.get(where.script, ", ").join(items)


def short_address(web: str) -> str:
    """A web address as people read it: without ``https://`` and a last slash."""
    return re.sub(r"^https?://(www\.)?|/$", "", web)


def dial(phone: str) -> str:
    """The link that dials a number, ``tel:+12025550142``."""
    return "tel:" + re.sub(r"[^\d+*#]", "", phone)
