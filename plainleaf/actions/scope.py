"""What was found when files were read, as far as it concerns what a run is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from plainleaf.files.places import WORDS
from plainleaf.layouts.file import BASE, SOURCE
from plainleaf.model import Finding, Layout, Location
from plainleaf.project import Project


def seconds(project: Project, formats: Iterable[Layout]) -> set[str]:
    """The names of the locales that layouts set beside others."""
    named = {layout.beside for layout in formats if layout.beside}
    own = {leaflet.own_locale for leaflet in project.leaflets.values()}
    return (named - {SOURCE}) | (own if SOURCE in named else set())


def within(
    project: Project, leaflets: Collection[str], locales: Collection[str], layouts: Collection[str], beside: str = ""
) -> list[Finding]:
    """The project's findings but for those on leaflets, languages and layouts that are not asked for; empty means all.

    ``beside``: the second language that is asked for. What is wrong with the settings or the clinic concerns every run.
    """
    if not all(name in project.layouts for name in layouts):
        layouts = ()  # what keeps one from being used may lie in another that it is like
    formats = [project.layouts[name] for name in layouts or project.layouts]
    printed = {name for layout in formats for name in (layout.name, layout.like)} | {BASE}
    spoken = {*locales, *seconds(project, formats), beside}

    def asked(at: Location) -> bool:
        match at.file.split("/"):
            case ["layouts", name, _, *_]:
                return not layouts or name in printed
            case ["locales", name, _, *_] if locales and name not in spoken:
                return False
            case ["locales", _, _, catalog] if leaflets:
                return catalog.removesuffix(".po") in (*leaflets, WORDS)
            case ["sources", name] if leaflets and name.endswith(".md"):
                return name.removesuffix(".md") in leaflets
        return True

    return [finding for finding in project.findings if asked(finding.at)]
