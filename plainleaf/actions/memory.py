"""What was planned of each page in an earlier run, true as long as nothing has changed that a page is prepared from.

That is its edition, the one beside it, its layout, what else is taken from the project, each by its value; and all that
is read on the way, templates, style sheets, pictures and fonts, with our own code (``artifacts.surroundings``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any

from plainleaf.actions.printing import Page, Result
from plainleaf.artifacts import surroundings
from plainleaf.artifacts.manifest import Job
from plainleaf.artifacts.surroundings import Around
from plainleaf.files import shelf
from plainleaf.files.places import WORDS
from plainleaf.formats.base import Format, Prepared
from plainleaf.model import Edition, Finding
from plainleaf.project import Project

Kept = Mapping[str, tuple[str, str]]
Late = Callable[[], Result[Job]]


class Memory:
    """What is remembered of the pages of a project, and what is to be."""

    def __init__(self, project: Project, kept: Kept) -> None:
        """``kept``: what an earlier run has remembered, by the paths of files."""
        self._kept, self._project = kept, project
        self._editions = dict[int, str]()
        self._new = dict[str, tuple[str, str]]()
        self._before = surroundings.begun(project.root)
        self._around = self._before.digest((), surroundings.is_of_one_leaflet)

    @property
    def changed(self) -> tuple[str, ...]:
        """The files of the root, leaflets and catalogs aside, that somebody has written since: paths from there."""
        return self._before.changed(surroundings.is_of_one_leaflet)

    @property
    def new(self) -> Kept:
        """What is to be kept; nothing if anybody has written into the root while pages were planned."""
        return self._new if self._around and not self.changed and self._now() == self._around else {}

    def _now(self) -> str:
        return Around(self._project.root).digest((), surroundings.is_of_one_leaflet)

    @cached_property
    def _values(self) -> str:
        """The digest of what is taken from the project beside editions and layouts."""
        words = [(key, catalog) for key, catalog in self._project.catalogs.items() if key[1] == WORDS]
        values = repr((self._project.clinic, self._project.site, sorted(self._project.locales.items()), sorted(words)))
        return hashlib.sha256(values.encode(errors="surrogatepass")).hexdigest()

    def key(self, path: str, form: Format, page: Page, more: str = "") -> str:
        """The digest of all that a page is prepared from, and of what ``more`` it is; "" if that cannot be told."""
        if not self._around or not form.ours:
            return ""
        both = [self._edition(each) for each in (page.edition, page.second) if each]
        about = "\0".join((self._around, self._values, path, form.name, shelf.digest(page.layout), more, *both))
        return hashlib.sha256(about.encode(errors="surrogatepass")).hexdigest()

    def _edition(self, edition: Edition) -> str:
        if id(edition) not in self._editions:
            self._editions[id(edition)] = shelf.digest(edition)
        return self._editions[id(edition)]

    def recall(self, path: str, key: str, form: Format, page: Page, late: Late) -> Result[Job] | None:
        """The job of a page as it was planned under this key, with what was found; ``None`` if nobody knows."""
        there = self._kept.get(path)
        if not key or not there or there[0] != key:
            return None
        try:
            job = _job(json.loads(there[1]), path, form, page, late)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return None
        self._new[path] = there
        return job

    def names(self) -> tuple[str, ...]:
        """What may be ``found`` on."""
        return tuple(f"{slug}/{locale}.po" for slug in self._project.leaflets for locale in self._project.locales)

    def found(
        self, slug: str, locale: str, values: Sequence[object], look: Callable[[], tuple[Finding, ...]]
    ) -> tuple[Finding, ...]:
        """What is found on a leaflet's catalog; from memory, or by a ``look``. ``values``: all that this depends on
        beside what lies around."""
        what = f"{slug}/{locale}.po"
        about = hashlib.sha256(f"{self._around}{shelf.digest(*values)}".encode()).hexdigest()
        there = self._kept.get(what)
        if self._around and there and there[0] == about:
            with suppress(ValueError, TypeError, RecursionError):
                known = tuple(map(Finding.from_json, json.loads(there[1])))
                self._new[what] = there
                return known
        seen = look()
        self._new[what] = about, json.dumps([each.as_json() for each in seen])
        return seen

    def remember(self, path: str, key: str, planned: Result[Job]) -> None:
        """Keep what was planned, if there is a job."""
        job, found = planned
        if key and job:
            self._new[path] = key, json.dumps(_plain(job, found))


def _plain(job: Job, found: tuple[Finding, ...]) -> list[Any]:
    findings = [each.as_json() for each in found]
    return [job.fingerprint, job.content, job.placed, job.prepared.digest, job.named, findings]


def _job(kept: list[Any], path: str, form: Format, page: Page, late: Late) -> Result[Job]:
    fingerprint, content, placed, digest, named, findings = kept
    if not all(isinstance(each, str) for each in (fingerprint, content, placed, digest, *named)):
        raise TypeError
    prepared = Prepared(path, page.edition.leaflet.at, digest=digest)
    job = Job(path, form, prepared, fingerprint, content, tuple(named), placed, late)
    return job, tuple(map(Finding.from_json, findings))
