"""What files, days and clinics are called on pages for staff."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from plainleaf.formats.base import FORMATS
from plainleaf.layouts import excerpts
from plainleaf.model import USUAL_FORMAT, Artifact
from plainleaf.project import Project
from plainleaf.typesetting import locales


def handed_out_first(project: Project, own: Sequence[Artifact]) -> list[Artifact]:
    """Files of an edition, the sheet that most clinics hand out before the others."""

    def is_sheet(file: Artifact) -> bool:
        return bool(file.layout) and project.layout_of(file).text == excerpts.SHORT_OR_FULL

    return sorted(own, key=lambda file: not is_sheet(file))


def title_of(project: Project, file: Artifact) -> str:
    """What a file is called: its layout, the look it is printed in, the language that stands beside; the format unless
    it is the usual one."""
    form = FORMATS[file.format]
    title = form.title
    if file.layout:
        title = project.layout_of(file).title + (f", {form.title}" if file.format != USUAL_FORMAT else "")
    if file.beside:
        title += f", beside {locales.locale(file.beside).english_name}"
    return ", ".join((title, *(project.looks[look].title for look in file.looks)))


def clinic(project: Project) -> str:
    """The clinic's name; what stands for it if there is no clinic."""
    return project.clinic.name if project.clinic else "your clinic"


def country(project: Project) -> str:
    """The clinic's country, an ISO 3166 code; "" if there is no clinic."""
    return project.clinic.country if project.clinic else ""


def long_day(day: date | None, country: str) -> str:
    """A day in English words, as a country writes it; "" for none."""
    return locales.long_date(day, locales.locale("en"), country) if day else ""


def link(path: str) -> str:
    """A path below a folder as an address: leaflets may have any name."""
    return quote(path, safe="/+")
