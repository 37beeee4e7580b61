"""Values that were worked out in an earlier run, each true for as long as all that it came from is the same.

A command opens the shelf of a root folder (``opened``); whoever works out something dear asks ``kept`` for it, and
works it out as ever where no shelf is open. It only saves work: a shelf that is damaged or somebody else's is begun
anew. What comes back from it are values of our own classes alone; no other name in it is looked up.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from pathlib import Path, PosixPath
from typing import Any, TypeVar

from plainleaf.files import marks
from plainleaf.files.root import Root

T = TypeVar("T")
MOST = 20  # shelves in a folder, of as many roots
MOST_NAMES = 50_000  # in a table
_MOST_BYTES = 1_000_000_000  # of a shelf
_DAYS = 30  # that a value is kept for which nobody asks
_PLAIN: Mapping[tuple[str, str], type] = {
    ("builtins", "frozenset"): frozenset,
    ("datetime", "date"): date,
    ("pathlib", "PosixPath"): PosixPath,
}
Row = tuple[str, bytes, int, dict[int, str]]
"""The key under which a value is true, the value, the day when it was last asked for, and ``digest`` of the value (-1)
and of what it consists of, by their places, of those that were asked for."""


def kept(what: str, values: Sequence[object], make: Callable[[], T], narrow: bool = False) -> T:
    """What ``make`` gives: it depends on ``values``, each by its ``repr``, and on what lies around, or if it is
    ``narrow`` on our own code alone. ``what`` names it in its root; one value is kept by each name."""
    shelf = _shelf.get()
    return shelf.kept(what, values, make, narrow) if shelf else make()


def table(what: str, values: Sequence[object]) -> dict[str, Any]:
    """What is known of many small things, by name, as long as ``values`` and our own code are the same; for the caller
    to look up and to fill. Empty where no shelf is open."""
    shelf = _shelf.get()
    return shelf.table(what, values) if shelf else {}


def small(what: str, about: Sequence[object], make: Callable[[], T]) -> T:
    """As ``kept`` for a small value that depends on ``about`` and on our own code alone: many of one name lie in one
    ``table``, those of values that are gone too, until it is full."""
    if not _shelf.get():
        return make()
    known, name = table(what, ()), digest(*about)
    if name not in known:
        known[name] = make()
    found: T = known[name]
    return found


def of_file(what: str, path: Path, make: Callable[[], str]) -> str:
    """As ``small`` for a text that comes from a file's content alone, "" for none: kept for as long as that is the file
    that it is of (``marks``)."""
    mark = marks.marked(str(path), marks.now()) if _shelf.get() else ""
    if not mark:
        return make()
    known, name = table(what, ()), f"{path} {mark}"
    found: str = known.get(name) or make()
    if found:
        known[name] = found
    return found


def digest(*values: object) -> str:
    """Of values by their ``repr``. While a shelf is open, each is looked at once."""
    shelf = _shelf.get()
    return _joined(map(shelf.digest if shelf else _digest, values))


@contextmanager
def opened(path: Path, look: Callable[[], tuple[str, str]]) -> Iterator[None]:
    """Have values kept in a file while it lasts. ``look`` gives a digest of all that lies around, and one of our own
    code; "" if that cannot be told. Nothing is kept if they are others in the end: somebody has saved a file."""
    around = ("", "") if _shelf.get() else look()  # one that is open already serves
    if not all(around):
        yield
        return
    shelf = Shelf(around, _read(path))
    token = _shelf.set(shelf)
    try:
        yield
    finally:
        _shelf.reset(token)
    shelf.fill()
    if shelf.is_changed and look() == around:
        _write(path, shelf.rows)


class Shelf:
    """The values of a root folder by their names."""

    def __init__(self, around: tuple[str, str], rows: dict[str, Row]) -> None:
        self.rows, self.is_changed = rows, False
        self._around, self._today = around, date.today().toordinal()
        self._tables = dict[str, tuple[Sequence[object], dict[str, Any], int]]()  # with how much was in each
        self._digests = dict[int, tuple[object, str]]()  # with the values: they must stay, as ids of others come again
        # values of rows, likewise, each with the digests that its row has and its place among these
        self._known = dict[int, tuple[object, dict[int, str], int]]()

    def kept(self, what: str, values: Sequence[object], make: Callable[[], T], narrow: bool) -> T:
        """As ``kept`` of the module."""
        key = _joined((self._around[narrow], *map(self.digest, values)))
        there = self.rows.get(what)
        if there and there[0] == key:
            with suppress(Exception):  # bytes that are no value of ours fail in any way
                known: T = _Reader(io.BytesIO(there[1])).load()
                self.rows[what] = (*there[:2], self._today, there[3])
                return self._noted(known, there[3])
        made = make()
        with suppress(pickle.PicklingError, RecursionError):  # texts that are too deep
            self.rows[what] = key, _written(made), self._today, {}
            self.is_changed = True
            self._noted(made, self.rows[what][3])
        return made

    def _noted(self, value: T, digests: dict[int, str]) -> T:
        """The value of a row, of which a digest that is asked for is kept in the row."""
        self._known[id(value)] = value, digests, -1
        for place, part in enumerate(value if isinstance(value, tuple) else ()):
            if is_dataclass(part):
                self._known[id(part)] = part, digests, place
        return value

    def table(self, what: str, values: Sequence[object]) -> dict[str, Any]:
        """As ``table`` of the module."""
        if what not in self._tables or self._tables[what][0] != values:  # somebody may have saved a file meanwhile
            there: dict[str, Any] = self.kept(what, values, dict, narrow=True)
            self._tables[what] = values, there, len(there)
        return self._tables[what][1]

    def fill(self) -> None:
        """Put into the rows what was added to tables; one that is too long is begun anew."""
        for what, (_, known, size) in self._tables.items():
            if len(known) != size:
                there = known if len(known) <= MOST_NAMES else {}
                self.rows[what], self.is_changed = (self.rows[what][0], _written(there), self._today, {}), True

    def digest(self, value: object) -> str:
        """The digest of a value."""
        if id(value) not in self._digests:
            self._digests[id(value)] = value, self._looked_up(value)
        return self._digests[id(value)][1]

    def _looked_up(self, value: object) -> str:
        _, digests, place = self._known.get(id(value), (None, dict[int, str](), 0))
        if place not in digests:
            digests[place] = _digest(value)
            self.is_changed |= id(value) in self._known
        return digests[place]


_shelf: ContextVar[Shelf | None] = ContextVar("shelf", default=None)


class _Writer(pickle.Pickler):
    """Writes values that are read again by one call of their class each, which is four times as fast as setting their
    fields one by one."""

    def reducer_override(self, value: object) -> Any:
        kind: Any = type(value)
        names = _fields(kind)
        return NotImplemented if names is None else (kind, tuple(getattr(value, name) for name in names))


@lru_cache(maxsize=500)
def _fields(kind: type) -> tuple[str, ...] | None:
    """The fields that a value of our own is made from, in order; ``None`` if it is made in another way."""
    if not is_dataclass(kind) or not kind.__module__.startswith("plainleaf."):
        return None
    every = fields(kind)
    return tuple(each.name for each in every) if all(each.init and not each.kw_only for each in every) else None


def _written(value: object) -> bytes:
    file = io.BytesIO()
    _Writer(file, pickle.HIGHEST_PROTOCOL).dump(value)
    return file.getvalue()


class _Reader(pickle.Unpickler):
    """Reads values of our own dataclasses and enumerations, and of a few plain types."""

    def find_class(self, module: str, name: str) -> Any:
        if plain := _PLAIN.get((module, name)):
            return plain
        if module.startswith("plainleaf."):
            found = getattr(sys.modules.get(module) or __import__(module, fromlist=[name]), name, None)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _digest(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _joined(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _read(path: Path) -> dict[str, Row]:
    """What a file holds; nothing if it is not there, or damaged."""
    with suppress(Exception):  # as above
        noted, body = Root().read(path, _MOST_BYTES).split(b"\n", 1)
        if hashlib.sha256(body).hexdigest().encode() == noted:
            return dict(_Reader(io.BytesIO(body)).load())
    return {}


def _write(path: Path, rows: Mapping[str, Row]) -> None:
    """Write a file in place of an older one. One that cannot be written is no fault."""
    oldest = date.today().toordinal() - _DAYS
    body = pickle.dumps({what: row for what, row in rows.items() if row[2] >= oldest}, pickle.HIGHEST_PROTOCOL)
    with suppress(OSError):
        Root(path.parent).save(path, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        there = sorted(path.parent.glob(f"*{path.suffix}"), key=lambda each: each.stat().st_mtime_ns, reverse=True)
        for each in there[MOST:]:
            Root(path.parent).delete(each)
