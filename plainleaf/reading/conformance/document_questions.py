"""Questions about the document and its pages: decoration, the order of reading, languages, what moves or sounds, links,
fonts (checkpoints 01 to 12 and 22 to 31)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from pypdf.generic import DictionaryObject

from plainleaf.model.phrases import counted
from plainleaf.reading.conformance import objects
from plainleaf.reading.conformance.asking import Ask, Item, Question, about, item_of, once
from plainleaf.reading.conformance.document import Document
from plainleaf.reading.conformance.file_rules import titles
from plainleaf.reading.conformance.objects import get, name, raw, text, true
from plainleaf.reading.conformance.structure import STANDARD, STANDARD_2, Element

# --------------------------------------------------------------------------- 01 and 02


def _artifacts(document: Document) -> dict[str, list[int]]:
    """The texts that are artifacts, each with its pages."""
    found: dict[str, list[int]] = {}
    for page, sequence in document.sequences:
        if sequence.artifact and (said := " ".join(sequence.text.split())):
            pages = found.setdefault(said, [])
            pages += [page] if page not in pages else []
    return found


def _hidden_text(document: Document) -> Iterator[Question]:
    if artifacts := _artifacts(document):
        words = "Can a reader do without these texts, which are on the page and are not read out?"
        yield about(0, words, (Item(0, said, "", _pages(pages)) for said, pages in artifacts.items()))


def _pages(pages: list[int]) -> str:
    if len(pages) == 1:
        return f"page {pages[0]}"
    return f"on {len(pages)} pages" if len(pages) > 4 else f"pages {', '.join(map(str, pages))}"


def _drawn_beside(document: Document) -> Iterator[Question]:
    """Pages where something other than text is drawn as an artifact."""
    drawn = (each for each in document.content.drawn if each.font is None and each.mark)
    pages = Counter(each.page for each in drawn if any(mark.artifact for mark in each.mark.outward()))  # type: ignore[union-attr]
    if pages:
        words = "Do the lines, areas and pictures that are not tagged only decorate the page?"
        yield about(0, words, (Item(page, f"{times} drawn", "", "") for page, times in sorted(pages.items())))


def _needed(document: Document) -> Iterator[Question]:
    yield from _hidden_text(document)
    yield from _drawn_beside(document)


def _kinds(document: Document) -> Iterator[Question]:
    counts = Counter(each.role for each in document.structure.elements)
    if counts:
        said = ", ".join(f"{role} {times}" for role, times in sorted(counts.items()))
        yield about(0, "Does each part have the tag that says what it is?", [Item(0, said)])


def _own_roles(document: Document) -> Iterator[Question]:
    first = {each.role: each for each in document.structure.elements if each.role not in STANDARD and each.type}
    for role, element in first.items():
        if element.namespace and role in STANDARD_2:
            continue
        yield about(
            document.structure.page(element), f"Is “{role}” a {element.type} in meaning?", [item_of(document, element)]
        )


# --------------------------------------------------------------------------- 03, 05, 22, 29: what moves, sounds, runs


def _actions(document: Document) -> Iterator[DictionaryObject]:
    return (
        each for each in document.dictionaries if name(raw(each, "/S")) in _ACTING.split() and raw(each, "/K") is None
    )


_ACTING = """GoToR GoToE Launch Thread Sound Movie Hide Named SubmitForm ResetForm ImportData JavaScript SetOCGState
    Rendition Trans GoTo3DView"""


def _scripts(document: Document) -> list[str]:
    held = (raw(each, "/JS") for each in document.dictionaries if raw(each, "/JS") is not None)
    return [text(each) or (objects.stream(each) or b"").decode("latin-1") for each in held]


def _with_actions(document: Document) -> bool:
    return any(name(raw(each, "/S")) != "JavaScript" for each in _actions(document))


def _with_media(*kinds: str) -> Callable[[Document], bool]:
    return lambda document: any(each.kind in kinds for each in document.annotations)


_FILMS = ("Screen", "Movie", "3D", "RichMedia")


def _with_beep(document: Document) -> bool:
    return any("beep" in script for script in _scripts(document))


# --------------------------------------------------------------------------- 04 to 13


def _named(document: Document) -> Iterator[Question]:
    for said, language in titles(document)[:1]:
        own = "" if language == "x-default" else language
        yield about(0, "Does this title say which document it is?", [Item(0, said, own or document.language)])


def _recognised(document: Document) -> bool:
    """Whether pages have text that is not seen, as scans have."""
    return any(not each.seen for _, each in document.content.texts)


def _order(document: Document) -> Iterator[Question]:
    """The beginnings of what is read on each page, in that order."""
    blocks: dict[int, list[Item]] = {}
    for element in document.structure.of(*_BLOCKS):
        if any(each.type in _BLOCKS for each in document.structure.above(element)):
            continue
        page = document.structure.page(element)
        said = document.text(element, 60) or (f"[{element.alt}]" if element.alt else "")
        if page and said:
            blocks.setdefault(page, []).append(item_of(document, element, element.role, said))
    for page, items in sorted(blocks.items()):
        yield about(page, "Is this page read in the right order?", items)


_BLOCKS = ("P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "Table", "Figure", "Formula", "TOC", "BlockQuote", "Note")
_LINES = ("P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Span", "Caption", "Lbl")
_LARGE = ("Table", "L", "TOC", "Sect", "Part", "Art", "H1", "H2", "H3", "H4", "H5", "H6", "P", "Div")


def _nested(document: Document) -> Iterator[Question]:
    if not document.tagged:
        return
    odd = Counter[tuple[str, str]]()
    first: dict[tuple[str, str], Element] = {}
    for element in document.structure.of(*_LARGE):
        parent = document.structure.parent(element)
        if parent and parent.type in _LINES and (parent.type, element.type) != ("Caption", "P"):
            odd[parent.role, element.role] += 1
            first.setdefault((parent.role, element.role), element)
    items = [
        Item(document.structure.page(first[pair]), f"{pair[1]} in {pair[0]} ({counted(times, 'time')})")
        for pair, times in sorted(odd.items())
    ]
    words = (
        "Does it make sense that these tags lie in each other?" if items else "Do the tags that hold others make sense?"
    )
    yield about(items[0].page if items else 0, words, items)


_ENOUGH = 30  # letters, to tell a language by


def _languages(document: Document) -> Iterator[Question]:
    """A question for each language, with some words in it."""
    samples: dict[str, Item] = {}
    for element in document.structure.elements:
        language = element.language or document.language
        known = samples.get(language)
        if not language or (known and len(known.text) >= _ENOUGH):
            continue
        said = document.own_text(element)
        if said and (known is None or len(said) > len(known.text)):
            samples[language] = Item(document.structure.page(element), said, language)
    for language, item in samples.items():
        yield Question(item.page, f"Is this in the language “{language}”, as is all that is said to be?", (item,))
    own = [each for each in document.structure.elements if each.own_language and each.type in ("Span", "Link", "Quote")]
    if own:
        items = [item_of(document, each, each.own_language) for each in own if document.text(each)]
        yield about(0, "Is each of these in the language that it is said to be in?", items)


_PARTS = re.compile("[⌠⌡⎛-⎱⎲⎳]")  # of large brackets and signs, drawn one above the other


def _in_parts(document: Document) -> bool:
    letters = (font.to_unicode.letters.values() for font in document.fonts if font.to_unicode)
    return any(_PARTS.search(letter) for each in letters for letter in each)


# --------------------------------------------------------------------------- 28 and 31


def _annotation_order(document: Document) -> Iterator[Question]:
    every = [each for each in document.annotations if each.drawn]
    if every:
        tags = document.tagged_objects
        order = sorted(every, key=lambda each: tags[each.key].number if each.key in tags else 0)
        items = [Item(each.page, text(raw(each.held, "/Contents")) or each.kind, "", each.kind) for each in order]
        yield about(0, "Does each link or field come where it belongs, in this order?", items)


_FORMATTING = (
    "Line",
    "Square",
    "Circle",
    "Polygon",
    "PolyLine",
    "Highlight",
    "Underline",
    "Squiggly",
    "StrikeOut",
    "Ink",
)


def _maps(document: Document) -> bool:
    return any(true(raw(each, "/IsMap")) for each in document.dictionaries)


def _licences(document: Document) -> Iterator[Question]:
    fonts = sorted({font.name for font in document.fonts if font.embedded})
    if fonts:
        yield about(0, "May each of these fonts be embedded for everybody who reads the file?", map(_font, fonts))


def _font(named: str) -> Item:
    return Item(0, named)


def _with_threads(document: Document) -> bool:
    return bool(objects.array(raw(document.catalog, "/Threads")))


def _links(document: Document) -> Iterator[Question]:
    every = [each for each in document.annotations if each.kind == "Link" and each.drawn]
    items = [
        Item(each.page, text(raw(each.held, "/Contents")), "", text(get(each.held, "/A", "/URI")) or "in this file")
        for each in every
    ]
    if items:
        yield about(0, "Does each link say where it leads?", items)


ASKED: Mapping[str, Ask] = {
    "01-001": once("Is everything that is read out more than decoration?"),
    "01-002": _needed,
    "01-006": _kinds,
    "02-002": _own_roles,
    "03-001": once("Is it sure that no action makes the page flicker?", when=_with_actions),
    "03-002": once("Is it sure that no film or animation flickers?", when=_with_media(*_FILMS)),
    "03-003": once("Is it sure that no script makes the page flicker?", when=lambda document: bool(_scripts(document))),
    "04-001": once("Is what colour, contrast, form or place say also said by the tags or in words?"),
    "05-001": once("Can what is heard in each film be had in another way?", when=_with_media(*_FILMS)),
    "05-002": once("Can what is heard in each recording be had in another way?", when=_with_media("Sound", "Screen")),
    "05-003": once("Where a script beeps, does it give notice in another way too?", when=_with_beep),
    "06-004": _named,
    "08-001": once("Has the text that was recognised no grave errors?", when=_recognised),
    "08-002": once("Is all text that was recognised tagged?", when=_recognised),
    "09-001": _order,
    "09-002": _nested,
    "09-003": once("Does each tag fit what it holds, once the file's own ones are mapped?"),
    "11-007": _languages,
    "12-001": once("Does each character that is drawn in parts read as one?", when=_in_parts),
    "22-001": once("Do the threads of articles run in the order of reading?", when=_with_threads),
    "24-001": once("Does each field to fill in on paper say that it is one (PrintField)?"),
    "28-001": _annotation_order,
    "28-003": once("Is what annotations only format tagged as what it means?", when=_with_media(*_FORMATTING)),
    "28-012": _links,
    "28-013": once("Can what depends on the spot that is clicked be had in another way?", when=_maps),
    "29-001": once(
        "Does no script ask for keys to be pressed at a certain pace?", when=lambda document: bool(_scripts(document))
    ),
    "31-010": _licences,
}
