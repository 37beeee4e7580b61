"""The body of a leaflet, block by block: headings, paragraphs, pictures, lists, tables, ``:::`` blocks of our own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from plainleaf.model import EXCEPT, Block, Inline, Kind, Text
from plainleaf.sources import commonmark, inlines
from plainleaf.sources.characters import Notes, visible
from plainleaf.sources.commonmark import Node, Token
from plainleaf.sources.fences import Fence, Lines, Marks, Part, split_marks
from plainleaf.sources.front_matter import Head

LONGEST_TEXT = 10_000  # characters of one paragraph; links and emphasis take quadratic time to read
DEEPEST_HEADING = 4
DEEPEST_LIST = 2
_ANSWER = re.compile(r"\n[ \t]*:(?=[ \t]|$)", re.MULTILINE)
_TABLE_RULE = re.compile(r"[ \t|:-]*-[ \t|:-]*")
_PICTURE = re.compile(r"[^/\\:?#{}][^\\:?#{}]*")  # a path: no root, no drive, no address
_CELL_END = re.compile(r"(?<!\\)\|")

_FORBIDDEN = {
    "hr": ("source-rule", "a rule (---, ***) stands here", "part the text with a heading"),
    "blockquote": ("source-quote", "a quote (>) stands here", "write it as a paragraph, without the > signs"),
    "code_block": ("source-code", "these lines begin with four spaces, which makes them code", "begin at the margin"),
    "fence": ("source-code", "code stands here", "take the ``` lines away"),
    "html_block": ("source-html", "HTML stands here", "write it in Markdown; write \\< if you mean the sign itself"),
}


class Body:
    """Reads the body of a leaflet, part by part; holds what must be known across the parts."""

    def __init__(self, notes: Notes, head: Head) -> None:
        self.notes = notes
        self.ids: dict[str, int] = {}
        self.lines = Lines(1, ())  # the stretch of Markdown that is being read
        self.terms = self._terms(head)

    def blocks(self, parts: Iterable[Part]) -> list[Block]:
        """The blocks in these parts, in reading order."""
        found: list[Block] = []
        for part in parts:
            if isinstance(part, Fence):
                found += self._fence(part)
            else:
                found += [block for node in self._nodes(part) for block in self._block(node)]
        return found

    def _nodes(self, lines: Lines) -> list[Node]:
        self.lines = lines
        return commonmark.blocks("\n".join(lines.lines))

    def _line(self, node: Node) -> int:
        return self.lines.first + (node.map[0] if node.map else 0)

    def _block(self, node: Node) -> list[Block]:
        match node.type:
            case "heading":
                return self._heading(node)
            case "paragraph":
                return self._paragraph(node)
            case "bullet_list" | "ordered_list":
                return [self._list(node, 1)]
            case "table":
                return [self._table(node)]
        self._forbid(node)
        return []

    def _forbid(self, node: Node) -> None:
        check, message, hint = _FORBIDDEN[node.type]
        self.notes.error(check, self._line(node), message, hint)

    # ----- texts and their marks

    def _tokens(self, text: str, line: int) -> list[Token]:
        if len(text) > LONGEST_TEXT:
            what = f"this text has more than {LONGEST_TEXT:,} characters"
            self.notes.error("source-too-large", line, what, "make several paragraphs")
            return []
        return commonmark.texts(text)

    def _inlines(self, text: str, line: int) -> tuple[Inline, ...]:
        return inlines.read(self.notes, self._tokens(text, line), line)

    def _marked(self, text: str, line: int) -> tuple[str, Marks]:
        """A text without its marks, and the marks, whose name is now taken."""
        text, marks = split_marks(self.notes, text, line)
        return text, self._named(marks)

    def _named(self, marks: Marks) -> Marks:
        if marks.id in self.ids:
            what = f"the name “#{marks.id}” is that of line {self.ids[marks.id]} too"
            self.notes.error("source-id-twice", marks.line, what, "give each place a name of its own")
            return replace(marks, id="")
        if marks.id:
            self.ids[marks.id] = marks.line
        return marks

    def _made(
        self,
        kind: Kind,
        line: int,
        marks: Marks | None = None,
        inlines: tuple[Inline, ...] = (),
        children: Iterable[Block] = (),
        **options: str,
    ) -> Block:
        marks = marks or Marks(line)
        return Block(
            kind,
            self.notes.at(line),
            inlines,
            tuple(children),
            id=marks.id,
            safety=marks.safety,
            short=marks.short,
            options=options,
            context=marks.context,
            note=marks.note,
        )

    # ----- headings, paragraphs, pictures

    def _heading(self, node: Node) -> list[Block]:
        line = self._line(node)
        level = int(node.tag.removeprefix("h"))
        if not node.markup.startswith("#"):
            what = f"a line of {node.markup} makes the text above it a heading"
            self.notes.error("source-heading-underlined", line, what, "write ## before a heading")
            level = 2
        elif level == 1:
            hint = "begin at ##; the title is in the head"
            self.notes.error("source-heading-title", line, "a heading with one # sign", hint)
        elif level > DEEPEST_HEADING:
            what = f"a heading with {level} # signs"
            self.notes.error("source-heading-too-deep", line, what, "use at most ####, or make it a paragraph")
        text, marks = self._marked(_content(node), line)
        content = self._inlines(text, line)
        if not content:
            hint = "write them, or delete the # signs"
            self.notes.error("source-heading-empty", line, "a heading has no words", hint)
            return []
        level = min(max(level, 2), DEEPEST_HEADING)
        return [self._made(Kind.HEADING, line, marks, content, level=str(level))]

    def _paragraph(self, node: Node) -> list[Block]:
        line = self._line(node)
        text, marks = self._marked(_content(node), line)
        if not text.strip():
            hint = "put them at the end of a text, or right below the picture or table"
            self.notes.error("source-mark-alone", line, "these marks belong to no text", hint)
            return []
        if _like_table(text):
            hint = "write | --- | --- | below the header row, with as many columns"
            self.notes.error("source-table-broken", line, "this looks like a table but is none", hint)
        tokens = self._tokens(text, line)
        if image := inlines.picture(tokens):
            return self._figure(image, line, marks)
        content = inlines.read(self.notes, tokens, line)
        return [self._made(Kind.PARAGRAPH, line, marks, content)] if content else []

    def _figure(self, image: inlines.Token, line: int, marks: Marks) -> list[Block]:
        src = self._source(str(image.attrs.get("src", "")), line)
        shows = inlines.alt(self.notes, image, line)
        if not shows:
            hint = "say in the square brackets what it shows, for those who do not see it"
            self.notes.error("source-picture-alt", line, "a picture has no text", hint)
        children = [self._made(Kind.ALT, line, None, shows)]
        if caption := self._inlines(str(image.attrs.get("title", "")), line):
            children.append(self._made(Kind.CAPTION, line, None, caption))
        figure = self._made(Kind.FIGURE, line, marks, (), children, src=src)
        return [_handed_down(figure, marks.safety, "")] if src else []

    def _source(self, src: str, line: int) -> str:
        """The path of a picture from the root; "" if it is not below the folder of the leaflet."""
        folder = posixpath.dirname(self.notes.path)
        path = posixpath.normpath(src)
        if _PICTURE.fullmatch(src) and path.split("/")[0] not in (".", ".."):
            return visible(self.notes, line, posixpath.join(folder, path))
        what = f"the picture “{src[:60]}” is not below {folder or 'the folder of the leaflet'}/"
        hint = "put it there and write its path, such as pictures/name.svg"
        self.notes.error("source-picture-path", line, what, hint)
        return ""

    # ----- lists

    def _list(self, node: Node, depth: int) -> Block:
        line = self._line(node)
        if (start := node.attrs.get("start", 1)) != 1:
            what = f"a list begins with {start}, but it will be printed from 1"
            self.notes.error("source-list-start", line, what, "begin at 1, or join it with the list above")
        ordered = "yes" if node.type == "ordered_list" else "no"
        items = (self._item(item, depth) for item in node.children)
        return self._made(Kind.LIST, line, None, (), items, ordered=ordered)

    def _item(self, node: Node, depth: int) -> Block:
        line = self._line(node)
        text = ""
        marks = Marks(line)
        children: list[Block] = []
        for index, child in enumerate(node.children):
            if child.type == "paragraph" and index == 0:
                text, marks = self._marked(_content(child), line)
            elif child.type in ("bullet_list", "ordered_list") and not children:
                children += self._inner_list(child, depth)
            elif child.type in _FORBIDDEN:
                self._forbid(child)
            else:
                hint = "a point is one paragraph and at most one list: make two points, or end the list before"
                self.notes.error("source-list-point", self._line(child), "a list point holds more than one text", hint)
        if not text.strip():
            self.notes.error("source-list-point", line, "a list point has no text of its own", "write it, or delete it")
        return self._made(Kind.ITEM, line, marks, self._inlines(text, line), children)

    def _inner_list(self, node: Node, depth: int) -> list[Block]:
        if depth < DEEPEST_LIST:
            return [self._list(node, depth + 1)]
        hint = "one list may stand inside a point, no deeper: part the points, or use a heading"
        self.notes.error("source-nested-too-deep", self._line(node), "a list stands too deep inside another", hint)
        return []

    # ----- tables

    def _table(self, node: Node) -> Block:
        line = self._line(node)
        rows = [row for part in node.children for row in part.children]
        marks = Marks(line)
        if len(rows) > 1:
            rest, found = split_marks(self.notes, self._source_line(rows[-1]), self._line(rows[-1]))
            if not rest:
                marks = self._named(found)
                rows.pop()
        if len(rows) == 1:
            self.notes.error("source-table-broken", line, "a table has only a header row", "write the rows below it")
        self._check_header(rows[0])
        width = len(rows[0].children)
        table = self._made(Kind.TABLE, line, marks, (), [self._row(row, width) for row in rows])
        return _handed_down(table, marks.safety, "")

    def _source_line(self, node: Node) -> str:
        return self.lines.lines[self._line(node) - self.lines.first].strip()

    def _check_header(self, row: Node) -> None:
        empty = [number for number, cell in enumerate(row.children, 1) if not _content(cell).strip()]
        if empty and (empty != [1] or len(row.children) == 1):  # the corner above the row names may be empty
            what = f"column {empty[-1]} of a table has no header"
            hint = "say in the header row what the column holds"
            self.notes.error("source-table-header", self._line(row), what, hint)

    def _row(self, node: Node, width: int) -> Block:
        line = self._line(node)
        header = "yes" if node.children[0].type == "th" else "no"
        count = len(_CELL_END.split(self._source_line(node).removeprefix("|").removesuffix("|")))
        if count != width:
            what = f"a row with {count} cells stands in a table with {width} columns"
            hint = "give each row as many cells; write \\| for a plain bar"
            self.notes.error("source-table-ragged", line, what, hint)
        cells = (
            self._made(Kind.CELL, line, None, self._inlines(_content(cell), line), header=header)
            for cell in node.children
        )
        return self._made(Kind.ROW, line, None, (), cells, header=header)

    # ----- blocks of our own

    def _fence(self, fence: Fence) -> list[Block]:
        marks = self._named(fence.marks)
        line = fence.line
        match fence.name:
            case "":
                return self.blocks(fence.parts)
            case "only":
                return self._only(fence)
            case "words":
                if fence.parts:
                    hint = "write the words under “terms” in the head"
                    self.notes.error("source-words", line, "“::: words” must be empty", hint)
                block = self._made(Kind.WORDS, line, marks, (), self.terms.children)
            case "questions":
                block = self._made(Kind.QUESTIONS, line, marks, (), self._questions(fence))
            case "short" | "easy" | "card":
                block = self._made(Kind.PART, line, marks, (), self.blocks(fence.parts), name=fence.name)
            case "evidence":
                block = self._made(Kind.EVIDENCE, line, marks, (), self.blocks(fence.parts), **fence.options)
            case name:
                block = self._made(Kind.CALLOUT, line, marks, (), self.blocks(fence.parts), name=name)
        if not fence.parts and fence.name != "words":
            self.notes.error("source-block-empty", line, f"“::: {fence.name}” is empty", "write its text, or delete it")
        return [_handed_down(block, marks.safety, "")]

    def _only(self, fence: Fence) -> list[Block]:
        country = fence.options.get("country", "")
        if country and not re.fullmatch(f"({EXCEPT})?[A-Z]{{2}}", country):
            hint = f"write two capital letters (ISO 3166), such as country=US, or country={EXCEPT}US for all others"
            self.notes.error("source-country", fence.line, f"“{country[:40]}” is no country", hint)
        if fence.marks.id or fence.marks.note or fence.marks.context:
            hint = "put them on the texts inside; only .safety and .short are handed down"
            what = "“::: only” has no text that these marks could name"
            self.notes.error("source-mark-alone", fence.line, what, hint)
        for inner in _fences_in(fence.parts):
            if inner.name == "only":
                what = f"“::: only” stands inside that of line {fence.line}: nobody will see both countries"
                self.notes.error("source-country", inner.line, what, "close the outer one first")
        if not fence.parts:
            self.notes.error("source-block-empty", fence.line, "“::: only” is empty", "write its text, or delete it")
        inside = self.blocks(fence.parts)
        return [_handed_down(block, fence.marks.safety, country, fence.marks.short) for block in inside]

    def _questions(self, fence: Fence) -> list[Block]:
        found: list[Block] = []
        for part in fence.parts:
            if isinstance(part, Fence):
                self._no_question(part.line)
                continue
            for node in self._nodes(part):
                found += self._question(node)
        return found

    def _question(self, node: Node) -> list[Block]:
        line = self._line(node)
        texts = _ANSWER.split(_content(node)) if node.type == "paragraph" else []
        if len(texts) != 2 or texts[0].startswith(":"):
            self._no_question(line)
            return []
        found = []
        for kind, text in zip((Kind.QUESTION, Kind.ANSWER), texts, strict=True):
            bare, marks = self._marked(text, line)
            content = self._inlines(bare, line)
            if not content:
                self._no_question(line)
            found.append(self._made(kind, line, marks, content))
            line += text.count("\n") + 1
        return found

    def _no_question(self, line: int) -> None:
        hint = "write the question on a line, its answer on the next after “: ”, then a blank line"
        self.notes.error("source-question", line, "this is no question with one answer", hint)

    # ----- words to know

    def _terms(self, head: Head) -> Block:
        words = []
        for term in head.terms or ():
            line = term.term.at.line
            children = [self._made(Kind.TERM, line, None, (Text(term.term.text),))]
            if term.say:
                children.append(self._made(Kind.SAY, term.say.at.line, None, (Text(term.say.text),)))
            means = self._inlines(term.means.text, term.means.at.line)
            children.append(self._made(Kind.MEANS, term.means.at.line, None, means))
            words.append(self._made(Kind.WORD, line, None, (), children))
        return self._made(Kind.WORDS, head.terms_at.line, None, (), words)


def _content(node: Node) -> str:
    return node.children[0].content if node.children else ""


def _like_table(text: str) -> bool:
    lines = text.split("\n")
    return all(line.lstrip().startswith("|") for line in lines) or any(
        "|" in line and _TABLE_RULE.fullmatch(line) for line in lines
    )


def _handed_down(block: Block, safety: bool, country: str, short: bool = False) -> Block:
    """The block with the safety, the country and the shortness of what it stands in, and so all blocks inside it."""
    if not safety and not country and not short:
        return block
    return replace(
        block,
        safety=block.safety or safety,
        short=block.short or short,
        country=block.country or country,
        children=tuple(_handed_down(child, safety, country, short) for child in block.children),
    )


def _fences_in(parts: Iterable[Part]) -> Iterator[Fence]:
    for part in parts:
        if isinstance(part, Fence):
            yield part
            yield from _fences_in(part.parts)
