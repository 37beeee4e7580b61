"""Text that is too long for its pages: first the lines move closer, then the type grows smaller, never below the least.

A step is one setting of both; the first that fits is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from plainleaf.model import Rules, lead_pt

LEAST_LINE = 1.2  # of the type size; scripts that want more room between lines keep their factor
LEAST_SPACE = 0.6  # of the usual room between blocks

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
    while body > rules.least_pt + 1e-6:
        body = max(rules.least_pt, body - _PT_STEP)
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


def first_that_fits(tried: Sequence[Step], fits: Callable[[Step], bool]) -> Step:
    """The first step that fits, by halving: each is taken to need no more room than those before.

    The first step is known not to fit. The last is not tried: it is what is left where none before it fits.
    """
    low, high = 0, len(tried) - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(tried[middle]) else (middle, high)
    return tried[high]


def last_that_holds(tried: Sequence[Step], holds: Callable[[Step], bool]) -> Step:
    """The last step for which something holds, by halving: it holds for the first, and then up to some step."""
    low, high = 0, len(tried)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(tried[middle]) else (low, middle)
    return tried[low]
