"""What is filled in on paper: boxes to tick and lines to write on, as fields of a form that is not interactive.

A box is a picture; a line is the lower border of a box without text, which WeasyPrint draws as decoration. It is found
by its place, and becomes what its tag holds. ISO 32000-1, 14.8.5.6 (PrintField).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pydyf

from plainleaf.formats.pdf.actualtext import Box, Mark

KINDS = {"tick": "cb", "text": "tv"}
"""What an element's ``data-field`` says that is filled in -> the Role of a PrintField."""

_PLACES = re.compile(rb"((?:-?[\d.]+ )+)(m|l|c|re)")
_NEAR = 0.01  # CSS pixels


def attributes(kind: str, name: str) -> dict[str, Any]:
    """What a field is; ``name``: what it is called."""
    found = {"O": "/PrintField", "Role": f"/{KINDS[kind]}", "Desc": pydyf.String(name)}
    return found | ({"checked": "/off"} if kind == "tick" else {})


class Lines:
    """The lines to write on of all pages; ``marks`` grows by those that are asked for."""

    def __init__(self, marks: list[Mark]) -> None:
        self._marks = marks
        self._streams = {mark.page: mark.stream for mark in marks}
        self._drawn: dict[int, list[tuple[int, int, tuple[float, ...]]]] = {}

    def mark(self, page: int, box: Box) -> Mark | None:
        """What is drawn of a line on a page, as a mark of its own; None where nothing is."""
        if page not in self._streams:
            return None
        if page not in self._drawn:
            self._drawn[page] = list(_decoration(self._streams[page]))
        left, top = box.border_box_x(), box.border_box_y()
        edges = (left, top, left + box.border_width(), top + box.border_height())
        for start, end, drawn in self._drawn[page]:
            if all(abs(one - other) < _NEAR for one, other in zip(edges, drawn, strict=True)):
                return self._marked(page, box, start, end)
        return None

    def _marked(self, page: int, box: Box, start: int, end: int) -> Mark:
        stream = self._streams[page]
        number = 1 + max(mark.mcid for mark in self._marks if mark.page == page)
        # "/Artifact BMC" becomes "/Form <<...>> BDC", item by item: no other mark's place in the stream may move.
        stream[start : start + 3] = ["/Form", pydyf.Dictionary({"MCID": number}), b"BDC\n" + stream[start + 2]]
        made = Mark(page, number, box, stream, start + 1, end)
        self._marks.append(made)
        return made


def _decoration(stream: list[Any]) -> Iterator[tuple[int, int, tuple[float, ...]]]:
    """Each piece of decoration that shapes are drawn in: where it begins and ends, the edges of all its shapes."""
    start, across, down = -1, list[float](), list[float]()
    for at, item in enumerate(stream):
        if item == b"BMC" and stream[at - 1] == "/Artifact":
            start, across, down = at - 1, [], []
        elif item == b"EMC":
            if start >= 0 and across and isinstance(stream[start + 2], bytes):
                yield start, at, (min(across), min(down), max(across), max(down))
            start = -1
        elif start >= 0 and isinstance(item, bytes) and (found := _PLACES.fullmatch(item)):
            numbers = [float(number) for number in found[1].split()]
            if found[2] == b"re":
                numbers[2:] = [numbers[0] + numbers[2], numbers[1] + numbers[3]]
            across += numbers[::2]
            down += numbers[1::2]
