"""The file of a clinic, ``sources/clinics/<name>.toml``: every detail typed and checked before it meets a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from plainleaf import colours, locales, phones, pictures, qr
from plainleaf.model import Clinic, Finding, Helpline, Location, Opening, Severity
from plainleaf.settings import Table, nearest, read_toml

FOLDER = Path("sources") / "clinics"
FORMER = Path("sources") / "clinic.toml"  # where the only clinic stood before there could be several
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PLACES = ("leaflet", "language")  # placeholders in the web address of a leaflet


def names(root: Path) -> tuple[str, ...]:
    """The clinics of a root folder, by the names of their files."""
    return tuple(sorted(path.stem for path in (root / FOLDER).glob("*.toml")))


def standard(there: Sequence[str], chosen: str) -> str:
    """The clinic that a run is for if none is named: the one chosen in the settings, else the only one, else ""."""
    return chosen or (there[0] if len(there) == 1 else "")


def none_found(root: Path) -> Finding:
    """There is no clinic, or one at the former place only."""
    if (root / FORMER).is_file():
        return left_over(root)[0]
    hint = f"write {FOLDER.as_posix()}/<name>.toml: sources/README.md shows one"
    return Finding("settings", Severity.ERROR, "there is no clinic", Location(FOLDER.as_posix()), hint)


def left_over(root: Path) -> tuple[Finding, ...]:
    """The file at the former place, which nobody reads any more."""
    if not (root / FORMER).is_file():
        return ()
    hint = f"move it to {FOLDER.as_posix()}/<name>.toml, or delete it"
    at = Location(FORMER.as_posix())
    what = "this file is not read any more: each clinic has a file in a folder of their own"
    return (Finding("settings", Severity.ERROR, what, at, hint),)


def unnamed(there: Sequence[str]) -> Finding:
    """There are several clinics, and nobody says for which this run is."""
    hint = f'add a line clinic = "{there[0]}" below [tool.plainleaf], or run with --clinic {there[0]}'
    what = f"clinic: this key is missing, and there are several clinics: {', '.join(there)}"
    return Finding("settings", Severity.ERROR, what, Location("pyproject.toml"), hint)


def load(root: Path, name: str) -> tuple[Clinic | None, tuple[Finding, ...]]:
    """The clinic's details; ``None`` with findings if any error stands in the file."""
    table = read_toml(root / FOLDER / f"{name}.toml", root)
    if not re.fullmatch("[a-z0-9][a-z0-9-]*", name):
        what, hint = f"“{name}” cannot name a folder of leaflets", "name the file with small letters, digits and “-”"
        table.findings.append(Finding("settings", Severity.ERROR, what, Location(table.file), hint))
    if table.findings:
        return None, tuple(table.findings)
    country = _country(table)
    clinic = Clinic(
        name=_filled(table, "name"),
        address=table.strings("address"),
        phone=_phone(table, "phone", country),
        web=_web(table, "web"),
        hours=tuple(_opening(entry) for entry in table.tables("hours")),
        logo=_logo(table, root),
        logo_alt=table.string("logo-alt", ""),
        emergency_number=_emergency(table, country),
        helplines=tuple(_helplines(table.table("helplines"), country)),
        country=country,
        at=Location(table.file),
        colour=_colour(table),
        leaflets=_leaflets(table),
    )
    findings = table.done()
    failed = any(finding.severity is Severity.ERROR for finding in findings)
    return (None if failed else clinic), findings


# --------------------------------------------------------------------------- one key each


def _filled(table: Table, key: str) -> str:
    value = table.string(key)
    if key in table.data and not value.strip():
        table.complain(key, "this is empty", "patients need it on the page: fill it in")
    return value


def _web(table: Table, key: str) -> str:
    web = table.string(key, "")
    if web and not re.fullmatch(r"https?://[^\s<>\"/]+(/[^\s<>\"]*)?", web):
        table.complain(key, f"“{web}” is not a web address", 'write it whole: "https://..."')
    return web


def _leaflets(table: Table) -> str:
    """The pattern of a leaflet's web address."""
    pattern = _web(table, "leaflets")
    known = " and ".join(f"{{{place}}}" for place in PLACES)
    for place in re.findall(r"\{([^{}]*)\}", pattern):
        if place not in PLACES:
            what = f"{{{place}}} is no place that can be filled in{nearest(place, list(PLACES))}"
            table.complain("leaflets", what, f"known: {known}")
    if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", pattern)):
        table.complain("leaflets", "a brace stands alone", f"write {known} for what differs from leaflet to leaflet")
    if len(pattern) > qr.LONGEST // 2:
        what = f"this address has {len(pattern)} characters, more than {qr.LONGEST // 2}"
        table.complain("leaflets", what, "give a short one: the longer it is, the finer the code that is to be scanned")
    return pattern


def _country(table: Table) -> str:
    country = table.string("country")
    if country and country not in phones.countries():
        near = "" if re.fullmatch("[A-Z]{2}", country) else nearest(country.upper(), sorted(phones.countries()))
        hint = 'two capital letters, such as "US" or "GB" (ISO 3166)'
        table.complain("country", f"“{country}” is not a country code{near}", hint)
        return ""
    return country


def _phone(table: Table, key: str, country: str) -> str:
    number = _filled(table, key)
    if number.strip() and country and (fault := (found := phones.phone(number, country)).fault):
        severity = Severity.ERROR if found.impossible else Severity.WARNING
        hint = "call it, and write it as it is; one of another country begins with +"
        table.complain(key, f"“{number}”: {fault}", hint, severity)
    return number


def _emergency(table: Table, country: str) -> str:
    key = "emergency-number"
    number = _filled(table, key)
    if not number.strip() or not country or phones.is_emergency(number, country):
        return number
    found = phones.phone(number, country)
    what = found.fault if found.impossible else f"this is not known as an emergency number in {country}"
    severity = Severity.ERROR if found.impossible else Severity.WARNING
    hint = "a wrong number here costs lives: ask somebody there which number calls an ambulance"
    table.complain(key, f"“{number}”: {what}", hint, severity)
    return number


def _logo(table: Table, root: Path) -> str:
    logo = table.string("logo", "")
    if not logo:
        return ""
    if not table.string("logo-alt", ""):
        table.complain("logo", "nothing tells those who do not see it", 'add logo-alt = "what the logo shows"')
    sources = (root / "sources").resolve()
    place = (sources / logo).resolve()
    if not (place.is_file() and place.is_relative_to(sources)):
        table.complain("logo", f"there is no file sources/{logo}", "name a picture below sources/")
    elif fault := pictures.fault(place):
        table.complain("logo", f"sources/{logo} cannot be printed: {fault}", "save the picture anew as SVG or PNG")
    return logo


def _colour(table: Table) -> str:
    """An accent that can be read wherever the layouts put it."""
    colour = table.string("colour", "").lower()
    if not colour:
        return ""
    if not colours.known(colour):
        table.complain("colour", f"“{colour}” is not a colour", 'write it as "#0b4a57"')
        return ""
    ground, ratio = colours.worst(colour)
    if ratio < colours.AAA:
        what = f"{colour} has a contrast of {int(ratio * 100) / 100:.2f} to 1 on {ground}; text needs {colours.AAA:g}"
        table.complain("colour", what, f"the nearest darker shade that will do is {colours.darkened(colour)}")
    return colour


def _opening(entry: Table) -> Opening:
    days = entry.strings("days")
    wrong = [day for day in days if day not in DAYS]
    if wrong:
        entry.complain("days", f"unknown day “{wrong[0]}”{nearest(wrong[0], list(DAYS))}", f"use: {', '.join(DAYS)}")
    opens, closes = entry.string("opens"), entry.string("closes")
    for key, value in (("opens", opens), ("closes", closes)):
        if value and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
            entry.complain(key, f"“{value}” is not a time", 'write "08:30", from 00:00 to 23:59')
            opens = closes = "00:00"
    entry.unknown()
    return Opening(tuple(DAYS.index(day) for day in days if day in DAYS), opens or "00:00", closes or "00:00")


def _helplines(table: Table, country: str) -> list[Helpline]:
    lines = []
    for key in table.data:
        if not re.fullmatch("[a-z][a-z0-9_]*", key):
            table.complain(key, "a helpline's key is used in placeholders", "use small letters, digits and _ only")
        entry = table.table(key)
        line = Helpline(
            key=key,
            name=_filled(entry, "name"),
            phone=_phone(entry, "phone", country),
            note=entry.string("note", ""),
            names=_by_language(entry.table("names")),
            notes=_by_language(entry.table("notes")),
        )
        entry.unknown()
        lines.append(line)
    return lines


def _by_language(table: Table) -> tuple[tuple[str, str], ...]:
    """Words in other languages, by the names of locales ("zh_Hans"; "zh-Hans" will do)."""
    pairs = []
    for key in table.data:
        name = key.replace("-", "_")
        if not locales.known(name):
            table.complain(key, f"CLDR knows no language “{key}”", "write es, pt_BR or zh_Hans, as in locales/")
        pairs.append((name, _filled(table, key)))
    return tuple(pairs)
