"""What stands at the foot of the last page: what readers cut off, with nothing on its back that they need; or else the
closing lines of a layout that wants them there.

A template puts it last, in an element with ``data-cut-off``: "front" where sheets are printed on both sides, so that it
must not come on a back, else "any". On which page it comes, and how much room is left there, is only known once all is
laid out. Closing lines for the foot are in an element with ``data-at-foot``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

CUT_OFF = "data-cut-off"
AT_FOOT = "data-at-foot"
APART = "cut-off-apart"
"""The class of ``<body>`` with which the style sheet gives it a sheet of its own."""
OVERLEAF = "closing-overleaf"
"""The class with which the back matter begins on the back of the text's page, which would be empty else."""
NOTE = "what is cut off on a sheet of its own, so that no text is lost with it"

_SPARE = 1.0  # px that stay free: what fills a page to its last hair is pushed to the next


def of(root: Any) -> Any:
    """The element that holds what is cut off, or ``None``."""
    return next((element for element in root.iter() if element.get(CUT_OFF)), None)


def lowest(root: Any) -> Any:
    """The element that is to stand at the foot of the last page, or ``None``."""
    found = (element for element in root.iter() if element.get(AT_FOOT))
    return of(root) if of(root) is not None else next(found, None)


def takes_text_along(element: Any, document: Any) -> bool:
    """Whether text that readers need stands on its back: the page before."""
    return element.get(CUT_OFF) == "front" and len(document.pages) % 2 == 0


def room_below(element: Any, document: Any) -> float:
    """How far it can be moved down on the last page, in px."""
    page = document.pages[-1]._page_box
    boxes = [box for box in page.descendants() if box.element is element]
    foot = max((box.position_y + box.margin_height() for box in boxes), default=float("inf"))
    return max(0.0, float(page.content_box_y() + page.height - foot - _SPARE))


@contextmanager
def lowered(element: Any, by: float) -> Iterator[None]:
    """While it lasts, the style sheet sees ``--lower``: how much more room the element is to have above it."""
    element.set("style", f"--lower: {by:.2f}px")
    try:
        yield
    finally:
        del element.attrib["style"]
