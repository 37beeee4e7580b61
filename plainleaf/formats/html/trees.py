"""The tree of a page as a browser builds it.

Browsers add elements, close others and move some to where they may stand. Of a page in which there is nothing to add
or to move, as our templates write it, the tree is what its tags say; any other one is left to the parser of HTML.
HTML Living Standard, 13.2.6 (tree construction).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element

import tinyhtml5  # type: ignore[import-untyped]

from plainleaf.formats import parsing
from plainleaf.formats.html.tokens import SHAPES, VOID, Read

_SVG: Final = "{http://www.w3.org/2000/svg}"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {  # each ends a paragraph that is open
    "address", "article", "aside", "blockquote", "details", "div", "dl", "figcaption", "figure", "footer", "header",
    "hr", "main", "nav", "ol", "p", "section", "summary", "table", "ul",
}  # fmt: skip
_PHRASES = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "dfn", "em", "i", "img", "input", "label", "q", "s", "small",
    "span", "strong", "sub", "sup", "time", "u", "wbr",
})  # fmt: skip
_ONLY_IN: Mapping[str, frozenset[str]] = {
    "html": frozenset({""}),
    **dict.fromkeys(("head", "body"), frozenset({"html"})),
    **dict.fromkeys(("meta", "title", "style", "script", "link"), frozenset({"head"})),
    "li": frozenset({"ul", "ol"}),
    **dict.fromkeys(("dt", "dd"), frozenset({"dl"})),
    **dict.fromkeys(("caption", "colgroup", "thead", "tbody", "tfoot"), frozenset({"table"})),
    "col": frozenset({"colgroup"}),
    "tr": frozenset({"thead", "tbody", "tfoot"}),
    **dict.fromkeys(("td", "th"), frozenset(("tr",))),
    **dict.fromkeys(SHAPES, frozenset({"svg"})),
}
_KNOWN = _BLOCKS | _PHRASES | _ONLY_IN.keys() | {"svg"}
# What stands in these is nothing but what names them, and spaces.
_FRAMES = frozenset({"", "html", "head", "colgroup", "table", "thead", "tbody", "tfoot", "tr", "svg"})


def tree(read: Read) -> Any:
    """The root of a page, names as in HTML."""
    root = _as_written(read)
    if root is None:
        with parsing.quick():
            root = tinyhtml5.parse(read.page, namespace_html_elements=False)
    return root


def _as_written(read: Read) -> Element | None:
    """The tree that the tags of a page say; ``None`` of one of which browsers may build another."""
    if not read.plain:
        return None
    top = Element("")
    stack: list[Element] = [top]
    names, last = [""], top  # of those that are open; behind what a text stands
    for kind, name, about in read.tokens:
        if kind == "text":
            if names[-1] in _FRAMES and name.strip(" \n"):
                return None
            if last is stack[-1]:
                last.text = (last.text or "") + name
            else:
                last.tail = (last.tail or "") + name
        elif kind == "end":
            if len(stack) == 1 or name != names.pop():
                return None
            last = stack.pop()
        elif kind == "start":
            if not _may_stand(name, names):
                return None
            drawn = f"{_SVG}{name}" if name == "svg" or names[-1] == "svg" else name
            last = Element(drawn, {key: value or "" for key, value in about.items()})
            stack[-1].append(last)
            if name not in VOID:
                stack.append(last)
                names.append(name)
    root = top[0] if len(stack) == 1 and len(top) == 1 else None
    return root if root is not None and [each.tag for each in root] == ["head", "body"] else None


def _may_stand(name: str, within: list[str]) -> bool:
    """Whether an element stands where it is written; ``within``: the names of those around, the innermost last."""
    parent = within[-1]
    if name not in _KNOWN or parent not in _ONLY_IN.get(name, (parent,)):
        return False
    if parent in SHAPES or (parent in _FRAMES and name not in _ONLY_IN):
        return False
    if name in _BLOCKS and ("p" in within or (name in _HEADINGS and parent in _HEADINGS)):
        return False
    return name not in ("a", "table") or name not in within
