"""Plainleaf for other programs: what the command does, as functions that take and give values and print nothing.

A mistake in a text is a ``Finding`` of what is given back. What cannot be done as it was asked for raises
``UsageError``; what another run or the disk keeps from being written raises ``OSError``. The environment, loggers,
signal handlers and limits of the calling process are afterwards as they were.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from plainleaf import choosing, editions, files, pipeline
from plainleaf import project as projects
from plainleaf.actions.choice import Choice
from plainleaf.actions.signing import Signed
from plainleaf.artifacts import workers
from plainleaf.artifacts.manifest import Result
from plainleaf.checks.readability.verdicts import Checked
from plainleaf.clinics import file as clinicfile
from plainleaf.copies import making, privacy
from plainleaf.copies.making import Filled
from plainleaf.copies.table import MOST_BYTES
from plainleaf.files.places import shown
from plainleaf.formats.base import Missing, install
from plainleaf.model import Finding, Severity
from plainleaf.model.usage import UsageError
from plainleaf.pipeline import Outcome
from plainleaf.project import Project

__all__ = [
    "Checked",
    "Filled",
    "Finding",
    "MissingPartsError",
    "Outcome",
    "Project",
    "Severity",
    "Signed",
    "UsageError",
    "approve",
    "check",
    "fill",
    "load",
    "publish",
    "sign_off",
]

Root = Project | str | os.PathLike[str]


class MissingPartsError(Exception):
    """The system lacks fonts or libraries that rendering needs: ``parts``, and ``command``, which installs them ("" if
    that is not known)."""

    def __init__(self, parts: Sequence[Missing]) -> None:
        super().__init__("missing: " + ", ".join(part.what for part in parts))
        self.parts, self.command = tuple(parts), install(parts)


def load(root: str | os.PathLike[str], clinic: str = "") -> Project:
    """Read a folder with ``sources/`` and ``locales/``, for one clinic; "" is the one of its settings.

    What is wrong in its files is in ``findings``. Raises ``UsageError`` for a folder without sources, and for a clinic
    that is not there.
    """
    folder = Path(root).resolve()
    if not (folder / "sources").is_dir():
        raise UsageError(f"{folder} has no folder sources/", "name the folder of your leaflets")
    if clinic:
        there = clinicfile.names(folder)
        clinicfile.asked(there, [clinic])
        if clinic == clinicfile.EVERY:
            raise UsageError("a project is loaded for one clinic at a time", f"name one of {', '.join(there)}")
    return projects.load(folder, clinic)


def check(
    project: Root,
    *,
    leaflets: Sequence[str] = (),
    locales: Sequence[str] = (),
    layouts: Sequence[str] = (),
    complete: bool = False,
    second_opinion: bool = False,
    today: date | None = None,
) -> Checked:
    """All that can be found without rendering, of what is named; all of it if nothing is. Writes nothing.

    ``locales``: names or tags ("es", "zh-Hans"), or names of languages ("Spanish"). ``complete``: a translation with
    gaps is an error. Raises ``UsageError`` for names of nothing.
    """
    loaded = _loaded(project)
    choice = choosing.choose(loaded, leaflets, locales, layouts, complete=complete)
    return pipeline.check(loaded, choice, today or date.today(), second_opinion)


def publish(
    project: Root,
    output: str | os.PathLike[str] | None = None,
    *,
    leaflets: Sequence[str] = (),
    locales: Sequence[str] = (),
    layouts: Sequence[str] = (),
    looks: Sequence[str] = (),
    beside: str = "",
    pseudo: bool = False,
    complete: bool = False,
    formats: Sequence[str] = (),
    today: date | None = None,
    told: Callable[[int, Result], None] = lambda total, result: None,
    processes: bool = True,
) -> Outcome:
    """Make every file that is named and out of date, and the pages that list all; ``output`` is ``build/`` by default.

    ``told`` hears of each file as it is done: how many there are in all, and its result. ``processes``: whether other
    processes render, within limits of time and memory; without them everything is rendered here, one after another, and
    no limit stops a text that takes for ever. Raises ``UsageError``, also for an ``output`` folder in which
    something of the user's would be overwritten, ``MissingPartsError``, ``OSError``.
    """
    loaded = _loaded(project)
    if loaded.settings.unread:
        about = tuple(finding for finding in loaded.findings if finding.at.file == loaded.settings.file)
        raise UsageError("nothing was made: the settings could not be read", "fix the settings", about)
    choice = choosing.choose(
        loaded, leaflets, locales, layouts, looks, beside=beside, pseudo=pseudo, complete=complete, formats=formats
    )
    if gone := editions.missing(loaded, choice):
        raise MissingPartsError(gone)
    folder = files.Root(loaded.root).inside(loaded.output)
    if output is not None:
        folder = Path(output).resolve()
        choosing.output(loaded, folder)
    with nullcontext() if processes else workers.in_this_process():
        return pipeline.publish(loaded, choice, folder, today or date.today(), told)


def fill(
    project: Root,
    leaflet: str,
    data: str | os.PathLike[str],
    output: str | os.PathLike[str] | None = None,
    *,
    locales: Sequence[str] = (),
    layouts: Sequence[str] = (),
    looks: Sequence[str] = (),
    beside: str = "",
    formats: Sequence[str] = (),
    today: date | None = None,
    told: Callable[[int, Result], None] = lambda total, result: None,
    processes: bool = True,
) -> Filled:
    """A copy of a leaflet for each row of the CSV file ``data``, its lines filled in; all of them or none.

    A row's columns “language” and “layout” go before ``locales`` and ``layouts``. Copies lie in ``output`` (``filled/``
    by default), in a folder named after the leaflet, for their owner's eyes only. ``told`` and ``processes`` as for
    ``publish``. Raises ``UsageError``, ``MissingPartsError``, ``OSError``.
    """
    loaded = _loaded(project)
    choice = choosing.choose(loaded, [leaflet], locales, layouts, looks, beside=beside, formats=formats)
    if gone := editions.missing(loaded, choice):
        raise MissingPartsError(gone)
    with nullcontext() if processes else workers.in_this_process():
        return filled(loaded, choice, Path(data), Path(output) if output else None, today or date.today(), told)


def filled(
    project: Project,
    choice: Choice,
    data: Path,
    output: Path | None,
    today: date,
    told: Callable[[int, Result], None],
) -> Filled:
    """``fill`` for a choice that is made; of several clinics each has its place below the folder."""
    usual = project.root / privacy.FOLDER
    below = project.output.relative_to(project.root / "build")
    folder = privacy.place((output or usual) / below, project.root, project.root / "build")
    try:
        read = files.ANYWHERE.read(data, MOST_BYTES)
    except FileNotFoundError:
        raise UsageError(f"there is no file {data}", "name the table that was saved as CSV") from None
    return making.fill(project, choice, read, shown(data, project.root), folder, today, told)


def approve(
    project: Root,
    leaflet: str,
    locale: str,
    by: str,
    *,
    key: str | os.PathLike[str] | None = None,
    sheet: str = "",
    today: date | None = None,
) -> Signed:
    """Sign a translation off. ``by``: who has checked it, as "Name, role"; ``key``: the file of their SSH key, without
    which it is only noted; ``sheet``: the digest on the review sheet that was signed, which must be that of today's
    texts. ``path`` of what is given back is the file that was written, ``None`` if ``findings`` keep
    it from being signed. Raises ``UsageError``, ``OSError``."""
    with files.locked(_folder(project), files.TEXTS):
        loaded = _loaded(project)
        (name,) = choosing.choose(loaded, [leaflet], [locale]).locales
        _readable(loaded, leaflet)
        if name == loaded.leaflets[leaflet].own_locale:
            hint = f'a clinician signs it off: plainleaf sign-off {leaflet} --by "Name, role"'
            raise UsageError(f"{name} is the language that “{leaflet}” is written in, not a translation", hint)
        if name not in loaded.locales:
            raise UsageError(f"there is no translation into {name} yet", f"start it: plainleaf init {name}")
        own = Path(key) if key is not None else None
        return pipeline.approve(loaded, leaflet, name, by.strip(), today or date.today(), own, sheet)


def sign_off(
    project: Root,
    leaflet: str,
    by: str,
    *,
    key: str | os.PathLike[str] | None = None,
    today: date | None = None,
) -> Signed:
    """Sign a leaflet off as it is written; see ``approve``. ``by``: which clinician has checked it."""
    with files.locked(_folder(project), files.TEXTS):
        loaded = _loaded(project)
        choosing.choose(loaded, [leaflet])
        _readable(loaded, leaflet)
        own = Path(key) if key is not None else None
        return pipeline.sign_off(loaded, leaflet, by.strip(), today or date.today(), own)


def _loaded(project: Root) -> Project:
    return project if isinstance(project, Project) else load(project)


def _folder(project: Root) -> Path:
    return project.root if isinstance(project, Project) else Path(project)


def _readable(project: Project, leaflet: str) -> None:
    if faults := choosing.unread(project, [leaflet]):
        raise UsageError(f"“{leaflet}” could not be read", "fix what is listed above", faults)
