"""Findings as text for other programs: JSON, SARIF, JUnit, GitHub annotations, GitLab code quality. Pure.

A program's format is the whole of what stands on stdout. Each format takes a ``Run``; ``FORMATS`` names them.

JSON, version 1 (keys may be added; if one changes or goes, the number rises)::

    {"version": 1,
     "tool": {"name": "plainleaf", "version": "0.1.0"},
     "checked": ["sources/x.md", ...],
     "counts": {"error": 1, "warning": 0, "unmeasured": 0} ("note" too, if there are any),
     "findings": [{"check": "po-numbers",
                   "severity": "error" | "warning" | "unmeasured" | "note",
                   "message": "...",
                   "hint": "..." ("" if there is none),
                   "at": {"file": "sources/x.md", "line": 14} (0: the whole file),
                   "po": {"file": "locales/es/LC_MESSAGES/x.po", "line": 32} or null}]}
"""

from __future__ import annotations

import hashlib
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

import plainleaf
from plainleaf.checks.page import printed
from plainleaf.checks.page.registry import PageCheck
from plainleaf.checks.translation.every import CHECKS
from plainleaf.checks.translation.registry import Check
from plainleaf.model import Finding, Location, Severity
from plainleaf.reports import text as report

JSON_VERSION = 1
SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"  # how SARIF 2.1.0 (3.14.14) and GitHub call the folder that relative paths start from
GITHUB_SHOWS = 10  # annotations of each kind for one step; docs.github.com, "Workflow commands", limits
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.UNMEASURED, Severity.NOTE)
_RECORDS: Mapping[str, Check | PageCheck] = {
    **{check.id: check for check in CHECKS}, **{check.id: check for check in printed.CHECKS},
}  # fmt: skip
_FAMILIES = {
    "po": "translation",
    "pdf": "PDF",
    "pemat": "PEMAT",
    "fit": "printed page",
}  # the others are words already: source, locale, ...


@dataclass(frozen=True, slots=True)
class Run:
    """What one check run found, and in which files it looked; ``strict``: warnings count as failures."""

    findings: tuple[Finding, ...]
    checked: tuple[str, ...] = ()
    strict: bool = False

    def below(self, folder: str) -> Run:
        """The same with every file named from the folder above: ``below("content")`` gives ``content/sources/x.md``.

        Programs name files from the folder they run in (the repository's), whatever --root is.
        """
        if folder in ("", "."):
            return self

        def file(name: str) -> str:
            return name if not name or name.startswith("/") else f"{folder}/{name}"

        def place(at: Location) -> Location:
            return replace(at, file=file(at.file))

        moved = (replace(one, at=place(one.at), po=one.po and place(one.po)) for one in self.findings)
        return replace(self, findings=tuple(moved), checked=tuple(file(name) for name in self.checked))


def as_json(run: Run) -> str:
    """For any program; the shape stands at the head of this file."""
    counts = Counter(finding.severity for finding in run.findings)
    return _dumped(
        {
            "version": JSON_VERSION,
            "tool": {"name": "plainleaf", "version": plainleaf.__version__},
            "checked": list(run.checked),
            "counts": {
                _name(severity): counts[severity]
                for severity in _ORDER
                if severity is not Severity.NOTE or counts[severity]
            },
            "findings": [
                {
                    "check": finding.check,
                    "severity": _name(finding.severity),
                    "message": finding.message,
                    "hint": finding.hint,
                    "at": _plain(finding.at),
                    "po": _plain(finding.po) if finding.po else None,
                }
                for finding in _sorted(run.findings)
            ],
        }
    )


def _plain(at: Location) -> dict[str, Any]:
    return {"file": at.file, "line": at.line}


# --------------------------------------------------------------------------- SARIF 2.1.0


def sarif(run: Run) -> str:
    """SARIF 2.1.0, for code scanning: one rule for each check id, one result for each finding."""
    found = _sorted(run.findings)
    ids = sorted({finding.check for finding in found})
    driver = {
        "name": "Plainleaf",
        "semanticVersion": plainleaf.__version__,
        "rules": [_rule(name, found) for name in ids],
    }
    marks = _fingerprints(found)
    results = [_result(finding, ids.index(finding.check), mark) for finding, mark in zip(found, marks, strict=True)]
    described = {"description": {"text": "The folder that the check ran in."}}
    log = {"tool": {"driver": driver}, "originalUriBaseIds": {ROOT: described}, "results": results}
    return _dumped({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [log]})


def _rule(name: str, found: Iterable[Finding]) -> dict[str, Any]:
    """A reportingDescriptor (3.49): what the registry knows of the check, or else its name in words."""
    family, _, rest = name.partition("-")
    family = _FAMILIES.get(family, family)
    words = f"{family[:1].upper()}{family[1:]}: {rest.replace('-', ' ')}" if rest else name
    record = _RECORDS.get(name)
    worst = record.severity if record else min((f.severity for f in found if f.check == name), key=_ORDER.index)
    why = record.rationale if record else words
    reference = f"\nReference: {record.reference}" if record and record.reference else ""
    return {
        "id": name,
        "shortDescription": {"text": words},
        "fullDescription": {"text": why},
        "help": {"text": f"{why}{reference}\nEach result says how to mend it."},
        "defaultConfiguration": {"level": {"not measured": "note"}.get(worst.value, worst.value)},
    }


def _result(finding: Finding, index: int, mark: str) -> dict[str, Any]:
    """A result (3.27). What could not be measured is "open", and then its level must be "none" (3.27.10)."""
    measured = finding.severity is not Severity.UNMEASURED
    other = finding.po if finding.po and finding.po != finding.at else None
    # "{0}" would stand for an argument (3.11.5); {clinic_phone} does not, and viewers show doubled braces as they are
    text = re.sub(r"\{(\d+)\}", r"{{\1}}", _told(finding))
    if other:
        name = re.sub(r"([][])", r"\\\1", str(other))
        text += f"\nTranslation: [{name}](1)"  # a link to the related location 1 (3.11.6)
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": index,
        "kind": "fail" if measured else "open",
        "level": finding.severity.value if measured else "none",
        "message": {"text": text},
        "partialFingerprints": {"plainleaf/v1": mark},
    }
    if finding.at.file:
        result["locations"] = [{"physicalLocation": _physical(finding.at)}]
    if other:
        where = {"id": 1, "message": {"text": "the translation"}}
        result["relatedLocations"] = [where | ({"physicalLocation": _physical(other)} if other.file else {})]
    return result


def _physical(at: Location) -> dict[str, Any]:
    path = quote(_encodable(at.file), safe="/")
    whole = {"uri": f"file://{path}"} if path.startswith("/") else {"uri": path, "uriBaseId": ROOT}
    return {"artifactLocation": whole} | ({"region": {"startLine": at.line}} if at.line else {})


def _fingerprints(found: Iterable[Finding]) -> Iterator[str]:
    """What stays the same while lines move: hashes of the check, the files and the message, without any line number.

    The second of two that are alike gets ":2", in the order of the lines.
    """
    seen: Counter[str] = Counter()
    for finding in found:
        message = re.sub(r"(:|\blines? )\d+", r"\1", finding.message)
        parts = (finding.check, finding.at.file, finding.po.file if finding.po else "", message)
        mark = hashlib.sha256(_encodable("\0".join(parts)).encode()).hexdigest()[:32]
        seen[mark] += 1
        yield f"{mark}:{seen[mark]}"


# --------------------------------------------------------------------------- JUnit


def junit(run: Run) -> str:
    """JUnit XML as Jenkins and GitLab read it: a suite for each file, a case for each finding in it.

    An error is a failure, a warning too if the run is strict (else it passes, as a note does, with its text as output);
    what could not be measured is skipped. A checked file without failures has a case that passes: a green run is not
    empty.
    """
    by_file: dict[str, list[Finding]] = {file: [] for file in run.checked}
    for finding in _sorted(run.findings):
        by_file.setdefault(_spot(finding).file, []).append(finding)
    suites = [_suite(file, found, run.strict) for file, found in by_file.items()]
    sums = {key: str(sum(int(suite.get(key, "0")) for suite in suites)) for key in ("tests", "failures", "errors")}
    root = ET.Element("testsuites", {"name": "plainleaf check", **sums})
    root.extend(suites)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _suite(file: str, found: list[Finding], strict: bool) -> ET.Element:
    name = _visible(file) or "plainleaf"
    failing = [finding for finding in found if _fails(finding, strict)]
    skipped = sum(finding.severity is Severity.UNMEASURED for finding in found)
    tests = len(found) + (not failing)
    counts = {"tests": str(tests), "failures": str(len(failing)), "errors": "0", "skipped": str(skipped)}
    suite = ET.Element("testsuite", {"name": name, **counts, "time": "0"})
    if not failing:
        ET.SubElement(suite, "testcase", {"classname": name, "name": "no errors", "time": "0"})
    seen: Counter[str] = Counter()
    for finding in found:
        title = " ".join(_visible(f"{finding.check}: {finding.message}").split())
        seen[title] += 1
        title += f" ({seen[title]})" if seen[title] > 1 else ""  # two cases of one name would count as one
        case = ET.SubElement(suite, "testcase", {"classname": name, "name": title, "time": "0"})
        record = _RECORDS.get(finding.check)
        why = f"\nWhy: {record.rationale}" if record else ""
        text = _visible(f"{_told(finding)}{why}\n{_places(finding)}")
        if _fails(finding, strict):
            about = {"type": finding.severity.value, "message": _visible(finding.message)}
            ET.SubElement(case, "failure", about).text = text
        elif finding.severity is Severity.UNMEASURED:
            ET.SubElement(case, "skipped", {"message": _visible(finding.message)}).text = text
        else:
            ET.SubElement(case, "system-out").text = f"{finding.severity.value}: {text}"
    return suite


def _fails(finding: Finding, strict: bool) -> bool:
    return finding.severity is Severity.ERROR or (strict and finding.severity is Severity.WARNING)


# --------------------------------------------------------------------------- GitHub and GitLab


def github(run: Run) -> str:
    """Workflow commands that GitHub shows as annotations at the line to mend; the last line counts them all.

    GitHub shows only the first few of each kind, so those come first that are the first of their check in their file.
    """
    seen: Counter[tuple[str, str]] = Counter()
    ranked = []
    for finding in _sorted(run.findings):
        kind = (finding.check, _spot(finding).file)
        ranked.append((_ORDER.index(finding.severity), seen[kind], finding))
        seen[kind] += 1
    lines = [_annotation(finding) for *_, finding in sorted(ranked, key=lambda each: each[:2])]
    counts = Counter(finding.severity for finding in run.findings)
    end = report.tally(run.findings)
    if any(count > GITHUB_SHOWS for count in counts.values()):
        end += f" (GitHub shows {GITHUB_SHOWS} of each kind as annotations; all are in this step's log)"
    return "\n".join([*lines, end])


def _annotation(finding: Finding) -> str:
    command = {Severity.ERROR: "error", Severity.WARNING: "warning"}.get(finding.severity, "notice")
    spot = _spot(finding)
    about = {"file": spot.file, "line": str(spot.line) if spot.line and spot.file else "", "title": finding.check}
    properties = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in about.items() if value)
    text = _told(finding)
    if spot != finding.at and finding.at.file:
        text += f"\nSource: {finding.at}"
    return f"::{command}{' ' if properties else ''}{properties}::{_escaped(text)}"


def _escaped(text: str, also: str = "") -> str:
    """As the runner reads it back: %25 %0D %0A, and in properties %3A %2C."""
    return re.sub(f"[%\r\n{also}]", lambda match: f"%{ord(match[0]):02X}", _visible(text))


def gitlab(run: Run) -> str:
    """GitLab's Code Quality report; it needs a line, so the whole file is told at line 1."""
    grave = {Severity.ERROR: "major", Severity.WARNING: "minor"}
    found = _sorted(run.findings)
    return _dumped(
        [
            {
                "description": f"{_told(finding)}\n{_places(finding)}",
                "check_name": finding.check,
                "fingerprint": mark,
                "severity": grave.get(finding.severity, "info"),
                "location": {"path": _spot(finding).file, "lines": {"begin": _spot(finding).line or 1}},
            }
            for finding, mark in zip(found, _fingerprints(found), strict=True)
        ]
    )


# --------------------------------------------------------------------------- what they share


FORMATS: Mapping[str, Callable[[Run], str]] = {
    "json": as_json, "sarif": sarif, "junit": junit, "github": github, "gitlab": gitlab,
}  # fmt: skip


def _sorted(found: Iterable[Finding]) -> list[Finding]:
    """In the order of files and lines: two runs over the same texts give the same bytes."""
    return sorted(found, key=lambda one: (one.at, one.po or Location(""), one.check, one.message, one.hint))


def _spot(finding: Finding) -> Location:
    """The line to mend: that of the translation, if the finding is on one."""
    return finding.po or finding.at


def _name(severity: Severity) -> str:
    return severity.name.lower()


def _told(finding: Finding) -> str:
    return finding.message + (f"\nTo mend it: {finding.hint}" if finding.hint else "")


def _places(finding: Finding) -> str:
    """Where to mend it; for a translation, where its source stands as well."""
    spot = _spot(finding)
    return f"{spot}" if spot == finding.at else f"{spot}\nSource: {finding.at}"


def _dumped(value: object) -> str:
    return _encodable(json.dumps(value, indent=2, ensure_ascii=False))


def _encodable(text: str) -> str:
    """Halves of surrogate pairs (from the name of a file that is not UTF-8) cannot be written as UTF-8."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _visible(text: str) -> str:
    """With all that XML 1.0 forbids and terminals obey made visible: U+0007 as ␇, anything else as �."""
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", lambda match: chr(0x2400 + ord(match[0])), text)
    return re.sub("[\x7f-\x9f\ufffe\uffff]", "\ufffd", _encodable(text))
