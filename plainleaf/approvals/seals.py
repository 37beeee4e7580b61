"""Approvals: who has checked which translation, exactly what they checked, and what has changed since.

They stand in ``locales/<locale>/approvals.toml``: for each leaflet a fingerprint of every source text with its
translation, of the layouts' words with theirs, and of what holds the texts together (order, kinds of blocks, links,
pictures, references). An approval that no longer fits lapses; one that was changed by hand counts for nothing.

A clinician's sign-off of the source is the same without translations and words, in ``sources/sign-offs.toml``.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from plainleaf.files import writing as files
from plainleaf.files.toml import read_toml
from plainleaf.model import Approval, Block, Finding, Kind, Leaflet, Location, Message, Severity, State, Translation
from plainleaf.translations.diff import closest
from plainleaf.translations.markup import link_targets, to_text
from plainleaf.translations.messages import Lookup, extract

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


# --------------------------------------------------------------------------- what an approval covers


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it is today, with what the catalog says for it."""

    message: Message
    translation: Translation | None

    @property
    def key(self) -> Key:
        return (self.message.context, self.message.text)

    @property
    def current(self) -> bool:
        """Whether the translation may be printed."""
        return self.translation is not None and self.translation.state is State.CURRENT

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.key, self.translation.text if self.translation and self.current else None)


@dataclass(frozen=True, slots=True)
class Subject:
    """A translation of a leaflet as it is today: all that an approval covers, for every clinic and country."""

    written: date
    content: str
    texts: tuple[Said, ...]
    words: tuple[Said, ...]


def subject(leaflet: Leaflet, lookup: Lookup, words: Sequence[Message], word: Lookup, root: Path) -> Subject:
    """What there is to approve. ``words`` are the layouts' words, ``word`` looks their translations up."""
    return Subject(
        leaflet.meta.written,
        _content(leaflet, root),
        tuple(Said(message, lookup(message.context, message.text)) for message in extract(leaflet)),
        tuple(Said(message, word(message.context, message.text)) for message in words),
    )


def _content(leaflet: Leaflet, root: Path) -> str:
    """A fingerprint of what holds the texts together. Lines of files, clinic and reviewer of the source are no part."""
    numbers: dict[str, int] = {}
    meta = leaflet.meta
    pictures = sorted({block.options["src"] for block in leaflet.walk() if block.kind is Kind.FIGURE})
    return _digest(
        [
            [leaflet.language, meta.country],
            [_shape(block, numbers) for block in (meta.title, meta.summary, meta.audience, meta.terms)],
            [_shape(block, numbers) for block in leaflet.blocks],
            [[entry.key, entry.text, entry.url] for entry in meta.references],
            [[name, _picture(root / name, root)] for name in pictures],
        ]
    )


def _shape(block: Block, numbers: dict[str, int]) -> list[Any]:
    """A block without its words: a text stands as its number, so that a changed one is told apart from a moved one."""
    marks = [block.kind.value, block.safety, block.short, block.country, sorted(block.options.items())]
    text = to_text(block.inlines)
    words: int | str = numbers.setdefault(text, len(numbers)) if any(char.isalnum() for char in text) else text
    return [marks, words, list(link_targets(block.inlines)), [_shape(child, numbers) for child in block.children]]


def _picture(path: Path, root: Path) -> str:
    try:
        return hashlib.sha256(files.read(path, root)).hexdigest()
    except OSError:
        return ""  # told of where the picture stands


def fingerprint(key: Key, translation: str | None) -> str:
    """What tells a text with its translation (``None`` if it has none) from all others."""
    return _digest([*key, translation])


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def record(about: Subject, by: str, on: date, waived: Iterable[Waived] = ()) -> Record:
    """The approval of a translation as it is now."""
    texts, words = (tuple(Checked(said.key, said.fingerprint) for said in part) for part in (about.texts, about.words))
    return Record(Approval(by, on, about.written), about.content, texts, words, tuple(waived))


# --------------------------------------------------------------------------- has it lapsed?


class Why(Enum):
    """Why an approval no longer holds."""

    NOT_CURRENT = "is fuzzy or has no translation"
    TRANSLATION = "translation changed"
    SOURCE = "source changed"
    NEW = "new text"
    REMOVED = "text taken out"
    ORDER = "texts stand in another order"
    CONTENT = "links, pictures, references or the kind of a block changed"
    WRITTEN = "the source has a new date"
    TO_COME = "the day it was given on is still to come"


@dataclass(frozen=True, slots=True)
class Lapse:
    """One change since the approval: ``text``, which ``was`` another, ``at`` its source and ``po`` its translation."""

    why: Why
    text: str = ""
    was: str = ""
    at: Location | None = None
    po: Location | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """An approval and all that has changed since; it holds if nothing has."""

    approval: Approval
    lapses: tuple[Lapse, ...]

    @property
    def holds(self) -> bool:
        return not self.lapses


def standing(
    kept: Record, now: Subject, origin: Callable[[Key], str] = lambda key: "", today: date = date.max
) -> Standing:
    """Does an approval still fit? ``origin`` gives the earlier text that a changed one was, if the catalog knows."""
    lapses = [*_texts(kept.texts, now.texts, origin), *_texts(kept.words, now.words, origin, removed=False)]
    before, after = [checked.key for checked in kept.texts], [said.key for said in now.texts]
    common = set(before) & set(after)
    if [key for key in before if key in common] != [key for key in after if key in common]:
        lapses.append(Lapse(Why.ORDER))
    if now.content != kept.content and not any(lapse.why in _MOVES for lapse in lapses):
        lapses.append(Lapse(Why.CONTENT))
    if now.written != kept.approval.source:
        lapses.append(Lapse(Why.WRITTEN, str(now.written), str(kept.approval.source)))
    if kept.approval.on > min(today, _LAST) + _ZONES:
        lapses.append(Lapse(Why.TO_COME, str(kept.approval.on)))
    return Standing(kept.approval, tuple(lapses))


_ZONES = timedelta(days=1)  # it may be tomorrow already where it was given
_LAST = date.max - _ZONES
_MOVES = (Why.NEW, Why.REMOVED, Why.ORDER)  # these change the content's fingerprint too: no news


def _texts(
    kept: Sequence[Checked], now: Sequence[Said], origin: Callable[[Key], str], removed: bool = True
) -> Iterator[Lapse]:
    """What has changed in the texts. A word that layouts no longer print (``removed`` false) is no loss."""
    there = {said.key for said in now}
    before = {checked.key: checked.fingerprint for checked in kept}
    gone = {key[1]: key for key in before if key not in there}
    for said in now:
        text, at, po = said.message.text, said.message.at[0], said.translation.at if said.translation else None
        if said.key in before:
            if before[said.key] != said.fingerprint:
                yield Lapse(Why.TRANSLATION if said.current else Why.NOT_CURRENT, text, text, at, po)
            continue
        known = origin(said.key)
        was = known if known in gone else closest(text, gone)
        gone.pop(was, None)
        yield Lapse(Why.SOURCE if was else Why.NEW, text, was, at, po)
    if removed:
        yield from (Lapse(Why.REMOVED, text, text) for text in gone)


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
    return _digest([folder, slug, approval.by, str(approval.on), str(approval.source), kept.content, *lists])
