"""Conditions about annotations: links, fields, notes, films, attached files, printer's marks (checkpoint 28)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from pypdf.generic import DictionaryObject

from plainleaf.reading.conformance import content
from plainleaf.reading.conformance.answers import Answer, Case, Check, Checks, of
from plainleaf.reading.conformance.document import Annotation, Document, appearances
from plainleaf.reading.conformance.file_rules import faulty_file
from plainleaf.reading.conformance.language_rules import field_name
from plainleaf.reading.conformance.objects import array, get, name, raw, text
from plainleaf.reading.conformance.structure import Element

# ISO 32000-1, table 169.
_KINDS = """Text Link FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret
    Ink Popup FileAttachment Sound Movie Widget Screen PrinterMark TrapNet Watermark 3D Redact"""
_OWN_TAGS = {"Widget", "Link", "PrinterMark"}  # that are tagged otherwise than as Annot


class _Placed(NamedTuple):
    """An annotation with the tag that names it, if one does."""

    annotation: Annotation
    element: Element | None

    @property
    def called(self) -> str:
        said = text(raw(self.annotation.held, "/Contents"))[:60]
        return f"the annotation {self.annotation.kind or 'of no kind'}" + (f" “{said}”" if said else "")


def _placed(document: Document) -> list[_Placed]:
    tags = document.tagged_objects
    return [_Placed(each, tags.get(each.key)) for each in document.annotations if each.drawn]


def _about(choose: Callable[[Annotation], bool], fault: Callable[[Document, _Placed], str | None]) -> Check:
    """A check of each annotation that is chosen; ``fault`` says what is wrong with one."""

    def check(document: Document) -> Answer:
        every = [each for each in _placed(document) if choose(each.annotation)]
        faults = ((each, fault(document, each)) for each in every)
        return of(len(every), (Case(each.annotation.page, f"{each.called} {what}") for each, what in faults if what))

    return check


def _kind(*kinds: str) -> Callable[[Annotation], bool]:
    return lambda annotation: annotation.kind in kinds


def _other(annotation: Annotation) -> bool:
    return annotation.kind not in _OWN_TAGS


def _in_annot(_: Document, placed: _Placed) -> str | None:
    return None if placed.element and placed.element.type == "Annot" else "is in no Annot tag"


def _described(_: Document, placed: _Placed) -> str | None:
    said = (
        text(raw(placed.annotation.held, "/Contents")).strip()
        or ((placed.element and placed.element.alt) or "").strip()
    )
    return None if said else "has no description"


def _field_described(_: Document, placed: _Placed) -> str | None:
    said = field_name(placed.annotation.held).strip() or ((placed.element and placed.element.alt) or "").strip()
    return None if said else "has no name for readers"


def _unknown(document: Document, placed: _Placed) -> str | None:
    faults = filter(None, (_in_annot(document, placed), _described(document, placed)))
    return " and ".join(faults) or None


def _within(kind: str) -> Callable[[Document, _Placed], str | None]:
    def fault(document: Document, placed: _Placed) -> str | None:
        element = placed.element
        if element is None:
            return "is in no tag"
        if element.type == kind or any(each.type == kind for each in document.structure.above(element)):
            return None
        return f"is in {element.role}, not in {kind}"

    return fault


def _link_described(_: Document, placed: _Placed) -> str | None:
    return None if text(raw(placed.annotation.held, "/Contents")).strip() else "has no description of its own"


def _attached(_: Document, placed: _Placed) -> str | None:
    held = get(placed.annotation.held, "/FS")
    what = faulty_file(held) if get(held, "/EF") is not None else ""
    return f"attaches a file: {what}" if what else None


def _untagged(_: Document, placed: _Placed) -> str | None:
    return "is among the tags" if placed.element else None


def _looks_like_artifact(document: Document, placed: _Placed) -> str | None:
    for form in appearances(placed.annotation.held):
        drawn = content.of_stream(form, document.reader).drawn
        if any(not each.mark or not any(mark.artifact for mark in each.mark.outward()) for each in drawn):
            return "draws what is no artifact"
    return None


def _no_trapping(document: Document) -> Answer:
    every = document.annotations
    trapping = (each for each in every if each.kind == "TrapNet")
    return of(len(every), (Case(each.page, "an annotation for trapping (TrapNet)") for each in trapping))


# --------------------------------------------------------------------------- the order of the Tab key


def _with_annotations(document: Document) -> Iterator[tuple[int, object]]:
    """Pages with annotations, each with what it says of the Tab key."""
    pages = sorted({each.page for each in document.annotations})
    return ((page, raw(document.pages[page - 1], "/Tabs")) for page in pages)


def _order_said(document: Document) -> Answer:
    every = list(_with_annotations(document))
    return of(
        len(every),
        (Case(page, "the page has annotations, and no order for the Tab key") for page, tabs in every if tabs is None),
    )


def _order_of_tags(document: Document) -> Answer:
    every = [(page, name(tabs)) for page, tabs in _with_annotations(document) if tabs is not None]
    other = ((page, tabs) for page, tabs in every if tabs != "S")
    return of(
        len(every),
        (Case(page, f"the Tab key goes in the order “{tabs}”, not that of the tags") for page, tabs in other),
    )


# --------------------------------------------------------------------------- films and recordings


def _clips(document: Document) -> list[DictionaryObject]:
    """Media clips that hold data (ISO 32000-1, 13.2.4.2)."""
    return [
        each
        for each in document.dictionaries
        if name(raw(each, "/S")) == "MCD" and (name(raw(each, "/Type")) == "MediaClip" or raw(each, "/D") is not None)
    ]


def _clips_have_type(document: Document) -> Answer:
    every = _clips(document)
    return of(
        len(every),
        (Case(0, "a film or recording does not say its type (CT)") for each in every if not text(raw(each, "/CT"))),
    )


def _clips_have_text(document: Document) -> Answer:
    every = _clips(document)
    bare = (each for each in every if not [said for said in array(raw(each, "/Alt")) if text(said).strip()])
    return of(len(every), (Case(0, "a film or recording has no description (Alt)") for _ in bare))


CHECKS: Checks = {
    "28-002": _about(_other, _in_annot),
    "28-004": _about(lambda each: each.kind != "Widget", _described),
    "28-005": _about(_kind("Widget"), _field_described),
    "28-006": _about(lambda each: each.kind not in _KINDS.split(), _unknown),
    "28-007": _no_trapping,
    "28-008": _order_said,
    "28-009": _order_of_tags,
    "28-010": _about(_kind("Widget"), _within("Form")),
    "28-011": _about(_kind("Link"), _within("Link")),
    "28-012": _about(_kind("Link"), _link_described),
    "28-014": _clips_have_type,
    "28-015": _clips_have_text,
    "28-016": _about(_kind("FileAttachment"), _attached),
    "28-017": _about(_kind("PrinterMark"), _untagged),
    "28-018": _about(_kind("PrinterMark"), _looks_like_artifact),
}
