"""Findings and results as text for people. Makes strings; printing is the CLI's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from plainleaf.checks.readability.verdicts import LACKING
from plainleaf.model import Artifact, Finding, Location, Severity
from plainleaf.model.phrases import counted
from plainleaf.translations import diff as changes

if TYPE_CHECKING:  # rooms that take long to open, and that a run of "check" with nothing changed never enters
    from plainleaf.actions.status import Row, Source, Task
    from plainleaf.approvals.seals import Lapse

MOST_ALIKE = 5  # texts of one file that are still to be translated, before the rest is only counted
# What matters most stands last, above the prompt.
_ORDER = (Severity.UNMEASURED, Severity.NOTE, Severity.WARNING, Severity.ERROR)


def wrong(found: Iterable[Finding]) -> Iterable[Finding]:
    """What is wrong, without notes on the state of the work."""
    return (finding for finding in found if finding.severity is not Severity.NOTE)


def findings(found: Iterable[Finding], everything: bool = False) -> str:
    """Each finding as its place, what is wrong, and how to fix it; the gravest last.

    Unless ``everything`` is asked for, texts of one file that are still to be translated are counted after the first.
    """
    ordered = sorted(found, key=lambda finding: (_ORDER.index(finding.severity), finding.at))
    seen: Counter[tuple[str, str]] = Counter()
    lines = []
    for finding in ordered:
        kind = (finding.check, finding.po.file if finding.po else "")
        seen[kind] += 1
        if everything or finding.check not in LACKING or seen[kind] <= MOST_ALIKE:
            lines.append(_finding(finding))
    for (check, file), count in seen.items():
        if not everything and check in LACKING and count > MOST_ALIKE:
            lines.append(
                f"{file}: and {count - MOST_ALIKE} more texts like these [{check}]; plainleaf status counts them"
            )
    return "\n".join(lines)


def _finding(finding: Finding) -> str:
    lines = [f"{finding.at}: {finding.severity.value}: {finding.message} [{finding.check}]"]
    if finding.po and finding.po != finding.at:
        lines.append(f"    translation: {finding.po}")
    if finding.hint:
        lines.append(f"    How to fix: {finding.hint}")
    return "\n".join(lines)


def more(found: Iterable[Finding]) -> str:
    """Where to read more about the gravest finding: one line, "" if nothing was found."""
    gravest = max(found, key=lambda finding: _ORDER.index(finding.severity), default=None)
    return f"To learn more about a finding: plainleaf explain {gravest.check}" if gravest else ""


def tally(found: Sequence[Finding]) -> str:
    """How many findings of each kind, in words."""
    counts = {severity: sum(finding.severity is severity for finding in found) for severity in reversed(_ORDER)}
    parts = [
        counted(counts[Severity.ERROR], "error"),
        counted(counts[Severity.WARNING], "warning"),
        *([counted(counts[Severity.NOTE], "note")] if counts[Severity.NOTE] else []),
        *([f"{counts[Severity.UNMEASURED]} not measured"] if counts[Severity.UNMEASURED] else []),
    ]
    return ", ".join(parts)


MOST_EDITIONS = 200  # that anybody reads in a table on a terminal


def rows(
    artifacts: Sequence[Artifact], not_begun: Container[tuple[str, str]] = ()
) -> tuple[tuple[str, str, str, str], ...]:
    """The table at the end of a run: leaflet, language, what was made ("a4 4 p., large-print 9 p."), state.

    ``not_begun``: the translations, as (leaflet, locale), of which nobody has written anything. Of more than
    ``MOST_EDITIONS`` only those with a file that is not up to date.
    """
    editions = dict[tuple[str, str], list[Artifact]]()
    for artifact in artifacts:
        editions.setdefault((artifact.slug, artifact.locale), []).append(artifact)
    if len(editions) > MOST_EDITIONS:
        editions = {key: own for key, own in editions.items() if not all(artifact.fresh for artifact in own)}
    table = []
    for (slug, locale), own in editions.items():
        made = ", ".join(_made(artifact) for artifact in own if artifact.made)
        table.append((slug, locale, made or "nothing", _state(own, (slug, locale) not in not_begun)))
    return tuple(table)


LARGER = "(larger size): too long for the layout's usual size; the print list says on which paper to print it"
SHRUNK = "(shrunk): set closer or smaller so that it fits, never below the layout's least size; publish --why says how"


def _made(artifact: Artifact) -> str:
    size = f"{artifact.pages} p." if artifact.pages else artifact.size
    return f"{artifact.label} {size}" + (" (larger size)" if artifact.larger else " (shrunk)" if artifact.note else "")


def on_fitting(artifacts: Sequence[Artifact]) -> Iterator[str]:
    """What the remarks in the table mean, and which texts were left out or put on larger paper."""
    if any(artifact.larger for artifact in artifacts):
        yield LARGER
    if any(artifact.note and not artifact.larger for artifact in artifacts):
        yield SHRUNK
    yield from (f"{artifact.path}: {artifact.changed}" for artifact in artifacts if artifact.changed)


def _state(own: Sequence[Artifact], begun: bool) -> str:
    """What there is to say of an edition. What failed is named, unless all of it did."""
    old = [artifact for artifact in own if not artifact.fresh]
    gone, kept = ([artifact for artifact in old if artifact.made is there] for there in (False, True))
    parts = []
    if gone:
        parts.append("NOT MADE" + _named(gone, own) if begun else "not started")
    if kept:
        since = min((artifact.since for artifact in kept if artifact.since), default=None)
        parts.append(f"OUT OF DATE{f' since {since}' if since else ''}{_named(kept, own)}: kept from an earlier run")
    if len(old) < len(own):
        parts.append("draft translation" if own[0].draft else "ready" if own[0].reviewed else "sample for review")
    return "; ".join(parts)


def _named(some: Sequence[Artifact], own: Sequence[Artifact]) -> str:
    return "" if len(some) == len(own) else f" ({', '.join(artifact.label for artifact in some)})"


STATUS_HEADINGS = (
    "leaflet", "language", "done", "fuzzy", "untranslated", "words to do", "safety texts to do", "approved",
)  # fmt: skip
SOURCE_HEADINGS = ("leaflet", "written in", "signed off")
MOST_TEXTS = 20  # of one translation, on a terminal


def source_rows(written: Iterable[Source]) -> tuple[tuple[str, ...], ...]:
    """The rows of the table of sources."""
    return tuple((source.leaflet.slug, source.leaflet.language, source.sign_off) for source in written)


def status_rows(table: Iterable[Row]) -> tuple[tuple[str, ...], ...]:
    """The rows of the status table."""
    return tuple(
        (
            row.domain,
            row.locale.name,
            "could not be read" if row.broken else f"{row.percent} %",
            str(row.fuzzy),
            str(row.untranslated),
            str(row.words),
            str(row.safety),
            row.approval,
        )
        for row in table
    )


def status_changes(written: Iterable[Source], table: Iterable[Row]) -> str:
    """What has changed in the source since it was signed off, and since each translation was made or approved, word by
    word."""
    parts = []
    for source in written:
        texts = [_lapse(lapse, "sign-off") for lapse in source.lapses]
        parts += _told(f"{source.leaflet.slug}, the source:", texts)
    for row in table:
        texts = [_lapse(lapse, "approval") for lapse in row.lapses]
        told = {lapse.text for lapse in row.lapses}
        texts += [_task(task) for task in row.tasks if task.was and task.text not in told]
        parts += _told(f"{row.domain}, {row.locale.name}:", texts)
    return "\n\n".join(parts)


def _told(heading: str, texts: Sequence[str]) -> list[str]:
    """Some texts below a heading, as one paragraph; nothing if there are none."""
    more = [f"  and {len(texts) - MOST_TEXTS} more: --json lists them all"] if len(texts) > MOST_TEXTS else []
    return ["\n".join([heading, *texts[:MOST_TEXTS], *more])] if texts else []


def _lapse(lapse: Lapse, what: str) -> str:
    text = changes.marked(lapse.change)
    said = changes.marked(lapse.change_said)
    more = (f": {text}" if text else "") + (f" -> {said}" if said else "")
    return f"  lapsed the {what}: {lapse.why.value}{more}" + _places(lapse.at, lapse.po)


def _task(task: Task) -> str:
    kind = f"{'safety text, ' if task.safety else ''}{task.state.value}"
    return f"  {kind}: {changes.marked(task.change)}" + _places(task.at, task.po)


def _places(*places: Location | None) -> str:
    there = [str(place) for place in places if place]
    return f" ({', '.join(there)})" if there else ""
