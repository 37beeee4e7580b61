"""Which blocks of a leaflet a layout prints: all of its text, its short text, or a part written for such layouts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile
from operator import is_

from plainleaf.files import shelf
from plainleaf.languages import collation, facts
from plainleaf.languages.facts import LocaleData
from plainleaf.layouts import danger, footnotes
from plainleaf.model import (
    Block,
    Edition,
    Finding,
    Inline,
    Kind,
    Layout,
    Link,
    Location,
    Placeholder,
    Severity,
    Text,
    plain,
    rewritten,
)

MORE = "more"
"""The option of a heading that begins a second layer."""
SHORT, SHORT_OR_FULL = "short", "short-or-full"
TEXTS = ("full", SHORT, SHORT_OR_FULL, "easy", "card")
"""What ``text = "..."`` in a layout.toml may say; "short", "easy" and "card" are named like the ``:::`` parts written
for them."""

HOLDERS = frozenset(
    {
        Kind.LIST,
        Kind.PICTURES,
        Kind.DRAWING,
        Kind.TABLE,
        Kind.CALLOUT,
        Kind.PART,
        Kind.PASSAGE,
        Kind.QUESTIONS,
        Kind.SIGNATURE,
        Kind.SLIP,
        Kind.EVIDENCE,
        Kind.WORDS,
    }
)
"""Kinds of blocks that are nothing without those inside them."""


def blocks(body: Sequence[Block], text: str) -> tuple[Block, ...]:
    """The blocks that a layout of this ``text`` prints, in reading order.

    "full" is everything but the parts; "short" what is marked ``.short``, with the headings above it, and the parts
    ``::: short`` in their places; "short-or-full" the same, and of a leaflet that marks nothing all up to its second
    layer; the others are what stands in their parts. A leaflet that has nothing for such a
    layout gives nothing: its whole text has no room there, and is no easy text. A heading with nothing below it is
    never among them, nor is a box that holds nothing: what they announce is printed elsewhere, or for another country.
    Notes stand where the layout prints them; a link to a part that is not among the blocks is plain text.
    """
    return _pointing(_chosen(body, text))


def printed(edition: Edition, text: str, order: Sequence[Location] = ()) -> tuple[Block, ...]:
    """``blocks`` of an edition, with the words to know as its readers look them up (``collation``).

    ``order``: the places of these words in the order of another edition, beside which this one stands in rows.
    """
    language = facts.of(edition.locale)
    places = {at: number for number, at in enumerate(order)}

    def sorted_words(block: Block) -> Block:
        children = tuple(map(sorted_words, block.children))
        if block.kind is Kind.WORDS:
            children = tuple(sorted(children, key=lambda word: (places.get(word.at, -1), _looked_up(word, language))))
        return block if all(map(is_, children, block.children)) else replace(block, children=children)

    return tuple(map(sorted_words, blocks(edition.blocks, text)))


def words_in_order(body: Iterable[Block]) -> tuple[Location, ...]:
    """The places of the words to know among some blocks, as they stand there."""
    every = (block for top in body for block in top.walk() if block.kind is Kind.WORDS)
    return tuple(word.at for block in every for word in block.children)


def _looked_up(word: Block, language: LocaleData) -> collation.Key:
    term = next((part for part in word.children if part.kind is Kind.TERM), word)
    return collation.key(plain(term.inlines), language)


def _chosen(body: Sequence[Block], text: str) -> tuple[Block, ...]:
    """The blocks with all their links."""
    own = [block for block in body if not footnotes.is_marked(block)]
    if text == "full":
        chosen = _filled(block for block in own if block.kind is not Kind.PART)
    elif text == SHORT:
        chosen = _filled(_short(own))
    elif text == SHORT_OR_FULL:
        first = takewhile(lambda block: MORE not in block.options, own)
        chosen = _filled(_short(own)) or _filled(block for block in first if block.kind is not Kind.PART)
    else:
        chosen = _filled(inner for block in own if _is_part(block, text) for inner in block.children)
    return footnotes.placed(body, _counted(chosen))


def _pointing(body: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks without links to what is not among them."""
    names = _names(body)

    def led(inline: Inline) -> Inline | None:
        return None if _astray(inline, names) else inline

    return tuple(_mapped(block, led) for block in body)


def _names(body: Iterable[Block]) -> frozenset[str]:
    return frozenset(block.id for top in body for block in top.walk() if block.id)


def _astray(inline: Inline, names: frozenset[str]) -> bool:
    """Whether it is a link to a part that is not among those of these names."""
    return isinstance(inline, Link) and inline.href.startswith("#") and inline.href[1:] not in names


def astray(edition: Edition, layouts: Iterable[Layout]) -> Iterator[Finding]:
    """Links to parts that a layout leaves out: it prints their words alone, which then must say enough."""
    printed: dict[str, list[str]] = {}
    for layout in layouts:
        if not unwanted(edition, layout):
            printed.setdefault(layout.text, []).append(layout.name)
    for text, names in printed.items():
        chosen = _chosen(edition.blocks, text)
        there = _names(chosen)
        for block in (block for top in chosen for block in top.walk()):
            for to in dict.fromkeys(_left_out(block.inlines, there)):
                what = f"{', '.join(names)}: the link to “{to}” is printed as plain words: that part is not printed"
                hint = (
                    "mark that part .short too" if text in (SHORT, SHORT_OR_FULL) else "print that part there too"
                ) + ", or say what readers need in this place and leave the link out"
                yield Finding("source-link-elsewhere", Severity.WARNING, what, block.at, hint)


def without_red_box(edition: Edition, layouts: Iterable[Layout]) -> Iterator[Finding]:
    """A red box of the leaflet that is in no short text, where that has no red box at all."""
    short = [layout for layout in layouts if layout.text in (SHORT, SHORT_OR_FULL) and not unwanted(edition, layout)]
    names = [layout.name for layout in short if not _red(_chosen(edition.blocks, layout.text))]
    if names and (whole := _red(_chosen(edition.blocks, "full"))):
        what = f"{', '.join(names)}: no red box is printed, so it does not say what to do in an emergency"
        hint = "write .short after this block's name, as in “::: urgent {.short}”, or put a red box into a “::: short”"
        yield Finding("source-short-danger", Severity.WARNING, what, whole[0].at, hint)


def without_panel(edition: Edition, layouts: Iterable[Layout]) -> Iterator[Finding]:
    """A leaflet's panel for an emergency that a text of its own, an easy one or a card's, has nothing of."""
    panel = _panel(edition.blocks)
    if panel is None:
        return
    for text in ("easy", "card"):
        names = [layout.name for layout in layouts if layout.text == text and not unwanted(edition, layout)]
        if names and _panel(_chosen(edition.blocks, text)) is None:
            what = f"{', '.join(names)}: no “::: emergency” is printed, so page 1 does not say what to do"
            hint = f"begin “:::: {text}” with a panel of its own, in its own words"
            yield Finding("source-short-danger", Severity.WARNING, what, panel.at, hint)


def _panel(body: Iterable[Block]) -> Block | None:
    """The panel for an emergency outside the parts for small formats."""
    own = [block for block in body if block.kind is not Kind.PART]
    return next((block for block in _red(own) if danger.is_panel(block)), None)


def _red(body: Iterable[Block]) -> list[Block]:
    every = (block for top in body for block in top.walk() if block.kind is Kind.CALLOUT)
    return [block for block in every if block.options["name"] in danger.UNBROKEN]


def _left_out(inlines: Iterable[Inline], there: frozenset[str]) -> Iterator[str]:
    """Where the links of a text lead that are astray."""
    for inline in inlines:
        if isinstance(inline, Link) and _astray(inline, there):
            yield inline.href
        if not isinstance(inline, Text | Placeholder):
            yield from _left_out(inline.children, there)


def _mapped(block: Block, change: Callable[[Inline], Inline | None]) -> Block:
    """A block and all inside it with their texts changed; the same one where nothing is."""
    inlines = rewritten(block.inlines, change)
    children = tuple(_mapped(child, change) for child in block.children)
    if inlines is block.inlines and all(map(is_, children, block.children)):
        return block
    return replace(block, inlines=inlines, children=children)


def _counted(body: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with steps that go on, and parts, counted anew: some of them may not be printed here."""
    found, steps, parts = list[Block](), 0, dict[int, int]()
    for block in body:
        if block.kind is Kind.LIST and block.options["ordered"] == "yes":
            goes_on = "start" in block.options
            if goes_on:
                block = _numbered(block, "start", steps + 1)
            steps = len(block.children) + (steps if goes_on else 0)
        elif block.kind is Kind.HEADING and "number" in block.options:
            parts = {deep: number for deep, number in parts.items() if deep <= level(block)}
            parts[level(block)] = parts.get(level(block), 0) + 1
            block = _numbered(block, "number", parts[level(block)])
        elif block.kind in (Kind.CALLOUT, Kind.EVIDENCE, Kind.SLIP):
            children = _counted(block.children)
            if children != block.children:
                block = replace(block, children=children)
        found.append(block)
    return tuple(found)


def _numbered(block: Block, option: str, number: int) -> Block:
    """The block with this number; the same one if it has it already, as what is made of it is kept by its identity."""
    if block.options[option] == str(number):
        return block
    return replace(block, options={**block.options, option: str(number)})


def named(edition: Edition, layout: Layout) -> bool:
    """Whether the leaflet's head names a layout, or the one that it is like: the same format on other paper."""
    return bool({layout.name, layout.like} & set(edition.meta.layouts))


def unwanted(edition: Edition, layout: Layout) -> str:
    """Why an edition is not printed in a layout, in words; "" if it is.

    The head may name the leaflet's layouts. In any case it must have the text: what counts is the edition, as some of
    a leaflet is for one country alone.
    """
    if edition.meta.layouts and not named(edition, layout):
        return f"{edition.meta.layouts_at or edition.leaflet.at} lists the leaflet's layouts, and it is not one of them"
    if layout.text == "full":
        return ""
    return shelf.small("excerpts", (edition, layout.text), partial(lack, edition.blocks, layout.text))


def lack(body: Sequence[Block], text: str) -> str:
    """What a leaflet lacks for layouts of this ``text``, in words; "" if it has it."""
    if text == "full" or blocks(body, text):
        return ""
    if text == SHORT_OR_FULL:
        return "the leaflet has no text that is marked .short, nor any before its second part"
    return "the leaflet has no text that is marked .short" if text == SHORT else f"the leaflet has no “::: {text}”"


def missing(edition: Edition, layouts: Iterable[Layout]) -> Iterator[Finding]:
    """Small formats that the head names and the leaflet has no text for."""
    for layout in layouts:
        if layout.name in edition.meta.layouts and (why := lack(edition.blocks, layout.text)):
            at = edition.meta.layouts_at or edition.leaflet.at
            how = "mark blocks with .short" if layout.text == SHORT else f"put it between “::: {layout.text}” and “:::”"
            hint = f"write it ({how}), or remove {layout.name} from “layouts”"
            what = f"{layout.name}: {why}" + _elsewhere(edition, layout.text)
            yield Finding("source-layout", Severity.ERROR, what, at, hint)


def _elsewhere(edition: Edition, text: str) -> str:
    """That another country's readers have it."""
    return "" if lack(edition.leaflet.blocks, text) else " for the clinic's country"


def _is_part(block: Block, text: str) -> bool:
    return block.kind is Kind.PART and block.options["name"] == text


def _short(body: Iterable[Block]) -> Iterator[Block]:
    """What is marked ``.short`` or holds such blocks, and all headings: ``_filled`` keeps those that are needed."""
    for block in body:
        if block.kind is Kind.HEADING:
            yield block
        else:
            yield from _shortened(block)


def _shortened(block: Block) -> tuple[Block, ...]:
    """A block as short layouts print it: whole if it is marked, else what inside it is; nothing if there is none."""
    if block.kind is Kind.PART:
        return block.children if block.options["name"] == SHORT else ()
    if block.short:
        return (block,)
    if block.kind in (Kind.TABLE, Kind.DRAWING, Kind.SIGNATURE, Kind.SLIP):  # these are whole or not there
        return ()
    inside = tuple(_short(block.children))
    return (replace(block, children=inside),) if inside else ()


def _filled(body: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks without headings that have nothing below them, and without boxes that hold nothing."""
    kept: list[Block] = []
    waiting: list[Block] = []  # headings that have nothing below them yet
    for block in body:
        if block.kind is Kind.HEADING:
            waiting = [*(above for above in waiting if level(above) < level(block)), block]
        elif filled := _inside(block):
            kept += [*waiting, filled]
            waiting = []
    return tuple(kept)


def _inside(block: Block) -> Block | None:
    """A block as it is printed; ``None`` if it holds nothing."""
    if not block.children:
        return None if block.kind in HOLDERS else block
    children = _filled(block.children)
    if children == block.children:
        return block
    return replace(block, children=children) if children or block.inlines else None


def level(heading: Block) -> int:
    """How deep a heading stands: 2 for the parts of a leaflet."""
    return int(heading.options["level"])
