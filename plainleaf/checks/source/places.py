"""A check on places of the leaflet itself: pages that an author numbers by hand."""

from __future__ import annotations

from collections.abc import Iterator

from plainleaf.checks.source.passages import Passage
from plainleaf.checks.source.registry import Check, Problem, examples
from plainleaf.model import Severity

# At the end of what is said: “page 12 of your maternity notes” is a page of something else.
_PAGE = r"(?<!\w)(?:{}) \d+(?= ?(?:[.,;:!?)]|$))"


def _pages(passage: Passage) -> Iterator[Problem]:
    for match in passage.find(passage.words.pattern(_PAGE, "pages"), passage.text):
        yield Problem(
            f"“{match[0]}” is another page in each layout and language",
            "link to the part, [its name](#name), with {#name} after its heading: the right page is printed",
        )


CHECKS = (
    Check(
        "page-typed",
        Severity.WARNING,
        "A page number typed by hand is wrong in large print, in the booklet and in most languages, and has no place on"
        " a folded leaflet: the reader looks for help where there is none.",
        "a link to the part",
        _pages,
        examples("See Side effects on page 2.", "The signs are listed (see page 4).", "Turn to page 3"),
        examples("See page 12 of your maternity notes.", "On the next page, write the date.", "A page has 20 lines."),
        "ISO 24495-1, principle 2: readers can easily find what they need",
        everywhere=True,
    ),
)
