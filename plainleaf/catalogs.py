"""Catalogs: .po files in and out, and the merge of new messages into them. The only importer of ``babel.messages``.

Babel's ``Catalog``, ``Message`` and parser are kept and their faults mended: ``#|`` lines are read and written, an
obsolete entry keeps its fuzzy mark and comes back when its string does, headers and comments are kept as they are,
format flags are never guessed. What is written equals ``msgcat --no-wrap`` of it, byte for byte (GNU gettext 0.21).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.catalog import Message as BabelMessage
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import PoFileError, PoFileParser, denormalize

from plainleaf.matching import Guard, best
from plainleaf.model import Finding, Location, Message, Severity, State, Translation

Key = tuple[str, str]  # msgctxt ("" for none), msgid

# In the order in which GNU gettext lists them; any other header of a file follows in the file's order.
HEADERS = (
    "Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date", "Last-Translator",
    "Language-Team", "Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms",
)  # fmt: skip
COMMENT_TAGS = ("Translators:",)  # what makes a template's comment one for translators
MOST_PLURALS = 6  # Arabic; no language of CLDR has more

_STRING = r'"(?:[^"\\]|\\[ntr"\\])*"'
_LINE = re.compile(
    rf"\s*(?:#(?![~|]).*|(?:#~\|?|#\|)?\s*(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+)?{_STRING})?\s*"
)
_OURS = frozenset({"python-brace-format", "python-format"})  # flags that extraction decides, not the translator


class Entry(BabelMessage):
    """Babel's message with flags as they stand in the file and the previous context that it has no place for."""

    def __init__(self, key: Key, string: str, flags: Iterable[str] = (), lineno: int | None = None) -> None:
        super().__init__(key[1], string, lineno=lineno, context=key[0] or None)
        self.flags = set(flags)
        self.previous_context: str | None = None

    @property
    def key(self) -> Key:
        return (self.context or "", str(self.id))

    @property
    def state(self) -> State:
        """Only ``State.CURRENT`` may be printed."""
        if not self.string:
            return State.UNTRANSLATED
        return State.FUZZY if self.fuzzy else State.CURRENT


class Catalog(BabelCatalog):
    """One .po or .pot file: its header as written, its entries in order, its obsolete entries."""

    def __init__(self, file: str = "") -> None:
        super().__init__(fuzzy=False)
        self.file = file
        self.headers: dict[str, str] = {}
        self.comments: list[str] = []

    def entries(self) -> list[Entry]:
        """The live entries, in the order of the file."""
        return cast(list[Entry], list(self._messages.values()))

    def gone(self) -> list[Entry]:
        """The obsolete entries, in the order of the file."""
        return cast(list[Entry], list(self.obsolete.values()))

    def put(self, entry: Entry) -> None:
        """Add a live entry; one of the same key is replaced."""
        self._messages[entry.key] = entry

    def entry(self, key: Key) -> Entry | None:
        """The live entry of a key."""
        return cast(Entry | None, self._messages.get(key))

    def lookup(self, context: str, text: str) -> Translation | None:
        """What the catalog says for a message; ``None`` if it does not have it."""
        entry = self.entry((context, text))
        if entry is None:
            return None
        return Translation(str(entry.string), entry.state, Location(self.file, entry.lineno or 0))


# --------------------------------------------------------------------------- in


class _Parser(PoFileParser):
    """Babel's parser, keeping what it loses."""

    catalog: Catalog

    def _reset_message_state(self) -> None:
        super()._reset_message_state()
        self.previous: list[list[str]] = []

    def _process_comment(self, line: str) -> None:
        if line.startswith("#|"):
            self._finish_current_message()
            self._previous(line[2:].strip())
        elif line.startswith(("#:", "#,", "#.")):
            super()._process_comment(line)
        else:
            self._finish_current_message()
            self.user_comments.append(line[1:])

    def _process_message_line(self, lineno: int, line: str, obsolete: bool = False) -> None:
        if line.startswith("|"):
            self._finish_current_message()
            self._previous(line[1:].strip())
        else:
            super()._process_message_line(lineno, line, obsolete)

    def _previous(self, line: str) -> None:
        keyword, _, rest = line.partition('"')
        if keyword.strip():
            self.previous.append([keyword.strip(), ""])
        if self.previous:
            self.previous[-1][1] += denormalize(f'"{rest}')

    def _add_message(self) -> None:
        if len(self.messages) > 1:
            self._invalid_pofile("", self.offset, "a leaflet has no plural entries: write one msgid, one msgstr")
        identifier = self.messages[0].denormalize()
        string = self.translations[0][1].denormalize()
        if not identifier and not self.context:
            self._header(string)
            return
        context = self.context.denormalize() if self.context else ""
        entry = Entry((context, identifier), string, self.flags, self.offset + 1)
        entry.user_comments = self.user_comments
        entry.auto_comments = self.auto_comments
        entry.locations = self.locations
        for keyword, text in self.previous:
            if keyword == "msgctxt":
                entry.previous_context = text
            elif keyword == "msgid":
                entry.previous_id = [text]
        if self.obsolete:
            self.catalog.obsolete[entry.key] = entry
        elif twin := self.catalog.entry(entry.key):
            self._invalid_pofile("", self.offset, f"this entry stands in line {twin.lineno} already: keep one of them")
        else:
            self.catalog.put(entry)
        self.counter += 1
        self._reset_message_state()

    def _header(self, string: str) -> None:
        if self.catalog.headers or self.counter:
            self._invalid_pofile("", self.offset, "a second header: the empty msgid belongs at the top, once")
        for line in string.split("\n"):
            name, colon, value = line.partition(":")
            if colon:
                self.catalog.headers[name.strip()] = value.strip()
        plural = self.catalog.headers.get("Plural-Forms")
        if plural is not None and not _plural_is_sound(plural):
            self._invalid_pofile("", self.offset, f"the header Plural-Forms cannot be right: {plural[:80]}")
        self.catalog.comments = self.user_comments
        self.catalog.fuzzy = "fuzzy" in self.flags
        self._reset_message_state()


def _plural_is_sound(header: str) -> bool:
    found = re.fullmatch(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([n0-9\s()?:<>=!&|%*/+-]{1,2000});?\s*", header)
    if not found or not 1 <= int(found[1][:9]) <= MOST_PLURALS:
        return False
    return not re.search(r"[/%]\s*\(*\s*0(?!\d)", found[2])


def read(path: Path, root: Path) -> tuple[Catalog | None, tuple[Finding, ...]]:
    """Read a .po or .pot file; ``None`` with one finding that names the line if it is not sound. Never raises for a
    file's content."""
    # a catalog that is shipped with the package stands outside the root
    file = path.relative_to(root).as_posix() if path.is_relative_to(root) else f"(shipped) {'/'.join(path.parts[-3:])}"
    try:
        return parse(path.read_bytes(), file)
    except OSError as error:
        return None, (_broken(file, 0, f"cannot be read: {error.strerror}", "mend the file's permissions"),)


def parse(data: bytes, file: str) -> tuple[Catalog | None, tuple[Finding, ...]]:
    """As ``read``, on bytes; ``file`` is the name for findings."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        hint = "save the file as UTF-8 (in Poedit: Catalog properties, Charset)"
        return None, (_broken(file, line, f"is not UTF-8: byte 0x{data[error.start]:02x}", hint),)
    # GNU gettext reads "#~ # note" as a note; we do too
    lines = re.sub(r"(?m)^#~[ \t]*(?=#)", "", text.replace("\r\n", "\n")).split("\n")
    for number, content in enumerate(lines, 1):
        if not _LINE.fullmatch(content):
            what = f"is no line of a .po file: {content.strip()[:60]}"
            return None, (_broken(file, number, what, _line_hint(content)),)
    catalog = Catalog(file)
    try:
        _Parser(catalog, abort_invalid=True).parse(lines)
    except PoFileError as error:
        message = str(error).rsplit(" on ", 1)[0]
        return None, (_broken(file, error.lineno + 1, message, "compare the entry with its neighbours"),)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError):
        return None, (_broken(file, 0, "its lines are not in a .po file's order", "open it in Poedit to mend it"),)
    charset = re.search(r"charset=([^\s;]+)", catalog.headers.get("Content-Type", "charset=UTF-8"))
    if charset and charset[1].upper() not in ("UTF-8", "UTF8", "CHARSET", "ASCII", "US-ASCII"):
        return None, (_broken(file, 1, f"says it is {charset[1]}; a catalog is UTF-8", "set its charset to UTF-8"),)
    return catalog, ()


def _broken(file: str, line: int, message: str, hint: str) -> Finding:
    return Finding("po-syntax", Severity.ERROR, message, Location(file, line), hint, Location(file, line))


def _line_hint(line: str) -> str:
    if line.count('"') - line.count('\\"') == 1:
        return "a quote mark is missing, or one inside the text wants a backslash before it"
    if re.search(r'(?<!\\)"[^"]*(?<!\\)"[^"]*(?<!\\)"', line):
        return 'a quote mark inside the text is written \\"'
    return "a line is a comment (#...), msgctxt, msgid, msgstr or a text in quotes"


# --------------------------------------------------------------------------- out


def write(catalog: Catalog) -> str:
    """The file's text, as GNU gettext writes it without line wrap."""
    header = {name: catalog.headers[name] for name in HEADERS if name in catalog.headers} | catalog.headers
    head = [f"#{comment}" for comment in catalog.comments]
    if catalog.fuzzy:
        head.append("#, fuzzy")
    if header or catalog.comments:
        head += ['msgid ""', *_quoted("msgstr", "".join(f"{name}: {value}\n" for name, value in header.items()), True)]
    blocks = ["\n".join(head)] if head else []
    blocks += ["\n".join(_lines(entry, "")) for entry in catalog.entries()]
    blocks += ["\n".join(_lines(entry, "#~ ")) for entry in catalog.gone()]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _lines(entry: Entry, prefix: str) -> list[str]:
    lines = [f"#{comment}" for comment in entry.user_comments]
    if not prefix:
        lines += [f"#. {comment}" for comment in entry.auto_comments]
        lines += _locations(sorted({file for file, _ in entry.locations}))
    flags = sorted(entry.flags, key=lambda flag: (flag != "fuzzy", flag))
    if flags:
        lines.append("#, " + ", ".join(flags))
    before = "#~| " if prefix else "#| "
    if entry.previous_context:
        lines += [before + line for line in _quoted("msgctxt", entry.previous_context)]
    if entry.previous_id:
        lines += [before + line for line in _quoted("msgid", entry.previous_id[0])]
    if entry.context:
        lines += [prefix + line for line in _quoted("msgctxt", entry.context)]
    lines += [prefix + line for line in _quoted("msgid", str(entry.id))]
    lines += [prefix + line for line in _quoted("msgstr", str(entry.string))]
    return lines


def _locations(files: list[str]) -> list[str]:
    """``#:`` lines: GNU gettext breaks them before column 80 even without wrap."""
    lines: list[str] = []
    for file in files:
        name = f"\u2068{file}\u2069" if " " in file or "\t" in file else file
        if lines and len(lines[-1]) + 1 + len(name) < 80:
            lines[-1] += f" {name}"
        else:
            lines.append(f"#: {name}")
    return lines


def _quoted(keyword: str, text: str, split: bool = False) -> list[str]:
    parts = text.split("\n")
    pieces = [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
    if len(pieces) > 1 or (split and pieces):
        return [f'{keyword} ""', *(f'"{_escape(piece)}"' for piece in pieces)]
    return [f'{keyword} "{_escape(text)}"']


def _escape(text: str) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return re.sub(r'[\\"\n\t\r]', lambda found: escapes[found[0]], text)


# --------------------------------------------------------------------------- the layouts' words


def layout_messages(folders: Sequence[Path], root: Path) -> tuple[Message, ...]:
    """The words that layouts print, in the order of files and lines, extracted by Jinja2's own Babel support."""
    found: dict[Key, Message] = {}
    for path in sorted(path for folder in folders for path in folder.rglob("*.html")):
        file = path.relative_to(root).as_posix() if path.is_relative_to(root) else f"layouts/{path.parent.name}/{path.name}"
        with path.open("rb") as template:
            options = {"encoding": "utf-8", "trimmed": "true"}
            for line, text, comments, context in extract("jinja2", template, DEFAULT_KEYWORDS, COMMENT_TAGS, options):
                key = (context or "", str(text))
                earlier = found.get(key, Message(key[1], (), key[0], (), _flags(key[1])))
                notes = dict.fromkeys((*earlier.comments, *(note.removeprefix(COMMENT_TAGS[0]).strip() for note in comments)))
                found[key] = replace(earlier, at=(*earlier.at, Location(file, line)), comments=tuple(notes))
    return tuple(found.values())


def _flags(text: str) -> tuple[str, ...]:
    return ("python-brace-format",) if re.search(r"\{[a-z]", text) else ()


# --------------------------------------------------------------------------- templates and merges


def template(messages: Sequence[Message], project: str, created: str) -> Catalog:
    """A .pot: all messages without translations. ``created`` is the source's date, "YYYY-MM-DD", so that a template
    changes only when its messages do."""
    catalog = Catalog()
    catalog.comments = [f" Messages of {project}. The text is medical: read locales/README.md first."]
    catalog.fuzzy = True
    catalog.headers = {
        "Project-Id-Version": project,
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": f"{created} 00:00+0000",
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
        "Language": "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for message in messages:
        catalog.put(_fresh(message))
    return catalog


def new(messages: Sequence[Message], project: str, created: str, language: str, team: str, plural: str) -> Catalog:
    """An empty catalog of a locale."""
    catalog = template(messages, project, created)
    catalog.comments = [f" {team} translation of {project}."]
    catalog.fuzzy = False
    catalog.headers |= {
        "PO-Revision-Date": f"{created} 00:00+0000",
        "Last-Translator": "nobody yet",
        "Language-Team": team,
        "Language": language,
        "Plural-Forms": plural,
    }
    return catalog


def _fresh(message: Message) -> Entry:
    entry = Entry((message.context, message.text), "", message.flags)
    entry.auto_comments = list(message.comments)
    entry.locations = [(file, 0) for file in dict.fromkeys(at.file for at in message.at)]  # files only: no diff noise
    return entry


def update(catalog: Catalog, messages: Sequence[Message], created: str, guard: Guard) -> Catalog:
    """The catalog with the messages of today. No translated word is lost: each is current, fuzzy or obsolete after.

    A translation is proposed for a changed message (as fuzzy, with the previous text) only where ``guard`` allows it.
    """
    result = Catalog(catalog.file)
    result.comments, result.fuzzy = catalog.comments, catalog.fuzzy
    result.headers = catalog.headers | {"POT-Creation-Date": f"{created} 00:00+0000"}
    wanted = {(message.context, message.text) for message in messages}
    leaving = [entry for entry in catalog.entries() if entry.key not in wanted and entry.string]
    spare = {entry.key: entry for entry in (*leaving, *catalog.gone())}
    proposals = {key[1]: entry for key, entry in reversed(spare.items())}
    for message in messages:
        entry = _fresh(message)
        known = catalog.entry(entry.key) or spare.get(entry.key)
        if known is None or not known.string:
            known = _proposal(message, proposals, guard) or known
        if known is not None:
            _take(entry, known)
        result.put(entry)
    result.obsolete.update((key, entry) for key, entry in spare.items() if key not in wanted)
    return result


def _proposal(message: Message, proposals: dict[str, Entry], guard: Guard) -> Entry | None:
    text = best(message.text, proposals, guard)
    return proposals[text] if text is not None else None


def _take(entry: Entry, known: Entry) -> None:
    """Give an entry the translation of a known one: as it is if the message is the same, else fuzzy."""
    entry.string = known.string
    entry.user_comments = known.user_comments
    entry.flags |= known.flags - _OURS - {"fuzzy"}
    if known.key == entry.key:
        entry.previous_id, entry.previous_context = known.previous_id, known.previous_context
        entry.flags |= known.flags & {"fuzzy"}
    elif known.string:
        entry.flags.add("fuzzy")
        # a proposal of a proposal keeps the text that the translation was made for
        kept = known.fuzzy and known.previous_id
        entry.previous_id = known.previous_id if kept else [str(known.id)]
        entry.previous_context = known.previous_context if kept else known.context
