"""Text of complex scripts glyph by glyph, for readers that do not heed ActualText.

A cluster is what a script shapes as one: letters of a text on one side, glyphs on the other, in another order and
another number (Hindi "कि" is drawn as the sign i and the letter ka). Pango says which letters a cluster has. Its
glyphs, in the order in which they are drawn, get its letters, in the order in which they are written: who joins the
texts of glyphs has the words. The glyph of "i" then says "ka", which is why it needs a code of its own (``codes``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from weasyprint.text.ffi import ffi, pango

from plainleaf.formats.pdf.actualtext import LAYOUT_ONLY, Box, Mark
from plainleaf.formats.pdf.codes import Codes
from plainleaf.languages.invisible import WORD_JOINER

_RUN = re.compile(rb"<([0-9a-f]+)>")
_DIGITS = 4  # of the code of a glyph


def spell(marks: Iterable[Mark], codes: Codes) -> None:
    """Give the glyphs of pieces that are written from left to right codes that together say what is written."""
    for mark in marks:
        shown = list(_shown(mark))
        drawn = [
            (font, int(run[at : at + _DIGITS], 16)) for _, font, run in shown for at in range(0, len(run), _DIGITS)
        ]
        shaped = _shaped(mark.box)
        if [glyph for _, glyph in drawn] != [glyph for glyph, _ in shaped]:
            continue  # cut by text-overflow, or drawn by codes of one byte
        new = iter([codes.code(font, glyph, text) for (font, glyph), (_, text) in zip(drawn, shaped, strict=True)])
        for place in dict.fromkeys(place for place, _, _ in shown):
            mark.stream[place] = _rewritten(mark.stream[place], new)


def _rewritten(item: bytes, new: Iterator[bytes]) -> bytes:
    return _RUN.sub(lambda run: b"<%b>" % b"".join(islice(new, len(run[1]) // _DIGITS)), item)


def split(text: str, glyphs: int) -> list[str]:
    """The letters of a cluster, in the order in which they are written, on its glyphs, none of which may go without.

    Where there are more glyphs than letters, a letter that Unicode takes apart is taken apart (canonically, so that it
    is the same text: Bengali "ো"). What glyphs are left get U+2060 (word joiner): it is invisible and breaks no word.
    """
    if len(text) < glyphs:
        text = unicodedata.normalize("NFD", text)
    text += WORD_JOINER * (glyphs - len(text))
    if not glyphs:
        return []
    more = len(text) - glyphs + 1
    return [text[:more], *text[more:]]


def _shown(mark: Mark) -> Iterator[tuple[int, str, bytes]]:
    """The strings of a piece: their place in the stream, the name of the font, and the codes in hexadecimal."""
    font = ""
    for place in range(mark.start, mark.end):
        item = mark.stream[place]
        if not isinstance(item, bytes):
            continue
        if item.endswith(b" Tf"):
            font = item[1:].split()[0].decode()
        elif item.endswith(b" TJ"):
            for run in _RUN.findall(item):
                yield place, font, run


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
        if joined and _belong(joined[-1], (glyphs, said)):
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
        drawn = list[int]()
        for place in range(glyphs.num_glyphs):
            if (glyph := glyphs.glyphs[place].glyph) != pango.PANGO_GLYPH_EMPTY:
                drawn.append(glyph)
            if starts[place] != starts[place + 1]:
                said = text[item.offset + starts[place] : item.offset + starts[place + 1]].decode()
                yield drawn, LAYOUT_ONLY.sub("", said)
                drawn = []
        node = node.next
