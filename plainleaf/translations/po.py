"""Catalogs: .po files in and out.

They are read and written here, because Babel's reader and writer lose ``#|`` lines, unknown headers, the fuzzy mark of
obsolete entries and strings out of order. What is written equals ``msgcat --no-wrap`` of it, byte for byte (GNU gettext
0.21). New messages come into them by ``merge``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path

from plainleaf import files
from plainleaf.files import shelf
from plainleaf.languages import plurals
from plainleaf.languages.invisible import FIRST_STRONG_ISOLATE, ISOLATE_END
from plainleaf.model import Finding, Location, Severity, State, Translation

Key = tuple[str, str]  # msgctxt ("" for none), msgid

# A name in a "#:" line, with its line number: between isolates (GNU gettext), or up to the next space.
_NAMES = re.compile(rf"{FIRST_STRONG_ISOLATE}([^{FIRST_STRONG_ISOLATE}{ISOLATE_END}]*){ISOLATE_END}(?::\d+)?|(\S+)")


@dataclass(slots=True)
class Entry:
    """One entry: the translator's comments (``#``), our notes (``#.``), files (``#:``), flags, strings.

    ``previous`` is the key that a fuzzy translation was made for; ``line`` that of its msgid, 0 if it is new. ``file``
    is set where the entry has come from the catalog of the language's parent (``regional``). Of an entry with plural
    forms, which other programs write: ``plural`` is its msgid_plural, ``string`` the first form, ``forms`` are the
    others; ``previous_plural`` belongs to ``previous``.
    """

    key: Key
    string: str = ""
    comments: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    previous: Key | None = None
    line: int = 0
    file: str = ""
    plural: str = ""
    forms: tuple[str, ...] = ()
    previous_plural: str = ""

    @property
    def strings(self) -> tuple[str, ...]:
        """The translation in all its forms: one, unless there is a ``plural``."""
        return (self.string, *self.forms)

    @property
    def begun(self) -> bool:
        """Whether somebody has translated any of it."""
        return any(self.strings)

    @property
    def fuzzy(self) -> bool:
        """Whether nobody has checked the translation."""
        return "fuzzy" in self.flags

    @property
    def state(self) -> State:
        """Only ``State.CURRENT`` may be printed."""
        if not all(each.strip() for each in self.strings):
            return State.UNTRANSLATED
        return State.FUZZY if self.fuzzy else State.CURRENT


@dataclass(slots=True)
class Catalog:
    """One .po or .pot file: its header as written, its entries and its obsolete entries (``gone``) in their order."""

    file: str = ""
    header: str = ""
    comments: list[str] = field(default_factory=list)
    fuzzy: bool = False
    live: dict[Key, Entry] = field(default_factory=dict)
    gone: dict[Key, Entry] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        """The fields of the header."""
        lines = (line.partition(":") for line in self.header.split("\n"))
        return {name.strip(): value.strip() for name, colon, value in lines if colon}

    def lookup(self, context: str, text: str) -> Translation | None:
        """What the catalog says for a message; ``None`` if it does not have it."""
        entry = self.live.get((context, text))
        at = Location(entry.file or self.file, entry.line) if entry else None
        return Translation(self.printed(entry), entry.state, at) if entry and at else None

    def printed(self, entry: Entry) -> str:
        """What is printed of an entry: of one with plural forms that for the number in its text, or for one thing."""
        if not entry.plural:
            return entry.string
        number = _NUMBER.fullmatch(entry.key[1])
        form = plurals.form(self.headers.get("Plural-Forms", ""), int(number[1]) if number else 1)
        return entry.strings[min(form, len(entry.forms))]


# --------------------------------------------------------------------------- in

_LINE = re.compile(
    r'(?P<mark>#~\||#\||#~|)[ \t]*(?:(?P<word>[a-z_]+(?:\[\d+\])?)[ \t]*)?"(?P<text>(?:[^"\\]|\\[abfnrtv"\\])*+)"[ \t]*'
)
_ESCAPES = {
    "\\": "\\\\", '"': '\\"', "\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"
}  # fmt: skip
_PLAIN = {escaped: plain for plain, escaped in _ESCAPES.items()}
_FOLLOWS = {  # what may stand before each keyword in an entry
    "msgctxt": ("",),
    "msgid": ("", "msgctxt"),
    "msgid_plural": ("msgid",),
    "msgstr": ("msgid",),
    "msgstr[0]": ("msgid_plural",),
    **{f"msgstr[{number}]": (f"msgstr[{number - 1}]",) for number in range(1, plurals.MOST)},
}
_NUMBER = re.compile(r"[^0-9]*([0-9]{1,6})[^0-9]*")  # a text with a single whole number


_CUT = "a program may have been stopped as it saved it: bring its last version back (git restore, or your backup)"


class _LineError(Exception):
    """What is wrong in a line of a file, and how to fix it."""

    def __init__(self, line: int, what: str, hint: str = "compare the entry with its neighbours") -> None:
        super().__init__(what)
        self.line, self.what, self.hint = line, what, hint


class _Reader:
    """Reads a file line by line. Every line must be where it belongs: no string is ever dropped in silence."""

    def __init__(self, file: str) -> None:
        self.catalog = Catalog(file)
        self._begin()

    def _begin(self) -> None:
        self.entry = Entry(("", ""))
        self.strings: dict[str, list[str]] = {}  # pieces by keyword; those of "#|" lines as "|msgid"
        self.last = ""  # the last keyword
        self.mark = ""  # what stood before it: "", "#|", "#~", "#~|"
        self.obsolete = False
        self.begun = False  # whether there was more of it than comments of the translator

    def read(self, lines: Iterable[str]) -> Catalog:
        """The catalog. Raises ``_LineError`` at the first line that is wrong."""
        number = 0
        for number, line in enumerate(lines, 1):
            line = line.lstrip(" \t")
            if line[:1] == "#" and line[1:2] not in ("|", "~"):
                self._comment(number, line)
            elif found := _LINE.fullmatch(line):
                self._string(number, found)
            elif line:
                raise _LineError(number, f"is not a line of a .po file: {line.strip()[:60]}", _line_hint(line))
        self._close(number)
        if self.begun or self.strings:
            raise _LineError(number, "the file ends in the middle of an entry", _CUT)
        if not self.catalog.header and not self.catalog.live and not self.catalog.gone:
            raise _LineError(1, "the file has no entry at all", _CUT)
        # below the last entry: GNU gettext would lose it; with that entry it might waive a finding there
        self.catalog.comments = [*self.catalog.comments, *self.entry.comments]
        return self.catalog

    def _comment(self, number: int, line: str) -> None:
        self._close(number)
        kind, rest = line[1:2], line[2:]
        self.begun = self.begun or kind in (".", ":", ",")
        if kind == ".":
            self.entry.notes += [rest.strip()] if rest.strip() else []
        elif kind == ":":
            self.entry.files += _files(rest)
        elif kind == ",":
            self.entry.flags |= {flag.strip() for flag in rest.split(",")} - {""}
        else:
            self.entry.comments.append(line[1:] if kind in (" ", "=", "") else f" {line[1:]}")

    def _string(self, number: int, line: re.Match[str]) -> None:
        mark, word, text = line.group("mark", "word", "text")
        if "\\" in text:
            text = re.sub(r"\\.", lambda found: _PLAIN[found[0]], text)
        if not word:
            if not self.last or mark != self.mark:
                raise _LineError(number, "this text in quotes does not belong to anything above it")
            self.strings[self.last].append(text)
            return
        if word not in _FOLLOWS:
            raise _LineError(number, f"is not a line of a .po file: {line[0][:60]}", _line_hint(line[0]))
        if not word.startswith("msgstr"):
            self._close(number, whole=False)
        before = mark.endswith("|")
        if before:
            word = f"|{word}"
        if word in self.strings or (before and self._own()) or (not before and self._own() not in _FOLLOWS[word]):
            raise _LineError(number, f"“{word.strip('|')}” does not belong here")
        if not before:
            if self._own() and self.obsolete != (mark == "#~"):
                raise _LineError(number, "only some lines of this entry begin with “#~”", "all or none of them must")
            self.obsolete = mark == "#~"
            self.entry.line = number if word == "msgid" else self.entry.line
        self.last, self.mark = word, mark
        self.strings[word] = [text]

    def _own(self) -> str:
        return "" if self.last.startswith("|") else self.last

    def _close(self, number: int, whole: bool = True) -> None:
        """Keep the entry if it is complete; if ``whole``, none may be open."""
        if "msgstr" not in self.strings and "msgstr[0]" not in self.strings:
            if whole and self._own():
                raise _LineError(number, "the entry above has no msgstr")
            return
        strings = {word: "".join(pieces) for word, pieces in self.strings.items()}
        entry = self.entry
        entry.key = (strings.get("msgctxt", ""), strings["msgid"])
        entry.string, *forms = (text for word, text in strings.items() if word.startswith("msgstr"))
        entry.plural, entry.forms = strings.get("msgid_plural", ""), tuple(forms)
        if "|msgid" in strings:
            entry.previous = (strings.get("|msgctxt", ""), strings["|msgid"])
            entry.previous_plural = strings.get("|msgid_plural", "")
        if not entry.plural and "msgid_plural" in strings:
            raise _LineError(entry.line, "an entry has plural forms and no text for them in msgid_plural")
        if entry.key == ("", ""):
            self._header(entry)
        else:
            self._keep(entry)
        self._begin()

    def _keep(self, entry: Entry) -> None:
        live, gone = self.catalog.live.get(entry.key), self.catalog.gone.get(entry.key)
        # Babel leaves an obsolete translation beside its string that has come back: the next update joins them
        twin = gone if self.obsolete else live
        other = live if self.obsolete else gone
        if twin or (other and other.begun and entry.begun):
            line = (twin or other or entry).line
            raise _LineError(
                entry.line, f"this entry appears twice: it is also in line {line}", "delete one of the two"
            )
        (self.catalog.gone if self.obsolete else self.catalog.live)[entry.key] = entry

    def _header(self, entry: Entry) -> None:
        if self.obsolete or entry.plural or self.catalog.header or self.catalog.live or self.catalog.gone:
            raise _LineError(entry.line, "an entry has no msgid", "the empty msgid is the header's: at the top, once")
        self.catalog.header = entry.string
        self.catalog.comments, self.catalog.fuzzy = entry.comments, entry.fuzzy
        headers = self.catalog.headers
        plural = headers.get("Plural-Forms")
        if plural is not None and not plurals.is_sound(plural):
            hint = "copy the line of another file of this language, or delete it"
            raise _LineError(entry.line, f"the header Plural-Forms is not valid: {plural[:80]}", hint)
        charset = re.search(r"charset=([^\s;]+)", headers.get("Content-Type", ""))
        if charset and charset[1].upper() not in ("UTF-8", "UTF8", "CHARSET", "ASCII", "US-ASCII"):
            hint = "set its charset to UTF-8"
            raise _LineError(entry.line, f"the file says it is {charset[1][:40]}; a catalog is UTF-8", hint)


def _files(text: str) -> list[str]:
    """The files of a ``#:`` line, without line numbers; a name with spaces stands between U+2068 and U+2069."""
    names = _NAMES.findall(text)
    return [spaced or re.sub(r":\d+$", "", plain) for spaced, plain in names]


def read(path: Path, root: Path) -> tuple[Catalog | None, tuple[Finding, ...]]:
    """Read a .po or .pot file; ``None`` with one finding that names the line if it is not sound.

    Never raises for a file's content.
    """
    data, findings = content(path, root)
    if data is None:
        return None, findings
    name = _name(path, root)
    return shelf.kept(f"catalog {name}", (name, sha256(data).hexdigest()), partial(parse, data, name), narrow=True)


def content(path: Path, root: Path) -> tuple[bytes | None, tuple[Finding, ...]]:
    """The bytes of a .po or .pot file; ``None`` with one finding if they cannot be read."""
    try:
        return files.Root(root).read(path), ()
    except files.RefusedError as error:
        return None, (files.finding(error, root),)
    except OSError as error:
        what = f"could not be read: {error.strerror}"
        return None, (_broken(_name(path, root), 0, what, "correct the file's permissions"),)


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def parse(data: bytes, file: str) -> tuple[Catalog | None, tuple[Finding, ...]]:
    """As ``read``, on bytes; ``file`` is the name for findings."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        hint = "save the file as UTF-8 (in Poedit: Catalog properties, Charset)"
        return None, (_broken(file, line, f"is not UTF-8: byte 0x{data[error.start]:02x}", hint),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip("\0 \t\n"):
        hint = f"{_CUT}; to begin again, delete it and run plainleaf update"
        return None, (_broken(file, 1, "the file is empty", hint),)
    if "\0" in text:  # to GNU gettext the text ends here
        line = text[: text.index("\0")].count("\n") + 1
        return None, (_broken(file, line, "contains a character that is not allowed: U+0000", "delete it"),)
    lines = re.sub(r"(?m)^#~[ \t]*(?=#|$)", "", text).split("\n")  # GNU gettext reads "#~ # note" as a note; so do we
    try:
        return _Reader(file).read(lines), ()
    except _LineError as error:
        return None, (_broken(file, error.line, error.what, error.hint),)


def _broken(file: str, line: int, message: str, hint: str) -> Finding:
    return Finding("po-syntax", Severity.ERROR, message, Location(file, line), hint, Location(file, line))


def _line_hint(line: str) -> str:
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        return "two versions of the file were not merged here: keep one of them and delete this line"
    marks = len(re.findall(r'(?<!\\)(?:\\\\)*"', line))
    if marks == 1:
        return "a quotation mark is missing, or one inside the text needs a backslash before it"
    if marks > 2:
        return 'a quotation mark inside the text is written \\"'
    return "a line is a comment (#...), msgctxt, msgid, msgstr or a text in quotes"


# --------------------------------------------------------------------------- out


def write(catalog: Catalog) -> str:
    """The file's text, as GNU gettext writes it without line wrap."""
    head = [_comment("#", comment) for comment in catalog.comments]
    head += ["#, fuzzy"] if catalog.fuzzy else []
    if catalog.header or head:
        head += ['msgid ""', *_quoted("msgstr", catalog.header, split=True)]
    blocks = ["\n".join(head)] if head else []
    blocks += ["\n".join(_lines(entry, "")) for entry in catalog.live.values()]
    blocks += ["\n".join(_lines(entry, "#~ ")) for entry in catalog.gone.values()]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _lines(entry: Entry, mark: str) -> Iterator[str]:
    yield from (_comment("#", comment) for comment in entry.comments)
    if not mark:
        yield from (_comment("#. ", note) for note in entry.notes)
        yield from _locations(sorted(set(entry.files)))
    if flags := entry.flags if entry.string else entry.flags - {"fuzzy"}:
        yield "#, " + ", ".join(sorted(flags, key=_flag_order))
    if entry.previous:
        yield from _keyed("#~| " if mark else "#| ", entry.previous, entry.previous_plural)
    yield from _keyed(mark, entry.key, entry.plural)
    for number, text in enumerate(entry.strings):
        yield from (mark + line for line in _quoted(f"msgstr[{number}]" if entry.plural else "msgstr", text))


def _comment(mark: str, text: str) -> str:
    """A comment; to GNU gettext, one that ends in a backslash would go on in the next line."""
    return mark + text + (" " if text.endswith("\\") else "")


def _keyed(mark: str, key: Key, plural: str) -> Iterator[str]:
    context, text = key
    if context:
        yield from (mark + line for line in _quoted("msgctxt", context))
    yield from (mark + line for line in _quoted("msgid", text))
    if plural:
        yield from (mark + line for line in _quoted("msgid_plural", plural))


def _flag_order(flag: str) -> tuple[int, str]:
    """GNU gettext's: fuzzy, formats in the order of its table, wrap; then flags that it does not know."""
    known = ("fuzzy", "python-format", "python-brace-format", "wrap", "no-wrap")
    return (known.index(flag) if flag in known else len(known), flag)


def _locations(files: list[str]) -> list[str]:
    """``#:`` lines: GNU gettext breaks them before column 80 even without wrap."""
    lines: list[str] = []
    for file in files:
        name = f"{FIRST_STRONG_ISOLATE}{file}{ISOLATE_END}" if " " in file or "\t" in file else file
        if lines and len(lines[-1]) + 1 + len(name) < 80:
            lines[-1] += f" {name}"
        else:
            lines.append(f"#: {name}")
    return lines


def _quoted(keyword: str, text: str, split: bool = False) -> list[str]:
    pieces = re.findall(r"[^\n]*\n|[^\n]+", text)
    if len(pieces) > 1 or (split and pieces):
        return [f'{keyword} ""', *(f'"{_escape(piece)}"' for piece in pieces)]
    return [f'{keyword} "{_escape(text)}"']


def _escape(text: str) -> str:
    return re.sub(r'[\\"\a\b\f\n\r\t\v]', lambda found: _ESCAPES[found[0]], text)
