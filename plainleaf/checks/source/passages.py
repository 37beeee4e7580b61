"""A text as the checks on doses see it: without markup, one kind of space and digit, with what its table says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from plainleaf.checks.source.dose_words import COUNTED, DoseWords
from plainleaf.languages.addresses import ADDRESS
from plainleaf.languages.digits import TO_ASCII
from plainleaf.languages.folding import HOLE, PLACEHOLDER
from plainleaf.languages.invisible import DIRECTION_MARKS, SOFT_HYPHEN, WORD_JOINER, ZERO_WIDTH_SPACE
from plainleaf.model import Block, Kind, Leaflet, Location, grids, plain, without_foreign

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\n"
_SAME: dict[int, str] = {
    **TO_ASCII,
    **{ord(space): " " for space in _SPACES},
    **dict.fromkeys(map(ord, DIRECTION_MARKS + SOFT_HYPHEN + WORD_JOINER + ZERO_WIDTH_SPACE), ""),
    **{ord(hyphen): "-" for hyphen in "‐‑−﹣－"},
    **{ord("⁄"): "/", ord("∕"): "/", ord("μ"): "µ", ord("㎍"): "µg", ord("㎎"): "mg", ord("㎖"): "ml", ord("㏄"): "cc"},
    **{ord("＜"): "<", ord("＞"): ">", ord("："): ":", ord("．"): ".", ord("٫"): ".", ord("٬"): ",", ord("’"): "'"},
}
_FIGURES = re.compile(r"(?:[.,/½¼¾ x×–-]*\d)+[.,/½¼¾ –-]*|[½¼¾]")
_COUNTED = re.compile(COUNTED)
_SIGN = re.compile(r"[<>≥≤≧≦@~≈↑↓+&]")
_QUOTES = {"“": "”", "‘": "'", '"': '"', "«": "»", "„": "“"}


@dataclass(frozen=True)
class Passage:
    """One text. ``country``: ISO 3166, of its readers. ``heads``: of a table's cell, those of its column and row."""

    text: str
    words: DoseWords
    country: str = ""
    heads: str = ""
    in_cell: bool = False

    @classmethod
    def of(cls, text: str, words: DoseWords, country: str = "", heads: str = "", in_cell: bool = False) -> Passage:
        """A passage of a text without markup; addresses and details of the clinic become holes."""
        text = ADDRESS.sub(HOLE, PLACEHOLDER.sub(HOLE, text)).translate(_SAME)
        text = re.sub(" {2,}", " ", text)
        heads = heads.translate(_SAME)
        if in_cell and heads and _FIGURES.fullmatch(text.strip()) and (unit := _COUNTED.search(words.marked(heads))):
            text = f"{text.strip()} {heads[unit.start() : unit.end()]}"  # "1.0" below "Dose (mg)"
        return cls(text, words, country, heads, in_cell)

    @cached_property
    def has_figure(self) -> bool:
        """Whether there is any digit."""
        return bool(re.search(r"[\d½¼¾⅓⅔⅛]", self.text))

    @cached_property
    def has_sign(self) -> bool:
        """Whether there is a sign that stands for a word."""
        return bool(_SIGN.search(self.text))

    @cached_property
    def may_have_form(self) -> bool:
        """Whether a short form may stand in it."""
        return self.words.may_have_form(self.text)

    @cached_property
    def marked(self) -> str:
        """The text with the letters of units replaced by their signs (``dose_words``); places stay."""
        return self.words.marked(self.text)

    def said(self, match: re.Match[str], group: str | int = 0) -> str:
        """A match of the marked text as it is written."""
        return self.text[match.start(group) : match.end(group)].strip() if match.start(group) >= 0 else ""

    def find(self, pattern: re.Pattern[str], text: str = "") -> Iterator[re.Match[str]]:
        """What matches in the marked text, or in ``text``.

        What stands in quotation marks is let pass: a form that readers are to recognise on a pack.
        """
        for match in pattern.finditer(text or self.marked):
            before, after = self.text[: match.start()].rstrip()[-1:], self.text[match.end() :].lstrip(". ")[:1]
            if not (before in _QUOTES and after and after in ("”", "'", '"', "»", "“")):
                yield match


def passages(leaflet: Leaflet, words: DoseWords) -> Iterator[tuple[Passage, Location]]:
    """Every text of a leaflet that is printed or read aloud, for all countries, each with its place."""
    meta = leaflet.meta
    for block in (meta.title, meta.summary, meta.audience, *leaflet.blocks, *meta.terms.children):
        yield from inside(block, words, meta.country)


def inside(block: Block, words: DoseWords, country: str) -> Iterator[tuple[Passage, Location]]:
    """Every text of a block, each with its place; ``country``: ISO 3166, of its readers."""
    if block.country and not block.country.startswith("not-"):
        country = block.country
    if block.kind is Kind.TABLE:
        yield from _cells(block, words, country)
        return
    if block.inlines:
        yield Passage.of(_own(block), words, country), block.at
    for child in block.children:
        yield from inside(child, words, country)


def _cells(table: Block, words: DoseWords, country: str) -> Iterator[tuple[Passage, Location]]:
    for other in table.children:
        if other.kind is not Kind.ROW:
            yield from inside(other, words, country)
    for line in grids.lines([(row, row.children) for row in table.children if row.kind is Kind.ROW]):
        body = line.row.options.get("header") != "yes"
        for number in sorted(line.own):
            cell = line.cells[number]
            beside = (line.heads[number], line.group, line.cells[0] if number else None) if body else ()
            heads = " | ".join(_own(head) if head else "" for head in beside)
            yield Passage.of(_own(cell), words, country, heads, in_cell=body), cell.at


def _own(block: Block) -> str:
    """The words of a block that are in the leaflet's language."""
    return plain(without_foreign(block.inlines))
