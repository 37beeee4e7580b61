"""Random values of the model, for property tests. What ``leaflets()`` draws is what ``sources.parse`` could return.

Text has the characters that break things: markup, braces, quotes, right-to-left and unspaced scripts, no-break spaces.
Strategies that others ask for again and again are made once: to make one takes longer than to draw from it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st

from plainleaf.model import (
    Block,
    Emphasis,
    Inline,
    Kind,
    Leaflet,
    Link,
    Location,
    Meta,
    Placeholder,
    Reference,
    Strong,
    Text,
)

FILE = "sources/leaflet.md"
FEWER = settings(max_examples=settings().max_examples // 3)  # for tests of whole leaflets, which take long to draw
_NOWHERE = Location(FILE)  # until the leaflet is whole and its lines are counted
_MARKS = [  # id, safety, country, context, note
    ("", False, "", "", ""),
    ("", False, "", "", ""),
    ("", True, "", "", ""),
    ("A1", True, "", "", "Not <b>, & not {this}"),
    ("f.x-", False, "US", "a sign", ""),
    ("", False, "NO", "", "“smart”"),
    ("", False, "", "dose | 50 mg", ""),
]
T = TypeVar("T")

_ALPHABET = (
    "abc XYZ 019 .,:;!?%()-/<>&{}\"'“”’«»*_`#|\\~$^=+@ é ñ ß İ"  # Latin and markup
    + "שלום مرحبا ۰۱٢٣ پیشگیری "  # right to left, with their digits
    + "漢字かな、。 ไทย हिन्दी தமிழ் አማርኛ "  # no spaces between words; marks on letters
    + "\u00a0\u202f😀−×°µ"  # no-break spaces, a character beyond 16 bits, signs
)
_WORDS = (
    "{clinic_phone}",
    "&amp;",
    "&lt;b&gt;",
    "<b>",
    "</a1>",
    "50 mg",
    "{0}",
    "%s",
    "\\n",
    "naltrexone",
    "don't",
    "—",
)

names = st.from_regex(r"[a-z][a-z0-9]{0,5}(_[a-z]{1,5}){0,2}", fullmatch=True)


def _collapsed(text: str) -> str:
    return re.sub(" +", " ", unicodedata.normalize("NFC", text))


@cache
def words() -> st.SearchStrategy[str]:
    """Text as a reader leaves it: NFC, single spaces, none at the edges, not empty."""
    typed = st.text(_ALPHABET, min_size=1, max_size=10).map(lambda text: _collapsed(text).strip(" ")).filter(bool)
    return st.one_of(st.sampled_from(_WORDS), typed)


def _content(parts: Sequence[Inline]) -> tuple[Inline, ...]:
    """The parts with neighbouring texts joined."""
    joined: list[Inline] = []
    for part in parts:
        if isinstance(part, Text) and joined and isinstance(joined[-1], Text):
            joined[-1] = Text(_collapsed(f"{joined[-1].text} {part.text}"))
        else:
            joined.append(part)
    return tuple(joined)


_addresses = st.sampled_from(
    ["https://example.org/a?b=1&c=<2>", "http://example.org", "mailto:a@example.org", "tel:+1-202"]
)


def _inline(depth: int, linked: bool) -> st.SearchStrategy[Inline]:
    kinds: list[st.SearchStrategy[Inline]] = [words().map(Text), names.map(Placeholder)]
    if depth:
        inner = inlines(depth - 1, linked)
        kinds += [inner.map(Strong), inner.map(Emphasis)]
    if depth and not linked:
        kinds.append(st.builds(Link, inlines(depth - 1, True), _addresses))
    return st.one_of(kinds)


@cache
def inlines(depth: int = 2, linked: bool = False) -> st.SearchStrategy[tuple[Inline, ...]]:
    """Inline content: texts joined, nothing empty, no link in a link."""
    return st.lists(_inline(depth, linked), min_size=1, max_size=3).map(_content)


plain_text = words().map(lambda text: (Text(text),))


_marks = st.sampled_from(_MARKS)


def _drawn(
    draw: st.DrawFn,
    kind: Kind,
    content: st.SearchStrategy[tuple[Inline, ...]] | None = None,
    children: Sequence[Block] = (),
    **options: str,
) -> Block:
    """A block with marks as an author may set them."""
    name, safety, country, context, note = draw(_marks)
    inner = () if content is None else draw(content)
    return Block(
        kind,
        _NOWHERE,
        inner,
        tuple(children),
        id=name,
        safety=safety,
        short=draw(st.booleans()) if kind not in (Kind.CELL, Kind.ROW, Kind.ALT) else False,
        country=country,
        options=options,
        context=context,
        note=note,
    )


@st.composite
def _block(draw: st.DrawFn, kind: Kind, content: st.SearchStrategy[tuple[Inline, ...]]) -> Block:
    return _drawn(draw, kind, content)


def _some(strategy: st.SearchStrategy[T], least: int = 1, most: int = 3) -> st.SearchStrategy[list[T]]:
    return st.lists(strategy, min_size=least, max_size=most)


@cache
def _list(depth: int = 2) -> st.SearchStrategy[Block]:
    inner = _some(_list(depth - 1), 0, 1) if depth > 1 else st.just([])

    @st.composite
    def drawn(draw: st.DrawFn) -> Block:
        items = [_drawn(draw, Kind.ITEM, inlines(), draw(inner)) for _ in range(draw(_few))]
        return _drawn(draw, Kind.LIST, None, items, ordered=draw(_yes_or_no))

    return drawn()


@st.composite
def _table(draw: st.DrawFn) -> Block:
    width = draw(_few)
    rows = []
    for index in range(1 + draw(_few)):
        header = "no" if index else "yes"
        cells = [_drawn(draw, Kind.CELL, _cells if index else inlines(), header=header) for _ in range(width)]
        rows.append(_drawn(draw, Kind.ROW, None, cells, header=header))
    return _drawn(draw, Kind.TABLE, None, rows)


_few = st.integers(1, 3)
_yes_or_no = st.sampled_from(["yes", "no"])
_cells = st.one_of(inlines(), st.just(()))
_captions = _some(_block(Kind.CAPTION, inlines()), 0, 1)
_says = _some(_block(Kind.SAY, plain_text), 0, 1)
_levels = st.sampled_from("234")
_boxes = st.sampled_from(["urgent", "tip", "summary", "story"])


@st.composite
def _figure(draw: st.DrawFn) -> Block:
    children = [_drawn(draw, Kind.ALT, plain_text), *draw(_captions)]
    return _drawn(draw, Kind.FIGURE, None, children, src=f"sources/pictures/{draw(names)}.svg")


@st.composite
def _questions(draw: st.DrawFn) -> Block:
    kinds = [Kind.QUESTION, Kind.ANSWER] * draw(st.integers(1, 2))
    return _drawn(draw, Kind.QUESTIONS, None, [_drawn(draw, kind, inlines()) for kind in kinds])


@st.composite
def _word(draw: st.DrawFn) -> Block:
    children = [_drawn(draw, Kind.TERM, plain_text), *draw(_says), _drawn(draw, Kind.MEANS, inlines())]
    return _drawn(draw, Kind.WORD, None, children)


@st.composite
def _heading(draw: st.DrawFn) -> Block:
    return _drawn(draw, Kind.HEADING, inlines(), level=draw(_levels))


@st.composite
def _container(draw: st.DrawFn, keys: tuple[str, ...], depth: int) -> Block:
    children = draw(_some(blocks(keys, depth - 1)))
    if draw(st.booleans()) and keys:
        refs = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True))
        return _drawn(draw, Kind.EVIDENCE, None, children, refs=" ".join(refs))
    return _drawn(draw, Kind.CALLOUT, None, children, name=draw(_boxes))


_flat = st.one_of(_heading(), _block(Kind.PARAGRAPH, inlines()), _list(), _table(), _figure(), _questions())


def blocks(keys: tuple[str, ...] = (), depth: int = 2) -> st.SearchStrategy[Block]:
    """A block of the body, of any kind but ``WORDS``; ``keys`` are those of the reference list."""
    return st.one_of(_flat, _container(keys, depth)) if depth else _flat


class _Order:
    """Gives blocks what follows from their order: lines, names used once, headings that skip no level."""

    def __init__(self) -> None:
        self.line = 1
        self.level = 1

    def settle(self, block: Block) -> Block:
        self.line += 1
        line, options = self.line, dict(block.options)
        if block.kind is Kind.PART:
            self.level = 1
        if block.kind is Kind.HEADING:
            self.level = min(int(options["level"]), self.level + 1)
            options["level"] = str(self.level)
        return replace(
            block,
            at=Location(FILE, line),
            id=f"{block.id}{line}" if block.id else "",
            options=options,
            children=tuple(self.settle(child) for child in block.children),
        )


@st.composite
def leaflets(draw: st.DrawFn) -> Leaflet:
    """A whole leaflet with every kind of block, as ``sources.parse`` could return it."""
    keys = tuple(draw(st.lists(names, max_size=3, unique=True)))
    order = _Order()
    title, summary, audience = (
        order.settle(Block(kind, _NOWHERE, draw(plain_text))) for kind in (Kind.TITLE, Kind.SUMMARY, Kind.AUDIENCE)
    )
    terms = order.settle(Block(Kind.WORDS, _NOWHERE, (), tuple(draw(_some(_word(), 0)))))
    references = [Reference(key, draw(words()), f"https://example.org/{key}", _NOWHERE) for key in keys]
    drawn = draw(_some(blocks(keys), 1, 4))
    for name in draw(st.lists(st.sampled_from(["short", "easy", "card"]), max_size=2)):
        drawn.append(_drawn(draw, Kind.PART, None, draw(_some(blocks(keys, 1))), name=name))
    body = [order.settle(block) for block in drawn]
    if terms.children:
        body.append(replace(order.settle(Block(Kind.WORDS, _NOWHERE)), children=terms.children))
    written = draw(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
    meta = Meta(
        title=title,
        summary=summary,
        audience=audience,
        written=written,
        review_by=written + timedelta(days=draw(st.integers(1, 2000))),
        country=draw(st.sampled_from(["US", "NO", "IN"])),
        references=tuple(references),
        terms=terms,
    )
    return Leaflet("leaflet", "en", meta, tuple(body), Location(FILE, 1))
