"""The shipped leaflets, and which of their files the tests ask for.

Not every leaflet in every language and layout, but few that have between them each layout, each leaflet and each
script on A4, each language that the longest leaflet is in also in each text that layouts print, and each family of
layouts from right to left and in a language that other programs copy letter for letter. The longest leaflet is not
among those in large print or beside another language, which take as long as all the others. What the other languages
print is set on small sheets (``tests/typesetting/test_every_language.py``).
``./do publish`` makes them all, and judges each page as it does; so does ``./do test`` before the tests.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cache
from pathlib import Path
from unittest.mock import patch

from plainleaf import pipeline, project
from plainleaf.actions import plan as planning
from plainleaf.artifacts.store import Store
from plainleaf.model import Artifact, Edition
from tests.conftest import ROOT, TODAY

FIRST = "naltrexone-implants"
"""The longest leaflet, with most kinds of blocks."""


COPIED = ("en", "es", "zh_Hans")
"""Languages whose text other programs take from a page letter for letter, which tests of what is on a page need."""


@cache
def content() -> project.Project:
    return project.load(ROOT)


def unchecked() -> AbstractContextManager[object]:
    """While it lasts, translations are not compared with their source: nobody asks for that here, and it takes
    longest."""
    return patch("plainleaf.editions.checks_of_catalog.check", return_value=())


@cache
def editions() -> dict[tuple[str, str], Edition]:
    """Each edition by its leaflet and its locale's name."""
    with unchecked():
        found = [edition for edition, _ in pipeline.editions(content(), pipeline.Choice(), TODAY)]
    return {(edition.slug, edition.locale.name): edition for edition in found}


@cache
def wanted() -> tuple[Artifact, ...]:
    """All that is printed; nothing is prepared for it, which needs a clinic and takes long."""
    plan = planning.plan(replace(content(), clinic=None), [(each, ()) for each in editions().values()])
    return tuple(each for each in plan.wanted if each.layout)


def family(layout: str) -> str:
    """The layout on either paper."""
    return layout.removesuffix("letter").removesuffix("-") or "a4"


def needs(each: Artifact) -> set[tuple[str, ...]]:
    """What a file has that the tests want to see in one at least."""
    layout, kind = content().layouts[each.layout], family(each.layout)
    if each.slug == FIRST and kind in ("bilingual", "large-print"):
        return set()
    where = editions()[each.slug, each.locale].locale
    leftwards = where.direction == "rtl"
    text = kind if kind == "a4" else layout.text
    wanted: set[tuple[str, ...]] = {(each.layout,), (each.slug, text)}
    if kind == "a4":
        wanted.add(("script", where.script))
    if (FIRST, each.locale) in editions():
        wanted.add((each.locale, text))
    if leftwards or each.locale in COPIED:
        wanted.add(("from right to left" if leftwards else "copied", kind))
    return wanted


def covering(artifacts: Iterable[Artifact]) -> Iterator[Artifact]:
    """Few of them that have all that any of them has, as ``needs`` says; of files that have as much, one of a short
    leaflet."""
    there = sorted(artifacts, key=lambda each: (each.slug == FIRST, each.layout, each.slug, each.locale))
    lacking = set().union(*map(needs, there))
    while lacking:
        best = max(there, key=lambda each: len(needs(each) & lacking))
        lacking -= needs(best)
        yield best


@cache
def covered() -> dict[str, Artifact]:
    """What the tests ask for, by path."""
    return {each.path: each for each in covering(wanted())}


def take(build: Path, output: Path) -> None:
    """Copy from a folder that was published what is asked for, with what is noted of it: what is not as the sources say
    now, or was changed by hand, is made anew by a run in ``output``."""
    entries = {path: entry for path, entry in Store(build).entries.items() if path in covered()}
    for name in (name for entry in entries.values() for name in entry.files):
        if (build / name).is_file():
            (output / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(build / name, output / name)
    Store(output).keep_all(entries)


def files(*layouts: str) -> list[Artifact]:
    """What is asked for in these layouts."""
    return [each for _, each in sorted(covered().items()) if each.layout in layouts]


def on_a4(locale: str) -> Artifact:
    """A leaflet on A4, or on letter paper, in a language."""
    return next(each for each in files("a4", "letter") if each.locale == locale)


def names(artifacts: Iterable[Artifact]) -> list[str]:
    """Their files' names, which say which leaflet, language and layout it is."""
    return sorted(Path(each.path).name for each in artifacts)
