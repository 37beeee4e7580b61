"""Pages to write on, which fill the last sheet of a booklet: four pages stand on a sheet, whatever the text takes.

A template marks each with ``data-spare="1"``, 2 and so on; the style sheet prints the first ``n`` of them where
``<body>`` has the class ``spare-n``. How many are missing is only known once all is laid out.
"""

from __future__ import annotations

from typing import Any

from plainleaf.model import Scheme

SPARE = "data-spare"
_A_SHEET = 4  # pages
MOST = _A_SHEET - 1


def wanted(root: Any, pages: int, scheme: Scheme | None) -> int:
    """How many pages to write on a document of so many pages has room for; 0 where it has none, or fills its sheets."""
    if scheme is None or scheme.kind != "saddle-stitch":
        return 0
    return min(-pages % _A_SHEET, sum(1 for _ in _all(root)))


def name(count: int) -> str:
    """The class of ``<body>`` with which so many are printed, "" for none."""
    return f"spare-{count}" if count else ""


def without_others(root: Any, count: int) -> None:
    """Take all but the first ``count`` out of a document that is laid out: checks would miss their text."""
    for element, parent in [(each, parent) for each, parent in _all(root) if int(each.get(SPARE)) > count]:
        parent.remove(element)


def _all(root: Any) -> list[tuple[Any, Any]]:
    return [(child, parent) for parent in root.iter() for child in parent if child.get(SPARE)]
