"""The list of what was made, whatever became of its file meanwhile."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from plainleaf import files
from plainleaf.artifacts import store, workers
from plainleaf.artifacts.limits import Task
from plainleaf.artifacts.manifest import Job, Manifest, run
from plainleaf.artifacts.store import STORE, Entry, File, Store
from plainleaf.files import locks, marks, mounts
from plainleaf.formats.base import FORMATS, Limits, Made, Prepared
from plainleaf.model import Finding, Location, Severity

WARNING = Finding("line-length", Severity.WARNING, "lines are long", Location("sources/x.md", 4))
PDF = b"%PDF-1.7"
DIGEST = hashlib.sha256(PDF).hexdigest()
TODAY = date(2026, 1, 2)
LONG_AGO = 1_700_000_000 * 10**9


def job(fingerprint: str = "f", *places: str) -> Job:
    """What would make the file, from places in the sources."""
    placed = " ".join((fingerprint, *places))
    return Job(
        "x.pdf", replace(FORMATS["pdf"], reads=lambda _: ()), Prepared("x.pdf", WARNING.at), fingerprint, placed=placed
    )


def noted(output: Path, found: str = "", **of_files: str) -> Manifest:
    """The manifest of a folder with one file that has a warning; ``found``: what is kept of that, as it is kept."""
    (output / "x.pdf").write_bytes(PDF)
    entry = Entry(
        job().placed, "pdf", findings=(WARNING,), files={name: File(digest) for name, digest in of_files.items()}
    )
    with closing(Store(output)) as store:
        store.keep("x.pdf", entry)
    if found:
        with closing(sqlite3.connect(output / STORE)) as database, database:
            database.execute("UPDATE artifacts SET findings = ?", (found,))
    return Manifest(output)


def test_what_was_found_is_said_as_long_as_the_file_is_there(tmp_path: Path) -> None:
    manifest = noted(tmp_path, **{"x.pdf": DIGEST})
    assert manifest.is_current(job()) and manifest.findings("x.pdf") == (WARNING,)


def test_a_file_is_the_same_wherever_its_texts_stand_unless_something_was_found_on_it(tmp_path: Path) -> None:
    for found in ((), (WARNING,)):
        with closing(Manifest(tmp_path)) as manifest:
            manifest.keep(job("f", "sources/x.md:4"), Made({".pdf": PDF}, found))
        assert Manifest(tmp_path).is_current(job("f", "sources/x.md:4"))
        assert Manifest(tmp_path).is_current(job("f", "sources/x.md:5")) is (found == ()), (
            "it would name the wrong line"
        )
        assert not Manifest(tmp_path).is_current(job("g", "sources/x.md:4"))


WRONG = [None, 1, "", {}, [1], [[]], [{}], [{**WARNING.as_json(), "severity": "grave"}], [WARNING.as_json(), 0]]


@pytest.mark.parametrize("found", ["[" * 9000, "x", *map(json.dumps, WRONG)])
def test_a_file_whose_findings_are_damaged_is_made_anew(tmp_path: Path, found: str) -> None:
    manifest = noted(tmp_path, found, **{"x.pdf": DIGEST})
    assert not manifest.is_current(job()), "a warning would be lost"
    assert manifest.has("x.pdf"), "the file itself is whole"
    assert manifest.findings("x.pdf") == ()


@pytest.mark.parametrize("of_files", [{}, {"x.pdf": "0"}, {"other.pdf": "0"}, {"x.pdf": DIGEST, "x-print.pdf": "0"}])
def test_a_file_that_is_not_as_it_was_left_is_made_anew(tmp_path: Path, of_files: dict[str, str]) -> None:
    assert not noted(tmp_path, **of_files).is_current(job())


@pytest.mark.parametrize(
    "column", ["path", "fingerprint", "format", "size", "pages", "note", "stale", "findings", "fitted"]
)
def test_a_row_that_says_something_impossible_is_none(tmp_path: Path, column: str) -> None:
    noted(tmp_path, **{"x.pdf": DIGEST})
    with closing(sqlite3.connect(tmp_path / STORE)) as database, database:
        database.execute(f"UPDATE artifacts SET {column} = ?", (b"\xff",))
    assert not Manifest(tmp_path).has("x.pdf")


# --------------------------------------------------------------------------- whether a file is read again


def test_a_folder_keeps_no_file_that_its_page_does_not_name_unless_somebody_has_changed_it(tmp_path: Path) -> None:
    web = Job("x/en/index.html", FORMATS["html"], Prepared("x", WARNING.at), "f", placed="f")
    with closing(Manifest(tmp_path)) as manifest:
        manifest.keep(web, Made({"index.html": b"1", "a.png": b"a", "b.png": b"b"}))
        (tmp_path / "x/en/b.png").write_bytes(b"mine")
        manifest.keep(web, Made({"index.html": b"2", "c.png": b"c"}))
        assert sorted(path.name for path in (tmp_path / "x/en").iterdir()) == ["b.png", "c.png", "index.html"]
        assert manifest.is_current(web) and manifest.left(("x/en/index.html",)) == ("x/en/b.png",)
        (tmp_path / "x/en/c.png").unlink()
        assert not manifest.is_current(web), "the page shows it"


def settled(output: Path) -> Manifest:
    """The folder after a run that has read its file and noted that."""
    first = noted(output, **{"x.pdf": DIGEST})
    assert first.is_current(job())
    first.settle({"x.pdf": True}, TODAY)
    first.close()
    return Manifest(output)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that is ahead: all that was just written was written long ago."""
    ahead = time.time_ns() + 10 * marks.STEADY_NS
    monkeypatch.setattr(marks, "now", lambda: ahead)


def unread(manifest: Manifest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether a manifest says that its file is there without a look at its content."""
    monkeypatch.setattr(manifest, "digest", lambda _: pytest.fail("the file was read"))
    return manifest.is_current(job())


@pytest.mark.usefixtures("later")
def test_a_file_that_nobody_has_touched_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert unread(settled(tmp_path), monkeypatch)


def test_a_file_that_was_just_written_is_read_again(tmp_path: Path) -> None:
    settled(tmp_path)
    assert not Store(tmp_path).entries["x.pdf"].files["x.pdf"].mark, "it may change twice within one tick of the clock"


def test_a_clock_that_was_set_back_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "now", lambda: LONG_AGO)
    settled(tmp_path)
    assert not Store(tmp_path).entries["x.pdf"].files["x.pdf"].mark


@pytest.mark.usefixtures("later")
def test_other_content_of_the_same_size_and_age_is_seen(tmp_path: Path) -> None:
    manifest, path = settled(tmp_path), tmp_path / "x.pdf"
    about = path.stat()
    path.write_bytes(PDF[::-1])
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert not manifest.is_current(job())


@pytest.mark.usefixtures("later")
def test_a_link_to_the_same_content_is_no_file(tmp_path: Path) -> None:
    manifest, path = settled(tmp_path), tmp_path / "x.pdf"
    path.rename(tmp_path / "y")
    path.symlink_to(tmp_path.parent / "elsewhere.pdf")
    assert not manifest.is_current(job())


# --------------------------------------------------------------------------- the store itself


def kept(output: Path) -> dict[str, Entry]:
    return Store(output).entries


def test_everything_that_was_kept_is_there_again(tmp_path: Path) -> None:
    both = {"x.pdf": File(DIGEST, "1.2.3"), "x-print.pdf": File("0", former=True)}
    every = {
        "x.pdf": Entry("f", "pdf", "12 pages", 12, "set in 9.5 pt", "2026-01-02", (WARNING,), both, "9.5 1.2 0.6"),
        "y.html": Entry("g", "html"),
    }
    with closing(Store(tmp_path)) as store:
        store.keep_all(every)
    assert kept(tmp_path) == every


def test_an_entry_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as store:
        store.keep("x.pdf", Entry("f", "pdf", files={"x.pdf": File("1"), "x-print.pdf": File("2")}))
        store.keep("x.pdf", Entry("g", "pdf", files={"x.pdf": File("3")}))
    assert kept(tmp_path) == {"x.pdf": Entry("g", "pdf", files={"x.pdf": File("3")})}


def test_what_is_made_again_begins_where_it_fitted_last_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And that has no part in whether it is out of date."""
    given: list[str] = []

    def made(tasks: Mapping[str, Task], *_: object) -> Iterator[tuple[str, Made]]:
        for path, task in tasks.items():
            given.append(task.prepared.near)
            yield path, Made({".pdf": PDF}, fitted="12 1.2 0.6")

    monkeypatch.setattr(workers, "made", made)
    for fingerprint in ("f", "f", "g"):
        with closing(Manifest(tmp_path)) as manifest:
            form = replace(FORMATS["pdf"], reads=lambda _: ())
            run([replace(job(fingerprint), form=form)], manifest, Limits(1, 1), {}, lambda _: None)
    assert given == ["", "12 1.2 0.6"]


def test_nothing_is_made_where_something_is_only_asked(tmp_path: Path) -> None:
    assert Manifest(tmp_path).left(()) == ()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("version", [1, -1, 2**31 - 1])
def test_a_store_of_another_version_is_begun_anew(tmp_path: Path, version: int) -> None:
    noted(tmp_path, **{"x.pdf": DIGEST})
    with closing(sqlite3.connect(tmp_path / STORE)) as database:
        database.execute(f"PRAGMA user_version = {version}")
    assert kept(tmp_path) == {}
    with closing(Store(tmp_path)) as store:
        store.keep("y.pdf", Entry("g", "pdf"))
    assert kept(tmp_path) == {"y.pdf": Entry("g", "pdf")}


def test_a_database_of_somebody_elses_is_begun_anew(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / STORE)) as database:
        database.execute("CREATE TABLE artifacts (other TEXT)")
    with closing(Store(tmp_path)) as store:
        store.keep("y.pdf", Entry("g", "pdf"))
    assert kept(tmp_path) == {"y.pdf": Entry("g", "pdf")}


def test_a_store_that_breaks_during_a_run_loses_nothing_of_it(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as store:
        store.keep("x.pdf", Entry("f", "pdf"))
        store.close()
        (tmp_path / STORE).write_bytes(b"broken" * 1000)
        store.keep("y.pdf", Entry("g", "pdf"))
    assert set(kept(tmp_path)) == {"x.pdf", "y.pdf"}


def test_a_run_that_is_killed_keeps_every_file_that_it_has_noted(tmp_path: Path) -> None:
    if not (child := os.fork()):
        store = Store(tmp_path)
        for number in range(50):
            store.keep(f"{number}.pdf", Entry("f", "pdf"))
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    assert len(kept(tmp_path)) == 50


def test_two_runs_keep_what_each_of_them_notes(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as one, closing(Store(tmp_path)) as other:
        for number in range(20):
            one.keep(f"a{number}", Entry("f", "pdf"))
            other.keep(f"b{number}", Entry("f", "pdf"))
    assert len(kept(tmp_path)) == 40


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything may be written by root")
def test_a_folder_that_may_only_be_read_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with closing(Store(tmp_path)) as store, pytest.raises(files.UnwrittenError):
        store.keep("x.pdf", Entry("f", "pdf"))


NO_LOCKS, LOCKED = "cannot be locked here", "keeps this file locked"


@pytest.mark.parametrize(
    ("code", "way_out"),
    [(sqlite3.SQLITE_IOERR_LOCK, NO_LOCKS), (sqlite3.SQLITE_IOERR_SHMMAP, NO_LOCKS),
     (sqlite3.SQLITE_PROTOCOL, NO_LOCKS), (sqlite3.SQLITE_BUSY, LOCKED),
     (sqlite3.SQLITE_READONLY_DIRECTORY, "you may not write"), (sqlite3.SQLITE_CANTOPEN, "you may not write"),
     (sqlite3.SQLITE_FULL, "the disk is full"),
     (sqlite3.SQLITE_IOERR_WRITE, "the disk is failing")],
)  # fmt: skip
def test_a_folder_that_holds_no_database_is_refused_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, way_out: str
) -> None:
    noted(tmp_path, **{"x.pdf": DIGEST})
    before = (tmp_path / STORE).read_bytes()

    def connect(*_: object, **__: object) -> None:
        error = sqlite3.OperationalError("as a system says it")
        error.sqlite_errorcode = code
        raise error

    monkeypatch.setattr(sqlite3, "connect", connect)
    manifest = Manifest(tmp_path)
    assert not manifest.has("x.pdf"), "what cannot be read says nothing"
    with pytest.raises(files.UnwrittenError) as refused:
        manifest.keep(job(), Made({".pdf": PDF}))
    about = files.finding(refused.value, tmp_path)
    assert way_out in about.hint and about.at.file == STORE
    monkeypatch.undo()
    assert (tmp_path / STORE).read_bytes() == before and Manifest(tmp_path).has("x.pdf")


def test_a_disk_that_may_only_be_read_is_named_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite says of it that it cannot open the file, as it does of a folder whose permissions forbid that."""
    (tmp_path / "out").mkdir()
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=os.ST_RDONLY))
    with closing(Store(tmp_path / "out")) as store, pytest.raises(files.UnwrittenError) as refused:
        (tmp_path / "out").rmdir()
        store.keep("x.pdf", Entry("f", "pdf"))
    assert "the disk is read-only" in files.finding(refused.value, tmp_path).hint


def test_a_database_that_another_program_holds_is_waited_for_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted(tmp_path, **{"x.pdf": DIGEST})
    monkeypatch.setattr(store, "_PATIENCE", 0.01)
    with closing(sqlite3.connect(tmp_path / STORE)) as other:
        other.execute("BEGIN IMMEDIATE")
        with closing(Store(tmp_path)) as ours, pytest.raises(files.UnwrittenError) as refused:
            ours.keep("y.pdf", Entry("g", "pdf"))
    assert LOCKED in files.finding(refused.value, tmp_path).hint
    assert set(kept(tmp_path)) == {"x.pdf"}


def journal(output: Path) -> str:
    with closing(sqlite3.connect(output / STORE)) as database:
        found: str = database.execute("PRAGMA journal_mode").fetchone()[0]
    return found


@pytest.mark.parametrize(("sql", "code"), [("BEGIN", sqlite3.SQLITE_IOERR_SHMMAP), ("journal_mode = WAL", 0)])
def test_where_no_memory_can_be_shared_it_is_kept_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: str, code: int
) -> None:
    """As SQLite finds out: when it asks for a log, or only when it first writes one."""

    class Plain(sqlite3.Connection):
        shared = True

        def execute(self, said: str, *given: Any) -> sqlite3.Cursor:
            self.shared = self.shared and "EXCLUSIVE" not in said
            self.refused(said)
            return super().execute(said, *given)

        def executescript(self, said: str) -> sqlite3.Cursor:
            self.refused(said)
            return super().executescript(said)

        def refused(self, said: str) -> None:
            if sql in said and self.shared:
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorcode = code
                raise error

    really = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **more: really(*given, **more, factory=Plain))
    noted(tmp_path, **{"x.pdf": DIGEST})
    assert set(kept(tmp_path)) == {"x.pdf"} and not list(tmp_path.glob("*-wal"))
    monkeypatch.undo()
    assert journal(tmp_path) == "delete"


def test_in_a_folder_of_another_machine_a_log_of_this_one_is_taken_over_and_none_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not (child := os.fork()):
        Store(tmp_path).keep("x.pdf", Entry("f", "pdf"))
        os.kill(os.getpid(), 9)  # its log stays
    os.waitpid(child, 0)
    assert (tmp_path / f"{STORE}-wal").exists()
    monkeypatch.setattr(mounts, "is_remote", lambda _: True)
    with closing(Store(tmp_path)) as store:
        assert set(store.entries) == {"x.pdf"}
        store.keep("y.pdf", Entry("f", "pdf"))
        assert not list(tmp_path.glob("*-wal"))
    assert journal(tmp_path) == "delete" and set(kept(tmp_path)) == {"x.pdf", "y.pdf"}


@pytest.mark.parametrize("remote", [True, False])
def test_a_folder_in_which_nothing_can_be_locked_is_named_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remote: bool
) -> None:
    """SQLite says the same of it as of a database that another program holds."""

    def lockf(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    noted(tmp_path, **{"x.pdf": DIGEST})
    monkeypatch.setattr(mounts, "is_remote", lambda _: remote)
    monkeypatch.setattr(locks.fcntl, "lockf", lockf)
    monkeypatch.setattr(store, "_PATIENCE", 0.01)
    with closing(sqlite3.connect(tmp_path / STORE)) as other:
        if not remote:
            other.execute("BEGIN IMMEDIATE")
        with closing(Store(tmp_path)) as ours, pytest.raises(files.UnwrittenError) as refused:
            ours.keep("y.pdf", Entry("g", "pdf"))
    assert NO_LOCKS in files.finding(refused.value, tmp_path).hint
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".tmp")] == []


@pytest.mark.parametrize("beside", ["", "-wal", "-shm", "-journal"])
def test_what_lies_in_the_stores_place_is_refused(tmp_path: Path, beside: str) -> None:
    os.mkfifo(tmp_path / (STORE + beside))
    with pytest.raises(files.RefusedError, match="is not a plain file"):
        Store(tmp_path)
