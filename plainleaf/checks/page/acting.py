"""Does what readers act on end as early as the layout promises? What is for reading begins behind it, with a heading of
its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from plainleaf.checks.page.boxes import Line, Printout, classes_of, short
from plainleaf.checks.page.registry import Example, PageCheck, Problem
from plainleaf.model import Severity

HEADING, MORE = "h2", "more"
"""Tag and class of the heading that the second layer begins with."""


def begins(element: object) -> bool:
    """Whether an element is the heading that the second layer begins with."""
    return getattr(element, "tag", "") == HEADING and MORE in classes_of(element)


def _late(printout: Printout) -> Iterator[Problem]:
    """The first text to act on that stands on a later page than it may; told of once."""
    most = printout.rules.pages_to_act
    lines = [line for page in printout.pages for line in page.seen]
    acting = list(takewhile(lambda line: not begins(line.element), lines))
    if not most or len(acting) == len(lines):
        return
    late: list[Line] = [line for line in acting if line.page > most]
    if late:
        said = short(late[0].text) or "a picture"
        what = f"page {late[-1].page}: what readers act on ends here, not on page {most}: “{said}” is beyond that"
        hint = f"shorten what comes before the second part, or move some of it there; pages-to-act: {printout.rules.at}"
        yield Problem(late[0].element, what, hint)


_SMALL = "@page { size: 100mm 70mm; margin: 5mm } html { font-size: 12pt; line-height: 6mm } * { margin: 0 } "
_ACT = "<p data-at='sources/a.md:{0}'>Call at once: {0}.</p>"
_TWELVE = "".join(map(_ACT.format, range(12)))
_MORE = "<h2 class='more' data-at='sources/a.md:20'>More about it</h2><p data-at='sources/a.md:21'>It is a pump.</p>"

CHECKS = (
    PageCheck(
        "fit-acting",
        Severity.WARNING,
        "Under stress people read the first pages at best: what they must do belongs there, and the rest after it.",
        _late,
        (
            Example(_TWELVE + _MORE, _SMALL, {"pages_to_act": 1}),
            Example(_TWELVE * 2 + _MORE, _SMALL, {"pages_to_act": 2}),
        ),
        (
            Example(_TWELVE + _MORE, _SMALL, {"pages_to_act": 2}),
            Example(_ACT.format(1) + _MORE + _ACT.format(22) * 12, _SMALL, {"pages_to_act": 1}),
            Example(_TWELVE * 2, _SMALL, {"pages_to_act": 1}),
            Example(_TWELVE + _MORE, _SMALL),
        ),
        "PEMAT-P, 10 (one thing follows from another)",
        what="What readers act on ends on a later page than the layout promises.",
        fix="Shorten what comes before the part with `{.more}`, or move some of it below that heading.",
    ),
)
