"""The readability gate: what ``check`` asks of every edition, and the record of scores that may not get worse.

The build refuses nothing on readability; only ``check`` does. Which score or sentence is an error is for ``judge`` to
say, a score that got worse for ``ratchet``, a waiver that has ended for ``waivers``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from plainleaf import files
from plainleaf.checks.readability import beside, ratchet, waivers
from plainleaf.checks.readability import judge as readability
from plainleaf.checks.readability.judge import Options
from plainleaf.checks.readability.ratchet import Record
from plainleaf.checks.readability.verdicts import Checked, LongSentence, Outcome, Verdict
from plainleaf.files import settings
from plainleaf.languages import facts
from plainleaf.model import Edition, Finding, Severity, has_error
from plainleaf.project import Project, languages, unread

Key = tuple[str, str]  # leaflet, locale


def options(project: Project, today: date) -> tuple[Options, tuple[Finding, ...]]:
    """``[readability]`` of the settings and the recorded scores of a root folder."""
    record, findings = ratchet.read(project.root)
    table = settings.table(project.root).table("readability")
    among = {name: facts.of(locale) for name, locale in project.locales.items()}
    asked = readability.read_options(table, today, record, among)
    return asked, (*findings, *table.findings)


def check(
    project: Project,
    editions: Iterable[Edition],
    today: date,
    *,
    unjudged: Iterable[Key] = (),
    everything: bool = False,
    second_opinion: bool = False,
) -> Checked:
    """What the editions say, each in its own language; ``unjudged`` are those whose errors are to be corrected first.

    ``everything``: all editions were chosen, so that the record and the waivers can be held against them.
    """
    asked, found = options(project, today)
    asked = replace(asked, second_opinion=asked.second_opinion or second_opinion)
    editions = tuple(editions)
    unheld = replace(asked, record=Record())
    judged = [
        readability.judged(edition, readability.measure(edition), asked if _at_home(edition, project) else unheld)
        for edition in editions
    ]
    findings = [*found, *(finding for each in judged for finding in each.findings)]
    used = {edition.locale.name: edition.locale for edition in editions}
    for language in dict.fromkeys(edition.leaflet.language for edition in editions):
        findings += beside.check(project, used.values(), language)
    if everything:
        there = _editions(project, asked.record)
        findings += ratchet.strangers(asked.record, frozenset(there))
        findings += waivers.strangers(asked.waivers, there)
    verdicts = [*(Verdict(*key, Outcome.UNJUDGED) for key in unjudged), *(each.verdict for each in judged)]
    too_long = sorted((one for each in judged for one in each.too_long), key=_badness)
    return Checked(tuple(findings), tuple(verdicts), tuple(too_long))


def _at_home(edition: Edition, project: Project) -> bool:
    """Whether this is the text of the leaflet's own country: another country's has other sentences, and no record.

    Nor has a text whose clinic cannot be read: its placeholders are not filled.
    """
    return project.clinic is not None and project.clinic.country == edition.meta.country


def _badness(one: LongSentence) -> tuple[bool, float, float]:
    """Sorts the worst first over all languages: errors, then what is farthest over its limit, then what gains most."""
    return (one.finding.severity is not Severity.ERROR, -round(one.excess, 2), -one.grades)


def _editions(project: Project, record: Record) -> Sequence[Key]:
    """All editions that there are, by leaflet and locale, and the recorded ones of leaflets that cannot be read."""
    there = [
        (slug, locale)
        for slug, leaflet in project.leaflets.items()
        for locale in dict.fromkeys((leaflet.own_locale, *project.locales))
        if leaflet.meant_for(locale)
    ]
    broken = unread(project.root, project.leaflets)
    unjudged = [(slug, locale) for slug in sorted(broken) for locale in languages(project.root, project.leaflets, ())]
    return (*there, *unjudged, *(key for key in record.values if key[0] in broken))


def keep(project: Project, editions: Iterable[Edition], today: date) -> Path | None:
    """Write today's scores into ``sources/readability.toml``: from now on a leaflet may not get worse than that.

    Entries of editions that are gone are dropped. ``None``, and nothing written, if the record of before cannot be
    read: a damaged file must not let scores fall.
    """
    with files.locked(project.root, files.TEXTS):
        asked, faults = options(project, today)
        if has_error(faults):
            return None
        record = asked.record.without_strangers(frozenset(_editions(project, asked.record)))
        path = project.root / ratchet.FILE
        readings = [readability.measure(edition) for edition in editions if _at_home(edition, project)]
        written = record.with_readings(readings, readability.second_opinion)
        files.Root(project.root).save(path, written.text().encode())
        return path
