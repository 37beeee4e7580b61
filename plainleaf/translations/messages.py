"""Cuts a leaflet into messages and puts translations back: ONE walk over the blocks, used in both directions.

A message is the text of one block: paragraph, heading, list point, table cell, caption, alt text; ``markup`` writes and
reads its inline content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from plainleaf.languages import facts
from plainleaf.languages.folding import PLACEHOLDER
from plainleaf.languages.naming import english_name
from plainleaf.model import (
    EXCEPT,
    NOTE,
    TICK,
    Block,
    Edition,
    Finding,
    Inline,
    Kind,
    Leaflet,
    Locale,
    Location,
    Message,
    Placeholder,
    Severity,
    State,
    Text,
    Translation,
    grids,
    notes_in,
    plain,
    without_foreign,
)
from plainleaf.model.phrases import shortened
from plainleaf.model.tags import locale_name
from plainleaf.sources import markdown as sources
from plainleaf.sources.blocks import KINDS
from plainleaf.translations.markup import foreign_places, from_text, link_targets, to_text

Visit = Callable[[Block, Message], Block]


@dataclass(slots=True)
class _Place:
    """Where the walk stands: the heading and container around a block, the headers of its table cell."""

    heading: str = ""
    inside: tuple[str, ...] = ()
    cells: Mapping[int, Mapping[str, str]] = field(default_factory=dict)  # id of a cell -> the heads that it is under
    term: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)
    said: _Said = field(default_factory=lambda: _Said({}, {}, {}))


@dataclass(frozen=True, slots=True)
class _Said:
    """What the parts of a leaflet are about, for comments on texts that name them: ``notes`` by their names, the first
    text that marks each (``marked``), and the ``parts`` that links lead to; all as plain text."""

    notes: Mapping[str, str]
    marked: Mapping[str, str]
    parts: Mapping[str, str]

    @classmethod
    def of(cls, leaflet: Leaflet) -> _Said:
        every = list(leaflet.walk())
        notes = [block for block in every if block.kind is Kind.NOTE and "label" in block.options]
        marked: dict[str, str] = {}
        for block in every:
            if names := dict.fromkeys(notes_in(block.inlines)):
                marked = dict.fromkeys(names, plain(block.inlines)) | marked
        texts = {note.options["label"]: plain(note.inlines) for note in notes}
        return cls(texts, marked, {block.id: plain(block.inlines) for block in every if block.id and block.inlines})


def _walk(block: Block, visit: Visit, place: _Place) -> Block:
    """The block as ``visit`` makes it, with all blocks inside it; visits every block that has words, in order."""
    message = _message(block, place)
    made = visit(block, message) if message else block
    if block.kind is Kind.HEADING:
        place.heading = plain(block.inlines)
    if not block.children:
        return made
    inner = replace(place)
    boxed = KINDS[block.kind].box and block.kind is not Kind.WORDS  # its texts name their word instead
    if boxed:
        inner.inside = (*place.inside, block.options.get("name", block.kind.value))
    if block.kind is Kind.WORD:
        inner.term = plain(block.children[0].inlines)
    children = []
    if block.kind is Kind.TABLE:
        inner.cells = _heads(block)
    for child in block.children:
        inner.beside = inner.cells.get(id(child), {})
        children.append(_walk(child, visit, inner))
        if boxed:
            place.heading = inner.heading
    return replace(made, children=tuple(children))


def _heads(table: Block) -> dict[int, dict[str, str]]:
    """What each cell is read with, by its ``id``: its column, its row and the group of rows, as plain text."""
    found: dict[int, dict[str, str]] = {}
    rows = [(row, row.children) for row in table.children if row.kind is Kind.ROW]
    for line in grids.lines(rows):
        for column, cell in enumerate(line.cells):
            if cell is line.group:
                found[id(cell)] = {"group": plain(cell.inlines)}
            elif column in line.own:
                found[id(cell)] = {
                    "column": plain(line.heads[column].inlines) if column < len(line.heads) else "",
                    "row": plain(line.cells[0].inlines) if column else "",
                    "group": plain(line.group.inlines) if line.group else "",
                }
    return found


def walk(leaflet: Leaflet, visit: Visit) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Visit every message of a leaflet in reading order; gives (title, summary, audience) and the body as visited."""
    place = _Place(said=_Said.of(leaflet))
    meta = leaflet.meta
    head = tuple(_walk(block, visit, place) for block in (meta.title, meta.summary, meta.audience))
    return head, tuple(_walk(block, visit, place) for block in leaflet.blocks)


def _message(block: Block, place: _Place) -> Message | None:
    if not has_words(block.inlines):
        return None
    text = to_text(block.inlines)
    context = block.context
    in_body = block.kind is Kind.CELL and block.options.get("header") != "yes"
    if in_body and not context and re.search(r"\d", _words(block.inlines)):
        # "50 mg" in two rows may be two doses one day: a cell with figures is known by its place
        context = " | ".join(part for key in ("column", "group", "row") if (part := place.beside.get(key)))
    # "xml-text" is a flag of Weblate's that GNU gettext drops: it is set for the whole component instead
    return Message(text, (block.at,), context, tuple(_comments(block, place)), flags_of(text), block.safety, block.id)


def flags_of(text: str) -> tuple[str, ...]:
    """What a catalog says of a text's form: programs for translators look after its placeholders then."""
    return ("python-brace-format",) if PLACEHOLDER.search(text) else ()


def has_words(inlines: tuple[Inline, ...]) -> bool:
    """Whether there is anything to translate: a detail of the clinic or words in another language alone are not."""
    return any(character.isalnum() for character in _words(inlines))


def _words(inlines: tuple[Inline, ...]) -> str:
    kept = (part for part in without_foreign(inlines) if not isinstance(part, Placeholder))
    return "".join(part.text if isinstance(part, Text) else _words(part.children) for part in kept)


def _comments(block: Block, place: _Place) -> Iterator[str]:
    where = KINDS[block.kind].message
    if block.kind is Kind.CELL and place.beside:
        column, row, group = (place.beside.get(key, "") for key in ("column", "row", "group"))
        heading = group and "column" not in place.beside
        where = "Heading over rows of a table" if heading else where + (f" in column “{column}”" if column else "")
        where += f", row “{row}”" if row else ""
        where += f", below “{group}”" if group and not heading else ""
    if place.term and block.kind is not Kind.TERM:
        where += f": “{place.term}”"
    marked = place.said.marked.get(block.options.get("label", "")) if block.kind is Kind.NOTE else None
    if marked:
        where += f" to “{shortened(marked, 60)}”"
    elif block.kind is Kind.NOTE:
        where += " below a table"
    if place.inside:
        where += f", in the box “{place.inside[-1]}”"
    if place.heading and not marked and block.kind is not Kind.HEADING:
        where += f", under “{place.heading}”"
    yield f"{where}." if not block.id else f"{where}. Name: {block.id}"
    if block.safety:
        yield "SAFETY: a mistake here can harm. Keep every figure, every “not” and every “before” and “after”."
    if block.kind is Kind.CODE:
        yield f"The code opens {block.options['href']}"
    for number, target in enumerate(link_targets(block.inlines), 1):
        part = place.said.parts.get(target[1:]) if target.startswith("#") else None
        yield f"<a{number}> leads to " + (f"the part “{shortened(part, 60)}” of this leaflet" if part else target)
    for name, words in foreign_places(block.inlines).items():
        yield f"{{{name}}} is printed as it stands, in {english_name(locale_name(words.lang))}: {plain(words.children)}"
    if Placeholder(TICK) in block.inlines:
        yield f"{{{TICK}}} is a box to tick with a pen: keep it before its words"
    for name in dict.fromkeys(notes_in(block.inlines)):
        yield f"{{{NOTE}{name}}} is the mark of the note “{shortened(place.said.notes.get(name, ''), 60)}”"
    if block.country.startswith(EXCEPT):
        yield f"Printed in all countries but this: {block.country.removeprefix(EXCEPT)}"
    elif block.country:
        yield f"Printed in this country only: {block.country}"
    if block.note:
        yield f"From the writer: {block.note}"


# --------------------------------------------------------------------------- out: extract


def extract(leaflet: Leaflet) -> tuple[Message, ...]:
    """Every message of a leaflet once, in reading order; a text used twice has both places and both comments."""
    found: dict[tuple[str, str], Message] = {}
    language = "" if leaflet.language.partition("-")[0] == facts.english().base else leaflet.language

    def visit(block: Block, message: Message) -> Block:
        message = replace(message, language=language) if language else message
        key = (message.context, message.text)
        earlier = found.get(key)
        if earlier:
            message = replace(
                earlier,
                at=earlier.at + message.at,
                comments=tuple(dict.fromkeys(earlier.comments + message.comments)),
                safety=earlier.safety or message.safety,
                id=earlier.id or message.id,
            )
        found[key] = message
        return block

    walk(leaflet, visit)
    return tuple(found.values())


def babel_extract(
    fileobj: IO[bytes], keywords: Mapping[str, Any], comment_tags: object, options: Mapping[str, Any]
) -> Iterator[tuple[int, str | None, str | tuple[str, str], list[str]]]:
    """The entry point of ``babel.extractors``: stock ``pybabel extract`` reads our sources with it.

    The README, and any Markdown file without the head of a leaflet, has no messages.
    """
    name = Path(getattr(fileobj, "name", "leaflet.md")).name
    if name == "README.md":
        return
    leaflet, _ = sources.parse(name, fileobj.read().decode("utf-8-sig"))
    for message in extract(leaflet) if leaflet else ():
        for at in message.at:
            if message.context:
                yield at.line, "pgettext", (message.context, message.text), list(message.comments)
            else:
                yield at.line, None, message.text, list(message.comments)


# --------------------------------------------------------------------------- in: localize

Lookup = Callable[[str, str], Translation | None]
"""(context, text) -> what the catalog says, or ``None`` if it has no such entry."""


def localize(
    leaflet: Leaflet,
    locale: Locale,
    country: str,
    lookup: Lookup | None,
    draft: bool,
    po_file: str = "",
    show_source: bool = False,
) -> tuple[Edition, tuple[Finding, ...]]:
    """The leaflet in a locale, for one country; ``lookup`` is ``None`` for the source's own language.

    Only current translations are taken; where there is none, the source text stays in the edition and an error says
    so; its block says in which language it is, as the preview shows it. With ``show_source`` that is a warning, but for
    safety texts: they are always an error. Blocks of other countries are left out (their translations are checked all
    the same).
    """
    findings: list[Finding] = []

    def visit(block: Block, message: Message) -> Block:
        if lookup is None:
            return block
        translation = lookup(message.context, message.text)
        if translation is None or translation.state is not State.CURRENT:
            shown = show_source and not message.safety
            findings.append(_unusable(message, translation, po_file, shown))
            return replace(block, language=leaflet.language)
        inlines, flaws = from_text(translation.text, block.inlines)
        findings.extend(
            Finding(flaw.check, Severity.ERROR, f"{flaw.message} ({quoted(message.text)})", block.at, flaw.hint,
                    translation.at)
            for flaw in flaws
        )  # fmt: skip
        return replace(block, inlines=inlines, po=translation.at)

    (title, summary, audience), blocks = walk(leaflet, visit)
    body = _of_country(blocks, country)
    inside = (block for part in body for block in part.walk())
    words = next((block for block in inside if block.kind is Kind.WORDS), leaflet.meta.terms)
    meta = replace(leaflet.meta, title=title, summary=summary, audience=audience, terms=words)
    return Edition(leaflet, locale, draft, meta, body), tuple(dict.fromkeys(findings))


def _of_country(blocks: tuple[Block, ...], country: str) -> tuple[Block, ...]:
    return tuple(
        replace(block, children=_of_country(block.children, country)) for block in blocks if block.printed_in(country)
    )


def _unusable(message: Message, translation: Translation | None, po_file: str, shown: bool) -> Finding:
    at = translation.at if translation else Location(po_file)
    if translation is None:
        what, hint = "is not in the catalog", "run “plainleaf update”, then translate it"
    elif translation.state is State.FUZZY:
        what, hint = "is marked fuzzy: it has not been checked", "compare it with the source, then remove the mark"
    else:
        what, hint = "is not translated", "translate this entry"
    danger = ". It is a safety message" if message.safety else ""
    danger += "; it is printed in the language of the source" if shown else ""
    return Finding(
        f"po-{translation.state.value if translation else 'missing'}",
        Severity.WARNING if shown else Severity.ERROR,
        f"{quoted(message.text)} {what}{danger}",
        message.at[0],
        hint,
        at,
    )


def quoted(text: str) -> str:
    """A message in quotation marks, for findings: cut at 60 characters."""
    return f"“{shortened(text, 60)}”"
