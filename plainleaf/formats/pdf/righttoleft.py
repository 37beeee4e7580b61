"""Lines from right to left, stored so that readers of pages take them out in the order in which they are written.

Two readers are behind most of what people copy and search, and neither heeds tags. PDFium (Chrome, Edge) takes a line's
strings from left to right, and what is in a string in the order of the string; then it turns runs round
(``pdfiumlines``). Poppler goes by places alone, and turns runs round by other rules. So a line is written anew:

* a letter with its marks is one glyph, as a mark that is raised parts its word in both;
* in a string, glyphs stand in the order that PDFium turns into the right one, each at its place;
* a bracket that PDFium would turn round has its text for PDFium alone (ActualText in a tag that poppler does not heed);
* around a run from left to right, poppler has marks of direction that PDFium does not see: glyphs of no width.

What the tags say does not come from the glyphs of such a line: its marks are ``unread``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import pydyf

from plainleaf.formats.pdf import pdfiumlines, pieces, showing, storing
from plainleaf.formats.pdf.actualtext import Box, Mark, glyph_tables, glyph_texts, is_a, unwrap, utf_16
from plainleaf.formats.pdf.codes import Codes
from plainleaf.formats.pdf.pdfiumlines import LEFT, NEUTRAL, RIGHT, kind
from plainleaf.formats.pdf.pieces import Unit
from plainleaf.languages.invisible import WORD_JOINER

_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
# Words of plain letters, each with one sign behind it at most.
_WORDS = re.compile(
    "(?:[\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06fa-\u06ff]+[،.؛؟:!۔]?(?: |$))*"
)
_LIGATURE = re.compile(rb"(<[0-9a-f]{4}>) <((?:0[5-8][0-9a-f]{2}){2,})>")  # in a table of glyphs
_FEW = 0.25  # lines from left to right, for each from right to left


def order(document: Any, marks: list[Mark], codes: Codes, pdf: pydyf.PDF) -> set[Mark]:
    """Write the lines anew that have letters from right to left; the pieces that were.

    In a document that is nearly all from right to left, its other lines too: it says so (``/Direction``, ISO 32000-1,
    table 150), and PDFium then takes each of its lines for one from right to left.
    """
    if not any(is_a(mark.box, "TextBox") and _has_right(_seen(mark)) for mark in marks):
        return set()
    _turn_ligatures(pdf)
    found = {(mark.page, id(mark.box)): mark for mark in marks}
    lines, right = list[list[Mark]](), list[bool]()
    for page, content in enumerate(document.pages):
        for boxes, leftward in _lines(content._page_box):
            if line := [mark for box in boxes if (mark := found.get((page, id(box))))]:
                lines.append(line)
                right.append(leftward and any(_inked(mark) for mark in line))
    left = sum(
        _has_left("".join(mark.box.text for mark in line)) for line, has in zip(lines, right, strict=True) if not has
    )
    whole = left <= _FEW * sum(right)
    if whole:
        wishes = pdf.catalog.get("ViewerPreferences", {})
        pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({**wishes, "Direction": "/R2L"})
    written, before = dict[Mark, list[bytes]](), dict[Mark, list[bytes]]()
    tables = {font.hash: (codes.texts(font.hash), 4) for font in document.fonts.values() if not font.bitmap}
    for line, has_right in zip(lines, right, strict=True):
        if (has_right or whole) and not _plain(line, tables):
            written.update(_ordered(line, whole, codes))
    if not whole:
        before = _parted_lines(lines, right, codes)
    turned = {line[0].page for line, has in zip(lines, right, strict=True) if has}
    for page in sorted(turned):
        first, items = _turned_page([mark for line in lines if line[0].page == page for mark in line], codes)
        before.setdefault(first, [])[:0] = items
    after = dict[Mark, list[bytes]]()
    for line, has_right in zip(lines, right, strict=True):
        if not (has_right or whole) and line[0].page in turned:
            after.update(_closed(line, codes))
    _replace(marks, written, before, after)
    return set(written)


def _turn_ligatures(pdf: pydyf.PDF) -> None:
    """Have a glyph of two letters say them from left to right: both readers turn what a glyph says round."""
    for table in glyph_tables(pdf):
        table.stream[:] = [_LIGATURE.sub(_turned, line) if _LIGATURE.fullmatch(line) else line for line in table.stream]


def _turned(found: re.Match[bytes]) -> bytes:
    letters = bytes.fromhex(found[2].decode()).decode("utf-16-be")
    turned = letters[::-1] if all(kind(letter) == RIGHT for letter in letters) else letters
    return b"%b <%b>" % (found[1], turned.encode("utf-16-be").hex().encode())


def _plain(line: list[Mark], tables: dict[str, tuple[dict[int, str], int]]) -> bool:
    """Whether a line has nothing but words from right to left, each letter one glyph on the line: it is in order."""
    if not _WORDS.fullmatch("".join(mark.box.text for mark in line)):
        return False
    for mark in line:
        raised = any(isinstance(item, bytes) and item.endswith(b" Ts") for item in mark.stream[mark.start : mark.end])
        if raised or "".join(glyph_texts(mark, tables))[::-1] != mark.box.text:
            return False
    return True


def _parted_lines(lines: list[list[Mark]], right: list[bool], codes: Codes) -> dict[Mark, list[bytes]]:
    """What makes PDFium end a line before another begins beside it, in a document of both directions.

    It takes for one line what is drawn one after the other at the same height, however far apart.
    """
    inked = [[mark for mark in line if _inked(mark)] for line in lines]
    drawn = [(min(line, key=lambda mark: mark.start), has) for line, has in zip(inked, right, strict=True) if line]
    drawn.sort(key=lambda each: (each[0].page, each[0].start))
    before = dict[Mark, list[bytes]]()
    for (one, right_one), (other, right_other) in pairwise(drawn):
        if (right_one or right_other) and one.page == other.page and _level(one.box, other.box):
            found = pieces.units(other, codes)
            if found and codes.takes(font := found[0].style[0]):
                size = found[0].style[1]
                blank = codes.code(font, codes.joined(font, (), 100), " ")
                show = showing.blank(font, size, found[0].x, showing.baseline(other) - 3 * size, 2 * blank)
                before[other] = [b"/Artifact BMC\nBT", *show, b"ET\nEMC"]
    return before


def _turned_page(marks: list[Mark], codes: Codes) -> tuple[Mark, list[bytes]]:
    """What makes poppler take a page for one from right to left, and the first piece, before which it is drawn.

    Poppler counts letters, and in a page with more of them from left to right it puts each line from right to left in
    the order of its places. Marks of direction count too.
    """
    first = min((mark for mark in marks if _inked(mark)), key=lambda mark: mark.start)
    kinds = Counter(kind(letter) for mark in marks if _inked(mark) for letter in mark.box.text)
    lacking = kinds[LEFT] - kinds[RIGHT]
    found = pieces.units(first, codes)
    if lacking < -0.1 * kinds[RIGHT] or not found or not codes.takes(font := found[0].style[0]):
        return first, []
    signs = utf_16(storing.RLM * (lacking + 20 + kinds[LEFT] // 10))
    code = codes.code(font, codes.joined(font, (), 0), storing.RLM)
    show = showing.blank(font, 1, 1, 1, code)
    return first, [b"/Artifact BMC\n/Span <</ActualText %b>> BDC\nBT" % signs, *show, b"ET\nEMC\nEMC"]


def _inked(mark: Mark) -> bool:
    return bool(mark.box.text.strip()) and mark.box.style["visibility"] == "visible"


def _seen(mark: Mark) -> str:
    """What a text has on the page: nothing where it is hidden."""
    return mark.box.text if _inked(mark) else ""


def _level(one: Box, other: Box) -> bool:
    """Whether two texts are at about the same height."""
    apart = abs(one.position_y + one.baseline - other.position_y - other.baseline)
    return bool(apart < 1.5 * max(one.style["font_size"], other.style["font_size"]))


def _has_right(text: str) -> bool:
    return bool(_RIGHT.search(text))


def _has_left(text: str) -> bool:
    return any(kind(letter) == LEFT for letter in text)


def _lines(box: Box) -> Iterator[tuple[list[Box], bool]]:
    """The texts of each line in the order in which they are written, and whether it runs from right to left: a name
    from right to left in an English line is turned round by both readers as it should be."""
    box = unwrap(box)
    if is_a(box, "LineBox"):
        texts = list[Box]()
        for child in box.children:
            yield from _inside(child, texts)
        yield texts, box.style["direction"] == "rtl"
    else:
        for child in getattr(box, "children", ()):
            yield from _lines(child)


def _inside(box: Box, texts: list[Box]) -> Iterator[tuple[list[Box], bool]]:
    box = unwrap(box)
    if is_a(box, "TextBox"):
        texts.append(box)
    elif is_a(box, "InlineBox"):
        for child in box.children:
            yield from _inside(child, texts)
    else:
        yield from _lines(box)


def _closed(line: list[Mark], codes: Codes) -> dict[Mark, list[bytes]]:
    """What makes poppler take the bracket at the end of a line from left to right for its end, in a page of lines from
    right to left."""
    last = next((mark for mark in reversed(line) if _inked(mark)), None)
    if last is None or kind(last.box.text.rstrip()[-1]) != NEUTRAL:
        return {}
    units = [unit for unit in pieces.units(last, codes) or () if unit.glyphs]
    if not units or not (font := codes.able(units[-1].style[0])):
        return {}
    code = codes.code(font, codes.joined(font, (), 0), storing.LRM)
    return {last: showing.blank(font, units[-1].style[1], units[-1].end, showing.baseline(last), code)}


def _replace(
    marks: Iterable[Mark],
    written: dict[Mark, list[bytes]],
    before: dict[Mark, list[bytes]],
    after: dict[Mark, list[bytes]],
) -> None:
    """Put new texts in the place of old ones, and some more before and at the end of some of them."""
    for stream in {id(mark.stream): mark.stream for mark in (*written, *before, *after)}.values():
        moved, new, last = dict[int, int](), list[Any](), 0
        here = [mark for mark in marks if mark.stream is stream]
        touched = [mark for mark in here if mark in written or mark in before or mark in after]
        for mark in sorted(touched, key=lambda mark: mark.start):
            edits = [(mark.start - 1, mark.start - 1, before.get(mark, []))]
            if mark in written:
                begin, end = stream.index(b"BT", mark.start, mark.end) + 1, stream.index(b"ET", mark.start, mark.end)
                edits.append((begin, end, written[mark]))
            elif mark in after:
                end = stream.index(b"ET", mark.start, mark.end)
                edits.append((end, end, after[mark]))
            for begin, end, items in edits:
                moved.update((place, len(new) + place - last) for place in range(last, begin))
                new += [*stream[last:begin], *items]
                last = end
        moved.update((place, len(new) + place - last) for place in range(last, len(stream)))
        stream[:] = new + stream[last:]
        for mark in here:
            mark.start, mark.end = moved[mark.start], moved[mark.end]


# ---------------------------------------------------------------------- the order of a line


def _ordered(line: list[Mark], whole: bool, codes: Codes) -> dict[Mark, list[bytes]]:
    """The pieces of a line as they are to be written; none where it is not known what they are made of. ``whole``:
    PDFium takes any line for one from right to left."""
    units = list[Unit]()
    for mark in line:
        found = pieces.units(mark, codes) if mark.box.text else []
        if found is None or any(_cannot_be_joined(unit, codes) for unit in found):
            return {}
        units += found
    units = storing.stacked(storing.with_signs(units), codes)
    turned = whole or any(_has_right(unit.text) for unit in units)
    shown = storing.stored(units) if turned else storing.as_written(units)
    if shown is None or not any(each.unit.glyphs for each in shown):
        return {}
    written = showing.written(showing.in_one_font(shown, codes), codes)
    text = "".join(each.for_pdfium for each in shown)
    if turned and not whole and not pdfiumlines.runs_right(text):
        able = [each.unit for each in shown if each.unit.glyphs and codes.takes(each.unit.style[0])]
        if not able:
            return {}
        first = max(able, key=lambda unit: unit.end)
        written[first.mark] += _turn(text, first, codes)
    plain = {each.unit.mark: True for each in shown}
    for each in shown:
        plain[each.unit.mark] &= each.unit.leftward and each.unit.text == each.said == each.for_pdfium
    for mark in written:
        mark.stream[mark.start].pop("ActualText", None)
        mark.unread = mark.unread or not plain[mark] or _signs_alone(mark.text)
    return written


def _signs_alone(text: str) -> bool:
    """Whether a text has signs, but no letter to say which of the directions they run in: a bracket and a stop, a
    comma and a space."""
    return len(text) > 1 and not text.isspace() and not any(letter.isalnum() for letter in text)


def _cannot_be_joined(unit: Unit, codes: Codes) -> bool:
    """Whether a unit of several glyphs is in a font that takes no new ones."""
    return bool(unit.glyphs) and (len(unit.glyphs) > 1 or bool(unit.glyphs[0].rise)) and not codes.takes(unit.style[0])


def _turn(text: str, first: Unit, codes: Codes) -> list[bytes]:
    """What is seen by PDFium alone, at the right of a line of more words from left to right than from right to left: it
    counts as so many runs from right to left that the line is taken for one."""
    (font, size), blank = first.style, codes.joined(first.style[0], (), 100)
    signs = ((storing.RLM + WORD_JOINER) * (pdfiumlines.lacking(text) + 2), storing.RLM)
    show = showing.blank(
        font, size, first.end, showing.baseline(first.mark), b"".join(codes.code(font, blank, sign) for sign in signs)
    )
    return [b"/Span <</ActualText ()>> BDC\n" + showing.NOT_FOR_POPPLER, *show, b"EMC\nEMC"]
