"""Texts that their author marked as those to leave out first, where a text is too long for its pages: the last first.

With them goes what is nothing without them: a heading above nothing, a list or box that holds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from plainleaf.checks.page.boxes import HEADINGS, short
from plainleaf.model import LEFT_OUT

OPTIONAL = "data-optional"
_HOLDERS = frozenset({"ul", "ol", "section", "div", "dl"})


@dataclass(frozen=True, slots=True)
class _Gone:
    """An element that was taken out of its place."""

    element: Any
    parent: Any
    place: int


def count(root: Any) -> int:
    """How many texts may be left out."""
    return len(_all(root))


def take_out(root: Any, chosen: Sequence[int]) -> tuple[str, ...]:
    """Leave some out, by their places among all of them; what they say, in their order."""
    every = _all(root)
    said = tuple(_said(every[each]) for each in sorted(chosen))
    _take_out(root, chosen)
    return said


def places(root: Any, said: Sequence[str]) -> tuple[int, ...]:
    """The places, among all of them, of those that say this; fewer where some are no longer there."""
    return tuple(place for place, element in enumerate(_all(root)) if _said(element) in said)


@contextmanager
def left_out(root: Any, chosen: Sequence[int]) -> Iterator[None]:
    """While it lasts, some are left out, by their places among all of them."""
    gone = _take_out(root, chosen)
    try:
        yield
    finally:
        for each in reversed(gone):
            each.parent.insert(each.place, each.element)


def note(said: tuple[str, ...]) -> str:
    """What was left out, in words."""
    return f"{LEFT_OUT}: {', '.join(f'“{short(text)}”' for text in said)}" if said else ""


def _said(element: Any) -> str:
    """Its text, or what its picture shows."""
    text = " ".join(" ".join(element.itertext()).split())
    return text or " ".join(picture.get("alt", "") for picture in element.iter("img"))


def _all(root: Any) -> list[Any]:
    return [element for element in root.iter() if element.get(OPTIONAL)]


def _take_out(root: Any, chosen: Sequence[int]) -> list[_Gone]:
    gone: list[_Gone] = []
    parents = {child: parent for parent in root.iter() for child in parent}
    every = _all(root)
    for element in (every[each] for each in sorted(chosen, reverse=True)):
        if element in parents:  # and not gone with what was below it
            _without(element, parents, gone)
    return gone


def _without(element: Any, parents: dict[Any, Any], gone: list[_Gone]) -> None:
    """Take an element out, then what is nothing without it."""
    parent = parents.pop(element)
    place = list(parent).index(element)
    gone.append(_Gone(element, parent, place))
    parent.remove(element)
    if parent.tag in _HOLDERS and not _holds(parent) and parent in parents:
        _without(parent, parents, gone)
    elif place and parent[place - 1].tag in HEADINGS and _ends(parent, place):
        _without(parent[place - 1], parents, gone)


def _holds(element: Any) -> bool:
    """Whether anything is left but a label or a heading."""
    labels = (each for each in element if each.tag not in HEADINGS and each.get("class") != "label")
    return any(True for _ in labels)


def _ends(parent: Any, place: int) -> bool:
    """Whether nothing stands below the heading before a place."""
    after = parent[place].tag if place < len(parent) else None
    return after is None or (after in HEADINGS and after <= parent[place - 1].tag)
