"""How complete each edition is, told once for each: a translation that is not finished is a state, and no fault.

What stops an edition is found text by text (``messages.localize``); here these findings become one for each edition,
with counts. How grave it is depends on what readers may have in their hands: of a translation that was far along, a
safety text that has changed in the source since is an error, as a PDF of before says the old text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from plainleaf import files
from plainleaf.actions.status import Row, Task
from plainleaf.checks.readability.verdicts import LACKING, NOT_BEGUN
from plainleaf.files.places import WORDS, po_path, shipped
from plainleaf.languages import naming
from plainleaf.model import Edition, Finding, Leaflet, Locale, Location, Severity, State, has_error
from plainleaf.project import Project
from plainleaf.translations import diff as changes
from plainleaf.typesetting import locales

INCOMPLETE, LAPSED = "edition-incomplete", "edition-lapsed"
ONE_BY_ONE = "one by one: plainleaf check --all"
MOST_NAMED = 3  # safety texts of one edition

Found = tuple[Edition, Sequence[Finding]]  # an edition with what was found on it


@dataclass(frozen=True, slots=True)
class Told:
    """What was found, with one finding for all that an edition lacks, and the texts that it lacks one by one."""

    findings: tuple[Finding, ...]
    texts: tuple[Finding, ...]

    def strict(self) -> Told:
        """The same where everything must be complete: what is not is an error."""
        states = {NOT_BEGUN, INCOMPLETE, LAPSED}
        findings = (replace(each, severity=Severity.ERROR) if each.check in states else each for each in self.findings)
        return Told(tuple(findings), tuple(replace(text, severity=Severity.ERROR) for text in self.texts))


def not_begun(leaflet: Leaflet, locale: Locale, command: str = "update", at: Location | None = None) -> Finding:
    """That nobody has begun an edition; ``command`` begins it."""
    what = f"{leaflet.slug}: {locale.english_name} not started; to start: plainleaf {command}"
    return Finding(NOT_BEGUN, Severity.NOTE, what, at or Location(leaflet.at.file))


def unopened(project: Project, leaflets: Sequence[str], names: Sequence[str]) -> Iterator[Finding]:
    """Languages that leaflets name in their heads and that have no folder yet; of those chosen (empty: of all)."""
    for slug, leaflet in project.leaflets.items():
        for name in leaflet.meta.languages if not leaflets or slug in leaflets else ():
            there = name == leaflet.own_locale or name in project.locales
            if not there and naming.usual(name) and (not names or name in names):
                yield not_begun(leaflet, locales.locale(name), f"init {name}", leaflet.meta.languages_at)


def told(found: Iterable[Found], table: Iterable[Row]) -> Told:
    """What to tell of editions with what was found on each; ``table``: how far their translations have come."""
    rows = {(row.domain, row.locale.name): row for row in table}
    findings, texts = dict[Finding, None](), dict[Finding, None]()
    words: dict[str, list[Finding]] = {}  # by locale: what is lacking of the layouts' words
    waiting: dict[str, list[str]] = {}  # by locale: leaflets that wait for these words alone
    for edition, about in found:
        row = rows.get((edition.slug, edition.locale.name))
        own, of_words, others = _parted(about, row, rows.get((WORDS, edition.locale.name)))
        findings |= dict.fromkeys(others)
        if row and own:
            summary = _of_edition(row, own)
            findings[summary] = None
            texts |= dict.fromkeys(_one_by_one(row, own, summary))
        if of_words:
            words.setdefault(edition.locale.name, []).extend(of_words)
            stops = has_error(of_words)  # other words are on none of its pages, or shown in English
            waiting.setdefault(edition.locale.name, []).extend([edition.slug] if stops and not own else [])
    for name, lacking in words.items():
        lacking = list({(each.po, each.at, each.message): each for each in sorted(lacking, key=_gravest)}.values())
        summary = _of_words(rows[WORDS, name], lacking, waiting[name])
        findings[summary] = None
        texts |= dict.fromkeys(replace(each, severity=summary.severity) for each in lacking)
    return Told(tuple(findings), tuple(texts))


def _gravest(finding: Finding) -> int:
    """A key that puts the gravest last."""
    return (Severity.UNMEASURED, Severity.NOTE, Severity.WARNING, Severity.ERROR).index(finding.severity)


def _parted(
    about: Iterable[Finding], row: Row | None, words: Row | None
) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """What is lacking of the edition's texts, of the layouts' words, and all else.

    Only texts that are still to do count: a translation that is there, and is English, is found under the same name.
    """
    places = {task.po for each in (row, words) if each for task in each.tasks}
    own: list[Finding] = []
    of_words: list[Finding] = []
    others: list[Finding] = []
    for each in about:
        if each.check == NOT_BEGUN:
            others.append(replace(each, severity=Severity.NOTE))
        elif each.check in LACKING and each.po and (not each.po.line or each.po in places):
            (of_words if PurePosixPath(each.po.file).stem == WORDS else own).append(each)
        else:
            others.append(each)
    return own, of_words, others


def _of_edition(row: Row, own: Sequence[Finding]) -> Finding:
    assert own[0].po
    file = Location(own[0].po.file)
    what = f"{row.domain}: {row.locale.english_name}: {_counts(row, 'texts')}"
    if all(each.severity is Severity.WARNING for each in own):
        what += "; the others are printed in the language of the source"
        return Finding(INCOMPLETE, Severity.WARNING, f"{what}; {ONE_BY_ONE}", file)
    lapsed = _lapsed(row)
    if not lapsed:
        severity = Severity.WARNING if _far(row) else Severity.NOTE
        return Finding(INCOMPLETE, severity, f"{what}; {ONE_BY_ONE}", file)
    many = len(lapsed) > 1
    named = "; ".join(f"“{changes.marked(task.change)}”" for task in lapsed[:MOST_NAMED])
    named += f"; and {len(lapsed) - MOST_NAMED} more" if len(lapsed) > MOST_NAMED else ""
    what += f"; {named} {'have' if many else 'has'} changed since. "
    what += "They are safety messages" if many else "It is a safety message"
    hint = (
        f"run “plainleaf update” and translate {'them' if many else 'it'} again; until then this edition is not made, "
        "and earlier PDFs of it are out of date: do not hand them out"
    )
    severity = Severity.ERROR if _far(row) else Severity.WARNING
    return Finding(LAPSED, severity, what, lapsed[0].at, hint, lapsed[0].po or file)


def _counts(row: Row, what: str) -> str:
    """ "12 of 37 texts translated, 3 out of date, 1 marked fuzzy"."""
    stale = sum(task.stale for task in row.tasks)
    fuzzy = row.fuzzy - sum(task.stale and task.state is State.FUZZY for task in row.tasks)
    begun = "" if row.done or stale or fuzzy else "started, "
    parts = [f"{begun}{row.done} of {row.messages} {what} translated"]
    parts += [f"{stale} out of date"] if stale else []
    parts += [f"{fuzzy} marked fuzzy"] if fuzzy else []
    return ", ".join(parts)


def _far(row: Row) -> bool:
    """Whether it may have been handed out: it was approved, or most of it is translated, or was before a change."""
    fresh = sum(task.state is State.UNTRANSLATED and not task.stale for task in row.tasks)
    return row.standing is not None or 2 * fresh < row.messages


def _lapsed(row: Row) -> list[Task]:
    return [task for task in row.tasks if task.safety and task.stale]


def _one_by_one(row: Row, own: Iterable[Finding], summary: Finding) -> Iterator[Finding]:
    """The texts that an edition lacks, as grave as its one finding; of an error only those that make it one."""
    grave = {(task.at, task.po) for task in _lapsed(row)}
    for each in own:
        is_grave = (each.at, each.po if each.po and each.po.line else None) in grave
        severity = Severity.WARNING if summary.severity is Severity.ERROR and not is_grave else summary.severity
        yield replace(each, severity=severity)


def _of_words(row: Row, lacking: Sequence[Finding], waiting: Sequence[str]) -> Finding:
    assert lacking[0].po
    what = f"{WORDS}: {row.locale.english_name}: {_counts(row, 'words')}"
    if waiting:
        many = sum(each.severity is Severity.ERROR for each in lacking)
        others = "the others" if many == len(lacking) else f"{many} more, which its pages print"
        what += f"; {', '.join(waiting)} {'wait' if len(waiting) > 1 else 'waits'} for {others}"
    elif any(each.severity is Severity.WARNING for each in lacking):
        what += "; the others are printed in English"
    severity = Severity.WARNING if waiting else Severity.NOTE
    at, hint = Location(lacking[0].po.file), ""
    if not row.done and not row.fuzzy and files.there(po_path(shipped("locales").parent, row.locale.name, WORDS)):
        hint = "delete this file: these words come with Plainleaf, and nothing in it is translated"
    return Finding(INCOMPLETE, severity, f"{what}; {ONE_BY_ONE}", at, hint)
