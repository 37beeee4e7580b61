"""Headings and paragraphs, and what a paragraph turns out to be: a picture, a table that is none."""

from __future__ import annotations

import re

from plainleaf.model import Block, Kind
from plainleaf.sources import inlines
from plainleaf.sources.blocks import pictures, tables
from plainleaf.sources.body import About, Body, content
from plainleaf.sources.commonmark import Node
from plainleaf.sources.dialects import COVERED, PARAGRAPH

DEEPEST_HEADING = 4

KINDS = (
    About(Kind.HEADING, "Heading"),
    About(Kind.PARAGRAPH, "Paragraph", prose=True),
    About(Kind.TITLE, "Title of the leaflet", printed="-"),
    About(Kind.SUMMARY, "What the leaflet is about", prose=True, printed="-"),
    About(Kind.AUDIENCE, "Who the leaflet is for", printed="-"),
)

_NUMBERED = re.compile(r"(?P<number>[0-9]{1,2})[.)][ \t]+(?P<text>.+)", re.DOTALL)
_TABLE_RULE = re.compile(r"[ \t|:-]*-[ \t|:-]*")


def heading(body: Body, node: Node) -> list[Block]:
    """A heading, below the title."""
    line = body.line(node)
    level = int(node.tag.removeprefix("h"))
    if not node.markup.startswith("#"):
        what = f"a line of {node.markup} makes the text above it a heading"
        body.notes.error("source-heading-underlined", line, what, "write ## before a heading")
        level = 2
    elif level == 1:
        hint = "begin with ##; the title is in the front matter"
        body.notes.error("source-heading-title", line, "a heading with one # sign", hint)
    elif level > DEEPEST_HEADING:
        what = f"a heading with {level} # signs"
        body.notes.error("source-heading-too-deep", line, what, "use at most ####, or make it a paragraph")
    level = min(max(level, 2), DEEPEST_HEADING)
    text, marks = body.marked(content(node), line)
    if numbered := _NUMBERED.fullmatch(text):
        text = numbered["text"]
    number = {"number": _counted(body, int(numbered["number"]), level, line)} if numbered else {}
    words = body.inlines(text, line)
    if not words:
        hint = "write them, or delete the # signs"
        body.notes.error("source-heading-empty", line, "a heading has no words", hint)
        return []
    return [body.made(Kind.HEADING, line, marks, words, (), level=str(level), **number)]


def _counted(body: Body, number: int, level: int, line: int) -> str:
    """The number of a part, which the layout prints: in the digits of the language, and counted anew where parts are
    left out. What an author types is only asked to be in order."""
    expected = []
    for count in body.counts.of(body.country):
        kept = {each: last for each, last in count.headings.items() if each <= level}
        count.headings = kept | {level: kept.get(level, 0) + 1}
        expected.append(count.headings[level])
    if number in expected:
        return str(number)
    follows = max(expected)
    before = f"follows part {follows - 1}" if follows > 1 else "comes first"
    hint = f"write {follows}, or leave the numbers out; if it does not number a part, write {number}\\."
    body.notes.error("source-heading-number", line, f"part {number} {before}", hint)
    return str(follows)


def paragraph(body: Body, node: Node) -> list[Block]:
    """A paragraph, or the picture that stands alone in it."""
    line = body.line(node)
    if tables.is_note(node):
        return []  # the table reads it
    if tables.is_caption(node):
        if tables.captioned(node):
            return []  # the table reads it
        hint = "put it right above or below a table; there is none here"
        body.notes.error("source-table-caption", line, f"“{tables.CAPTION}” does not belong to a table", hint)
    text, marks = body.marked(content(node), line)
    if not text.strip():
        hint = "put them at the end of a text, or right below the picture or table"
        body.notes.error("source-mark-alone", line, "these marks belong to no text", hint)
        return []
    kind = PARAGRAPH
    if _like_table(text):
        kind = COVERED
        hint = "write | --- | --- | below the header row, with as many columns"
        body.notes.error("source-table-broken", line, "this looks like a table but is not one", hint)
    tokens = body.tokens(text, line)
    if image := inlines.picture(tokens):
        return pictures.figure(body, image, line, marks)
    words = inlines.read(body.notes, tokens, line, kind)
    return [body.made(Kind.PARAGRAPH, line, marks, words)] if words else []


def rule(body: Body, node: Node) -> list[Block]:
    """One more line to write on, where underscores stand alone; any other rule is none of ours."""
    if not body.is_line(node):
        body.forbid(node)
        return []
    line = body.line(node)
    return [body.made(Kind.PARAGRAPH, line, None, body.inlines(body.source_line(node), line, PARAGRAPH))]


def _like_table(text: str) -> bool:
    lines = text.split("\n")
    return all(line.lstrip().startswith("|") for line in lines) or any(
        "|" in line and _TABLE_RULE.fullmatch(line) for line in lines
    )


NODES = {"heading": heading, "paragraph": paragraph, "hr": rule}
