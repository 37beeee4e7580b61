"""Which artifacts are out of date, and what becomes of those that ``workers`` make anew. An artifact is one file, or a
few that are made together, in any format."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from plainleaf import files
from plainleaf.artifacts import workers
from plainleaf.artifacts.limits import Task
from plainleaf.artifacts.store import Entry, File, Store
from plainleaf.files import marks
from plainleaf.formats.base import Format, Limits, Made, Prepared
from plainleaf.model import Finding

_MOST_BYTES = 1_000_000_000  # of an artifact


@dataclass(frozen=True, slots=True)
class Job:
    """One artifact to make: where (relative to the output folder), as what, from what, and the fingerprint of all it is
    made from. ``content``: the digest of that without versions; ``named``: paths of pictures and fonts it may read;
    ``placed``: the fingerprint of what also names places in the sources, for a file on which something was found.

    ``late``: what prepares it if it has to be made after all, for one that is only remembered: then ``prepared`` has no
    content.
    """

    path: str
    form: Format
    prepared: Prepared
    fingerprint: str
    content: str = ""
    named: tuple[str, ...] = ()
    placed: str = ""
    late: Callable[[], tuple[Job | None, tuple[Finding, ...]]] | None = None

    def ready(self) -> tuple[Job | None, tuple[Finding, ...]]:
        """The job with all that it is made from; ``None`` if that cannot be prepared any more, and why."""
        return self.late() if self.late else (self, ())

    @property
    def folder(self) -> str:
        """The folder that is the artifact's own, as "inhaler/en"; "" for one that is a single file."""
        folder, _, last = self.path.rpartition("/")
        return folder if self.form.index and last == self.form.index else ""

    def beside(self, name: str) -> str:
        """Where a file lies that is made with it, by its suffix; in a folder of its own, by its name."""
        return f"{self.folder}/{name}" if self.folder else self.path.removesuffix(self.form.suffix) + name


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job: whether there is a file, whether it was made now, findings."""

    job: Job
    made: bool
    rendered: bool
    findings: tuple[Finding, ...]


def _content(file: Path, root: Path) -> bytes:
    """Of an artifact; empty if it cannot be read."""
    try:
        return files.Root(root).read(file, _MOST_BYTES)
    except OSError:
        return b""


class Manifest:
    """What the output folder holds: of each artifact the fingerprint, files with their digests, size and findings."""

    def __init__(self, output: Path) -> None:
        """Raises ``files.RefusedError`` if what is in the folder cannot be told, nor be noted."""
        self.output = output
        self._store = Store(output)
        self._marks = dict[str, dict[str, str]]()  # of files that were read, to be noted

    @property
    def _entries(self) -> Mapping[str, Entry]:
        return self._store.entries

    def is_current(self, job: Job) -> bool:
        """Whether an artifact is on disk as we left it, and is what its job would make, findings included."""
        entry = self._entries.get(job.path)
        if not entry or entry.findings is None:
            return False
        return entry.fingerprint == (job.placed if entry.findings else job.fingerprint) and self.has(job.path)

    def has(self, path: str) -> bool:
        """Whether an artifact is on disk as we left it."""
        entry = self._entries.get(path)
        if not entry:
            return False
        noted = [(name, file) for name, file in entry.files.items() if not file.former]
        return any(name == path for name, _ in noted) and all(self._is_there(path, *each) for each in noted)

    def _is_there(self, path: str, name: str, noted: File) -> bool:
        """Whether a file has the content that is noted. It is read only if it may have changed since it was last."""
        began, place = marks.now(), self.output / name
        try:
            if noted.mark and marks.mark(place.lstat()) == noted.mark:
                return True
        except (OSError, ValueError):
            return False
        if self.digest(name) != noted.digest:
            return False
        if mark := marks.marked(str(place), began):
            self._marks.setdefault(path, {})[name] = mark
        return True

    def files(self, path: str, former: bool = False) -> Mapping[str, str]:
        """The files of an artifact that are noted, each with its digest; or those that were made with it formerly."""
        entry = self._entries.get(path)
        there = entry.files if entry else {}
        return {name: file.digest for name, file in there.items() if file.former is former}

    def noted(self, path: str) -> str:
        """The digest of an artifact's own file as it is noted; "" if there is none."""
        return self.files(path).get(path, "")

    def digest(self, path: str) -> str:
        """Of a file in the output folder; "" if there is none."""
        data = _content(self.output / path, self.output)
        return hashlib.sha256(data).hexdigest() if data else ""

    def pages(self, path: str) -> int:
        """How many pages an artifact has, 0 in formats without."""
        entry = self._entries.get(path)
        return entry.pages if entry else 0

    def size(self, path: str) -> str:
        """How large an artifact is, in words ("12 pages")."""
        entry = self._entries.get(path)
        return entry.size if entry else ""

    def note(self, path: str) -> str:
        """What was done to make an artifact's text fit, in words."""
        entry = self._entries.get(path)
        return entry.note if entry else ""

    def fitted(self, path: str) -> str:
        """Where to begin when an artifact's text is made to fit again."""
        entry = self._entries.get(path)
        return entry.fitted if entry else ""

    def written_as(self, form: str) -> tuple[str, ...]:
        """The artifacts in a format, by its name, that are noted and lie in the folder."""
        mine = (path for path, entry in self._entries.items() if entry.format == form)
        return tuple(sorted(path for path in mine if (self.output / path).is_file()))

    def findings(self, path: str) -> tuple[Finding, ...]:
        """What was found on the artifact when it was rendered; it is true as long as the file is."""
        entry = self._entries.get(path)
        return (entry.findings or ()) if entry else ()

    def left(self, wanted: Iterable[str]) -> tuple[str, ...]:
        """Files of earlier runs that lie in the folder and belong to nothing of today."""
        known = set(wanted)
        gone = {path for path in self._entries if path not in known}
        gone |= {file for path in gone for file in self.files(path)}
        gone |= {file for path in self._entries for file in self.files(path, former=True)}
        return tuple(sorted(path for path in gone if (self.output / path).is_file()))

    def keep(self, job: Job, made: Made) -> None:
        """Write an artifact and note it. What opens the others is written last; those that it no longer names, as they
        were written into its own folder, go."""
        before = {**self.files(job.path, former=True), **self.files(job.path)}
        noted = dict[str, File]()
        for name, data in reversed([*made.files.items()]):
            file = job.beside(name)
            files.Root(self.output).save(self.output / file, data)
            noted[file] = File(hashlib.sha256(data).hexdigest())
        before = {file: digest for file, digest in before.items() if not self._gone(job, file, digest, noted)}
        noted |= {file: File(digest, former=True) for file, digest in before.items() if file not in noted}
        mark = job.placed if made.findings else job.fingerprint
        entry = Entry(mark, job.form.name, made.size, made.pages, made.note, "", made.findings, noted, made.fitted)
        self._store.keep(job.path, entry)

    def _gone(self, job: Job, file: str, digest: str, noted: Mapping[str, File]) -> bool:
        """Whether a file of an earlier run is no more: it was named by its content, and nobody has changed it."""
        if not job.folder or file in noted or not file.startswith(f"{job.folder}/") or self.digest(file) != digest:
            return False
        files.Root(self.output).delete(self.output / file)
        return True

    def settle(self, fresh: Mapping[str, bool], today: date) -> Mapping[str, date]:
        """Note which artifacts are what the sources say today; gives the day since when each of the others is not."""
        since, changed = dict[str, date](), dict[str, Entry]()
        for path, entry in self._entries.items():
            stale = entry.stale
            if path in fresh:
                day = None if fresh[path] else _day(entry.stale) or today
                stale = day.isoformat() if day else ""
                since |= {path: day} if day else {}
            found = self._marks.get(path, {})
            if found or stale != entry.stale:
                noted = {name: replace(file, mark=found.get(name, file.mark)) for name, file in entry.files.items()}
                changed[path] = replace(entry, stale=stale, files=noted)
        self._store.keep_all(changed)
        return since

    def remembered(self) -> dict[str, tuple[str, str]]:
        """What ``remember`` was given in an earlier run, each as (key, value)."""
        return self._store.remembered()

    def remember(self, changed: Mapping[str, tuple[str, str]], known: Iterable[str]) -> None:
        """Keep values, each with the key under which it is true, and of those kept earlier the ``known`` ones."""
        self._store.remember(changed, known)

    def close(self) -> None:
        """Nothing more is to be noted for now."""
        self._store.close()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def run(
    jobs: Sequence[Job],
    manifest: Manifest,
    limits: Limits,
    environment: Mapping[str, str],
    told: Callable[[Result], None],
) -> Mapping[str, Result]:
    """Make the artifacts that are out of date; ``told`` hears of each as it is done. Results by path.

    ``environment`` is what tasks need. An artifact with errors is not written: the last good file stays.
    """
    results: dict[str, Result] = {}
    todo: dict[str, Job] = {}
    for job in jobs:
        if manifest.is_current(job):
            results[job.path] = Result(job, True, False, manifest.findings(job.path))
            told(results[job.path])
        else:
            todo[job.path] = job
    for path in list(todo):
        ready, found = todo[path].ready()
        if ready:
            todo[path] = ready
        else:
            results[path] = Result(todo.pop(path), False, False, found)
            told(results[path])
    tasks = {
        path: Task(replace(job.prepared, near=manifest.fitted(path)), job.form.write, reads(job))
        for path, job in todo.items()
    }
    preload = dict.fromkeys(module for job in todo.values() for module in job.form.preload)
    for path, made in workers.made(tasks, limits, preload, environment):
        results[path] = _kept(manifest, todo[path], made)
        told(results[path])
    return results


def reads(job: Job) -> tuple[str, ...]:
    """The absolute paths of all files that its format opens to write it."""
    return tuple(dict.fromkeys((*(path for path, _ in job.prepared.read), *job.form.reads(job.prepared))))


def _kept(manifest: Manifest, job: Job, made: Made) -> Result:
    """The result of what a worker has made, which is written if there is no error in it."""
    if not made.files:
        return Result(job, False, False, made.findings)
    try:
        manifest.keep(job, made)
    except files.RefusedError as error:  # what lies in the artifact's place
        return Result(job, False, False, (*made.findings, files.finding(error, manifest.output)))
    return Result(job, True, True, made.findings)
