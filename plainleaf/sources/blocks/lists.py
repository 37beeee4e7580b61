"""Lists of points, of steps, and of boxes to tick; a point or step may have a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plainleaf.model import LINE, Block, Kind
from plainleaf.sources import inlines
from plainleaf.sources.blocks import pictures
from plainleaf.sources.body import About, Body, content, handed_down
from plainleaf.sources.commonmark import Node
from plainleaf.sources.dialects import POINT
from plainleaf.sources.fences import Marks

DEEPEST_LIST = 2

KINDS = (About(Kind.LIST), About(Kind.ITEM, "List point", prose=True, printed="list"))

_LISTS = ("bullet_list", "ordered_list")
# A box to tick, as GitHub has it and as word processors do.
_BOX = re.compile(r"(?:\[(?P<ticked>[^\[\]]?)\]|[☐☑☒])(?:[ \t\u00a0]+|$)")
# A picture on lines of its own, with its marks behind it or on the next line.
_QUOTED = r'"[^"]*"'
_MARKS = rf'[ \t]*\n?[ \t]*\{{(?:[^{{}}"]|{_QUOTED})*[#.="](?:[^{{}}"]|{_QUOTED})*\}}'
_PICTURE = re.compile(rf'^[ \t]*!\[[^\]]*\]\((?:[^()"]|{_QUOTED})*\)(?:{_MARKS})?[ \t]*$', re.MULTILINE)


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
    counts = body.counts.of(body.country) if depth == 1 else ()
    above = [count.steps for count in counts]
    for count in counts:
        count.steps = len(node.children) + (count.steps if start != 1 else 0)
    if start == 1:
        return {}
    before = start - 1 if start - 1 in above else max(above, default=0)
    if not before or start != before + 1:
        ended = f"the steps above end with {before}" if before else "there are no steps above"
        what = f"the list begins with {start}, but {ended}"
        hint = f"begin at {before + 1} to continue, or at 1" if before else "begin at 1, or join it with the list above"
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
                "source-list-start", body.line(item), what, "number the steps 1, 2, 3, or start a new list"
            )
            return


def _first_text(item: Node) -> str:
    first = item.children[0] if item.children else None
    return content(first) if first is not None and first.type == "paragraph" else ""


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands in a point: a text, a picture, or anything else (``node``)."""

    line: int
    text: str = ""
    picture: bool = False
    node: Node | None = None


def _parts(body: Body, node: Node) -> Iterator[_Part]:
    """A paragraph is a text, a picture, or both on lines of their own."""
    for child in node.children:
        line = body.line(child)
        if child.type != "paragraph":
            yield _Part(line, node=child)
            continue
        typed, at = content(child), 0
        for found in _PICTURE.finditer(typed):
            yield from _text(typed, at, found.start(), line)
            yield _Part(line + typed.count("\n", 0, found.start()), found[0].lstrip(), picture=True)
            at = found.end()
        yield from _text(typed, at, len(typed), line)


def _text(typed: str, start: int, end: int, line: int) -> Iterator[_Part]:
    text = typed[start:end]
    if text.strip():
        above = typed.count("\n", 0, start) + text[: len(text) - len(text.lstrip())].count("\n")
        yield _Part(line + above, text.strip("\n"))


def _item(body: Body, node: Node, depth: int, tick: str) -> Block:
    line = body.line(node)
    first: _Part | None = None
    shown: list[Block] = []
    inner: list[Block] = []
    for part in _parts(body, node):
        if part.node is not None and part.node.type in _LISTS and not inner:
            inner += _inner_list(body, part.node, depth)
        elif part.node is not None and body.is_line(part.node) and first is None and not inner:
            first = _Part(part.line, "{" + LINE + "}")
        elif part.node is not None and body.forbid(part.node):
            pass
        elif part.picture and not inner:
            shown += _picture(body, part, "box to tick" if tick else "point of an inner list" * (depth > 1), shown)
        elif part.node is None and not part.picture and first is None and not inner:
            first = part
        else:
            what, hint = "a list point contains more than one text", "make two points, or end the list before it"
            hint = f"a point is one paragraph, one picture and at most one list, in this order: {hint}"
            body.notes.error("source-list-point", part.line, what, hint)
    text, marks = body.marked(_unticked(body, first.text, first.line), first.line) if first else ("", Marks(line))
    if not text.strip():
        body.notes.error("source-list-point", line, "a list point has no text of its own", "write it, or delete it")
    options = {"tick": tick} if tick else {}
    words = body.inlines(text, first.line if first else line, POINT)
    children = [*(handed_down(figure, marks.safety) for figure in shown), *inner]
    return body.made(Kind.ITEM, line, marks, words, children, **options)


def _picture(body: Body, part: _Part, nowhere: str, others: list[Block]) -> list[Block]:
    """The picture of a step; ``nowhere``: what it stands in where none may."""
    text, marks = body.marked(part.text, part.line)
    image = inlines.picture(body.tokens(text, part.line))
    if nowhere or others or image is None:
        what = f"a {nowhere} contains a picture" if nowhere else "a step contains more than one picture"
        hint = "put it above or below the list" if nowhere else "make two steps, or draw both as one picture"
        body.notes.error("source-list-picture", part.line, what, hint)
        return []
    return pictures.figure(body, image, part.line, marks)


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
    hint = "a point can contain one list, and that list no other: split the points, or use a heading"
    body.notes.error("source-nested-too-deep", body.line(node), "lists are nested too deeply", hint)
    return []


NODES = dict.fromkeys(_LISTS, points)
