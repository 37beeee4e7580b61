"""Signing a translation off, and whether what was signed still stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from plainleaf import files
from plainleaf.actions import page_words, signing
from plainleaf.actions.page_words import Shared
from plainleaf.actions.signing import Page, Signed
from plainleaf.approvals import contents, seals, sheets
from plainleaf.approvals.contents import Said, Subject
from plainleaf.approvals.records import Waived
from plainleaf.approvals.seals import Standing
from plainleaf.approvals.signatures import APPROVALS, Approvals
from plainleaf.checks.translation import catalog as checks
from plainleaf.checks.translation import every as translation
from plainleaf.checks.translation import ignoring
from plainleaf.files.places import WORDS, po_path
from plainleaf.model import Edition, Finding, Leaflet, Locale, Location, Message, Severity
from plainleaf.project import Project, approvals_path
from plainleaf.translations.po import Catalog


def subject(
    project: Project, leaflet: Leaflet, locale: Locale, of_layouts: Shared, clinics: Sequence[str] | None = None
) -> Subject:
    """What an approval of this translation covers; ``of_layouts``: what layouts print, ``clinics``: the names of those
    whose words count (without it the one that the run is for)."""
    lookup = project.lookup(locale.name, leaflet.slug)
    names = [project.clinic_name] if clinics is None else clinics
    words = page_words.of_translation(project, leaflet, locale, of_layouts, names)
    complete = page_words.complete(project)
    return contents.subject(leaflet, lookup, words, project.root, complete=complete)


def page(project: Project, slug: str, locale: str) -> Page:
    """Where the approvals of a locale's translations stand."""
    path = approvals_path(project.root, locale).relative_to(project.root)
    there = project.approvals.get(locale, Approvals())
    return Page(APPROVALS, path, slug, there, project.signers, project.settings)


def standing(
    project: Project, leaflet: Leaflet, locale: Locale, of_layouts: Shared, today: date = date.max
) -> Standing | None:
    """The approval of this translation with all that has changed since; ``None`` if nobody has approved it."""
    catalog = project.catalogs.get((locale.name, leaflet.slug))
    now = partial(subject, project, leaflet, locale, of_layouts)
    own = page(project, leaflet.slug, locale.name)
    return signing.standing(own, now, today, lambda key: previous(catalog, key))


def previous(catalog: Catalog | None, key: tuple[str, str]) -> str:
    """The source text that a fuzzy translation was made for, as the catalog notes it (``#|``); "" if it does not."""
    entry = catalog.live.get(key) if catalog else None
    return entry.previous[1] if entry and entry.previous else ""


def approve(
    project: Project,
    edition: Edition,
    found: Iterable[Finding],
    of_layouts: Shared,
    by: str,
    today: date,
    key: Path | None = None,
    sheet: str = "",
) -> Signed:
    """Sign a translation off, with a ``key`` if there is one. ``found`` is what was found on the edition: no error may
    be open, and on a safety text no warning either. ``sheet``: the digest on the review sheet that was signed on paper.

    The file is read anew: somebody else may have signed meanwhile, and both are kept.
    """
    with files.locked(project.root, files.TEXTS):
        locale, slug = edition.locale, edition.slug
        about = subject(project, edition.leaflet, locale, of_layouts, project.clinics)
        own = signing.reread(page(project, slug, locale.name), project.root)
        fixed = signing.faults(own, today)  # signing anew puts them right
        open_ = [finding for finding in found if finding.severity is Severity.ERROR and finding not in fixed]
        open_ += _unsettled(found, about, by)
        open_ += own.there.others(slug)
        open_ += signing.faults_of_name(by, locale, Location(own.file.as_posix()), APPROVALS)
        now = sheets.digest(about, slug, locale.name)
        if sheet and not sheets.same(sheet, now):
            what = f"the sheet “{sheet}” was printed of other texts: today's have the digest “{now}”"
            hint = f"print a new sheet, and have that signed: plainleaf review {locale.name} {slug}"
            open_.append(Finding("approval-sheet", Severity.ERROR, what, Location(own.file.as_posix()), hint))
        if (locale.name, slug) not in project.broken and (locale.name, WORDS) not in project.broken:
            refused = {finding.po for finding in open_}
            file = po_path(project.root, locale.name, slug).relative_to(project.root).as_posix()
            open_ += [
                finding for said in about.texts if (finding := _unchecked(said, file)) and finding.po not in refused
            ]
        if open_:
            return Signed(None, about, tuple(dict.fromkeys(open_)))
        new = seals.record(about, by, today, _waived(project, edition.leaflet, locale, of_layouts.words))
        left = [finding for finding in found if finding not in fixed]
        return signing.written(own, about, new, key, today, project.root, left)


def _unsettled(found: Iterable[Finding], about: Subject, by: str) -> Iterator[Finding]:
    """Warnings on safety texts. A lost “not” is only a guess of a word list; but nobody signs over it unseen."""
    safety = {
        said.translation.at: said
        for said in (*about.texts, *about.words)
        if said.message.safety and said.translation is not None
    }
    for finding in found:
        said = safety.get(finding.po) if finding.po else None
        if not said or not said.translation or finding.severity is not Severity.WARNING:
            continue
        what = f"{finding.message}; on a safety text this must be settled before anybody can approve it"
        hint = finding.hint
        if finding.check in translation.IDS:
            comment = ignoring.signed([finding.check], by, ignoring.code(said.message, said.translation.text))
            hint = f"fix the translation ({hint}); or, if it is right, say why in a comment on its entry: {comment}"
        yield replace(finding, severity=Severity.ERROR, message=what, hint=hint)


def _waived(project: Project, leaflet: Leaflet, locale: Locale, words: Sequence[Message]) -> tuple[Waived, ...]:
    """The findings that translators have set aside in what is approved."""
    catalog, own_words = (project.catalogs.get((locale.name, domain)) for domain in (leaflet.slug, WORDS))
    terms = project.terms.get(locale.name, {})
    about = checks.Subject(leaflet, locale, catalog, words, own_words, project.root, terms) if catalog else None
    waived = checks.waived(about) if about else ()
    return tuple(dict.fromkeys(Waived(one.check, message.text, one.waived, one.by) for message, one in waived))


def _unchecked(said: Said, file: str) -> Finding | None:
    """A text that may be printed in the source's language, but that nobody can approve."""
    if said.current:
        return None
    state = said.translation.state.value if said.translation else "missing"
    what = f"“{said.message.text}” is {state}: there is nothing to approve yet"
    at = said.translation.at if said.translation else Location(file)
    return Finding(f"po-{state}", Severity.ERROR, what, said.message.at[0], "translate it first", at)
