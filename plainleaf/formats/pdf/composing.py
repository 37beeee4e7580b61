"""Where pages end, chosen by what that costs: a page that ends in much white is laid out once more, with what did not
fit there allowed to break.

WeasyPrint fills a page until something does not fit, and goes on overleaf. Each page is looked at as soon as it is laid
out, so that only those cost more that end badly: those twice, and what looks unfinished even so a third time. What
follows begins where the best one ends. Nothing here asks for the time, or for what was done before: the same sheet
always breaks at the same places.
"""

from __future__ import annotations

import inspect
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from threading import local
from types import ModuleType
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import page

from plainleaf.checks.page.white import MOST_WHITE
from plainleaf.formats.pdf import choices, endings, feathering, loosening
from plainleaf.formats.pdf.choices import Choice, Memory
from plainleaf.formats.pdf.endings import Ending, Piece
from plainleaf.formats.pdf.loosening import Skip

_usual = page.block_level_layout


_SIDES = ("top", "right", "bottom", "left")


@lru_cache(maxsize=1)
def code(*others: ModuleType) -> str:
    """The code that chooses, and that of ``others`` who have part in it: by other code, nothing that was chosen before
    is taken over."""
    rooms = (sys.modules[__name__], endings, feathering, loosening, choices, *others)
    return "".join(map(inspect.getsource, rooms))


@dataclass(slots=True)
class Layout:
    """One layout whose pages are composed.

    ``memory``: what was chosen; ``number``: of this layout; ``pages``: how often each page was laid out in it;
    ``tries``: how many pages were laid out once more; ``opened``: what was let break to end a page, by its number.
    """

    memory: Memory = field(default_factory=Memory)
    number: int = 0
    pages: Counter[int] = field(default_factory=Counter)
    tries: int = 0
    opened: dict[int, list[loosening.Loosened]] = field(default_factory=dict)


_now = local()


@contextmanager
def composed(wanted: bool, memory: Memory | None = None) -> Iterator[Layout | None]:
    """While it lasts, the pages that this thread lays out are composed, if that is wanted; ``memory``: of the sheet,
    all layouts of which have the same one."""
    before = getattr(_now, "layout", None)
    memory = memory or Memory()
    _now.layout = Layout(memory, memory.layouts) if wanted else None
    memory.layouts += 1
    try:
        yield _now.layout
    finally:
        _now.layout = before


def page_laid_out(
    context: Any, box: Any, bottom_space: Any, skip_stack: Any, containing_block: Any, page_is_empty: bool,
    absolute_boxes: Any = None, fixed_boxes: Any = None, adjoining_margins: Any = None, *others: Any, **named: Any,
) -> tuple[Any, ...]:  # fmt: skip
    """What stands on a page, from where the one before ends; laid out again where it ends in white that need not be."""
    layout: Layout | None = getattr(_now, "layout", None)

    def laid_out(more: float) -> tuple[Any, ...]:
        """The page, ``more`` px longer than it is."""
        return _usual(  # type: ignore[no-any-return]
            context, box, bottom_space - more, skip_stack, containing_block, page_is_empty, absolute_boxes, fixed_boxes,
            adjoining_margins, *others, **named,
        )  # fmt: skip

    if layout is None or not box.is_for_root_element or absolute_boxes is None:
        return laid_out(0.0)
    for each in layout.opened.pop(context.current_page, ()):  # it is laid out anew, as numbers on it have changed
        each.close()
    state = _State(context, absolute_boxes, adjoining_margins)
    memory, number = layout.memory, context.current_page
    place = layout.number, number, layout.pages[number]
    layout.pages[number] += 1
    known = memory.known.get(place)
    choice, result = _as_known(layout, context, box, laid_out, known) if known else (None, None)
    if choice is None or result is None:
        if known:
            state.taken_back()
        choice, result = _chosen(layout, context, box, laid_out, state)
    if choice:
        memory.made[place] = choice
    if not (choice and choice.more):
        _finish(context, box, result)
    return result


Result = tuple[Any, ...]


def _chosen(
    layout: Layout, context: Any, root: Any, laid_out: Callable[[float], Result], state: _State
) -> tuple[Choice | None, Result]:
    """How a page ends at the least cost, and the page; ``None`` for the choice where there was nothing to try."""
    result = laid_out(0.0)
    end = _ending(context, root, result, frozenset())
    if end is None or not endings.worth_a_try(end):
        return None, result
    choice, allowed = None, endings.allowed(end)
    if opened := loosening.loosen(root, result[1], allowed):
        layout.tries += 1
        first, left = result, state.taken_back()
        result = laid_out(0.0)
        other = _ending(context, root, result, frozenset(each.element for each in opened))
        choice = Choice(tuple(_ways(root, first[1])), Piece.BOX in allowed)
        if other is not None and other.cost >= end.cost:
            for each in opened:
                each.close()
            state.put_back(left)
            result, opened, other, choice = first, [], end, Choice()
        opened = loosening.on_page(opened, result[0])
        layout.opened[context.current_page] = opened
        end = other
    more = feathering.to_give(result[0])
    wanted = end is not None and (
        endings.looks_unfinished(end) or (not opened and end.white > endings.WORTH_CLOSING_UP)
    )
    if wanted and more > 0:
        layout.tries += 1
        first, left = result, state.taken_back()
        result = laid_out(more)
        if _closed_up(context, root, first[1], result):
            return replace(choice or Choice(), more=more), result
        state.put_back(left)
        return choice or Choice(), first
    return choice, result


def _as_known(
    layout: Layout, context: Any, root: Any, laid_out: Callable[[float], Result], known: Choice
) -> tuple[Choice | None, Result | None]:
    """A page that ends as was chosen before, laid out once."""
    if known.path:
        skip: Skip = None
        for index in reversed(known.path):
            skip = {index: skip}
        layout.opened[context.current_page] = loosening.loosen(root, skip, endings.pieces(known.boxes))
    result = laid_out(known.more)
    number = context.current_page
    layout.opened[number] = loosening.on_page(layout.opened.get(number, []), result[0])
    if known.more and not _closed_up(context, root, None, result):
        return None, None
    return known, result


def _closed_up(context: Any, root: Any, end: Skip, longer: Result) -> bool:
    """Close up a page that is longer than it may be, if that brings more onto it than it has at its own length, with
    its ``end`` (``None`` where it is known that it does)."""
    body, resume_at = longer[:2]
    if body is None or (end is not None and _ways(root, resume_at) == _ways(root, end)):
        return False
    through = {each.element for each, _ in loosening.way(root, resume_at)}
    _trim(body, through)
    _, bottom = _area(context, body)
    surplus = max(_bottoms(body, through), default=bottom) - bottom
    return surplus <= 0 or feathering.closed_up(body, surplus)


def _ways(root: Any, skip: Skip) -> list[int]:
    """Where a page ends, as the indices of boxes from the root down."""
    return [index for _, index in loosening.way(root, skip)]


Opened = tuple[tuple[Any, dict[str, Any]], ...]


def opened_on(number: int) -> Opened:
    """What was let break to end a page of this layout: elements, with the values that their styles were given."""
    layout: Layout | None = getattr(_now, "layout", None)
    return tuple((each.element, each.values) for each in layout.opened.get(number, ())) if layout else ()


def reopen(root: Any, resume_at: Skip, opened: Opened) -> None:
    """Let the boxes through which a page ends that is taken over break as they did."""
    values = dict(opened)
    for box, _ in loosening.way(root, resume_at) if opened else ():
        if box.element in values:
            loosening.Loosened(box).set(**values[box.element])


def _finish(context: Any, root: Any, result: tuple[Any, ...]) -> None:
    """Let frames that go on overleaf end with what is in them, and all gaps of a page take some of its white."""
    body, resume_at = result[:2]
    if body is None or resume_at is None:
        return
    _trim(body, {each.element for each, _ in loosening.way(root, resume_at)})
    end = _ending(context, root, result, frozenset())
    if end is not None and endings.NOTICED < end.white <= MOST_WHITE:
        top, bottom = _area(context, body)
        foot = max(feet(body, set()), default=bottom)
        feathering.spread(body, bottom - max(foot, bottom - end.white * (bottom - top)))


def _trim(box: Any, through: set[Any]) -> None:
    """Draw a frame that goes on overleaf no further than what is in it here, not down to the foot of the page."""
    blocks = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
    for child in blocks:
        if child.element in through and not isinstance(child, boxes.LineBox):
            _trim(child, through)
    if blocks and type(box) is boxes.BlockBox and box.element in through and _has_frame(box):
        foot = max((foot for child in blocks for foot in _bottoms(child, through)), default=box.content_box_y())
        box.height = min(box.height, max(0.0, foot - box.content_box_y()))


def _has_frame(box: Any) -> bool:
    """Whether it is seen where a box ends."""
    return any(getattr(box, f"border_{side}_width") for side in _SIDES) or box.style["background_color"].alpha > 0


# ---------------------------------------------------------------- how a page ends


def _ending(context: Any, root: Any, result: tuple[Any, ...], opened: frozenset[Any]) -> Ending | None:
    """How a page ends, with what of ``opened`` is cut there; ``None`` for the last one, where a new page begins
    whatever is left of it, and for columns, which share what there is by themselves."""
    body, resume_at, next_page = result[:3]
    if body is None or resume_at is None or next_page["break"] != "any":
        return None
    top, bottom = _area(context, body)
    way = loosening.way(root, resume_at)
    if any(_has_columns(each) for each, _ in way):
        return None
    through = [each.element for each, _ in way]
    if bottom <= top or (next_page["page"] or "") != (body.page_values()[1] or ""):
        return None
    foot = min(bottom, max(feet(body, set(through)), default=top))
    cut = opened.intersection(through)
    return Ending((bottom - foot) / (bottom - top), frozenset(endings.cut(cut)), _is_lopsided(body, cut))


def _is_lopsided(body: Any, cut: frozenset[Any]) -> bool:
    """Whether a row of two languages that goes on overleaf has nothing on this page in one of them."""
    rows = {each for each in cut if endings.is_row(each)}
    sides = (
        side
        for box in (body.descendants() if rows else ())
        if isinstance(box, boxes.TableRowBox) and box.element in rows
        for side in box.children
        if len(side.element)
    )
    return any(not any(isinstance(each, boxes.LineBox) for each in side.descendants()) for side in sides)


def _has_columns(box: Any) -> bool:
    return bool(box.style["column_count"] != "auto" or box.style["column_width"] != "auto")


def _area(context: Any, body: Any) -> tuple[float, float]:
    """Top and bottom of what the text has of a page, in px."""
    return float(body.content_box_y()), float(context.page_bottom)


def feet(box: Any, through: set[Any]) -> Iterator[float]:
    """Where lines, pictures and frames end, in px from the page's top; a box that goes on is drawn down to its foot."""
    if not box.is_in_normal_flow() and not box.is_floated():
        return
    if isinstance(box, boxes.LineBox):
        if any(not isinstance(child, boxes.TextBox) or child.text.strip() for child in box.descendants()):
            yield box.position_y + box.height
        return
    if isinstance(box, boxes.ReplacedBox):
        yield box.position_y + box.margin_height()
        return
    framed = any((box.border_top_width, box.border_bottom_width))
    if framed and box.element not in through:
        yield box.border_box_y() + box.border_height()
    for child in getattr(box, "children", ()):
        yield from feet(getattr(child, "_box", child), through)


def _bottoms(box: Any, through: set[Any]) -> Iterator[float]:
    """Where all boxes end that do not go on overleaf, in px from the page's top."""
    box = getattr(box, "_box", box)
    if box.is_in_normal_flow() or box.is_floated():
        if box.element not in through or isinstance(box, boxes.LineBox):
            yield box.position_y + box.margin_height() - getattr(box, "margin_bottom", 0)
        for child in getattr(box, "children", ()):
            yield from _bottoms(child, through)


# ---------------------------------------------------------------- laying a page out twice


class _State:
    """What a page leaves behind beside its boxes: elements for heads and feet, and what is placed absolutely."""

    def __init__(self, context: Any, absolute_boxes: list[Any], adjoining_margins: list[Any] | None) -> None:
        self._context, self._absolute = context, absolute_boxes
        self._margins = adjoining_margins if adjoining_margins is not None else []
        self._before = len(absolute_boxes), len(self._margins)

    def taken_back(self) -> tuple[list[Any], list[Any], dict[str, Any]]:
        """What the page has left so far, which is as before the page then."""
        placed, margins = self._before
        left = self._absolute[placed:], self._margins[margins:]
        del self._absolute[placed:], self._margins[margins:]
        number = self._context.current_page
        running = {name: found.pop(number) for name, found in self._context.running_elements.items() if number in found}
        return (*left, running)

    def put_back(self, left: tuple[list[Any], list[Any], dict[str, Any]]) -> None:
        """Instead of what the page has left since."""
        self.taken_back()
        placed, margins, running = left
        self._absolute.extend(placed)
        self._margins.extend(margins)
        for name, found in running.items():
            self._context.running_elements[name][self._context.current_page] = found
