"""What is done to make a sheet fit: set smaller and closer, its end closer, what is cut off on a sheet of its own.

What a file costs is how often that lays it out: a layout that is only tried ends where its answer is known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

from plainleaf.checks.page import boxes, paging
from plainleaf.formats.pdf import (
    backmatter,
    cutting,
    firstpage,
    layers,
    listing,
    optional,
    room,
    shortening,
    shrinking,
    spares,
)
from plainleaf.formats.pdf.again import Begun, Question
from plainleaf.model import Rules, Sheet

FOR_FRAMES = ("boxes-closer", "boxes-closer boxes-closest")
"""Classes of ``<body>`` with which the style sheet sets text closer where a frame of a danger would be torn."""
NOTE_OF_FRAMES = "set closer, so that boxes of a danger are whole"


@dataclass(frozen=True, slots=True)
class Set:
    """How a sheet is set: as the layout has it, or closer and smaller; ``end``: how its back matter is; ``apart``: what
    is cut off has a sheet of its own, and ``overleaf`` the back matter the page before that; ``lower``: px that what is
    cut off stands lower by; ``spare``: pages to write on; ``without``: texts left out; ``layer``: the second layer
    begins on a new page; ``pages``: fewer than there may be, for which it is set closer; ``acting``: how close the text
    is set for what readers act on to end in time; ``frames``: how close for frames to be
    whole."""

    step: shrinking.Step | None = None
    end: str = ""
    apart: bool = False
    overleaf: bool = False
    lower: float = 0.0
    spare: int = 0
    without: tuple[str, ...] = ()
    layer: bool = False
    pages: int = 0
    acting: str = ""
    frames: str = ""

    @property
    def classes(self) -> str:
        """Those of ``<body>``."""
        near = shrinking.CLOSEST * bool(self.step and self.step.space <= shrinking.LEAST_SPACE)
        apart = cutting.APART * self.apart, cutting.OVERLEAF * self.overleaf, layers.APART * self.layer
        return " ".join(filter(None, (self.end, self.acting, self.frames, near, *apart, spares.name(self.spare))))

    def note(self, rules: Rules) -> str:
        """What was done to make it fit, in words."""
        to_fit = replace(rules, max_pages=self.pages) if self.pages else rules
        fitted = shrinking.note(self.step, to_fit) if self.step else backmatter.note(self.end)
        acting = layers.note(self.acting, rules.pages_to_act)
        frames = NOTE_OF_FRAMES * bool(self.frames)
        return "; ".join(filter(None, (fitted, acting, frames, optional.note(self.without), cutting.NOTE * self.apart)))


class Setter(Protocol):
    """Lays a sheet out, as often as it takes."""

    @property
    def sheet(self) -> Sheet:
        """What is laid out."""

    @property
    def root(self) -> Any:
        """The document's element tree."""

    @property
    def near(self) -> shrinking.Step | None:
        """The step that fitted last time, if anybody knows."""

    def laid_out(self, how: Set) -> Any:
        """The document, set in one way."""

    def begun(self, how: Set, question: Question) -> Any:
        """The document, set in one way; a ``Begun`` where its first pages are amiss."""

    def within(self, how: Set, most: int) -> Any:
        """The document, set in one way; ``None`` if that is found to take more than ``most`` pages."""

    def read(self, document: Any) -> boxes.Printout:
        """What checks see of it."""


def fitted(setter: Setter) -> tuple[Any, Set]:
    """The laid-out document, and what was done to make it fit. On a single page nothing says on which page it is."""
    document, done = _with_less(setter, *_set(setter))
    if len(document.pages) == 1 and listing.without_pages(setter.root):
        document = setter.laid_out(done)
    return _on_whole_sheets(setter, document, done)


def _on_whole_sheets(setter: Setter, document: Any, done: Set) -> tuple[Any, Set]:
    """The document with pages to write on where a booklet's last sheet has room for them. Before three are added, its
    end is set closer: that may save the sheet."""
    root, scheme = setter.root, setter.sheet.scheme
    count = spares.wanted(root, len(document.pages), scheme)
    if count == spares.MOST and not done.end:
        how = replace(done, end=backmatter.GENTLEST)
        shorter = setter.within(how, len(document.pages) - 1)
        if shorter and len(shorter.pages) < len(document.pages):
            document, done, count = shorter, how, 0
    if count:
        done = replace(done, spare=count)
        document = setter.laid_out(done)
    spares.without_others(root, count)
    return document, done


def _set(setter: Setter) -> tuple[Any, Set]:
    """The laid-out document as it fits; what does not fit comes as small as it may be."""
    if setter.near and not listing.of(setter.root):
        document, done = _shrunk(setter, setter.near)
        return (document, done) if done.step else _on_fewer(setter, *_without_last_page(setter, document, done))
    if setter.sheet.rules.fit == "refuse":
        return _without_last_page(setter, *_layered(setter, *(_at_once(setter) or _by_and_by(setter))))
    document = listing.settled(setter.root, partial(setter.laid_out, Set()))
    whole = setter.read(document)
    if not paging.too_long(whole):
        return _on_fewer(setter, *_without_last_page(setter, document, Set()))
    near = shrinking.likely(shrinking.steps(setter.sheet.rules), room.share(document, whole))
    return _shrunk(setter, near, (document, whole))


def _by_and_by(setter: Setter) -> tuple[Any, Set]:
    """The document as it begins best."""
    document = listing.settled(setter.root, partial(setter.laid_out, Set()))
    return _in_time(setter, *_with_whole_frames(setter, *_with_first_box(setter, document)))


def _at_once(setter: Setter) -> tuple[Any, Set] | None:
    """The same of a long text, without laying out more of it than the first pages in any way that these rule out.
    ``None`` where it has to be known whole: it needs no list of its parts maybe, or nothing makes it begin well."""
    if not listing.is_long(setter.root):
        return None
    question = _question(setter, _is_amiss)
    first = setter.begun(Set(), question)
    document, done = _with_first_box(setter, first)
    if document is first and isinstance(first, Begun) and len(first.pages) < question.pages:
        document = setter.begun(Set(), replace(question, surely=None))  # what follows looks at more of them
    document, done = _in_time(setter, *_with_whole_frames(setter, document, done))
    whole = not isinstance(document, Begun)
    return (document, done) if whole and listing.are_due(setter.root, len(document.pages)) else None


def _question(setter: Setter, amiss: Callable[[Setter, Any], bool]) -> Question:
    """What is asked of the first pages of a layout."""
    most = max(backmatter.MOST_PAGES, setter.sheet.rules.pages_to_act)
    return Question(most + 1, partial(amiss, setter), partial(_surely_begins_amiss, setter))


def _is_amiss(setter: Setter, document: Any) -> bool:
    """Whether a first red box is torn or late, or what readers act on ends too late."""
    return _begins_amiss(setter, document) or _ends_late(setter, document)


def _ends_late(setter: Setter, document: Any) -> bool:
    return layers.beyond(setter.root, document, setter.sheet.rules.pages_to_act) > 0


def cut_off(setter: Setter, document: Any, done: Set) -> tuple[Any, Set]:
    """The document with what is cut off at the foot of the last page; of a sheet of its own where that is a back. Else
    with its closing lines there, where the layout wants that."""
    element = cutting.lowest(setter.root)
    if element is None:
        return document, done
    if cutting.takes_text_along(element, document):
        document, done = _apart(setter, element, done)
    lower = replace(done, lower=cutting.room_below(element, document))
    lowered = setter.within(lower, len(document.pages)) if lower != done else document
    return (lowered, lower) if lowered and len(lowered.pages) == len(document.pages) else (document, done)


def _apart(setter: Setter, element: Any, done: Set) -> tuple[Any, Set]:
    """The document with what is cut off on a sheet of its own. Where the text has as many pages without being set
    closer, it is set as the layout has it; where a page is empty before the sheet, the back matter goes there."""

    def blank(document: Any) -> bool:
        return not all(page.seen for page in setter.read(document).pages)

    how = replace(done, apart=True)
    document = setter.laid_out(how)
    tried = [replace(done, end=""), replace(how, end="")] if done.end else []
    for other in (*tried, *([replace(how, overleaf=True)] if blank(document) else [])):
        roomier = setter.within(other, len(document.pages))
        if roomier is None or len(roomier.pages) > len(document.pages):
            continue
        lost = not other.apart and cutting.takes_text_along(element, roomier)
        if not (_begins_amiss(setter, roomier) or lost or blank(roomier)):
            return roomier, other
    return document, how


def _in_time(setter: Setter, document: Any, done: Set) -> tuple[Any, Set]:
    """The document with its text closer where else what readers act on would end later than the layout promises, and
    with the list of its parts on page 1 where that has room; as it was if that is not enough."""
    root, most = setter.root, setter.sheet.rules.pages_to_act
    over = layers.beyond(root, document, most)
    for classes in layers.tries(over, most) if over else ():
        how = replace(done, acting=classes)
        moved = listing.moved_to_first_page(root, document, layers.TRIES[classes])
        closer = setter.begun(how, _question(setter, _is_amiss))
        there = moved is None or moved.fits(closer)
        if there and not _is_amiss(setter, closer):
            return closer, how
        if moved:
            moved.put_back()
    return document, done


def _layered(setter: Setter, document: Any, done: Set) -> tuple[Any, Set]:
    """The document with its second layer on a new page, where that leaves little of the page before empty."""
    if not layers.leaves_little(setter.root, document):
        return document, done
    how = replace(done, layer=True)
    return setter.laid_out(how), how


_SLIVER = 0.3  # of a page's height: as little as that on the back of a sheet is worth closer lines
_SMALLER = 0.96  # of the layout's own type: no smaller than that for it


def _on_fewer(setter: Setter, document: Any, done: Set) -> tuple[Any, Set]:
    """A sheet set closer, hardly smaller, where its last page is almost empty and all of it goes on the page before."""
    rules, most = setter.sheet.rules, len(document.pages) - 1
    if not most or rules.together or rules.fit == "refuse" or done.step:
        return document, done
    last = setter.read(document).pages[-1]
    if last.forced or backmatter.height(last.seen) > _SLIVER * document.pages[-1]._page_box.height:
        return document, done
    steps = [step for step in shrinking.steps(rules)[1:] if step.body_pt >= _SMALLER * rules.body_pt]

    def fits(step: shrinking.Step) -> bool:
        shorter = setter.within(Set(step), most)
        return shorter is not None and len(shorter.pages) <= most and not paging.too_long(setter.read(shorter))

    if not steps or not fits(steps[-1]):
        return document, done
    how = Set(shrinking.first_that_fits(steps, fits), pages=most)
    return setter.laid_out(how), how


def _with_first_box(setter: Setter, document: Any) -> tuple[Any, Set]:
    """The document with its text closer where else a first red box would not stand on page 1, or not whole; as close as
    it takes, the gentlest first."""
    if _begins_amiss(setter, document):
        for classes in backmatter.FOR_FIRST_BOX:
            closer = setter.begun(Set(end=classes), _question(setter, _begins_amiss))
            if not _begins_amiss(setter, closer):
                return closer, Set(end=classes)
    return document, Set()


def _with_whole_frames(setter: Setter, document: Any, done: Set) -> tuple[Any, Set]:
    """The document with its ideas closer where that leaves fewer frames of a danger torn."""
    torn = firstpage.torn_frames(document)
    if not torn:
        return document, done
    for classes in FOR_FRAMES:
        how = replace(done, frames=classes)
        closer = setter.within(how, len(document.pages))
        if closer and not _begins_amiss(setter, closer) and firstpage.torn_frames(closer) < torn:
            return closer, how
    return document, done


def _begins_amiss(setter: Setter, document: Any) -> bool:
    root, holds = setter.root, setter.sheet.rules.first_danger
    return backmatter.begins_amiss(root, document) or firstpage.amiss(root, document, holds)


def _surely_begins_amiss(setter: Setter, document: Any) -> bool:
    """Whether the first pages alone say so."""
    root, holds = setter.root, setter.sheet.rules.first_danger
    return backmatter.surely_begins_amiss(root, document) or firstpage.surely_amiss(root, document, holds)


def _without_last_page(setter: Setter, document: Any, done: Set) -> tuple[Any, Set]:
    """The document with its end set as close as it must be to save a page, or more; as it was if that saves none."""
    root, first = setter.root, document
    if not backmatter.ends_alone(root, first):
        return document, done
    whole = setter.read(first)
    tries, tried = backmatter.tries(whole, _room_left(first, whole)), set[frozenset[str]]()
    for classes in (each for each in tries if setter.sheet.rules.fit == "refuse" or backmatter.ALL in each):
        how = replace(done, end=" ".join(dict.fromkeys(f"{classes} {done.end}".split())))
        if frozenset(how.end.split()) in tried:  # with what it has already it is set like the one before
            continue
        tried.add(frozenset(how.end.split()))
        shorter, how = _with_frames_as_whole(setter, document, how)
        if shorter:
            document, done = shorter, how
            if not backmatter.ends_alone(root, document):
                break
    return document, done


def _with_frames_as_whole(setter: Setter, document: Any, how: Set) -> tuple[Any, Set]:
    """The document set in one way, if that saves a page and tears no more frames of a danger than before; else with its
    ideas closer too. ``None`` for the document where neither does."""
    torn = firstpage.torn_frames(document)
    closer = FOR_FRAMES[FOR_FRAMES.index(how.frames) + 1 :] if how.frames else ()
    for frames in (how.frames, *closer):
        way = replace(how, frames=frames)
        shorter = setter.within(way, len(document.pages) - 1)
        if shorter is None or len(shorter.pages) >= len(document.pages):
            break
        if firstpage.torn_frames(shorter) <= torn:
            return shorter, way
    return None, how


def _room_left(document: Any, whole: boxes.Printout) -> float:
    """What the text leaves free at the foot of the last page but one, in px."""
    box, lines = document.pages[-2]._page_box, whole.pages[-2].seen
    top = float(box.content_box_y())
    return top + float(box.height) - max((line.edges[3] for line in lines), default=top)


def _with_less(setter: Setter, document: Any, done: Set) -> tuple[Any, Set]:
    """The document without texts that may be left out, where it is too long in the last step too: without as few as
    must go for that step, and then in the first step that fits. All are there if even all of them are not enough."""
    root, rules = setter.root, setter.sheet.rules
    if rules.fit == "refuse" or not optional.count(root) or not paging.too_long(setter.read(document)):
        return document, done

    def fits(without: Sequence[int]) -> bool:
        with optional.left_out(root, without):
            shorter = setter.within(done, rules.max_pages)
            return shorter is not None and not paging.too_long(setter.read(shorter))

    last_first = range(optional.count(root) - 1, -1, -1)
    if not fits(last_first):
        return document, done
    least, enough = 1, len(last_first)
    while least < enough:  # the more go, the shorter it is
        middle = (least + enough) // 2
        least, enough = (least, middle) if fits(last_first[:middle]) else (middle + 1, enough)
    chosen = list(last_first[:enough])
    for each in chosen[: shortening.MOST_LAYOUTS][:-1]:  # one that is longer may have gone after it, and left it room
        if fits(fewer := [other for other in chosen if other != each]):
            chosen = fewer
    steps, step = shrinking.steps(rules), done.step or shrinking.steps(rules)[0]
    whole = {*root.iter()}
    without = optional.take_out(root, chosen)
    share = room.share(document, setter.read(document), whole - {*root.iter()}) * shrinking.height(step, steps[0])
    document, done = _shrunk(setter, shrinking.likely(steps, share) if share else step)
    return document, replace(done, without=without)


def _shrunk(setter: Setter, near: shrinking.Step, first: tuple[Any, boxes.Printout] | None = None) -> tuple[Any, Set]:
    """The document in the first step in which it fits, which is looked for from the step ``near`` on; ``first``: it as
    the layout has it, if it is known to be too long so."""
    rules = setter.sheet.rules
    steps = shrinking.steps(rules)
    set_as = {steps[0]: first} if first else {}
    found_to = {steps[0]: False} if first else {}

    def printout(step: shrinking.Step) -> boxes.Printout:
        if step not in set_as:
            document = setter.laid_out(Set(step if step != steps[0] else None))
            set_as[step] = document, setter.read(document)
            found_to[step] = not paging.too_long(set_as[step][1])
        return set_as[step][1]

    def fits(step: shrinking.Step) -> bool:
        if step not in found_to:
            document = setter.within(Set(step if step != steps[0] else None), rules.max_pages)
            if document:
                set_as[step] = document, setter.read(document)
            found_to[step] = bool(document) and not paging.too_long(set_as[step][1])
        return found_to[step]

    def readable(step: shrinking.Step) -> bool:
        """Whether nothing is too small that the layout as it is does not have too small already: no matter how close
        its lines are."""
        same = next((each for each in set_as if each.body_pt == step.body_pt), step)
        small = paging.too_small(printout(same))
        return not small or small <= paging.too_small(printout(steps[0]))

    def fails(step: shrinking.Step) -> bool:
        return found_to.get(step) is False

    if near == steps[-1]:  # it is asked for in any case, and no other one has to be tried if it is too long
        printout(near)
    found = shrinking.chosen(steps, fits, readable, near, bool(first), fails)
    printout(found)
    return set_as[found][0], Set(found if found != steps[0] else None)
