"""A leaflet as it is written: places, running text, blocks, its head; what travels to the translators and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from operator import is_
from typing import Any, Literal

from plainleaf.model.tags import locale_name

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A line of a file: ``file`` relative to the root with "/" between parts, ``line`` from 1 (0: whole file)."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file

    @classmethod
    def parse(cls, text: str) -> Location:
        """A location as ``str`` writes it: "sources/x.md:14", "sources/x.md"."""
        file, _, line = text.rpartition(":")
        return cls(file, int(line)) if file and line.isascii() and line.isdigit() else cls(text)

    def as_json(self) -> dict[str, Any]:
        """Its file and line, as JSON can hold them."""
        return {"file": self.file, "line": self.line}

    @classmethod
    def from_json(cls, value: object) -> Location:
        """The location that ``as_json`` gave this for. Raises ``ValueError`` for anything else."""
        if not isinstance(value, dict) or value.keys() != {"file", "line"}:
            raise ValueError("no location")
        file, line = value["file"], value["line"]
        if not isinstance(file, str) or type(line) is not int or line < 0:
            raise ValueError("no location")
        return cls(file, line)


# --------------------------------------------------------------------------- inline content


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters, as read (no markup, nothing escaped)."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Important words, ``**...**`` in a source and ``<b>...</b>`` in a message."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed words, ``*...*`` in a source and ``<em>...</em>`` in a message (never printed in italics)."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link; in a message its target stays outside and the tag is ``<a1>``, ``<a2>``, in order of the source."""

    children: tuple[Inline, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A detail filled in per clinic, ``{clinic_phone}``; ``name`` without the braces."""

    name: str


LINE = "line"
"""The name of the placeholder for a line to write on, ``____`` in a source and ``{line}`` in a message: the layout
draws it, and it has no words. A line with a name of its own, ``____{dose}``, is ``{line_dose}``."""


def is_line(name: str) -> bool:
    """Whether a placeholder of this name is a line to write on."""
    return name == LINE or name.startswith(f"{LINE}_")


TICK = "tick"
"""The name of the placeholder for a box to tick inside a text, ``[ ]`` in a table's cell and ``{tick}`` in a message:
the layout draws it. The boxes of a list to tick are no placeholders, as all of its points have one."""

NOTE = "note_"
"""How the name of a note's mark begins, ``[^1]`` in a source and ``{note_1}`` in a message: the layout prints it, and
it has no words. The rest is the author's name for the note; in what a layout prints (``layouts.footnotes``) the note's
number, with that of the use behind it from the second on: ``note_1``, ``note_1_2``."""


@dataclass(frozen=True, slots=True)
class Isolate:
    """Text that keeps its own direction inside a line of the other one; made by ``bidi``, never by a parser."""

    children: tuple[Inline, ...]
    direction: Direction


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language than the text around, printed as they stand in every edition, in their own font and
    direction; ``lang`` is a BCP 47 tag that CLDR knows."""

    children: tuple[Inline, ...]
    lang: str


Inline = Text | Strong | Emphasis | Link | Placeholder | Isolate | Foreign


def plain(inlines: tuple[Inline, ...]) -> str:
    """The text without markup and what is drawn (``is_drawn``); another placeholder stands as ``{name}``."""
    parts = []
    for inline in inlines:
        if isinstance(inline, Text):
            parts.append(inline.text)
        elif isinstance(inline, Placeholder):
            parts.append("" if is_drawn(inline) else "{" + inline.name + "}")
        else:
            parts.append(plain(inline.children))
    return "".join(parts)


def foreign(inlines: tuple[Inline, ...]) -> Iterator[Foreign]:
    """The words in other languages, in order."""
    for inline in inlines:
        if isinstance(inline, Foreign):
            yield inline
        elif not isinstance(inline, Text | Placeholder):
            yield from foreign(inline.children)


def without_foreign(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The text without words in other languages, which no rule for its own language holds for."""
    return tuple(
        inline if isinstance(inline, Text | Placeholder) else replace(inline, children=without_foreign(inline.children))
        for inline in inlines
        if not isinstance(inline, Foreign)
    )


def is_drawn(inline: Inline) -> bool:
    """Whether the layout prints it, and no clinic fills it in: a line to write on, a box to tick, a note's mark."""
    return isinstance(inline, Placeholder) and (
        is_line(inline.name) or inline.name == TICK or inline.name.startswith(NOTE)
    )


def rewritten(inlines: tuple[Inline, ...], change: Callable[[Inline], Inline | None]) -> tuple[Inline, ...]:
    """The text with each of its parts as ``change`` makes it, the inner ones first: ``None`` leaves a part out, but the
    words in it. The same tuple where nothing is changed."""
    made: list[Inline] = []
    for inline in inlines:
        inner = inline
        if not isinstance(inline, Text | Placeholder):
            children = rewritten(inline.children, change)
            inner = inline if children is inline.children else replace(inline, children=children)
        changed = change(inner)
        if changed is not None:
            made.append(changed)
        elif not isinstance(inner, Text | Placeholder):
            made += inner.children
    return inlines if len(made) == len(inlines) and all(map(is_, made, inlines)) else tuple(made)


def notes_in(inlines: tuple[Inline, ...]) -> tuple[str, ...]:
    """The names of the notes that a text marks, without ``NOTE``, in its order."""
    found: list[str] = []
    for inline in inlines:
        if isinstance(inline, Placeholder):
            found += [inline.name.removeprefix(NOTE)] if inline.name.startswith(NOTE) else []
        elif not isinstance(inline, Text):
            found += notes_in(inline.children)
    return tuple(found)


# --------------------------------------------------------------------------- blocks


class Kind(Enum):
    """What a block is. The comment says which options and children it carries; see sources/README.md."""

    HEADING = "heading"  # options: level "2".."4", number of a numbered part, more "yes", optional "yes"; inlines
    PARAGRAPH = "paragraph"  # options: names "yes", the other languages of the leaflet, optional "yes"; inlines
    LIST = "list"  # options: ordered "yes"|"no", start of steps that go on, tick "yes"; children: ITEM
    ITEM = (
        "item"  # options: tick "yes", optional "yes"; inlines; children: optional FIGURE, then at most one nested LIST
    )
    TABLE = "table"  # options: diary "yes"; children: optional CAPTION, then ROW (the first is the header row)
    ROW = "row"  # options: header "yes"|"no"; children: CELL
    CELL = "cell"  # options: header "yes"|"no", blank "yes" where a diary is written in; inlines (may be empty)
    FIGURE = "figure"  # options: src (path relative to root), optional "yes"; children: ALT, optional CAPTION
    PICTURES = "pictures"  # options: count "2"|"3"; children: FIGURE, side by side where there is room
    DRAWING = "drawing"  # options: optional "yes"; children: FIGURE with numbered places, then a LIST, what is there
    ALT = "alt"  # inlines: text only; what the picture says to those who do not see it
    CAPTION = "caption"  # inlines
    NOTE = "note"  # options: label that texts mark it by (none: of a table), mark where printed; inlines
    CALLOUT = "callout"  # options: name, that of its fence ("urgent", "do-not"); children: blocks
    PART = "part"  # options: name short|easy|card; children: blocks; printed only by layouts of that text
    QUESTIONS = "questions"  # children: QUESTION, ANSWER in turn
    QUESTION = "question"  # inlines
    ANSWER = "answer"  # inlines
    SIGNATURE = "signature"  # children: PARAGRAPH, then a LIST of who signs
    SLIP = "slip"  # children: HEADING, then blocks; to be cut off
    LANGUAGES = "languages"  # children: at most a PARAGRAPH; in an edition then one with names of languages
    CODE = "code"  # options: href, href-es and the like for other languages; inlines: what it opens
    PASSAGE = "passage"  # options: lang; children: PARAGRAPH and LIST whose words are all FOREIGN, in that language
    EVIDENCE = "evidence"  # options: refs "key key"; children: blocks
    WORDS = "words"  # children: WORD; built from the front matter's terms
    WORD = "word"  # children: TERM, optional SAY, MEANS
    TERM = "term"  # inlines
    SAY = "say"  # inlines: how to say it
    MEANS = "means"  # inlines
    TITLE = "title"  # inlines: text only (front matter)
    SUMMARY = "summary"  # inlines: text only (front matter)
    AUDIENCE = "audience"  # inlines: text only (front matter)


EXCEPT = "not-"  # before a country's code: everywhere else


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a leaflet: its own running text (``inlines``) and the blocks inside it (``children``).

    ``at`` is its line in the source; ``po`` the line of its translation, once localized. ``id`` is the author's
    stable id ("" if none). ``safety``: a wrong or missing translation of it can do harm. ``country``: ISO 3166
    code when it is printed in that country only, "not-US" when it is printed in all but that, else "". ``short``:
    layouts with little room print it too.
    """

    kind: Kind
    at: Location
    inlines: tuple[Inline, ...] = ()
    children: tuple[Block, ...] = ()
    id: str = ""
    safety: bool = False
    short: bool = False
    country: str = ""
    options: Mapping[str, str] = field(default_factory=dict, hash=False)
    po: Location | None = None
    context: str = ""  # msgctxt an author asked for ({context="..."})
    note: str = ""  # an author's note to translators ({note="..."})
    language: str = ""  # BCP 47 tag of its own text where that is not the edition's: printed untranslated

    def printed_in(self, country: str) -> bool:
        """Whether it is for readers in that country; "" is one that nobody knows."""
        if self.country.startswith(EXCEPT):
            return self.country != EXCEPT + country
        return self.country in ("", country)

    def walk(self) -> Iterator[Block]:
        """This block and all blocks inside it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the reference list, printed as it stands (never translated)."""

    key: str
    text: str
    url: str
    at: Location


@dataclass(frozen=True, slots=True)
class Meta:
    """Checked front matter. Dates are calendar dates; ``country`` is the ISO 3166 code the text was written for.

    ``layouts`` names those that the leaflet is meant for; empty: all that have a text for it.
    ``languages``: Babel names ("pt_BR") of those that it is meant for beside its own; empty: all there are.
    ``formerly``: names that the leaflet had before.
    """

    title: Block
    summary: Block
    audience: Block
    written: date
    review_by: date
    country: str
    references: tuple[Reference, ...]
    terms: Block  # Kind.WORDS, with no children if the leaflet explains no words
    layouts: tuple[str, ...] = ()
    layouts_at: Location | None = None
    languages: tuple[str, ...] = ()
    languages_at: Location | None = None
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaflet:
    """One source, parsed. ``language`` is the BCP 47 tag of the source text."""

    slug: str
    language: str
    meta: Meta
    blocks: tuple[Block, ...]
    at: Location

    @property
    def own_locale(self) -> str:
        """The Babel name of the language that it is written in."""
        return locale_name(self.language)

    def meant_for(self, locale: str) -> bool:
        """Whether there is to be an edition in a locale, by its Babel name; en_GB is meant where en is."""
        language, _, country = locale.rpartition("_")
        names = (self.own_locale, *self.meta.languages)
        return not self.meta.languages or locale in names or (len(country) == 2 and language in names)

    def walk(self) -> Iterator[Block]:
        """All blocks in reading order: title, summary, audience, the body."""
        yield self.meta.title
        yield self.meta.summary
        yield self.meta.audience
        for block in self.blocks:
            yield from block.walk()


# --------------------------------------------------------------------------- messages and catalogs


@dataclass(frozen=True, slots=True)
class Message:
    """One translatable string. ``text`` carries inline tags and placeholders; ``at`` every place it is used.

    ``language`` is that of the text, "" for English.
    """

    text: str
    at: tuple[Location, ...]
    context: str = ""
    comments: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    safety: bool = False
    id: str = ""
    language: str = ""


class State(Enum):
    """What a translation is worth: only CURRENT is ever printed."""

    CURRENT = "current"
    FUZZY = "fuzzy"
    UNTRANSLATED = "untranslated"


@dataclass(frozen=True, slots=True)
class Translation:
    """What a catalog says for one message; ``at`` is the line of its entry in the .po file."""

    text: str
    state: State
    at: Location
