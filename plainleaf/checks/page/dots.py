"""Does a photograph have enough dots for the width at which a page prints it?"""

from __future__ import annotations

from collections.abc import Iterator

from plainleaf.checks.page.boxes import Printout
from plainleaf.checks.page.registry import Example, PageCheck, Problem
from plainleaf.graphics.photos import LEAST_DPI
from plainleaf.model import Severity
from plainleaf.model.lengths import PX_PER


def _coarse(printout: Printout) -> Iterator[Problem]:
    for page in printout.pages:
        for line in page.body:
            inches = (line.edges[2] - line.edges[0]) / PX_PER["in"]
            if line.dots and inches > 0 and (dpi := round(line.dots / inches)) < LEAST_DPI:
                wide = round(inches * PX_PER["in"] / PX_PER["mm"])
                what = f"page {page.number}: a picture of {line.dots} dots is printed {wide} mm wide: {dpi} dpi"
                hint = f"take one with at least {round(inches * LEAST_DPI)} dots across ({LEAST_DPI} dpi)"
                yield Problem(line.element, what, hint)


# 40 by 40 dots, one colour
_SQUARE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACgAAAAoCAIAAAADnC86AAAAMklEQVR4nO3NAQ0AMAgAoPtKZjGL9Y3h5qAAkdVvw19ZxWKx"
    "WCwWi8VisVgsFovFR+MB2zkBTz7OkykAAAAASUVORK5CYII="
)
_PAGE = f'<h1>Sample</h1><img alt="A square" src="{_SQUARE}">'

CHECKS = (
    PageCheck(
        "fit-dots",
        Severity.WARNING,
        "A photograph with too few dots is coarse on paper: what it is to show is not seen.",
        _coarse,
        (Example(_PAGE, "img { display: block; width: 40mm }"),),
        (Example(_PAGE, "img { display: block; width: 6mm }"),),
        "Usual in print: 300 dots to the inch, 150 at least",
        what="A photograph has too few pixels for its size on paper.",
        fix="Use a larger photograph, or print it smaller.",
    ),
)
