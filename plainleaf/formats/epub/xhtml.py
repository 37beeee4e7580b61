"""A page of HTML, as our templates write it, as a tree, and a tree as XHTML: the form in which e-readers take a text.

HTML Living Standard, 13.1.2 (void elements), 14 (the XML syntax); EPUB 3.3, 6.1 (XHTML content documents).
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final
from xml.etree import ElementTree

XMLNS: Final = "http://www.w3.org/1999/xhtml"
EPUB: Final = "http://www.idpf.org/2007/ops"
TYPE: Final = "epub:type"
_VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_HEADER = '<?xml version="1.0" encoding="utf-8"?>\n'
_DOCTYPE = "<!DOCTYPE html>\n"

Element = ElementTree.Element


def read(page: str) -> tuple[Element, tuple[str, ...]]:
    """The root of a page, and what is wrong with its tags, in words: each but a void one must be closed in its turn."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.tree(), tuple(dict.fromkeys(reader.wrong))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self._builder = ElementTree.TreeBuilder()
        self._open: list[str] = []
        self._closed = False  # the root: what follows it belongs to nothing

    def tree(self) -> Element:
        for tag in reversed(self._open):
            self.wrong.append(f"<{tag}> is not closed")
            self._builder.end(tag)
        self._open = []
        return self._builder.close() if self._closed else Element("html")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._closed and not self._open:
            self.wrong.append(f"<{tag}> comes after the end of the page")
            return
        self._closed = True
        self._builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self._builder.end(tag)
        else:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._builder.end(self._open.pop())
        elif tag not in _VOID:
            self.wrong.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if self._open:
            self._builder.data(data)


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
