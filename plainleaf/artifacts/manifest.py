"""Which artifacts are out of date, and what becomes of those that ``workers`` make anew. An artifact is one file, or a
few that are made together, in any format."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plainleaf import files
from plainleaf.artifacts import workers
from plainleaf.artifacts.limits import Task
from plainleaf.formats.base import Format, Limits, Made, Prepared
from plainleaf.model import Finding

MANIFEST = ".plainleaf.json"
_MOST_BYTES = 1_000_000_000  # of an artifact or a manifest


@dataclass(frozen=True, slots=True)
class Job:
    """One artifact to make: where (relative to the output folder), as what, from what, and the fingerprint of all it is
    made from. ``content``: the digest of that without versions; ``named``: pictures and fonts that it may read."""

    path: str
    form: Format
    prepared: Prepared
    fingerprint: str
    content: str = ""
    named: tuple[Path, ...] = ()

    def beside(self, suffix: str) -> str:
        """Where a file lies that is made with it, by its suffix."""
        return self.path.removesuffix(self.form.suffix) + suffix


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
        self._path = output / MANIFEST
        self.output = output
        try:
            read = json.loads(files.Root(output).read(self._path, _MOST_BYTES))
        except files.RefusedError:
            raise  # what is in the folder cannot be told, nor could it be noted
        except (OSError, ValueError, RecursionError):
            read = {}
        entries = read.get("artifacts") if isinstance(read, dict) else None
        self._entries: dict[str, dict[str, object]] = entries if isinstance(entries, dict) else {}

    def has(self, path: str, fingerprint: str = "") -> bool:
        """Whether an artifact is on disk as we left it (and has this fingerprint, if one is given)."""
        entry = self._entries.get(path)
        if not isinstance(entry, dict):
            return False
        if fingerprint and (entry.get("fingerprint") != fingerprint or self._findings(path) is None):
            return False
        noted = self.files(path)
        return path in noted and all(self.digest(file) == digest for file, digest in noted.items())

    def files(self, path: str, key: str = "files") -> Mapping[str, str]:
        """The files of an artifact that are noted, each with its digest."""
        entry = self._entries.get(path)
        noted = entry.get(key) if isinstance(entry, dict) else None
        if not isinstance(noted, dict):
            return {}
        return {file: digest for file, digest in noted.items() if isinstance(digest, str)}

    def digest(self, path: str) -> str:
        """Of a file in the output folder; "" if there is none."""
        data = _content(self.output / path, self.output)
        return hashlib.sha256(data).hexdigest() if data else ""

    def pages(self, path: str) -> int:
        """How many pages an artifact has, 0 in formats without."""
        entry = self._entries.get(path)
        pages = entry.get("pages", 0) if isinstance(entry, dict) else 0
        return pages if isinstance(pages, int) else 0

    def words(self, path: str, key: str) -> str:
        """What is noted of an artifact as "size" ("12 pages") or as "note" (what was done to make its text fit)."""
        entry = self._entries.get(path)
        words = entry.get(key, "") if isinstance(entry, dict) else ""
        return words if isinstance(words, str) else ""

    def written_as(self, form: str) -> tuple[str, ...]:
        """The artifacts in a format, by its name, that are noted and lie in the folder."""
        mine = (
            path for path, entry in self._entries.items() if isinstance(entry, dict) and entry.get("format") == form
        )
        return tuple(sorted(path for path in mine if (self.output / path).is_file()))

    def findings(self, path: str) -> tuple[Finding, ...]:
        """What was found on the artifact when it was rendered; it is true as long as the file is."""
        return self._findings(path) or ()

    def _findings(self, path: str) -> tuple[Finding, ...] | None:
        """``None`` if what is noted is damaged: then nobody knows what was found on the artifact."""
        entry = self._entries.get(path)
        noted = entry.get("findings", []) if isinstance(entry, dict) else None
        try:
            return tuple(map(Finding.from_json, noted)) if isinstance(noted, list) else None
        except ValueError:
            return None

    def left(self, wanted: Iterable[str]) -> tuple[str, ...]:
        """Files of earlier runs that lie in the folder and belong to nothing of today."""
        known = set(wanted)
        gone = {path for path in self._entries if path not in known}
        gone |= {file for path in gone for file in self.files(path)}
        gone |= {file for path in self._entries for file in self.files(path, "former")}
        return tuple(sorted(path for path in gone if (self.output / path).is_file()))

    def keep(self, job: Job, made: Made) -> None:
        """Write an artifact and note it."""
        before = {**self.files(job.path, "former"), **self.files(job.path)}
        digests = {}
        for suffix, data in made.files.items():
            file = job.beside(suffix)
            files.Root(self.output).save(self.output / file, data)
            digests[file] = hashlib.sha256(data).hexdigest()
        self._entries[job.path] = {
            "fingerprint": job.fingerprint,
            "format": job.form.name,
            "files": digests,
            "size": made.size,
        }
        if former := {file: digest for file, digest in before.items() if file not in digests}:
            self._entries[job.path]["former"] = former  # no longer made with it
        if made.pages:
            self._entries[job.path]["pages"] = made.pages
        if made.note:
            self._entries[job.path]["note"] = made.note
        if made.findings:
            self._entries[job.path]["findings"] = [finding.as_json() for finding in made.findings]
        self._save()

    def settle(self, fresh: Mapping[str, bool], today: date) -> Mapping[str, date]:
        """Note which artifacts are what the sources say today; gives the day since when each of the others is not."""
        since: dict[str, date] = {}
        for path, current in fresh.items():
            entry = self._entries.get(path)
            if not isinstance(entry, dict):
                continue
            if current:
                entry.pop("stale", None)
            else:
                since[path] = _day(entry.get("stale")) or today
                entry["stale"] = since[path].isoformat()
        if self._entries:
            self._save()
        return since

    def _save(self) -> None:
        text = json.dumps({"artifacts": self._entries}, indent=1, sort_keys=True) + "\n"
        files.Root(self.output).save(self._path, text.encode())


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
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
        if manifest.has(job.path, job.fingerprint):
            results[job.path] = Result(job, True, False, manifest.findings(job.path))
            told(results[job.path])
        else:
            todo[job.path] = job
    tasks = {path: Task(job.prepared, job.form.write) for path, job in todo.items()}
    preload = dict.fromkeys(module for job in todo.values() for module in job.form.preload)
    for path, made in workers.made(tasks, limits, preload, environment):
        results[path] = _kept(manifest, todo[path], made)
        told(results[path])
    return results


def _kept(manifest: Manifest, job: Job, made: Made) -> Result:
    """The result of what a worker has made, which is written if there is no error in it."""
    if not made.files:
        return Result(job, False, False, made.findings)
    try:
        manifest.keep(job, made)
    except files.RefusedError as error:  # what lies in the artifact's place
        return Result(job, False, False, (*made.findings, files.finding(error, manifest.output)))
    return Result(job, True, True, made.findings)
