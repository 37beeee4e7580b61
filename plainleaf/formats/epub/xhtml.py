"""A page of HTML, as our templates write it, as a tree, and a tree as XHTML: the form in which e-readers take a text.

HTML Living Standard, 13.1.2 (void elements), 14 (the XML syntax); EPUB 3.3, 6.1 (XHTML content documents).
"""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree

from plainleaf.formats.html import tokens
from plainleaf.formats.html.tokens import VOID

XMLNS: Final = "http://www.w3.org/1999/xhtml"
EPUB: Final = "http://www.idpf.org/2007/ops"
TYPE: Final = "epub:type"
_HEADER = '<?xml version="1.0" encoding="utf-8"?>\n'
_DOCTYPE = "<!DOCTYPE html>\n"

Element = ElementTree.Element


def read(page: str) -> tuple[Element, tuple[str, ...]]:
    """The root of a page, and what is wrong with its tags, in words: each but a void one must be closed in its turn."""
    builder, wrong = ElementTree.TreeBuilder(), list[str]()
    begun, within = False, list[str]()  # the root: what follows it belongs to nothing
    for kind, said, about in tokens.read(page).tokens:
        if kind == "text" and within:
            builder.data(said)
        elif kind == "end" and within and within[-1] == said:
            builder.end(within.pop())
        elif kind == "end" and said not in VOID:
            wrong.append(f"</{said}> closes nothing")
        elif kind == "start" and begun and not within:
            wrong.append(f"<{said}> comes after the end of the page")
        elif kind == "start":
            begun = True
            builder.start(said, {name: value or "" for name, value in about.items()})
            if said in VOID:
                builder.end(said)
            else:
                within.append(said)
    for tag in reversed(within):
        wrong.append(f"<{tag}> is not closed")
        builder.end(tag)
    return (builder.close() if begun else Element("html")), tuple(dict.fromkeys(wrong))


def document(title: str, language: str, direction: str, style: str = "") -> Element:
    """The root of an XHTML document with its head; ``style``: the address of its style sheet."""
    root = Element("html", {"xmlns": XMLNS, "xmlns:epub": EPUB, "lang": language, "xml:lang": language})
    root.set("dir", direction)
    head = ElementTree.SubElement(root, "head")
    ElementTree.SubElement(head, "meta", {"charset": "utf-8"})
    ElementTree.SubElement(head, "title").text = title
    if style:
        ElementTree.SubElement(head, "link", {"rel": "stylesheet", "type": "text/css", "href": style})
    return root


def written(root: Element, doctype: bool = True) -> str:
    """A tree as a whole file of XML. Names with a prefix are written as they are: the root says what these mean."""
    body = ElementTree.tostring(root, encoding="unicode", short_empty_elements=True)
    return f"{_HEADER}{_DOCTYPE if doctype else ''}{body}\n"


def words(element: Element) -> str:
    """The text of an element on one line."""
    return " ".join("".join(element.itertext()).split())
