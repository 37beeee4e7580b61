"""What of PEMAT and the CDC Clear Communication Index a program can judge; the rest is a checklist for the reviewer.

PEMAT-P: Patient Education Materials Assessment Tool for printable materials (AHRQ), items 1-12, 15-26.
CDC: Clear Communication Index (Centers for Disease Control and Prevention), items 1-20.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plainleaf.checks.readability.wording import Found
from plainleaf.model import Block, Edition, Emphasis, Finding, Inline, Kind, Location, Severity, Strong, Text
from plainleaf.readability.scores import Reading
from plainleaf.readability.sentences import Role
from plainleaf.readability.wording import either, wording

LONGEST_CHUNK = 15  # sentences under one heading
LONG_TEXT = 20  # sentences from which a text needs headings, lists and emphasis
PASSIVE_RATE = 0.15  # of the sentences

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_OF_WEIGHT = "mg/kg"  # in any language


@dataclass(frozen=True, slots=True)
class Item:
    """What a program can judge: the name of its finding ("pemat-...") and its numbers in the two instruments.

    ``question`` is one that a good leaflet answers with yes. ``of_parts``: it asks how the leaflet is built, which its
    translations share with their source; ``of_long_texts``: short texts need not answer it.
    """

    name: str
    numbers: str
    question: str
    of_parts: bool = True
    of_long_texts: bool = False


JUDGED: tuple[Item, ...] = (
    Item("summary", "PEMAT 11, CDC 2, 10", "Does it begin with its main points?"),
    Item("headings", "PEMAT 8, 9, CDC 9", "Does a long text have headings?", of_long_texts=True),
    Item("chunk", "PEMAT 8, CDC 9", f"Are there at most {LONGEST_CHUNK} sentences between headings or boxes?"),
    Item("lists", "CDC 8", "Does a long text have lists?", of_long_texts=True),
    Item("cues", "PEMAT 12, CDC 3", "Do boxes or bold words show the key points?", of_long_texts=True),
    Item("actions", "PEMAT 20, 21, CDC 5, 6", "Does it say what to do?", of_long_texts=True),
    Item("table", "PEMAT 19", "Does every column of a table have a heading?"),
    Item("caption", "PEMAT 17", "Does every picture have a caption?"),
    Item("sum", "PEMAT 7, CDC 17", "Is the reader spared sums?", of_parts=False),
    Item(
        "active", "PEMAT 5, CDC 6", f"Is the voice active, in all but {PASSIVE_RATE:.0%} of the sentences?",
        of_parts=False, of_long_texts=True,
    ),
)  # fmt: skip
_NUMBERS = {item.name: item.numbers for item in JUDGED}

# Printed for the human reviewer, with the item numbers of the two instruments.
CHECKLIST: tuple[tuple[str, str], ...] = (
    ("PEMAT 1, CDC 1", "Is it evident what the leaflet is for? Is there one main message?"),
    ("PEMAT 2", "Does everything in it serve that purpose?"),
    ("PEMAT 3, CDC 7", "Are the words those of the people it is for?"),
    ("PEMAT 6, CDC 15, 16", "Are numbers few, clear, and explained?"),
    ("PEMAT 10", "Does one thing follow from another?"),
    ("PEMAT 15, CDC 4", "Would a picture say something more easily?"),
    ("PEMAT 16, 18", "Are pictures clear, without clutter, and do they help the message?"),
    ("PEMAT 22, CDC 14", "Is each action broken down into steps that one can do?"),
    ("PEMAT 23", "Is there a tool to act with (a list, a diary, questions to take along) where it helps?"),
    ("PEMAT 25, 26", "Is it explained how to use tables and pictures to act?"),
    ("CDC 11", "Does it say what is known and what is not known?"),
    ("CDC 12, 13", "Does it say what to do, and why that matters to the reader?"),
    ("CDC 18, 19", "Does it tell the nature of the risk, and the harms as well as the benefits?"),
    ("CDC 20", "Are chances also explained in words or with a picture?"),
)


def check(edition: Edition, reading: Reading) -> Iterator[Found]:
    """Warnings, each with the numbers of its items."""
    blocks = _main(edition)
    start = edition.meta.title
    if edition.locale.tag == edition.leaflet.language:  # translations have the same parts
        yield from _whole(edition, reading, blocks, start)
        yield from _chunks(reading)
        yield from _tables(blocks)
    yield from _sums(reading)
    yield from _passive(reading, start)


def _main(edition: Edition) -> list[Block]:
    """The leaflet's own text, not that for small formats (in ``::: easy`` a sentence stands beside each picture)."""
    return [inner for block in edition.blocks if block.kind is not Kind.PART for inner in block.walk()]


def unjudged(edition: Edition, reading: Reading) -> Mapping[str, str]:
    """The items, by name, that ``check`` does not judge in this edition, each with the reason."""
    found = {}
    kinds = {block.kind for block in _main(edition)}
    there = {"table": Kind.TABLE in kinds, "caption": Kind.FIGURE in kinds}
    known = {
        "actions": bool(reading.data.list("pemat", "actions")),
        "sum": bool(reading.data.list("pemat", "sums")),
        "active": wording(reading.data).passive is not None,
    }
    for item in JUDGED:
        if item.of_parts and edition.locale.tag != edition.leaflet.language:
            found[item.name] = "as in its source"
        elif item.of_long_texts and reading.counts.sentences < LONG_TEXT:
            found[item.name] = f"fewer than {LONG_TEXT} sentences"
        elif not there.get(item.name, True):
            found[item.name] = "it has none"
        elif not known.get(item.name, True):
            found[item.name] = "no word list yet"
    return found


def _finding(name: str, what: str, at: Location, hint: str, po: Location | None, block: str = "") -> Found:
    return Finding(f"pemat-{name}", Severity.WARNING, f"{what} ({_NUMBERS[name]})", at, hint, po), block


def _whole(edition: Edition, reading: Reading, blocks: list[Block], start: Block) -> Iterator[Found]:
    kinds = {block.kind for block in blocks}
    long_text = reading.counts.sentences >= LONG_TEXT

    def missing(name: str, what: str, hint: str) -> Found:
        return _finding(name, what, start.at, hint, start.po)

    first = edition.blocks[0] if edition.blocks else start
    if first.kind is not Kind.CALLOUT or first.options.get("name") not in ("summary", "urgent", "emergency"):
        what = "the text does not begin with its main points"
        yield missing("summary", what, "begin with ::: summary")
    if long_text and Kind.HEADING not in kinds:
        yield missing("headings", "a long text without headings", "give each part a heading")
    if long_text and Kind.LIST not in kinds:
        yield missing("lists", "a long text without a list", "set steps and examples as a list")
    if long_text and Kind.CALLOUT not in kinds and not any(_stressed(block.inlines) for block in blocks):
        what = "nothing draws the eye to the key points"
        yield missing("cues", what, "use a box, or **bold** for the words that matter most")
    verbs = reading.data.list("pemat", "actions")  # as they begin a sentence
    if long_text and verbs and not _acts(reading, verbs):
        what = "no sentence tells the reader what to do"
        yield missing("actions", what, "begin a sentence with the verb: “Ask …”, “Call …”")


def _stressed(inlines: tuple[Inline, ...]) -> bool:
    return any(isinstance(inline, Strong | Emphasis) for inline in inlines if not isinstance(inline, Text))


def _acts(reading: Reading, verbs: Sequence[str]) -> bool:
    return any(sentence.words[0].text.lower() in verbs for sentence in reading.prose.scored if sentence.words)


def _chunks(reading: Reading) -> Iterator[Found]:
    """More sentences in one go than one takes in: under one heading, or in one box below it."""
    lengths: dict[tuple[int, int], int] = {}
    for sentence in reading.prose.scored:
        if sentence.role is Role.SENTENCE:
            place = (sentence.section, sentence.box)
            lengths[place] = lengths.get(place, 0) + 1
    for (number, _), length in lengths.items():
        section = reading.prose.sections[number]
        if length > LONGEST_CHUNK and section.heading:
            what = f"“{section.heading}” has {length} sentences without a heading or box between them"
            yield _finding("chunk", what, section.at, "part it with headings (###)", section.po)


def _tables(blocks: list[Block]) -> Iterator[Found]:
    for block in blocks:
        head = next((row for row in block.children if row.kind is Kind.ROW), None)
        if block.kind is not Kind.TABLE or head is None:
            continue
        if any(not cell.inlines for cell in head.children[1:]):
            what = "a column of a table has no heading"
            yield _finding("table", what, block.at, "say what is in it", block.po, block.id)
    steps = [child for block in blocks if block.kind is Kind.ITEM for child in block.children]  # their words say it
    for block in blocks:
        said = any(child.kind is Kind.CAPTION for child in block.children) or any(block is step for step in steps)
        if block.kind is Kind.FIGURE and not said:
            what = "a picture has no caption"
            hint = 'write one after its path: ![...](file.svg "What it shows")'
            yield _finding("caption", what, block.at, hint, block.po, block.id)


def _sums(reading: Reading) -> Iterator[Found]:
    sums = either(reading.data.list("pemat", "sums"))
    pattern = re.compile(rf"\b(?:{sums})\b|{_OF_WEIGHT}", re.IGNORECASE)
    for sentence in reading.prose.scored if sums else ():
        if pattern.search(sentence.text) and _NUMBER.search(sentence.text):
            what = "the reader has to do a sum"
            hint = "give the result"
            yield _finding("sum", what, sentence.at, hint, sentence.po, sentence.block)


def _passive(reading: Reading, start: Block) -> Iterator[Found]:
    passive = wording(reading.data).passive
    sentences = reading.prose.scored
    if passive is None or len(sentences) < LONG_TEXT:
        return
    rate = sum(1 for sentence in sentences if any(passive.find(sentence.text))) / len(sentences)
    if rate > PASSIVE_RATE:
        what = f"{rate:.0%} of the sentences are passive"
        yield _finding("active", what, start.at, "say who does what", start.po)
