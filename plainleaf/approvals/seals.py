"""Approvals: who has checked which translation, exactly what they checked, and what has changed since.

They stand in ``locales/<locale>/approvals.toml``: for each leaflet a fingerprint of every source text with its
translation, of the layouts' words with theirs, and of what holds the texts together (order, kinds of blocks, links,
pictures, references). An approval that no longer fits lapses; one that was changed by hand counts for nothing.

A clinician's sign-off of the source is the same without translations and words, in ``sources/sign-offs.toml``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from plainleaf.approvals.signatures import Checked, Key, Record, Waived, digest
from plainleaf.files import writing as files
from plainleaf.model import Approval, Block, Kind, Leaflet, Location, Message, State, Translation, foreign
from plainleaf.translations.diff import closest
from plainleaf.translations.markup import link_targets, to_text
from plainleaf.translations.messages import Lookup, extract

# --------------------------------------------------------------------------- what an approval covers


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
    def fingerprint(self) -> str:
        return fingerprint(self.key, self.translation.text if self.translation and self.current else None)


@dataclass(frozen=True, slots=True)
class Subject:
    """A translation of a leaflet as it is today: all that an approval covers, for every clinic and country. ``words``
    are those that layouts and clinics print with every leaflet."""

    written: date
    content: str
    texts: tuple[Said, ...]
    words: tuple[Said, ...]


def subject(
    leaflet: Leaflet, lookup: Lookup, words: Sequence[Message], word: Lookup, root: Path, clinics: Sequence[Said] = ()
) -> Subject:
    """What there is to approve. ``words`` are the layouts' words, ``word`` looks their translations up; ``clinics``:
    what the files of clinics say in the language."""
    return Subject(
        leaflet.meta.written,
        _content(leaflet, root),
        tuple(Said(message, lookup(message.context, message.text)) for message in extract(leaflet)),
        (*(Said(message, word(message.context, message.text)) for message in words), *clinics),
    )


def _content(leaflet: Leaflet, root: Path) -> str:
    """A fingerprint of what holds the texts together. Lines of files, clinic and reviewer of the source are no part."""
    numbers: dict[str, int] = {}
    meta = leaflet.meta
    pictures = sorted({block.options["src"] for block in leaflet.walk() if block.kind is Kind.FIGURE})
    return digest(
        [
            [leaflet.language, meta.country],
            [_shape(block, numbers) for block in (meta.title, meta.summary, meta.audience, meta.terms)],
            [_shape(block, numbers) for block in leaflet.blocks],
            [[entry.key, entry.text, entry.url] for entry in meta.references],
            [[name, _picture(root / name, root)] for name in pictures],
        ]
    )


def _shape(block: Block, numbers: dict[str, int]) -> list[Any]:
    """A block without its words: a text stands as its number, so that a changed one is told apart from a moved one."""
    marks = [block.kind.value, block.safety, block.short, block.country, sorted(block.options.items())]
    text = to_text(block.inlines)
    words: int | str = numbers.setdefault(text, len(numbers)) if any(char.isalnum() for char in text) else text
    kept = [*link_targets(block.inlines), *_others(block)]
    return [marks, words, kept, [_shape(child, numbers) for child in block.children]]


def _others(block: Block) -> Iterator[list[Any]]:
    """Words in other languages, which are in no message."""
    for words in foreign(block.inlines):
        yield [words.lang, to_text(words.children), *link_targets(words.children)]


def _picture(path: Path, root: Path) -> str:
    try:
        return hashlib.sha256(files.read(path, root)).hexdigest()
    except OSError:
        return ""  # told of where the picture stands


def fingerprint(key: Key, translation: str | None) -> str:
    """What tells a text with its translation (``None`` if it has none) from all others."""
    return digest([*key, translation])


def record(about: Subject, by: str, on: date, waived: Iterable[Waived] = ()) -> Record:
    """The approval of a translation as it is now."""
    texts, words = (tuple(Checked(said.key, said.fingerprint) for said in part) for part in (about.texts, about.words))
    return Record(Approval(by, on, about.written), about.content, texts, words, tuple(waived))


# --------------------------------------------------------------------------- has it lapsed?


class Why(Enum):
    """Why an approval no longer holds."""

    NOT_CURRENT = "is fuzzy or has no translation"
    TRANSLATION = "translation changed"
    SOURCE = "source changed"
    NEW = "new text"
    REMOVED = "text taken out"
    ORDER = "texts stand in another order"
    CONTENT = "links, pictures, references, words in other languages or the kind of a block changed"
    WRITTEN = "the source has a new date"
    TO_COME = "the day it was given on is still to come"


@dataclass(frozen=True, slots=True)
class Lapse:
    """One change since the approval: ``text``, which ``was`` another, ``at`` its source and ``po`` its translation."""

    why: Why
    text: str = ""
    was: str = ""
    at: Location | None = None
    po: Location | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """An approval and all that has changed since; it holds if nothing has."""

    approval: Approval
    lapses: tuple[Lapse, ...]

    @property
    def holds(self) -> bool:
        return not self.lapses


def standing(
    kept: Record, now: Subject, origin: Callable[[Key], str] = lambda key: "", today: date = date.max
) -> Standing:
    """Does an approval still fit? ``origin`` gives the earlier text that a changed one was, if the catalog knows."""
    lapses = [*_texts(kept.texts, now.texts, origin), *_texts(kept.words, now.words, origin, removed=False)]
    before, after = [checked.key for checked in kept.texts], [said.key for said in now.texts]
    common = set(before) & set(after)
    if [key for key in before if key in common] != [key for key in after if key in common]:
        lapses.append(Lapse(Why.ORDER))
    if now.content != kept.content and not any(lapse.why in _MOVES for lapse in lapses):
        lapses.append(Lapse(Why.CONTENT))
    if now.written != kept.approval.source:
        lapses.append(Lapse(Why.WRITTEN, str(now.written), str(kept.approval.source)))
    if kept.approval.on > min(today, _LAST) + _ZONES:
        lapses.append(Lapse(Why.TO_COME, str(kept.approval.on)))
    return Standing(kept.approval, tuple(lapses))


_ZONES = timedelta(days=1)  # it may be tomorrow already where it was given
_LAST = date.max - _ZONES
_MOVES = (Why.NEW, Why.REMOVED, Why.ORDER)  # these change the content's fingerprint too: no news


def _texts(
    kept: Sequence[Checked], now: Sequence[Said], origin: Callable[[Key], str], removed: bool = True
) -> Iterator[Lapse]:
    """What has changed in the texts. A word that layouts no longer print (``removed`` false) is no loss."""
    there = {said.key for said in now}
    before = {checked.key: checked.fingerprint for checked in kept}
    gone = {key[1]: key for key in before if key not in there}
    for said in now:
        text, at, po = said.message.text, said.message.at[0], said.translation.at if said.translation else None
        if said.key in before:
            if before[said.key] != said.fingerprint:
                yield Lapse(Why.TRANSLATION if said.current else Why.NOT_CURRENT, text, text, at, po)
            continue
        known = origin(said.key)
        was = known if known in gone else closest(text, gone)
        gone.pop(was, None)
        yield Lapse(Why.SOURCE if was else Why.NEW, text, was, at, po)
    if removed:
        yield from (Lapse(Why.REMOVED, text, text) for text in gone)
