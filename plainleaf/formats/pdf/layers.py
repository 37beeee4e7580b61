"""The two layers of a leaflet: what readers act on, on as few pages as its layout promises, and what is for reading.
That begins a page where little of the page before stays empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plainleaf.checks.page.acting import begins

APART = "second-layer-apart"
"""The class of ``<body>`` with which the style sheet begins the second layer on a new page."""
MOST_LEFT = 0.23  # of the height of a page, empty before it

TRIES: Mapping[str, float] = {"acting-closer": 0.05, "acting-closer acting-closest": 0.1}
"""Classes of ``<body>`` with which the style sheet sets the text closer, the gentler first; each with about the share
of a page that this saves on each page."""

_ON_TOP = 0.01  # of the height of a page: what begins no lower is the first on it


def leaves_little(root: Any, document: Any) -> bool:
    """Whether the second layer begins within a page, so far down that the rest of that page may stay empty."""
    found = _begins(root, document)
    return found is not None and found[1] >= 1 - MOST_LEFT


def beyond(root: Any, document: Any, most: int) -> float:
    """By how many pages what readers act on goes beyond page ``most``; 0 where that is any page, or there is no second
    layer."""
    found = _begins(root, document) if most else None
    if found is None:
        return 0.0
    page, filled = found
    return max(0.0, page - 1 - most + (filled if filled > _ON_TOP else 0.0))


def tries(over: float, most: int) -> Iterator[str]:
    """What may save so many pages on the first ``most``, the gentler first; the closest in any case, as it might."""
    for classes, saved in TRIES.items():
        if saved * most >= over or classes == [*TRIES][-1]:
            yield classes


def note(classes: str, most: int) -> str:
    """What such classes of ``<body>`` do, in words."""
    closer = any(each in classes.split() for each in TRIES)
    return f"set closer, so that what readers act on ends on page {most}" if closer else ""


def _begins(root: Any, document: Any) -> tuple[int, float] | None:
    """The page (from 1) on which the second layer begins, and the share of it that is filled before: the next one where
    only the first pages are there; ``None`` if there is none."""
    heading = next(filter(begins, root.iter()), None)
    if heading is None:
        return None
    for number, page in enumerate(document.pages, 1):
        page_box = page._page_box
        tops = [box.position_y for box in page_box.descendants() if box.element is heading]
        if tops:
            return number, float((min(tops) - page_box.content_box_y()) / page_box.height)
    return len(document.pages) + 1, 0.0
