"""Does a signature still hold? What has changed in a text since, word by word.

Signatures stand in ``locales/<locale>/approvals.toml`` (of translations) and ``sources/sign-offs.toml`` (of leaflets as
they are written): all that was signed, text for text. One that no longer fits lapses; one that was changed by hand
counts for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from enum import Enum

from plainleaf.approvals.contents import Detail, Said, Subject
from plainleaf.approvals.records import Checked, Key, Record, Waived
from plainleaf.model import Approval, Finding, Location
from plainleaf.translations import diff
from plainleaf.translations.diff import Piece, closest


def record(about: Subject, by: str, on: date, waived: Iterable[Waived] = ()) -> Record:
    """The signature under a text as it is now."""
    texts, words = (tuple(Checked(said.key, said.fingerprint, said.text) for said in part)
                    for part in (about.texts, about.words))  # fmt: skip
    content = tuple(detail.pair for detail in about.content)
    return Record(Approval(by, on, about.written), content, texts, words, tuple(waived))


class Why(Enum):
    """Why a signature no longer holds."""

    NOT_CURRENT = "is fuzzy or has no translation"
    TRANSLATION = "translation changed"
    SOURCE = "source changed"
    NEW = "new text"
    REMOVED = "text deleted"
    ORDER = "order of texts changed"
    CONTENT = "another part of the page changed"
    WRITTEN = "source has a new date"
    OVERDUE = "the day of the next review has passed"
    TO_COME = "it is dated in the future"
    NO_KEY = "it is not signed with a key, which the settings require (require-signature)"
    ONE = "only one person has signed it; the settings require two (signatures)"
    LESS = "it was made when signatures covered less of the page"


@dataclass(frozen=True, slots=True)
class Lapse:
    """One change since the signature: ``text``, which ``was`` another, ``at`` its source and ``po`` its translation.
    ``said``: the translation, and ``said_before``, where it is that which changed."""

    why: Why
    text: str = ""
    was: str = ""
    at: Location | None = None
    po: Location | None = None
    said: str = ""
    said_before: str = ""

    @property
    def change(self) -> tuple[Piece, ...]:
        """What has changed, word by word."""
        if self.why is Why.REMOVED:
            return diff.words(self.was, "")
        if self.why in (Why.NOT_CURRENT, Why.TRANSLATION):
            return diff.words(self.text, self.text)
        return diff.words(self.was, self.text)

    @property
    def change_said(self) -> tuple[Piece, ...]:
        """The same of the translation."""
        return diff.words(self.said_before, self.said)


@dataclass(frozen=True, slots=True)
class Standing:
    """A signature and all that has changed since; it holds if nothing has. ``fault``: why it counts for nothing."""

    approval: Approval | None
    lapses: tuple[Lapse, ...] = ()
    fault: Finding | None = None

    @property
    def holds(self) -> bool:
        return self.held is not None

    @property
    def held(self) -> Approval | None:
        """The signature, if it holds."""
        return None if self.lapses or self.fault else self.approval


def lapses(
    kept: Record, now: Subject, origin: Callable[[Key], str] = lambda key: "", today: date = date.max
) -> tuple[Lapse, ...]:
    """What lapsed a signature; nothing if it holds. ``origin`` gives the earlier text that a changed one was, if the
    catalog knows."""
    return tuple(_lapses(kept, now, origin, today))


def _lapses(kept: Record, now: Subject, origin: Callable[[Key], str], today: date) -> Iterator[Lapse]:
    changed = list(_texts(kept.texts, now.texts, origin, now.at, ("",)))
    before, after = [checked.key for checked in kept.texts], [said.key for said in now.texts]
    common = set(before) & set(after)
    if [key for key in before if key in common] != [key for key in after if key in common]:
        changed.append(Lapse(Why.ORDER, at=now.at))
    yield from changed
    yield from _texts(kept.words, now.words, origin, now.at, now.complete)
    if kept.former:
        yield Lapse(Why.LESS)
    else:
        moved = any(lapse.why in _MOVES for lapse in changed)
        yield from _details(kept.content, now.content, moved, now.at)
    if now.written != kept.approval.source:
        yield Lapse(Why.WRITTEN, str(now.written), str(kept.approval.source), now.at)
    if now.reviewed and now.reviewed < today < date.max:
        yield Lapse(Why.OVERDUE, str(now.reviewed), str(now.reviewed), now.at)
    if kept.approval.on > min(today, _LAST) + _ZONES:
        yield Lapse(Why.TO_COME, str(kept.approval.on), str(kept.approval.on))


_ZONES = timedelta(days=1)  # it may be tomorrow already where it was given
_LAST = date.max - _ZONES
_MOVES = (Why.NEW, Why.REMOVED, Why.ORDER)  # these change the numbers of texts in blocks too: no news


def _texts(
    kept: Sequence[Checked],
    now: Sequence[Said],
    origin: Callable[[Key], str],
    file: Location,
    complete: tuple[str, ...],
) -> Iterator[Lapse]:
    """What has changed in the texts of a ``file``. One that is no longer there is no loss (a word that layouts print no
    more), unless its context begins with any of ``complete``."""
    there = {said.key for said in now}
    before = {checked.key: checked for checked in kept}
    gone = {key: None for key in before if key not in there}
    for said in now:
        text, at, po = said.message.text, said.message.at[0], said.translation.at if said.translation else None
        if said.key in before:
            checked = before[said.key]
            if checked.fingerprint != said.fingerprint:
                why = Why.TRANSLATION if said.current else Why.NOT_CURRENT
                yield Lapse(why, text, text, at, po, said.text, checked.translation)
            continue
        was = _earlier(said.key, gone, origin)
        gone.pop(was, None) if was else None
        yield Lapse(Why.SOURCE if was else Why.NEW, text, was[1] if was else "", at, po)
    yield from (Lapse(Why.REMOVED, text, text, file) for context, text in gone if context.startswith(complete))


def _earlier(key: Key, gone: Iterable[Key], origin: Callable[[Key], str]) -> Key | None:
    """The text, of those that are gone, that a new one was before."""
    known = origin(key)
    same = [each for each in gone if each[1] == known] or [each for each in gone if key[0] and each[0] == key[0]]
    if same:
        return same[0]
    near = closest(key[1], [text for _, text in gone])
    return next((each for each in gone if each[1] == near), None) if near else None


def _details(kept: Sequence[tuple[str, str]], now: Sequence[Detail], moved: bool, file: Location) -> Iterator[Lapse]:
    """What has changed beside the texts; the blocks say nothing new where texts were ``moved``."""
    before = [pair for pair in kept if not (moved and pair[0] == "block")]
    after = [detail for detail in now if not (moved and detail.what == "block")]
    codes = SequenceMatcher(None, before, [detail.pair for detail in after], autojunk=False).get_opcodes()
    gone = [before[at] for what, begin, end, _, _ in codes if what != "equal" for at in range(begin, end)]
    for what, _, _, begin, end in codes:
        for detail in after[begin:end] if what != "equal" else ():
            was = next((pair for pair in gone if pair[0] == detail.what), None)
            if was:
                gone.remove(was)
            yield Lapse(Why.CONTENT, ": ".join(detail.pair), ": ".join(was) if was else "", detail.at or file)
    yield from (Lapse(Why.CONTENT, "", ": ".join(pair), file) for pair in gone)
