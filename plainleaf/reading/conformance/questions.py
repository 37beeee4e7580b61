"""What only a person can tell: the conditions as questions about what is on the page, each with what it is about.

Where a file has nothing that a condition could be about (no film, no script), nothing is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pypdf.generic import DictionaryObject

from plainleaf.model.phrases import counted
from plainleaf.reading.conformance import objects, tag_rules
from plainleaf.reading.conformance.document import Document
from plainleaf.reading.conformance.file_rules import titles
from plainleaf.reading.conformance.objects import get, name, raw, text, true
from plainleaf.reading.conformance.structure import STANDARD, STANDARD_2, Element

MOST_ITEMS = 40  # that a question names
MOST_ALIKE = 60  # questions about things of one kind, such as pictures


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a question is about: its words, in which language ("" if none is known); ``note``: what the tags
    say of it."""

    page: int
    text: str
    language: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question to answer with yes where the condition is met. ``page`` from 1, 0 for the whole document; ``items``:
    what it is about, ``more`` are not named."""

    page: int
    text: str
    items: tuple[Item, ...] = ()
    more: int = 0


Ask = Callable[[Document], Iterable[Question]]


def _about(page: int, words: str, items: Iterable[Item]) -> Question:
    every = tuple(items)
    return Question(page, words, every[:MOST_ITEMS], max(0, len(every) - MOST_ITEMS))


def _item(document: Document, element: Element, note: str = "", said: str | None = None) -> Item:
    inner = element
    while len(inner.kids) == 1 and isinstance(kid := inner.kids[0], int):  # a span around all of it may have its own
        inner = document.structure.elements[kid]
    language = inner.language or document.language
    return Item(document.structure.page(element), document.text(element) if said is None else said, language, note)


def _for_each(*types: str, ask: Callable[[Document, Element], Question | None]) -> Ask:
    """A question for each tag of some types."""

    def asked(document: Document) -> Iterator[Question]:
        found = (ask(document, element) for element in document.structure.of(*types))
        every = [question for question in found if question]
        yield from every[:MOST_ALIKE]
        if len(every) > MOST_ALIKE:
            yield Question(0, f"Is the same true of the {len(every) - MOST_ALIKE} others of this kind?")

    return asked


def _once(words: str, *, when: Callable[[Document], bool] = lambda document: document.tagged) -> Ask:
    return lambda document: [Question(0, words)] if when(document) else []


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
        yield _about(0, words, (Item(0, said, "", _pages(pages)) for said, pages in artifacts.items()))


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
        yield _about(0, words, (Item(page, f"{times} drawn", "", "") for page, times in sorted(pages.items())))


def _needed(document: Document) -> Iterator[Question]:
    yield from _hidden_text(document)
    yield from _drawn_beside(document)


def _kinds(document: Document) -> Iterator[Question]:
    counts = Counter(each.role for each in document.structure.elements)
    if counts:
        said = ", ".join(f"{role} {times}" for role, times in sorted(counts.items()))
        yield _about(0, "Does each part have the tag that says what it is?", [Item(0, said)])


def _own_roles(document: Document) -> Iterator[Question]:
    first = {each.role: each for each in document.structure.elements if each.role not in STANDARD and each.type}
    for role, element in first.items():
        if element.namespace and role in STANDARD_2:
            continue
        yield _about(
            document.structure.page(element), f"Is “{role}” a {element.type} in meaning?", [_item(document, element)]
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
        yield _about(0, "Does this title say which document it is?", [Item(0, said, own or document.language)])


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
            blocks.setdefault(page, []).append(_item(document, element, element.role, said))
    for page, items in sorted(blocks.items()):
        yield _about(page, "Is this page read in the right order?", items)


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
    yield _about(items[0].page if items else 0, words, items)


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
        items = [_item(document, each, each.own_language) for each in own if document.text(each)]
        yield _about(0, "Is each of these in the language that it is said to be in?", items)


_PARTS = re.compile("[⌠⌡⎛-⎱⎲⎳]")  # of large brackets and signs, drawn one above the other


def _in_parts(document: Document) -> bool:
    letters = (font.to_unicode.letters.values() for font in document.fonts if font.to_unicode)
    return any(_PARTS.search(letter) for each in letters for letter in each)


def _figures(document: Document) -> list[Element]:
    return list(document.structure.of("Figure"))


def _with_figures(document: Document) -> bool:
    return bool(_figures(document))


def _picture(document: Document, element: Element) -> Question | None:
    said = (element.alt or "").strip()
    if not said:
        return None
    item = _item(document, element, "", said)
    return Question(item.page, "Is this picture's text what a reader needs to know from it?", (item,))


def _formula(document: Document, element: Element) -> Question | None:
    said = (element.alt or "").strip()
    item = _item(document, element, "", said)
    return Question(item.page, "Is this what the formula is called when it is read out?", (item,)) if said else None


def _linked_picture(document: Document, element: Element) -> Question | None:
    if not any(each.type == "Figure" for each in document.structure.within(element)):
        return None
    item = _item(document, element, "", document.text(element) or element.alt or "")
    return _about(item.page, "Does this link say where it leads and what its picture is for?", [item])


def _as_letters(document: Document, element: Element) -> Question | None:
    if element.actual is None or element.alt:
        return None
    words = f"Is this picture no more than the letters “{element.actual}”?"
    return Question(document.structure.page(element), words)


def _captions(document: Document) -> Iterator[Question]:
    shown = [each for each in document.structure.of("Figure", "Table") if each.page or document.structure.page(each)]
    if shown:
        captions = [_item(document, each) for each in document.structure.of("Caption")]
        words = "Are these all the captions of pictures and tables?" if captions else _NO_CAPTIONS
        yield _about(0, words, captions)


_NO_CAPTIONS = "Is it right that no picture or table has a caption?"


def _figures_alone(document: Document) -> Iterator[Question]:
    if (count := len(_figures(document))) > 1:
        yield Question(0, f"Does each of the {count} pictures make sense by itself?")


# --------------------------------------------------------------------------- 14 to 19


def _all_headings(document: Document) -> Iterator[Question]:
    if document.tagged:
        items = [_item(document, each, each.role) for each in tag_rules.headings(document)]
        words = "Are these all the headings, and is nothing else among them?" if items else "Has it no headings?"
        yield _about(0, words, items)


def _own_headings(document: Document) -> bool:
    return any(each.type.startswith("H") and each.role != each.type for each in tag_rules.headings(document))


def _deep_headings(document: Document) -> bool:
    return any(tag_rules.level(each) >= 6 for each in tag_rules.headings(document))


def _heads(scope: str, where: str) -> Ask:
    """The heads of a table, as they are tagged."""

    def ask(document: Document, table: Element) -> Question:
        cells = [each for each in document.structure.within(table, apart="Table") if each.type == "TH"]
        heads = [each for each in cells if objects.name(each.attributes.get("Scope")) in (scope, "Both")]
        page, items = document.structure.page(table), [_item(document, each) for each in heads]
        if items:
            return _about(page, f"Are these all the headers of {where} in this table?", items)
        return Question(
            page,
            f"Is it right that {where} have no headers in the table that begins like this?",
            (_first(document, table),),
        )

    return _for_each("Table", ask=ask)


def _table(document: Document, table: Element) -> Question:
    words = "Does what begins so, and is tagged as a table, have rows and columns?"
    return Question(document.structure.page(table), words, (_first(document, table),))


def _first(document: Document, table: Element) -> Item:
    """The first cell of a table, by which people find it."""
    cells = (each for each in document.structure.within(table, apart="Table") if each.type in ("TH", "TD"))
    return _item(document, next(cells, table))


def _clear_heads(document: Document, table: Element) -> Question:
    columns = set(tag_rules.columns(document, table))
    words = "Is it clear for each cell of the table that begins so which headers it has?"
    if len(columns) > 1:
        words += f" Its rows have {min(columns)} to {max(columns)} columns."
    return Question(document.structure.page(table), words, (_first(document, table),))


def _numbering(element: Element) -> str:
    return objects.name(element.attributes.get("ListNumbering"))


_ORDERED = ("Decimal", "UpperRoman", "LowerRoman", "UpperAlpha", "LowerAlpha", "Ordered")


def _lists(ordered: bool, words: str) -> Ask:
    def asked(document: Document) -> Iterator[Question]:
        every = [each for each in document.structure.of("L") if (_numbering(each) in _ORDERED) is ordered]
        items = [_item(document, each, _numbering(each) or "no numbering") for each in every]
        if items:
            yield _about(0, words, items)

    return asked


def _tagged_as(kind: str, words: str, none: str) -> Ask:
    """What has a tag, and whether that is all."""

    def asked(document: Document) -> Iterator[Question]:
        if document.tagged:
            items = [_item(document, each) for each in document.structure.of(kind)]
            yield _about(0, words if items else none, items)

    return asked


def _running(document: Document) -> Iterator[Question]:
    marks = [mark for mark in document.content.marks if mark.artifact]
    if document.tagged:
        kinds = Counter(mark.kind or "no type" for mark in marks)
        said = ", ".join(f"{kind} {times}" for kind, times in sorted(kinds.items()))
        items = [Item(0, said)] if said else []
        yield _about(0, "Is each running header or footer an artifact of the page (Pagination)?", items)


def _heads_and_feet(document: Document) -> Iterator[Question]:
    marks = [mark for mark in document.content.marks if mark.artifact and mark.kind == "Pagination"]
    if marks:
        kinds = Counter(mark.subtype or "no subtype" for mark in marks)
        items = [Item(0, ", ".join(f"{kind} {times}" for kind, times in sorted(kinds.items())))]
        yield _about(0, "Does each of these artifacts of the page say whether it is a header or a footer?", items)


# --------------------------------------------------------------------------- 28 and 31


def _annotation_order(document: Document) -> Iterator[Question]:
    every = [each for each in document.annotations if each.drawn]
    if every:
        tags = document.tagged_objects
        order = sorted(every, key=lambda each: tags[each.key].number if each.key in tags else 0)
        items = [Item(each.page, text(raw(each.held, "/Contents")) or each.kind, "", each.kind) for each in order]
        yield _about(0, "Does each link or field come where it belongs, in this order?", items)


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
        yield _about(0, "May each of these fonts be embedded for everybody who reads the file?", map(_font, fonts))


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
        yield _about(0, "Does each link say where it leads?", items)


ASKED: Mapping[str, Ask] = {
    "01-001": _once("Is everything that is read out more than decoration?"),
    "01-002": _needed,
    "01-006": _kinds,
    "02-002": _own_roles,
    "03-001": _once("Is it sure that no action makes the page flicker?", when=_with_actions),
    "03-002": _once("Is it sure that no film or animation flickers?", when=_with_media(*_FILMS)),
    "03-003": _once(
        "Is it sure that no script makes the page flicker?", when=lambda document: bool(_scripts(document))
    ),
    "04-001": _once("Is what colour, contrast, form or place say also said by the tags or in words?"),
    "05-001": _once("Can what is heard in each film be had in another way?", when=_with_media(*_FILMS)),
    "05-002": _once("Can what is heard in each recording be had in another way?", when=_with_media("Sound", "Screen")),
    "05-003": _once("Where a script beeps, does it give notice in another way too?", when=_with_beep),
    "06-004": _named,
    "08-001": _once("Has the text that was recognised no grave errors?", when=_recognised),
    "08-002": _once("Is all text that was recognised tagged?", when=_recognised),
    "09-001": _order,
    "09-002": _nested,
    "09-003": _once("Does each tag fit what it holds, once the file's own ones are mapped?"),
    "11-007": _languages,
    "12-001": _once("Does each character that is drawn in parts read as one?", when=_in_parts),
    "13-001": _once("Is each picture that says something tagged as a figure?"),
    "13-002": _for_each("Link", ask=_linked_picture),
    "13-003": _captions,
    "13-004": _for_each("Figure", ask=_picture),
    "13-005": _for_each("Figure", ask=_as_letters),
    "13-006": _figures_alone,
    "13-007": _once("Would no picture be easier to use as text or as a table?", when=_with_figures),
    "13-008": _once("Is each picture that is only letters given as these letters?", when=_with_figures),
    "14-001": _all_headings,
    "14-004": _once("Does each heading's own tag have its level as an Arabic numeral?", when=_own_headings),
    "14-005": _once("Has each heading below level 6 a tag of its own level?", when=_deep_headings),
    "15-001": _heads("Row", "rows"),
    "15-002": _heads("Column", "columns"),
    "15-004": _for_each("Table", ask=_table),
    "15-005": _for_each("Table", ask=_clear_heads),
    "16-001": _lists(False, "Does the order not matter in any of these lists, which are not said to be numbered?"),
    "16-002": _lists(True, "Is each of these lists numbered as it is said to be?"),
    "16-003": _once("Is each list tagged as a list?"),
    "17-001": _tagged_as("Formula", "Are these all the formulas?", "Is it right that there is no formula?"),
    "17-002": _for_each("Formula", ask=_formula),
    "18-001": _running,
    "18-002": _heads_and_feet,
    "19-001": _tagged_as("Note", "Are these all the footnotes and endnotes?", "Is it right that there is no footnote?"),
    "19-002": _tagged_as("Reference", "Are these all the references?", "Is it right that there is no reference?"),
    "22-001": _once("Do the threads of articles run in the order of reading?", when=_with_threads),
    "24-001": _once("Does each field to fill in on paper say that it is one (PrintField)?"),
    "28-001": _annotation_order,
    "28-003": _once("Is what annotations only format tagged as what it means?", when=_with_media(*_FORMATTING)),
    "28-012": _links,
    "28-013": _once("Can what depends on the spot that is clicked be had in another way?", when=_maps),
    "29-001": _once(
        "Does no script ask for keys to be pressed at a certain pace?", when=lambda document: bool(_scripts(document))
    ),
    "31-010": _licences,
}
