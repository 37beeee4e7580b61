"""Why each finding on what is known of published files is one."""

from __future__ import annotations

from typing import Final

from plainleaf.model.explanations import Explanation

EXPLAINED: Final[tuple[Explanation, ...]] = (
    Explanation(
        "provenance",
        "The list of what was made (provenance.json) is missing, or could not be read.",
        "Without it nobody can tell whether a file is the one that was published.",
        "Publish again: the list is written with the files.",
    ),
)
