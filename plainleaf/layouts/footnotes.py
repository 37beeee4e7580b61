"""Where a layout prints the notes of a leaflet, and how it counts them.

A note that a table marks stands right below that table; one marked in a box, at the end of the box; any other at the
end of its part, before the next heading of level 2. One that is marked again in another part, box or table is printed
there again: nobody leafs back for it. Notes are counted by their marks, as far as the layout prints these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import is_

from plainleaf.model import NOTE, Block, Inline, Kind, Placeholder, notes_in, rewritten

_BOXES = (Kind.CALLOUT, Kind.EVIDENCE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark, as its placeholder in a printed text names it: the ``number`` of its note; which ``use`` of the note it
    is; which ``copy`` of the note, as it may be printed in several places, it leads to. All from 1."""

    number: int
    use: int
    copy: int

    @classmethod
    def read(cls, name: str) -> Mark:
        """The mark of a placeholder's name: ``note_2`` or ``note_2_3_1``."""
        number, use, copy = (*name.removeprefix(NOTE).split("_"), "1", "1")[:3]
        return cls(int(number), int(use), int(copy))

    @property
    def name(self) -> str:
        """The name of its placeholder."""
        return NOTE + (f"{self.number}" if self.use == 1 else f"{self.number}_{self.use}_{self.copy}")

    @property
    def id(self) -> str:
        """Its ``id`` on a page."""
        return f"m-{self.number}" + (f"-{self.use}" if self.use > 1 else "")

    @property
    def note(self) -> str:
        """The ``id`` of its note."""
        return f"n-{self.number}" + (f"-{self.copy}" if self.copy > 1 else "")


def placed(body: Sequence[Block], printed: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks that a layout prints of a leaflet's ``body``, with the notes that these mark in their places.

    Each mark's placeholder has the name of a ``Mark``, and so has each note's option ``mark``: the first that leads to
    it.
    """
    notes = {block.options["label"]: block for block in body if is_marked(block)}
    return tuple(_Placing(notes).blocks(printed, parts=True)) if notes else tuple(printed)


def is_marked(block: Block) -> bool:
    """Whether it is a note that texts mark, which has no place of its own."""
    return block.kind is Kind.NOTE and "label" in block.options


class _Part:
    """What is marked in one part or box so far: the first mark of each note, and those that stand below a table."""

    def __init__(self) -> None:
        self.first: dict[str, Mark] = {}
        self.printed: set[str] = set()


class _Placing:
    """How far the notes of a layout are counted. Texts of two languages mark them in the same order, whatever the order
    of words in a sentence: as they are written in the source."""

    def __init__(self, notes: Mapping[str, Block]) -> None:
        self.notes = notes
        self.order = {name: number for number, name in enumerate(notes)}
        self.numbers: dict[str, int] = {}
        self.uses = Counter[str]()
        self.copies = Counter[str]()

    def blocks(self, siblings: Iterable[Block], parts: bool) -> list[Block]:
        """Blocks that follow one another, with their notes; ``parts``: headings among them begin parts."""
        found, part = list[Block](), _Part()
        below = dict[str, Mark]()  # what is to stand below the table before, and below what is said of it
        for block in siblings:
            if block.kind is not Kind.NOTE:
                found += self.below(below)
                below = {}
            if parts and block.kind is Kind.HEADING and block.options["level"] == "2":
                found += self.rest(part)
                part = _Part()
            if block.kind in _BOXES:
                children = self.blocks(block.children, parts=False)
                same = len(children) == len(block.children) and all(map(is_, children, block.children))
                found.append(block if same else replace(block, children=tuple(children)))
            elif block.kind is Kind.TABLE:
                table = _Part()
                table.first = {name: mark for name, mark in part.first.items() if name not in part.printed}
                found.append(self.marked(block, table))
                names = {name for inner in block.walk() for name in notes_in(inner.inlines)} & self.order.keys()
                below = {name: table.first[name] for name in names}
                part.first = {**below, **part.first}
                part.printed |= names
            else:
                found.append(self.marked(block, part))
        return [*found, *self.below(below), *self.rest(part)]

    def marked(self, block: Block, part: _Part) -> Block:
        """A block with the numbers of its marks; the same one where nothing is changed. A mark without a note is left
        out: the source is an error."""
        names = set(notes_in(block.inlines)) & self.order.keys()
        for name in sorted(names, key=self.order.__getitem__):
            self.numbers.setdefault(name, len(self.numbers) + 1)

        def numbered(inline: Inline) -> Inline | None:
            if not isinstance(inline, Placeholder) or not inline.name.startswith(NOTE):
                return inline
            name = inline.name.removeprefix(NOTE)
            return self.mark(name, part, inline) if name in names else None

        inlines = rewritten(block.inlines, numbered)
        children = tuple(self.marked(child, part) for child in block.children)
        if inlines is block.inlines and all(map(is_, children, block.children)):
            return block
        return replace(block, inlines=inlines, children=children)

    def mark(self, name: str, part: _Part, typed: Placeholder) -> Placeholder:
        """The next mark of a note."""
        if name not in part.first:
            self.copies[name] += 1
        self.uses[name] += 1
        copy = part.first[name].copy if name in part.first else self.copies[name]
        made = Mark(self.numbers[name], self.uses[name], copy)
        part.first.setdefault(name, made)
        return typed if typed.name == made.name else Placeholder(made.name)

    def rest(self, part: _Part) -> list[Block]:
        """The notes of a part that stand below none of its tables."""
        return self.below({name: mark for name, mark in part.first.items() if name not in part.printed})

    def below(self, marks: Mapping[str, Mark]) -> list[Block]:
        """The notes that were marked, by their numbers."""
        return [
            replace(self.notes[name], options={**self.notes[name].options, "mark": mark.name})
            for name, mark in sorted(marks.items(), key=lambda item: item[1].number)
        ]
