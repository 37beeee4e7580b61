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
from dataclasses import dataclass, field
from itertools import accumulate, zip_longest
from math import ceil
from struct import unpack
from typing import Any, NamedTuple

from weasyprint.draw import text as drawing
from weasyprint.text.ffi import ffi, pango

from plainleaf.formats.pdf.actualtext import COMPLEX, LAYOUT_ONLY, Box, Mark
from plainleaf.formats.pdf.codes import Codes
from plainleaf.languages.invisible import WORD_JOINER

_PART = re.compile(rb"<([0-9a-f]*)>|([^<>]+)")  # of an array of TJ: codes, or how far the pen goes back
_MOVES = re.compile(rb"(?<![-+.e0-9])(?:<>)*[-+.e0-9]+(?:<>[-+.e0-9]*)+")  # of the pen, one after the other
_LAST = re.compile(rb"<([0-9a-f]*)([0-9a-f]{4})>([^<>]*)\] TJ$")  # the last code of an array
_DIGITS = 4  # of the code of a glyph
_NUMBERS = ffi.typeof("uint32_t *")
_INFO = ffi.sizeof("PangoGlyphInfo") // 4  # numbers of four bytes; the first is that of the glyph
_CLUSTERS = "plainleaf-clusters"
_EMPTY = pango.PANGO_GLYPH_EMPTY
_GAP = 60  # 1/1000 em: readers take a wider one between two glyphs for a space (pdfminer: 100)
_STEP = 100  # 1/1000 em: glyphs are made wider by so much at a time, which makes fewer of them

_draw_first_line = drawing.draw_first_line


class _Glyph(NamedTuple):
    """A glyph as it is drawn: where the pen is, and moves to, in points."""

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


class _Show(NamedTuple):
    """An operator that shows text: its place in the stream, its font, the parts of its array as ``_PART`` has them."""

    place: int
    font: str
    size: float
    rise: float
    parts: list[tuple[bytes, bytes]]
    first: int  # the number of its first glyph in the piece


@dataclass(slots=True)
class _Drawn:
    """The glyphs of a piece in the order of drawing, in lists, as there are many; ``apart``: those that a reader may
    take for the end of a word."""

    shows: list[_Show] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    apart: list[int] = field(default_factory=list)

    def glyph(self, place: int) -> _Glyph:
        show = next(show for show in reversed(self.shows) if show.first <= place)
        return _Glyph(show.font, self.numbers[place], show.size, self.starts[place], self.ends[place], show.rise)


def spell(marks: Iterable[Mark], codes: Codes) -> None:
    """Give the glyphs of pieces that are written from left to right codes that together say what is written."""
    known: dict[str, dict[tuple[int, str], bytes]] = {}  # of this file: font -> glyph and text -> code
    for mark in marks:
        drawn = _drawn(mark, codes)
        numbers, texts = _shaped(mark.box)
        if not numbers or drawn.numbers != numbers:
            continue  # nothing to see, cut by text-overflow, or not all of it from left to right
        new = _codes(drawn, texts, codes, known)
        for show in drawn.shows:
            mark.stream[show.place] = _rewritten(show, new)
        _part_space(mark.stream, drawn.shows, texts)


def _codes(
    drawn: _Drawn, texts: list[str], codes: Codes, known: dict[str, dict[tuple[int, str], bytes]]
) -> list[bytes]:
    """What to write in the place of each glyph's code, inside of ``<>``. The pen goes as far as it went."""
    units = _units(drawn, texts, codes)
    apart = {place for start, end in units for place in range(start, end)}
    new = list[bytes]()
    for show, after in zip_longest(drawn.shows, drawn.shows[1:]):
        of_font = known.setdefault(show.font, {})
        end = after.first if after else len(texts)
        pairs = list(zip(drawn.numbers[show.first : end], texts[show.first : end], strict=True))
        found = [*map(of_font.get, pairs)]
        for place in [place for place, code in enumerate(found, show.first) if code is None and place not in apart]:
            pair = pairs[place - show.first]
            found[place - show.first] = of_font[pair] = of_font.get(pair) or codes.code(show.font, *pair)
        new += [code or b"" for code in found]
    for start, end in units:
        inside = end < len(texts) and not texts[start][-1].isspace()
        glyphs = [drawn.glyph(place) for place in range(start, end)]
        new[start:end] = _joined(glyphs, texts[start], drawn.glyph(end) if inside else None, codes)
    return new


def _units(drawn: _Drawn, texts: list[str], codes: Codes) -> list[tuple[int, int]]:
    """Where the glyphs begin and end that need more than a code: those apart, and those with one text together."""
    starts = [place for place in drawn.apart if texts[place] != WORD_JOINER]
    if WORD_JOINER in texts:
        starts += [place for place, text in enumerate(texts[1:]) if text == WORD_JOINER != texts[place]]
    units = list[tuple[int, int]]()
    for start in sorted(set(starts)):
        first, end = drawn.glyph(start), start + 1
        while end < len(texts) and texts[end] == WORD_JOINER and _alike(first, drawn.glyph(end)):
            end += 1
        if codes.takes(first.font):
            units.append((start, end))
    return units


def _joined(glyphs: Sequence[_Glyph], text: str, after: _Glyph | None, codes: Codes) -> Iterator[bytes]:
    """What to write for glyphs that have one text: one glyph made of them, as wide as readers need it.

    ``after``: the next glyph of the word.
    """
    first, *others = glyphs
    number, width = first.number, round(first.width)
    if others:
        parts = [(part.number, *_moved(first, part)) for part in glyphs]
        width = ceil(max(part.end - first.start for part in glyphs) / first.size * 1000)
        number = codes.joined(first.font, parts, width)
    wider = _wider(glyphs, after) if after else 0
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


def _part_space(stream: list[Any], shows: Sequence[_Show], texts: Sequence[str]) -> None:
    """Show a space at the end of the first string of a piece by an operator of its own.

    PDFium takes the last glyph of the first string for the end of a piece with ActualText. After a space it puts none
    between the piece and the next one: two cells of a table are one word.
    """
    if len(shows) > 1 and texts[shows[1].first - 1].endswith(" ") and not texts[-1].endswith(" "):
        stream[shows[0].place] = _LAST.sub(rb"<\1>] TJ\n[<\2>\3] TJ", stream[shows[0].place])


def _rewritten(show: _Show, new: Sequence[bytes]) -> bytes:
    """An array of TJ with other codes. Moves of the pen one after the other become one: readers take a long one for a
    space (pypdf), and PDFium loses the last one where there is a string without codes."""
    place, written = show.first, list[bytes]()
    for run, back in show.parts:
        end = place + len(run) // _DIGITS
        written.append(back or b"<%b>" % b"".join(new[place:end]))
        place = end
    return b"[%b] TJ" % _MOVES.sub(_moved_at_once, b"".join(written)).replace(b"<>", b"")


def _moved_at_once(moves: re.Match[bytes]) -> bytes:
    back = sum(float(move) for move in moves[0].split(b"<>") if move)
    return f"{back:.6f}".rstrip("0").rstrip(".").encode()


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


def _drawn(mark: Mark, codes: Codes) -> _Drawn:
    """The glyphs of a piece as the stream of its page draws them."""
    drawn, font, size, rise, pen = _Drawn(), "", 1.0, 0.0, 0.0
    starts, ends, apart = drawn.starts, drawn.ends, drawn.apart
    for place in range(mark.start, mark.end):
        item = mark.stream[place]
        if not isinstance(item, bytes):
            continue
        if item.endswith(b" Tf"):
            name, written, _ = item.split()
            font, size = name[1:].decode(), float(written)
            widths, em = codes.widths(font), size / 1000
        elif item.endswith(b" Ts"):
            rise = float(item.split()[0])
        elif item.endswith(b" TJ"):
            # Nearly all moves are by 0. Without them most strings are long, and there are few.
            parts = _PART.findall(item[1 : item.rindex(b"]")].replace(b">0<", b""))
            drawn.shows.append(_Show(place, font, size, rise, parts, len(starts)))
            for run, back in parts:
                if back:
                    pen -= float(back) * em
                if not run:
                    continue
                if len(run) % _DIGITS:  # codes of one byte
                    return _Drawn()
                numbers = unpack(f">{len(run) // _DIGITS}H", bytes.fromhex(run.decode()))
                wide = [widths.get(number, 0) * em for number in numbers]
                here = list(accumulate(wide, initial=pen))
                if starts and (pen - ends[-1] > _GAP * em or here[1] <= starts[-1]):
                    apart.append(len(starts) - 1)
                if 0 in wide:
                    apart += [len(starts) + at for at, width in enumerate(wide) if not width]
                drawn.numbers += numbers
                starts += here[:-1]
                ends += here[1:]
                pen = here[-1]
    return drawn


def _shaped(box: Box) -> tuple[list[int], list[str]]:
    """The glyphs that WeasyPrint draws for a text, in that order, and the part of the text of each."""
    layout = box.pango_layout
    clusters = vars(layout).get(_CLUSTERS)
    if clusters is None:
        layout.reactivate(box.style)
        try:
            pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
            clusters = _clusters(layout)
        finally:
            layout.deactivate()
    joined = list[tuple[list[int], str]]()
    for cluster in clusters:
        before = joined[-1] if joined else ([], "")
        short = not cluster[0] or len(before[1]) < len(before[0])
        if joined and (short or not before[0]) and _belong(before, cluster):
            joined[-1] = (before[0] + cluster[0], before[1] + cluster[1])
        else:
            joined.append(cluster)
    numbers = [number for glyphs, _ in joined for number in glyphs]
    return numbers, [part for glyphs, text in joined if glyphs for part in split(text, len(glyphs))]


def _belong(before: tuple[list[int], str], after: tuple[list[int], str]) -> bool:
    """Whether two clusters have letters for all their glyphs only together: where one draws nothing (U+200B of Khmer),
    or a vowel is drawn in two parts, and Pango counts the first of them to the cluster before."""
    glyphs, said = before[0] + after[0], before[1] + after[1]
    return not before[0] or not after[0] or (_lacks(*before) > 0 >= _lacks(glyphs, said))


def _lacks(glyphs: list[int], text: str) -> int:
    """How many letters a text is short of glyphs."""
    return len(glyphs) - len(unicodedata.normalize("NFD", text))


def draw_first_line(stream: Any, textbox: Box, *others: Any) -> Any:
    """Draw a text as WeasyPrint does, and note what Pango says of it, so that it need not be laid out for it again."""
    emojis = _draw_first_line(stream, textbox, *others)
    if COMPLEX.search(textbox.text):
        vars(textbox.pango_layout)[_CLUSTERS] = _clusters(textbox.pango_layout)
    return emojis


def _clusters(layout: Any) -> list[tuple[list[int], str]]:
    """The glyphs of each cluster of a line, and its text; nothing where a part runs from right to left."""
    line, _ = layout.get_first_line()
    found = list[tuple[list[int], str]]()
    written, clean = layout.text.encode(), not LAYOUT_ONLY.search(layout.text)
    node = line.runs[0]
    while node != ffi.NULL:
        item, glyphs = node.data.item, node.data.glyphs
        if item.analysis.level % 2:  # brackets that run to the left, around what runs to the right
            return []
        count, offset = glyphs.num_glyphs, item.offset
        starts = [*ffi.unpack(glyphs.log_clusters, count), item.length]
        numbers = ffi.unpack(ffi.cast(_NUMBERS, glyphs.glyphs), count * _INFO)[::_INFO]
        drawn = list[int]()
        for number, start, end in zip(numbers, starts, starts[1:], strict=False):
            if number != _EMPTY:
                drawn.append(number)
            if start != end:
                said = written[offset + start : offset + end].decode()
                found.append((drawn, said if clean else LAYOUT_ONLY.sub("", said)))
                drawn = []
        node = node.next
    return found
