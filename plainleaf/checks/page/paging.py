"""Where pages begin and end: too many of them, headings and lines left alone, rows torn apart, pages left empty."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

from plainleaf.checks.page import excess, fit, setting
from plainleaf.checks.page.boxes import HEADINGS, Line, Printout, classes_of, given, may_go_on, short, squeezed
from plainleaf.checks.page.excess import Part
from plainleaf.checks.page.registry import Example, PageCheck, Problem
from plainleaf.languages import naming
from plainleaf.model import Severity
from plainleaf.model.tags import locale_name

FEW_LINES = 2  # on a last page: not worth a sheet of paper

# What names that which follows it, beside headings: kinds of blocks, tags, and classes of the shipped templates.
_KINDS = frozenset({"question", "term", "word"})
_TAGS = frozenset({"dt", "caption"})
_CLASSES = frozenset({"label", "caption"})


def _flowing(printout: Printout) -> list[Line]:
    """The lines and pictures of the text in reading order, without heads and feet and without empty ones."""
    return [line for page in printout.pages for line in page.seen]


def too_long(printout: Printout) -> bool:
    """Whether the text takes more pages than there are, or more than its panels hold."""
    beyond = surplus(printout) or bool(excess.over(printout))
    return beyond or any(True for each in fit.CHECKS if not each.painted for _ in each.run(printout))


def surplus(printout: Printout) -> bool:
    """Whether there are more pages than there may be."""
    return 0 < printout.rules.max_pages < len(printout.pages)


def too_small(printout: Printout) -> set[Any]:
    """The elements whose type is smaller than the layout allows."""
    return {problem.element for each in setting.CHECKS if each.id == "fit-small" for problem in each.run(printout)}


def _too_many(printout: Printout) -> Iterator[Problem]:
    rules = printout.rules
    parts = excess.over(printout)
    for part in parts:
        yield _over(printout, part)
    if surplus(printout) and not parts:
        what = f"{rules.language} takes {len(printout.pages)} pages, not {rules.max_pages}"
        yield Problem(printout.root, what, "look for a forced page break that one part too many has")


def _over(printout: Printout, part: Part) -> Problem:
    """What is too long for a part, by how much as far as that could be measured, and where."""
    smaller = " (type and lines are already as small as they may be)" if printout.rules.fit == "shrink" else ""
    room = f"{part.room} of {printout.rules.layout}"
    line = excess.first_beyond(printout, part)
    if other := excess.of_others(printout, part) if line else None:
        return _of_another(printout, other, room)
    found = excess.measured(printout, part) if line else None
    if found:
        said, these = f"“{short(_words(found.block))}”", "this text"
        if found.since is not found.block:
            said, these = f"from “{short(_words(found.since))}” to {said}", "these texts together"
        what = f"{_language(printout, found.block)} is {found.count} characters too long for {room}: {said}"
        hint = f"shorten {these} by about {found.count} characters, or the text before them by as much{smaller}"
        return Problem(found.block, what, hint)
    if line:
        element = line.runs[0].element
        what = f"{_language(printout, element)} is too long for {room}: “{short(line.text)}” is beyond it"
    else:
        element = printout.root if part.element is None else part.element
        what = f"page {part.pages[part.most]} is one too many: there is no room beyond {room}"
    return Problem(element, what, f"shorten the text there or before it{smaller}")


def _of_another(printout: Printout, lengthy: excess.Lengthy, room: str) -> Problem:
    """What is too long and none of the leaflet's, at the place where it is written."""
    language, origin = _language(printout, lengthy.element), lengthy.origin
    said = f"“{short(origin.text)}”"
    if lengthy.count:
        what = f"{language} is {lengthy.count} characters too long for {room}: {said}"
        hint = f"shorten this text by about {lengthy.count} characters; the leaflet's own text would fit"
    else:
        what = f"the clinic's details are too long for {room} in {language}; the longest is {said}"
        hint = "shorten them, or leave some of them out"
    return Problem(lengthy.element, what, hint, at=origin.at)


def _words(block: Any) -> str:
    return "".join(given(block, " "))


def _language(printout: Printout, element: Any) -> str:
    """The English name of the language that an element's text is in, which need not be the page's."""
    if len(element) == 1 and not squeezed((element.text or "") + (element[0].tail or "")):
        element = element[0]  # all its text is marked, as text without a translation is
    tag = printout.language(element)
    if tag == printout.rules.tag:
        return printout.rules.language
    from plainleaf.typesetting import locales

    name = locale_name(tag)
    return locales.locale(name).english_name if naming.known(name) else tag


def _is_head(printout: Printout, line: Line) -> bool:
    """Whether a line belongs to what follows it: a heading, a question, a word that is explained, a caption above, the
    label of a box or of a fact."""
    element = line.element
    parent = printout.parents.get(element)
    if element.tag in HEADINGS or element.tag in _TAGS or element.get("data-kind") in _KINDS:
        return True
    first = parent is not None and parent.get("data-kind") == "callout" and parent[0] is element
    return (first and not element.get("data-at")) or not _CLASSES.isdisjoint(classes_of(element))


def _parted(printout: Printout) -> Iterator[Problem]:
    """Headings whose text begins on the next page, or in the next column."""
    for line, after in pairwise(_flowing(printout)):
        if line.element is not after.element and _is_head(printout, line) and not _is_head(printout, after):
            higher = after.page == line.page and after.flow != line.flow and after.edges[1] < line.edges[1]
            if after.page != line.page or higher:
                what = f"page {line.page}: “{short(line.text)}” is the last line there; its text is on the next page"
                hint = "keep them together: break-after: avoid on the heading in the layout's CSS"
                yield Problem(line.element, what, hint)


def _alone(printout: Printout) -> Iterator[Problem]:
    """Single lines of a paragraph, parted from the others by the end of a page or column."""
    for element, group in groupby(_flowing(printout), key=lambda line: line.element):
        lines = [next(same) for _, same in groupby(group, key=lambda line: (line.page, line.flow, line.edges[1]))]
        parts = [list(part) for _, part in groupby(lines, key=lambda line: (line.page, line.flow))]
        if len(parts) < 2 or _row(printout, element) is not None:
            continue
        for part, which in ((parts[0], "first"), (parts[-1], "last")):
            if len(part) == 1:
                what = f"page {part[0].page}: the {which} line of a paragraph is alone there: “{short(part[0].text)}”"
                hint = "keep two lines together: orphans: 2; widows: 2 in the layout's CSS, or shorten the paragraph"
                yield Problem(element, what, hint)


def _row(printout: Printout, element: Any) -> Any:
    """The row of a table that an element stands in, by its tag or as it is laid out; ``None`` outside tables and in
    their heads, which are printed again on each page, and for paragraphs in two languages."""
    row = None
    while element is not None:
        if element.tag == "thead":
            return None
        named = element.tag == "tr" or element.get("data-kind") == "row"
        if row is None and (named or any(element in page.rows for page in printout.pages)) and not may_go_on(element):
            row = element
        element = printout.parents.get(element)
    return row


def _torn(printout: Printout) -> Iterator[Problem]:
    """Rows of tables that begin on one page or in one column and end in another."""
    parts: dict[Any, list[Line]] = {}
    rows: dict[Any, Any] = {}
    for line in _flowing(printout):
        if line.element not in rows:
            rows[line.element] = _row(printout, line.element)
        if rows[line.element] is not None:
            parts.setdefault(rows[line.element], []).append(line)
    for row, lines in parts.items():
        first, last = min(line.page for line in lines), max(line.page for line in lines)
        if first != last or len({line.flow for line in lines}) > 1:
            where = f"over pages {first} and {last}" if first != last else f"over two columns of page {first}"
            said = next((line.text for line in lines if line.runs), "a picture")
            what = f"a row of a table is torn {where}: “{short(said)}”"
            yield Problem(row, what, "keep rows whole: break-inside: avoid in the layout's CSS, or shorten the row")


def _empty(printout: Printout) -> Iterator[Problem]:
    """Pages that the text left empty, and a last page with hardly anything on it."""
    before: Line | None = None
    cut_off = any(element.get("data-cut-off") for element in printout.root.iter())
    for page in printout.pages:
        if page.blank and cut_off:
            continue
        if not page.seen and not any(frame.icon for frame in page.frames):
            what = f"page {page.number} is empty" + (f", after “{short(before.text)}”" if before else "")
            hint = "look for a forced page break or an empty box in the layout"
            yield Problem(before.runs[0].element if before else printout.root, what, hint)
        before = next((line for line in reversed(page.seen) if line.runs), before)
    last, others = printout.pages[-1], printout.pages[-2:-1]
    high = {round(line.edges[1]) for line in last.seen}
    went_on = others and not last.forced and last.name == others[0].name and not surplus(printout)
    if went_on and high and len(high) <= FEW_LINES and not any(line.picture for line in last.seen):
        count = "one line" if len(high) == 1 else f"{len(high)} lines"
        what = f"page {last.number}, the last, has only {count} on it: “{short(last.seen[0].text)}”"
        yield Problem(last.seen[0].runs[0].element, what, f"shorten the text by {count} to save a page", soft=True)


# A page of ten lines; what stands before, in lines; four lines that are watched; three more after them.
_SMALL = (
    "@page { size: 100mm 70mm; margin: 5mm } html { font-size: 12pt; line-height: 6mm }"
    " * { margin: 0 } p { orphans: 1; widows: 1 } "
)
_WHOLE = "p { break-inside: avoid } "
_AT = "data-at='sources/a.md:{}'"
_BEFORE = {lines: f"<div>{'before<br>' * (lines - 1)}before</div>" for lines in range(7, 10)}
_LINES = f"<p {_AT.format(9)}>one one one<br>two two two<br>three three<br>four four</p>"
_AFTER = f"<p {_AT.format(11)} style='break-inside: avoid'>five<br>six<br>seven</p>"
_HEADING = f"<h2 {_AT.format(8)}>How to take it</h2>"
_ROW = f"<table><tr {_AT.format(5)}><td>Each day<td>one<br>two<br>three<br>four<br>five</table>"
_HEADED = f"<table><thead><tr><th>When<th>What</thead>{_ROW.removeprefix('<table>') * 2}".replace("</table><tr", "<tr")
_SET_AS_ROW = f"<div class='t'><div class='r' {_AT.format(5)}><p>one<br>two<br>three<br>four<br>five</p></div></div>"
_BOX = f"<section data-kind='callout' {_AT.format(6)}><p>Important</p>{_LINES}</section>"
_SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
_PICTURE = f"<img alt='A pill' src='data:image/svg+xml;utf8,{_SQUARE}'>"
_SHOWN = "img { display: block; height: 12mm; width: 12mm } h2 { break-after: avoid }"
_COVER = f"<div data-panels='cover'>{_BEFORE[9]}{_LINES}</div><div data-panels='inside'>{_AFTER}</div>"
_OVERLEAF = "div + div { break-before: page }"

CHECKS = (
    PageCheck(
        "fit-pages",
        Severity.ERROR,
        "A folded sheet has the pages that it has: what does not fit is not printed, or comes on another panel.",
        _too_many,
        (
            Example(_BEFORE[9] + _LINES + _AFTER, _SMALL + _WHOLE, {"max_pages": 1}),
            Example(_COVER, _SMALL + _WHOLE + _OVERLEAF, {"max_pages": 3}),
            Example(_BEFORE[7] + "<p style='break-before: page'>one<br>two<br>three</p>", _SMALL, {"max_pages": 1}),
            Example(_BEFORE[9] + _LINES.replace("<p", "<p lang='es'"), _SMALL + _WHOLE, {"max_pages": 1}),
        ),
        (
            Example(_LINES, _SMALL, {"max_pages": 1}),
            Example(_BEFORE[9] + _LINES + _AFTER, _SMALL + _WHOLE, {"max_pages": 2}),
            Example(_BEFORE[9] + _LINES + _AFTER, _SMALL + _WHOLE),
            Example(_COVER.replace("cover", "cover, flap"), _SMALL + _WHOLE + _OVERLEAF, {"max_pages": 3}),
        ),
        "WCAG 2.2, 1.4.4 (no loss of content)",
        what="The leaflet has more pages than its layout can have.",
        fix="Shorten the text, mark parts as .optional, or publish it in another layout.",
    ),
    PageCheck(
        "fit-heading",
        Severity.WARNING,
        "A heading or a box's label last on its page has no text; overleaf, its text has lost its heading.",
        _parted,
        (
            Example(_BEFORE[9] + _HEADING + _LINES, _SMALL + _WHOLE + "h2 { break-after: auto }"),
            Example(_BEFORE[9] + _BOX, _SMALL + _WHOLE),
        ),
        (
            Example(_BEFORE[9] + _HEADING + _LINES, _SMALL + _WHOLE + "h2 { break-after: avoid }"),
            Example(_BEFORE[9] + _BOX, _SMALL + _WHOLE + "section p { break-after: avoid }"),
            Example(_BEFORE[7] + _HEADING + _PICTURE + _LINES, _SMALL + _WHOLE + _SHOWN),
        ),
        "PEMAT-P, 9 (sections have headers that inform)",
        what="A heading is at the end of a page, and its text is on the next one.",
        fix="Move the heading in the text, or forbid a page break after it in the layout's CSS.",
    ),
    PageCheck(
        "fit-alone",
        Severity.WARNING,
        "A single line at the bottom or top of a page is read without its sentence, or missed.",
        _alone,
        (Example(_BEFORE[9] + _LINES + _AFTER, _SMALL), Example(_BEFORE[7] + _LINES + _AFTER, _SMALL)),
        (Example(_BEFORE[8] + _LINES + _AFTER, _SMALL),),
        "Chicago Manual of Style, 15th edition (neither widows nor orphans; later ones allow orphans)",
        what="A single line of a paragraph is alone on a page.",
        fix="Shorten the paragraph, or set orphans and widows in the layout's CSS.",
    ),
    PageCheck(
        "fit-row",
        Severity.ERROR,
        "A row that is torn over two pages or columns parts a medicine from its dose.",
        _torn,
        (
            Example(_BEFORE[8] + _ROW, _SMALL),
            Example(_ROW, _SMALL + "body { columns: 2; height: 20mm; column-fill: auto }"),
            Example(_BEFORE[8] + _SET_AS_ROW, _SMALL + ".t { display: table } .r { display: table-row }"),
        ),
        (
            Example(_BEFORE[8] + _ROW, _SMALL + "tr { break-inside: avoid }"),
            Example(_BEFORE[7] + _HEADED, _SMALL + "tr { break-inside: avoid }"),
            Example(_ROW + _ROW, _SMALL + "body { columns: 2; height: 35mm; column-fill: auto }"),
        ),
        "UKAAF G003, minimum standards (single pieces of information are not split)",
        what="A row of a table is torn over two pages.",
        fix="Shorten the row, or keep rows whole in the layout's CSS.",
    ),
    PageCheck(
        "fit-empty",
        Severity.ERROR,
        "An empty page makes readers look for what is missing; a last page of a line or two is paper for nothing.",
        _empty,
        (
            Example("<p>one</p><div style='break-before: page; height: 20mm'></div>", _SMALL),
            Example(_BEFORE[8] + _LINES, _SMALL),
            Example(f"<section>{_BEFORE[8]}{_LINES}</section>", _SMALL + "section { break-before: page }"),
            Example(f"{_BEFORE[7]}<div style='break-before: recto'>{_AFTER}</div>", _SMALL),
        ),
        (
            Example(_BEFORE[7] + "<p style='break-before: page'>overleaf</p>", _SMALL),
            Example(f"<div style='break-after: page'>{_BEFORE[7]}</div><p>overleaf</p>", _SMALL),
            Example(f"{_LINES}<div data-cut-off='front' style='break-before: recto'>{_AFTER}</div>", _SMALL),
            Example(_BEFORE[9] + _LINES, _SMALL + _WHOLE),
        ),
        "PEMAT-P, 10 (one thing follows from another)",
        what="A page is empty, or the last page has hardly any text.",
        fix="Remove a forced page break, or shorten the text by a few lines.",
    ),
)
