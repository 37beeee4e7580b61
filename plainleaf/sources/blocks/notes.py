"""Notes: what a leaflet's ``[^1]: ...`` say, each with the texts that mark it; and what is said below a table.

Where a layout prints a note is its own matter (``layouts.footnotes``): the notes stand behind all other blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from plainleaf.model import Block, Kind, notes_in, plain
from plainleaf.model.phrases import hint_at, shortened
from plainleaf.sources.body import About, Body, handed_down
from plainleaf.sources.footnotes import Mark, Written

KINDS = (About(Kind.NOTE, "Note", prose=True),)

# What a note that was typed without a mark of ours begins with, and what the text that it is for ends with.
_SIGNS = "*†‡§¶⁰¹²³⁴⁵⁶⁷⁸⁹"
_TYPED = re.compile(rf"(?P<sign>([{_SIGNS}])\2*)(?![{_SIGNS}])\s*\w")

# Where no note can be marked, and what to do instead.
_NO_NOTES = {
    "heading": "say it in the text below the heading: headings are also read in lists of contents",
    "urgent": "say it in the box: nobody in danger looks up a note",
    "emergency": "say it in the box: nobody in danger looks up a note",
    "easy": "say it where it is needed, as a separate sentence: easy texts have no notes",
    "slip": "say it there as a separate sentence: the slip is cut off, and the notes stay in the leaflet",
    "card": "say it where it is needed: a card has no room for notes",
}


def notes(body: Body, blocks: Sequence[Block]) -> list[Block]:
    """The notes of a leaflet whose other blocks are these, in the order in which they are written."""
    _check_places(body, blocks)
    _check_typed(body, blocks)
    first: dict[str, Written] = {}
    made = []
    users = [block for top in blocks for block in top.walk() if block.inlines]
    outside = len(body.marks)
    for note in body.written:
        if note.name in first:
            what = f"the note “[^{note.typed}]” is already in line {first[note.name].line}"
            body.notes.error("source-note-twice", note.line, what, "give each note its own name: [^2]")
            continue
        first[note.name] = note
        made += _made(body, note, [block for block in users if note.name in notes_in(block.inlines)])
    _check_marks(body, first, body.marks[:outside])
    return made


def _made(body: Body, note: Written, users: Sequence[Block]) -> list[Block]:
    text, marks = body.marked(note.text, note.line)
    before = len(body.marks)
    words = body.inlines(text, note.line)
    if not words:
        hint = f"write it after the mark: [^{note.typed}]: Only if the doctor says so"
        body.notes.error("source-note-empty", note.line, f"the note “[^{note.typed}]” says nothing", hint)
        return []
    if len(body.marks) > before:
        hint = "say it all in one note"
        body.notes.error("source-note-place", body.marks[-1].line, "a note marks another note", hint)
    if not any(mark.name == note.name for mark in body.marks[:before]):
        hint = f"write [^{note.typed}] after the words that it belongs to, or delete the note"
        what = f"nothing in the text refers to the note “[^{note.typed}]”, so it would not be printed"
        body.notes.error("source-note-unused", note.line, what, hint)
    made = body.made(Kind.NOTE, note.line, marks, words, (), label=note.name)
    countries = {user.country for user in users}
    return [handed_down(made, any(user.safety for user in users), countries.pop() if len(countries) == 1 else "")]


def _check_marks(body: Body, written: dict[str, Written], marks: Iterable[Mark]) -> None:
    names = [note.typed for note in written.values()]
    for mark in marks:
        if mark.name not in written:
            hint = hint_at(mark.typed, names, f"write the note on a separate line: [^{mark.typed}]: what it says")
            what = f"the text refers to the note “[^{mark.typed}]”, which does not exist"
            body.notes.error("source-note-missing", mark.line, what, hint)


def _check_places(body: Body, blocks: Iterable[Block], inside: str = "") -> None:
    """Marks where no note can be."""
    for block in blocks:
        by_kind = block.kind in (Kind.HEADING, Kind.SLIP)
        place = inside or (block.kind.value if by_kind else block.options.get("name", ""))
        if place in _NO_NOTES and notes_in(block.inlines):
            where = "a heading" if place == "heading" else f"“::: {place}”"
            what = f"{where} marks a note: “{shortened(plain(block.inlines), 40)}”"
            body.notes.error("source-note-place", block.at.line, what, _NO_NOTES[place])
        _check_places(body, block.children, place if place in _NO_NOTES else "")


def _check_typed(body: Body, blocks: Sequence[Block]) -> None:
    """Notes that were typed with a star or dagger: nothing ties them to their text, least of all for a listener."""
    every = [block for top in blocks for block in top.walk() if block.inlines]
    for block in every:
        begun = _TYPED.match(plain(block.inlines)) if block.kind is Kind.PARAGRAPH else None
        if begun and any(_ends(other, begun["sign"]) for other in every if other is not block):
            hint = "write [^1] instead of the sign in the text, and [^1]: instead of the sign before the note"
            what = f"a note begins with “{begun['sign']}”: “{shortened(plain(block.inlines), 40)}”"
            body.notes.error("source-note-typed", block.at.line, what, hint)


def _ends(block: Block, sign: str) -> bool:
    """Whether a word in a text, or the text, ends with a sign."""
    return bool(re.search(rf"(?<![{_SIGNS}]){re.escape(sign)}(?![\w{_SIGNS}])", plain(block.inlines)[1:]))
