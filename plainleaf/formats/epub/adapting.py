"""What becomes of a page in an e-reader: nothing that belongs to paper or to checks; pictures as files; notes that open
where they are marked; its parts named, so that a list of contents leads to them.

EPUB 3.3, 6.1.2 (``epub:type``); EPUB Structural Semantics Vocabulary 1.1; Digital Publishing WAI-ARIA Module 1.1.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from plainleaf.formats.epub.xhtml import TYPE, Element

PICTURES = "pictures/"
_DATA = re.compile(r"data:(image/(?:svg\+xml|png|jpeg));base64,([A-Za-z0-9+/=]+)")
_ENDINGS = {"image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg"}
_SPOT = re.compile(r"left: [\d.]+%; top: [\d.]+%")  # where a number is drawn over a picture
_DIGITS = 16  # of a digest, in a name
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}
_KEPT = {"data-number"}  # the style sheet draws it

Named = Callable[[str], str]


@dataclass(slots=True)
class Adapted:
    """What was found on the way: rules for the style sheet, pictures that were in the page itself, by their names."""

    rules: str = ""
    drawn: dict[str, bytes] = field(default_factory=dict)


def adapt(root: Element, named: Named) -> Adapted:
    """Change a page's tree. ``named``: the name in the book of a picture, by its path from the root."""
    made = Adapted()
    spots, marks = dict[str, str](), dict[str, str]()
    for element in root.iter():
        _bare(element, spots)
        if element.tag == "img":
            _picture(element, named, made)
        role = element.get("role", "")
        if role == "doc-noteref":
            element.set(TYPE, "noteref")
            marks.setdefault(element.get("href", ""), element.get("aria-label", ""))
        elif role == "doc-backlink":
            element.set(TYPE, "backlink")
        elif role == "doc-footnote":
            _note(element, marks.get(f"#{element.get('id')}", ""))
        elif role == "note" and element.tag == "section":
            element.tag = "div"  # a section with a name is taken for a part of the page, which a box is not
    made.rules = "".join(f".{name} {{ {place} }}\n" for place, name in spots.items())
    return made


def _bare(element: Element, spots: dict[str, str]) -> None:
    """An element without what only paper and checks need; its language as XML says it."""
    for name in [name for name in element.attrib if name.startswith("data-") and name not in _KEPT]:
        del element.attrib[name]
    style = element.attrib.pop("style", "")  # lists count from their “start”
    kept = [name for name in element.get("class", "").split() if name != "nb"]
    if style and _SPOT.fullmatch(style):
        kept.append(spots.setdefault(style, f"spot-{len(spots) + 1}"))
    if kept:
        element.set("class", " ".join(kept))
    else:
        element.attrib.pop("class", None)
    if language := element.get("lang"):
        element.set("xml:lang", language)


def _picture(element: Element, named: Named, made: Adapted) -> None:
    source = element.get("src", "")
    if found := _DATA.fullmatch(source):
        data = b64decode(found[2])
        name = f"{hashlib.sha256(data).hexdigest()[:_DIGITS]}{_ENDINGS[found[1]]}"
        made.drawn[name] = data
    else:
        name = named(unquote(source))
    element.set("src", PICTURES + name)


def _note(element: Element, name: str) -> None:
    """A note that opens where it is marked: readers look for an ``aside``, which holds paragraphs. ``name``: what its
    mark is called, by which those who listen know it again."""
    if name:
        element.set("aria-label", name)
    paragraph = Element("p")
    paragraph.text, element.text = element.text, None
    for child in list(element):
        element.remove(child)
        paragraph.append(child)
    element.append(paragraph)
    element.tag = "aside"
    element.set(TYPE, "footnote")


# --------------------------------------------------------------------------- the list of contents


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, with the same in the page's other language; ``name``: its ``id``; ``languages``: that of each where a
    page has two, else ""."""

    level: int
    name: str
    elements: tuple[Element, ...]
    languages: tuple[str, ...]


def headings(root: Element) -> tuple[Heading, ...]:
    """The headings of a page in order; one without an ``id`` is given one. Twins of two languages are one entry, which
    leads to the first of them."""
    found: list[Heading] = []
    for group in _groups(root):
        element = group[0][0]
        name = element.get("id") or f"s-{len(found) + 1}"
        element.set("id", name)
        elements, languages = zip(*group, strict=True)
        found.append(Heading(_HEADINGS[element.tag], name, elements, languages))
    return tuple(found)


Group = tuple[tuple[Element, str], ...]


def _groups(element: Element, language: str = "") -> Iterator[Group]:
    """Headings below an element, each with its language, in a pair of languages with its twin."""
    if element.tag in _HEADINGS:
        yield ((element, language),)
        return
    if "pair" in element.get("class", "").split():
        sides = [[(each, side.get("lang", "")) for each in side.iter() if each.tag in _HEADINGS] for side in element]
        if len({len(side) for side in sides}) == 1:
            yield from zip(*sides, strict=True)
            return
    for child in element:
        yield from _groups(child, language)


def quoted(element: Element, into: Element) -> Element:
    """An element with the words of another, each in its language, without what is there once: ids and links."""
    into.text = element.text
    for child in element:
        copy = Element("span" if child.tag == "a" else child.tag)
        copy.attrib |= {name: value for name, value in child.attrib.items() if name in ("lang", "xml:lang", "dir")}
        into.append(quoted(child, copy))
        copy.tail = child.tail
    return into
