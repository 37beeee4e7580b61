"""What a signature is worth today: a draft, noted, signed with a key, or lapsed, and why. Giving one, too.

Approvals and sign-offs differ in what they cover alone. A leaflet with safety texts needs two persons where the
settings ask for ``signatures = 2``; with ``require-signature = true`` a signature without a key does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from plainleaf.approvals import keys, persons, records, seals, signatures
from plainleaf.approvals.contents import Subject
from plainleaf.approvals.keys import Signers
from plainleaf.approvals.records import Key, Record
from plainleaf.approvals.seals import Lapse, Standing, Why
from plainleaf.approvals.signatures import Approvals, Book
from plainleaf.files.settings import Settings
from plainleaf.model import Approval, Finding, Locale, Location, Severity
from plainleaf.typesetting import fonts


@dataclass(frozen=True, slots=True)
class Page:
    """Where people sign: a kind of file, its folder and the leaflet, what the file holds, and how it is judged."""

    book: Book
    file: Path  # relative to the root
    slug: str
    there: Approvals
    signers: Signers
    settings: Settings

    @property
    def at(self) -> Location:
        return Location(self.file.as_posix(), self.there.lines.get(self.slug, 0))

    def data(self, kept: Record) -> bytes:
        """What a key signs."""
        return records.signed_bytes(self.book.kind, self.file.parent.name, self.slug, kept)


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of an approval or a sign-off: the file it stands in (``None`` if it was refused), what it covers,
    findings, and what the file has now."""

    path: Path | None
    subject: Subject
    findings: tuple[Finding, ...]
    record: Record | None = None


def _nothing(key: Key) -> str:
    """Nobody knows what a text was before."""
    return ""


def standing(
    page: Page, now: Callable[[], Subject], today: date, origin: Callable[[Key], str] = _nothing
) -> Standing | None:
    """What stands under a text, with all that has changed since; ``None`` if nobody has signed it. ``now`` gives what
    it is to cover, ``origin`` the earlier text that a changed one was."""
    kept = page.there.records.get(page.slug)
    if found_wrong := faults(page, today):
        return Standing(kept.approval if kept else None, fault=found_wrong[0])
    if kept is None:
        return None
    about = now()
    found = dict[Lapse, None]()
    for each in kept.all:
        found |= dict.fromkeys(seals.lapses(each, about, origin, today))
    found |= dict.fromkeys(_asked_for(page.settings, kept, about))
    first, *others = (replace(each.approval, signed=bool(each.signature)) for each in kept.all)
    return Standing(replace(first, second=others[0] if others else None), tuple(found))


def faults(page: Page, today: date) -> list[Finding]:
    """Why what stands there counts for nothing; no finding if it may count."""
    if fault := page.there.fault(page.slug):
        return [fault]
    kept = page.there.records.get(page.slug)
    return [fault for each in (kept.all if kept else ()) if (fault := _fault_of_key(page, each, today))]


def _asked_for(settings: Settings, kept: Record, about: Subject) -> list[Lapse]:
    """What the settings ask of a signature that this one has not."""
    found = []
    if settings.require_signature and not all(each.signature for each in kept.all):
        found.append(Lapse(Why.NO_KEY))
    if settings.signatures == 2 and about.safety and (kept.second is None or persons.same(kept, kept.second)):
        found.append(Lapse(Why.ONE))
    return found


def _fault_of_key(page: Page, kept: Record, today: date) -> Finding | None:
    """What is wrong with a signature by a key."""
    if not kept.signature:
        return None
    by, on = kept.approval.by, kept.approval.on
    fault = keys.verify(page.data(kept), kept.signature, by, on, today, page.signers)
    if fault is None:
        return None
    what = f"the signature of “{by}” under “{page.slug}” does not count: {fault.what}"
    return Finding(f"{page.book.kind}-signature", Severity.ERROR, what, fault.at or page.at, fault.hint)


def given(
    page: Page, about: Subject, new: Record, key: Path | None, today: date
) -> tuple[Record | None, tuple[Finding, ...]]:
    """A record as it is to be kept, signed with a ``key`` if there is one: beside that of another person that still
    holds, where two are asked for; nothing, and why, if it would not count."""
    check = f"{page.book.kind}-signature"
    if key is None and page.settings.require_signature:
        what = "the settings require signatures with a key (require-signature = true)"
        hint = "add --key ~/.ssh/id_ed25519, or the key that you use"
        return None, (Finding(check, Severity.ERROR, what, page.settings.at("require-signature"), hint),)
    if key is not None:
        made = keys.sign(page.data(new), key.expanduser())
        if isinstance(made, keys.Fault):
            return None, (Finding(check, Severity.ERROR, made.what, page.at, made.hint),)
        new = replace(new, signature=made)
        if fault := _fault_of_key(page, new, today):
            return None, (fault,)
    kept = page.there.records.get(page.slug)
    others = [
        replace(each, second=None)
        for each in (kept.all if kept and page.settings.signatures == 2 and about.safety else ())
        if not persons.same(each, new)
        and not seals.lapses(each, about, today=today)
        and not _fault_of_key(page, each, today)
    ]
    return (replace(others[0], second=new) if others else new), ()


def reread(own: Page, root: Path) -> Page:
    """A page as its file has it now: somebody else may have signed since the project was loaded."""
    return replace(own, there=signatures.read(root / own.file, root, own.book))


def written(
    own: Page, about: Subject, new: Record, key: Path | None, today: date, root: Path, left: Iterable[Finding]
) -> Signed:
    """A record put on its page, beside what others have signed there; refused if it would not count. ``left``: the
    findings that do not keep it from being signed."""
    kept, faults = given(own, about, new, key, today)
    if kept is None:
        return Signed(None, about, faults)
    path = root / own.file
    signatures.write(path, dict(own.there.records) | {own.slug: kept}, root, own.book)
    return Signed(path, about, tuple(left), kept)


def faults_of_name(by: str, locale: Locale, at: Location, book: Book) -> list[Finding]:
    """What is wrong with the name of who signs, as it is printed in a language; ``at`` is the file it goes to."""
    hint = f'write: --by "{book.example}"'
    if fault := signatures.fault_of_name(by):
        what = f"“{by}” does not say who {book.act}: {fault}"
        return [Finding(f"{book.kind}-name", Severity.ERROR, what, at, hint)]
    if boxes := fonts.uncovered(by, locale.fonts):
        what = f"“{by}” would print with empty boxes in {locale.english_name}: {' '.join(boxes)}"
        return [
            Finding("glyph-missing", Severity.ERROR, what, at, "write the name in letters of that language's fonts")
        ]
    return []


def of_name(signed: Approval) -> str:
    """Who has signed, in words: "noted by A. Sample, nurse, 2026-12-01"; both if there are two."""
    both = (signed, signed.second) if signed.second else (signed,)
    return " and ".join(f"{'signed' if each.signed else 'noted'} by {each.by}, {each.on}" for each in both)
