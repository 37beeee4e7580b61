"""The second layer of a leaflet, which is for reading and not for acting: it begins a page where little of the page
before stays empty."""

from __future__ import annotations

from typing import Any

from plainleaf.checks.page.boxes import classes_of

APART = "second-layer-apart"
"""The class of ``<body>`` with which the style sheet begins it on a new page."""
MOST_LEFT = 0.25  # of the height of a page, empty before it

_HEADING = "more"  # class of the heading that it begins with


def leaves_little(root: Any, document: Any) -> bool:
    """Whether it begins within a page, so far down that the rest of that page may stay empty."""
    heading = next((element for element in root.iter("h2") if _HEADING in classes_of(element)), None)
    if heading is None:
        return False
    for page in document.pages:
        page_box = page._page_box
        tops = [box.position_y for box in page_box.descendants() if box.element is heading]
        if tops:
            filled = (min(tops) - page_box.content_box_y()) / page_box.height
            return bool(filled >= 1 - MOST_LEFT)
    return False
