"""The files that people sign in: ``locales/<locale>/approvals.toml`` and ``sources/sign-offs.toml``, read and written.

A signature that was changed by hand, or copied from elsewhere, counts for nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from plainleaf import files
from plainleaf.approvals import records as forms
from plainleaf.approvals.records import Record
from plainleaf.files.toml import read_toml
from plainleaf.model import Finding, Location, Severity

LONGEST_NAME = 120
_NOBODY = frozenset(
    ("name", "role", "your name", "your role", "todo", "tbd", "tba", "fixme", "yes", "ok", "none", "nobody", "unknown")
)


@dataclass(frozen=True, slots=True)
class Book:
    """A kind of file that people sign in: ``kind`` is what a signature is called in findings, ``act`` what who signs
    does. ``command`` has places for the names of the file's folder and the leaflet, ``about`` is the file's head."""

    file: str
    kind: str
    act: str
    example: str
    command: str
    about: str


APPROVALS = Book(
    "approvals.toml",
    "approval",
    "approves",
    "A. Sample, clinical translator",
    "plainleaf approve {folder} {slug}",
    """\
# Who has checked which translation, and exactly what they checked. Written by "plainleaf approve": do not edit.
# An approval that was changed by hand counts for nothing; to take one back, delete its table. Any change of a text, in
# either language, lapses it. "content" is what holds the texts together; below it each text, its translation, its
# context.
""",
)
SIGN_OFFS = Book(
    "sign-offs.toml",
    "sign-off",
    "signs",
    "Dr. A. Sample, general practitioner",
    "plainleaf sign-off {slug}",
    """\
# Which clinician has checked which leaflet as it is written, and exactly what they checked. Written by
# "plainleaf sign-off": do not edit. A sign-off that was changed by hand counts for nothing; to take one back, delete
# its table. Any change of a text, figure, picture or reference lapses it, and so does any of the clinic's details.
# "content" is what holds the texts together; below it each text, its translation if it has one, its context.
""",
)


@dataclass(frozen=True, slots=True)
class Approvals:
    """A file of approvals or sign-offs. ``void`` has a finding for each leaflet whose record does not count,
    ``unreadable`` one for the whole file. ``lines``: where each leaflet's table begins."""

    records: Mapping[str, Record] = field(default_factory=dict)
    void: Mapping[str, Finding] = field(default_factory=dict)
    unreadable: Finding | None = None
    lines: Mapping[str, int] = field(default_factory=dict)

    def fault(self, slug: str) -> Finding | None:
        """What is wrong with the approval of a leaflet."""
        return self.unreadable or self.void.get(slug)

    def others(self, slug: str) -> list[Finding]:
        """What keeps the file from being written anew for a leaflet: all faults but its own."""
        own = [finding for other, finding in self.void.items() if other != slug]
        return [*own, *([self.unreadable] if self.unreadable else [])]


# --------------------------------------------------------------------------- in


def read(path: Path, root: Path, book: Book = APPROVALS) -> Approvals:
    """A locale's approvals; none if there is no file. What does not count has a finding. Never raises."""
    if not files.there(path):
        return Approvals()
    table, check = read_toml(path, root, files.MOST), f"{book.kind}-broken"
    if table.findings:
        if table.findings[0].check == files.CHECK:
            return Approvals(unreadable=table.findings[0])
        hint = f"undo the change that broke it, or delete the file and run for each leaflet: {_command(book, path)}"
        return Approvals(unreadable=replace(table.findings[0], check=check, hint=hint))
    folder = path.parent.name
    records, void = {}, {}
    for slug, value in table.data.items():
        found = forms.parsed(value, book.kind, folder, slug)
        if found and not any(fault_of_name(each.approval.by) for each in found.all):
            records[slug] = found
        else:
            what = f"the {book.kind} of “{slug}” was changed by hand, so it does not count"
            hint = f"undo the change, or have the text checked and run: {_command(book, path, slug)}"
            void[slug] = Finding(check, Severity.ERROR, what, Location(table.file, table.line(slug)), hint)
    return Approvals(records, void, lines={slug: table.line(slug) for slug in records})


def _command(book: Book, path: Path, slug: str = "LEAFLET") -> str:
    return f'{book.command.format(folder=path.parent.name, slug=slug)} --by "Name, role"'


def fault_of_name(by: str) -> str:
    """What is wrong with ``"Name, role"``, in words; "" if nothing is."""
    name, comma, role = by.partition(",")
    if by != by.strip() or len(by) > LONGEST_NAME or any(unicodedata.category(char)[0] == "C" for char in by):
        return f"it must be a single line of at most {LONGEST_NAME} characters, none of them invisible"
    if not comma or not all(any(char.isalpha() for char in part) for part in (name, role)):
        return "it must give the name and the role, with a comma between them"
    if nobody := next((part.strip() for part in (name, role) if _is_nobody(part.strip())), ""):
        return f"“{nobody}” is not a name and a role"
    return ""


def _is_nobody(part: str) -> bool:
    """A word that stands for a name, or a lone letter; in scripts without capitals a letter may be a name."""
    letters = [char for char in part if char.isalpha()]
    return part.casefold() in _NOBODY or (len(letters) < 2 and letters[0].lower() != letters[0].upper())


# --------------------------------------------------------------------------- out


def write(path: Path, records: Mapping[str, Record], root: Path, book: Book = APPROVALS) -> bool:
    """Write a locale's approvals, leaflets by name; whether the file changed. Raises ``OSError``."""
    tables = [forms.table(book.kind, path.parent.name, slug, records[slug]) for slug in sorted(records)]
    return files.Root(root).save(path, "\n".join([book.about, *tables]).encode())
