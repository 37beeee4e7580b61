"""What the pages of an edition for screens may lead to: what lies in the output folder once a run is over."""

from __future__ import annotations

from collections.abc import Collection

from plainleaf.model import Edition, Layout
from plainleaf.model.links import Links
from plainleaf.project import Project
from plainleaf.typesetting import locales, pseudo

# CLDR, supplemental/measurementData: paperSize
_ON_LETTER = {"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"}


def links(project: Project, edition: Edition, index: str, lying: Collection[str]) -> Links:
    """``index``: the name of an edition's page in its folder; ``lying``: the paths of files, from the output folder."""
    slug = edition.slug
    there = {edition.leaflet.own_locale: None} | dict.fromkeys(project.locales)
    others = [name for name in there if name not in pseudo.NAMES]
    found = [name for name in others if f"{slug}/{_tag(project, name)}/{index}" in lying]
    papers = sorted(filter(_is_plain, project.layouts.values()), key=lambda layout: _rank(project, layout))
    paths = (f"{slug}/{slug}.{edition.locale.tag}.{layout.name}.pdf" for layout in papers)
    return Links(tuple(found), next((path for path in paths if path in lying), ""))


def _tag(project: Project, name: str) -> str:
    return (project.locales.get(name) or locales.locale(name)).tag


def _is_plain(layout: Layout) -> bool:
    """Whether it has the whole text in one language."""
    return layout.text == "full" and not layout.beside


def _rank(project: Project, layout: Layout) -> tuple[bool, bool, float, str]:
    """The best to print at home: page by page, on paper that people there have, as large as it is usually read."""
    letter = layout.page_width_mm > _A4_MM
    at_home = project.clinic is not None and project.clinic.country in _ON_LETTER
    imposed = layout.press is not None and layout.press.scheme is not None
    return imposed, letter != at_home, layout.body_pt, layout.name


_A4_MM = 212  # wider than that is letter paper
