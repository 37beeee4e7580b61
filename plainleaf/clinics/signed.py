"""What of a clinic's file is signed with each leaflet, for patients read all of it: every detail, by its key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from plainleaf import files
from plainleaf.clinics.file import DAYS
from plainleaf.model import Clinic, Contact, Location, Opening

NOT_READ = frozenset({"at", "lines", "colour"})  # where things are written, and what has no words
_BY_LEAFLET = "order_numbers"


@dataclass(frozen=True, slots=True)
class Signed:
    """A detail: its key ("phone", "helplines.crisis.note"), its text, and where it is written."""

    key: str
    text: str
    at: Location


def details(clinic: Clinic, slug: str, root: Path) -> Iterator[Signed]:
    """All that is printed in a leaflet of a clinic's, but the words of other languages, which translators sign."""
    for each in fields(clinic):
        value, key = getattr(clinic, each.name), each.name.replace("_", "-")
        if each.name in NOT_READ or not value:
            continue
        if each.name == _BY_LEAFLET:
            own = dict(clinic.order_numbers).get(slug)
            value = own or ""
        elif each.name in ("logo", "second_logo"):
            value = f"{value} {files.digest(root / 'sources' / value, root)}"
        if isinstance(value, str):
            yield from [Signed(key, value, clinic.place(key))] if value else []
        elif isinstance(value, Contact):
            yield from _of_contact(key, value, clinic)
        else:
            if len(names := [part.key for part in value if isinstance(part, Contact)]) > 1:
                yield Signed(f"order of {key}", ", ".join(names), clinic.place(key))
            for number, part in enumerate(value, 1):
                if isinstance(part, Contact):
                    yield from _of_contact(f"{key}.{part.key}", part, clinic)
                else:
                    yield Signed(f"{key} {number}", _said(part), clinic.place(key))


def _of_contact(key: str, contact: Contact, clinic: Clinic) -> Iterator[Signed]:
    for name, text in (("name", contact.name), ("phone", contact.phone), ("note", contact.note)):
        if text:
            yield Signed(f"{key}.{name}", text, contact.place(name, clinic.at))


def _said(part: object) -> str:
    if isinstance(part, Opening):
        return f"{' '.join(DAYS[day] for day in part.days)}: {part.opens} to {part.closes}"
    return str(part)
