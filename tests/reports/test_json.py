"""``check --format json``."""

from __future__ import annotations

import json

from plainleaf.model import Finding
from plainleaf.reports import json as json_report
from plainleaf.reports.run import ordered
from tests.reports.examples import DOSE, LONG, NOT, PO, RUN, SOURCE


def test_json_has_a_version_counts_and_every_finding_whole() -> None:
    told = json.loads(json_report.report(RUN))
    assert told["version"] == json_report.VERSION
    assert told["counts"] == {"error": 1, "warning": 1, "unmeasured": 2, "note": 1}
    (dose,) = (one for one in told["findings"] if one["check"] == DOSE.check)
    assert dose == {
        "check": "po-numbers", "severity": "error", "message": DOSE.message, "hint": "write 50 mg",
        "at": {"file": SOURCE.file, "line": 14}, "po": {"file": PO.file, "line": 32},
    }  # fmt: skip
    assert told["findings"][0]["at"]["line"] == 0
    assert told["findings"][-1]["po"] is None


def test_json_says_what_was_let_pass_by_whom_and_why() -> None:
    told = json.loads(json_report.report(RUN))["findings"]
    assert {one["check"]: one["waived"] for one in told if "waived" in one} == {
        "po-waived": {
            "check": "po-negation", "severity": "warning", "message": NOT, "hint": "read it again",
            "reason": "it is said so here", "by": "A. Sample, nurse", "at": None,
        },
        "readability-waived": {
            "check": LONG.check, "severity": "warning", "message": LONG.message, "hint": "cut it",
            "reason": "the law says so", "by": "", "at": {"file": "pyproject.toml", "line": 12},
        },
    }  # fmt: skip
    assert [Finding.from_json(one) for one in told] == ordered(RUN.findings)
