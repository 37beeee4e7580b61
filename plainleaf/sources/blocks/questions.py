"""Questions, each with its answer."""

from __future__ import annotations

import re

from plainleaf.model import Block, Kind
from plainleaf.sources.body import About, Body, Fenced, content
from plainleaf.sources.commonmark import Node
from plainleaf.sources.fences import Fence, Marks

KINDS = (
    About(Kind.QUESTIONS, box=True),
    About(Kind.QUESTION, "Question", prose=True, printed="questions"),
    About(Kind.ANSWER, "Answer", prose=True, printed="questions"),
)

_ANSWER = re.compile(r"\n[ \t]*:(?=[ \t]|$)", re.MULTILINE)


def questions(body: Body, fence: Fence, marks: Marks) -> list[Block]:
    """Questions and answers in turn."""
    found: list[Block] = []
    for part in fence.parts:
        if isinstance(part, Fence):
            _no_question(body, part.line)
            continue
        for node in body.nodes(part):
            found += _question(body, node)
    return [body.made(Kind.QUESTIONS, fence.line, marks, (), found)]


def _question(body: Body, node: Node) -> list[Block]:
    line = body.line(node)
    texts = _ANSWER.split(content(node)) if node.type == "paragraph" else []
    if len(texts) != 2 or texts[0].startswith(":"):
        _no_question(body, line)
        return []
    found = []
    for kind, text in zip((Kind.QUESTION, Kind.ANSWER), texts, strict=True):
        bare, marks = body.marked(text, line)
        words = body.inlines(bare, line)
        if not words:
            _no_question(body, line)
        found.append(body.made(kind, line, marks, words))
        line += text.count("\n") + 1
    return found


def _no_question(body: Body, line: int) -> None:
    hint = "write the question on a line, its answer on the next after “: ”, then a blank line"
    body.notes.error("source-question", line, "this is not a question with one answer", hint)


FENCED = (Fenced("questions", questions, "::: questions\nDoes it hurt?\n: No.\n:::"),)
