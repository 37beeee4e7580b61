"""``check --format junit``, for test reports."""

from __future__ import annotations

from dataclasses import replace

from plainleaf.model import Location
from plainleaf.reports.run import Run
from tests.reports.examples import LONG, PO, RUN, SOURCE, valid_junit


def test_junit_fails_on_errors_skips_what_was_not_measured_and_passes_on_warnings() -> None:
    root = valid_junit(RUN)
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("7", "1", "0")
    (failure,) = root.iter("failure")
    assert failure.get("type") == "error"
    assert failure.getparent().getparent().get("name") == PO.file
    assert failure.text.split("\n")[-2:] == [str(PO), f"Source: {SOURCE}"]
    assert [case.getparent().get("name").partition(":")[0] for case in root.iter("skipped")] == [
        "readability-unscored", "po-waived",
    ]  # fmt: skip
    assert [text.text.split("\n")[0] for text in root.iter("system-out")] == [
        "warning: 19 words, at most 15", "note: let pass until 2027-06-30: 19 words",
    ]  # fmt: skip


def test_junit_fails_on_warnings_when_they_are_asked_to_fail() -> None:
    kinds = {failure.get("type") for failure in valid_junit(replace(RUN, strict=True)).iter("failure")}
    assert kinds == {"error", "warning"}


def test_junit_of_a_green_run_has_a_passing_case_for_each_file() -> None:
    root = valid_junit(Run((), RUN.checked))
    assert [(case.get("classname"), len(case)) for case in root.iter("testcase")] == [(f, 0) for f in RUN.checked]


def test_junit_gives_no_two_cases_the_same_name() -> None:
    twins = (LONG, replace(LONG, at=Location(LONG.at.file, 30)))
    names = [case.get("name") for case in valid_junit(Run(twins)).iter("testcase")]
    assert names[1:] == [f"{LONG.check}: {LONG.message}", f"{LONG.check}: {LONG.message} (2)"]
