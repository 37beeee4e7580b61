"""The file of a clinic, ``sources/clinics/<name>.toml``: every detail typed and checked before it meets a page."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from plainleaf import files
from plainleaf.clinics import contacts, phones
from plainleaf.files.settings import OWN, Settings
from plainleaf.files.toml import Table, read_toml, table_of
from plainleaf.graphics import codes as qr
from plainleaf.graphics import colours, logos, pictures
from plainleaf.model import Clinic, Finding, Location, Opening, Severity, has_error
from plainleaf.model.phrases import meant, nearest
from plainleaf.model.usage import UsageError
from plainleaf.typesetting import locales

FOLDER = Path("sources") / "clinics"
FORMER = Path("sources") / "clinic.toml"  # where the only clinic stood before there could be several
EVERY = "all"  # what --clinic says for all of them
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PLACES = ("leaflet", "language")  # placeholders in the web address of a leaflet


def names(root: Path) -> tuple[str, ...]:
    """The clinics of a root folder, by the names of their files."""
    there = files.Root(root).listed(root / FOLDER)
    return tuple(sorted(path.stem for path in there if path.suffix == ".toml" and path.name[0] != "."))


def standard(there: Sequence[str], chosen: str) -> str:
    """The clinic that a run is for if none is named: the one chosen in the settings, else the only one, else ""."""
    return chosen or (there[0] if len(there) == 1 else "")


def asked(there: Sequence[str], names: Iterable[str]) -> None:
    """Raises ``UsageError`` for the name of a clinic that is not there; "all" is one of all."""
    for name in names:
        if name not in (*there, EVERY):
            hint = f"there are: {', '.join(there) or 'none'}; each is a file in {FOLDER.as_posix()}/"
            raise UsageError(f"there is no clinic “{name}”{nearest(name, there)}", hint)


def none_found(root: Path) -> Finding:
    """There is no clinic, or one at the former place only."""
    if (root / FORMER).is_file():
        return left_over(root)[0]
    hint = f"write {FOLDER.as_posix()}/<name>.toml, with name, phone and country"
    return Finding("settings", Severity.ERROR, "there is no clinic", Location(FOLDER.as_posix()), hint)


def left_over(root: Path) -> tuple[Finding, ...]:
    """The file at the former place, which nobody reads any more."""
    if not (root / FORMER).is_file():
        return ()
    hint = f"move it to {FOLDER.as_posix()}/<name>.toml, or delete it"
    at = Location(FORMER.as_posix())
    what = "this file is no longer read: each clinic now has its own file"
    return (Finding("settings", Severity.ERROR, what, at, hint),)


def unnamed(there: Sequence[str], options: Settings) -> Finding:
    """There are several clinics, and nobody says for which this run is."""
    where = f"to {options.file}" if options.file == OWN else f"below [tool.plainleaf] in {options.file}"
    hint = f'add a line clinic = "{there[0]}" {where}, or run with --clinic {there[0]}'
    what = f"clinic: this key is missing, but there are several clinics: {', '.join(there)}"
    return Finding("settings", Severity.ERROR, what, options.at("clinic"), hint)


def load(root: Path, name: str) -> tuple[Clinic | None, tuple[Finding, ...]]:
    """The clinic's details; ``None`` with findings if any error stands in the file."""
    return _judged(read_toml(root / FOLDER / f"{name}.toml", root), root, name)


def judged(root: Path, name: str, data: bytes) -> tuple[Clinic | None, tuple[Finding, ...]]:
    """The same of a file that holds these bytes, before it is written."""
    return _judged(table_of(data, (FOLDER / f"{name}.toml").as_posix()), root, name)


def known_keys() -> tuple[str, ...]:
    """Every key that such a file may have at its top, in the order in which they are read."""
    table = Table("", "", {})
    _clinic(table, Path())
    return tuple(dict.fromkeys(table.asked))


def _judged(table: Table, root: Path, name: str) -> tuple[Clinic | None, tuple[Finding, ...]]:
    if not re.fullmatch("[a-z0-9][a-z0-9-]*", name):
        what, hint = (
            f"“{name}” cannot be the name of a folder of leaflets",
            "name the file with small letters, digits and “-”",
        )
        table.findings.append(Finding("settings", Severity.ERROR, what, Location(table.file), hint))
    if name == EVERY:
        what, hint = f"“{name}” means all clinics in --clinic", "give the clinic's file another name"
        table.findings.append(Finding("settings", Severity.ERROR, what, Location(table.file), hint))
    if table.findings:
        return None, tuple(table.findings)
    clinic = _clinic(table, root)
    findings = table.done()
    return (None if has_error(findings) else clinic), findings


def _clinic(table: Table, root: Path) -> Clinic:
    """The details as they are written; what is wrong with them is in the table's findings."""
    country = _country(table)
    numbers = contacts.Numbers(country, contacts.emergency(table, country))
    return Clinic(
        name=contacts.filled(table, "name"),
        address=table.strings("address"),
        phone=contacts.own(table, "phone", numbers),
        web=contacts.web(table, "web"),
        hours=_hours(table),
        logo=_logo(table, root, "logo"),
        logo_alt=table.string("logo-alt", "").strip(),
        second_logo=_logo(table, root, "second-logo"),
        second_logo_alt=table.string("second-logo-alt", "").strip(),
        emergency_number=numbers.emergency,
        helplines=contacts.listed(table, "helplines", numbers),
        country=country,
        at=Location(table.file),
        colour=_colour(table),
        leaflets=_leaflets(table),
        email=contacts.email(table, "email"),
        fax=contacts.own(table, "fax", numbers, ""),
        text=contacts.own(table, "text", numbers, ""),
        relay=contacts.relay(table, "relay", numbers),
        sign_language=contacts.web(table, "sign-language"),
        out_of_hours=contacts.out_of_hours(table, "out-of-hours", numbers),
        services=contacts.listed(table, "services", numbers),
        imprint=table.string("imprint", "").strip(),
        certified_by=table.string("e-books-certified-by", "").strip(),
        order_numbers=_order_numbers(table),
        lines=_lines(table),
    )


def _lines(table: Table) -> tuple[tuple[str, int], ...]:
    """Where each key is written, those of order numbers after the name of their table."""
    orders = table.table("order-numbers")
    inner = [(f"order-numbers.{name}", orders.line(name)) for name in orders.data]
    return (*((key, table.line(key)) for key in table.data), *inner)


# --------------------------------------------------------------------------- one key each


def addresses(clinic: Clinic, leaflets: int, languages: int) -> Iterator[Finding]:
    """A web address of leaflets that is the same for several, of so many leaflets in so many languages."""
    for place, number, what in ((PLACES[0], leaflets, "leaflet"), (PLACES[1], languages, "language")):
        if clinic.leaflets and number > 1 and f"{{{place}}}" not in clinic.leaflets:
            said = f"leaflets: {{{place}}} is missing: the codes of {number} {what}s would all open the same page"
            hint = f"if each {what} has its own page, write {{{place}}} where the addresses differ"
            yield Finding("leaflet-address", Severity.WARNING, said, clinic.place("leaflets"), hint)


def unordered(clinic: Clinic, leaflets: Sequence[str]) -> Iterator[Finding]:
    """Order numbers of leaflets that are not there, of all those that are."""
    for name, _ in clinic.order_numbers:
        if name not in leaflets:
            what = f"order-numbers.{name}: there is no leaflet “{name}”{nearest(name, list(leaflets))}"
            hint = f"there are: {', '.join(leaflets) or 'none'}; the names are those of the files in sources/"
            yield Finding("settings", Severity.ERROR, what, clinic.place(f"order-numbers.{name}"), hint)


def _leaflets(table: Table) -> str:
    """The pattern of a leaflet's web address."""
    pattern = contacts.web(table, "leaflets")
    known = " and ".join(f"{{{place}}}" for place in PLACES)
    for place in re.findall(r"\{([^{}]*)\}", pattern):
        if place not in PLACES:
            what = f"{{{place}}} cannot be filled in{nearest(place, list(PLACES))}"
            table.complain("leaflets", what, f"known: {known}")
    if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", pattern)):
        table.complain("leaflets", "a brace has no partner", f"write {known} for the parts that differ")
    if len(pattern) > qr.LONGEST // 2:
        what = f"this address has {len(pattern)} characters, more than {qr.LONGEST // 2}"
        table.complain("leaflets", what, "use a shorter one: the longer it is, the finer the squares of the code")
    return pattern


def _country(table: Table) -> str:
    country = table.string("country")
    if country and country not in phones.countries():
        known = phones.countries()
        near = nearest(country.upper(), sorted(known)) if len(country.strip()) < 3 else ""
        if (code := locales.country_code(country)) in known:
            near = f"; {meant(code)}"
        hint = 'two capital letters, such as "US" or "GB" (ISO 3166)'
        table.complain("country", f"“{country}” is not a country code{near}", hint)
        return ""
    return country


def _order_numbers(table: Table) -> tuple[tuple[str, str], ...]:
    """What each leaflet is ordered by, by the leaflet's name."""
    numbers = table.table("order-numbers")
    return tuple((name, contacts.filled(numbers, name).strip()) for name in numbers.data)


def _logo(table: Table, root: Path, key: str) -> str:
    """A picture below sources/, with its description in ``key``-alt."""
    logo = table.string(key, "")
    if not logo:
        return ""
    if not table.string(f"{key}-alt", "").strip():
        table.complain(key, "people who cannot see it get no description", f'add {key}-alt = "what the logo shows"')
    place = Path(os.path.normpath(root / "sources" / logo))  # a link stays one
    if not (files.there(place) and place.is_relative_to(root / "sources")):
        table.complain(key, f"there is no file sources/{logo}", "name a picture below sources/")
    elif fault := pictures.fault(place, root):
        table.complain(
            key,
            f"sources/{logo} cannot be printed: {fault}",
            "save it as PNG, or as SVG with its text turned into paths",
        )
    elif (ratio := logos.contrast(place)) < colours.GRAPHICS:
        hint = "use the logo for white paper: white or pale ones are for dark backgrounds"
        if ratio < logos.UNSEEN:
            table.complain(key, f"sources/{logo} cannot be seen on white paper", hint)
        else:
            what = f"sources/{logo} has a contrast of at most {int(ratio * 100) / 100:.2f} to 1 on white paper"
            what += f"; some part of it needs {colours.GRAPHICS:g}"
            table.complain(key, what, hint, Severity.WARNING)
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
        table.complain("colour", what, f"the nearest shade that is dark enough is {colours.darkened(colour)}")
    return colour


def _hours(table: Table) -> tuple[Opening, ...]:
    """Opening hours, with all that is wrong in each and between them."""
    openings: list[Opening] = []
    right: list[Opening] = []  # those with a day and times
    for entry in table.tables("hours"):
        opening = _opening(entry)
        said = opening.days and opening.opens < opening.closes
        before = next((other for other in right if _overlap(other, opening)), None) if said else None
        right += [opening] if said else []
        if before:
            day = DAYS[min(set(before.days) & set(opening.days))]
            what = f"on {day}, {_said(opening)} overlaps the hours above it, {_said(before)}"
            entry.complain("days", what, "join the two, or correct a time")
        openings.append(opening)
    return tuple(openings)


def _overlap(one: Opening, other: Opening) -> bool:
    return one.opens < other.closes and other.opens < one.closes and not {*one.days}.isdisjoint(other.days)


def _said(opening: Opening) -> str:
    return f"{opening.opens} to {opening.closes}"


def _opening(entry: Table) -> Opening:
    days = entry.strings("days")
    wrong = [day for day in days if day not in DAYS]
    hint = f"use: {', '.join(DAYS)}"
    if wrong:
        entry.complain("days", f"unknown day “{wrong[0]}”{nearest(wrong[0], list(DAYS))}", hint)
    elif days != tuple(dict.fromkeys(days)):
        twice = next(day for day in days if days.count(day) > 1)
        entry.complain("days", f"“{twice}” appears twice", f"name each day once; {hint}")
    elif not days and "days" in entry.data:
        entry.complain("days", "there is no day", f"{hint}; if the clinic is closed, delete these hours")
    opens, closes = entry.string("opens"), entry.string("closes")
    times = bool(opens and closes)
    for key, value, last in (("opens", opens, "23:59"), ("closes", closes, "24:00")):
        if value and not (re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value) or value == last):
            entry.complain(key, f"“{value}” is not a time", f'write "08:30", from 00:00 to {last}')
            times = False
    if times and closes <= opens:
        what = f"{closes} is not after {opens}"
        hint = 'for a night write two: until "24:00", and from "00:00" of the next day; all day is "00:00" to "24:00"'
        entry.complain("closes", what, hint)
        times = False
    entry.unknown()
    known = tuple(dict.fromkeys(DAYS.index(day) for day in days if day in DAYS))
    return Opening(known, *((opens, closes) if times else ("00:00", "00:00")))
