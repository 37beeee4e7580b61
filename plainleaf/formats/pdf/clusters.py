"""Text of complex scripts glyph by glyph, for readers that do not heed ActualText.

A cluster is what a script shapes as one: letters of a text on one side, glyphs on the other, in another order and
another number (Hindi "कि" is drawn as the sign i and the letter ka). Pango says which letters a cluster has. Its
glyphs, in the order in which they are drawn, get its letters, in the order in which they are written: who joins the
texts of glyphs has the words. The glyph of "i" then says "ka", which is why it needs a code of its own (``codes``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from math import ceil
from typing import Any, NamedTuple

from weasyprint.text.ffi import ffi, pango

from plainleaf.formats.pdf.actualtext import LAYOUT_ONLY, Box, Mark
from plainleaf.formats.pdf.codes import Codes
from plainleaf.languages.invisible import WORD_JOINER

_RUN = re.compile(rb"<([0-9a-f]+)>")
_PART = re.compile(rb"<([0-9a-f]*)>|([^<>]+)")  # of an array of TJ: codes, or how far the pen goes back
_LAST = re.compile(rb"<([0-9a-f]*)([0-9a-f]{4})>([^<>]*)\] TJ$")  # the last code of an array
_DIGITS = 4  # of the code of a glyph
_NUMBERS = ffi.typeof("uint32_t *")
_INFO = ffi.sizeof("PangoGlyphInfo") // 4  # numbers of four bytes; the first is that of the glyph
_GAP = 60  # 1/1000 em: readers take a wider one between two glyphs for a space (pdfminer: 100)
_STEP = 100  # 1/1000 em: glyphs are made wider by so much at a time, which makes fewer of them


class _Glyph(NamedTuple):
    """A glyph as it is drawn: where its string is in the stream; where the pen is, and moves to, in points."""

    place: int
    font: str
    number: int
    size: float
    start: float
    end: float
    rise: float

    @property
    def width(self) -> float:
        """In 1/1000 em."""
        return (self.end - self.start) / self.size * 1000


def spell(marks: Iterable[Mark], codes: Codes) -> None:
    """Give the glyphs of pieces that are written from left to right codes that together say what is written."""
    for mark in marks:
        drawn = list(_drawn(mark, codes))
        shaped = _shaped(mark.box)
        if not drawn or [glyph.number for glyph in drawn] != [glyph for glyph, _ in shaped]:
            continue  # nothing to see, cut by text-overflow, or drawn by codes of one byte
        texts = [text for _, text in shaped]
        new = iter(_codes(drawn, texts, codes))
        for place in dict.fromkeys(glyph.place for glyph in drawn):
            mark.stream[place] = _rewritten(mark.stream[place], new)
        _part_space(mark.stream, drawn, texts)


def _codes(drawn: Sequence[_Glyph], texts: Sequence[str], codes: Codes) -> Iterator[bytes]:
    """What to write in the place of each glyph's code, inside of ``<>``. The pen goes as far as it went."""
    place, count = 0, len(drawn)
    while place < count:
        first, text, start = drawn[place], texts[place], place
        place += 1
        while place < count and texts[place] == WORD_JOINER and _alike(first, drawn[place]) and codes.takes(first.font):
            place += 1
        after = drawn[place] if place < count else None
        if place == start + 1 and (after is None or _close(first, after) or not codes.takes(first.font)):
            yield codes.code(first.font, first.number, text)
        else:
            yield from _joined(drawn[start:place], text, after, texts[place] if after else " ", codes)


def _close(glyph: _Glyph, after: _Glyph) -> bool:
    """Whether no reader takes two glyphs for parts of different words: nearly all of them, so this has to be fast."""
    return glyph.start < glyph.end and glyph.start < after.end and after.start - glyph.end <= glyph.size * _GAP / 1000


def _joined(
    glyphs: Sequence[_Glyph], text: str, after: _Glyph | None, text_after: str, codes: Codes
) -> Iterator[bytes]:
    """What to write for glyphs that have one text: one glyph made of them, as wide as readers need it."""
    first, *others = glyphs
    number, width = first.number, round(first.width)
    if others:
        parts = [(part.number, *_moved(first, part)) for part in glyphs]
        width = ceil(max(part.end - first.start for part in glyphs) / first.size * 1000)
        number = codes.joined(first.font, parts, width)
    wider = 0 if after is None or text[-1].isspace() or text_after[0].isspace() else _wider(glyphs, after)
    code = codes.code(first.font, number, text, width + wider if wider else None)
    back = width + wider - round(first.width)
    yield b"%b>%d<" % (code, back) if back else code
    for other in others:
        yield b">%d<" % -round(other.width)


def _alike(one: _Glyph, other: _Glyph) -> bool:
    return (one.font, one.size) == (other.font, other.size)


def _moved(first: _Glyph, part: _Glyph) -> tuple[float, float]:
    """How far a glyph is from another, to the right and up, in 1/1000 em."""
    return (part.start - first.start) / first.size * 1000, (part.rise - first.rise) / first.size * 1000


def _wider(glyphs: Sequence[_Glyph], after: _Glyph) -> int:
    """By how much a glyph has to be wider, in 1/1000 em, so that readers see no space where none is written.

    A sign above or below its letter has no width of its own, and the pen goes back for it: from there to the next
    letter is a gap. Two signs are apart, too, where twice the width of neither reaches the other (pdfminer's lines).
    """
    em = glyphs[0].size / 1000
    start, end = glyphs[0].start, max(glyph.end for glyph in glyphs)
    least = (after.start - end) / em if after.start - end > _GAP * em else 0
    if after.end <= start:
        apart = (start - after.end) / em
        reach = max(end - start, after.end - after.start) / em
        least = 0 if 2 * reach > apart else apart / 2 + 1 - (end - start) / em
    elif start == end and after.start == after.end:
        least = max(least, _GAP)
    return ceil(least / _STEP) * _STEP


def _part_space(stream: list[Any], drawn: Sequence[_Glyph], texts: Sequence[str]) -> None:
    """Show a space at the end of the first string of a piece by an operator of its own.

    PDFium takes the last glyph of the first string for the end of a piece with ActualText. After a space it puts none
    between the piece and the next one: two cells of a table are one word.
    """
    first, last = drawn[0].place, drawn[-1].place
    end = sum(glyph.place == first for glyph in drawn)
    if first != last and texts[end - 1].endswith(" ") and not texts[-1].endswith(" "):
        stream[first] = _LAST.sub(rb"<\1>] TJ\n[<\2>\3] TJ", stream[first])


def _rewritten(item: bytes, new: Iterator[bytes]) -> bytes:
    """An array of TJ with other codes. PDFium loses the last move of the pen where it has a string without codes."""
    codes = _RUN.sub(lambda run: b"<%b>" % b"".join(islice(new, len(run[1]) // _DIGITS)), item)
    return codes.replace(b"<>", b" ")


def split(text: str, glyphs: int) -> list[str]:
    """The letters of a cluster, in the order in which they are written, on its glyphs, none of which may go without.

    Where there are more glyphs than letters, a letter that Unicode takes apart is taken apart (canonically, so that it
    is the same text: Bengali "ো"). What glyphs are left get U+2060 (word joiner): it is invisible and breaks no word.
    """
    if len(text) < glyphs:
        text = unicodedata.normalize("NFD", text)
        text += WORD_JOINER * (glyphs - len(text))
    if glyphs == 1:
        return [text]
    more = len(text) - glyphs + 1
    return [text[:more], *text[more:]]


def _drawn(mark: Mark, codes: Codes) -> Iterator[_Glyph]:
    """The glyphs of a piece in the order of drawing."""
    font, size, rise, pen = "", 1.0, 0.0, 0.0
    for place in range(mark.start, mark.end):
        item = mark.stream[place]
        if not isinstance(item, bytes):
            continue
        if item.endswith(b" Tf"):
            name, written, _ = item.split()
            font, size = name[1:].decode(), float(written)
        elif item.endswith(b" Ts"):
            rise = float(item.split()[0])
        elif item.endswith(b" TJ"):
            for run, back in _PART.findall(item[1 : item.rindex(b"]")]):
                pen -= float(back or 0) / 1000 * size
                for at in range(0, len(run), _DIGITS):
                    number, start = int(run[at : at + _DIGITS], 16), pen
                    pen += codes.width(font, number) / 1000 * size
                    yield _Glyph(place, font, number, size, start, pen, rise)


def _shaped(box: Box) -> list[tuple[int, str]]:
    """The glyphs that WeasyPrint draws for a text, in that order, each with its part of the text."""
    layout = box.pango_layout
    layout.reactivate(box.style)
    try:
        pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
        line, _ = layout.get_first_line()
        clusters = list(_clusters(line, layout.text.encode()))
    finally:
        layout.deactivate()
    joined = list[tuple[list[int], str]]()
    for glyphs, said in clusters:
        short = joined and len(joined[-1][1]) < len(joined[-1][0])
        if joined and (short or not glyphs or not joined[-1][0]) and _belong(joined[-1], (glyphs, said)):
            before = joined.pop()
            glyphs, said = before[0] + glyphs, before[1] + said
        joined.append((glyphs, said))
    return [pair for glyphs, said in joined for pair in zip(glyphs, split(said, len(glyphs)), strict=True)]


def _belong(before: tuple[list[int], str], after: tuple[list[int], str]) -> bool:
    """Whether two clusters have letters for all their glyphs only together: where one draws nothing (U+200B of Khmer),
    or a vowel is drawn in two parts, and Pango counts the first of them to the cluster before."""
    glyphs, said = before[0] + after[0], before[1] + after[1]
    return not before[0] or not after[0] or (_lacks(*before) > 0 >= _lacks(glyphs, said))


def _lacks(glyphs: list[int], text: str) -> int:
    """How many letters a text is short of glyphs."""
    return len(glyphs) - len(unicodedata.normalize("NFD", text))


def _clusters(line: Any, text: bytes) -> Iterator[tuple[list[int], str]]:
    """The glyphs of each cluster of a line from left to right, and its text."""
    node = line.runs[0]
    while node != ffi.NULL:
        item, glyphs = node.data.item, node.data.glyphs
        starts = [*ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs), item.length]
        numbers = ffi.unpack(ffi.cast(_NUMBERS, glyphs.glyphs), glyphs.num_glyphs * _INFO)[::_INFO]
        drawn = list[int]()
        for place, number in enumerate(numbers):
            if number != pango.PANGO_GLYPH_EMPTY:
                drawn.append(number)
            if starts[place] != starts[place + 1]:
                said = text[item.offset + starts[place] : item.offset + starts[place + 1]].decode()
                yield drawn, LAYOUT_ONLY.sub("", said)
                drawn = []
        node = node.next
