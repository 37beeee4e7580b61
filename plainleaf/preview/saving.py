"""A translation saved from the preview: the one entry changes, as ``update`` would write it, and no other byte.

What somebody else has saved meanwhile is never written over: who saves says what they have seen, and gets what is
there now if that is another text.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from plainleaf import files
from plainleaf.files.places import WORDS, po_path
from plainleaf.model import Finding
from plainleaf.preview.entries import mark
from plainleaf.project import read_leaflet
from plainleaf.translations import notes, whole
from plainleaf.translations import po as catalogs
from plainleaf.translations.po import Catalog, Entry, Key

Change = Callable[[Entry], Entry]

_TRIES = 5  # where another program saves the file at the same time


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of it: the entry as it is ``now``, as it was ``before``; in a ``conflict`` nothing was written, and
    ``now`` is what somebody else has saved. ``findings``: why the file could not be read or written."""

    now: Entry | None = None
    before: Entry | None = None
    conflict: bool = False
    findings: tuple[Finding, ...] = ()


def save(
    root: Path, locale: str, slug: str, key: Key, was: str, string: str, fuzzy: bool, forms: tuple[str, ...] = ()
) -> Saved:
    """Write a translation into its catalog, if the entry is still as it ``was`` (``entries.mark``). ``forms``: those of
    an entry with plural forms, after the first."""
    return _saved(root, locale, slug, key, was, lambda entry: _translated(entry, string, forms, fuzzy))


def restore(root: Path, locale: str, slug: str, was: str, before: Entry) -> Saved:
    """Undo: the entry as it was ``before``, if it is still as it was left (``was``)."""

    def same(entry: Entry) -> Entry:
        flags, comments = before.flags, before.comments
        made = replace(entry, string=before.string, forms=before.forms, flags=flags, comments=comments)
        return replace(made, previous=before.previous, previous_plural=before.previous_plural)

    return _saved(root, locale, slug, before.key, was, same)


def _translated(entry: Entry, string: str, forms: tuple[str, ...], fuzzy: bool) -> Entry:
    """The entry with a text that a person has written, as ``merge`` keeps such a one."""
    entry = replace(entry, string=string, forms=forms if entry.plural else ())
    if fuzzy and entry.begun:
        return replace(entry, flags=entry.flags | {"fuzzy"})
    comments = [each for each in entry.comments if not notes.is_draft(each)]
    return replace(entry, flags=entry.flags - {"fuzzy"}, previous=None, previous_plural="", comments=comments)


def _saved(root: Path, locale: str, slug: str, key: Key, was: str, change: Change) -> Saved:
    path = po_path(root, locale, slug)
    for left in reversed(range(_TRIES)):
        data, found = catalogs.content(path, root)
        if data is None:
            return Saved(findings=found)
        catalog, found = catalogs.parse(data, path.relative_to(root).as_posix())
        if catalog is None:
            return Saved(findings=found)
        if cut := _cut(root, locale, slug, catalog, len(data)):
            return Saved(findings=(cut,))
        entry = catalog.live.get(key)
        if entry is None or mark(entry) != was:
            return Saved(entry, conflict=True)
        made = change(entry)
        try:
            files.Root(root).save(path, with_entry(data, catalog, made), was=data)
        except files.ChangedError:
            if not left:
                raise
        else:
            return Saved(made, entry)
    raise AssertionError("the last try ends in one way or the other")


def _cut(root: Path, locale: str, slug: str, catalog: Catalog, size: int) -> Finding | None:
    """What is wrong with a catalog that lacks what git has of it: it is saved only once that is back."""
    committed = whole.sizes(root, catalog.file).get(catalog.file, 0)
    if size >= committed:
        return None
    leaflet = None if slug == WORDS else read_leaflet(root, root / "sources" / f"{slug}.md")[0]
    names = [path.name for path in files.Root(root).listed(root / "locales")]
    return whole.fault(root, locale, leaflet, names, catalog, (size, committed)) if leaflet or slug == WORDS else None


def with_entry(data: bytes, catalog: Catalog, made: Entry) -> bytes:
    """A catalog's bytes with one entry changed, and nothing else: also where another program wraps lines, or ends them,
    in its own way. ``catalog``: what the bytes say."""
    live = {**catalog.live, made.key: made}
    wanted = replace(catalog, live=live)
    for spliced in _spliced(data, catalog, made):
        again, _ = catalogs.parse(spliced, catalog.file)
        if again and _says(again) == _says(wanted):
            return spliced
    return catalogs.write(wanted).encode()


def _says(catalog: Catalog) -> object:
    """All that a catalog says, without the lines that it is in."""
    every = ([replace(each, line=0) for each in which.values()] for which in (catalog.live, catalog.gone))
    return (catalog.header, catalog.comments, catalog.fuzzy, *every)


def _spliced(data: bytes, catalog: Catalog, made: Entry) -> Iterator[bytes]:
    """The bytes with the lines of an entry replaced; between empty lines, as every program sets entries apart."""
    mark_of_order = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    text = data.removeprefix(mark_of_order).decode("utf-8")
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)
    here = catalog.live[made.key].line - 1
    if not 0 <= here < len(lines):
        return
    first = last = here
    while first > 0 and lines[first - 1].strip():
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip():
        last += 1
    ending = re.search(r"[\r\n]*$", lines[here])
    end = ending[0] if ending and ending[0] else "\n"
    block = catalogs.write(Catalog(live={made.key: made})).removesuffix("\n").replace("\n", end)
    own = re.search(r"[\r\n]*$", lines[last])
    whole = "".join(lines[:first]) + block + (own[0] if own else "") + "".join(lines[last + 1 :])
    yield mark_of_order + whole.encode()
