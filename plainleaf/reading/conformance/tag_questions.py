"""Questions about tags: pictures, headings, tables, lists, formulas, running heads and notes (checkpoints 13 to 19)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from plainleaf.reading.conformance import objects, tag_rules
from plainleaf.reading.conformance.asking import Ask, Item, Question, about, for_each, item_of, once
from plainleaf.reading.conformance.document import Document
from plainleaf.reading.conformance.structure import Element


def _figures(document: Document) -> list[Element]:
    return list(document.structure.of("Figure"))


def _with_figures(document: Document) -> bool:
    return bool(_figures(document))


def _picture(document: Document, element: Element) -> Question | None:
    said = (element.alt or "").strip()
    if not said:
        return None
    item = item_of(document, element, "", said)
    return Question(item.page, "Is this picture's text what a reader needs to know from it?", (item,))


def _formula(document: Document, element: Element) -> Question | None:
    said = (element.alt or "").strip()
    item = item_of(document, element, "", said)
    return Question(item.page, "Is this what the formula is called when it is read out?", (item,)) if said else None


def _linked_picture(document: Document, element: Element) -> Question | None:
    if not any(each.type == "Figure" for each in document.structure.within(element)):
        return None
    item = item_of(document, element, "", document.text(element) or element.alt or "")
    return about(item.page, "Does this link say where it leads and what its picture is for?", [item])


def _as_letters(document: Document, element: Element) -> Question | None:
    if element.actual is None or element.alt:
        return None
    words = f"Is this picture no more than the letters “{element.actual}”?"
    return Question(document.structure.page(element), words)


def _captions(document: Document) -> Iterator[Question]:
    shown = [each for each in document.structure.of("Figure", "Table") if each.page or document.structure.page(each)]
    if shown:
        captions = [item_of(document, each) for each in document.structure.of("Caption")]
        words = "Are these all the captions of pictures and tables?" if captions else _NO_CAPTIONS
        yield about(0, words, captions)


_NO_CAPTIONS = "Is it right that no picture or table has a caption?"


def _figures_alone(document: Document) -> Iterator[Question]:
    if (count := len(_figures(document))) > 1:
        yield Question(0, f"Does each of the {count} pictures make sense by itself?")


# --------------------------------------------------------------------------- 14 to 19


def _all_headings(document: Document) -> Iterator[Question]:
    if document.tagged:
        items = [item_of(document, each, each.role) for each in tag_rules.headings(document)]
        words = "Are these all the headings, and is nothing else among them?" if items else "Has it no headings?"
        yield about(0, words, items)


def _own_headings(document: Document) -> bool:
    return any(each.type.startswith("H") and each.role != each.type for each in tag_rules.headings(document))


def _deep_headings(document: Document) -> bool:
    return any(tag_rules.level(each) >= 6 for each in tag_rules.headings(document))


def _heads(scope: str, where: str) -> Ask:
    """The heads of a table, as they are tagged."""

    def ask(document: Document, table: Element) -> Question:
        cells = [each for each in document.structure.within(table, apart="Table") if each.type == "TH"]
        heads = [each for each in cells if objects.name(each.attributes.get("Scope")) in (scope, "Both")]
        page, items = document.structure.page(table), [item_of(document, each) for each in heads]
        if items:
            return about(page, f"Are these all the headers of {where} in this table?", items)
        return Question(
            page,
            f"Is it right that {where} have no headers in the table that begins like this?",
            (_first(document, table),),
        )

    return for_each("Table", ask=ask)


def _table(document: Document, table: Element) -> Question:
    words = "Does what begins so, and is tagged as a table, have rows and columns?"
    return Question(document.structure.page(table), words, (_first(document, table),))


def _first(document: Document, table: Element) -> Item:
    """The first cell of a table, by which people find it."""
    cells = (each for each in document.structure.within(table, apart="Table") if each.type in ("TH", "TD"))
    return item_of(document, next(cells, table))


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
        items = [item_of(document, each, _numbering(each) or "no numbering") for each in every]
        if items:
            yield about(0, words, items)

    return asked


def _tagged_as(kind: str, words: str, none: str) -> Ask:
    """What has a tag, and whether that is all."""

    def asked(document: Document) -> Iterator[Question]:
        if document.tagged:
            items = [item_of(document, each) for each in document.structure.of(kind)]
            yield about(0, words if items else none, items)

    return asked


def _running(document: Document) -> Iterator[Question]:
    marks = [mark for mark in document.content.marks if mark.artifact]
    if document.tagged:
        kinds = Counter(mark.kind or "no type" for mark in marks)
        said = ", ".join(f"{kind} {times}" for kind, times in sorted(kinds.items()))
        items = [Item(0, said)] if said else []
        yield about(0, "Is each running header or footer an artifact of the page (Pagination)?", items)


def _heads_and_feet(document: Document) -> Iterator[Question]:
    marks = [mark for mark in document.content.marks if mark.artifact and mark.kind == "Pagination"]
    if marks:
        kinds = Counter(mark.subtype or "no subtype" for mark in marks)
        items = [Item(0, ", ".join(f"{kind} {times}" for kind, times in sorted(kinds.items())))]
        yield about(0, "Does each of these artifacts of the page say whether it is a header or a footer?", items)


ASKED: Mapping[str, Ask] = {
    "13-001": once("Is each picture that says something tagged as a figure?"),
    "13-002": for_each("Link", ask=_linked_picture),
    "13-003": _captions,
    "13-004": for_each("Figure", ask=_picture),
    "13-005": for_each("Figure", ask=_as_letters),
    "13-006": _figures_alone,
    "13-007": once("Would no picture be easier to use as text or as a table?", when=_with_figures),
    "13-008": once("Is each picture that is only letters given as these letters?", when=_with_figures),
    "14-001": _all_headings,
    "14-004": once("Does each heading's own tag have its level as an Arabic numeral?", when=_own_headings),
    "14-005": once("Has each heading below level 6 a tag of its own level?", when=_deep_headings),
    "15-001": _heads("Row", "rows"),
    "15-002": _heads("Column", "columns"),
    "15-004": for_each("Table", ask=_table),
    "15-005": for_each("Table", ask=_clear_heads),
    "16-001": _lists(False, "Does the order not matter in any of these lists, which are not said to be numbered?"),
    "16-002": _lists(True, "Is each of these lists numbered as it is said to be?"),
    "16-003": once("Is each list tagged as a list?"),
    "17-001": _tagged_as("Formula", "Are these all the formulas?", "Is it right that there is no formula?"),
    "17-002": for_each("Formula", ask=_formula),
    "18-001": _running,
    "18-002": _heads_and_feet,
    "19-001": _tagged_as("Note", "Are these all the footnotes and endnotes?", "Is it right that there is no footnote?"),
    "19-002": _tagged_as("Reference", "Are these all the references?", "Is it right that there is no reference?"),
}
