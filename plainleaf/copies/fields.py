"""The lines of a leaflet by their names, and an edition with some of them filled in.

A line's name is what is in braces behind it (``____{dose}``); else, where it ends its text and is the only one
there, the words before it (``Your name: ____``). The names are those of the source in every language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from plainleaf.copies.table import key
from plainleaf.languages import facts
from plainleaf.languages.facts import LocaleData
from plainleaf.layouts import excerpts
from plainleaf.model import (
    LINE,
    Block,
    Edition,
    Foreign,
    Inline,
    Isolate,
    Kind,
    Location,
    Placeholder,
    Strong,
    Text,
    is_line,
    plain,
)
from plainleaf.typesetting import bidi

_COLONS = (":", "：")
_CARD = "card"
_AT_END = ""  # stands for the line that a card draws behind a label ("My name:"), which is typed nowhere


@dataclass(frozen=True, slots=True)
class Field:
    """A line that a column can fill. ``places``: where it is in the source; more than one if several lines have
    its name. ``clear``: whether all of these are surely meant."""

    name: str
    places: tuple[Location, ...]
    clear: bool


def fields(own: Edition) -> Mapping[str, Field]:
    """The lines of an edition in the source's language that have names, by ``key``, in order.

    A label may be there once in each text of the leaflet (whole text, card): two lines called “Dose” may be those
    of two medicines. A name in braces was given on purpose, and may be anywhere.
    """
    found: dict[str, Field] = {}
    labels = set[tuple[str, str]]()
    for part, block in _texts(own.blocks):
        for place, name in _named(block, part == _CARD).items():
            known = found.get(key(name))
            again = (part, key(name)) in labels
            if place in (LINE, _AT_END):
                labels.add((part, key(name)))
            places = (*(known.places if known else ()), block.at)
            found[key(name)] = Field(known.name if known else name, places, not again and (not known or known.clear))
    return found


def printed(own: Edition, text: str) -> frozenset[str]:
    """The keys of the lines that a layout of this ``text`` prints."""
    blocks = (inner for block in excerpts.blocks(own.blocks, text) for inner in block.walk())
    return frozenset(key(name) for block in blocks for name in _named(block, text == _CARD).values())


def filled(
    edition: Edition, own: Edition, values: Mapping[str, str], day: date, languages: Mapping[str, str] | None = None
) -> Edition:
    """The edition with values, by ``key``, in place of its lines. ``own``: the same in the source's language, for the
    same country; a line without a value stays to be written on. ``languages``: BCP 47 tags of values by ``key``, where
    somebody has said which language a name is in."""
    language = facts.of(edition.locale)
    tags = {name: tag for name, tag in (languages or {}).items() if tag != edition.locale.tag}
    printed = {name: _value(text, language, tags.get(name, "")) for name, text in values.items() if text}
    return replace(edition, blocks=tuple(_all(edition.blocks, own.blocks, printed, "")), filled=day)


def _value(text: str, language: LocaleData, tag: str) -> Inline:
    """What was filled in, in its own direction; a text without letters, as a time, is read from left to right. What
    runs the other way in it, as a dose in a right-to-left text, is kept in its order too. With a ``tag`` it is in
    another language than the page, with the voice, the font and the direction of that."""
    if tag:
        return Foreign((Strong((Text(text),)),), tag)
    direction = bidi.direction_of(text) or "ltr"
    return Isolate(bidi.isolate((Strong((Text(text),)),), direction, language), direction)


def _texts(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Every block with the text that it belongs to: "" for the whole one, else the name of its part."""
    for block in blocks:
        part = block.options["name"] if block.kind is Kind.PART else ""
        yield from ((part, inner) for inner in block.walk())


def _named(block: Block, in_card: bool) -> Mapping[str, str]:
    """The lines in a block's own text, by their placeholders, with their names. Of a line that has none: nothing."""
    places = [*_places(block.inlines)]
    names = {place: place.removeprefix(f"{LINE}_") for place in places if place != LINE}
    label = plain(block.inlines).strip()
    last = block.inlines[-1] if block.inlines else None
    if places == [LINE] and isinstance(last, Placeholder) and is_line(last.name) and key(label):
        return {LINE: label.rstrip(": ：")}
    if in_card and not places and block.kind is Kind.PARAGRAPH and label.endswith(_COLONS) and key(label):
        return {_AT_END: label.rstrip(": ：")}
    return names


def _places(inlines: Iterable[Inline]) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, Placeholder):
            yield from (inline.name,) if is_line(inline.name) else ()
        elif not isinstance(inline, Text):
            yield from _places(inline.children)


def _all(blocks: Iterable[Block], sources: Iterable[Block], values: Mapping[str, Inline], part: str) -> Iterator[Block]:
    """The blocks with their lines filled in; each source says what the lines of its block are called."""
    for block, source in zip(blocks, sources, strict=True):
        within = source.options["name"] if source.kind is Kind.PART else part
        names = _named(source, within == _CARD)
        mine = {place: values[key(name)] for place, name in names.items() if key(name) in values}
        inlines = _with(block.inlines, mine) if mine else block.inlines
        if value := mine.get(_AT_END):
            apart = () if plain(inlines).rstrip().endswith("：") else (Text(" "),)
            inlines = (*inlines, *apart, value)
        children = tuple(_all(block.children, source.children, values, within))
        changed = inlines is not block.inlines or children != block.children
        yield replace(block, inlines=inlines, children=children) if changed else block


def _with(inlines: Iterable[Inline], mine: Mapping[str, Inline]) -> tuple[Inline, ...]:
    made = list[Inline]()
    for inline in inlines:
        if isinstance(inline, Placeholder):
            made.append(mine.get(inline.name, inline))
        elif isinstance(inline, Text):
            made.append(inline)
        else:
            made.append(replace(inline, children=_with(inline.children, mine)))
    return tuple(made)
