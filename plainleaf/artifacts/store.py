"""What is known of an output folder from one run to the next: a row for each artifact, and for each of its files.

A database of SQLite in the folder itself. Each row is written as its artifact is, in a transaction of its own, so that
a run that is killed loses nothing. What is kept only saves work: a store that is damaged, or that another version has
written, is thrown away, and everything is made anew.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from plainleaf import files
from plainleaf.files import locks, mounts
from plainleaf.model import Finding

STORE = ".plainleaf.sqlite"
_BESIDE = ("-journal", "-wal", "-shm")  # what SQLite writes beside a database
_VERSION = 3  # of the tables
_PATIENCE = 30.0  # seconds to wait for another run that writes a row
_TABLES = """
CREATE TABLE artifacts (
    path TEXT PRIMARY KEY, fingerprint TEXT, format TEXT, size TEXT, pages INTEGER, note TEXT, stale TEXT,
    findings TEXT, fitted TEXT
) WITHOUT ROWID;
CREATE TABLE files (
    artifact TEXT, file TEXT, digest TEXT, mark TEXT, former INTEGER, PRIMARY KEY (artifact, file)
) WITHOUT ROWID;
CREATE TABLE remembered (what TEXT PRIMARY KEY, key TEXT, value TEXT);
"""
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_SCHEMA,
            sqlite3.SQLITE_FORMAT}  # fmt: skip
_REASONS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_BUSY: errno.EBUSY,
    sqlite3.SQLITE_LOCKED: errno.EBUSY,
    sqlite3.SQLITE_NOMEM: errno.ENOMEM,
    sqlite3.SQLITE_PROTOCOL: errno.ENOLCK,
}
_UNSHARED = {  # no memory can be shared through a file there
    sqlite3.SQLITE_IOERR_SHMMAP, sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMLOCK, sqlite3.SQLITE_PROTOCOL,
}  # fmt: skip
_UNLOCKED = _UNSHARED | {  # nothing can be locked
    sqlite3.SQLITE_IOERR_LOCK, sqlite3.SQLITE_IOERR_UNLOCK, sqlite3.SQLITE_IOERR_RDLOCK,
    sqlite3.SQLITE_IOERR_CHECKRESERVEDLOCK,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class File:
    """A file of an artifact: its digest, and its ``mark`` (``Store.marked``) when that was taken, "" if nobody knows.
    ``former``: it is no longer made with it."""

    digest: str
    mark: str = ""
    former: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """An artifact that was made. ``findings``: those on it; ``None`` if what is kept of them cannot be read. ``stale``:
    the day since when it is not what the sources say, "" if it is. ``fitted``: ``Made.fitted``."""

    fingerprint: str
    format: str
    size: str = ""
    pages: int = 0
    note: str = ""
    stale: str = ""
    findings: tuple[Finding, ...] | None = ()
    files: Mapping[str, File] = field(default_factory=dict)
    fitted: str = ""


class Store:
    """The entries of an output folder by path, read once; what is changed here is written at once."""

    def __init__(self, output: Path) -> None:
        """Raises ``files.RefusedError`` if something else lies in the database's place."""
        self._path = files.Root(output).inside(output) / STORE
        for beside in ("", *_BESIDE):
            _check(output, STORE + beside)
        self._open: sqlite3.Connection | None = None
        self.entries = self._read() if files.there(self._path) else {}

    def _read(self) -> dict[str, Entry]:
        try:
            with self._connected(new=False) as database:
                return dict(_entries(database))
        except (files.UnwrittenError, _DamagedError):  # the former where a folder may only be read
            return {}
        finally:
            self.close()  # who only asks leaves nothing open

    def keep(self, path: str, entry: Entry) -> None:
        """Note an artifact, in place of what is noted of it. Raises ``files.UnwrittenError``."""
        self.entries[path] = entry
        self._write(lambda database: _put(database, {path: entry}))

    def keep_all(self, changed: Mapping[str, Entry]) -> None:
        """Note several, all or none. Raises ``files.UnwrittenError``."""
        self.entries.update(changed)
        if changed:
            self._write(lambda database: _put(database, changed))

    def _write(self, what: Callable[[sqlite3.Connection], None]) -> None:
        try:
            with self._connected(new=True) as database:
                what(database)
        except _DamagedError:
            self.close()  # nothing of it can be trusted
            for beside in ("", *_BESIDE):
                files.Root(self._path.parent).delete(self._path.with_name(STORE + beside))
            with self._connected(new=True) as database:
                _put(database, self.entries)

    def remembered(self) -> dict[str, tuple[str, str]]:
        """What ``remember`` was given, each as (key, value)."""
        if not files.there(self._path):
            return {}
        try:
            with self._connected(new=False) as database:
                rows = database.execute("SELECT what, key, value FROM remembered").fetchall()
        except (files.UnwrittenError, _DamagedError):
            return {}
        return {what: (key, value) for what, key, value in rows if isinstance(key, str) and isinstance(value, str)}

    def remember(self, changed: Mapping[str, tuple[str, str]], known: Iterable[str]) -> None:
        """Keep values, each with the key under which it is true; what is not ``known`` any more is forgotten.

        Raises ``files.UnwrittenError``.
        """
        rows = [(what, key, value) for what, (key, value) in changed.items()]
        names = [(what,) for what in known]

        def write(database: sqlite3.Connection) -> None:
            database.executemany("INSERT OR REPLACE INTO remembered VALUES (?, ?, ?)", rows)
            database.execute("CREATE TEMP TABLE IF NOT EXISTS known (what TEXT PRIMARY KEY)")
            database.executemany("INSERT OR IGNORE INTO known VALUES (?)", names)
            database.execute("DELETE FROM remembered WHERE what NOT IN (SELECT what FROM known)")
            database.execute("DELETE FROM known")

        self._write(write)

    def close(self) -> None:
        """Give the database back; it is opened again when it is needed."""
        if self._open:
            with suppress(sqlite3.Error):
                self._open.close()
            self._open = None

    @contextmanager
    def _connected(self, new: bool) -> Iterator[sqlite3.Connection]:
        """The database in a transaction; made if it is ``new``. Raises ``_DamagedError``, ``files.UnwrittenError``."""
        try:
            if not self._open:
                self._open = _opened(self._path, new)
            with self._open:
                yield self._open
        except sqlite3.DatabaseError as error:
            self.close()
            particular = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
            code = particular & 0xFF
            if code in _DAMAGED:
                raise _DamagedError from error
            number = errno.ENOLCK if particular in _UNLOCKED else _REASONS.get(code, errno.EIO)
            if number == errno.EBUSY and not locks.are_possible(self._path.parent):
                number = errno.ENOLCK
            if number in (errno.EACCES, errno.EROFS) and hasattr(os, "statvfs"):  # SQLite says the one for the other
                with suppress(OSError):
                    about = os.statvfs(self._path.parent)
                    number = errno.EROFS if about.f_flag & os.ST_RDONLY else errno.EACCES
            raise files.UnwrittenError(number, os.strerror(number), str(self._path)) from error


class _DamagedError(Exception):
    """The database is none, or not one of ours."""


def _check(output: Path, name: str) -> None:
    """Raises ``files.RefusedError`` for anything but a regular file."""
    path = output / name
    if not files.there(path):
        return
    files.Root(output).inside(path)
    if not stat.S_ISREG(path.lstat().st_mode):
        raise files.RefusedError(path, "is not a plain file")


def _opened(path: Path, new: bool) -> sqlite3.Connection:
    """As ``_database``, for the folder that it is in. Raises ``files.UnwrittenError`` too."""
    remote = mounts.is_remote(path.parent)
    if remote and not locks.are_possible(path.parent):  # SQLite would wait for a lock that nobody can have
        raise files.UnwrittenError(errno.ENOLCK, os.strerror(errno.ENOLCK), str(path))
    try:
        return _database(path, new, remote)
    except sqlite3.OperationalError as error:
        if remote or getattr(error, "sqlite_errorcode", 0) not in _UNSHARED:
            raise
        return _database(path, new, remote=True)


def _database(path: Path, new: bool, remote: bool) -> sqlite3.Connection:
    """An open database with our tables. ``remote``: it shares no memory with other processes, as those of a network
    cannot: each transaction has a journal of its own, which is slower than one log for all.

    Raises ``sqlite3.DatabaseError``, ``_DamagedError``.
    """
    address = f"{path.as_uri()}?mode={'rwc' if new else 'rw'}"
    database = sqlite3.connect(address, uri=True, timeout=_PATIENCE, check_same_thread=False)
    try:
        if remote:
            database.execute("PRAGMA locking_mode = EXCLUSIVE")  # until a log that is there has been read
            database.execute("PRAGMA journal_mode = DELETE")
            database.execute("PRAGMA locking_mode = NORMAL")
        version = database.execute("PRAGMA user_version").fetchone()[0]
        if version != _VERSION:
            if version or not new or database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise _DamagedError
            if not remote:
                with suppress(sqlite3.OperationalError):  # another run begins it too, or no log is possible: as it was
                    database.execute("PRAGMA journal_mode = WAL")
            database.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;")
        database.execute("PRAGMA synchronous = NORMAL")  # whole after a power cut too; the last rows may be lost
    except BaseException:
        database.close()
        raise
    return database


def _entries(database: sqlite3.Connection) -> Iterator[tuple[str, Entry]]:
    """All entries. A row that says something impossible is left out: its artifact is made anew."""
    of = dict[str, dict[str, File]]()
    for artifact, file, digest, mark, former in database.execute(
        "SELECT artifact, file, digest, mark, former FROM files"
    ):
        if all(isinstance(each, str) for each in (artifact, file, digest, mark)):
            of.setdefault(artifact, {})[file] = File(digest, mark, bool(former))
    columns = "path, fingerprint, format, size, pages, note, stale, findings, fitted"
    for path, fingerprint, form, size, pages, note, stale, findings, fitted in database.execute(
        f"SELECT {columns} FROM artifacts"
    ):
        texts = (path, fingerprint, form, size, note, stale, findings, fitted)
        if all(isinstance(each, str) for each in texts) and isinstance(pages, int):
            found = _findings(findings)
            yield path, Entry(fingerprint, form, size, pages, note, stale, found, of.get(path, {}), fitted)


def _findings(kept: str) -> tuple[Finding, ...] | None:
    if kept == "[]":
        return ()
    try:
        noted = json.loads(kept)
        return tuple(map(Finding.from_json, noted)) if isinstance(noted, list) else None
    except (ValueError, RecursionError):
        return None


def _put(database: sqlite3.Connection, changed: Mapping[str, Entry]) -> None:
    database.executemany("DELETE FROM files WHERE artifact = ?", ((path,) for path in changed))
    database.executemany("INSERT OR REPLACE INTO artifacts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", _rows(changed.items()))
    database.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?)", _file_rows(changed.items()))


def _rows(changed: Iterable[tuple[str, Entry]]) -> Iterator[tuple[object, ...]]:
    for path, entry in changed:
        found = entry.findings if entry.findings is None else [finding.as_json() for finding in entry.findings]
        about = (path, entry.fingerprint, entry.format, entry.size, entry.pages, entry.note, entry.stale)
        yield (*about, json.dumps(found), entry.fitted)


def _file_rows(changed: Iterable[tuple[str, Entry]]) -> Iterator[tuple[object, ...]]:
    for path, entry in changed:
        for name, file in entry.files.items():
            yield path, name, file.digest, file.mark, int(file.former)
