"""Pages that are laid out again as they were: a sheet whose end is set closer has the same pages before that end.

Which these are is found out, not taken for granted: by the rules that meet each element, and by the elements that each
page has looked at. A page is taken over where neither it nor the next one has looked at anything that differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import local
from typing import Any

from weasyprint.formatting_structure import boxes

from plainleaf.formats.pdf import composing, meeting, releasing

_usual = composing.page_laid_out

_FLOWING = (boxes.BlockBox, boxes.LineBox, boxes.InlineBox, boxes.TextBox)  # what they hold is looked at one by one
_PLACED = ("display", "float", "position")  # properties by which an element changes how its neighbours are put together
_BODY = "body"


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as it was laid out: from where, in which room, and what came of it.

    ``last``: the place in the document of the last element that was looked at. ``running``: the elements for the heads
    and feet of pages that stand on it. ``alone``: whether nothing but its text decides on it. ``box``: of the page.
    ``opened``: what was let break to end it. ``ahead``: the place of the last element that the box behind its
    end begins with, which is asked whether a page ends before it.
    """

    start: Any
    room: tuple[Any, ...]
    result: tuple[Any, ...]
    last: int
    running: Mapping[str, list[Any]]
    alone: bool
    box: Any = None
    opened: composing.Opened = ()
    ahead: int = 0


class TooManyError(Exception):
    """A layout has more pages than it was to have."""


@dataclass(frozen=True, slots=True)
class FirstPage:
    """One of the first pages of a layout, with its box under the name that whole documents have for it."""

    _page_box: Any


@dataclass(frozen=True, slots=True)
class Begun:
    """The first pages of a layout that was not gone on with, in the form of a document."""

    pages: Sequence[FirstPage]


class BegunError(Exception):
    """A layout was not gone on with: its first pages say what was asked."""

    def __init__(self, begun: Begun) -> None:
        super().__init__()
        self.begun = begun


class SameError(Exception):
    """A layout is the same as the one before, which was made to its end."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the first ``pages`` of a layout with more are asked: where they are ``amiss``, it is not gone on with.
    ``surely``: what fewer of them are asked already, that no page after them takes back."""

    pages: int
    amiss: Callable[[Any], bool]
    surely: Callable[[Any], bool] | None = None


@dataclass(slots=True)
class Layout:
    """One layout of a sheet, while it is made and as long as the next one may take pages over.

    ``rules``: a number for all that meets an element, equal for equal styles; ``styles`` by element and pseudo-element;
    ``content``: what the document says, element by element. ``most``: pages after which it is of no use, 0 for any
    number; ``question``: what its first pages are asked, if anything. ``document``: what was laid out in the end.
    ``met``: the rules that meet each element.
    """

    numbers: dict[Any, int] = field(default_factory=dict)  # of rules; the same for all layouts of a sheet
    sheets: list[Any] = field(default_factory=list)  # are kept, as rules are told apart by their declarations' places
    before: Layout | None = None
    rules: dict[Any, int] = field(default_factory=dict)
    styles: Mapping[Any, Any] = field(default_factory=dict)
    content: list[Any] = field(default_factory=list)
    places: dict[Any, tuple[int, int]] = field(default_factory=dict)  # of elements: the first and last in them
    pages: dict[int, _Page] = field(default_factory=dict)
    seen: list[Any] = field(default_factory=list)
    usable: int | None = None
    most: int = 0
    question: Question | None = None
    document: Any = None
    met: meeting.Met | None = None

    def next(self, sheets: list[Any]) -> Layout:
        """The layout after this one, in these style sheets."""
        self.before = None
        return Layout(self.numbers, [*self.sheets, *sheets], self)

    def read(self, root: Any) -> meeting.Met:
        """Take note of a document whose elements are to be styled; what is known of the rules that meet them."""
        order, body = list(root.iter()), root.find(_BODY)
        classes = meeting.classes("" if body is None else body.get("class", ""))
        self.content = [(each, _said(each)) for each in order]
        ends: dict[Any, int] = {}
        for place, each in reversed(list(enumerate(order))):
            ends[each] = max((ends[child] for child in each), default=place)
        self.places = {each: (place, ends[each]) for place, each in enumerate(order)}
        if self.before and self.before.met and self.before.content == self.content:
            self.met = self.before.met
            self.met.begin(classes)
        else:
            self.met = meeting.Met(classes)
        return self.met

    def begin(self, styles: Mapping[Any, Any]) -> None:
        """Take note of the styles. Raises ``SameError`` if nothing differs from the layout before."""
        self.styles, before = styles, self.before
        if before and before.document and (before.content, before.rules) == (self.content, self.rules):
            raise SameError

    def same_pages(self) -> int:
        """How many pages of the layout before are the same in this one, from the first."""
        before = self.before
        if before is None or [each for each, _ in before.content] != [each for each, _ in self.content]:
            return 0
        first, count = self._first_change(before), 0
        while (found := before.pages.get(count + 1)) and found.last < first:
            count += 1
        ahead = before.pages[count].ahead if count else first
        return count if ahead < first else max(0, count - 1)  # the next page has looked at what follows this one

    def _first_change(self, before: Layout) -> int:
        """The place of the first element that differs, or that holds one which its neighbours differ for."""
        above = {child: each for each, _ in self.content for child in each}
        first = len(self.content)
        for (each, then), (_, now) in zip(before.content, self.content, strict=True):
            if then == now and before.rules.get(each) == self.rules.get(each):
                continue
            while each in above and not self._as_placed(each, before):
                each = above[each]
            first = min(first, self.places[each][0])
        return first

    def _as_placed(self, element: Any, before: Layout) -> bool:
        """Whether an element stands among its neighbours as before. In a line, no element does, as it may break it."""
        then, now = before.styles.get((element, None)), self.styles.get((element, None))
        if then is None or now is None or any(then[name] != now[name] for name in _PLACED):
            return False
        return bool(now["display"][0] != "inline")


_now = local()


def _said(element: Any) -> tuple[Any, ...]:
    """What an element says by itself; classes of ``<body>`` count by what the style sheet makes of them alone."""
    attributes = {name: value for name, value in element.attrib.items() if (element.tag, name) != (_BODY, "class")}
    return element.text, element.tail, tuple(sorted(attributes.items()))


@contextmanager
def noted(layout: Layout) -> Iterator[None]:
    """While it lasts, what is laid out in this thread is noted, and pages of the layout before are taken over."""
    _now.layout = layout
    try:
        yield
    finally:
        _now.layout = None


def current() -> Layout | None:
    """The layout that is being made in this thread, and noted."""
    return getattr(_now, "layout", None)


def page_laid_out(
    context: Any, box: Any, bottom_space: Any, skip_stack: Any, containing_block: Any, page_is_empty: bool,
    absolute_boxes: Any = None, *others: Any, **named: Any,
) -> tuple[Any, ...]:  # fmt: skip
    """What stands on a page: as it was laid out before, or laid out now."""
    layout = current()
    if box.is_for_root_element:
        releasing.note(containing_block, context)
    if layout is None or not box.is_for_root_element:
        return _usual(
            context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, *others, **named
        )
    number = context.current_page
    if 0 < layout.most < number and not any(map(_waits, layout.pages.values())):
        raise TooManyError
    _ask(layout, number)
    sides = containing_block.width, containing_block.height, context.page_bottom
    room = (box.position_x, box.position_y, *sides, page_is_empty, context.forced_break, bool(box.children))
    if known := _known(layout, number, skip_stack, room):
        layout.pages[number] = known
        for name, elements in known.running.items():
            context.running_elements[name][number] = list(elements)
        root, *about = known.result
        composing.reopen(box, known.result[1], known.opened)
        return (root.copy(), *about)
    again, layout.seen = number in layout.pages, []
    before = len(absolute_boxes)
    result = _usual(
        context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes, *others, **named
    )
    running = {name: list(found[number]) for name, found in context.running_elements.items() if number in found}
    alone = not (again or before or result[0] is None or context.footnotes or context.broken_out_of_flow)
    alone = alone and all(each._box.style["position"] != "fixed" for each in absolute_boxes)
    looked_at = [*layout.seen, *(each for elements in running.values() for each in elements)]
    last = max((_end(layout, each) for each in looked_at), default=len(layout.content))
    opened = composing.opened_on(number)
    ahead = _ahead(layout, box, result[1])
    layout.pages[number] = _Page(skip_stack, room, result, last, running, alone, containing_block, opened, ahead)
    layout.seen = []
    return result


def _ask(layout: Layout, number: int) -> None:
    """Raise ``BegunError`` before page ``number`` if that is the first one behind pages that are amiss.

    Numbers of other pages may be missing on them yet: with these they are longer, if anything. Fewer pages are asked
    where none is missing.
    """
    question = layout.question
    if question is None or not 2 < number <= question.pages + 1:
        return
    known = [layout.pages[each] for each in range(1, number)]
    amiss = question.amiss if number == question.pages + 1 else question.surely
    if amiss is None or (amiss is question.surely and any(map(_waits, known))):
        return
    begun = Begun([FirstPage(page.box.copy_with_children([page.result[0]])) for page in known])
    if amiss(begun):
        raise BegunError(begun)


def _known(layout: Layout, number: int, start: Any, room: tuple[Any, ...]) -> _Page | None:
    """The page of the layout before that is the same; none that waits for numbers of other pages."""
    if layout.usable is None:
        layout.usable = layout.same_pages()
    if number > layout.usable or layout.before is None or number in layout.pages:
        return None
    found = layout.before.pages[number]
    if not found.alone or (found.start, found.room) != (start, room):
        return None
    return None if _waits(found) else found


def _waits(page: _Page) -> bool:
    """Whether a page has numbers of other pages on it, which may make it longer or shorter yet."""
    body = page.result[0]
    return body is not None and any(each.missing_link for each in body.descendants(placeholders=True))


def _ahead(layout: Layout, root: Any, skip: Any) -> int:
    """The place of the last element that begins where a page ends: of the box that is next there, of the first one in
    it and so on. All of the document where that is not known."""
    far, box = len(layout.content), root
    while skip and len(skip) == 1 and not isinstance(box, boxes.LineBox):
        ((index, skip),) = skip.items()
        children = getattr(box, "children", ())
        if index >= len(children):
            return far
        box = children[index]
    if box is root or (skip and not isinstance(box, boxes.LineBox)):
        return far
    last = _end(layout, box)
    while children := getattr(box, "children", ()):
        box = children[0]
        last = max(last, _end(layout, box))
    return last


def _end(layout: Layout, box: Any) -> int:
    """The place of the last element that was looked at with a box: of all that it holds, but in what flows."""
    place, end = layout.places.get(box.element, (-1, -1))
    flows = isinstance(box, _FLOWING) and box.is_in_normal_flow()
    return place if flows else end
