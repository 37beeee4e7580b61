"""Lists of points, of steps, and of boxes to tick."""

from __future__ import annotations

import re

from plainleaf.model import Block, Kind
from plainleaf.sources.body import About, Body, content
from plainleaf.sources.commonmark import Node
from plainleaf.sources.dialects import POINT
from plainleaf.sources.fences import Marks

DEEPEST_LIST = 2

KINDS = (About(Kind.LIST), About(Kind.ITEM, "List point", prose=True, printed="list"))

_LISTS = ("bullet_list", "ordered_list")
# A box to tick, as GitHub has it and as word processors do.
_BOX = re.compile(r"(?:\[(?P<ticked>[^\[\]]?)\]|[☐☑☒])(?:[ \t\u00a0]+|$)")


def points(body: Body, node: Node, depth: int = 1) -> list[Block]:
    """A list, with the lists inside its points."""
    line = body.line(node)
    options = {"ordered": "yes" if node.type == "ordered_list" else "no"}
    if options["ordered"] == "yes":
        options |= _start(body, node, depth)
        _check_numbers(body, node)
    boxes = [_BOX.match(_first_text(item)) for item in node.children]
    if all(boxes) and options["ordered"] == "no":
        options["tick"] = "yes"
    elif any(boxes):
        hint = "write “- [ ] ” before each point of the list, or before none; a list to tick has no numbers"
        body.notes.error("source-list-tick", line, "some points of this list are boxes to tick, others are not", hint)
    items = [_item(body, item, depth, "yes" if options.get("tick") else "") for item in node.children]
    return [body.made(Kind.LIST, line, None, (), items, **options)]


def _start(body: Body, node: Node, depth: int) -> dict[str, str]:
    """Where a numbered list begins, if it goes on with the steps above; a list inside a point never does."""
    start = int(node.attrs.get("start", 1))
    before = body.counts.steps if depth == 1 else 0
    if depth == 1:
        body.counts.steps = len(node.children) + (before if start != 1 else 0)
    if start == 1:
        return {}
    if not before or start != before + 1:
        above = f"the steps above end with {before}" if before else "there are no steps above"
        what = f"a list begins with {start}, but {above}"
        hint = f"begin at {before + 1} to go on, or at 1" if before else "begin at 1, or join it with the list above"
        body.notes.error("source-list-start", body.line(node), what, hint)
    return {"start": str(before + 1)}


def _check_numbers(body: Body, node: Node) -> None:
    """Typed numbers that count otherwise than the printed ones; the same number before each step is a habit."""
    typed = [int(item.info) for item in node.children if item.info.isdecimal()]
    if len(set(typed)) < 2:
        return
    for item, printed, number in zip(node.children, range(typed[0], typed[0] + len(typed)), typed, strict=False):
        if number != printed:
            what = f"a step begins with {number}, but it will be printed as {printed}"
            body.notes.error(
                "source-list-start", body.line(item), what, "number the steps 1, 2, 3, or begin a new list"
            )
            return


def _first_text(item: Node) -> str:
    first = item.children[0] if item.children else None
    return content(first) if first is not None and first.type == "paragraph" else ""


def _item(body: Body, node: Node, depth: int, tick: str) -> Block:
    line = body.line(node)
    text = ""
    marks = Marks(line)
    children: list[Block] = []
    for index, child in enumerate(node.children):
        if child.type == "paragraph" and index == 0:
            text, marks = body.marked(_unticked(body, content(child), line), line)
        elif child.type in _LISTS and not children:
            children += _inner_list(body, child, depth)
        elif not body.forbid(child):
            hint = "a point is one paragraph and at most one list: make two points, or end the list before"
            body.notes.error("source-list-point", body.line(child), "a list point holds more than one text", hint)
    if not text.strip():
        body.notes.error("source-list-point", line, "a list point has no text of its own", "write it, or delete it")
    options = {"tick": tick} if tick else {}
    return body.made(Kind.ITEM, line, marks, body.inlines(text, line, POINT), children, **options)


def _unticked(body: Body, text: str, line: int) -> str:
    """The text behind a box, which is empty until a patient ticks it."""
    box = _BOX.match(text)
    if box and ((box["ticked"] or "").strip() or text[0] in "☑☒"):
        hint = "write “- [ ] ” with a space between the brackets: the patient ticks it"
        body.notes.error("source-list-tick", line, "a box to tick is ticked already", hint)
    return text[box.end() :] if box else text


def _inner_list(body: Body, node: Node, depth: int) -> list[Block]:
    if depth < DEEPEST_LIST:
        return points(body, node, depth + 1)
    hint = "one list may stand inside a point, no deeper: part the points, or use a heading"
    body.notes.error("source-nested-too-deep", body.line(node), "a list stands too deep inside another", hint)
    return []


NODES = dict.fromkeys(_LISTS, points)
