"""Questions to a person as values, and the ways in which they are asked: once, or for each tag of some types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from plainleaf.reading.conformance.document import Document
from plainleaf.reading.conformance.structure import Element

MOST_ITEMS = 40  # that a question names
MOST_ALIKE = 60  # questions about things of one kind, such as pictures


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a question is about: its words, in which language ("" if none is known); ``note``: what the tags
    say of it."""

    page: int
    text: str
    language: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question to answer with yes where the condition is met. ``page`` from 1, 0 for the whole document; ``items``:
    what it is about, ``more`` are not named."""

    page: int
    text: str
    items: tuple[Item, ...] = ()
    more: int = 0


Ask = Callable[[Document], Iterable[Question]]


def about(page: int, words: str, items: Iterable[Item]) -> Question:
    """A question about some things, of which the first ``MOST_ITEMS`` are named; ``page`` from 1, 0 for all."""
    every = tuple(items)
    return Question(page, words, every[:MOST_ITEMS], max(0, len(every) - MOST_ITEMS))


def item_of(document: Document, element: Element, note: str = "", said: str | None = None) -> Item:
    """A tag as something to ask about, in its language; ``said``: other words than the tag's own text."""
    inner = element
    while len(inner.kids) == 1 and isinstance(kid := inner.kids[0], int):  # a span around all of it may have its own
        inner = document.structure.elements[kid]
    language = inner.language or document.language
    return Item(document.structure.page(element), document.text(element) if said is None else said, language, note)


def for_each(*types: str, ask: Callable[[Document, Element], Question | None]) -> Ask:
    """A question for each tag of some types."""

    def asked(document: Document) -> Iterator[Question]:
        found = (ask(document, element) for element in document.structure.of(*types))
        every = [question for question in found if question]
        yield from every[:MOST_ALIKE]
        if len(every) > MOST_ALIKE:
            yield Question(0, f"Is the same true of the {len(every) - MOST_ALIKE} others of this kind?")

    return asked


def once(words: str, *, when: Callable[[Document], bool] = lambda document: document.tagged) -> Ask:
    """One question about a whole document, asked only ``when`` it has what that is about."""
    return lambda document: [Question(0, words)] if when(document) else []
