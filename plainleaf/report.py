"""Findings and results as text for people. Makes strings; printing is the CLI's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plainleaf.model import Artifact, Finding, Severity
from plainleaf.translating import Progress

_ORDER = (Severity.UNMEASURED, Severity.WARNING, Severity.ERROR)  # what matters most stands last, above the prompt


def findings(found: Iterable[Finding]) -> str:
    """Each finding as its place, what is wrong, and how to mend it; the gravest last."""
    ordered = sorted(found, key=lambda finding: (_ORDER.index(finding.severity), finding.at))
    return "\n".join(_finding(finding) for finding in ordered)


def _finding(finding: Finding) -> str:
    lines = [f"{finding.at}: {finding.severity.value}: {finding.message} [{finding.check}]"]
    if finding.po and finding.po != finding.at:
        lines.append(f"    translation: {finding.po}")
    if finding.hint:
        lines.append(f"    to mend it: {finding.hint}")
    return "\n".join(lines)


def tally(found: Sequence[Finding]) -> str:
    """How many findings of each kind, in words."""
    counts = {severity: sum(finding.severity is severity for finding in found) for severity in reversed(_ORDER)}
    parts = [
        _count(counts[Severity.ERROR], "error", "errors"),
        _count(counts[Severity.WARNING], "warning", "warnings"),
        *([f"{counts[Severity.UNMEASURED]} not measured"] if counts[Severity.UNMEASURED] else []),
    ]
    return ", ".join(parts)


def _count(number: int, one: str, many: str) -> str:
    return f"{number or 'no'} {one if number == 1 else many}"


def rows(artifacts: Sequence[Artifact]) -> tuple[tuple[str, str, str, str], ...]:
    """The table at the end of a run: leaflet, language, what was made ("a4 4 p., large-print 9 p."), state."""
    table = []
    for slug, locale in dict.fromkeys((artifact.slug, artifact.locale) for artifact in artifacts):
        own = [artifact for artifact in artifacts if (artifact.slug, artifact.locale) == (slug, locale)]
        made = ", ".join(f"{artifact.layout} {artifact.pages} p." for artifact in own if artifact.pages)
        table.append((slug, locale, made or "nothing", _state(own)))
    return tuple(table)


def _state(own: Sequence[Artifact]) -> str:
    if not all(artifact.fresh for artifact in own):
        return "OUT OF DATE: kept from an earlier run" if any(artifact.pages for artifact in own) else "NOT MADE"
    return "draft translation" if own[0].draft else "ready"


STATUS_HEADINGS = ("leaflet", "language", "done", "fuzzy", "untranslated", "words to do", "safety strings to do")


def status_rows(states: Iterable[Progress]) -> tuple[tuple[str, ...], ...]:
    """The rows of the status table."""
    return tuple(
        (
            state.domain,
            state.locale,
            "cannot be read" if state.broken else f"{state.done * 100 // max(state.messages, 1)} %",
            str(state.fuzzy),
            str(state.untranslated),
            str(state.words),
            str(state.safety),
        )
        for state in states
    )
