"""Where each message of an edition is printed: its texts, found again in the tags of a finished PDF."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from plainleaf.layouts.reading_order import reading_order
from plainleaf.model import Block, Clinic, Edition, Kind, Location, Message
from plainleaf.reading import flow, tags
from plainleaf.reading.places import Box, Pages
from plainleaf.translations import messages

Key = tuple[str, str]
"""A message's context and text."""


@dataclass(frozen=True, slots=True)
class Text:
    """A message as an edition has it at one place: ``printed`` in the language of the edition."""

    key: Key
    printed: str
    at: Location
    po: Location | None


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a message is printed: the boxes of its pieces by page (from 1), in points from the upper left corner."""

    text: Text
    boxes: Mapping[int, tuple[Box, ...]]

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that it is on."""
        return tuple(sorted(self.boxes))


def texts(edition: Edition, clinic: Clinic | None, text: str) -> Iterator[Text]:
    """The messages of an edition as they are printed of one of its texts (``excerpts``), in reading order."""
    waiting = _messages(edition)
    taken: dict[tuple[Location, Kind], int] = defaultdict(int)
    for said in reading_order(edition, clinic, text):
        place = (said.block.at, said.block.kind)
        there = waiting.get(place, [])
        if there and messages.has_words(said.block.inlines):
            message = there[taken[place] % len(there)]
            taken[place] += 1
            yield Text((message.context, message.text), said.text, said.at, said.block.po)


def _messages(edition: Edition) -> Mapping[tuple[Location, Kind], list[Message]]:
    """The messages of a leaflet by where their blocks begin and what these are, those of one line in its order."""
    found: dict[tuple[Location, Kind], list[Message]] = defaultdict(list)

    def visit(block: Block, message: Message) -> Block:
        found[block.at, block.kind].append(message)
        return block

    messages.walk(edition.leaflet, visit)
    return found


@dataclass(slots=True)
class _Letters:
    """The letters of a document that are seen, one after the other: of which run each is, and of which piece."""

    text: str = ""
    runs: list[int] = field(default_factory=list)
    pieces: list[tags.Piece] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)  # where each run begins
    around: list[tags.Tag] = field(default_factory=list)  # the innermost tag of each run
    taken: set[int] = field(default_factory=set)  # letters that a message was found at


def find(edition: Edition, clinic: Clinic | None, text: str, document: tags.Document, pages: Pages) -> list[Seen]:
    """The messages of an edition that a finished PDF of it prints, in reading order; each as often as it does.

    ``document`` and ``pages`` are of the same PDF; ``text``: which of a leaflet's texts it prints (``excerpts``).
    """
    letters = _read(document, edition.locale.tag)
    found, after = list[Seen](), 0
    for each in texts(edition, clinic, text):
        wanted = seen(each.printed)
        at = _place(letters, wanted, after) if wanted else -1
        if at < 0:
            continue
        end = at + len(wanted)
        letters.taken.update(range(at, end))
        after = end
        if boxes := boxes_of(letters.pieces[at:end], letters.around[letters.runs[at]], pages):
            found.append(Seen(each, boxes))
    return found


def seen(text: str) -> str:
    """The letters of a text that are seen: without spaces, and without what only formats."""
    return "".join(letter for letter in text if not letter.isspace() and unicodedata.category(letter) != "Cf")


def _read(document: tags.Document, language: str) -> _Letters:
    """The letters of a document in a language (BCP 47), and those in others that are part of a text in it."""
    letters = _Letters()
    parts: list[str] = []
    for run in flow.runs(document):
        around = run.within[-1].language if run.within else language
        if around != language and not any(piece.language == language for piece in run.pieces):
            continue
        letters.begins.append(len(letters.pieces))
        letters.around.append(run.within[-1] if run.within else tags.Tag(""))
        for piece in run.pieces:
            own = seen(piece.text)
            parts.append(own)
            letters.pieces += [piece] * len(own)
            letters.runs += [len(letters.begins) - 1] * len(own)
    letters.text = "".join(parts)
    return letters


def _place(letters: _Letters, wanted: str, after: int) -> int:
    """Where a text is printed, -1 if it is not: a whole run before one that begins with it, before any other place; of
    those the first behind what was found last."""
    free = [at for at in _found(letters.text, wanted) if at not in letters.taken]
    if not free:
        return -1
    return min(free, key=lambda at: (_fit(letters, at, at + len(wanted)), at < after, at))


def _fit(letters: _Letters, begin: int, end: int) -> int:
    """How well a place fits: 0 a run, 1 what begins or ends one, 2 anything in one, 3 what goes over several."""
    run = letters.runs[begin]
    first = letters.begins[run]
    last = letters.begins[run + 1] if run + 1 < len(letters.begins) else len(letters.text)
    if end > last:
        return 3
    return 2 - (begin == first) - (end == last)


def _found(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def boxes_of(pieces: Iterable[tags.Piece], tag: tags.Tag, pages: Pages) -> Mapping[int, tuple[Box, ...]]:
    """Where some pieces of a tag are, by page; of what is said of a picture, where that is."""
    found: dict[int, dict[Box, None]] = defaultdict(dict)
    for piece in dict.fromkeys((each.page, each.number) for each in pieces):
        box = pages.places.get(piece) or (_of_picture(tag, piece[0], pages) if tag.alt else None)
        if box:
            found[piece[0]][box] = None
    return {page: tuple(boxes) for page, boxes in found.items()}


def _of_picture(tag: tags.Tag, page: int, pages: Pages) -> Box | None:
    """Where a picture is, as its tag says (ISO 32000-1, 14.8.5.4.3): from the page's lower left corner."""
    box = tag.says("BBox")
    if not isinstance(box, tuple) or len(box) != 4 or not 0 < page <= len(pages.sizes):
        return None
    edges = [float(edge) for edge in box if isinstance(edge, float)]
    if len(edges) < 4:
        return None
    height = pages.sizes[page - 1][1]
    return edges[0], height - edges[3], edges[2], height - edges[1]
