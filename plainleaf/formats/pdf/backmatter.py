"""What stands behind a short text and costs it a page: whose leaflet it is, sources, dates. Set closer, it may not.

The style sheet says what "closer" is, for a class of ``<body>``; here is only when it is tried. The tries are few and
always the same, whatever the machine does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from plainleaf.checks.page.boxes import Line, Printout

MOST_PAGES = 4  # of a short leaflet, on which a page counts: two sheets of paper
TRIES: Mapping[
    str, frozenset[str]
] = {  # classes of ``<body>``, the gentlest first; the classes of what each sets closer
    "closer": frozenset({"about"}),
    "closer closest": frozenset({"about", "closing"}),
}
NOTE = "the end set closer, to save a page"

_SAVED = 0.8  # at most, of the height of what is set closer
_CLOSING = "closing"  # class of what stands behind the text in the shipped templates


def tries(printout: Printout, room: float) -> Iterator[str]:
    """What may save the last page, the gentlest first; ``room``: px that the page before has left.

    What cannot save so much is not tried.
    """
    if not costs_a_page(printout):
        return
    needed = _height(printout.pages[-1].seen)
    for classes, closer in TRIES.items():
        set_closer = [[line for line in page.seen if _inside(printout, line, closer)] for page in printout.pages]
        if needed <= room + _SAVED * sum(map(_height, set_closer)):
            yield classes


def _height(lines: Sequence[Line]) -> float:
    """From the top of the first line to the foot of the last one, in px."""
    return max(line.edges[3] for line in lines) - min(line.edges[1] for line in lines) if lines else 0.0


def is_short(pages: int) -> bool:
    """Whether a leaflet of so many pages is one on which a page counts, and has one to save."""
    return 2 <= pages <= MOST_PAGES


def costs_a_page(printout: Printout) -> bool:
    """Whether the last page of a leaflet holds back matter alone, which did not ask for a page of its own."""
    last = printout.pages[-1]
    return (
        bool(last.seen)
        and not last.forced
        and all(_inside(printout, line, frozenset({_CLOSING})) for line in last.seen)
    )


def _inside(printout: Printout, line: Line, classes: frozenset[str]) -> bool:
    """Whether a line is part of something that has one of these classes."""
    element = line.element
    while element is not None:
        if not classes.isdisjoint((element.get("class") or "").split()):
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
