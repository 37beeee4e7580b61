"""Signing a source off: a clinician has read a leaflet as it is written, and whether that still holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from plainleaf import files
from plainleaf.actions import page_words, signing
from plainleaf.actions.page_words import Shared
from plainleaf.actions.signing import Page, Signed
from plainleaf.approvals import contents, seals
from plainleaf.approvals.contents import Detail, Subject
from plainleaf.approvals.seals import Standing
from plainleaf.approvals.signatures import SIGN_OFFS
from plainleaf.model import Edition, Finding, Leaflet, Location, Severity
from plainleaf.project import Project, sign_offs_path
from plainleaf.sources import template


def subject(project: Project, leaflet: Leaflet, of_layouts: Shared, clinics: Sequence[str] | None = None) -> Subject:
    """What a sign-off covers: what an approval does, without translations, and the clinic's details; ``clinics``: the
    names of those whose details count (without it the one that the run is for)."""
    names = [project.clinic_name] if clinics is None else clinics
    words = page_words.of_source(project, leaflet, of_layouts, names)
    review = leaflet.meta.review_by
    more = [Detail("review date", str(review), leaflet.at)]
    complete = page_words.complete(project)
    return contents.subject(leaflet, _untranslated, words, project.root, more, review, complete)


def _untranslated(context: str, text: str) -> None:
    """There is no translation of a source."""


def page(project: Project, slug: str) -> Page:
    """Where the sign-offs stand."""
    path = sign_offs_path(project.root).relative_to(project.root)
    return Page(SIGN_OFFS, path, slug, project.sign_offs, project.signers, project.settings)


def standing(project: Project, leaflet: Leaflet, of_layouts: Shared, today: date = date.max) -> Standing | None:
    """The sign-off of a leaflet with all that has changed since; ``None`` if nobody has signed it off."""
    now = partial(subject, project, leaflet, of_layouts)
    return signing.standing(page(project, leaflet.slug), now, today)


def in_the_way(found: Iterable[Finding]) -> list[Finding]:
    """What was found on a source that keeps it from being signed off, as errors: errors, and sentences of the template
    that nobody has replaced, which are a warning only while the leaflet is being written."""
    every = tuple(found)
    return [each for each in every if each.severity is Severity.ERROR] + [
        replace(each, severity=Severity.ERROR) for each in every if each.check == template.CHECK
    ]


def sign_off(
    project: Project,
    edition: Edition,
    found: Iterable[Finding],
    of_layouts: Shared,
    by: str,
    today: date,
    key: Path | None = None,
) -> Signed:
    """Sign a source off, with a ``key`` if there is one. ``edition`` is the one in its own language, ``found`` what was
    found on it: no error may be open.

    The file is read anew: somebody else may have signed meanwhile, and both are kept. Raises ``OSError``.
    """
    with files.locked(project.root, files.TEXTS):
        slug, leaflet = edition.slug, edition.leaflet
        about = subject(project, leaflet, of_layouts, project.clinics)
        own = signing.reread(page(project, slug), project.root)
        fixed = signing.faults(own, today)  # signing anew puts them right
        found = tuple(found)
        open_ = in_the_way(each for each in found if each not in fixed)
        open_ += own.there.others(slug)
        printed_in = [edition.locale, *(locale for name, locale in project.locales.items() if leaflet.meant_for(name))]
        for locale in printed_in:
            open_ += signing.faults_of_name(by, locale, Location(own.file.as_posix()), SIGN_OFFS)
        if open_:
            return Signed(None, about, tuple(dict.fromkeys(open_)))
        left = [finding for finding in found if finding not in fixed]
        return signing.written(own, about, seals.record(about, by, today), key, today, project.root, left)
