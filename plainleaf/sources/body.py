"""The body of a leaflet, part by part, and the record of a block that it looks up; ``blocks`` has the table of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from plainleaf.model import EXCEPT, LINE, Block, Inline, Kind, Text
from plainleaf.sources import commonmark, footnotes, inlines, pointers
from plainleaf.sources.characters import Notes
from plainleaf.sources.commonmark import Node, Token
from plainleaf.sources.dialects import OTHER
from plainleaf.sources.fences import Fence, Lines, Marks, Options, Part, split_marks
from plainleaf.sources.front_matter import Head

LONGEST_TEXT = 10_000  # characters of one paragraph; links and emphasis take quadratic time to read

# A line to write on, as people type it: underscores or dots in a row, in no word and no address; it may have a name.
_LINE = re.compile(r"(?<![\w\\])(?<!(?<!_)/)(?:_{3,}|\.{5,}|…{2,})(?:\{(?P<name>[a-z0-9][a-z0-9_]*)\}|(?!\w|/(?!_)))")

_FORBIDDEN = {
    "hr": ("source-rule", "there is a rule (---, ***)", "divide the text with a heading"),
    "blockquote": ("source-quote", "there is a quote (>)", "write it as a paragraph, without the > signs"),
    "code_block": ("source-code", "these lines begin with four spaces, which makes them code", "begin at the margin"),
    "fence": ("source-code", "there is code", "delete the ``` lines"),
    "html_block": ("source-html", "there is HTML", "write it in Markdown; write \\< if you mean the sign itself"),
}

_LEFT_OUT_ALONE = (Kind.PARAGRAPH, Kind.ITEM, Kind.HEADING, Kind.FIGURE, Kind.DRAWING)
"""What small formats may leave out where they have no room: ``.optional``."""


@dataclass(frozen=True, slots=True)
class Fenced:
    """A block between ``:::`` lines.

    ``read`` makes its blocks; the marks of the fence are those that it may put on one. What it makes inherits
    ``.safety`` from the fence without its doing. ``example``: a whole one as an author writes it, which the tests print
    in every layout; its first line is shown to whoever leaves a needed option out.
    """

    name: str
    read: Callable[[Body, Fence, Marks], list[Block]]
    example: str
    options: Options = field(default_factory=Options)
    empty: bool = False  # whether nothing need stand inside
    apart: bool = True  # whether steps and parts are counted anew inside
    alone: bool = False  # whether small formats may leave it out by itself


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a kind of block.

    ``message``: what its text is called for translators; "" for what has no text of its own. ``prose``: running text,
    whose sentences are counted. ``box``: what is inside stands apart from the text around. ``framed``: a frame says
    what it is, and must be seen. ``printed``: the kind whose template prints it too; "" for its own template, "-" for
    what no template of blocks prints.
    """

    kind: Kind
    message: str = ""
    prose: bool = False
    box: bool = False
    framed: bool = False
    printed: str = ""

    @property
    def template(self) -> str:
        """The name of the template that prints it, in ``layouts/base/blocks/``; "" if none does."""
        return (self.printed or self.kind.value).removeprefix("-")


@dataclass(slots=True)
class Count:
    """How far an author has counted in one text: steps, and headings by their level."""

    steps: int = 0
    headings: dict[int, int] = field(default_factory=dict)


class Counts:
    """How far an author has counted in one text for the readers of each country: each sees other blocks."""

    def __init__(self) -> None:
        self._counts = {"": Count()}  # "" are readers in every country that no block has named so far

    def of(self, country: str) -> tuple[Count, ...]:
        """The counts of all who read a block for this country ("US", "not-US", "" for everyone)."""
        name = country.removeprefix(EXCEPT)
        if name not in self._counts:
            others = self._counts[""]
            self._counts[name] = Count(others.steps, dict(others.headings))
        others_too = country.startswith(EXCEPT)
        return tuple(count for each, count in self._counts.items() if not name or (each == name) != others_too)


class Body:
    """Reads the body of a leaflet, part by part; holds what must be known across the parts.

    ``fenced``: the blocks between ``:::`` lines, by name. ``nodes``: what reads a block of plain Markdown, by the name
    that ``commonmark`` gives it.
    """

    def __init__(
        self,
        notes: Notes,
        head: Head,
        fenced: Mapping[str, Fenced],
        nodes: Mapping[str, Callable[[Body, Node], list[Block]]],
    ) -> None:
        self.notes = notes
        self.fenced = fenced
        self._readers = nodes
        self.inside: list[str] = []  # the names of the ``:::`` blocks around what is being read
        self._ids: dict[str, int] = {}
        self.counts = Counts()  # of the text that is being read: a box counts for itself
        self.country = ""  # of those who read it, as ``::: only`` says
        self._lines = Lines(1, ())  # the stretch of Markdown that is being read
        self.marks: list[footnotes.Mark] = []  # of notes, so far
        self.written: list[footnotes.Written] = []  # the notes
        self.pointers: list[pointers.Pointer] = []  # links to other parts
        self.terms = self._terms(head)

    def blocks(self, parts: Iterable[Part]) -> list[Block]:
        """The blocks in these parts, in reading order."""
        found: list[Block] = []
        for part in parts:
            if isinstance(part, Fence):
                found += self._fence(part)
            else:
                found += [block for node in self.nodes(part) for block in self._block(node)]
        return found

    def _fence(self, fence: Fence) -> list[Block]:
        if not fence.name:
            return self.blocks(fence.parts)
        fenced = self.fenced[fence.name]
        marks = self._of_no_heading(self._named(fence.marks))
        if not fenced.alone:
            marks = self._of_no_text(marks)
        if not fence.parts and not fenced.empty:
            what = f"“::: {fence.name}” is empty"
            self.notes.error("source-block-empty", fence.line, what, "write its text, or delete it")
        around, self.counts = self.counts, Counts() if fenced.apart else self.counts
        self.inside.append(fence.name)
        made = fenced.read(self, fence, marks)
        self.inside.pop()
        self.counts = around
        return [handed_down(block, marks.safety) for block in made]

    def _block(self, node: Node) -> list[Block]:
        if reader := self._readers.get(node.type):
            return reader(self, node)
        self.forbid(node)
        return []

    def forbid(self, node: Node) -> bool:
        """Say that there is no such thing in a leaflet; whether that is so."""
        if node.type not in _FORBIDDEN:
            return False
        check, message, hint = _FORBIDDEN[node.type]
        self.notes.error(check, self.line(node), message, hint)
        return True

    # ----- Markdown

    def nodes(self, lines: Lines) -> list[Node]:
        """The blocks of a stretch of Markdown; ``line`` and ``source_line`` are about these from now on. Notes in it
        are kept for later."""
        self._lines, written = footnotes.taken_out(lines)
        self.written += written
        lines = self._lines
        return commonmark.blocks("\n".join(lines.lines))

    def line(self, node: Node) -> int:
        """The line of the file on which a block begins."""
        return self._lines.first + (node.map[0] if node.map else 0)

    def source_line(self, node: Node) -> str:
        """The first line of a block as it was typed, without the spaces around."""
        return self._lines.lines[self.line(node) - self._lines.first].strip()

    def is_line(self, node: Node) -> bool:
        """Whether a block of Markdown is underscores alone, which are a line to write on and no rule."""
        return node.type == "hr" and set(node.markup) == {"_"}

    # ----- texts and their marks

    def tokens(self, text: str, line: int) -> list[Token]:
        """The inline content of a text, not judged yet."""
        if len(text) > LONGEST_TEXT:
            what = f"this text has more than {LONGEST_TEXT:,} characters"
            self.notes.error("source-too-large", line, what, "split it into several paragraphs")
            return []
        self.pointers += pointers.found(text, line)
        text, marks = footnotes.marked(_LINE.sub(_line, text), line)
        self.marks += marks
        return commonmark.texts(text)

    def inlines(self, text: str, line: int, kind: str = OTHER) -> tuple[Inline, ...]:
        """A text as running text; its ``kind`` is one of ``dialects``."""
        return inlines.read(self.notes, self.tokens(text, line), line, kind)

    def marked(self, text: str, line: int) -> tuple[str, Marks]:
        """A text without its marks, and the marks, whose name is now taken."""
        text, marks = split_marks(self.notes, text, line)
        return text, self._named(marks)

    def marked_below(self, node: Node) -> Marks | None:
        """The marks that a line holds which has nothing else; ``None`` if it holds more."""
        rest, marks = split_marks(self.notes, self.source_line(node), self.line(node))
        return None if rest else self._named(marks)

    def _named(self, marks: Marks) -> Marks:
        if marks.id in self._ids:
            what = f"the name “#{marks.id}” is also used in line {self._ids[marks.id]}"
            self.notes.error("source-id-twice", marks.line, what, "give each place its own name")
            return replace(marks, id="")
        if marks.id:
            self._ids[marks.id] = marks.line
        return marks

    def _of_no_heading(self, marks: Marks) -> Marks:
        """The marks of something that no layer of a leaflet can begin with."""
        if not marks.more:
            return marks
        hint = "write it after the heading that this part begins with: ## More about it {.more}"
        self.notes.error("source-more", marks.line, "“.more” is not on a heading", hint)
        return replace(marks, more=False)

    def _of_no_text(self, marks: Marks) -> Marks:
        """The marks of something that is left out with what it holds, never by itself."""
        if not marks.optional:
            return marks
        hint = "write it after a single paragraph, list point, heading, picture or drawing"
        what = "“.optional” is on something that cannot be left out by itself"
        self.notes.error("source-optional", marks.line, what, hint)
        return replace(marks, optional=False)

    def made(
        self,
        kind: Kind,
        line: int,
        marks: Marks | None = None,
        inlines: tuple[Inline, ...] = (),
        children: Iterable[Block] = (),
        **options: str,
    ) -> Block:
        """A block, with what its author noted on it."""
        marks = marks or Marks(line)
        if kind is not Kind.HEADING:
            self._of_no_heading(marks)
        elif marks.more:
            options["more"] = "yes"
        if kind not in _LEFT_OUT_ALONE:
            self._of_no_text(marks)
        elif marks.optional:
            options["optional"] = "yes"
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

    # ----- words to know

    def _terms(self, head: Head) -> Block:
        words = []
        for term in head.terms or ():
            line = term.term.at.line
            children = [self.made(Kind.TERM, line, None, (Text(term.term.text),))]
            if term.say:
                children.append(self.made(Kind.SAY, term.say.at.line, None, (Text(term.say.text),)))
            means = self.inlines(term.means.text, term.means.at.line)
            children.append(self.made(Kind.MEANS, term.means.at.line, None, means))
            words.append(self.made(Kind.WORD, line, None, (), children))
        return self.made(Kind.WORDS, head.terms_at.line, None, (), words)


def content(node: Node) -> str:
    """The text of a block of Markdown, as it was typed."""
    return node.children[0].content if node.children else ""


def handed_down(block: Block, safety: bool, country: str = "", short: bool = False) -> Block:
    """The block with the safety, the country and the shortness of what it stands in, and so all blocks inside it."""
    if not safety and not country and not short:
        return block
    return replace(
        block,
        safety=block.safety or safety,
        short=block.short or short,
        country=block.country or country,
        children=tuple(handed_down(child, safety, country, short) for child in block.children),
    )


def _line(found: re.Match[str]) -> str:
    """The placeholder for a line to write on."""
    return "{" + (f"{LINE}_{found['name']}" if found["name"] else LINE) + "}"
