"""Why each finding on the work of making files is one."""

from __future__ import annotations

from typing import Final

from plainleaf.model.explanations import Explanation

EXPLAINED: Final[tuple[Explanation, ...]] = (
    Explanation(
        "machine",
        "The programs that make the files were ended from outside.",
        "The machine is most likely out of memory; not all files were made.",
        "Close other programs and run the command again.",
    ),
    Explanation(
        "render-limit",
        "A file could not be made within its limits of time or memory.",
        "One leaflet must not stop the others.",
        "Look for a huge table or picture, or raise time-limit or memory-limit in the settings.",
    ),
)
