"""Terms as values, and what every file of them is held to, whoever wrote it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from plainleaf.languages.invisible import BIDI_CONTROLS
from plainleaf.model import Finding, Location, Severity
from plainleaf.model.phrases import clipped, counted

LONGEST = 200  # characters of a term
MOST = 20_000  # terms of a file, in all languages
MOST_BYTES = 10_000_000
FORMULA = "=+-@\t\r"  # what a spreadsheet program may run: OWASP, CSV injection
_BROKEN = 100  # faults of a file that are told one by one


@dataclass(frozen=True, slots=True)
class Concept:
    """A term of the sources with its translations by locale name. ``meaning`` as the words to know say it, with its
    translations in ``meanings``; ``leaflets``: those that have it among their words to know."""

    term: str
    translations: Mapping[str, str] = field(default_factory=dict)
    meaning: str = ""
    meanings: Mapping[str, str] = field(default_factory=dict)
    leaflets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What a file says of one term in one language, whose ``language`` is as the file writes it ("pt-BR")."""

    term: str
    language: str
    text: str
    at: Location


@dataclass(frozen=True, slots=True)
class Read:
    """The entries of a file; none that is to be used if a finding is an error. ``languages``: each with where it is
    first named."""

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    languages: Mapping[str, Location] = field(default_factory=dict)


def key(term: str) -> str:
    """What terms are compared by."""
    return " ".join(unicodedata.normalize("NFC", term).split()).casefold()


def tidy(text: str) -> str:
    """A term as it is kept: composed, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fault(at: Location, what: str, hint: str, check: str = "terms-file") -> Finding:
    """An error of a file of terms."""
    return Finding(check, Severity.ERROR, what, at, hint)


def checked(entries: Iterable[Entry], languages: Mapping[str, Location]) -> Read:
    """The entries that differ, with what is wrong in any of them."""
    known: dict[tuple[str, str], Entry] = {}
    found: list[Finding] = []
    for entry in entries:
        found += [fault(entry.at, what, hint, "terms-entry") for what, hint in _faults(entry)]
        earlier = known.setdefault((key(entry.term), entry.language), entry)
        if earlier.text != entry.text:
            what = f"“{clipped(entry.term, 60)}” appears twice for {entry.language}, with two translations;"
            what += f" it is also in line {earlier.at.line}"
            found.append(fault(entry.at, what, "decide on one, and delete the other", "terms-entry"))
    if len(known) > MOST:
        what = f"the file has {len(known)} terms, more than {MOST}"
        found.append(fault(Location(next(iter(known.values())).at.file), what, "split it into several files"))
    return Read(tuple(known.values()), few(found), languages)


def few(found: list[Finding]) -> tuple[Finding, ...]:
    """The first findings of a file; how many more there are is one of them."""
    if len(found) <= _BROKEN:
        return tuple(found)
    more = counted(len(found) - _BROKEN, "more error")
    return (*found[:_BROKEN], fault(Location(found[0].at.file), f"{more} of this kind", "correct these first"))


def _faults(entry: Entry) -> Iterator[tuple[str, str]]:
    for what, text in (("term", entry.term), (f"translation into {entry.language}", entry.text)):
        shown = clipped("".join(sign if sign.isprintable() else "\ufffd" for sign in text), 60)
        if not any(sign.isalnum() for sign in text):
            yield f"the {what} “{shown}” has no letter or figure", "write the term, or delete the entry"
        elif len(text) > LONGEST:
            yield f"the {what} “{shown}” has {len(text)} characters, more than {LONGEST}", "a term is a few words"
        elif odd := [sign for sign in text if unicodedata.category(sign) in ("Cc", "Cs", "Co", "Zl", "Zp")]:
            yield f"the {what} “{shown}” contains the character U+{ord(odd[0]):04X}", "delete it"
        elif hidden := [sign for sign in text if sign in BIDI_CONTROLS]:
            hint = "delete it: the order of letters needs no characters of its own"
            yield f"the {what} “{shown}” contains the invisible character U+{ord(hidden[0]):04X}", hint
        elif re.search(r"</?[a-z]|[{}]", text):
            yield f"the {what} “{shown}” contains marks of a leaflet's text", "write the words alone"
