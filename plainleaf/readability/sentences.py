"""The sentences of an edition: what of it is running text, cut and counted, each with the line to fix.

Paragraphs, list points, questions, answers and explanations of words are running text. A list's introduction and each
point are sentences of their own; points of one or two words are not. Headings, cells of tables, captions, alt texts,
words to know, title and audience are held to the rules for single sentences and words, but never scored. References,
web addresses and words in other languages are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from plainleaf.languages import facts
from plainleaf.languages.addresses import ADDRESS
from plainleaf.languages.facts import LocaleData
from plainleaf.model import Block, Edition, Kind, Location, plain, without_foreign
from plainleaf.model.tags import language_tag
from plainleaf.readability import splitting
from plainleaf.readability.syllables import Counter, counter, said
from plainleaf.sources.blocks import KINDS

_SHORTEST_POINT = 3  # words from which a list point is a sentence
_SHORTEST_POINT_CHARACTERS = 5


class Role(Enum):
    """What a piece of text is, as the rules tell them apart."""

    SENTENCE = "sentence"
    POINT = "list point"
    ENTRY = "answer or explained word"
    LABEL = "cell, caption or description"  # of no running text
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its counts; ``letters`` without hyphens and apostrophes."""

    text: str
    letters: int
    syllables: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, its words (characters where a language has no spaces), where it stands, and in which section."""

    text: str
    words: tuple[Word, ...]
    role: Role
    section: int
    at: Location
    po: Location | None
    block: str = ""  # the author's id of its block
    box: int = 0  # which box or evidence it stands in, 0 for none

    @property
    def length(self) -> int:
        """Words, or characters in languages without spaces."""
        return len(self.words)

    @property
    def syllables(self) -> int:
        """Of all its words."""
        return sum(word.syllables for word in self.words)


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below one heading; ``heading`` is "" before the first."""

    heading: str
    at: Location
    po: Location | None


@dataclass(frozen=True, slots=True)
class Prose:
    """An edition as the rules read it: sentences that count, and pieces that are only measured."""

    data: LocaleData
    scored: tuple[Sentence, ...]
    headings: tuple[Sentence, ...]
    short_points: tuple[Sentence, ...]  # list points of one or two words
    sections: tuple[Section, ...]
    aside: tuple[Sentence, ...] = ()  # of texts printed by themselves (::: easy): never scored with the leaflet
    labels: tuple[Sentence, ...] = ()  # cells, captions, descriptions, title: never scored

    @property
    def language(self) -> str:
        """The tag of its language (BCP 47)."""
        return language_tag(self.data.name)

    @property
    def pieces(self) -> tuple[Sentence, ...]:
        """Every sentence and point: what the rules for single sentences hold for."""
        return (*self.scored, *self.short_points, *self.aside, *self.labels)

    @property
    def texts(self) -> tuple[Sentence, ...]:
        """Everything that is printed or read aloud: what the rules for words hold for."""
        return (*self.pieces, *self.headings)

    @property
    def share(self) -> float:
        """Which part of all words the scores see, from 0 to 1; 1 if there are none."""
        words = sum(sentence.length for sentence in self.texts)
        return sum(sentence.length for sentence in self.scored) / words if words else 1.0


def prose(edition: Edition) -> Prose:
    """All running text of an edition, in reading order."""
    return _Reader(edition).read()


def labels(data: LocaleData, texts: Iterable[tuple[str, Location, Location | None]]) -> Prose:
    """Texts that belong to no edition, such as a clinic's notes, each with its places: judged, never scored."""
    count = counter(data, {})
    found = []
    for text, at, po in texts:
        for sentence in splitting.sentences(ADDRESS.sub("", text), data):
            words = tuple(measured(word, count) for word in splitting.words(sentence, data))
            found.append(Sentence(sentence, words, Role.LABEL, 0, at, po))
    sections = tuple(Section("", sentence.at, sentence.po) for sentence in found[:1])
    return Prose(data, (), (), (), sections, labels=tuple(sentence for sentence in found if sentence.words))


def own_counts(edition: Edition) -> dict[str, int]:
    """Syllables of the edition's terms, as their ``say`` tells them."""
    found: dict[str, int] = {}
    for word in edition.meta.terms.children:
        parts = {child.kind: plain(child.inlines) for child in word.children}
        if Kind.SAY in parts and Kind.TERM in parts:
            found |= said(parts[Kind.TERM], parts[Kind.SAY])
    return found


class _Reader:
    def __init__(self, edition: Edition) -> None:
        self.language = edition.locale.tag
        self.data = facts.of(edition.locale)
        self.edition = edition
        self.counter: Counter = counter(self.data, own_counts(edition))
        self.box = 0
        self.translated = edition.locale.tag != edition.leaflet.language
        self.sections = [Section("", edition.meta.title.at, edition.meta.title.po)]

    def read(self) -> Prose:
        scored: list[Sentence] = []
        headings: list[Sentence] = []
        short: list[Sentence] = []
        aside: list[Sentence] = []
        labels: list[Sentence] = []
        least = _SHORTEST_POINT_CHARACTERS if splitting.counts_characters(self.data) else _SHORTEST_POINT
        for block in self._printed(self.edition.meta.summary):
            scored.extend(self._sentences(block, Role.ENTRY))
        for head in (self.edition.meta.title, self.edition.meta.audience):
            labels.extend(sentence for block in self._printed(head) for sentence in self._sentences(block, Role.LABEL))
        for number, block in enumerate(self.edition.blocks, 1):
            self.box = number if KINDS[block.kind].box else 0
            running = aside if block.kind is Kind.PART else scored
            for inner in self._printed(block):
                if inner.kind is Kind.HEADING:
                    heading = plain(without_foreign(inner.inlines))
                    self.sections.append(Section(heading, inner.at, inner.po))
                    headings.append(self._sentence(heading, Role.HEADING, inner))
                elif inner.kind is Kind.ITEM:
                    sentences = list(self._sentences(inner, Role.POINT))
                    (running if sum(item.length for item in sentences) >= least else short).extend(sentences)
                elif KINDS[inner.kind].prose:
                    role = Role.SENTENCE if inner.kind is Kind.PARAGRAPH else Role.ENTRY
                    running.extend(self._sentences(inner, role))
                elif inner.inlines and inner.kind is not Kind.SAY:
                    labels.extend(self._sentences(inner, Role.LABEL))
        sections = tuple(self.sections)
        return Prose(self.data, tuple(scored), tuple(headings), tuple(short), sections, tuple(aside), tuple(labels))

    def _printed(self, block: Block) -> Iterator[Block]:
        """Blocks in reading order, without what is (still) printed in the source's language."""
        untranslated = self.translated and block.inlines and block.po is None
        if block.language not in ("", self.language) or untranslated:
            return
        yield block
        for child in block.children:
            yield from self._printed(child)

    def _sentences(self, block: Block, role: Role) -> Iterator[Sentence]:
        for text in splitting.sentences(plain(without_foreign(block.inlines)), self.data):
            sentence = self._sentence(text, role, block)
            if sentence.words:
                yield sentence

    def _sentence(self, text: str, role: Role, block: Block) -> Sentence:
        bare = ADDRESS.sub("", text)
        words = tuple(measured(word, self.counter) for word in splitting.words(bare, self.data))
        return Sentence(text, words, role, len(self.sections) - 1, block.at, block.po, block.id, self.box)


def measured(word: str, count: Counter) -> Word:
    """A word with its counts; a detail of the clinic stands as one letter and one syllable."""
    if word.startswith("{"):
        return Word(word, 1, 1)
    return Word(word, sum(letter.isalnum() for letter in word), count.count(word))
