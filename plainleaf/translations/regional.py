"""A language as one country writes it (``en_GB``, ``es_MX``): its catalogs hold what differs, the rest is its parent's.

The parent is the language that CLDR has above it: another folder in ``locales/``, or the source's own language.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from plainleaf.languages import facts
from plainleaf.languages.cldr import parents
from plainleaf.model import Message, State
from plainleaf.translations.po import Catalog, Entry


def parent(name: str, there: Collection[str]) -> str:
    """The nearest language above ``name`` of those ``there``, "" for none: it differs from that in some entries."""
    if not country(name) or name in facts.pseudo():  # made-up languages are called as if of a country: en_XA
        return ""
    return next((above for above in parents(name) if above in there), "")


def country(name: str) -> str:
    """The country of a locale's name ("GB" of en_GB), "" for none."""
    last = name.rpartition("_")[2]
    return last if len(last) == 2 and last.isupper() else ""


def as_written(messages: Sequence[Message]) -> Catalog:
    """The source's own language as a catalog: each message says itself."""
    live = {(each.context, each.text): Entry((each.context, each.text), each.text) for each in messages}
    at = {(each.context, each.text): each.at[0] for each in messages if each.at}
    for key, entry in live.items():
        entry.file, entry.line = (at[key].file, at[key].line) if key in at else ("", 0)
    return Catalog(live=live)


def completed(own: Catalog, above: Catalog) -> Catalog:
    """A catalog with the entries of its parent where it has none of its own.

    An entry of its own that is fuzzy stays: it says that something differs, and nobody knows yet what.
    """
    live = {key: replace(entry, file=entry.file or above.file) for key, entry in above.live.items()}
    live |= {key: entry for key, entry in own.live.items() if entry.state is not State.UNTRANSLATED or key not in live}
    return replace(own, live=live)


def own_entries(catalog: Catalog | None) -> Mapping[tuple[str, str], Entry]:
    """What a catalog says itself, without what it has from its parent."""
    return {key: entry for key, entry in catalog.live.items() if not entry.file} if catalog else {}


def shortened(catalog: Catalog, wanted: Collection[tuple[str, str]], own: Collection[tuple[str, str]] = ()) -> Catalog:
    """A catalog of today's messages with only those that it translates or comments; ``wanted`` are the keys of these
    messages, ``own`` those of what it has said before they came into it.

    A proposal made now for a message that is there still is none: the parent's words hold for the new one. What
    somebody has written is kept, be it fuzzy.
    """
    return replace(
        catalog,
        live={
            key: entry
            for key, entry in catalog.live.items()
            if key in own or (entry.begun and not (entry.fuzzy and entry.previous in wanted and entry.previous != key))
        },
    )


def said(catalog: Catalog | None) -> frozenset[tuple[str, str]]:
    """The keys of a catalog's entries with words of a translator's: a translation, or a comment."""
    there = catalog.live.items() if catalog else ()
    return frozenset(key for key, entry in there if entry.begun or entry.comments)
