"""``check --format json``."""

from __future__ import annotations

import json

from plainleaf.reports import json as json_report
from tests.reports.examples import DOSE, PO, RUN, SOURCE


def test_json_has_a_version_counts_and_every_finding_whole() -> None:
    told = json.loads(json_report.report(RUN))
    assert told["version"] == json_report.VERSION
    assert told["counts"] == {"error": 1, "warning": 1, "unmeasured": 1}
    assert told["findings"][1] == {
        "check": "po-numbers", "severity": "error", "message": DOSE.message, "hint": "write 50 mg",
        "at": {"file": SOURCE.file, "line": 14}, "po": {"file": PO.file, "line": 32},
    }  # fmt: skip
    assert told["findings"][0]["at"]["line"] == 0
    assert told["findings"][2]["po"] is None
