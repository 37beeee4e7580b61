"""The boxes of all pages -> one tree of tags, as the HTML means it.

WeasyPrint makes a tag of each box of each page. Here a tag is made for each HTML element: what is split over lines,
columns or pages is one tag again, boxes without meaning vanish, and what is printed for the page's sake only (margins,
repeated table heads, decoration) stays outside the tree.

Elements with the same ``data-part-of`` are pieces of one tag, in the place of the first: a list whose items stand in
rows beside those of another language is still one list, and what is printed by turns can be read one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pydyf

from plainleaf.formats.pdf.actualtext import Box, Mark, is_a, unwrap
from plainleaf.formats.pdf.fields import Lines
from plainleaf.formats.pdf.roles import AROUND_LINK, BIBLIOGRAPHY, GROUPS, INLINE, type_of
from plainleaf.languages import cldr
from plainleaf.languages.scripts import scripts_of
from plainleaf.model.tags import locale_name

_LATIN = frozenset({"LATIN"})


@dataclass(slots=True, eq=False)
class Annotation:
    """A link or form field on a page."""

    page: int
    dictionary: Any


@dataclass(slots=True, eq=False)
class Node:
    """A tag. ``box`` is the first of its boxes, None for tags that stand for no element."""

    tag: str
    language: str
    parent: Node | None = None
    box: Box = None
    kids: list[Node | Mark | Annotation] = field(default_factory=list)
    number: int = 0  # of its object in the PDF
    extra: dict[str, Any] = field(default_factory=dict)
    attributes: list[dict[str, Any]] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def take_apart(self) -> None:
        """Part all of them from each other when nobody asks for them any more: they hold boxes, and each other."""
        for node in list(self.walk()):
            node.parent = None
            node.kids.clear()

    def tagged(self, tag: str) -> Iterator[Node]:
        """Those of them with this tag."""
        return (node for node in self.walk() if node.tag == tag)

    def first(self, tag: str) -> Node | None:
        """The first of its kids with this tag."""
        return next((kid for kid in self.kids if isinstance(kid, Node) and kid.tag == tag), None)

    @property
    def element(self) -> Any:
        """The HTML element, or None."""
        return None if self.box is None else self.box.element


class Tree:
    """The tree under construction: give it each page in turn, then call ``finish``."""

    def __init__(self, marks: list[Mark], language: str, annotations: list[list[Any]]) -> None:
        self.root = Node("Document", language)
        self._annotations = annotations  # of each page
        # The page belongs to the key: what is printed on each page may be one box on all of them.
        self._marks = {(mark.page, id(mark.box)): mark for mark in marks}
        self._lines = Lines(marks)
        self._nodes: dict[tuple[int | str, str], Node] = {}
        self._fixed: dict[int, int] = {}  # element with position: fixed -> the page it is on first
        self._page = 0

    def add_page(self, page: int, box: Box) -> None:
        """Add what is on the next page."""
        self._page = page
        self._add(box, self.root, False)

    def finish(self) -> Node:
        """The root, without tags that hold nothing."""
        self._prune(self.root)
        _fold(self.root)
        return self.root

    # ------------------------------------------------------------------ boxes

    def _add(self, box: Box, parent: Node, linked: bool) -> None:
        box = unwrap(box)
        kind = self._artifact(box, parent)
        if kind:
            self._leave_out(box, kind)
        elif is_a(box, "TextBox"):
            self._add_text(box, parent)
        else:
            node = self._node(box, parent)
            if box.link_annotation is not None:
                if not linked:  # WeasyPrint gives each box inside a link another one, on top of the link's
                    link = node if node.tag == "Link" else self._new("Link", node, box)
                    self._annotate(link, box.link_annotation)  # one Link for all lines of a link
                linked = True
            if box.widget_annotation is not None:
                self._annotate(self._new("Form", node, box), box.widget_annotation)
            if is_a(box, "ReplacedBox"):
                node.kids.append(self._marks[self._page, id(box)])
            elif node.tag == "Form" and (line := self._lines.mark(self._page, box)):
                node.kids.append(line)
            for child in box.children:
                self._add(child, node, linked)

    def _artifact(self, box: Box, parent: Node) -> str:
        """Why a box is not part of the text: Pagination (repeated on each page), of which running heads and feet are
        Header or Footer (ISO 14289-1, 7.8), or Layout (decoration), else ""."""
        if is_a(box, "MarginBox"):
            return {"@top": "Header", "@bottom": "Footer"}.get(box.at_keyword.partition("-")[0], "Pagination")
        element = box.element
        if element is None:
            return ""
        if (is_a(box, "TextBox") or is_a(box, "ReplacedBox")) and box.style["visibility"] != "visible":
            return "Layout"
        if is_a(box, "TableRowGroupBox"):
            before = self._nodes.get(_key(box))
            if before is not None and before.tag in ("THead", "TFoot") and before is not parent:
                if box.is_header:
                    return "Pagination"
                if box.is_footer:
                    self._forget(before)  # the one that counts is the last
        if box.style["position"] == "fixed" and self._fixed.setdefault(id(element), self._page) < self._page:
            return "Pagination"
        if element.get("aria-hidden") == "true":
            return "Layout"
        if is_a(box, "ReplacedBox"):
            silent = element.get("alt") == "" or element.get("role") in ("presentation", "none")
            return "Layout" if silent or "::" in box.element_tag else ""
        return ""

    def _leave_out(self, box: Box, kind: str) -> None:
        box = unwrap(box)
        if mark := self._marks.get((self._page, id(box))):
            mark.make_artifact(kind)
        for child in box.children:
            self._leave_out(child, kind)

    def _forget(self, node: Node) -> None:
        """Take a node that was printed once more later on out of the tree."""
        gone = set(map(id, node.walk()))
        self._nodes = {key: value for key, value in self._nodes.items() if id(value) not in gone}
        for below in node.walk():
            for kid in below.kids:
                if isinstance(kid, Mark):
                    kid.make_artifact("Pagination")
        if node.parent is not None:
            node.parent.kids.remove(node)

    def _annotate(self, node: Node, dictionary: Any) -> None:
        # A box that is printed on each page knows the annotation of the last one; the others have the same place.
        here = self._annotations[self._page]
        alike = [one for one in here if one is dictionary] or [one for one in here if one["Rect"] == dictionary["Rect"]]
        node.kids += [Annotation(self._page, one) for one in alike[:1]]

    # ------------------------------------------------------------------ nodes

    def _node(self, box: Box, parent: Node) -> Node:
        """The node that holds what is in a box: a new one, the one of the box's element, or ``parent``."""
        if box.element is None or is_a(box, "LineBox") or box.element_tag in ("html", "body"):
            return parent
        key = _key(box)
        known = self._nodes.get(key)
        if known is not None and (known.tag not in INLINE or _last(known.parent) is known):
            return known
        tag = type_of(box, parent)
        if not tag:
            return parent
        if box.element_tag in ("dt", "dd") and parent.tag == "L":
            parent = self._pair(parent, tag)
        if tag == "Link" and (around := AROUND_LINK.get(box.element.get("role"))):
            parent = self._new(around, parent)
        if tag == "Link" and is_a(box, "BlockLevelBox") and parent.tag in GROUPS:
            parent = self._new("P", parent)
        node = self._nodes[key] = self._new(tag, parent, box)
        return node

    def _new(self, tag: str, parent: Node, box: Box = None) -> Node:
        """Add a node, with the nodes that have to stand between it and ``parent``."""
        parent = self._place(tag, parent)
        language = (box is not None and box.style["lang"]) or parent.language
        node = Node(tag, language, parent, box)
        parent.kids.append(node)
        return node

    def _place(self, tag: str, parent: Node) -> Node:
        """Where a node with this tag ("" for text) may stand in ``parent``."""
        if parent.tag == "L" and tag not in ("LI", "L", "Caption"):
            parent = self._new("LI", parent)
        if parent.tag == "LI" and tag not in ("Lbl", "LBody"):
            parent = parent.first("LBody") or self._new("LBody", parent)
        if parent.tag == "LBody" and (not tag or tag in INLINE) and tag != "BibEntry" and _in_bibliography(parent):
            parent = parent.first("BibEntry") or self._new("BibEntry", parent)
        if parent.tag == "TOCI" and tag != "Reference":
            parent = parent.first("Reference") or self._new("Reference", parent)
        if parent.tag in GROUPS and (not tag or tag in INLINE):
            last = _last(parent)
            parent = last if last and last.tag == "P" and last.box is None else self._new("P", parent)
        return parent

    def _add_text(self, box: Box, parent: Node) -> None:
        """Add a piece of text: in a Span if the language changes here."""
        mark, parent = self._marks[self._page, id(box)], self._place("", parent)
        language = _language(mark.text, box.style["lang"] or parent.language)
        if language != parent.language:
            last = _last(parent)
            if last is None or last.tag != "Span" or last.language != language:
                last = self._new("Span", parent, box)
                last.language = language
            parent = last
        if mark.unread:
            parent = self._new("Span", parent, box)
            parent.extra["ActualText"] = pydyf.String(mark.text)
        parent.kids.append(mark)

    def _pair(self, parent: Node, tag: str) -> Node:
        """The list item for a term or its explanation: terms, then explanations, then the next item."""
        last = _last(parent)
        if last is None or (tag == "Lbl" and last.first("LBody")):
            return self._new("LI", parent)
        return last

    def _prune(self, node: Node) -> None:
        for kid in list(node.kids):
            if isinstance(kid, Node):
                self._prune(kid)
        if node.kids and all(isinstance(kid, Mark) and kid.blank for kid in node.kids):
            for kid in node.kids:
                if isinstance(kid, Mark):
                    kid.make_artifact("Layout")
            node.kids.clear()
        if not node.kids and node.parent is not None and node.tag not in ("TH", "TD"):
            node.parent.kids.remove(node)


def _language(text: str, language: str) -> str:
    """The language of a piece of text in another: all that is known of one in Latin letters alone is its script, where
    nobody said more (BCP 47: ``und``)."""
    foreign = not _in_latin(language) and scripts_of(text) == _LATIN and not text[0].isdecimal()  # no dose
    return "und-Latn" if foreign else language


@lru_cache(maxsize=256)
def _in_latin(language: str) -> bool:
    name = locale_name(language)
    return cldr.script_of(name) in ("Latn", "") or name.endswith("_Latn")


def _key(box: Box) -> tuple[int | str, str]:
    """What makes two boxes parts of one tag: the same element, or the same pseudo-element of it."""
    return box.element.get("data-part-of") or id(box.element), box.element_tag.partition("::")[2]


def _in_bibliography(node: Node | None) -> bool:
    while node is not None and (node.element is None or node.element.get("role") != BIBLIOGRAPHY):
        node = node.parent
    return node is not None


def _last(node: Node | None) -> Node | None:
    last = node.kids[-1] if node is not None and node.kids else None
    return last if isinstance(last, Node) else None


def _fold(node: Node) -> None:
    """Put a picture or list in the place of what groups it with its caption, and the caption into it, as its first or
    last tag (ISO 32000-1, 14.8.4.3.4)."""
    for kid in node.kids:
        if isinstance(kid, Node):
            _fold(kid)
    kids = [kid for kid in node.kids if isinstance(kid, Node)]
    captions, held = ([kid for kid in kids if (kid.tag == "Caption") is caption] for caption in (True, False))
    if node.tag != "Div" or node.parent is None or len(kids) != len(node.kids):
        return
    shown = held[0] if len(held) == 1 and len(captions) < 2 else node
    if shown.tag == "Figure" or (shown.tag == "L" and captions):
        for caption in captions:
            shown.kids.insert(len(shown.kids) if kids[0] is shown and shown.tag == "Figure" else 0, caption)
            caption.parent = shown
        node.parent.kids[node.parent.kids.index(node)] = shown
        shown.parent = node.parent
        return
    for caption in captions:
        caption.tag = "P"
