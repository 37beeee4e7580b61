"""``check --format gitlab``: code quality."""

from __future__ import annotations

import json

from plainleaf.reports import gitlab
from tests.reports.examples import PO, RUN, SOURCE


def test_gitlab_tells_the_line_to_mend() -> None:
    told = json.loads(gitlab.report(RUN))
    assert [(one["location"]["path"], one["location"]["lines"]["begin"], one["severity"]) for one in told] == [
        (SOURCE.file, 1, "info"), (PO.file, 32, "major"), (PO.file, 32, "info"), (SOURCE.file, 20, "minor"),
        (SOURCE.file, 20, "info"),
    ]  # fmt: skip
    assert len({one["fingerprint"] for one in told}) == 5
