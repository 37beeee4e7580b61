"""One memory of all leaflets and layout words in a language: what is translated anywhere is offered everywhere.

An offer is a draft, marked fuzzy and never printed, with a comment that says where it comes from: ``# plainleaf draft>
...``. A text that differs is shown with its difference, and only offered where ``Guard`` allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from plainleaf.model import State
from plainleaf.translations import diff, notes
from plainleaf.translations.memory import Guard, Memory
from plainleaf.translations.po import Catalog, Entry, Key

BACK = "back-translation:"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was filled in for a text: the text that it was made for, and where that is (a leaflet, "layouts", a list of
    terms)."""

    key: Key
    made_for: str
    origin: str

    @property
    def exact(self) -> bool:
        return self.made_for == self.key[1]


class Library:
    """The translations that people have checked, of all catalogs of a language."""

    def __init__(self, guard: Guard, catalogs: Iterable[tuple[str, Catalog]], terms: Mapping[str, str]) -> None:
        """``catalogs`` by the name of what they translate; ``terms``: the language's list."""
        self._memory = Memory(guard)
        self._placed: dict[Key, tuple[str, Entry]] = {}  # exactly this text, in exactly this place
        self._origins: dict[str, tuple[str, Entry]] = {}
        for name, catalog in catalogs:
            for key, entry in catalog.live.items():
                if entry.state is State.CURRENT and not entry.file and not entry.plural:
                    self._placed.setdefault(key, (name, entry))
                    if not key[0]:  # with a context it means one thing in one place
                        self._origins.setdefault(key[1], (name, entry))
                        self._memory.learn(key[1], entry.string)
        for term, text in terms.items():
            if term not in self._origins:
                self._origins[term] = "the list of terms", Entry(("", term), text)
                self._memory.learn(term, text)

    def filled(self, catalog: Catalog) -> tuple[Catalog, tuple[Draft, ...]]:
        """A catalog with drafts for its texts that nobody has begun to translate."""
        live, drafts = dict(catalog.live), list[Draft]()
        for key, entry in catalog.live.items():
            if entry.string.strip() or entry.plural:
                continue
            if key in self._placed:
                origin, found = self._placed[key]
                text, made_for = found.string, key[1]
            elif not key[0] and (proposal := self._memory.recall(key[1])):
                text, made_for = proposal.translation, proposal.made_for
                origin, found = self._origins[made_for]
            else:
                continue
            draft = Draft(key, made_for, origin)
            live[key] = _drafted(entry, text, found, draft)
            drafts.append(draft)
        return replace(catalog, live=live), tuple(drafts)


def _drafted(entry: Entry, text: str, found: Entry, draft: Draft) -> Entry:
    said = f"from {draft.origin}: "
    said += "the same text" if draft.exact else diff.marked(diff.words(draft.made_for, draft.key[1]))
    back = [each for each in found.comments if each.strip().startswith(BACK)] if draft.exact else []
    comments = [*entry.comments, *(each for each in back if each not in entry.comments), *notes.draft(said)]
    previous = None if draft.exact else found.key
    return replace(entry, string=text, comments=comments, flags=entry.flags | {"fuzzy"}, previous=previous)
