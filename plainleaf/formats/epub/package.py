"""What makes a book of an edition's text: what it says of itself, its list of contents, and the archive that holds it.

EPUB 3.3: 5 (package document), 7 (navigation document), 4 (container); EPUB Accessibility 1.1, 2 (metadata).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Final
from uuid import UUID, uuid5
from xml.etree.ElementTree import SubElement
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from plainleaf.formats.epub import xhtml
from plainleaf.formats.epub.adapting import Heading, quoted
from plainleaf.formats.epub.xhtml import TYPE, Element, words
from plainleaf.model import Direction

MEDIA: Final = "application/epub+zip"
CLAIM: Final = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
FOLDER: Final = "EPUB/"
TEXT, CONTENTS, STYLE, PACKAGE = "leaflet.xhtml", "contents.xhtml", "style.css", "package.opf"
FRONT, COVER = "cover.xhtml", "cover.png"
_TYPES = {
    ".xhtml": "application/xhtml+xml", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png",
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".woff2": "font/woff2",
}  # fmt: skip
_OURS = UUID("5f2b1b86-6c0e-5d0f-8a53-0d6b3c1f7a11")  # below which all our identifiers are made
_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class About:
    """What a book says of itself. ``languages``: tags (BCP 47), its own first. ``changed``: the last day on which
    anything in it became so; ``review_by``: the day after which nobody should rely on it. ``unchecked``: a draft or a
    sample. ``certified_by``: who vouches for its accessibility, "" for nobody."""

    slug: str
    title: str
    clinic: str
    imprint: str
    summary: str
    languages: tuple[str, ...]
    direction: Direction
    written: date
    changed: date
    review_by: date
    unchecked: bool
    pictures: bool
    certified_by: str = ""

    @property
    def identifier(self) -> str:
        """The same for every issue of a clinic's leaflet in these languages."""
        return uuid5(_OURS, "\n".join((self.clinic, self.slug, "+".join(self.languages)))).urn


def package(about: About, files: Sequence[str]) -> str:
    """The package document; ``files``: the names of all others in the book's folder."""
    root = Element("package", {"xmlns": "http://www.idpf.org/2007/opf", "version": "3.0", "unique-identifier": "id"})
    root.attrib |= {"xml:lang": about.languages[0], "dir": about.direction}
    metadata = SubElement(root, "metadata", {"xmlns:dc": "http://purl.org/dc/elements/1.1/"})
    SubElement(metadata, "dc:identifier", {"id": "id"}).text = about.identifier
    for name, text in _described(about):
        SubElement(metadata, name).text = text
    for name, text in (*_dated(about), *_access(about)):
        SubElement(metadata, "meta", {"property": name}).text = text
    summary = SubElement(metadata, "meta", {"property": "schema:accessibilitySummary", "xml:lang": "en", "dir": "ltr"})
    summary.text = _SUMMARY + (_PICTURES if about.pictures else "")
    manifest = SubElement(root, "manifest")
    spine = SubElement(root, "spine", {"page-progression-direction": about.direction})
    for number, name in enumerate(files, 1):
        item = SubElement(manifest, "item", {"id": f"f{number}", "href": name, "media-type": _type(name)})
        if name in _PROPERTIES:
            item.set("properties", _PROPERTIES[name])
        if name == FRONT:  # for who looks for it: a book opens at its text
            SubElement(spine, "itemref", {"idref": f"f{number}", "linear": "no"})
        if name == TEXT:
            SubElement(spine, "itemref", {"idref": f"f{number}"})
    return xhtml.written(root, doctype=False)


_PROPERTIES = {CONTENTS: "nav", COVER: "cover-image"}
_SUMMARY = (
    "All of the text is real text in reading order, with headings, lists and tables marked as such, the language of"
    " each part named, and a list of contents. Size, font, colours and margins are the reader's own to set."
)
_PICTURES = " Every picture says in words what it shows."


def _described(about: About) -> Iterator[tuple[str, str]]:
    yield "dc:title", about.title
    for language in about.languages:
        yield "dc:language", language
    yield "dc:creator", about.clinic
    yield "dc:publisher", about.imprint or about.clinic
    yield "dc:date", about.written.isoformat()
    yield "dc:description", about.summary


def _dated(about: About) -> Iterator[tuple[str, str]]:
    yield "dcterms:modified", f"{about.changed.isoformat()}T00:00:00Z"
    yield "dcterms:valid", f"end={about.review_by.isoformat()}; scheme=W3C-DTF;"
    if about.unchecked:
        yield "schema:creativeWorkStatus", "Draft"


def _access(about: About) -> Iterator[tuple[str, str]]:
    """Only what is so in each book. That one conforms to WCAG takes a person who has looked at its pictures and their
    words, and whose name must be there: without one it is not claimed, and never of a text that nobody has checked
    (EPUB Accessibility 1.1, Conformance reporting)."""
    if about.certified_by and not about.unchecked:
        yield "dcterms:conformsTo", CLAIM
        yield "a11y:certifiedBy", about.certified_by
    yield "schema:accessMode", "textual"
    if about.pictures:
        yield "schema:accessMode", "visual"
        yield "schema:accessModeSufficient", "textual,visual"
    yield "schema:accessModeSufficient", "textual"
    features = ("displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents")
    for feature in (*(["alternativeText"] if about.pictures else []), *features):
        yield "schema:accessibilityFeature", feature
    yield "schema:accessibilityHazard", "none"


def _type(name: str) -> str:
    return _TYPES[name[name.rindex(".") :]]


def contents(
    about: About, heading: Element, headings: Sequence[Heading], landmarks: Sequence[tuple[str, str, str]]
) -> str:
    """The list of contents, under a ``heading`` of the text's words; ``landmarks``: what each is in the vocabulary of
    EPUB, the ``id`` that it leads to, its name."""
    language, title = about.languages[0], words(heading)
    root = xhtml.document(f"{title} · {about.title}", language, about.direction, STYLE)
    body = SubElement(root, "body")
    nav = SubElement(
        SubElement(body, "main"), "nav", {TYPE: "toc", "role": "doc-toc", "aria-labelledby": "contents", "id": "toc"}
    )
    quoted(heading, SubElement(nav, "h1", {"id": "contents"}))
    _nested(nav, headings)
    marks = SubElement(body, "nav", {TYPE: "landmarks", "hidden": "hidden", "aria-label": about.title})
    items = SubElement(marks, "ol")
    SubElement(SubElement(items, "li"), "a", {TYPE: "cover", "href": FRONT}).text = f"{about.title} · {about.clinic}"
    for kind, name, text in landmarks:
        SubElement(SubElement(items, "li"), "a", {TYPE: kind, "href": f"{TEXT}#{name}"}).text = text
    return xhtml.written(root)


def front(about: About, notices: Sequence[str]) -> str:
    """The page with the cover, and all that this says in its words."""
    root = xhtml.document(about.title, about.languages[0], about.direction, STYLE)
    section = SubElement(SubElement(SubElement(root, "body"), "main"), "section", {TYPE: "cover", "class": "cover"})
    said = " · ".join((about.title, about.clinic, *notices))
    SubElement(SubElement(section, "h1"), "img", {"role": "doc-cover", "src": COVER, "alt": said})
    return xhtml.written(root)


def _nested(nav: Element, headings: Sequence[Heading]) -> None:
    """Headings as lists in lists."""
    above: list[tuple[int, Element]] = []
    for each in headings:
        while above and above[-1][0] >= each.level:
            above.pop()
        parent = above[-1][1] if above else nav
        items = parent[-1] if len(parent) and parent[-1].tag == "ol" else SubElement(parent, "ol")
        item = SubElement(items, "li")
        _entry(SubElement(item, "a", {"href": f"{TEXT}#{each.name}"}), each)
        above.append((each.level, item))


def _entry(link: Element, heading: Heading) -> None:
    for number, (element, own) in enumerate(zip(heading.elements, heading.languages, strict=True)):
        if number:
            link[-1].tail = " · "
        quoted(element, SubElement(link, "span", {"lang": own, "xml:lang": own} if own else {}))


def archive(files: Mapping[str, bytes]) -> bytes:
    """The book; the same files give the same bytes. The first one says what it is, and is not compressed (EPUB 3.3,
    4.3.3)."""
    out = BytesIO()
    with ZipFile(out, "w") as book:
        _put(book, "mimetype", MEDIA.encode(), ZIP_STORED)
        _put(book, "META-INF/container.xml", _CONTAINER.encode())
        for name, data in files.items():
            _put(book, FOLDER + name, data)
    return out.getvalue()


def _put(book: ZipFile, name: str, data: bytes, how: int = ZIP_DEFLATED) -> None:
    entry = ZipInfo(name)  # of the first day that such an archive can name
    entry.compress_type, entry.external_attr, entry.create_system = how, 0o644 << 16, 3
    book.writestr(entry, data, compresslevel=9)


def packing() -> Iterator[str]:
    """What else the bytes depend on."""
    yield f"zlib {zlib.ZLIB_RUNTIME_VERSION}"
