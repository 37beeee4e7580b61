"""What PDF 2.0, PDF/UA-2 and WTPDF ask of tags, links and bookmarks beyond PDF/UA-1; called by ``profiles``.

Types are of one of two namespaces: most of PDF 2.0's, a few of PDF 1.7's (ISO 32000-2, 14.8.6). Bookmarks and links
lead to tags, not to places on pages alone (ISO 14289-2, 8.8). Entries of contents and notes refer to tags (8.2.5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pydyf

from plainleaf.formats.pdf import actualtext, tags
from plainleaf.formats.pdf.tagtree import Annotation, Node

_NEW, _OLD = "http://iso.org/pdf2/ssn", "http://iso.org/pdf/ssn"
_ONLY_OLD = frozenset(
    {"Art", "BlockQuote", "TOC", "TOCI", "Index", "NonStruct", "Private", "Quote", "Reference", "BibEntry",
     "Code"}
)  # fmt: skip
_REFERRING = frozenset({"TOCI", "Reference"})


def rewrite(root: Node, pdf: pydyf.PDF) -> None:
    """Bring the tags below ``root`` and what leads to them from PDF 1.7 to 2.0."""
    _name_spaces(root, pdf)
    for node in root.tagged("L"):
        for attributes in _attributes(pdf.objects[node.number]):
            if "ListNumbering" in attributes:
                attributes["ListNumbering"] = f"/{tags.numbering(node)}"
    for item in _bookmarks(pdf):
        item["A"] = _to_tag(item["SE"], item.pop("Dest"))
    named = _named(root)
    _refer(root, named, pdf)
    for node in root.walk():
        for kid in node.kids:
            if isinstance(kid, Annotation) and "Dest" in kid.dictionary:
                place = kid.dictionary.pop("Dest")
                kid.dictionary["A"] = _to_tag(_reference(named.get(place.string, root), pdf), place)


def _name_spaces(root: Node, pdf: pydyf.PDF) -> None:
    tree = actualtext.resolve(pdf, pdf.catalog["StructTreeRoot"])
    spaces = [pydyf.Dictionary({"Type": "/Namespace", "NS": pydyf.String(name)}) for name in (_NEW, _OLD)]
    for space in spaces:
        pdf.add_object(space)
    tree["Namespaces"] = pydyf.Array(space.reference for space in spaces)
    tree.pop("RoleMap", None)  # the types that it maps are some of this version
    for node in root.walk():
        pdf.objects[node.number]["NS"] = spaces[node.tag in _ONLY_OLD].reference


def _attributes(element: Any) -> list[Any]:
    found = element.get("A", ())
    return [found] if isinstance(found, dict) else list(found)


def _bookmarks(pdf: pydyf.PDF) -> Iterator[Any]:
    """All of them, in any order."""
    todo = [pdf.catalog["Outlines"]] if "Outlines" in pdf.catalog else []
    while todo:
        item = actualtext.resolve(pdf, todo.pop())
        todo += [item[key] for key in ("First", "Next") if key in item]
        if "Title" in item:
            yield item


def _to_tag(tag: bytes, place: Any) -> pydyf.Dictionary:
    """An action that leads to a tag; older readers go to the place on the page."""
    return pydyf.Dictionary({"Type": "/Action", "S": "/GoTo", "D": place, "SD": pydyf.Array([tag, "/Fit"])})


def _named(root: Node) -> dict[str, Node]:
    """The tags by the names that links lead to; what has no tag of its own is in that of what it stands in."""
    named: dict[str, Node] = {}
    for node in (node for node in root.walk() if node.element is not None):
        for element in node.element.iter():
            name = element.get("id")
            if name and (name not in named or named[name].element is not element):
                named[name] = node
    return named


def _refer(root: Node, named: Mapping[str, Node], pdf: pydyf.PDF) -> None:
    """Entries of contents and marks of notes name the tags that they are of; notes name their marks."""
    noted: dict[int, list[Node]] = {}
    for node in root.walk():
        targets = [named[name] for name in _leads_to(node) if name in named] if node.tag in _REFERRING else []
        if node.tag == "Reference":
            targets = [target for target in targets if target.tag == "Note"]
        for target in targets:
            noted.setdefault(target.number, []).append(node)
        if targets:
            pdf.objects[node.number]["Ref"] = pydyf.Array(_reference(target, pdf) for target in targets)
    for note in root.tagged("Note"):
        element = pdf.objects[note.number]
        element["S"] = "/FENote"
        kind = pydyf.Dictionary({"O": "/FENote", "NoteType": "/Footnote"})
        element["A"] = pydyf.Array([*_attributes(element), kind])
        if marks := noted.get(note.number):
            element["Ref"] = pydyf.Array(_reference(mark, pdf) for mark in marks)


def _leads_to(node: Node) -> Iterator[str]:
    """The names that links in a tag lead to, or that it prints the page of, each once."""
    found = dict.fromkeys(
        kid.dictionary["Dest"].string
        for below in node.walk()
        for kid in below.kids
        if isinstance(kid, Annotation) and "Dest" in kid.dictionary
    )
    if not found and node.element is not None:
        found = {name[1:]: None for each in node.element.iter() if (name := each.get("data-to", ""))}
    yield from found


def _reference(node: Node, pdf: pydyf.PDF) -> bytes:
    reference: bytes = pdf.objects[node.number].reference
    return reference
