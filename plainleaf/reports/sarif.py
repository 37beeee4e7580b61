"""Findings as SARIF 2.1.0, for code scanning."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import plainleaf
from plainleaf.model import Finding, Location, Severity, Waived
from plainleaf.reports.run import GRAVEST_FIRST, Run, advice, dumped, encodable, fingerprints, ordered

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"  # how SARIF 2.1.0 (3.14.14) and GitHub call the folder that relative paths start from
_FAMILIES = {
    "po": "translation",
    "pdf": "PDF",
    "pemat": "PEMAT",
    "fit": "printed page",
}  # the others are words already: source, locale, ...


def report(run: Run) -> str:
    """SARIF 2.1.0, for code scanning: one rule for each check id, one result for each finding. One that is waived is a
    result too, of the check that found it, with its suppression."""
    found = ordered(finding.unwaived for finding in run.findings)
    ids = sorted({finding.check for finding in found})
    driver = {
        "name": "Plainleaf",
        "semanticVersion": plainleaf.__version__,
        "rules": [_rule(name, found) for name in ids],
    }
    marks = fingerprints(found)
    results = [_result(finding, ids.index(finding.check), mark) for finding, mark in zip(found, marks, strict=True)]
    if any(finding.waived for finding in found):  # then all results say it (3.27.23)
        for finding, result in zip(found, results, strict=True):
            result["suppressions"] = [_suppression(finding.waived)] if finding.waived else []
    described = {"description": {"text": "The folder that the check ran in."}}
    log = {"tool": {"driver": driver}, "originalUriBaseIds": {ROOT: described}, "results": results}
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [log]})


def _rule(name: str, found: Iterable[Finding]) -> dict[str, Any]:
    """A reportingDescriptor (3.49): what the record of the check says, or its name in words if it has none."""
    family, _, rest = name.partition("-")
    family = _FAMILIES.get(family, family)
    words = f"{family[:1].upper()}{family[1:]}: {rest.replace('-', ' ')}" if rest else name
    from plainleaf.reports import explaining  # asks all rooms, and they import much

    record = explaining.explanations().get(name)
    worst = min((f.severity for f in found if f.check == name), key=GRAVEST_FIRST.index)
    told = f"{explaining.text(record)}\n\nThe command “plainleaf explain {name}” prints this." if record else words
    return {
        "id": name,
        "shortDescription": {"text": words},
        "fullDescription": {"text": record.why if record else words},
        "help": {"text": f"{told}\nEach result says how to fix it."},
        "defaultConfiguration": {"level": {"not measured": "note"}.get(worst.value, worst.value)},
    }


def _result(finding: Finding, index: int, mark: str) -> dict[str, Any]:
    """A result (3.27). What could not be measured is "open", and then its level must be "none" (3.27.10).

    It is in the file to fix: a finding on a translation in the catalog, with its source as the related location.
    """
    measured = finding.severity is not Severity.UNMEASURED
    at = finding.po or finding.at
    other = finding.at if finding.po and finding.po != finding.at else None
    # "{0}" would stand for an argument (3.11.5); {clinic_phone} does not, and viewers show doubled braces as they are
    text = re.sub(r"\{(\d+)\}", r"{{\1}}", advice(finding))
    if other:
        name = re.sub(r"([][])", r"\\\1", str(other))
        text += f"\nSource: [{name}](1)"  # a link to the related location 1 (3.11.6)
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": index,
        "kind": "fail" if measured else "open",
        "level": finding.severity.value if measured else "none",
        "message": {"text": text},
        "partialFingerprints": {"plainleaf/v1": mark},
    }
    if at.file:
        result["locations"] = [{"physicalLocation": _physical(at)}]
    if other:
        where = {"id": 1, "message": {"text": "the source"}}
        result["relatedLocations"] = [where | ({"physicalLocation": _physical(other)} if other.file else {})]
    return result


def _suppression(waived: Waived) -> dict[str, Any]:
    """A suppression (3.35): inside the file that the result is in, as in a catalog's comment, or by the settings."""
    by = f"{waived.by}: " if waived.by else ""
    said = {"status": "accepted", "justification": f"{by}{waived.reason}"}
    if not waived.at:
        return {"kind": "inSource", **said}
    return {"kind": "external", **said, "location": {"physicalLocation": _physical(waived.at)}}


def _physical(at: Location) -> dict[str, Any]:
    path = quote(encodable(at.file), safe="/")
    whole = {"uri": f"file://{path}"} if path.startswith("/") else {"uri": path, "uriBaseId": ROOT}
    return {"artifactLocation": whole} | ({"region": {"startLine": at.line}} if at.line else {})
