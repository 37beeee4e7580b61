"""How a command ends.

0 good, 1 findings that are errors, 2 wrong usage or settings, 3 missing system parts, 70 a mistake of our own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plainleaf.model import Finding

GOOD, ERRORS, USAGE, SYSTEM, OURS = 0, 1, 2, 3, 70


def code(findings: Iterable[Finding]) -> int:
    from plainleaf.model import Severity

    errors = {finding.check for finding in findings if finding.severity is Severity.ERROR}
    return USAGE if "settings" in errors else ERRORS if errors else GOOD
