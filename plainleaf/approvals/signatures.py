"""The files that people sign in: ``locales/<locale>/approvals.toml`` and ``sources/sign-offs.toml``, read and written.

A signature that was changed by hand, or copied from elsewhere, counts for nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from plainleaf.files import writing as files
from plainleaf.files.toml import read_toml
from plainleaf.model import Approval, Finding, Location, Severity

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
# either language, lapses it. Each line below is a fingerprint of a text with its translation, the text, its context.
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
# its table. Any change of a text, figure, picture or reference lapses it. Each line below is a fingerprint of a text,
# the text, its context.
""",
)

Key = tuple[str, str]  # context ("" for none), text


@dataclass(frozen=True, slots=True)
class Checked:
    """A text that was checked, with the fingerprint of the text and its translation."""

    key: Key
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that was set aside when a translation was approved: on which text, why and by whom."""

    check: str
    text: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Record:
    """An approval as it is kept: ``texts`` are the leaflet's, ``words`` the layouts', each in reading order."""

    approval: Approval
    content: str
    texts: tuple[Checked, ...]
    words: tuple[Checked, ...]
    waived: tuple[Waived, ...] = ()


@dataclass(frozen=True, slots=True)
class Approvals:
    """A file of approvals or sign-offs. ``void`` has a finding for each leaflet whose record does not count,
    ``unreadable`` one for the whole file."""

    records: Mapping[str, Record] = field(default_factory=dict)
    void: Mapping[str, Finding] = field(default_factory=dict)
    unreadable: Finding | None = None

    def fault(self, slug: str) -> Finding | None:
        """What is wrong with the approval of a leaflet."""
        return self.unreadable or self.void.get(slug)


def digest(value: object) -> str:
    """The fingerprint of a value that JSON can hold."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


# --------------------------------------------------------------------------- in


def read(path: Path, root: Path, book: Book = APPROVALS) -> Approvals:
    """A locale's approvals; none if there is no file. What does not count has a finding. Never raises."""
    if not files.there(path):
        return Approvals()
    table, check = read_toml(path, root), f"{book.kind}-broken"
    if table.findings:
        if table.findings[0].check == files.CHECK:
            return Approvals(unreadable=table.findings[0])
        hint = f"undo the change that broke it, or delete the file and run for each leaflet: {_command(book, path)}"
        return Approvals(unreadable=replace(table.findings[0], check=check, hint=hint))
    folder = path.parent.name
    records, void = {}, {}
    for slug, value in table.data.items():
        found = _record(value)
        if found and isinstance(value, dict) and value.get("seal") == _seal(folder, slug, found):
            records[slug] = found
        else:
            what = f"the {book.kind} of “{slug}” was changed by hand: it does not count"
            hint = f"undo the change, or have the text checked and run: {_command(book, path, slug)}"
            void[slug] = Finding(check, Severity.ERROR, what, Location(table.file, table.line(slug)), hint)
    return Approvals(records, void)


def _command(book: Book, path: Path, slug: str = "LEAFLET") -> str:
    return f'{book.command.format(folder=path.parent.name, slug=slug)} --by "Name, role"'


def _record(value: object) -> Record | None:
    """A table of the file as a record; ``None`` if anything in it is not as we write it."""
    needed = {"by", "on", "source", "content", "texts", "words", "seal"}
    if not isinstance(value, dict) or not needed <= set(value) <= needed | {"waived"}:
        return None
    by, on, source, content = (value[key] for key in ("by", "on", "source", "content"))
    texts, words, waived = _checked(value["texts"]), _checked(value["words"]), _waived(value.get("waived", []))
    if not isinstance(by, str) or fault_of_name(by) or not isinstance(content, str) or not _is_day(on, source):
        return None
    if texts is None or words is None or waived is None:
        return None
    return Record(Approval(by, on, source), content, texts, words, waived)


def _is_day(*values: object) -> bool:
    return all(isinstance(value, date) and not isinstance(value, datetime) for value in values)


def _checked(value: object) -> tuple[Checked, ...] | None:
    entries = _entries(value, 2, 3)
    if entries is None:
        return None
    return tuple(Checked((entry[2] if entry[2:] else "", entry[1]), entry[0]) for entry in entries)


def _waived(value: object) -> tuple[Waived, ...] | None:
    entries = _entries(value, 4)
    return None if entries is None else tuple(Waived(*entry) for entry in entries)


def _entries(value: object, *lengths: int) -> tuple[list[str], ...] | None:
    """A list of lists of so many texts; ``None`` if it is anything else."""
    if not isinstance(value, list) or not all(isinstance(entry, list) and len(entry) in lengths for entry in value):
        return None
    return tuple(value) if all(isinstance(part, str) for entry in value for part in entry) else None


def fault_of_name(by: str) -> str:
    """What is wrong with ``"Name, role"``, in words; "" if nothing is."""
    name, comma, role = by.partition(",")
    if by != by.strip() or len(by) > LONGEST_NAME or any(unicodedata.category(char)[0] == "C" for char in by):
        return f"it must be one line of at most {LONGEST_NAME} characters, without invisible ones"
    if not comma or not all(any(char.isalpha() for char in part) for part in (name, role)):
        return "it must say who, and in which role, with a comma between"
    if nobody := next((part.strip() for part in (name, role) if _is_nobody(part.strip())), ""):
        return f"“{nobody}” is no name and no role"
    return ""


def _is_nobody(part: str) -> bool:
    """A word that stands for a name, or a lone letter; in scripts without capitals a letter may be a name."""
    letters = [char for char in part if char.isalpha()]
    return part.casefold() in _NOBODY or (len(letters) < 2 and letters[0].lower() != letters[0].upper())


# --------------------------------------------------------------------------- out


def write(path: Path, records: Mapping[str, Record], root: Path, book: Book = APPROVALS) -> bool:
    """Write a locale's approvals, leaflets by name; whether the file changed. Raises ``OSError``."""
    tables = [_table(path.parent.name, slug, records[slug]) for slug in sorted(records)]
    return files.save(path, "\n".join([book.about, *tables]).encode(), root)


def _table(folder: str, slug: str, kept: Record) -> str:
    name = slug if re.fullmatch(r"[A-Za-z0-9_-]+", slug) else _quoted(slug)
    lines = [
        f"[{name}]",
        f"by = {_quoted(kept.approval.by)}",
        f"on = {kept.approval.on.isoformat()}",
        f"source = {kept.approval.source.isoformat()}",
        f"content = {_quoted(kept.content)}",
        *_list("texts", kept.texts),
        *_list("words", kept.words),
        *(_waivers(kept.waived) if kept.waived else ()),
        f"seal = {_quoted(_seal(folder, slug, kept))}",
    ]
    return "\n".join(lines) + "\n"


def _list(name: str, texts: Iterable[Checked]) -> Iterator[str]:
    yield f"{name} = ["
    for checked in texts:
        context, text = checked.key
        parts = [checked.fingerprint, text, *([context] if context else [])]
        yield f"  [{', '.join(map(_quoted, parts))}],"
    yield "]"


def _waivers(waived: Iterable[Waived]) -> Iterator[str]:
    yield "waived = [  # findings that were set aside: the check, the text, why, by whom"
    for one in waived:
        yield f"  [{', '.join(map(_quoted, (one.check, one.text, one.reason, one.by)))}],"
    yield "]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _seal(folder: str, slug: str, kept: Record) -> str:
    """Tells a slip of the hand, or a table copied from elsewhere; it is no proof against someone who wants to forge."""
    approval = kept.approval
    lists = [[[*checked.key, checked.fingerprint] for checked in part] for part in (kept.texts, kept.words)]
    lists += [[[one.check, one.text, one.reason, one.by] for one in kept.waived]] if kept.waived else []
    return digest([folder, slug, approval.by, str(approval.on), str(approval.source), kept.content, *lists])
