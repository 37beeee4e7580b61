"""Where files came from: in sentences for people, and as JSON.

Version 1 of the JSON; keys may be added, and if one changes or goes, the version rises::

    {"version": 1,
     "files": [{"file": "build/x/x.en.a4.pdf" (or the digest that was asked for),
                "sha256": "..." ("" if it cannot be read, or of a digest),
                "state": "current" | "out-of-date" | "changed" | "unknown" | "unreadable",
                "artifact": "x/x.en.a4.pdf", "clinic": "sample" ("" if unknown),
                "why": "...", "hint": "..." ("" if it is current),
                "changed": [{"kind": "text", "name": "sources/x.md"}],
                "signatures": [{"what": "sign-off" | "approval", "locale": "en",
                                "state": "none" | "noted" | "signed" | "lapsed", "by": ["Name, role, day"]}],
                "commit": "..." ("" if unknown), "uncommitted": ["sources/x.md"],
                "version": "x en 2026-05-01", "digest": "1a2b 3c4d" (as printed; "" if unknown)}],
     "findings": [...] (on provenance.json, as "check --report json" has them)}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from plainleaf.model import Finding
from plainleaf.provenance.materials import KINDS
from plainleaf.provenance.statement import Entry, Signed
from plainleaf.provenance.verifying import CHANGED, CURRENT, OLD, UNKNOWN, UNREAD, Verdict
from plainleaf.reports.run import dumped

VERSION = 1
MOST = 12  # names of what has changed
_HEADS = {
    CURRENT: "up to date: publishing today makes exactly this file",
    OLD: "OUT OF DATE: it was made here, but",
    CHANGED: "NOT THE FILE THAT WAS MADE:",
    UNKNOWN: "UNKNOWN:",
    UNREAD: "NOT READ:",
}

_PRINTED = {  # of a digest on paper
    CURRENT: "this is on the last page of what these sources print today",
    OLD: "OUT OF DATE: it is on the last page of what was made here, but",
}


def text(verdicts: Iterable[Verdict]) -> str:
    """A paragraph for each file."""
    return "\n".join("\n    ".join(map(_plain, _lines(each))) for each in verdicts)


def _plain(line: str) -> str:
    """A line without characters that would steer a terminal."""
    return "".join(char if char.isprintable() else "?" for char in line)


def _lines(verdict: Verdict) -> Iterator[str]:
    head = _PRINTED.get(verdict.state, _HEADS[verdict.state]) if verdict.digest else _HEADS[verdict.state]
    yield f"{verdict.file}: {head}{f' {verdict.why}' if verdict.why else ''}."
    if verdict.entry and verdict.entry.version:
        own = {PurePath(each).name for each in verdict.entry.files}
        which = "" if PurePath(verdict.file).name in own else f": {verdict.artifact}"
        yield f"Version {verdict.entry.printed}{which}, of the clinic “{verdict.clinic}”."
    if verdict.changed:
        names = [f"{name} ({KINDS[kind]})" for kind, name in verdict.changed]
        more = [f"{len(names) - MOST} more"] if len(names) > MOST else []
        yield f"Changed since: {', '.join([*names[:MOST], *more])}."
    if verdict.entry:
        yield from (_signed(each) for each in verdict.entry.signatures)
        if verdict.entry.commit:
            yield _commit(verdict.entry)
    if verdict.hint:
        yield f"How to fix: {verdict.hint}."


def _signed(signed: Signed) -> str:
    """Who answers for a text."""
    what = "The text" if signed.what == "sign-off" else f"The translation ({signed.locale})"
    act = "signed off" if signed.what == "sign-off" else "approved"
    by = " and ".join(signed.by)
    return {
        "signed": f"{what} was {act}, signed by {by}.",
        "noted": f"{what} was {act}, noted by {by}, without a key.",
        "lapsed": f"{what} had changed since it was {act} by {by}: it is not {act}.",
    }.get(signed.state, f"{what} is not {act}.")


def _commit(entry: Entry) -> str:
    files = entry.uncommitted
    named = ", ".join([*files[:MOST], *([f"{len(files) - MOST} more"] if len(files) > MOST else [])])
    more = f", with changes that are not in it: {named}" if files else ""
    return f"Made from commit {entry.commit[:12]}{more}."


def as_json(verdicts: Sequence[Verdict], found: Sequence[Finding]) -> str:
    """For any program; the shape stands at the head of this file."""
    about = [each.as_json() for each in found]
    return dumped({"version": VERSION, "files": list(map(_file, verdicts)), "findings": about})


def _file(verdict: Verdict) -> dict[str, object]:
    entry = verdict.entry
    return {
        "file": verdict.file,
        "sha256": verdict.sha256,
        "state": verdict.state,
        "artifact": verdict.artifact,
        "clinic": verdict.clinic,
        "why": verdict.why,
        "hint": verdict.hint,
        "changed": [{"kind": kind, "name": name} for kind, name in verdict.changed],
        "signatures": [
            {"what": each.what, "locale": each.locale, "state": each.state, "by": list(each.by)}
            for each in (entry.signatures if entry else ())
        ],
        "commit": entry.commit if entry else "",
        "uncommitted": list(entry.uncommitted) if entry else [],
        "version": entry.version if entry else "",
        "digest": entry.digest if entry else verdict.digest,
    }
