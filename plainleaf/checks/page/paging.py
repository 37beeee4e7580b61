"""Where pages begin and end: too many of them, headings and lines left alone, rows torn apart, pages left empty."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

from plainleaf.checks.page import fit
from plainleaf.checks.page.boxes import HEADINGS, Line, Page, Printout, short
from plainleaf.checks.page.registry import Example, PageCheck, Problem
from plainleaf.model import Severity

FEW_LINES = 2  # on a last page: not worth a sheet of paper

_HEADS = frozenset({"question", "term", "word"})  # kinds of blocks that name what follows


def _flowing(printout: Printout) -> list[Line]:
    """The lines of the text in reading order, without heads and feet and without empty ones."""
    return [line for page in printout.pages for line in page.body if line.runs]


def excess(printout: Printout) -> tuple[int, Line | None]:
    """How many characters must go for the text to fit its pages, at least, and the first line that must.

    A page is saved by taking away what stands on the last page of a part that runs over several; a part begins where
    the layout asks for a new page (so do the panels of a folded sheet). The shortest of these go first.
    """
    parts: list[list[Page]] = []
    for page in printout.pages:
        if not parts or page.forced or page.name != parts[-1][-1].name:
            parts.append([])
        parts[-1].append(page)
    gone: list[Page] = []
    for _ in range(len(printout.pages) - printout.rules.max_pages):
        over = [part for part in parts if len(part) > 1]
        if over:
            gone.append(min(over, key=lambda part: _characters(part[-1])).pop())
    lines = [line for page in sorted(gone, key=lambda page: page.number) for line in page.body if line.runs]
    return sum(map(_characters, gone)), lines[0] if lines else None


def _characters(page: Page) -> int:
    return sum(len(" ".join(line.text.split())) for line in page.body)


def too_long(printout: Printout) -> bool:
    """Whether the text takes more pages than there are, or more than its panels hold."""
    most = printout.rules.max_pages
    beyond = bool(most) and len(printout.pages) > most
    return beyond or any(True for each in fit.CHECKS for _ in each.run(printout))


def _too_many(printout: Printout) -> Iterator[Problem]:
    rules = printout.rules
    most, pages = rules.max_pages, len(printout.pages)
    if not most or pages <= most:
        return
    count, line = excess(printout)
    if line:
        what = f"{rules.language} is {count} characters too long: page {line.page}, “{short(line.text)}”"
        element = line.runs[0].element
    else:
        what, element = f"{rules.language} takes {pages} pages, not {most}", printout.root
    hint = f"{rules.layout} has room for {most} page{'s' * (most > 1)}: shorten the text there or before"
    if rules.fit == "shrink":
        hint += " (type and lines are already as small as they may be)"
    yield Problem(element, what, hint)


def _is_head(printout: Printout, line: Line) -> bool:
    """Whether a line belongs to what follows it: a heading, a question, a word that is explained, a caption above."""
    tag, kind = line.element.tag, line.element.get("data-kind")
    return tag in HEADINGS or tag == "dt" or kind in _HEADS or (tag == "caption")


def _parted(printout: Printout) -> Iterator[Problem]:
    """Headings whose text begins on the next page, or in the next column."""
    for line, after in pairwise(_flowing(printout)):
        if line.element is not after.element and _is_head(printout, line) and not _is_head(printout, after):
            higher = after.page == line.page and after.flow != line.flow and after.edges[1] < line.edges[1]
            if after.page != line.page or higher:
                what = f"page {line.page}: “{short(line.text)}” stands last there, and what it heads on the next"
                hint = "keep them together: break-after: avoid on the heading in the layout's CSS"
                yield Problem(line.runs[0].element, what, hint)


def _alone(printout: Printout) -> Iterator[Problem]:
    """Single lines of a paragraph, parted from the others by the end of a page or column."""
    for element, group in groupby(_flowing(printout), key=lambda line: line.element):
        lines = [next(same) for _, same in groupby(group, key=lambda line: (line.page, line.flow, line.edges[1]))]
        parts = [list(part) for _, part in groupby(lines, key=lambda line: (line.page, line.flow))]
        if len(parts) < 2 or _row(printout, element) is not None:
            continue
        for part, which in ((parts[0], "first"), (parts[-1], "last")):
            if len(part) == 1:
                what = f"page {part[0].page}: the {which} line of a paragraph stands alone, “{short(part[0].text)}”"
                hint = "keep two lines together: orphans: 2; widows: 2 in the layout's CSS, or shorten the paragraph"
                yield Problem(element, what, hint)


def _row(printout: Printout, element: Any) -> Any:
    """The row of a table that an element stands in; ``None`` outside tables and in their heads."""
    row = None
    while element is not None:
        if element.tag == "thead":
            return None
        if row is None and (element.tag == "tr" or element.get("data-kind") == "row"):
            row = element
        element = printout.parents.get(element)
    return row


def _torn(printout: Printout) -> Iterator[Problem]:
    """Rows of tables that begin on one page and end on another."""
    pages: dict[Any, list[Line]] = {}
    rows: dict[Any, Any] = {}
    for line in _flowing(printout):
        if line.element not in rows:
            rows[line.element] = _row(printout, line.element)
        if rows[line.element] is not None:
            pages.setdefault(rows[line.element], []).append(line)
    for row, lines in pages.items():
        first, last = min(line.page for line in lines), max(line.page for line in lines)
        if first != last:
            what = f"a row of a table is torn over pages {first} and {last}: “{short(lines[0].text)}”"
            yield Problem(row, what, "keep rows whole: break-inside: avoid in the layout's CSS, or shorten the row")


def _empty(printout: Printout) -> Iterator[Problem]:
    """Pages that the text left empty, and a last page with hardly anything on it."""
    for page in printout.pages:
        lines = [line for line in page.body if line.runs]
        if lines or page.pictures:
            continue
        if not any(frame.icon for frame in page.frames):
            hint = "look for a forced page break or an empty box in the layout"
            yield Problem(printout.root, f"page {page.number} is empty", hint)
    last, before = printout.pages[-1], printout.pages[-2:-1]
    lines = [line for line in last.body if line.runs]
    high = {round(line.edges[1]) for line in lines}
    went_on = before and not last.forced and last.name == before[0].name
    if went_on and lines and not last.pictures and len(high) <= FEW_LINES:
        count = "one line" if len(high) == 1 else f"{len(high)} lines"
        what = f"page {last.number}, the last, has only {count} on it: “{short(lines[0].text)}”"
        hint = f"shorten the text by {sum(len(line.text) for line in lines)} characters to save a page"
        yield Problem(lines[0].runs[0].element, what, hint, soft=True)


# A page of ten lines; what stands before, in lines; four lines that are watched; three more after them.
_SMALL = (
    "@page { size: 100mm 70mm; margin: 5mm } html { font-size: 12pt; line-height: 6mm }"
    " * { margin: 0 } p { orphans: 1; widows: 1 } "
)
_WHOLE = "p { break-inside: avoid } "
_AT = "data-at='sources/a.md:{}'"
_BEFORE = {lines: f"<div style='height: {6 * lines}mm'>before</div>" for lines in range(5, 10)}
_LINES = f"<p {_AT.format(9)}>one one one<br>two two two<br>three three<br>four four</p>"
_AFTER = f"<p {_AT.format(11)} style='break-inside: avoid'>five<br>six<br>seven</p>"
_HEADING = f"<h2 {_AT.format(8)}>How to take it</h2>"
_ROW = f"<table><tr {_AT.format(5)}><td>Each day<td>one<br>two<br>three<br>four<br>five</table>"

CHECKS = (
    PageCheck(
        "fit-pages",
        Severity.ERROR,
        "A folded sheet has the pages that it has: what does not fit is not printed.",
        _too_many,
        (Example(_BEFORE[9] + _LINES + _AFTER, _SMALL + _WHOLE, {"max_pages": 1}),),
        (
            Example(_LINES, _SMALL, {"max_pages": 1}),
            Example(_BEFORE[9] + _LINES + _AFTER, _SMALL + _WHOLE, {"max_pages": 2}),
            Example(_BEFORE[9] + _LINES + _AFTER, _SMALL + _WHOLE),
        ),
    ),
    PageCheck(
        "fit-heading",
        Severity.WARNING,
        "A heading last on its page heads nothing; overleaf, its text has lost its name.",
        _parted,
        (Example(_BEFORE[9] + _HEADING + _LINES, _SMALL + _WHOLE + "h2 { break-after: auto }"),),
        (Example(_BEFORE[9] + _HEADING + _LINES, _SMALL + _WHOLE + "h2 { break-after: avoid }"),),
    ),
    PageCheck(
        "fit-alone",
        Severity.WARNING,
        "A single line at the foot or the head of a page is read without its sentence, or missed.",
        _alone,
        (Example(_BEFORE[9] + _LINES + _AFTER, _SMALL), Example(_BEFORE[7] + _LINES + _AFTER, _SMALL)),
        (Example(_BEFORE[8] + _LINES + _AFTER, _SMALL),),
    ),
    PageCheck(
        "fit-row",
        Severity.ERROR,
        "A row that is torn over two pages parts a medicine from its dose.",
        _torn,
        (Example(_BEFORE[8] + _ROW, _SMALL),),
        (Example(_BEFORE[8] + _ROW, _SMALL + "tr { break-inside: avoid }"),),
    ),
    PageCheck(
        "fit-empty",
        Severity.ERROR,
        "An empty page makes readers look for what is missing; a last page of a line or two is paper for nothing.",
        _empty,
        (
            Example("<p>one</p><div style='break-before: page; height: 20mm'></div>", _SMALL),
            Example(_BEFORE[8] + _LINES, _SMALL),
        ),
        (
            Example(_LINES + "<p style='break-before: page'>overleaf</p>", _SMALL),
            Example(_BEFORE[9] + _LINES, _SMALL + _WHOLE),
        ),
    ),
)
