"""Conditions about declared languages (checkpoint 11): each text has one, by its tag, its mark or the whole file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from pypdf.generic import DictionaryObject

from plainleaf.reading.conformance import objects
from plainleaf.reading.conformance.answers import Answer, Case, Checks, of
from plainleaf.reading.conformance.content import Mark
from plainleaf.reading.conformance.document import Annotation, Document
from plainleaf.reading.conformance.file_rules import titles
from plainleaf.reading.conformance.objects import Key, get, raw, text
from plainleaf.reading.conformance.structure import Element, Owner

# BCP 47, as far as a program that speaks must make sense of it: a language, then what makes it narrower.
_TAG = re.compile(r"(?:[A-Za-z]{2,8}|x)(?:-[A-Za-z0-9]{1,8}){0,10}")
_ESCAPED = re.compile(r"\x1b([A-Za-z]{2})([A-Za-z]{2})?\x1b")  # ISO 32000-1, 14.9.2.2: a language within a text string
MOST_BOOKMARKS = 50_000


def determined(*languages: str) -> bool:
    """Whether the first language that is named is one."""
    named = next((language for language in languages if language), "")
    return bool(_TAG.fullmatch(named))


def _missing(*languages: str) -> str:
    named = next((language for language in languages if language), "")
    return f"has the language “{named}”, which is none" if named else "has no language"


def _of_text(document: Document) -> Answer:
    tags, faults, every = document.tagged_pieces, Counter[tuple[int, str]](), 0
    for _, drawn in document.content.texts:
        marks = list(drawn.mark.outward()) if drawn.mark else []
        if any(mark.artifact for mark in marks):
            continue
        every += 1
        element = next((tags[place] for mark in marks if (place := (mark.owner, mark.number)) in tags), None)
        languages = (*(mark.language for mark in marks), element.language if element else "", document.language)
        if not determined(*languages):
            faults[drawn.page, _missing(*languages)] += 1
    return of(every, (Case(page, f"text {what} ({times} pieces)") for (page, what), times in faults.items()))


def _of_replacements(document: Document) -> Answer:
    tags = document.tagged_pieces
    every: list[tuple[int, str, tuple[str, ...]]] = []
    for element in document.structure.elements:
        page = document.structure.page(element)
        for said in (element.alt, element.actual, element.expansion):
            if said:
                every.append((page, said, (element.language, document.language)))
    for mark in document.content.marks:
        for said in (mark.alternate, mark.actual, mark.expansion):
            if said and not any(each.artifact for each in mark.outward()):
                every.append((mark.page, said, _languages(mark, tags, document)))
    faults = (
        Case(page, f"“{said[:60]}” {_missing(*languages)}")
        for page, said, languages in every
        if not determined(*languages)
    )
    return of(len(every), faults)


def _languages(mark: Mark, tags: Mapping[tuple[Owner, int], Element], document: Document) -> tuple[str, ...]:
    marks = list(mark.outward())
    element = next((tags[place] for each in marks if (place := (each.owner, each.number)) in tags), None)
    return (*(each.language for each in marks), element.language if element else "", document.language)


def bookmarks(document: Document) -> Iterator[DictionaryObject]:
    """The bookmarks, each with those below it behind it."""
    waiting, seen = [raw(get(document.catalog, "/Outlines"), "/First")], set[Key]()
    while waiting and len(seen) < MOST_BOOKMARKS:
        item = waiting.pop()
        held = objects.dictionary(item)
        if not held or (key := objects.key(item)) in seen:
            continue
        seen.add(key)
        yield held
        waiting += (raw(held, "/Next"), raw(held, "/First"))


def _within(said: str) -> str:
    """The language that a text string names in itself."""
    found = _ESCAPED.search(said)
    return "-".join(part for part in found.groups() if part) if found else ""


def _of_bookmarks(document: Document) -> Answer:
    every = [text(raw(each, "/Title")) for each in bookmarks(document)]
    bare = (said for said in every if not determined(_within(said), document.language))
    return of(len(every), (Case(0, f"the bookmark “{said[:60]}” {_missing(document.language)}") for said in bare))


def _of_annotation(document: Document, annotation: Annotation, said: str) -> tuple[str, ...]:
    element = document.tagged_objects.get(annotation.key)
    own = text(raw(annotation.held, "/Lang"))
    return (_within(said), own, element.language if element else "", document.language)


def _of_descriptions(document: Document) -> Answer:
    every = [
        (each, said)
        for each in document.annotations
        if each.kind != "Widget" and (said := text(raw(each.held, "/Contents")))
    ]
    return of(len(every), _bare(document, every))


def _of_fields(document: Document) -> Answer:
    every = [(each, said) for each in document.annotations if each.kind == "Widget" and (said := field_name(each.held))]
    return of(len(every), _bare(document, every))


def _bare(document: Document, every: list[tuple[Annotation, str]]) -> Iterator[Case]:
    for annotation, said in every:
        languages = _of_annotation(document, annotation, said)
        if not determined(*languages):
            yield Case(annotation.page, f"“{said[:60]}” {_missing(*languages)}")


def field_name(held: object) -> str:
    """What a form field is called for readers (TU), perhaps by a field above it (ISO 32000-1, 12.7.3)."""
    for _ in range(50):
        if said := text(raw(held, "/TU")):
            return said
        held = get(held, "/Parent")
        if held is None:
            return ""
    return ""


def _of_metadata(document: Document) -> Answer:
    every = titles(document)
    languages = ((said, "" if tag == "x-default" else tag) for said, tag in every)
    bare = ((said, tag) for said, tag in languages if not determined(tag, document.language))
    return of(
        len(every), (Case(0, f"the title “{said[:60]}” {_missing(tag, document.language)}") for said, tag in bare)
    )


CHECKS: Checks = {
    "11-001": _of_text,
    "11-002": _of_replacements,
    "11-003": _of_bookmarks,
    "11-004": _of_descriptions,
    "11-005": _of_fields,
    "11-006": _of_metadata,
}
