"""What the layout of lines takes out of a text or puts in, given back to those who do not see the page.

WeasyPrint drops the space at which it ends a line, and writes a hyphen where it divides a word. On the page the line's
end says as much; for a screen reader two words became one, and one word two. ISO 32000-1, 14.8.2.5, asks for the space
at the line's end, and for U+00AD in place of a hyphen that is not the author's.

``lines`` notes of each line what it was cut from, so that ``find`` need not guess: it looks at the source on both
sides of the place where the line ends. ``draw`` then writes a space where it leaves no trace: behind the last glyph, or
before the first of a piece that runs to the left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import wraps
from typing import Any

from weasyprint import pdf
from weasyprint.layout import block

from plainleaf.formats.pdf.actualtext import Box, Mark, is_a, right_to_left, unwrap, utf_16
from plainleaf.languages.invisible import SOFT_HYPHEN
from plainleaf.typesetting.fonts import space_of

_SOURCE = (
    "plainleaf-source"  # of a line: the box that holds the text of all lines of its block; whether it is the first
)
_SPACES = " \t\n"
_PICTURE = "\ufffc"
# Elements whose text is one tag, whatever blocks it is laid out in.
_HOLDERS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "th", "td", "caption", "figcaption"))

_usual_lines = block.iter_line_boxes
_usual_fonts = pdf.build_fonts_dictionary
_LAST_GLYPH = re.compile(rb"<([0-9a-f]*)([0-9a-f]{4})>([-+.e0-9]*)\] TJ\Z")

# ---------------------------------------------------------------------- while WeasyPrint works


@wraps(_usual_lines)
def lines(context: Any, box: Any, y: Any, space: Any, skip_stack: Any, *others: Any) -> Iterator[tuple[Any, Any]]:
    """The lines of a block, each with what it is cut from, and whether it is the first."""
    first = skip_stack is None
    for line, resume_at in _usual_lines(context, box, y, space, skip_stack, *others):
        line.__dict__[_SOURCE] = box, first
        first = False
        yield line, resume_at


@wraps(_usual_fonts)
def fonts_with_spaces(file: Any, fonts: Any, *others: Any) -> Any:
    """The fonts of a PDF; also of those that drew no space, the space is among the glyphs that are kept."""
    for font in fonts.values():
        if font.to_unicode and not font.bitmap and _space(font) is None:
            glyph, width = space_of(font.file_content, font.index)
            if glyph and glyph not in font.to_unicode:
                font.to_unicode[glyph] = " "
                font.widths[glyph] = width
    return _usual_fonts(file, fonts, *others)


def _space(font: Any) -> int | None:
    """The number of a font's space, if it is among the glyphs that a PDF uses."""
    return next((glyph for glyph, text in font.to_unicode.items() if text == " "), None)


# ---------------------------------------------------------------------- before the PDF is written


def find(document: Any, marks: list[Mark]) -> None:
    """Note of the pieces at the ends of lines what layout has taken there, and which hyphens are its own."""
    walk = _Walk(marks)
    for page, content in enumerate(document.pages):
        walk.boundary = True
        walk.visit(page, content._page_box, None)


class _Walk:
    """Goes through the boxes of all pages in reading order."""

    def __init__(self, marks: list[Mark]) -> None:
        self.boundary = False  # whether another block has begun since the last text
        self._marks = {(mark.page, id(mark.box)): mark for mark in marks}
        self._last: Mark | None = None  # the text before, None after a picture
        self._holder: Any = None  # the element that the text before is in, whose text is one tag

    def visit(self, page: int, box: Box, holder: Any, linked: bool = False) -> None:
        """Go through a box; ``holder``: the element around it whose text is one tag; ``linked``: it is in a link."""
        box = unwrap(box)
        if is_a(box, "TextBox"):
            if box.text.strip(_SPACES):
                self._text(self._marks.get((page, id(box))), holder)
            return
        if is_a(box, "MarginBox"):
            return
        if is_a(box, "ReplacedBox"):
            self._last, self.boundary = None, False
            return
        if box.element is not None and not linked:
            linked = box.element.tag == "a" and not is_a(box, "InlineBox")  # around blocks: all of them are its text
            if box.element.tag in _HOLDERS or (linked and holder is None):
                holder = box.element
        before = self._last
        source, first = box.__dict__.get(_SOURCE, (None, True))
        self.boundary = self.boundary and first
        if is_a(box, "LineBox") or is_a(box, "InlineBox"):
            self._inline(page, box, holder, linked)
        else:
            for number, child in enumerate(box.children):
                self.boundary = self.boundary or number > 0
                self.visit(page, child, holder, linked)
        if source is not None and box.resume_at is not None and self._last is not None and self._last is not before:
            self._line(self._last, *_around(source, box.resume_at))

    def _inline(self, page: int, box: Box, holder: Any, linked: bool) -> None:
        start = self._last
        for child in box.children:
            last, boundary = self._last, self.boundary
            self.visit(page, child, holder, linked)
            if not unwrap(child).is_in_normal_flow():
                if self._last is not None and self._last is not last:
                    # A float is apart on the page from what is around it.
                    _end(self._last, " ")
                    if last is not None and last is not start:
                        _end(last, " ")
                self._last, self.boundary = last, boundary
            else:
                self.boundary = boundary and self._last is last  # what begins in a line is no block beside it

    def _text(self, mark: Mark | None, holder: Any) -> None:
        if mark is not None:
            if self._last is not None and self.boundary and holder is not None and holder is self._holder:
                _end(self._last, " ")
            self._last, self._holder, self.boundary = mark, holder, False

    def _line(self, mark: Mark, before: str, after: str) -> None:
        """Give back what a line has taken that ends with this piece; ``before`` and ``after`` its end in the source."""
        hyphen = mark.box.style["hyphenate_character"]
        if "\n" in (before, after):
            _end(mark, "\n")
        elif (before and before in _SPACES) or (after and after in _SPACES):
            _end(mark, " ")
        elif hyphen and mark.box.text.endswith(hyphen) and before != hyphen[-1:]:
            mark.added, mark.ending = hyphen, SOFT_HYPHEN


def _end(mark: Mark, space: str) -> None:
    """Note what is behind a piece: a space, or the author's line feed. What runs to the left has room for a space."""
    if not mark.ending and mark.box.text[-1:] not in _SPACES:
        mark.ending = " " if right_to_left(mark.text) else space


def _around(source: Box, place: Any) -> tuple[str, str]:
    """The characters of a block's text before and after a place in it, "" at its edges. ``place`` is as WeasyPrint has
    it: the index of a child, with the place in that; of a text, how many bytes of UTF-8 are before it."""
    box, before, after = source, list[Box](), list[Box]()
    while place:
        ((index, place),) = place.items()
        if is_a(box, "TextBox"):
            text = box.text.encode()
            left, right = text[:index].decode()[-1:], text[index:].decode()[:1]
            return left or _edge(before, -1), right or _edge(after, 0)
        before += box.children[:index]
        after = [*box.children[index + (place is not None) :], *after]
        box = box.children[index] if index < len(box.children) else None
    return _edge(before, -1), _edge(after, 0)


def _edge(boxes: list[Box], end: int) -> str:
    """The last (``end`` -1) or first (0) character in some boxes, as they are in the source."""
    for box in reversed(boxes) if end else boxes:
        if is_a(box, "TextBox"):
            if box.text:
                return str(box.text[end])
        elif not box.is_in_normal_flow():
            continue
        elif not is_a(box, "InlineBox"):
            return _PICTURE
        elif found := _edge(list(box.children), end):
            return found
    return ""


def draw(marks: list[Mark], fonts: dict[Any, Any]) -> None:
    """Draw what was found. Where that cannot be done, the text of the piece is given as a whole."""
    spaces = {font.hash: (font, _space(font)) for font in fonts.values()}
    for mark in marks:
        if not mark.ending:
            continue
        shows = [at for at in range(mark.start, mark.end) if _is(mark.stream[at], b" TJ")]
        leftwards, done = right_to_left(mark.text), False
        if shows:
            at = shows[0 if leftwards and not mark.added else -1]
            name = next(item for item in reversed(mark.stream[mark.start : at]) if _is(item, b" Tf"))
            font, space = spaces[name[1:].split()[0].decode()]
            if not font.bitmap:  # the codes of one are of another length
                done = _divide(mark, at) if mark.added else _space_out(mark, at, font, space)
        if not done and leftwards:
            mark.unread = True
        elif not done:
            mark.write_text(mark.text)


def _space_out(mark: Mark, at: int, font: Any, glyph: int | None) -> bool:
    """Draw a space, this glyph of a font, beside what an item of the stream shows in it; whether there is one."""
    if glyph is None:
        return False
    if right_to_left(mark.text):
        mark.stream[at] = b"[%d<%04x>" % (font.widths[glyph], glyph) + mark.stream[at][1:]
    elif mark.ending == " ":
        mark.stream[at] = mark.stream[at][: -len(b"] TJ")] + b"<%04x>] TJ" % glyph
    else:
        _say(mark, at, b"[<%04x>] TJ" % glyph)
    return True


def _divide(mark: Mark, at: int) -> bool:
    """Say of the last glyph of a piece that it only divides a word; whether that can be done."""
    found = _LAST_GLYPH.search(mark.stream[at])
    if not found or len(mark.added) > 1 or right_to_left(mark.text):
        return False
    before, glyph, moved = found.groups()
    mark.stream[at] = mark.stream[at][: found.start()] + (b"<%s>" % before if before else b"") + b"] TJ"
    _say(mark, at, b"[<%s>%s] TJ" % (glyph, moved))
    return True


def _say(mark: Mark, after: int, shown: bytes) -> None:
    """Show a glyph that stands for what a piece ends with, right behind what an item of the stream shows."""
    span = b"/Span <</ActualText %s>> BDC\n%s\nEMC\n" % (utf_16(mark.ending), shown)
    mark.stream[after + 1] = span + mark.stream[after + 1]


def _is(item: Any, operator: bytes) -> bool:
    return isinstance(item, bytes) and item.endswith(operator)
