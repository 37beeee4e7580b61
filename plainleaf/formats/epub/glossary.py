"""Words to know at their word: where a text says one first, a link opens what it means, and leads back.

Readers show an ``aside`` that such a link names as a note over the text, and many leave it out of the text then: so
only the meaning is one, in its place in the list, and the style sheet keeps it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from plainleaf.formats.epub.xhtml import TYPE, Element, words
from plainleaf.languages import letters

_ARROW = "\u21a9\ufe0e"
_PLAIN = {"p", "li", "td", "dd", "strong", "em", "div", "span"}  # whose own words may become links
_CLOSED = {"a", "dl", "h1", "h2", "h3", "h4", "nav", "head", "aside", "figcaption", "th", "caption", "bdi"}
_APART = {"notices", "label", "question", "lead", "source-title", "address", "studies", "fact", "references", "signer",
          "languages", "scan"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Language:
    """How words are told apart in a language, by spaces or not; what the way back is called, and in which language."""

    spaced: bool
    back: str
    back_in: str


@dataclass(frozen=True, slots=True)
class _Entry:
    term: str
    number: int
    name: Element  # what holds the word
    meaning: Element  # dd


def link(root: Element, main: str, languages: Mapping[str, Language]) -> None:
    """Link each word of a page's lists of words to its meaning, where the text in its language says it first; ``main``:
    the page's own language, by its tag."""
    entries = dict[str, list[_Entry]]()
    for language, item in _lists(root, main):
        entries.setdefault(language, []).extend(_entries(item, sum(map(len, entries.values()))))
    for tag, some in entries.items():
        if how := languages.get(tag):
            waiting = some
            for element in _texts(root, main, tag):
                waiting = _linked(element, waiting, how)


def _lists(element: Element, language: str) -> Iterator[tuple[str, Element]]:
    """The lists of words, each with its language."""
    language = element.get("lang", language)
    if element.tag == "dl" and element.get("class") == "words":
        yield language, element
    for child in element:
        yield from _lists(child, language)


def _entries(item: Element, before: int) -> Iterator[_Entry]:
    heads = list(item)
    for dt, dd in pairwise(heads):
        if dt.tag == "dt" and dd.tag == "dd":
            before += 1
            name = next((each for each in dt.iter("span") if each.get("class") == "term"), None)
            if name is not None and (term := words(name)):
                yield _Entry(term, before, name, dd)


def _texts(element: Element, language: str, wanted: str) -> Iterator[Element]:
    """The elements in a language whose own words may become links, in order."""
    language = element.get("lang", language)
    if element.tag in _CLOSED or not _APART.isdisjoint(element.get("class", "").split()):
        return
    if element.tag in _PLAIN and language == wanted:
        yield element
    for child in list(element):
        yield from _texts(child, language, wanted)


def _linked(element: Element, waiting: Sequence[_Entry], how: Language) -> list[_Entry]:
    """Link the words in an element's own text, before its children and behind each; those left to look for."""
    left = list(waiting)
    if not any(entry.term.casefold() in own.casefold() for own in _own(element) for entry in left):
        return left
    parts = [element.text or "", *(part for child in element for part in (child, child.tail or ""))]
    element[:], element.text = [], ""
    for part in parts:
        if not isinstance(part, str):
            element.append(part)
            part.tail = ""
            continue
        while found := _earliest(part, left, how.spaced):
            at, entry = found
            end = at + len(entry.term)
            _say(element, part[:at])
            element.append(_anchor(entry, part[at:end]))
            _open(entry, how)
            left.remove(entry)
            part = part[end:]
        _say(element, part)
    return left


def _own(element: Element) -> Iterator[str]:
    yield element.text or ""
    yield from (child.tail or "" for child in element)


def _say(element: Element, text: str) -> None:
    """Put a text at the end of an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _earliest(text: str, entries: Sequence[_Entry], spaced: bool) -> tuple[int, _Entry] | None:
    """The word that a text says first, the longest of those that begin there."""
    places = ((at, entry) for entry in entries if (at := _said_at(text, entry.term, spaced)) is not None)
    return min(places, key=lambda place: (place[0], -len(place[1].term)), default=None)


def _said_at(text: str, term: str, spaced: bool) -> int | None:
    """Where a text says a word as one of its own."""
    if term.casefold() not in text.casefold():
        return None
    before, behind = letters.edges(spaced)
    found = re.search(f"{before}{re.escape(term)}{behind}", text, re.IGNORECASE)
    return found.start() if found else None


def _anchor(entry: _Entry, said: str) -> Element:
    anchor = Element("a", {TYPE: "noteref", "role": "doc-noteref", "class": "word", "id": f"t-{entry.number}"})
    anchor.set("href", f"#w-{entry.number}")
    anchor.text = said
    return anchor


def _open(entry: _Entry, how: Language) -> None:
    """A meaning as a note that its word opens, and names to those who listen."""
    dd, name = entry.meaning, entry.name.get("id") or f"d-{entry.number}"
    entry.name.set("id", name)
    note = Element("aside", {TYPE: "footnote", "role": "doc-footnote", "id": f"w-{entry.number}"})
    note.set("aria-labelledby", name)
    note.text, dd.text = dd.text, None
    for child in list(dd):
        dd.remove(child)
        note.append(child)
    back = Element("a", {TYPE: "backlink", "role": "doc-backlink", "class": "back", "href": f"#t-{entry.number}"})
    back.set("aria-label", how.back)
    back.set("lang", how.back_in)
    back.set("xml:lang", how.back_in)
    back.text = _ARROW
    if len(note):
        note[-1].tail = f"{note[-1].tail or ''} "
    else:
        note.text = f"{note.text or ''} "
    note.append(back)
    dd.append(note)
