"""Text that is too long for its pages: first the lines move closer, then the type grows smaller, never below the least.

A step is one setting of both; the first that fits is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from plainleaf.model import Rules, lead_pt

LEAST_LINE = 1.2  # of the type size; scripts that want more room between lines keep their factor
LEAST_SPACE = 0.6  # of the usual room between blocks

CLOSEST = "set-closest"
"""The class of ``<body>`` where blocks are as close as they may be: a style sheet may let break what else is whole."""

_LINES = 0.75  # about the share of lines in the height of a text; the rest is the room between blocks

_LINE_STEP = 0.05
_PT_STEP = 0.25


@dataclass(frozen=True, slots=True)
class Step:
    """Body type in pt and line height as ``layout.toml`` states them, and the factor for the room between blocks."""

    body_pt: float
    line_height: float
    space: float


def steps(rules: Rules) -> tuple[Step, ...]:
    """What may be tried, from the layout's own figures down; the first is the layout as it is."""
    lines = [rules.line_height]
    least = max(LEAST_LINE, rules.least_line)
    while lines[-1] - _LINE_STEP > least - 1e-6:
        lines.append(round(lines[-1] - _LINE_STEP, 4))
    if lines[-1] > least:
        lines.append(least)
    last = max(1, len(lines) - 1)
    tried = [Step(rules.body_pt, line, 1 - (1 - LEAST_SPACE) * at / last) for at, line in enumerate(lines)]
    if len(lines) == 1:  # lines are as close as they may be: the room between blocks is left
        tried.append(Step(rules.body_pt, lines[0], LEAST_SPACE))
    body = rules.body_pt
    smallest = min(rules.body_pt, max(rules.least_pt, rules.least_body_pt))
    while body > smallest + 1e-6:
        body = max(smallest, body - _PT_STEP)
        tried.append(Step(body, lines[-1], LEAST_SPACE))
    return tuple(tried)


def opened(steps: Sequence[Step], found: Step) -> tuple[Step, ...]:
    """The spacings from the layout's own to the closest with the type of a step: smaller type may leave room for lines.

    The last is that step; there is no other one where the type is the layout's own.
    """
    own = steps[0].body_pt
    if found.body_pt == own:
        return (found,)
    return tuple(Step(found.body_pt, step.line_height, step.space) for step in steps if step.body_pt == own)


def short(step: Step) -> str:
    """A step in short, to begin with when the sheet is made again."""
    return f"{step.body_pt:g} {step.line_height:g} {step.space:.4g}"


def remembered(fitted: str, rules: Rules) -> Step | None:
    """The step that this is short for, if it is one of those that are tried with these rules; not the layout's own,
    with which one begins anyway."""
    if not fitted or rules.fit != "shrink":
        return None
    own, *others = steps(rules)
    closest = {step.body_pt: step for step in others}.values()
    every = (*others, *(step for last in closest for step in opened((own, *others), last)))
    return next((step for step in every if short(step) == fitted), None)


def css(step: Step, rules: Rules) -> str:
    """The style sheet that sets a step, over the layout's own."""
    body, line = step.body_pt * rules.size_factor, step.line_height * rules.line_factor
    lead = lead_pt(step.body_pt, rules.least_pt) * rules.size_factor
    return f":root {{ --body: {body:.4g}pt; --lead: {lead:.4g}pt; --line: {line:.4g}; --space: {step.space:.4g} }}"


def note(step: Step, rules: Rules) -> str:
    """What was done, in words."""
    done = []
    if step.body_pt < rules.body_pt:
        done.append(f"type {step.body_pt:g} of {rules.body_pt:g} pt")
    if step.line_height < rules.line_height:
        done.append(f"lines {step.line_height:g} of {rules.line_height:g}")
    if step.space < 1:
        done.append(f"space {round(100 * step.space)} %")
    most = rules.max_pages
    return f"{', '.join(done)}, to fit {most} page{'s' * (most > 1)}" if done else ""


def likely(steps: Sequence[Step], room: float) -> Step:
    """The step in which a text should fit, where ``room`` is the share that there is of what it takes as it is; the
    middle one if that is 0, for not known. It is only where one begins to look."""
    if not room:
        return steps[len(steps) // 2]

    def fits(step: Step) -> bool:
        return height(step, steps[0]) <= room

    found = next(filter(fits, steps), steps[-1])
    return next(filter(fits, opened(steps, found)), found)


def height(step: Step, own: Step) -> float:
    """About how high a text is in a step, as a share of its height in the layout's own."""
    size = step.body_pt / own.body_pt
    lines = size * step.line_height / own.line_height
    return size * (_LINES * lines + (1 - _LINES) * step.space / own.space)


def chosen(
    steps: Sequence[Step],
    fits: Callable[[Step], bool],
    readable: Callable[[Step], bool],
    near: Step,
    long: bool,
    fails: Callable[[Step], bool] = lambda step: False,
) -> Step:
    """The step that a text is set in: the first that fits; in its type, the widest spacing that fits. Where that type
    is not readable, the smallest one that is.

    Each step is taken to need no more room than those before, and the same type no more room with its lines closer.
    ``near``: where one begins to look, which has no part in what is found. ``long``: it is known that the first step
    does not fit; ``fails``: whether it is known of a step that it does not, for which nothing is laid out. Where the
    last one does not, none does.
    """
    closest = {step.body_pt: step for step in steps}  # the last one in each type
    smaller = near.body_pt != steps[0].body_pt

    def any_fits(step: Step) -> bool:
        return (smaller and step == closest.get(near.body_pt) and fits(near)) or fits(step)

    begin = closest.get(near.body_pt) if smaller else near
    found = steps[-1] if fails(steps[-1]) else first_that_fits(steps, any_fits, begin, long)
    if found == steps[0]:
        return found
    if not readable(found):  # a note that is set smaller than the text is at its least before the text is
        return last_that_holds(steps[: steps.index(found)], readable)
    return found if fails(found) else first_that_fits(opened(steps, found), fits, near)


def first_that_fits(
    tried: Sequence[Step], fits: Callable[[Step], bool], near: Step | None = None, long: bool = True
) -> Step:
    """The first step that fits, as each is taken to need no more room than those before: sought from ``near`` on, in
    strides that grow, then by halving.

    The first step is known not to fit, unless it is not known whether the text is too ``long``. The last is not tried:
    it is what is left where none before it fits.
    """
    low, high = 0 if long else -1, len(tried) - 1
    at = tried.index(near) if near in tried else (low + high) // 2
    stride = 1 if near in tried else high
    while high - low > 1:
        middle = min(max(at, low + 1), high - 1)
        if fits(tried[middle]):
            high, at = middle, middle - stride
        else:
            low, at = middle, middle + stride
        stride *= 2
        if not low < at < high:  # one that is not known to be too long at all hardly fits as it is
            at = (low + high) // 2 + (low < 0)
    return tried[high]


def last_that_holds(tried: Sequence[Step], holds: Callable[[Step], bool]) -> Step:
    """The last step for which something holds, by halving: it holds for the first, and then up to some step."""
    low, high = 0, len(tried)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(tried[middle]) else (low, middle)
    return tried[low]
