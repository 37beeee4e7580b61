"""Which artifacts are out of date, and what becomes of those that ``workers`` make anew."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plainleaf.artifacts import workers
from plainleaf.artifacts.workers import Limits
from plainleaf.files import writing as files
from plainleaf.model import Finding, Location, Printed, Severity, Sheet

MANIFEST = ".plainleaf.json"
_MOST_BYTES = 1_000_000_000  # of an artifact or a manifest


@dataclass(frozen=True, slots=True)
class Job:
    """One artifact to make: where (relative to the output folder), from what, and the fingerprint of all it is made
    from."""

    path: str
    sheet: Sheet
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job: pages (0 if there is no file), whether it was rendered now, findings."""

    job: Job
    pages: int
    rendered: bool
    findings: tuple[Finding, ...]


def press_path(path: str) -> str:
    """Where the pages of an artifact lie imposed on sheets, beside the accessible file."""
    return path.removesuffix(".pdf") + "-print.pdf"


def _content(file: Path, root: Path) -> bytes:
    """Of an artifact; empty if it cannot be read."""
    try:
        return files.read(file, root, most=_MOST_BYTES)
    except OSError:
        return b""


class Manifest:
    """What the output folder holds: fingerprint, pages, digest and findings of each artifact that we made."""

    def __init__(self, output: Path) -> None:
        self._path = output / MANIFEST
        self.output = output
        try:
            read = json.loads(files.read(self._path, output, most=_MOST_BYTES))
        except files.RefusedError:
            raise  # what is in the folder cannot be told, nor could it be noted
        except (OSError, ValueError, RecursionError):
            read = {}
        entries = read.get("artifacts") if isinstance(read, dict) else None
        self._entries: dict[str, dict[str, object]] = entries if isinstance(entries, dict) else {}

    def pages(self, path: str, fingerprint: str = "") -> int:
        """Pages of the artifact if it is on disk as we left it (and has this fingerprint, if one is given), else 0."""
        entry = self._entries.get(path)
        if not isinstance(entry, dict) or (fingerprint and entry.get("fingerprint") != fingerprint):
            return 0
        if self._digest(path) != entry.get("sha256") or self._digest(press_path(path)) != entry.get("press", ""):
            return 0
        pages = entry.get("pages")
        return pages if isinstance(pages, int) else 0

    def _digest(self, path: str) -> str:
        """Of a file in the output folder; "" if there is none."""
        data = _content(self.output / path, self.output)
        return hashlib.sha256(data).hexdigest() if data else ""

    def note(self, path: str) -> str:
        """What was done to make the artifact's text fit its layout, "" for nothing."""
        entry = self._entries.get(path)
        note = entry.get("note", "") if isinstance(entry, dict) else ""
        return note if isinstance(note, str) else ""

    def findings(self, path: str) -> tuple[Finding, ...]:
        """What was found on the artifact when it was rendered; it is true as long as the file is."""
        entry = self._entries.get(path)
        noted = entry.get("findings", []) if isinstance(entry, dict) else []
        return tuple(filter(None, map(_finding, noted))) if isinstance(noted, list) else ()

    def left(self, wanted: Iterable[str]) -> tuple[str, ...]:
        """Artifacts of earlier runs that lie in the folder and belong to nothing of today, printers' files too."""
        known = set(wanted)
        gone = (each for path in self._entries if path not in known for each in (path, press_path(path)))
        return tuple(sorted(path for path in gone if (self.output / path).is_file()))

    def keep(self, job: Job, printed: Printed) -> None:
        """Write an artifact and note it."""
        files.save(self.output / job.path, printed.data, self.output)
        self._entries[job.path] = {
            "fingerprint": job.fingerprint,
            "pages": printed.pages,
            "sha256": hashlib.sha256(printed.data).hexdigest(),
        }
        if printed.press:
            files.save(self.output / press_path(job.path), printed.press, self.output)
            self._entries[job.path]["press"] = hashlib.sha256(printed.press).hexdigest()
        if printed.note:
            self._entries[job.path]["note"] = printed.note
        if printed.findings:
            self._entries[job.path]["findings"] = [_noted(finding) for finding in printed.findings]
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
        files.save(self._path, text.encode(), self.output)


def _noted(finding: Finding) -> list[str]:
    """A finding as JSON."""
    places = [str(finding.at), str(finding.po or "")]
    return [finding.check, finding.severity.value, finding.message, finding.hint, *places]


def _finding(noted: object) -> Finding | None:
    """A finding from JSON; ``None`` from what is none."""
    if not isinstance(noted, list) or len(noted) != 6 or not all(isinstance(part, str) for part in noted):
        return None
    check, severity, message, hint, at, po = noted
    if severity not in [each.value for each in Severity]:
        return None
    return Finding(check, Severity(severity), message, Location.parse(at), hint, Location.parse(po) if po else None)


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

    ``environment`` is set before the workers start (fontconfig reads it once). An artifact with errors is not written:
    the last good file stays.
    """
    os.environ.update(environment)
    results: dict[str, Result] = {}
    pages = {job.path: manifest.pages(job.path, job.fingerprint) for job in jobs}
    for job in jobs:
        if pages[job.path]:
            results[job.path] = Result(job, pages[job.path], False, manifest.findings(job.path))
            told(results[job.path])
    todo = {job.path: job for job in jobs if not pages[job.path]}
    for path, printed in workers.rendered({path: job.sheet for path, job in todo.items()}, limits):
        job = todo[path]
        if printed.data:
            try:
                manifest.keep(job, printed)
            except files.RefusedError as error:  # what lies in the artifact's place
                printed = Printed(b"", 0, (*printed.findings, files.finding(error, manifest.output)))
        results[path] = Result(job, printed.pages if printed.data else 0, bool(printed.data), printed.findings)
        told(results[path])
    return results
