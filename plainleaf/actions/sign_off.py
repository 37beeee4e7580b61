"""Signing a source off: a clinician has read a leaflet as it is written, and whether that still holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from plainleaf.actions import approve as approving
from plainleaf.actions.approve import Signed
from plainleaf.approvals import seals, signatures
from plainleaf.approvals.seals import Standing, Subject
from plainleaf.approvals.signatures import SIGN_OFFS
from plainleaf.files import writing as files
from plainleaf.model import Approval, Edition, Finding, Leaflet, Location, Severity
from plainleaf.project import Project, sign_offs_path


def subject(project: Project, leaflet: Leaflet) -> Subject:
    """What a sign-off covers: what an approval does, without translations and the words of layouts."""
    return seals.subject(leaflet, _untranslated, (), _untranslated, project.root)


def _untranslated(context: str, text: str) -> None:
    """There is no translation of a source."""


def standing(project: Project, leaflet: Leaflet, today: date = date.max) -> Standing | None:
    """The sign-off of a leaflet with all that has changed since; ``None`` if nobody has signed it off."""
    kept = project.sign_offs.records.get(leaflet.slug)
    return seals.standing(kept, subject(project, leaflet), today=today) if kept else None


def held(project: Project, leaflet: Leaflet, today: date) -> Approval | None:
    """Who has signed a leaflet off as it is now."""
    found = standing(project, leaflet, today)
    return found.approval if found and found.holds else None


def sign_off(project: Project, edition: Edition, found: Iterable[Finding], by: str, today: date) -> Signed:
    """Sign a source off. ``edition`` is the one in its own language, ``found`` what was found on it: no error may be
    open.

    The file is read anew: somebody else may have signed meanwhile, and both are kept. Raises ``OSError``.
    """
    with files.locked(project.root, files.TEXTS):
        return _sign_off(project, edition, found, by, today)


def _sign_off(project: Project, edition: Edition, found: Iterable[Finding], by: str, today: date) -> Signed:
    path, slug, leaflet = sign_offs_path(project.root), edition.slug, edition.leaflet
    about = subject(project, leaflet)
    own = signatures.read(path, project.root, SIGN_OFFS)
    fixed = own.void.get(slug)  # signing anew puts it right
    open_ = [finding for finding in found if finding.severity is Severity.ERROR and finding != fixed]
    open_ += [finding for other, finding in own.void.items() if other != slug]
    open_ += [own.unreadable] if own.unreadable else []
    at = Location(path.relative_to(project.root).as_posix())
    printed = [edition.locale, *(locale for name, locale in project.locales.items() if leaflet.meant_for(name))]
    for locale in printed:
        open_ += approving.faults_of_name(by, locale, at, SIGN_OFFS)
    if open_:
        return Signed(None, about, tuple(dict.fromkeys(open_)))
    kept = seals.record(about, by, today)
    signatures.write(path, dict(own.records) | {slug: kept}, project.root, SIGN_OFFS)
    return Signed(path, about, tuple(finding for finding in found if finding != fixed))
