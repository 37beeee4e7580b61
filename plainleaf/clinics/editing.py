"""Changes to a clinic's file, key by key: all else in it stays as it is, comments, order and spaces too.

``applied`` and ``attempt`` write nothing, ``save`` does. A change says what its key held when somebody saw it
(``was``): where the file has another value by now, it is a conflict, and nothing is written. The only importer of
tomlkit.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from plainleaf import files
from plainleaf.clinics import file as clinicfile
from plainleaf.files.toml import MOST_BYTES
from plainleaf.model import Clinic, Finding, has_error

Key = tuple[str | int, ...]
"""Where a value is: the names of tables and keys, and the number (from 0) of one of several tables ``[[hours]]``."""

Value = str | tuple[str, ...] | None
"""A text, a list of texts, or ``None`` for a key that is missing. ``None`` also takes out one of several tables, or a
whole contact."""

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Change:
    """A key's new value (``now``), and the one that it replaces (``was``)."""

    key: Key
    was: Value
    now: Value


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change whose key has another value (``there``) than somebody saw, because the file was saved meanwhile."""

    change: Change
    there: Value


class UneditableError(ValueError):
    """A file that is no TOML, or that is written in a way that cannot be changed key by key."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of some changes. ``written``: whether the file has them now; if not, there are ``conflicts``, or
    errors among the ``findings``, which say what is wrong with the file as it would be (``data``). ``clinic`` is that
    file's, if it has no errors."""

    written: bool
    data: bytes
    findings: tuple[Finding, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    clinic: Clinic | None = None


def value(data: Any, key: Key) -> Value:
    """What a key holds in a file's data, as ``tomllib`` reads it; ``None`` for what is not there or is no text."""
    for step in key:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and step < len(data) else None
        else:
            data = data.get(step) if isinstance(data, dict) else None
    if isinstance(data, list) and all(isinstance(each, str) for each in data):
        return tuple(data)
    return data if isinstance(data, str) else None


def conflicts(data: bytes, changes: Iterable[Change]) -> tuple[Conflict, ...]:
    """The changes whose keys hold something else than they did. Raises ``UneditableError``."""
    there = _read(data)
    found = ((change, value(there, change.key)) for change in changes)
    return tuple(Conflict(change, now) for change, now in found if now not in (change.was, change.now))


def applied(data: bytes, changes: Sequence[Change]) -> bytes:
    """A file with some keys changed, and nothing else. Raises ``UneditableError`` where that cannot be done."""
    mark = _BOM if data.startswith(_BOM) else b""
    wanted = _read(data)
    try:
        before = _with_new(data.removeprefix(_BOM).decode(), wanted, changes)
        document = tomlkit.parse(before)
        for change in changes:
            _set(document, change.key, change.now)
            _set(wanted, change.key, change.now)
        made = mark + _apart(before, tomlkit.dumps(document)).encode()
    except (TOMLKitError, LookupError, TypeError, AttributeError) as error:
        raise UneditableError(f"this key cannot be changed here: {error}") from error
    if _read(made) != wanted:
        raise UneditableError("the file is written in a way that cannot be changed key by key: open it in an editor")
    return made


def _with_new(text: str, there: dict[str, Any], changes: Sequence[Change]) -> str:
    """A file's text with keys that it did not have, where people look for them: below the comment that shows the key,
    or else below the last key that is in no table. At the end of a comment that shows a table they would become part of
    that as soon as somebody has the comment count."""
    lines = text.splitlines(keepends=True)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    new = {
        str(each.key[0]): each.now if isinstance(each.now, str) else list(each.now)
        for each in changes
        if len(each.key) == 1 and each.now is not None and each.key[0] not in there
    }
    for key, now in new.items():
        first = next((number for number, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
        shown = [number for number in range(first) if re.match(rf"#[ \t]*{re.escape(key)}[ \t]*=", lines[number])]
        at = shown[0] + 1 if shown else _after_keys(lines[:first])
        if at and not lines[at - 1].endswith("\n"):
            lines[at - 1] += end
        made = tomlkit.item(now).as_string()
        lines.insert(at, f"{key} = {made}{end}")
    made = "".join(lines)
    return made if _reads(made) == there | new else text  # a "[" within a list, a "#" within a text


def _after_keys(lines: Sequence[str]) -> int:
    """The number of lines up to the end of the last key of these."""
    keys = [number for number, line in enumerate(lines) if "=" in line and not line.lstrip().startswith("#")]
    for at in range(keys[-1] + 1, len(lines) + 1) if keys else ():
        if _reads("".join(lines[:at])) is not None:
            return at
    return len(lines)


def _reads(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def _read(data: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UneditableError(f"the file could not be read: {error}") from error


def _set(table: Any, key: Key, now: Value) -> None:
    """Set a value in tomlkit's document or in plain data, in the same way."""
    plain = type(table) is dict
    for step, after in pairwise(key):
        if isinstance(step, str) and step not in table:
            table[step] = _begun(after, plain)
        elif isinstance(step, int) and step == len(table):
            table.append({} if plain else tomlkit.table())
        table = table[step]
    last = key[-1]
    if now is None:
        if isinstance(last, int) or last in table:
            del table[last]
    elif plain:
        table[last] = now if isinstance(now, str) else list(now)
    else:
        table[last] = now if isinstance(now, str) else _listed(table.get(last), now)


def _begun(after: str | int, plain: bool) -> Any:
    """What a key of an inner table begins with: that table, or the first of several."""
    if isinstance(after, int):
        return [] if plain else tomlkit.aot()
    return {} if plain else tomlkit.table()


def _listed(there: Any, now: Sequence[str]) -> Any:
    """A list, over several lines if the one in its place was."""
    made = tomlkit.array()
    made.extend(now)
    if there is not None and "\n" in there.as_string():
        made.multiline(True)
    return made


def _apart(before: str, made: str) -> str:
    """A text with an empty line between a line that is new and a table that follows it."""
    known, lines = frozenset(before.splitlines()), made.splitlines(keepends=True)
    parted: list[str] = []
    for line in lines:
        above = parted[-1] if parted else "\n"
        if line.startswith("[") and above.strip() and above.rstrip("\r\n") not in known:
            parted.append("\r\n" if line.endswith("\r\n") else "\n")
        parted.append(line)
    return "".join(parted)


def save(root: Path, name: str, changes: Sequence[Change]) -> Saved:
    """Change keys of a clinic's file, whole or not at all: nothing where it would have errors that it has not now.

    Nobody else writes there meanwhile. Raises ``UneditableError``, ``files.BusyError``, ``OSError``.
    """
    path = root / clinicfile.FOLDER / f"{name}.toml"
    with files.locked(root, files.TEXTS):
        data = files.Root(root).read(path, MOST_BYTES)
        tried = attempt(root, name, data, changes)
        if tried.conflicts or _worse(root, name, data, tried.findings):
            return tried
        files.Root(root).save(path, tried.data, was=data)
    return Saved(True, tried.data, tried.findings, (), tried.clinic)


def attempt(root: Path, name: str, data: bytes, changes: Sequence[Change]) -> Saved:
    """What a file would be with some changes, and what is wrong with it then. Writes nothing. Raises
    ``UneditableError``."""
    if clash := conflicts(data, changes):
        return Saved(False, data, (), clash)
    made = applied(data, changes)
    clinic, findings = clinicfile.judged(root, name, made)
    return Saved(False, made, findings, (), clinic)


def _worse(root: Path, name: str, data: bytes, findings: Sequence[Finding]) -> bool:
    """Whether there are errors that the file does not have today."""
    before = {finding.message for finding in clinicfile.judged(root, name, data)[1]}
    return has_error(finding for finding in findings if finding.message not in before)
