"""Texts as cells of braille, and where their lines may end."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from plainleaf.formats.braille import emoji, liblouis
from plainleaf.formats.braille.liblouis import SPACE
from plainleaf.formats.braille.tables import Braille
from plainleaf.formats.braille.units import Piece, Unit
from plainleaf.languages.invisible import (
    ATTACHED,
    BIDI_CONTROLS,
    JOINERS,
    WORD_CONTROLS,
    WORD_JOINER,
    ZERO_WIDTH_SPACE,
)

LATIN = Braille("en-ueb-g1.ctb")
"""What writes Latin letters and signs that a language's own table lacks: uncontracted English, as readers of other
scripts meet it in names of medicines."""
LINE = "\u2824" * 6  # dots 3 and 6: a line to write on
_DROPPED = frozenset(WORD_CONTROLS + BIDI_CONTROLS + ATTACHED)
_DIVIDED = "/.-_@=&?:,"  # behind these a long address is parted
_STAYS = ("Po", "Pe", "Pf", "Lm", "Mn", "Mc")  # no line begins with such characters
_OPENS = ("Ps", "Pi")
_LINE_ENDS = " \u3000"  # spaces at which lines end; others are typed so that none does
_SIX = "\u2840"  # from here on cells have dots 7 and 8

# What says the same in signs that more tables have; used where a table lacks the first.
_INSTEAD: Mapping[str, str] = {
    "\u0964": ".", "\u0589": ".", "\u1366": ":", "\u17d6": ":", "\u2013": "-", "\u2014": "-", "\u2010": "-",
    "\u2011": "-", "\u2212": "-", "\u2026": "...", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"',
    "\u201e": '"', "\u00ab": '"', "\u00bb": '"', "\u00b7": ",", "\u0654": "\u06cc", "\u00d7": "x", "\u30fb": ",",
    "\u05be": "-", "\u05f3": "'", "\u05f4": '"', "\u0a91": "\u0a93", "\u0ac9": "\u0acb", "\u1310": "\u130e",
    "\u12b0": "\u12ae", "\u1248": "\u1246", "\u1288": "\u1286", "\u4ed6": "\u5979", "\u066b": ".", "\u066c": ",",
    "\u066a": "%",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chunk:
    """Cells in which no line ends, but for one that is too short for them: then at one of ``cuts``, the best first.
    ``spaced``: there is a blank before it."""

    cells: str
    spaced: bool
    cuts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A text in braille. ``unknown``: characters that no table knows; ``figures``: what of its figures is not there;
    ``left_out``: emoji beside its words."""

    cells: str
    chunks: tuple[Chunk, ...]
    unknown: tuple[str, ...] = ()
    figures: str = ""
    left_out: tuple[str, ...] = ()


def written(unit: Unit, tables: Mapping[str, Braille], main: str) -> Written:
    """A text by the tables of its languages, by tag; ``main``: that of the leaflet. Raises ``liblouis.TableError``."""
    cells, soft, free, cuts = "", set[int](), set[int](), dict[int, bool]()
    unknown: dict[str, None] = {}
    lost = ""
    pieces, left_out = emoji.without(unit.pieces)
    for signs in _by_table(pieces, tables, main):
        if signs.line:
            cells += LINE
            continue
        base = len(cells)
        made = _translated(signs.table, signs.text, signs.bold)
        cells += made.cells
        unknown |= dict.fromkeys((*signs.unknown, *made.undefined) or _wide(made.cells))
        lost = lost or _lost_figure(signs, made)
        for at, (sign, start, end) in enumerate(zip(signs.text, made.starts, made.ends, strict=True)):
            before = signs.text[at - 1] if at else ""
            if at not in signs.joined:
                soft |= {base + place for place in range(start, end) if made.cells[place] == SPACE}
            if not before or start == made.starts[at - 1] or unicodedata.category(sign)[0] == "M":
                continue
            breaks = at in signs.breaks and not (before.isascii() or sign.isascii())
            if at not in signs.joined and (breaks or _parted(before, sign)):
                free.add(base + start)
            elif not (before.isdigit() and sign.isdigit()):
                cuts[base + start] = before in _DIVIDED
    return Written(cells, tuple(_chunks(cells, soft, free, cuts)), tuple(unknown), lost, left_out)


def _translated(table: Braille, text: str, bold: Sequence[bool] = ()) -> liblouis.Cells:
    made = liblouis.translate(table.name, text, bold if table.sets_off else ())
    if not table.six:
        return made
    return replace(made, cells="".join(chr(ord(cell) & ~0xC0) for cell in made.cells))


def _parted(before: str, sign: str) -> bool:
    """Whether a line may end between two characters without a space: Chinese and Japanese, not before a mark nor after
    one that opens."""
    if not (_is_wide(before) or _is_wide(sign)):
        return False
    return unicodedata.category(sign) not in _STAYS and unicodedata.category(before) not in _OPENS


def _is_wide(sign: str) -> bool:
    return "\u2e80" <= sign <= "\uff9f" and not "\uac00" <= sign <= "\ud7ff"


@dataclass(frozen=True, slots=True)
class _Signs:
    """Characters of one table; ``joined``: those at which no line ends; ``breaks``: before which one may."""

    table: Braille
    text: str
    bold: tuple[bool, ...]
    joined: frozenset[int]
    breaks: frozenset[int]
    unknown: tuple[str, ...] = ()
    line: bool = False


@dataclass(frozen=True, slots=True)
class _Sign:
    """A character and its table; ``joined``: no line ends at it; ``breaks``: one may before it; ``known``: to the
    table."""

    table: Braille
    sign: str
    bold: bool = False
    joined: bool = False
    breaks: bool = False
    known: bool = True


def _by_table(pieces: Sequence[Piece], tables: Mapping[str, Braille], main: str) -> Iterator[_Signs]:
    """A text cut where another table begins."""
    signs: list[_Sign] = []
    for piece in pieces:
        if piece.line:
            yield from _grouped(signs)
            signs = []
            yield _Signs(LATIN, "", (), frozenset(), frozenset(), line=True)
            continue
        joined = breaks = False
        for sign in composed(piece.text):
            if sign in (WORD_JOINER, ZERO_WIDTH_SPACE):
                joined, breaks = sign == WORD_JOINER, sign == ZERO_WIDTH_SPACE
            elif sign not in _DROPPED:
                blank = unicodedata.category(sign) == "Zs" or sign.isspace()
                kept = joined or (blank and sign not in _LINE_ENDS)
                plain = " " if blank else str(unicodedata.decimal(sign, sign))  # tables may write १ as they write अ
                for table, each, known in _spelt(tables.get(piece.tag, LATIN), plain, tables[main]):
                    signs.append(_Sign(table, each, piece.bold, kept, breaks and not joined, known))
                joined = breaks = False
    yield from _grouped(signs)


def _grouped(signs: Sequence[_Sign]) -> Iterator[_Signs]:
    numbered = list(_spaced_numbers(_spaces_along(signs)))
    for (table, *_), run in groupby(zip(_parts(numbered), numbered, strict=True), lambda part: part[0]):
        group = [sign for _, sign in run]
        yield _Signs(
            table,
            "".join(sign.sign for sign in group),
            tuple(sign.bold for sign in group),
            frozenset(at for at, sign in enumerate(group) if sign.joined),
            frozenset(at for at, sign in enumerate(group) if sign.breaks),
            tuple(sign.sign for sign in group if not sign.known),
        )


def _parts(signs: Sequence[_Sign]) -> Iterator[tuple[Braille, bool, int]]:
    """For each character what it is translated with: its table; figures alone where these are written apart; not what
    is behind a space between two numbers, as some tables make one number of them, unless they stay on one line."""
    number = 0
    for at, sign in enumerate(signs):
        before = signs[at - 1] if at else sign
        if at > 1 and sign.sign.isdigit() and before.sign == " " and not before.joined:
            number += signs[at - 2].sign.isdigit()
        yield sign.table, sign.table.apart and _in_number(signs, at), number


def _in_number(signs: Sequence[_Sign], at: int) -> bool:
    """Whether a character is a figure, or what parts two."""
    if signs[at].sign.isdigit():
        return True
    return 0 < at < len(signs) - 1 and not signs[at].sign.isalnum() and signs[at].sign != " " and (
        signs[at - 1].sign.isdigit() and signs[at + 1].sign.isdigit()
    )  # fmt: skip


def _spaced_numbers(signs: Iterable[_Sign]) -> Iterator[_Sign]:
    """A blank between figures and Chinese, where they are written apart."""
    before: _Sign | None = None
    for sign in signs:
        if before and sign.table.apart and before.table.apart and before.sign.isdigit() != sign.sign.isdigit():
            other = before.sign if sign.sign.isdigit() else sign.sign
            if _is_wide(other) and unicodedata.category(other) not in (*_STAYS, *_OPENS):
                yield _Sign(sign.table, " ", before.bold and sign.bold, joined=sign.joined)
        yield sign
        before = sign


def _spaces_along(signs: Sequence[_Sign]) -> Iterator[_Sign]:
    """Spaces between two words of another table go with these."""
    for at, sign in enumerate(signs):
        if sign.sign == " " and 0 < at < len(signs) - 1 and signs[at - 1].table == signs[at + 1].table != sign.table:
            yield replace(sign, table=signs[at - 1].table)
        else:
            yield sign


@lru_cache(maxsize=20_000)
def _spelt(table: Braille, sign: str, main: Braille) -> tuple[tuple[Braille, str, bool], ...]:
    """A character as a table, or another one, can write it: tables with characters, and whether they know these."""
    if sign == " " or _knows(table, sign):
        return ((table, sign, True),)
    if sign in JOINERS:
        return ()
    instead = _INSTEAD.get(sign, "")
    if instead and all(_knows(table, each) for each in instead):
        return tuple((table, each, True) for each in instead)
    plain = unicodedata.normalize("NFKC", sign)
    if plain != sign and all(_knows(table, each) for each in plain):
        return tuple((table, each, True) for each in plain)
    for other in (LATIN, main):
        if _knows(other, sign):
            return ((other, sign, True),)
    return ((table, sign, False),)


@lru_cache(maxsize=20_000)
def _knows(table: Braille, sign: str) -> bool:
    """Whether a table has a character in cells of six dots."""
    made = _translated(table, sign)
    return not made.undefined and not any(_wide(made.cells))


def _wide(cells: str) -> Iterator[str]:
    """Cells that no six dots make."""
    yield from dict.fromkeys(cell for cell in cells if cell >= _SIX)


def composed(text: str) -> str:
    """A text with letters and their signs in one character where Unicode has one, also where it would part them."""
    found = unicodedata.normalize("NFC", text)
    for parts, whole in _indic().items():
        found = found.replace(parts, whole)
    return found


@lru_cache(maxsize=1)
def _indic() -> Mapping[str, str]:
    """Letters with a dot of the Indic scripts, which normal forms write as two characters, and tables as one."""
    pairs = ((unicodedata.normalize("NFC", chr(code)), chr(code)) for code in range(0x0900, 0x0E00))
    return {parts: whole for parts, whole in pairs if parts != whole and len(parts) > 1}


def _lost_figure(signs: _Signs, made: liblouis.Cells) -> str:
    """The first figure of a text that is not in its cells, in its place, with a number sign where a number begins; ""
    if all are."""
    before = "  "
    for sign, start, end in zip(signs.text, made.starts, made.ends, strict=True):
        there = made.cells[start:end]
        if sign.isdigit():
            sign_of_number, figure = _figure(signs.table, sign)
            begins = before[1] == " " and not before[0].isdigit()  # as in 10 000
            if figure not in there or (begins and sign_of_number not in there):
                return sign
        before = before[1] + sign
    return ""


@lru_cache(maxsize=2000)
def _figure(table: Braille, sign: str) -> tuple[str, str]:
    """The number sign of a table, "" where it has none, and the cell of a figure."""
    cells = _translated(table, sign).cells
    return cells[:-1], cells[-1:]


def _chunks(cells: str, soft: set[int], free: set[int], cuts: Mapping[int, bool]) -> Iterator[Chunk]:
    begin, spaced = 0, False
    for at in range(len(cells) + 1):
        if at < len(cells) and at not in soft and at not in free:
            continue
        if at > begin:
            inside = sorted((not best, -place) for place, best in cuts.items() if begin < place < at)
            yield Chunk(cells[begin:at], spaced, tuple(-place - begin for _, place in inside))
            spaced = False
        blank = at in soft
        spaced, begin = spaced or blank, at + blank
