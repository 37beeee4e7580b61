"""The shipped leaflets, and which of their files the tests ask for.

Not every leaflet in every language and layout: each leaflet in each family of layouts, and the first in each layout,
with another language each time. ``./do publish`` makes them all, and judges each page as it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from plainleaf import pipeline, project
from plainleaf.actions import plan as planning
from plainleaf.model import Artifact, Edition
from tests.conftest import ROOT, TODAY

FIRST = "naltrexone-implants"
"""The longest leaflet, with most kinds of blocks."""


@cache
def content() -> project.Project:
    return project.load(ROOT)


@cache
def editions() -> dict[tuple[str, str], Edition]:
    """Each edition by its leaflet and its locale's name."""
    found = (edition for edition, _ in pipeline.editions(content(), pipeline.Choice(), TODAY))
    return {(edition.slug, edition.locale.name): edition for edition in found}


@cache
def wanted() -> tuple[Artifact, ...]:
    """All that is published; nothing is prepared for it, which needs a clinic and takes long."""
    return tuple(planning.plan(replace(content(), clinic=None), [(each, ()) for each in editions().values()]).wanted)


def family(layout: str) -> str:
    """The layout on either paper."""
    return layout.removesuffix("letter").removesuffix("-") or "a4"


def covering(artifacts: Iterable[Artifact]) -> Iterator[Artifact]:
    """A part of them that has each leaflet in each family of layouts, and the first one's a4 and card in each language
    and its other layouts in two. Which language and paper goes from one leaflet and layout to the next."""
    groups = dict[tuple[str, str], list[Artifact]]()
    for each in artifacts:
        groups.setdefault((each.slug, each.layout if each.slug == FIRST else family(each.layout)), []).append(each)
    for turn, ((slug, layout), group) in enumerate(sorted(groups.items())):
        group.sort(key=lambda each: (each.locale, each.layout))
        if slug != FIRST:
            yield group[3 * turn % len(group)]
        elif layout in ("a4", "wallet-card"):
            yield from group
        else:
            yield from {group[at % len(group)].path: group[at % len(group)] for at in (turn, turn + 2)}.values()


@cache
def covered() -> dict[str, Artifact]:
    """What the tests ask for, by path."""
    return {each.path: each for each in covering(wanted())}


def pairs(*layouts: str) -> list[tuple[str, str]]:
    """The locales and layouts, of these, in which the first leaflet is asked for."""
    return [(each.locale, each.layout) for each in covered().values() if each.slug == FIRST and each.layout in layouts]


def names(artifacts: Iterable[Artifact]) -> list[str]:
    """Their files' names, which say which leaflet, language and layout it is."""
    return sorted(Path(each.path).name for each in artifacts)
