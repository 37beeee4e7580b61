"""What a signature covers: every text that readers see, with its translation, and what holds the texts together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from plainleaf import files
from plainleaf.approvals.records import Key, fingerprint
from plainleaf.model import Block, Kind, Leaflet, Location, Message, State, Translation, foreign
from plainleaf.translations.markup import link_targets, to_text
from plainleaf.translations.messages import Lookup, extract, has_words


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it is today, with what the catalog says for it."""

    message: Message
    translation: Translation | None

    @property
    def key(self) -> Key:
        return (self.message.context, self.message.text)

    @property
    def current(self) -> bool:
        """Whether the translation may be printed."""
        return self.translation is not None and self.translation.state is State.CURRENT

    @property
    def text(self) -> str:
        """The translation that may be printed, "" for none."""
        return self.translation.text if self.translation and self.current else ""

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.key, self.text or None)


@dataclass(frozen=True, slots=True)
class Detail:
    """What is signed beside the texts: ``what`` it is ("link", "picture"), its ``value``, and where it is written."""

    what: str
    value: str
    at: Location | None = field(default=None, compare=False)

    @property
    def pair(self) -> tuple[str, str]:
        return (self.what, self.value)


@dataclass(frozen=True, slots=True)
class Subject:
    """A text as it is today: all that a signature covers, for every clinic and country. ``words`` are those that
    layouts and clinics print with every leaflet. ``reviewed``: the day by which it must be checked again, where the
    signature holds no longer than that; ``at``: its file. ``complete``: how the contexts of words begin of which none
    may be missing."""

    written: date
    content: tuple[Detail, ...]
    texts: tuple[Said, ...]
    words: tuple[Said, ...]
    at: Location
    reviewed: date | None = None
    complete: tuple[str, ...] = ()

    @property
    def safety(self) -> bool:
        """Whether a mistake in any of its texts can do harm."""
        return any(said.message.safety for said in self.texts)


def subject(
    leaflet: Leaflet,
    lookup: Lookup,
    words: Iterable[Said],
    root: Path,
    more: Sequence[Detail] = (),
    reviewed: date | None = None,
    complete: tuple[str, ...] = (),
) -> Subject:
    """What there is to sign. ``words``: what layouts and clinics print with every leaflet; ``more``: details beside
    those of the leaflet; the rest as in ``Subject``."""
    return Subject(
        leaflet.meta.written,
        (*_details(leaflet, root), *more),
        tuple(Said(message, lookup(message.context, message.text)) for message in extract(leaflet)),
        tuple(words),
        Location(leaflet.at.file),
        reviewed,
        complete,
    )


def _details(leaflet: Leaflet, root: Path) -> Iterator[Detail]:
    """What holds the texts together. Lines of files, clinic and reviewer of the source are no part."""
    meta, numbers = leaflet.meta, dict[str, int]()
    yield Detail("language", leaflet.language, leaflet.at)
    yield Detail("country", meta.country, leaflet.at)
    for block in (meta.title, meta.summary, meta.audience, meta.terms, *leaflet.blocks):
        yield from _shape(block, numbers, 0)
    for entry in meta.references:
        yield Detail(f"reference {entry.key}", f"{entry.text} {json.dumps(entry.url)}", entry.at)
    pictures = {block.options["src"]: block.at for block in leaflet.walk() if block.kind is Kind.FIGURE}
    for name, at in sorted(pictures.items()):
        yield Detail(f"picture {name}", files.digest(root / name, root), at)


def _shape(block: Block, numbers: dict[str, int], depth: int) -> Iterator[Detail]:
    """A block without its words, and those inside it: a text stands as its number, so that a changed one is told apart
    from a moved one."""
    text = to_text(block.inlines)
    parts = [">" * depth + block.kind.value]
    parts += [name for name, on in (("safety", block.safety), ("short", block.short)) if on]
    parts += [f"only {block.country}"] if block.country else []
    parts += [json.dumps(dict(sorted(block.options.items())), ensure_ascii=False)] if block.options else []
    if has_words(block.inlines):
        parts.append(f"text {numbers.setdefault(text, len(numbers) + 1)}")
    elif text:  # in no message, as "{clinic_phone}" alone in a cell
        parts.append(json.dumps(text, ensure_ascii=False))
    yield Detail("block", " ".join(parts), block.at)
    for target in link_targets(block.inlines):
        yield Detail("link", target, block.at)
    for words in foreign(block.inlines):  # in no message
        own = [to_text(words.children), *link_targets(words.children)]
        yield Detail(f"words in {words.lang}", json.dumps(own, ensure_ascii=False), block.at)
    for child in block.children:
        yield from _shape(child, numbers, depth + 1)
