"""``check --format github``: annotations at the line to mend."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given

from plainleaf.model import Finding, Location
from plainleaf.reports import github
from plainleaf.reports.run import Run, visible
from tests.reports.examples import DOSE, FINDINGS, LONG, PO, SCORE, SOURCE, annotations


def test_github_points_at_the_translation_and_names_its_source() -> None:
    (line,) = annotations(DOSE)
    assert line == (
        f"::error file={PO.file},line=32,title=po-numbers::“50 mg” has become “500 mg”"
        f"%0AHow to fix: write 50 mg%0ASource: {SOURCE}"
    )
    assert annotations(SCORE) == [
        "::notice file=sources/inhaler.md,title=readability-unscored::es: not scored%0AHow to fix: ask"
    ]


def test_github_escapes_what_the_runner_would_read_as_its_own() -> None:
    at = Location("sources/a,b:c%.md", 3)
    (line,) = annotations(replace(LONG, at=at, message="100 %,\r\n::error::x"))
    assert line == (
        "::warning file=sources/a%2Cb%3Ac%25.md,line=3,title=readability-sentence::100 %25,%0D%0A::error::x"
    )


def test_github_comes_with_errors_first_then_one_of_each_kind_and_counts_them_all() -> None:
    many = [replace(LONG, at=Location(SOURCE.file, line), message=f"{line}") for line in range(1, 13)]
    rare = replace(LONG, check="readability-passive", at=Location(SOURCE.file, 500))
    lines = github.report(Run((*many, rare, DOSE))).split("\n")
    assert lines[0].startswith("::error")
    assert [line.rpartition("::")[2] for line in lines[1:4]] == ["1", LONG.message, "2"]
    assert lines[-1].startswith("1 error, 13 warnings (GitHub shows 10 of each kind")
    assert github.report(Run(())) == "no errors, no warnings"


@given(FINDINGS)
def test_an_annotation_is_one_line_that_reads_back_as_the_finding(finding: Finding) -> None:
    (line,) = annotations(finding)
    assert not set(line) & set("\r\n\0\x1b")
    read = re.fullmatch(r"::(error|warning|notice)(?: ([^:]*))?::(.*)", line, re.DOTALL)
    assert read
    properties = dict(pair.split("=", 1) for pair in read[2].split(",")) if read[2] else {}
    spot = finding.po or finding.at
    assert ("file" in properties) == bool(spot.file)
    assert properties.get("line") == (str(spot.line) if spot.file and spot.line else None)
    message = read[3].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
    assert message.startswith(visible(finding.message))
