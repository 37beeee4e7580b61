"""How a clinic and those who help are reached, as its file says it: numbers, addresses, services, help lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from plainleaf.clinics import phones
from plainleaf.files.toml import Table
from plainleaf.languages import addresses, naming
from plainleaf.model import Contact, Location, Severity
from plainleaf.model.tags import locale_name

LEAST = 8  # characters of a reason; "ok" is none
_MAIL = re.compile(r"[^\s@<>\"(),:;]+@(?:[^\s@.<>\"(),:;/]+\.)+[^\W\d_]{2,}")
_Reader = Callable[[str, str], phones.Phone]
_AS_DIALLED = (
    "call the number to check it, and write only the digits that one dials; a number in another country begins with +"
)
_HELP_HAS_A_PLACE = "the emergency number belongs only in emergency-number: write the number that was meant here"


@dataclass(frozen=True, slots=True)
class Numbers:
    """What numbers of a clinic are judged by: its country (ISO 3166, "" if it is not known) and emergency number."""

    country: str
    emergency: str


def filled(table: Table, key: str, default: str | None = None) -> str:
    """A text that is not empty; with a ``default`` it may be left out or empty."""
    value = table.string(key, default)
    if default is None and key in table.data and not value.strip():
        table.complain(key, "this is empty", "patients need it: fill it in")
    return value


def web(table: Table, key: str) -> str:
    """A web address, "" for none."""
    address = table.string(key, "")
    if address and (fault := wrong(address)):
        table.complain(key, *fault)
    return address


def wrong(address: str) -> tuple[str, str] | None:
    """What is wrong with a web address, and how to fix it; ``None`` for nothing."""
    if not re.fullmatch(r"https?://[^\s<>\"/]+(/[^\s<>\"]*)?", address):
        return f"“{address}” is not a web address", 'write the full address: "https://..."'
    if fault := addresses.fault(re.sub(r"\{[^{}]*\}", "x", address)):
        return f"“{address}” is not a valid address: {fault}", "open it in a browser, and copy it from there"
    return None


def wrong_site(address: str) -> tuple[str, str] | None:
    """The same of the address of a folder on the web, to which names of files are added."""
    if re.search(r"[?#{}]", address):
        return f"“{address}” is the address of a page: no file can lie below it", "write it without ?, #, { and }"
    return wrong(address)


def email(table: Table, key: str) -> str:
    """An address to write to, "" for none."""
    address = table.string(key, "").strip()
    if address and not _MAIL.fullmatch(address):
        table.complain(key, f"“{address}” is not an e-mail address", 'write only the address: "name@clinic.example"')
    return address


def own(table: Table, key: str, where: Numbers, default: str | None = None) -> str:
    """A number at which the clinic itself is reached."""
    number = filled(table, key, default)
    _judge(table, key, number, where)
    if where.country and phones.is_abroad(number, where.country):
        hint = f"if the clinic in {where.country} answers there, leave it; otherwise write the clinic's own number"
        table.complain(key, f"“{number}” is a number in another country", hint, Severity.WARNING)
    return number


def relay(table: Table, key: str, where: Numbers) -> str:
    """What people dial who do not hear or speak, "" for nothing."""
    number = table.string(key, "")
    _judge(table, key, number, where, phones.relay)
    return number


def _judge(table: Table, key: str, number: str, where: Numbers, read: _Reader = phones.phone) -> None:
    """Complain of a number that is the emergency services', or that nobody can have or is known to have."""
    if not number.strip() or not where.country:
        return
    found = read(number, where.country)
    if phones.calls_for_help(number, where.country) or phones.same(number, where.emergency):
        table.complain(
            key, f"“{number}” is an emergency number: it calls an ambulance or the police", _HELP_HAS_A_PLACE
        )
    elif found.fault:
        severity = Severity.ERROR if found.impossible else Severity.WARNING
        table.complain(key, f"“{number}”: {found.fault}", _AS_DIALLED, severity)


def emergency(table: Table, country: str) -> str:
    """The number that calls an ambulance. One that is not known to is an error, unless somebody says who checked it."""
    key, waiver = "emergency-number", "emergency-number-checked"
    number = filled(table, key)
    checked = table.string(waiver, "").strip()
    if waiver in table.data and len(checked) < LEAST:
        table.complain(waiver, "this does not say who checked the number, and when", "write it, or delete this line")
    if not number.strip() or not country:
        return number
    found, known = phones.phone(number, country), phones.is_emergency(number, country)
    if known and checked:
        hint = "delete this line"
        table.complain(
            waiver, f"this is not needed: {number} is an emergency number in that country", hint, Severity.WARNING
        )
    elif not known and (found.impossible or len(checked) < LEAST):
        what = found.fault if found.impossible else f"not known as an emergency number in {country}"
        there = " or ".join(phones.emergency_numbers(country)) or "none"
        hint = (
            f"a wrong number costs lives: ask somebody in that country which number calls an ambulance (known: {there})"
        )
        if not found.impossible:
            hint += f'; if this one is right, add {waiver} = "who checked it, and when"'
        table.complain(key, f"“{number}”: {what}", hint)
    return number


def out_of_hours(table: Table, key: str, where: Numbers) -> Contact | None:
    """Whom to call while the clinic is closed: a number, or a table with words beside it; ``None`` for nobody."""
    if isinstance(table.data.get(key), str):
        number = own(table, key, where, "")
        return _contact(table, key, number, "", "", {}) if number.strip() else None
    entry = table.table(key)
    if key not in table.data or not entry.data:
        return None
    number, note = own(entry, "phone", where), entry.string("note", "")
    made = _contact(table, key, number, "", note, {"notes": entry.table("notes")}, entry)
    entry.unknown()
    return made


def listed(table: Table, kind: str, where: Numbers) -> tuple[Contact, ...]:
    """The contacts in [``kind``.KEY]: services of the clinic's, or help lines."""
    entries = table.table(kind)
    made = []
    for key in entries.data:
        if not re.fullmatch("[a-z][a-z0-9_]*", key):
            entries.complain(key, "this key is used in placeholders", "use only small letters, digits and _")
        entry = entries.table(key)
        name = filled(entry, "name")
        if kind == "services":
            number = own(entry, "phone", where)
        else:
            number = filled(entry, "phone")
            _judge(entry, "phone", number, where)
        words = {"names": entry.table("names"), "notes": entry.table("notes")}
        made.append(_contact(entries, key, number, name, entry.string("note", ""), words, entry))
        entry.unknown()
    return tuple(made)


def _contact(
    outer: Table, key: str, number: str, name: str, note: str, words: dict[str, Table], entry: Table | None = None
) -> Contact:
    lines = [(inner, entry.line(inner)) for inner in entry.data] if entry else [("phone", outer.line(key))]
    lines += [(f"{kind}.{locale_name(tag)}", each.line(tag)) for kind, each in words.items() for tag in each.data]
    return Contact(
        key=key,
        name=name,
        phone=number,
        note=note,
        names=_by_language(words["names"]) if "names" in words else (),
        notes=_by_language(words["notes"]) if "notes" in words else (),
        at=Location(outer.file, outer.line(key)),
        lines=tuple(lines),
    )


def _by_language(table: Table) -> tuple[tuple[str, str], ...]:
    """Words in other languages, by the names of locales ("zh_Hans"; "zh-Hans" will do)."""
    pairs = []
    for key in table.data:
        if not naming.known(locale_name(key)):
            table.complain(key, f"“{key}” is not a known language", "write es, pt_BR or zh_Hans, as in locales/")
        pairs.append((locale_name(key), filled(table, key)))
    return tuple(pairs)
