"""What ``check --format`` says to other programs: valid by their schemas, whatever stands in a finding.

``PLAINLEAF_GOLDEN=1 ./do test tests/reports/test_registry.py`` writes the examples in ``golden/findings.*`` anew.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree

from plainleaf.model import Severity
from plainleaf.reports import gitlab, junit
from plainleaf.reports import json as json_report
from plainleaf.reports.registry import FORMATS
from plainleaf.reports.run import Run
from tests.conftest import ROOT, TESTS, plainleaf
from tests.reports.examples import JUNIT, RUN, RUNS, SARIF, valid_junit, valid_sarif

pytestmark = pytest.mark.usefixtures("two_layouts")

GOLDEN = TESTS / "golden"


ENDINGS = {"json": "json", "sarif": "sarif", "junit": "junit.xml", "github": "github.txt", "gitlab": "gitlab.json"}


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_has_an_example_to_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plainleaf.__version__", "1.2.3")
    path = GOLDEN / f"findings.{ENDINGS[name]}"
    if os.environ.get("PLAINLEAF_GOLDEN"):
        path.write_text(FORMATS[name](RUN) + "\n", encoding="utf-8")
    assert FORMATS[name](RUN) + "\n" == path.read_text(encoding="utf-8")


@given(RUNS)
def test_every_format_is_valid_utf_8_whatever_a_finding_holds(run: Run) -> None:
    for format in FORMATS.values():
        assert format(run).encode("utf-8").decode("utf-8") == format(run)
    found = run.findings
    results = valid_sarif(*found)["results"]
    assert len(results) == len(found)
    assert all(result["level"] == "none" or result["kind"] == "fail" for result in results)
    for result in results:
        for place in [*result.get("locations", []), *result.get("relatedLocations", [])]:
            uri = place.get("physicalLocation", {"artifactLocation": {"uri": ""}})["artifactLocation"]["uri"]
            assert re.fullmatch(r"(file:///)?([\w.~/-]|%[0-9A-F]{2})*", uri, re.ASCII), uri
    root = valid_junit(run)
    assert len(list(root.iter("failure"))) == sum(junit.fails(finding, run.strict) for finding in found)
    assert len(list(root.iter("testcase"))) == int(root.get("tests"))
    assert json.loads(json_report.report(run))["counts"]["error"] == sum(
        one.severity is Severity.ERROR for one in found
    )
    assert len(json.loads(gitlab.report(run))) == len(found)


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
    assert ", ".join(["text", *FORMATS]) in done.stderr
