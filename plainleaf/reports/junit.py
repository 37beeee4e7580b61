"""Findings as JUnit XML, for test reports."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter

from plainleaf.model import Finding, Severity
from plainleaf.reports.run import Run, advice, ordered, places, spot, visible


def report(run: Run) -> str:
    """JUnit XML as Jenkins and GitLab read it: a suite for each file, a case for each finding in it.

    An error is a failure, a warning too if the run is strict (else it passes, as a note does, with its text as output);
    what could not be measured is skipped. A checked file without failures has a case that passes: a green run is not
    empty.
    """
    by_file: dict[str, list[Finding]] = {file: [] for file in run.checked}
    for finding in ordered(run.findings):
        by_file.setdefault(spot(finding).file, []).append(finding)
    suites = [_suite(file, found, run.strict) for file, found in by_file.items()]
    sums = {key: str(sum(int(suite.get(key, "0")) for suite in suites)) for key in ("tests", "failures", "errors")}
    root = ET.Element("testsuites", {"name": "plainleaf check", **sums})
    root.extend(suites)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _suite(file: str, found: list[Finding], strict: bool) -> ET.Element:
    name = visible(file) or "plainleaf"
    failing = [finding for finding in found if fails(finding, strict)]
    skipped = sum(finding.severity is Severity.UNMEASURED for finding in found)
    tests = len(found) + (not failing)
    counts = {"tests": str(tests), "failures": str(len(failing)), "errors": "0", "skipped": str(skipped)}
    suite = ET.Element("testsuite", {"name": name, **counts, "time": "0"})
    if not failing:
        ET.SubElement(suite, "testcase", {"classname": name, "name": "no errors", "time": "0"})
    seen: Counter[str] = Counter()
    from plainleaf.reports.explaining import explanations  # asks all rooms, and they import much

    for finding in found:
        title = " ".join(visible(f"{finding.check}: {finding.message}").split())
        seen[title] += 1
        title += f" ({seen[title]})" if seen[title] > 1 else ""  # two cases of one name would count as one
        case = ET.SubElement(suite, "testcase", {"classname": name, "name": title, "time": "0"})
        record = explanations().get(finding.check)
        why = f"\nWhy: {record.why}" if record else ""
        text = visible(f"{advice(finding)}{why}\n{places(finding)}")
        if fails(finding, strict):
            about = {"type": finding.severity.value, "message": visible(finding.message)}
            ET.SubElement(case, "failure", about).text = text
        elif finding.severity is Severity.UNMEASURED:
            ET.SubElement(case, "skipped", {"message": visible(finding.message)}).text = text
        else:
            ET.SubElement(case, "system-out").text = f"{finding.severity.value}: {text}"
    return suite


def fails(finding: Finding, strict: bool) -> bool:
    """Whether a finding is a failure; ``strict``: warnings are, too."""
    return finding.severity is Severity.ERROR or (strict and finding.severity is Severity.WARNING)
