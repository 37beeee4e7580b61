"""Waivers: a finding that is let pass, for a reason and until a day. One that is unused or over is itself a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from plainleaf.files.toml import Table
from plainleaf.model import Finding, Location, Severity, Waived
from plainleaf.model.phrases import nearest

CHECK = "readability-waiver"
WAIVED = "readability-waived"


@dataclass(frozen=True, slots=True)
class Waiver:
    """Lets findings of ``check`` in one edition pass. ``where``: a block's id or text of the finding, "" for all."""

    check: str
    leaflet: str
    locale: str
    where: str
    reason: str
    until: date
    at: Location


def read(tables: Iterable[Table], checks: Sequence[str]) -> tuple[Waiver, ...]:
    """The waivers of ``[[readability.waivers]]`` in the settings; mistakes become findings of their table.

    ``checks``: the names of all that may be waived.
    """
    return tuple(waiver for table in tables if (waiver := _one(table, checks)))


def _one(table: Table, checks: Sequence[str]) -> Waiver | None:
    texts = {key: table.string(key) for key in ("check", "leaflet", "locale", "reason")}
    where = table.string("where", "")
    until = table.data.get("until")
    table.asked.append("until")
    if not isinstance(until, date) or isinstance(until, datetime):
        until = None
        table.complain("until", "a waiver needs its last day", "write until = 2027-06-30, without quotes")
    if "reason" in table.data and not texts["reason"].strip():
        table.complain("reason", "this is empty", "say why the text must stay as it is")
    if texts["check"] and texts["check"] not in checks:
        what = f"there is no check “{texts['check']}” that can be waived{nearest(texts['check'], list(checks))}"
        table.complain("check", what, f"one of: {', '.join(checks)}")
        return None
    table.unknown()
    if until is None or not all(text.strip() for text in texts.values()):
        return None
    return Waiver(**texts, where=where, until=until, at=Location(table.file, table.line("check")))


def apply(
    findings: Iterable[Finding], blocks: Iterable[str], waivers: Iterable[Waiver], slug: str, locale: str, today: date
) -> tuple[Finding, ...]:
    """The findings of one edition that no waiver lets pass; a note on each of the others; and findings on its waivers.

    ``blocks`` has, for each finding, the id of its block ("" if it has none).
    """
    own = [waiver for waiver in waivers if (waiver.leaflet, waiver.locale) == (slug, locale)]
    used: set[Waiver] = set()
    kept = []
    for finding, block in zip(findings, blocks, strict=True):
        fits = [waiver for waiver in own if _fits(waiver, finding, block)]
        used.update(fits)
        holding = next((waiver for waiver in fits if waiver.until >= today), None)
        kept.append(_passed(finding, holding) if holding else finding)
    return (*kept, *(found for waiver in own if (found := _about(waiver, waiver in used, today))))


def _passed(finding: Finding, waiver: Waiver) -> Finding:
    """The note that stands in the place of a finding."""
    what = f"let pass until {waiver.until}: {finding.message}; because {waiver.reason} [{finding.check}]"
    waived = Waived(finding.check, finding.severity, finding.message, finding.hint, waiver.reason, at=waiver.at)
    return Finding(WAIVED, Severity.NOTE, what, finding.at, "", finding.po, waived)


def _fits(waiver: Waiver, finding: Finding, block: str) -> bool:
    where = waiver.where.removeprefix("#")
    if finding.severity is Severity.UNMEASURED:
        return False  # what nobody measured is no pass, whatever the reason
    return waiver.check == finding.check and (not where or where == block or where in finding.message)


def _about(waiver: Waiver, used: bool, today: date) -> Finding | None:
    name = f"the waiver of {waiver.check} for {waiver.leaflet} ({waiver.locale})"
    if not used:
        return Finding(CHECK, Severity.WARNING, f"{name} is not used", waiver.at, "delete it")
    if waiver.until < today:
        return Finding(CHECK, Severity.ERROR, f"{name} ended on {waiver.until}", waiver.at, "fix the text")
    return None


def strangers(waivers: Iterable[Waiver], editions: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    """Waivers for leaflets or locales that are not there; ``editions`` are all there are, by leaflet and locale."""
    for waiver in waivers:
        if (waiver.leaflet, waiver.locale) in editions:
            continue
        slugs = [slug for slug, _ in editions]
        if waiver.leaflet in slugs:
            locales = [locale for slug, locale in editions if slug == waiver.leaflet]
            name = f"“{waiver.leaflet}” in “{waiver.locale}”{nearest(waiver.locale, locales)}"
        else:
            name = f"“{waiver.leaflet}”{nearest(waiver.leaflet, slugs)}"
        what = f"this waiver of {waiver.check} is not used: there is no leaflet {name}"
        yield Finding(CHECK, Severity.WARNING, what, waiver.at, "use one that exists, or delete the waiver")
