"""The messages of a leaflet as a translator sees them: each with its translation, what changed in its source, what the
memory offers, where it is found on the page."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from plainleaf import files
from plainleaf.files.places import WORDS, po_path
from plainleaf.languages import plurals
from plainleaf.model import Leaflet, Message
from plainleaf.model.tags import language_tag
from plainleaf.preview.reading import Reader
from plainleaf.preview.sights import digest
from plainleaf.project import Project
from plainleaf.translations import layout_words, notes
from plainleaf.translations import po as catalogs
from plainleaf.translations.library import Library
from plainleaf.translations.memory import HEAVY, Guard
from plainleaf.translations.messages import extract
from plainleaf.translations.po import Catalog, Entry, Key


def entries(reader: Reader, leaflet: str, locale: str, words: str = "", **_: Any) -> dict[str, Any]:
    """Every message of a leaflet in its order, with its entry in a language's catalog if there is one; with ``words``,
    those that every leaflet prints, if the root has a catalog of them."""
    there = reader.project(leaflet, locale)
    if words:
        return _words(there, locale)
    source = there.leaflets.get(leaflet)
    if source is None:
        return {"entries": [], "file": "", "own": False, "broken": True}
    own = source.own_locale == locale
    path = po_path(Path(), locale, leaflet).as_posix()
    catalog = None if own else there.catalogs.get((locale, leaflet))
    where = there.locales.get(locale)
    begun = own or catalog is not None or (locale, leaflet) in there.broken
    return {
        "entries": [_entry(message, catalog) for message in extract(source)],
        "file": "" if own else path,
        "own": own,
        "broken": (locale, leaflet) in there.broken,
        "begin": "" if begun else _begin(source, locale),
        "ready": not begun and source.meant_for(locale),
        "words": _has_words(there, locale),
        "source": {"tag": source.language, "direction": "ltr"},
        "language": {"tag": where.tag if where else locale, "direction": where.direction if where else "ltr"},
    }


def _has_words(there: Project, locale: str) -> bool:
    """Whether the root has a catalog of its own of the words that every leaflet prints."""
    return files.there(po_path(there.root, locale, WORDS))


def _words(there: Project, locale: str) -> dict[str, Any]:
    """The messages of the layouts, as ``entries`` has those of a leaflet."""
    path = po_path(there.root, locale, WORDS)
    catalog, _ = catalogs.read(path, there.root) if files.there(path) else (None, ())
    where = there.locales.get(locale)
    return {
        "entries": [_entry(message, catalog) for message in layout_words.messages(there.layout_folders, there.root)],
        "file": po_path(Path(), locale, WORDS).as_posix(),
        "own": False,
        "broken": catalog is None,
        "begin": "",
        "ready": False,
        "words": True,
        "source": {"tag": "en", "direction": "ltr"},
        "language": {"tag": where.tag if where else locale, "direction": where.direction if where else "ltr"},
    }


def _begin(source: Leaflet, locale: str) -> str:
    """What to do where there is no catalog yet."""
    if not source.meant_for(locale):
        tag, file = language_tag(locale), source.at.file
        return f"This leaflet is not meant for this language: add {tag} to “languages” in {file}, then begin it."
    return "Nobody has begun with this translation."


def name(key: Key) -> str:
    """The name of a message in addresses: the same as long as its text is."""
    return f"m-{digest(chr(0).join(key))[:10]}"


def _entry(message: Message, catalog: Catalog | None) -> dict[str, Any]:
    key = message.context, message.text
    entry = catalog.live.get(key) if catalog else None
    return {
        "name": name(key),
        "context": message.context,
        "text": message.text,
        "at": [str(at) for at in message.at],
        "safety": message.safety,
        "notes": list(message.comments),
        "line": entry.line if entry else 0,
        **(about(entry) if entry else _NONE),
        "forms": _forms(catalog, entry) if catalog and entry and entry.plural else [],
        "changes": changes(entry.previous[1], message.text) if entry and entry.fuzzy and entry.previous else [],
    }


_NONE = {"state": "missing", "string": "", "strings": [""], "plural": "", "fuzzy": False, "was": "", "comments": []}


def _forms(catalog: Catalog, entry: Entry) -> list[list[int]]:
    """Examples of the numbers that each plural form of an entry is for, by the rule of the catalog."""
    by_rule = plurals.examples(catalog.headers.get("Plural-Forms", ""))
    return [list(by_rule[each]) if each < len(by_rule) else [] for each in range(max(len(by_rule), len(entry.strings)))]


def about(entry: Entry) -> dict[str, Any]:
    """What an entry of a catalog says, and the digest of all that a translator may change in it."""
    drafts = (each.strip() for each in entry.comments if notes.is_draft(each))
    return {
        "state": entry.state.value,
        "string": entry.string,
        "strings": list(entry.strings),
        "plural": entry.plural,
        "fuzzy": entry.fuzzy,
        "was": mark(entry),
        "comments": [each.strip() for each in notes.others(entry.comments)],
        "draft": " ".join(each.removeprefix(notes.DRAFT).strip() for each in drafts),
    }


def mark(entry: Entry) -> str:
    """A digest of all that a translator may change in an entry: by another one it was changed meanwhile."""
    return digest(repr((entry.strings, sorted(entry.flags), entry.previous, entry.comments)))


_WORD = re.compile(r"\s+|[^\s\w]|\w+")


def changes(before: str, now: str) -> list[list[str]]:
    """What changed in a source, word by word: pairs of "same", "gone" or "come" and a text."""
    old, new = _WORD.findall(before), _WORD.findall(now)
    found: list[list[str]] = []
    for kind, first, last, begin, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(["same", "".join(new[begin:end])])
            continue
        if last > first:
            found.append(["gone", "".join(old[first:last])])
        if end > begin:
            found.append(["come", "".join(new[begin:end])])
    return found


def proposals(reader: Reader, leaflet: str, locale: str, context: str, text: str, **_: Any) -> list[dict[str, str]]:
    """What other leaflets' catalogs of a language offer for a text: drafts to check, as ``update`` fills them in."""
    there = reader.project(leaflet, locale)
    source = there.leaflets.get(leaflet)
    if source is None:
        return []
    known = [(domain, each) for domain, each in _catalogs(reader.root, locale) if domain != leaflet]
    own = there.catalogs.get((locale, leaflet))
    known += [(leaflet, own)] if own else []
    memory = Library(Guard(HEAVY), known, dict(there.lists.get(locale, {})))
    empty = Catalog(live={(context, text): Entry((context, text))})
    filled, drafts = memory.filled(empty)
    entry = filled.live[context, text]
    if not drafts or not entry.string:
        return []
    why = " ".join(each.strip().removeprefix(notes.DRAFT).strip() for each in entry.comments if notes.is_draft(each))
    return [{"string": entry.string, "why": why}]


def _catalogs(root: Path, locale: str) -> Iterator[tuple[str, Catalog]]:
    for path in files.Root(root).listed(root / "locales" / locale / "LC_MESSAGES"):
        if path.suffix == ".po":
            catalog, _ = catalogs.read(path, root)
            if catalog:
                yield path.stem, catalog
