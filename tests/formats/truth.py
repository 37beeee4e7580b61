"""What a finished file says, as a reader of its format gets it, beside what its edition says.

A reader knows nothing of how our files are made, and puts nothing right that a file has wrong. Each format has one in
``READERS``; what another package's format makes is its own to judge.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import dirname, join
from typing import Any
from zipfile import ZipFile

import lxml.etree
import lxml.html
import pikepdf

from plainleaf.clinics.details import without_breaks
from plainleaf.layouts.reading_order import GROUP_HEAD, HEAD, ROW_HEAD, Said
from plainleaf.model import foreign, without_foreign
from plainleaf.model.tags import locale_name
from plainleaf.typesetting import locales, pseudo
from tests import tagtree


@dataclass(frozen=True, slots=True)
class Heard:
    """Some words of a file: their language (BCP 47), the direction of the text that they are in ("" where a format
    carries none), the names of what they are in."""

    text: str
    language: str
    direction: str
    inside: frozenset[str]


Files = Mapping[str, bytes]  # of an artifact: those of a folder by name, or one by its suffix
Reader = Callable[[Files], Iterator[Heard]]

# --------------------------------------------------------------------------- readers

_UNSAID = {"head", "script", "style", "nav", "template"}
_INLINE = {"bdi", "span", "a", "strong", "em"}


def epub(files: Files) -> Iterator[Heard]:
    """The documents of a book in the order of its spine, but those that nobody has to turn to."""
    with ZipFile(io.BytesIO(files[".epub"])) as book:
        container = lxml.etree.fromstring(book.read("META-INF/container.xml"))
        place = container.find(".//{*}rootfile").get("full-path")
        package = lxml.etree.fromstring(book.read(place))
        names = {item.get("id"): item.get("href") for item in package.iterfind(".//{*}item")}
        for entry in package.xpath("//*[local-name() = 'itemref'][not(@linear = 'no')]"):
            yield from _page(lxml.etree.fromstring(book.read(join(dirname(place), names[entry.get("idref")]))))


def html(files: Files) -> Iterator[Heard]:
    """The page that people open."""
    name = next(name for name in files if name.endswith(".html"))
    yield from _page(lxml.html.document_fromstring(files[name].decode()))


def _page(
    element: Any, language: str = "", direction: str = "", inside: frozenset[str] = frozenset()
) -> Iterator[Heard]:
    """The words of an element, with those that stand for its pictures."""
    if not isinstance(element.tag, str) or (name := lxml.etree.QName(element).localname) in _UNSAID:
        return
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return
    language = element.get("lang", language)
    if name not in _INLINE or "untranslated" in element.get("class", ""):
        direction = element.get("dir", direction)
    inside |= {name, *element.get("role", "").split(), *element.get("class", "").split()}
    if name == "img" and "box" not in inside:  # no picture, but a field
        yield Heard(element.get("alt", ""), language, direction, inside)
    if element.text:
        yield Heard(element.text, language, direction, inside)
    for child in element:
        yield from _page(child, language, direction, inside)
        if child.tail:
            yield Heard(child.tail, language, direction, inside)


def pdf(files: Files) -> Iterator[Heard]:
    """The tag tree of a PDF, without its list of contents."""
    with pikepdf.open(io.BytesIO(files[".pdf"])) as document:
        yield from _tag(tagtree.read(document), "", frozenset())


def _tag(tag: tagtree.Tag, language: str, inside: frozenset[str]) -> Iterator[Heard]:
    language = next((note[5:] for note in tag.notes if note.startswith("lang=")), language)
    inside |= {tag.name}
    if tag.name == "TOC":
        return
    if tag.name == "Figure":
        yield Heard(tag.alt, language, "", inside)
    for kid in tag.kids:
        if isinstance(kid, tagtree.Tag):
            yield from _tag(kid, language, inside)
        else:
            yield Heard(kid.text, language, "", inside)


READERS: dict[str, Reader] = {"epub": epub, "html": html, "pdf": pdf}

# What a text may be in, by its role; a record of a table that is too wide is a list of paragraphs.
_HEADINGS = {f"{letter}{level}" for letter in "hH" for level in range(1, 7)}
ROLES: dict[str, set[str]] = {
    "title": {"h1", "H1"},
    "heading": _HEADINGS,
    "item": {"li", "LI", "signer", "P"},  # who signs is no point of a list
    "cell": {"td", "TD", "listitem", "LI"},
    HEAD: {"th", "TH", "listitem", "LI"},
    ROW_HEAD: {"th", "TH", "term", "LI"},
    GROUP_HEAD: {"th", "TH", "term", "LI"},
    "alt": {"img", "Figure"},
    "caption": {"caption", "figcaption", "Caption"},
    "note": {"doc-footnote", "FENote", "Note"},
    "question": {"term", "LI"},
    "answer": {"definition", "LI"},
    "term": {"dt", "LI"},
    "means": {"dd", "LI"},
}

# --------------------------------------------------------------------------- comparing


def letters(text: str) -> str:
    """Without white space: where lines break is not the text's."""
    return "".join(text.split())


def differences(said: Iterable[Said], heard: Iterable[Heard], names: Iterable[str] = (), marks: str = "") -> list[str]:
    """What a file does not say, or in the wrong place, language, direction or role, each with its line in the source.

    ``names``: of the clinic's, which are in its own language in any text; ``marks``: signs that nobody sees and that
    the format has no place for.
    """
    names = [letters(name) for name in names]
    places = [(letter, each) for each in heard for letter in letters(each.text) if letter not in marks]
    told = "".join(letter for letter, _ in places)
    place, wrong = 0, list[str]()
    for each in said:
        wanted = "".join(letter for letter in letters(without_breaks(each.text)) if letter not in marks)
        at = told.find(wanted, place)
        if at < 0:
            wrong.append(f"{each.at}: “{each.text[:50]}” is {'misplaced' if wanted in told else 'missing'}")
            continue
        place = at + len(wanted)
        wrong += [f"{each.at}: “{each.text[:50]}” {fault}" for fault in _amiss(each, places[at:place], names)]
    return wrong


def _amiss(said: Said, there: Sequence[tuple[str, Heard]], names: Iterable[str]) -> Iterator[str]:
    """What is wrong with how the letters of a text are marked."""
    named = {said.language, *(each.lang for each in foreign(said.block.inlines))}
    language = locale_name(said.language)
    where = pseudo.locale(language) if language in pseudo.NAMES else locales.locale(language)
    latin = where.script != "Latn"  # names in a text of another script
    text = "".join(letter for letter, _ in there)
    own = {place for name in names for found in re.finditer(re.escape(name), text) for place in range(*found.span())}
    for place, (letter, each) in enumerate(there):
        if letter.isalpha() and each.language not in named and not (latin and _is_latin(letter)) and place not in own:
            yield f"is in {each.language}, not {said.language}"
            break
    directions = {each.direction for _, each in there} - {""}
    passage = without_foreign(said.block.inlines) == () and foreign(said.block.inlines)
    meant = {locales.locale(locale_name(each.lang)).direction for each in passage} if passage else {said.direction}
    if directions and meant != directions:
        yield f"runs {directions}, not {meant}"
    roles = ROLES.get(said.role)
    if roles and any(roles.isdisjoint(each.inside) for _, each in there):
        yield f"is no {said.role}: {sorted(there[0][1].inside)}"


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or "\u1e00" <= letter < "\u1f00"
