"""Conditions about the file as a whole: metadata, dictionary, layers, files inside, security, parts of pages
(checkpoints 06, 07, 20, 21, 25, 26 and 30)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree

from pypdf.generic import DictionaryObject

from plainleaf.reading.conformance import objects
from plainleaf.reading.conformance.answers import Answer, Case, Checks, of, one
from plainleaf.reading.conformance.document import Document
from plainleaf.reading.conformance.objects import array, dictionary, get, name, raw, text, true, whole

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_UA = "{http://www.aiim.org/pdfua/ns/id/}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_PERMITS_READERS = 1 << 9  # bit 10 of what an encrypted file permits (ISO 32000-1, table 22)
MOST_METADATA = 5_000_000


def metadata(document: Document) -> ElementTree.Element | None:
    """The metadata (XMP) as XML, ``None`` if there are none that can be read."""
    data = objects.stream(raw(document.catalog, "/Metadata"))
    return _parsed(data) if data is not None and len(data) <= MOST_METADATA else None


@lru_cache(maxsize=2)
def _parsed(data: bytes) -> ElementTree.Element | None:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:  # XMP has none, and entities can be made to grow without end
        return None
    try:
        return ElementTree.fromstring(data.strip().removeprefix(b"\xef\xbb\xbf"))
    except (ElementTree.ParseError, ValueError, LookupError):
        return None


def titles(document: Document) -> tuple[tuple[str, str], ...]:
    """The titles in the metadata, each with its language ("x-default" is none of its own)."""
    found = metadata(document)
    if found is None:
        return ()
    return tuple(
        ((each.text or "").strip(), each.get(_LANGUAGE, ""))
        for title in found.iter(_TITLE)
        for each in (list(title.iter(f"{_RDF}li")) or [title])
        if (each.text or "").strip()
    )


def _has_metadata(document: Document) -> Answer:
    if objects.stream(raw(document.catalog, "/Metadata")) is None:
        return one(False, "the file has no metadata")
    return one(metadata(document) is not None, "the metadata are no XML that can be read")


def part(document: Document) -> str:
    """Which part of PDF/UA the metadata say that the file follows, "" if none."""
    found = metadata(document)
    if found is None:
        return ""
    for each in found.iter():
        said = each.get(f"{_UA}part") or (each.text if each.tag == f"{_UA}part" else None)
        if said:
            return said.strip()
    return ""


def _is_ua_1(document: Document) -> Answer:
    said = part(document)
    what = f"the file says that it is PDF/UA-{said}, which this protocol is not about" if said else _UNSAID
    return one(said == "1", what)


_UNSAID = "the metadata do not say that the file is PDF/UA"


def _has_title(document: Document) -> Answer:
    return one(bool(titles(document)), "the metadata have no title, or an empty one")


def _says_title(document: Document) -> Answer:
    said = true(get(document.catalog, "/ViewerPreferences", "/DisplayDocTitle"))
    return one(said is not None, "the file does not say whether windows show its title")


def _shows_title(document: Document) -> Answer:
    said = true(get(document.catalog, "/ViewerPreferences", "/DisplayDocTitle"))
    if said is None:
        return Answer(0)  # 07-001 fails
    return one(said, "the file asks windows to show its name in place of its title")


# --------------------------------------------------------------------------- layers


def _layers(document: Document) -> DictionaryObject:
    return dictionary(raw(document.catalog, "/OCProperties"))


def _further(document: Document) -> list[DictionaryObject]:
    return [dictionary(each) for each in array(raw(_layers(document), "/Configs"))]


def _further_are_named(document: Document) -> Answer:
    every = _further(document)
    bare = [number for number, each in enumerate(every, 1) if not text(raw(each, "/Name"))]
    return of(len(every), (Case(0, f"arrangement {number} of the layers has no name") for number in bare))


def _first_is_named(document: Document) -> Answer:
    if not _layers(document):
        return Answer(0)
    return one(bool(text(get(_layers(document), "/D", "/Name"))), "the first arrangement of the layers has no name")


def _none_switched(document: Document) -> Answer:
    if not _layers(document):
        return Answer(0)
    every = [dictionary(raw(_layers(document), "/D")), *_further(document)]
    automatic = [number for number, each in enumerate(every) if raw(each, "/AS") is not None]
    named = (f"arrangement {number}" if number else "the first arrangement" for number in automatic)
    return of(len(every), (Case(0, f"{each} of the layers switches some by itself") for each in named))


# --------------------------------------------------------------------------- files inside


def faulty_file(held: object) -> str:
    """What a description of a file lacks, in words, "" if nothing (ISO 14289-1, 7.11)."""
    lacks = [f"/{key}" for key in ("F", "UF") if not text(raw(held, f"/{key}"))]
    named = text(raw(held, "/UF")) or text(raw(held, "/F")) or "a file"
    return f"{named} has no name in the form {' and '.join(lacks)}" if lacks else ""


def _files_are_named(document: Document) -> Answer:
    every = [each for each in document.dictionaries if isinstance(get(each, "/EF"), DictionaryObject)]
    return of(len(every), (Case(0, what) for each in every if (what := faulty_file(each))))


# --------------------------------------------------------------------------- forms that programs make

_DYNAMIC = re.compile(rb"<\s{0,20}(?:[\w.-]{1,40}:)?dynamicRender\s{0,20}>\s{0,20}required\b")


def _no_dynamic_form(document: Document) -> Answer:
    held = get(document.catalog, "/AcroForm", "/XFA")
    if held is None:
        return Answer(0)
    parts = [data for each in array(held) if (data := objects.stream(each)) is not None]
    return one(not _DYNAMIC.search(b"".join(parts)), "the form asks for pages that are made while it is open")


# --------------------------------------------------------------------------- security


def _says_what_it_permits(document: Document) -> Answer:
    if document.encryption is None:
        return Answer(0)
    permits = objects.resolved(raw(document.encryption, "/P"))
    return one(isinstance(permits, int), "the file is encrypted and does not say what it permits")


def _permits_readers(document: Document) -> Answer:
    if document.encryption is None or not isinstance(objects.resolved(raw(document.encryption, "/P")), int):
        return Answer(0)
    permits = whole(raw(document.encryption, "/P"), 0)
    return one(bool(permits & _PERMITS_READERS), "the file is encrypted and shuts out screen readers (bit 10 of /P)")


# --------------------------------------------------------------------------- parts of pages


def _forms(document: Document) -> Iterator[DictionaryObject]:
    return (each for each in document.dictionaries if name(raw(each, "/Subtype")) == "Form" and objects.is_stream(each))


def _none_from_elsewhere(document: Document) -> Answer:
    every = list(_forms(document))
    fetched = [each for each in every if raw(each, "/Ref") is not None]
    return of(len(every), (Case(0, f"{_object(each)} is fetched from another file") for each in fetched))


def _none_used_twice(document: Document) -> Answer:
    marked = {
        mark.owner[1]: mark.page for mark in document.content.marks if mark.number >= 0 and mark.owner[0] == "form"
    }
    forms = {key: uses for key, uses in document.content.forms.items() if key[1] in marked}
    twice = [(key[1], uses) for key, uses in forms.items() if uses > 1]
    return of(
        len(forms),
        (
            Case(marked[number], f"object {number} holds tagged content and is drawn {uses} times")
            for number, uses in twice
        ),
    )


def _object(held: object) -> str:
    kind, number = objects.key(held)
    return f"object {number}" if kind == "object" else "a part of a page"


CHECKS: Checks = {
    "06-001": _has_metadata,
    "06-002": _is_ua_1,
    "06-003": _has_title,
    "07-001": _says_title,
    "07-002": _shows_title,
    "20-001": _further_are_named,
    "20-002": _first_is_named,
    "20-003": _none_switched,
    "21-001": _files_are_named,
    "25-001": _no_dynamic_form,
    "26-001": _says_what_it_permits,
    "26-002": _permits_readers,
    "30-001": _none_from_elsewhere,
    "30-002": _none_used_twice,
}
