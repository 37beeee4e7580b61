"""What stands behind a short text and costs it a page: whose leaflet it is, sources, dates. Set closer, it may not.

The style sheet says what "closer" is, for a class of ``<body>``; here is only when it is tried. The tries are few and
always the same, whatever the machine does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from plainleaf.checks.page.boxes import Line, Printout

MOST_PAGES = 4  # of a short leaflet, on which a page counts: two sheets of paper
TRIES = ("closer", "closer closest")  # classes of ``<body>``, from the gentlest on
NOTE = "the end set closer, to save a page"

_CLOSING = "closing"  # class of what stands behind the text in the shipped templates


def costs_a_page(printout: Printout) -> bool:
    """Whether a leaflet is short and its last page holds back matter alone, which did not ask for a page of its own."""
    if not 2 <= len(printout.pages) <= MOST_PAGES:
        return False
    last = printout.pages[-1]
    return bool(last.seen) and not last.forced and all(_closes(printout, line) for line in last.seen)


def _closes(printout: Printout, line: Line) -> bool:
    element = line.element
    while element is not None:
        if _CLOSING in (element.get("class") or "").split():
            return True
        element = printout.parents.get(element)
    return False


@contextmanager
def also(body: Any, classes: str) -> Iterator[None]:
    """While it lasts, ``<body>`` has these classes too."""
    before = body.get("class")
    body.set("class", f"{before or ''} {classes}".strip())
    try:
        yield
    finally:
        if before is None:
            del body.attrib["class"]
        else:
            body.set("class", before)
