"""TOML read into typed values, with findings. An unknown key names the nearest known one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from plainleaf import files
from plainleaf.files import places, toml_lines
from plainleaf.model import Finding, Location, Severity
from plainleaf.model.phrases import clipped, nearest

MOST_BYTES = 2_000_000  # of settings; what commands write may be longer
MOST_GUESSES = 100  # unknown keys of a table for which the nearest known one is looked for: a file of thousands is none
T = TypeVar("T")


@dataclass(slots=True)
class Table:
    """One TOML table while it is read: typed look-ups that collect findings instead of raising."""

    file: str
    text: str
    data: dict[str, Any]
    prefix: str = ""
    findings: list[Finding] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    index: int = 0  # of several tables [[prefix]], which one this is

    def line(self, key: str) -> int:
        """The line where ``key`` (or the table itself) is written, for people; 1 if it cannot be told."""
        return toml_lines.places(self.text).line(self.prefix.split(".")[:-1], key, key in self.data, self.index)

    def complain(self, key: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        """Note that the value of ``key`` is wrong."""
        where = Location(self.file, self.line(key))
        self.findings.append(Finding("settings", severity, f"{self.prefix}{key}: {message}", where, hint))

    def told(self, *keys: str) -> bool:
        """Whether something is wrong with one of these keys, or in the tables of these names."""
        beginnings = tuple(f"{self.prefix}{key}{end}" for key in keys for end in ":.")
        return any(finding.message.startswith(beginnings) for finding in self.findings)

    def _get(self, key: str, default: T | None, right: Callable[[Any], bool], what: str) -> Any:
        self.asked.append(key)
        if key not in self.data:
            if default is None:
                self.complain(key, "this key is missing", f"add a line {key} = ... ({what})")
            return default
        value = self.data[key]
        if not right(value):
            self.complain(key, f"{clipped(repr(value), 80)} is not {what}", f"write {what}")
            return default
        return value

    def string(self, key: str, default: str | None = None) -> str:
        """A string; without ``default`` a missing one is a finding and "" stands in."""
        return self._get(key, default, lambda v: isinstance(v, str), "a text in quotes") or ""

    def number(self, key: str, default: float | None, least: float, most: float) -> float:
        """A number from ``least`` to ``most``."""
        what = f"a number from {least:g} to {most:g}"
        right = self._get(
            key, default, lambda v: isinstance(v, int | float) and not isinstance(v, bool) and least <= v <= most, what
        )
        return float(least if right is None else right)

    def boolean(self, key: str, default: bool) -> bool:
        """true or false."""
        return bool(self._get(key, default, lambda v: isinstance(v, bool), "true or false"))

    def strings(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of strings."""
        right = lambda v: isinstance(v, list) and all(isinstance(item, str) for item in v)  # noqa: E731 - one use
        return tuple(self._get(key, default, right, "a list of texts in quotes") or ())

    def choice(self, key: str, default: str, choices: tuple[str, ...]) -> str:
        """One of ``choices``."""
        value = self.string(key, default)
        if value not in choices:
            near = nearest(value, list(choices))
            self.complain(key, f"“{value}” is not known{near}", f"one of: {', '.join(filter(None, choices))}")
            return default
        return value

    def table(self, key: str) -> Table:
        """The table ``[key]``, empty if there is none; its findings join this one's."""
        value = self._get(key, {}, lambda v: isinstance(v, dict), f"a table [{self.prefix}{key}]")
        return self.inner(key, value or {})

    def tables(self, key: str) -> tuple[Table, ...]:
        """The tables ``[[key]]``."""
        right = lambda v: isinstance(v, list) and all(isinstance(item, dict) for item in v)  # noqa: E731 - one use
        value = self._get(key, (), right, f"tables [[{self.prefix}{key}]]")
        return tuple(self.inner(key, item, index) for index, item in enumerate(value or ()))

    def inner(self, key: str, value: dict[str, Any], index: int = 0) -> Table:
        """The table ``value`` of a key, whose findings join this one's; ``index``: which it is of several."""
        return Table(self.file, self.text, value, f"{self.prefix}{key}.", self.findings, index=index)

    def unknown(self) -> None:
        """Note every key that nobody asked for."""
        names = {*self.asked}
        known = ", ".join(dict.fromkeys(self.asked))
        strange = [key for key in self.data if key not in names]
        for number, key in enumerate(strange):
            near = nearest(key, self.asked) if number < MOST_GUESSES else ""
            self.complain(key, f"unknown key{near}", f"known keys: {known}")

    def done(self) -> tuple[Finding, ...]:
        """All findings, unknown keys included."""
        self.unknown()
        return tuple(self.findings)


def read_toml(path: Path, root: Path, most: int = MOST_BYTES) -> Table:
    """Read a TOML file of at most so many bytes into a ``Table``; one that cannot be read, or that holds what no
    settings hold, is an empty table with a finding."""
    file = places.shown(path, root)
    try:
        return table_of(files.Root(root).read(path, most), file)
    except files.RefusedError as error:
        return Table(file, "", {}, findings=[files.finding(error, root)])
    except OSError as error:
        return Table(file, "", {}, findings=[_unreadable(file, 0, f"could not be read: {error.strerror}")])


def table_of(data: bytes, file: str) -> Table:
    """The bytes of a TOML file as a ``Table``, as ``read_toml`` gives it; ``file``: its name for people."""
    table = Table(file, "", {})
    try:
        table.text = data.decode("utf-8-sig")
        _load(table)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        table.findings.append(_unreadable(file, line, "is not UTF-8 text; save it as UTF-8"))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        lines = table.text.splitlines()
        line = int(found[1]) if found else len(lines)
        table.findings.append(
            _repeated(file, line, lines) or _unreadable(file, line, _in_words(str(error), lines[line - 1 : line]))
        )
    except toml_lines.BeyondError as error:
        table.findings.append(Finding("settings", Severity.ERROR, str(error), Location(file, error.line), error.hint))
    except ValueError as error:  # a number of thousands of digits
        table.findings.append(_unreadable(file, _line_of_digits(table.text), f"could not be read: {str(error)[:80]}"))
    return table


def _load(table: Table) -> None:
    """Raises ``BeyondError``, and what ``tomllib`` raises."""
    toml_lines.places(table.text)  # dotted keys of thousands of parts take tomllib very long
    try:
        data = tomllib.loads(table.text)
    except RecursionError:
        raise toml_lines.too_deep(table.text) from None
    toml_lines.check(data, table.text)
    table.data = data


def _line_of_digits(text: str) -> int:
    """The line with the longest number; 1 if there is none."""
    longest = max(re.finditer(r"[0-9_]+", text), key=lambda found: found.end() - found.start(), default=None)
    return text.count("\n", 0, longest.start()) + 1 if longest else 1


_QUOTES = "“”„«»‘’"
_ODD = (  # beginnings of what Python's reader of TOML says, and the same for people
    ("Illegal character '\\n'", "a text in quotes begins on this line and is never closed"),
    ("Illegal character '\\r'", "a text in quotes begins on this line and is never closed"),
    ("Expected '\"", "a text in quotes begins on this line and is never closed"),
    ('Expected "', "a text in quotes begins on this line and is never closed"),
    (
        "Illegal character",
        "there is an invisible character on this line (perhaps a tab)",
    ),
    ("Found invalid character", "there is an invisible character on this line (perhaps from a word processor)"),
    ("Unterminated string", "a text in quotes is never closed"),
    ("Cannot overwrite a value", "the key on this line appears twice"),
    ("Duplicate inline table key", "a key on this line appears twice"),
    ("Cannot declare", "the table in [brackets] on this line appears twice"),
    ("Cannot redefine", "the table that this line adds to has been closed further up"),
    ("Cannot mutate", "what this line adds to has been closed further up"),
    ("Expected '=' after a key", "there is no “=” after the key on this line"),
    ("Expected newline", "there is something after the end of the value on this line"),
    ("Expected ']", "the [brackets] that begin on this line are not closed"),
    ("Unclosed array", "a list that begins with “[” is not closed with “]”, or a comma between its entries is missing"),
    ("Unclosed inline table", "what begins with “{” is not closed with “}”, or a comma in it is missing"),
    ("Unescaped '\\' in a string", "there is a “\\” in the text on this line: write it twice, or use “/”"),
    ("Invalid hex value", "there is a “\\” in the text on this line: write it twice, or use “/”"),
    ("Escaped character", "there is a “\\” in the text on this line: write it twice, or use “/”"),
    ("Invalid date", "there is no such day or time"),
    ("Invalid initial character", "the key on this line begins with a character that keys cannot have"),
    ("Invalid value (at end", "the file ends where a value or a “]” is missing"),
    ("Invalid value", "what follows “=” on this line is not a text in straight quotes, a number or a list"),
    ("Invalid statement", "this line begins with a character that cannot begin a line of TOML"),
)


def _in_words(error: str, line: list[str]) -> str:
    """What the reader of TOML says, in plain words; ``line`` is the one it stopped at, if there is one."""
    said = next((words for begin, words in _ODD if error.startswith(begin)), "this line could not be read as TOML")
    curly = sorted(set("".join(line)) & set(_QUOTES))
    return f"{said}; {' and '.join(curly)} are not straight quotes" if curly else said


_HEAD = re.compile(r"[ \t]*(?P<name>\[[^]\[]+\])[ \t]*(?:#.*)?")
_KEY = re.compile(r"""[ \t]*(?P<name>["'\w.-]+)[ \t]*=""")


def _repeated(file: str, line: int, lines: list[str]) -> Finding | None:
    """A table, or a key of one, that was there before: where the first one is; ``None`` for any other mistake."""
    if not 0 < line <= len(lines):
        return None
    above, here = lines[: line - 1], lines[line - 1]
    if head := _HEAD.fullmatch(here):
        first = [number for number, text in enumerate(above, 1) if _head_of(text) == _head_of(here)]
        if first:
            what = f"the table {head['name']} appears twice: it is also in line {first[0]}"
            hint = f"move the lines below this one up, below line {first[0]}, and delete this one"
            return Finding("settings", Severity.ERROR, what, Location(file, line), hint)
    elif key := _KEY.match(here):
        begin = max((number for number, text in enumerate(above, 1) if text.lstrip().startswith("[")), default=0)
        own = ((number, _KEY.match(text)) for number, text in enumerate(above[begin:], begin + 1))
        first = [number for number, found in own if found and found["name"] == key["name"]]
        if first:
            what, hint = (
                f"the key {key['name']} appears twice: it is also in line {first[0]}",
                "delete one of the two lines",
            )
            return Finding("settings", Severity.ERROR, what, Location(file, line), hint)
    return None


def _head_of(text: str) -> str:
    """The head of a table as [a.b], "" for any other line."""
    found = _HEAD.fullmatch(text)
    return re.sub(r"""["'\s]""", "", found["name"]) if found else ""


def _unreadable(file: str, line: int, why: str) -> Finding:
    hint = 'a line of TOML reads: key = "text in straight quotes"'
    return Finding("settings", Severity.ERROR, why, Location(file, line), hint)
