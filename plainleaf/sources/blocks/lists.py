"""Lists of points and of steps."""

from __future__ import annotations

from plainleaf.model import Block, Kind
from plainleaf.sources.body import About, Body, content
from plainleaf.sources.commonmark import Node
from plainleaf.sources.fences import Marks

DEEPEST_LIST = 2

KINDS = (About(Kind.LIST), About(Kind.ITEM, "List point", prose=True, printed="list"))

_LISTS = ("bullet_list", "ordered_list")


def points(body: Body, node: Node, depth: int = 1) -> list[Block]:
    """A list, with the lists inside its points."""
    line = body.line(node)
    if (start := node.attrs.get("start", 1)) != 1:
        what = f"a list begins with {start}, but it will be printed from 1"
        body.notes.error("source-list-start", line, what, "begin at 1, or join it with the list above")
    ordered = "yes" if node.type == "ordered_list" else "no"
    items = (_item(body, item, depth) for item in node.children)
    return [body.made(Kind.LIST, line, None, (), items, ordered=ordered)]


def _item(body: Body, node: Node, depth: int) -> Block:
    line = body.line(node)
    text = ""
    marks = Marks(line)
    children: list[Block] = []
    for index, child in enumerate(node.children):
        if child.type == "paragraph" and index == 0:
            text, marks = body.marked(content(child), line)
        elif child.type in _LISTS and not children:
            children += _inner_list(body, child, depth)
        elif not body.forbid(child):
            hint = "a point is one paragraph and at most one list: make two points, or end the list before"
            body.notes.error("source-list-point", body.line(child), "a list point holds more than one text", hint)
    if not text.strip():
        body.notes.error("source-list-point", line, "a list point has no text of its own", "write it, or delete it")
    return body.made(Kind.ITEM, line, marks, body.inlines(text, line), children)


def _inner_list(body: Body, node: Node, depth: int) -> list[Block]:
    if depth < DEEPEST_LIST:
        return points(body, node, depth + 1)
    hint = "one list may stand inside a point, no deeper: part the points, or use a heading"
    body.notes.error("source-nested-too-deep", body.line(node), "a list stands too deep inside another", hint)
    return []


NODES = dict.fromkeys(_LISTS, points)
