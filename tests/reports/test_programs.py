"""What ``check --format`` says to other programs: valid by their schemas, whatever stands in a finding.

``PLAINLEAF_GOLDEN=1 pytest tests/reports/test_programs.py`` writes the examples in ``golden/findings.*`` anew.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from plainleaf.model import Finding, Location, Severity
from plainleaf.reports import programs as exchange
from plainleaf.reports.programs import FORMATS, Run
from tests.conftest import ROOT, TESTS, plainleaf

GOLDEN = TESTS / "golden"
SCHEMAS = TESTS / "schemas"
SARIF = jsonschema.Draft4Validator(json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8")))
JUNIT = etree.XMLSchema(etree.parse(str(SCHEMAS / "junit-10.xsd")))

SOURCE, PO = Location("sources/inhaler.md", 14), Location("locales/es/LC_MESSAGES/inhaler.po", 32)
DOSE = Finding("po-numbers", Severity.ERROR, "“50 mg” has become “500 mg”", SOURCE, "write 50 mg", PO)
LONG = Finding("readability-sentence", Severity.WARNING, "19 words, at most 15", Location("sources/inhaler.md", 20))
SCORE = Finding("readability-unscored", Severity.UNMEASURED, "es: not scored", Location("sources/inhaler.md"), "ask")
RUN = Run((SCORE, DOSE, LONG), (SOURCE.file, PO.file, "sources/other.md"))


def sarif(*found: Finding) -> dict[str, Any]:
    """The one run of a SARIF log, which is valid."""
    log = json.loads(exchange.sarif(Run(found)))
    SARIF.validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


def junit(run: Run) -> Any:
    """The root of a JUnit report, which is valid."""
    root = etree.fromstring(exchange.junit(run).encode())
    JUNIT.assertValid(root)
    return root


def annotations(*found: Finding) -> list[str]:
    return exchange.github(Run(found)).split("\n")[:-1]


ENDINGS = {"json": "json", "sarif": "sarif", "junit": "junit.xml", "github": "github.txt", "gitlab": "gitlab.json"}


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_has_an_example_to_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plainleaf.__version__", "1.2.3")
    path = GOLDEN / f"findings.{ENDINGS[name]}"
    if os.environ.get("PLAINLEAF_GOLDEN"):
        path.write_text(FORMATS[name](RUN) + "\n", encoding="utf-8")
    assert FORMATS[name](RUN) + "\n" == path.read_text(encoding="utf-8")


# --------------------------------------------------------------------------- JSON


def test_json_has_a_version_counts_and_every_finding_whole() -> None:
    told = json.loads(exchange.as_json(RUN))
    assert told["version"] == exchange.JSON_VERSION
    assert told["counts"] == {"error": 1, "warning": 1, "unmeasured": 1}
    assert told["findings"][1] == {
        "check": "po-numbers", "severity": "error", "message": DOSE.message, "hint": "write 50 mg",
        "at": {"file": SOURCE.file, "line": 14}, "po": {"file": PO.file, "line": 32},
    }  # fmt: skip
    assert told["findings"][0]["at"]["line"] == 0
    assert told["findings"][2]["po"] is None


# --------------------------------------------------------------------------- SARIF


def test_sarif_has_one_rule_for_each_check_with_what_the_registry_knows_of_it() -> None:
    other = replace(DOSE, message="“2” is missing", at=Location(SOURCE.file, 15))
    run = sarif(DOSE, other, LONG)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["po-numbers", "readability-sentence"]
    assert rules[0]["shortDescription"]["text"] == "Translation: numbers"
    assert "wrong figure" in rules[0]["fullDescription"]["text"]
    assert all("helpUri" not in rule for rule in rules)
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [r["ruleId"] for r in run["results"]]


def test_what_is_found_on_the_printed_page_carries_its_reason_and_its_clause() -> None:
    row = Finding("fit-row", Severity.ERROR, "a row of a table is torn over pages 1 and 2", SOURCE, "keep it whole")
    (rule,) = sarif(row)["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "Printed page: row"
    assert "a medicine from its dose" in rule["fullDescription"]["text"] and "UKAAF G003" in rule["help"]["text"]
    (failure,) = junit(Run((row,))).iter("failure")
    assert "Why: " in failure.text and "a medicine from its dose" in failure.text


def test_sarif_names_the_source_line_and_relates_the_translation() -> None:
    (result,) = sarif(DOSE)["results"]
    where = result["locations"][0]["physicalLocation"]
    assert where["artifactLocation"] == {"uri": "sources/inhaler.md", "uriBaseId": "%SRCROOT%"}
    assert where["region"] == {"startLine": 14}
    related = result["relatedLocations"][0]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == PO.file
    assert f"[{PO}]({related['id']})" in result["message"]["text"]
    assert "To mend it: write 50 mg" in result["message"]["text"]


def test_sarif_gives_a_finding_on_a_whole_file_no_region() -> None:
    (result,) = sarif(SCORE)["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_sarif_calls_what_was_not_measured_open_and_gives_it_no_level() -> None:
    results = sarif(SCORE, DOSE, LONG)["results"]
    told = {result["ruleId"]: (result["kind"], result["level"]) for result in results}
    assert told == {
        "readability-unscored": ("open", "none"), "po-numbers": ("fail", "error"),
        "readability-sentence": ("fail", "warning"),
    }  # fmt: skip


def test_a_fingerprint_stays_when_lines_move_and_tells_twins_apart() -> None:
    def marks(*found: Finding) -> list[str]:
        return [result["partialFingerprints"]["plainleaf/v1"] for result in sarif(*found)["results"]]

    def at(line: int) -> Finding:
        what = f"the name is that of line {line + 3} too"
        return replace(DOSE, message=what, at=Location(SOURCE.file, line), po=Location(PO.file, 2 * line))

    assert marks(at(14)) == marks(at(99))
    assert marks(at(14), at(20)) == marks(at(15), at(80))
    assert len({*marks(at(14), at(20)), *marks(DOSE), *marks(replace(DOSE, check="po-units"))}) == 4


def test_sarif_takes_no_brace_for_an_argument() -> None:
    (result,) = sarif(replace(LONG, message="keep {clinic_phone} and {0}"))["results"]
    assert result["message"]["text"] == "keep {clinic_phone} and {{0}}"


# --------------------------------------------------------------------------- JUnit


def test_junit_fails_on_errors_skips_what_was_not_measured_and_passes_on_warnings() -> None:
    root = junit(RUN)
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("5", "1", "0")
    (failure,) = root.iter("failure")
    assert failure.get("type") == "error"
    assert failure.getparent().getparent().get("name") == PO.file
    assert failure.text.split("\n")[-2:] == [str(PO), f"Source: {SOURCE}"]
    assert [case.getparent().get("name") for case in root.iter("skipped")] == ["readability-unscored: es: not scored"]
    assert [text.text.split("\n")[0] for text in root.iter("system-out")] == ["warning: 19 words, at most 15"]


def test_junit_fails_on_warnings_when_they_are_asked_to_fail() -> None:
    kinds = {failure.get("type") for failure in junit(replace(RUN, strict=True)).iter("failure")}
    assert kinds == {"error", "warning"}


def test_junit_of_a_green_run_has_a_passing_case_for_each_file() -> None:
    root = junit(Run((), RUN.checked))
    assert [(case.get("classname"), len(case)) for case in root.iter("testcase")] == [(f, 0) for f in RUN.checked]


def test_junit_gives_no_two_cases_the_same_name() -> None:
    twins = (LONG, replace(LONG, at=Location(LONG.at.file, 30)))
    names = [case.get("name") for case in junit(Run(twins)).iter("testcase")]
    assert names[1:] == [f"{LONG.check}: {LONG.message}", f"{LONG.check}: {LONG.message} (2)"]


# --------------------------------------------------------------------------- GitHub and GitLab


def test_github_points_at_the_translation_and_names_its_source() -> None:
    (line,) = annotations(DOSE)
    assert line == (
        f"::error file={PO.file},line=32,title=po-numbers::“50 mg” has become “500 mg”"
        f"%0ATo mend it: write 50 mg%0ASource: {SOURCE}"
    )
    assert annotations(SCORE) == [
        "::notice file=sources/inhaler.md,title=readability-unscored::es: not scored%0ATo mend it: ask"
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
    lines = exchange.github(Run((*many, rare, DOSE))).split("\n")
    assert lines[0].startswith("::error")
    assert [line.rpartition("::")[2] for line in lines[1:4]] == ["1", LONG.message, "2"]
    assert lines[-1].startswith("1 error, 13 warnings (GitHub shows 10 of each kind")
    assert exchange.github(Run(())) == "no errors, no warnings"


def test_gitlab_tells_the_line_to_mend() -> None:
    told = json.loads(exchange.gitlab(RUN))
    assert [(one["location"]["path"], one["location"]["lines"]["begin"], one["severity"]) for one in told] == [
        (SOURCE.file, 1, "info"), (PO.file, 32, "major"), (SOURCE.file, 20, "minor"),
    ]  # fmt: skip
    assert len({one["fingerprint"] for one in told}) == 3


# --------------------------------------------------------------------------- whatever a finding holds

SHARP = "%\r\n\t\0\x1b\x85\u2028\ufffe\ud800:,[]{}0<>&\"'"
WILD = st.text(st.one_of(st.characters(codec=None), st.sampled_from(SHARP)), max_size=30)
FILES = st.one_of(WILD, st.sampled_from(["", "/etc/x.po", "a b/ü.md", "c:/x"]))
PLACES = st.builds(Location, FILES, st.integers(0, 9**9))
IDS = st.one_of(st.sampled_from(["po-numbers", "source-rule", "settings"]), WILD)
FINDINGS = st.builds(Finding, IDS, st.sampled_from(Severity), WILD, PLACES, WILD, st.one_of(st.none(), PLACES))
RUNS = st.builds(Run, st.lists(FINDINGS, max_size=6).map(tuple), st.lists(WILD, max_size=2).map(tuple), st.booleans())


@given(RUNS)
def test_every_format_is_valid_utf_8_whatever_a_finding_holds(run: Run) -> None:
    for format in FORMATS.values():
        assert format(run).encode("utf-8").decode("utf-8") == format(run)
    found = run.findings
    results = sarif(*found)["results"]
    assert len(results) == len(found)
    assert all(result["level"] == "none" or result["kind"] == "fail" for result in results)
    for result in results:
        for place in [*result.get("locations", []), *result.get("relatedLocations", [])]:
            uri = place.get("physicalLocation", {"artifactLocation": {"uri": ""}})["artifactLocation"]["uri"]
            assert re.fullmatch(r"(file:///)?([\w.~/-]|%[0-9A-F]{2})*", uri, re.ASCII), uri
    root = junit(run)
    assert len(list(root.iter("failure"))) == sum(exchange._fails(finding, run.strict) for finding in found)
    assert len(list(root.iter("testcase"))) == int(root.get("tests"))
    assert json.loads(exchange.as_json(run))["counts"]["error"] == sum(one.severity is Severity.ERROR for one in found)
    assert len(json.loads(exchange.gitlab(run))) == len(found)


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
    assert message.startswith(exchange._visible(finding.message))


# --------------------------------------------------------------------------- the command


@pytest.fixture
def wrong(content: Path, replaced: Callable[[Path, str, str], None]) -> Path:
    """A content folder in which a translator wrote another dose."""
    replaced(content / "locales/es/LC_MESSAGES/inhaler.po", "con un inhalador de 50 mcg", "con un inhalador de 500 mcg")
    return content


@pytest.mark.parametrize("name", FORMATS)
def test_only_the_format_goes_to_stdout_and_exit_codes_stay(wrong: Path, name: str) -> None:
    done = plainleaf("check", "--format", name, root=wrong)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert ("1 error" in done.stdout) if name == "github" else (done.stderr.startswith("1 error"))
    quiet = plainleaf("check", "--quiet", "--format", name, root=wrong)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (1, done.stdout, "")
    if name == "junit":
        JUNIT.assertValid(etree.fromstring(done.stdout.encode()))
    elif name == "sarif":
        SARIF.validate(json.loads(done.stdout))
    elif name == "github":
        assert "::error file=locales/es/LC_MESSAGES/inhaler.po,line=" in done.stdout
    else:
        assert json.loads(done.stdout)


def test_what_record_says_stays_out_of_the_format(content: Path) -> None:
    done = plainleaf("check", "--record", "--format", "json", root=content)
    assert json.loads(done.stdout)["counts"]["error"] == done.returncode == 0
    assert done.stderr.startswith("recorded: sources/readability.toml")


def test_warnings_fail_a_junit_run_when_asked(content: Path, replaced: Callable[[Path, str, str], None]) -> None:
    replaced(content / "locales/es/LC_MESSAGES/inhaler.po", "Luego eche el aire.", "Luego eche eche el aire.")
    command = ("check", "--format", "junit", "--quiet")
    assert "<failure" not in plainleaf(*command, root=content).stdout
    done = plainleaf(*command, "--fail-on", "warning", root=content)
    assert (done.returncode, '<failure type="warning"' in done.stdout) == (1, True)


def test_files_are_named_from_the_folder_one_works_in(wrong: Path) -> None:
    done = plainleaf("check", "--root", wrong.name, "--format", "github", root=wrong.parent)
    assert f"::error file={wrong.name}/locales/es/LC_MESSAGES/inhaler.po,line=" in done.stdout
    assert f"Source: {wrong.name}/sources/inhaler.md:" in done.stdout


def test_reports_are_utf_8_in_any_locale(wrong: Path) -> None:
    command = [sys.executable, str(ROOT / "publish.py"), "check", "--format", "junit"]
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, cwd=wrong, capture_output=True, check=False, env=environment)
    assert "“" in done.stdout.decode("utf-8")
    JUNIT.assertValid(etree.fromstring(done.stdout))


def test_the_command_offers_every_format() -> None:
    done = plainleaf("check", "--format", "none")
    assert done.returncode == 2
    assert re.findall(r"'(\w+)'", done.stderr.partition("choose from")[2]) == ["text", *FORMATS]
