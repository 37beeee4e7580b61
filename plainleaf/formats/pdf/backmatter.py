"""What is set closer where a page would be lost: back matter that would have the last page for itself, and a first red
box that would leave the title alone on page 1, or break there.

The style sheet says what "closer" is, for classes of ``<body>``; here is only when it is tried. The tries are few and
always the same, whatever the machine does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from plainleaf.checks.page.boxes import Line, Printout, classes_of
from plainleaf.formats.pdf.firstpage import elements

MOST_PAGES = 4  # of a short leaflet, on which a page counts: two sheets of paper
ALL = "all-closer"  # the class of ``<body>`` with which the text is closer too
GENTLEST = "closer"
TRIES: Mapping[
    str, frozenset[str]
] = {  # classes of ``<body>``, the gentlest first; the classes of what each sets closer
    GENTLEST: frozenset({"about"}),
    "closer closest": frozenset({"about", "closing"}),
    f"closer closest {ALL}": frozenset({"about", "closing"}),
}
FOR_FIRST_BOX = ("first-smaller", ALL, f"{ALL} first-closer", f"{ALL} first-closer first-closest")
"""What is tried for a panel for an emergency or a first red box: its pictures smaller, where a layout has them large;
all closer; then the title and the box most; then the whole text in the smallest type of the layout."""
NOTE = "the end set closer, to save a page"
NOTE_OF_ALL = "lines set closer, to save a page"

_SAVED = 0.8  # at most, of the height of what is set closer
_SAVED_OF_TEXT = 0.2  # at most, of the height of the text, where that is closer too; ideas always are
_CLOSING = "closing"  # class of what stands behind the text in the shipped templates
_OPENING = "opening"  # and of the title with what is said of the leaflet
_IDEA = "together"  # and of an idea with its picture, where a layout has a row for each
_FIRST_BOX = "urgent"


def tries(printout: Printout, room: float) -> Iterator[str]:
    """What may save the last page, the gentlest first; ``room``: px that the page before has left.

    What cannot save so much is not tried, nor anything but the gentlest in a long leaflet; the fifth page, which is a
    third sheet of paper, is saved by the end alone.
    """
    if not costs_a_page(printout):
        return
    needed = height(printout.pages[-1].seen)
    has_ideas = _last_idea(printout.root) is not None
    text = sum(height(page.seen) for page in printout.pages)
    pages = len(printout.pages)
    most = 3 if pages <= MOST_PAGES else 2 if pages == MOST_PAGES + 1 else 1
    for classes, closer in list(TRIES.items())[:most]:
        set_closer = [[line for line in page.seen if _inside(printout, line, closer)] for page in printout.pages]
        saved = _SAVED * sum(map(height, set_closer)) + _SAVED_OF_TEXT * text * (has_ideas or ALL in classes)
        if needed <= room + saved:
            yield classes


def note(classes: str) -> str:
    """What such classes of ``<body>`` do, in words."""
    return NOTE_OF_ALL if ALL in classes else NOTE if classes else ""


def ends_alone(root: Any, document: Any) -> bool:
    """Whether the last of several pages seems to hold back matter alone, or with the last idea of an easy read: quickly
    said, before anything is read."""
    return len(document.pages) > 1 and _only(root, document.pages[-1], _CLOSING, _last_idea(root))


def _last_idea(root: Any) -> Any:
    """The element of the last idea that has a row of its own, or ``None``."""
    return next((each for each in reversed(list(root.iter())) if _IDEA in classes_of(each)), None)


def begins_amiss(root: Any, document: Any) -> bool:
    """Whether a first red box did not fit on page 1: it left the title alone there, or goes on overleaf."""
    if len(document.pages) < 2:
        return False
    if not _only(root, document.pages[0], _OPENING):
        return len(document.pages) <= MOST_PAGES and _goes_on(*document.pages[:2])
    return _begins_with_box(document.pages[1])


def surely_begins_amiss(root: Any, document: Any) -> bool:
    """Whether the first pages of a document say that it begins amiss, however many there will be."""
    pages = document.pages
    return len(pages) > 1 and _only(root, pages[0], _OPENING) and _begins_with_box(pages[1])


def _begins_with_box(page: Any) -> bool:
    """Whether the first thing on a page is a red box."""
    first = next((element for element in elements(page) if element.get("data-at")), None)
    return first is not None and _FIRST_BOX in classes_of(first)


def _goes_on(page: Any, after: Any) -> bool:
    """Whether the first red box of a page goes on on the one after it."""
    box = next((element for element in elements(page) if _FIRST_BOX in classes_of(element)), None)
    return box is not None and any(element is box for element in elements(after))


def _only(root: Any, page: Any, name: str, besides: Any = None) -> bool:
    """Whether all that stands on a page is part of what has a class, or of the element ``besides``."""
    named = (element for element in root.iter() if name in classes_of(element) or element is besides)
    parts = {each for element in named for each in element.iter()}
    return bool(parts) and all(element in parts or not parts.isdisjoint(element.iter()) for element in elements(page))


def height(lines: Sequence[Line]) -> float:
    """From the top of the first line to the foot of the last one, in px."""
    return max(line.edges[3] for line in lines) - min(line.edges[1] for line in lines) if lines else 0.0


def costs_a_page(printout: Printout) -> bool:
    """Whether the last page of a leaflet holds back matter alone, or with the last idea of an easy read, and did not
    ask for a page of its own."""
    last = printout.pages[-1]
    idea = _last_idea(printout.root)
    besides = set() if idea is None else set(idea.iter())
    closing = frozenset({_CLOSING})
    return (
        bool(last.seen)
        and not last.forced
        and all(line.element in besides or _inside(printout, line, closing) for line in last.seen)
    )


def _inside(printout: Printout, line: Line, classes: frozenset[str]) -> bool:
    """Whether a line is part of something that has one of these classes."""
    element = line.element
    while element is not None:
        if not classes.isdisjoint(classes_of(element)):
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
