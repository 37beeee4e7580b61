"""A text without the ends of some blocks, to find out by laying it out again what would fit; and when to stop that."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

MOST_LAYOUTS = 40  # of one sheet

Slot = tuple[Any, str]  # an element, and which of its texts: "text" or "tail"


class Patience:
    """How often one may lay out again: so many times, and in the first half of the ``seconds`` that a sheet has.

    Seconds of computing: the clock would find other places to cut on a busy machine than on an idle one.
    """

    def __init__(self, seconds: float) -> None:
        self._until = time.process_time() + seconds / 2
        self._left = MOST_LAYOUTS
        self._longest = 0.0

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Around each layout: the next one is taken to last as long as the longest."""
        begun = time.process_time()
        yield
        self._longest = max(self._longest, time.process_time() - begun)

    def one_more(self) -> bool:
        """Whether there is time for another layout; it is counted as done."""
        self._left -= 1
        return self._left >= 0 and time.process_time() + self._longest < self._until


@contextmanager
def shortened(cuts: Mapping[Any, int]) -> Iterator[None]:
    """While it lasts, each of these blocks lacks so many characters at its end, as they are printed."""
    before: list[tuple[Slot, str]] = []
    try:
        for block, count in cuts.items():
            for slot in reversed(list(_slots(block))):
                element, name = slot
                text = getattr(element, name) or ""
                kept = _without(text, count)
                count -= len(_printed(text)) - len(_printed(kept))
                before.append((slot, text))
                setattr(element, name, kept)
                if count <= 0:
                    break
        yield
    finally:
        for (element, name), text in before:
            setattr(element, name, text)


def _slots(block: Any) -> Iterator[Slot]:
    """Where the text of a block stands, up to the next block, in its order."""
    yield block, "text"
    for child in block:
        if not child.get("data-at"):
            yield from _slots(child)
        yield child, "tail"


def _without(text: str, count: int) -> str:
    """A text without its last characters; white space counts as one."""
    goal = len(_printed(text)) - count
    at = len(text)
    while at and len(_printed(text[:at])) > max(goal, 0):
        at -= 1
    return text[:at]


def _printed(text: str) -> str:
    """A piece of text with each white space as one blank."""
    inner = " ".join(text.split())
    return f"{text[:1].isspace() * ' '}{inner}{text[-1:].isspace() * bool(inner) * ' '}"
