"""Text that is too long: for which panel or page, and how many characters of which block must go for it to fit.

The number is found by laying out again with less, so it is true: so many characters less at the end of the block that
is named, and the text fits; half of them less, and it does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from math import isqrt
from typing import Any

from plainleaf.checks.page.boxes import CONTAINERS, HEADINGS, Line, Page, Printout, given, squeezed
from plainleaf.model import Origin

PANELS = "data-panels"  # on an element of a layout: the names of the pages that it has, with commas between them

_EXACT = 12  # a number is found to within a part of so many
_KEPT = 10  # characters that a block keeps at least: one with none of its text left is another leaflet


@dataclass(frozen=True, slots=True)
class Part:
    """What has ``most`` pages and takes more: ``pages``, by number.

    ``element`` is marked by the layout with the names of its panels; ``None``: what stands between two forced breaks.
    """

    element: Any
    names: tuple[str, ...]
    pages: tuple[int, ...]
    most: int

    @property
    def room(self) -> str:
        """The last page that it has, in words."""
        return f"panel “{self.names[-1]}”" if self.names else f"page {self.pages[self.most - 1]}"


@dataclass(frozen=True, slots=True)
class Excess:
    """So many characters too much at the end of ``block``, or at the ends of all blocks from ``since`` to it."""

    count: int
    block: Any
    since: Any


def over(printout: Printout) -> tuple[Part, ...]:
    """The parts that take more pages than they have, or than leave the sheet its pages.

    Where the layout marks no parts, a page is saved by taking away what stands on the last page of a part that runs
    over several; the shortest of these go first.
    """
    marked = [part for part in _marked(printout) if len(part.pages) > part.most]
    most = printout.rules.max_pages
    surplus = len(printout.pages) - most if most else 0
    surplus -= sum(len(part.pages) - part.most for part in marked)
    parts: list[list[Page]] = []
    for page in printout.pages:
        if not parts or page.forced or page.name != parts[-1][-1].name:
            parts.append([])
        parts[-1].append(page)
    told = {number for part in marked for number in part.pages}
    numbers = [tuple(page.number for page in part) for part in parts]
    free = [part for part, own in zip(parts, numbers, strict=True) if told.isdisjoint(own)]
    left = {id(part): len(part) for part in free}
    for _ in range(surplus):
        if several := [part for part in free if left[id(part)] > 1]:
            shortest = min(several, key=lambda part: _characters(part[left[id(part)] - 1]))
            left[id(shortest)] -= 1
    plain = [
        Part(None, (), tuple(page.number for page in part), left[id(part)])
        for part in free
        if left[id(part)] < len(part)
    ]
    return (*marked, *plain)


def _marked(printout: Printout) -> Iterator[Part]:
    """The parts that the layout marks, each with the pages that it stands on."""
    for element in printout.root.iter():
        if named := element.get(PANELS):
            names = tuple(name.strip() for name in named.split(","))
            inside = set(element.iter())
            pages = sorted({line.page for page in printout.pages for line in page.seen if line.element in inside})
            yield Part(element, names, tuple(pages), len(names))


def _characters(page: Page) -> int:
    return sum(len(squeezed(line.text)) for line in page.body)


def first_beyond(printout: Printout, part: Part) -> Line | None:
    """The first line that has no page; ``None`` if only pictures or empty boxes have none."""
    beyond = part.pages[part.most :]
    return next((line for line in _lines(printout, part) if line.page in beyond), None)


def _lines(printout: Printout, part: Part) -> list[Line]:
    inside = None if part.element is None else set(part.element.iter())
    pages = [page for page in printout.pages if page.number in part.pages]
    lines = (line for page in pages for line in page.body if line.runs)
    return [line for line in lines if inside is None or line.element in inside]


def measured(printout: Printout, part: Part) -> Excess | None:
    """What must go from a part, in the block that can best do without; ``None`` where that could not be measured.

    That is the block where the text runs over, if half of it will do; else the longest one up to there; else several,
    from there back.
    """
    text = _blocks(printout, part)
    beyond = part.pages[part.most :]
    until = next((at for at, (_, page) in enumerate(text) if page in beyond), len(text) - 1)
    back = [block for block, _ in text[until::-1]]
    if not back:
        return None

    fits = _fitting(printout, part)
    longest = max(back, key=length)
    for block, most in ((back[0], min(_spare(back[0]), length(back[0]) // 2)), (longest, _spare(longest))):
        if count := _least(printout, [block], most, fits):
            return Excess(count, block, block)
    after = [block for block, _ in text[until + 1 :]]
    several = [*back, *after]
    if count := _least(printout, several, sum(map(length, several)), fits):
        return Excess(count, back[0], list(_cuts(several, count))[-1])
    return None


@dataclass(frozen=True, slots=True)
class Lengthy:
    """A text that is none of the leaflet's and by so many characters longer than there is room for; ``element`` holds
    it. ``count`` 0: by how much is not known."""

    count: int
    origin: Origin
    element: Any


def of_others(printout: Printout, part: Part) -> Lengthy | None:
    """A text of others, such as the clinic's name, that keeps a part from fitting and is longer than usual.

    ``None`` where the part would not fit either if all of these were short: then it is the leaflet's text that is too
    long. Where there is none of that, the longest of the others' is named.
    """
    texts = _of_others(printout, part)
    spare = {origin: len(origin.text) - min(origin.usual or 0, _KEPT) for origin in texts}
    longer = (origin for origin in texts if len(origin.text) > (origin.usual or 0))
    lengthy = sorted(longer, key=lambda origin: -spare[origin])
    if not lengthy:
        return None

    def cuts(origins: Sequence[Origin], count: int) -> dict[Any, int]:
        return {element: min(count, spare[origin]) for origin in origins for element in texts[origin]}

    fits = _fitting(printout, part)
    most = spare[lengthy[0]]
    found = printout.shorter(cuts(lengthy, most)) if printout.shorter else None
    if found is not None and fits(found):
        for origins in ([lengthy[0]], lengthy):
            again = partial(cuts, origins)
            if count := _fewest(printout, again, most, fits):
                return Lengthy(count, lengthy[0], texts[lengthy[0]][0])
    if not _blocks(printout, part):
        return Lengthy(0, lengthy[0], texts[lengthy[0]][0])
    return None


def _of_others(printout: Printout, part: Part) -> dict[Origin, list[Any]]:
    """The texts of others that can be shorter, each with the elements of a part that they are printed in."""
    known = [origin for origin in printout.origins if origin.usual is not None and origin.text]
    found: dict[Origin, list[Any]] = {}
    for element in dict.fromkeys(printout.block(line.element) for line in _lines(printout, part)):
        said = squeezed("".join(given(element)))
        for origin in known:
            if said == origin.text or (len(origin.text) > 3 and origin.text in said):
                found.setdefault(origin, []).append(element)
    return found


def _fitting(printout: Printout, part: Part) -> Callable[[Printout], bool]:
    """Whether a part has its pages in another printout of the same sheet."""

    def fits(found: Printout) -> bool:
        if part.element is None:
            return len(found.pages) <= len(printout.pages) - len(part.pages) + part.most
        pages = next((len(one.pages) for one in _marked(found) if one.element is part.element), 0)
        return pages <= part.most

    return fits


def least_of(printout: Printout, block: Any, fits: Callable[[Printout], bool]) -> int:
    """How many characters must go at a block's end for something to hold; 0 where that could not be measured."""
    return _least(printout, [block], _spare(block), fits)


def _blocks(printout: Printout, part: Part) -> list[tuple[Any, int]]:
    """The blocks of a part that have text to shorten, in their order, each with the last page that it stands on.

    A layout's own words are left out: who is to shorten the text cannot change them.
    """
    found: dict[Any, int] = {}
    for block, lines in groupby(_lines(printout, part), key=lambda line: printout.block(line.element)):
        text = block.get("data-at") and block.get("data-kind") not in CONTAINERS and block.tag not in HEADINGS
        if text and _spare(block) > 0:
            found[block] = max(line.page for line in lines)
    return list(found.items())


def length(block: Any) -> int:
    """The characters of a block's own text, as printed."""
    return len(squeezed("".join(given(block))))


def _spare(block: Any) -> int:
    return length(block) - _KEPT


def _cuts(blocks: Sequence[Any], count: int) -> dict[Any, int]:
    """So many characters, taken from the first blocks first."""
    cuts: dict[Any, int] = {}
    for block in blocks:
        if count <= 0:
            break
        cuts[block] = min(count, length(block))
        count -= cuts[block]
    return cuts


def _least(printout: Printout, blocks: Sequence[Any], most: int, fits: Callable[[Printout], bool]) -> int:
    """The fewest characters that must go from blocks, the first of them first."""
    return _fewest(printout, lambda count: _cuts(blocks, count), most, fits)


def _fewest(
    printout: Printout, cuts: Callable[[int], Mapping[Any, int]], most: int, fits: Callable[[Printout], bool]
) -> int:
    """The fewest characters that must go, up to ``most``, by halving; 0 if so many are not enough or time is up."""
    again = printout.shorter
    if again is None or most <= 0:
        return 0
    low, high, middle = 0, most + 1, most
    while high - low > max(1, high // _EXACT):
        found = again(cuts(middle))
        if found is None:
            return 0
        if fits(found):
            high = middle
        elif middle == most:
            return 0
        else:
            low = middle
        middle = isqrt(low * high) if low else high // 3 or 1
        middle = min(max(middle, low + 1), high - 1)
    return high
