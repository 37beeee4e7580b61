"""The term list of a language, ``locales/<name>/terms.toml``: a line for each term, ``"naloxone" = "naloxona"``.

It has what no leaflet explains among its words to know. The list that comes with the package lies below a root's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plainleaf import files
from plainleaf.files.places import TERMS_FILE, shipped
from plainleaf.files.toml import read_toml
from plainleaf.model import Finding, Location
from plainleaf.terms.entries import LONGEST, key

_VALUE = re.compile(
    r'(?P<before>[ \t]*(?:"(?:[^"\\]|\\.)*"|[A-Za-z0-9_-]+)[ \t]*=[ \t]*)"(?:[^"\\]|\\.)*"(?P<after>.*)'
)


@dataclass(frozen=True, slots=True)
class TermList:
    """Terms with their translations as they are written, and where; what is wrong in the file."""

    terms: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Location] = field(default_factory=dict)  # by ``key``
    findings: tuple[Finding, ...] = ()


def path(root: Path, locale: str) -> Path:
    """Where the list of a language is."""
    return root / "locales" / locale / TERMS_FILE


def read(root: Path, locale: str) -> TermList:
    """The list of a language, over the one that comes with the package."""
    own, ours = path(root, locale), path(shipped("locales").parent, locale)
    below = _read(ours, ours.parents[2]) if files.there(ours) and ours != own else TermList()
    above = _read(own, root) if files.there(own) else TermList()
    there = {key(term) for term in above.terms}
    terms = {term: text for term, text in below.terms.items() if key(term) not in there} | dict(above.terms)
    return TermList(terms, {**below.places, **above.places}, above.findings)


def _read(file: Path, root: Path) -> TermList:
    table = read_toml(file, root)
    terms, places = dict[str, str](), dict[str, Location]()
    for term in table.data:
        text = table.string(term, "")
        if table.told(term):
            continue
        if not text.strip() or not term.strip() or max(len(text), len(term)) > LONGEST:
            table.complain(
                term, f"a term or translation is empty, or longer than {LONGEST} characters", "write a few words"
            )
        elif key(term) in places:
            table.complain(term, f"this term is also in line {places[key(term)].line}", "delete one of the two")
        else:
            terms[term], places[key(term)] = text, Location(table.file, table.line(term))
    return TermList(terms, places, table.done())


def added(text: str, new: Mapping[str, str], language: str) -> str:
    """The text of a list with more terms, or with other translations of those that it has. Comments and all other lines
    stay as they are."""
    lines = text.split("\n") if text.strip() else [f"# What medicines and other fixed terms are called in {language}."]
    while lines and not lines[-1].strip():
        lines.pop()
    there = {}
    for number, line in enumerate(lines):
        if found := re.match(r'[ \t]*(?:"((?:[^"\\]|\\.)*)"|([A-Za-z0-9_-]+))[ \t]*=', line):
            there[key(json.loads(f'"{found[1]}"') if found[1] is not None else found[2])] = number
    for term, translation in sorted(new.items(), key=lambda pair: key(pair[0])):
        value = json.dumps(translation, ensure_ascii=False)
        known = _VALUE.fullmatch(lines[there[key(term)]]) if key(term) in there else None
        if known:
            lines[there[key(term)]] = f"{known['before']}{value}{known['after']}"
        else:
            lines.append(f"{json.dumps(term, ensure_ascii=False)} = {value}")
    return "\n".join(lines) + "\n"
