"""What somebody answers who begins with leaflets of their own: each answer judged by itself, as soon as it is typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from plainleaf.clinics import phones
from plainleaf.clinics.file import EVERY
from plainleaf.files.places import RESERVED, WORDS
from plainleaf.model.papers import us_paper
from plainleaf.model.phrases import nearest
from plainleaf.typesetting import locales

Host = Literal["", "github", "gitlab"]
HOSTS: tuple[Host, ...] = ("github", "gitlab")
_US_LAYOUTS = ("sheet-letter", "letter", "large-print-letter")
_LAYOUTS = ("sheet", "a4", "large-print")
_LONGEST = 200  # characters of a name or title
LONGEST_FILE = 40  # a file's name has fewer characters
_DEVICES = ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)))
TAKEN = frozenset({EVERY, WORDS, "readme", *RESERVED, *_DEVICES})
"""Names of files that mean something else to the tool, or to Windows, which has no file of such a name."""


class AnswerError(ValueError):
    """An answer that cannot be right: what is wrong with it, and how to fix it (``hint``)."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new folder begins with. ``country``: ISO 3166; ``locales``: Babel names of translations to begin;
    ``host``: who runs checks with every change."""

    clinic: str
    country: str
    phone: str
    emergency: str
    title: str
    layouts: tuple[str, ...]
    address: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    host: Host = ""


def line(text: str) -> str:
    """A name or title: one line that can be printed. Raises ``AnswerError``."""
    plain = " ".join(text.split())
    if not plain:
        raise AnswerError("this is empty", "write it as patients should read it")
    if not plain.isprintable():
        raise AnswerError("this contains a character that cannot be printed", "type it again")
    if len(plain) > _LONGEST:
        raise AnswerError(f"this has {len(plain)} characters, more than {_LONGEST}", "use a shorter one")
    return plain


def address(text: str) -> tuple[str, ...]:
    """The lines of an address, with semicolons between; none if there are none. Raises ``AnswerError``."""
    return tuple(line(part) for part in text.split(";") if part.strip())


def country(text: str) -> str:
    """The ISO 3166 code of a country that is named by its code or in English. Raises ``AnswerError``."""
    known, typed = phones.countries(), text.strip()
    code = typed.upper() if typed.upper() in known else locales.country_code(typed)
    if code not in known:
        near = nearest(typed.upper(), sorted(known)) if len(typed) == 2 else ""
        hint = "write its name in English or in its own language, or two letters such as US or GB"
        raise AnswerError(f"“{typed}” is not a country{near}", hint)
    return code


def phone(text: str, where: str) -> str:
    """A number at which patients in the country ``where`` reach the clinic. Raises ``AnswerError``."""
    number = " ".join(text.split())
    if not number:
        raise AnswerError("this is empty", "patients need it: write the number as one dials it")
    if phones.calls_for_help(number, where):
        raise AnswerError(f"“{number}” is an emergency number", "write the clinic's own number")
    found = phones.phone(number, where)
    if found.fault and found.impossible:
        raise AnswerError(f"“{number}”: {found.fault}", "write only the digits that one dials; abroad, begin with +")
    return number


def emergency(text: str, where: str) -> str:
    """The number that calls an ambulance in the country ``where``. Raises ``AnswerError``."""
    number, known = text.strip(), phones.emergency_numbers(where)
    if not number:
        hint = f"ask somebody there which one calls an ambulance (known: {' or '.join(known) or 'none'})"
        raise AnswerError(f"the emergency number of {where} is missing", hint)
    if not phones.is_emergency(number, where):
        there = " or ".join(known) or "none"
        raise AnswerError(
            f"“{number}” is not known as an emergency number in {where}",
            f"a wrong number costs lives: ask somebody there which one calls an ambulance (known: {there})",
        )
    return number


def usual_emergency(where: str) -> str:
    """The emergency number of a country that has only one, else "": of several, one may call the police alone."""
    known = phones.emergency_numbers(where)
    return known[0] if len(known) == 1 else ""


def host(text: str) -> Host:
    """Who is to check every change. Raises ``AnswerError``."""
    name = text.strip().lower()
    for known in HOSTS:
        if name == known:
            return known
    if name:
        raise AnswerError(f"“{name}” is neither github nor gitlab", "write one of the two, or press Enter")
    return ""


def layouts(names: Sequence[str], there: Sequence[str]) -> tuple[str, ...]:
    """Names of layouts that there are, each once. Raises ``AnswerError``."""
    names = [name if name in there else name.lower() for name in names]
    for name in names:
        if name not in there:
            raise AnswerError(f"there is no layout “{name}”{nearest(name, there)}", f"there are: {', '.join(there)}")
    return tuple(dict.fromkeys(names))


def usual_layouts(where: str) -> tuple[str, ...]:
    """What most clinics of a country hand out, on its paper: one sheet, the whole text, and large print."""
    return _US_LAYOUTS if us_paper(where) else _LAYOUTS


def file_name(text: str, otherwise: str) -> str:
    """A title as the name of a file: small Latin letters, digits, single hyphens; ``otherwise`` if it has none of
    these, or is one of the names that are ``TAKEN``."""
    latin = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode("ascii")
    words = re.findall("[a-z0-9]+", latin.replace("'", ""))
    name = ""
    for word in words:
        if len(name) + len(word) >= LONGEST_FILE:
            break
        name = f"{name}-{word}" if name else word
    return name if name and name not in TAKEN else otherwise
