"""The text of one block: markdown-it's tokens -> ``Inline`` values; what may not stand in a text is a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from plainleaf.languages import addresses
from plainleaf.model import NOTE, Emphasis, Foreign, Inline, Link, Placeholder, Strong, Text, notes_in, plain
from plainleaf.model import foreign as own
from plainleaf.sources import foreign, leftovers
from plainleaf.sources.characters import Notes, squash, visible
from plainleaf.sources.dialects import OTHER
from plainleaf.sources.leftovers import Token

DEEPEST_INLINE = 6  # bold in links in emphasis ...

_TARGET = re.compile(r"https?://[^\s/?#{}][^\s{}]*|(?:mailto|tel):[^\s{}]+|#[^\s#{}]+", re.IGNORECASE)


def read(notes: Notes, tokens: Sequence[Token], line: int, kind: str = OTHER) -> tuple[Inline, ...]:
    """The tokens of a text that begins in ``line``; the words of what may not stand there are kept.

    ``kind`` is that of the text (``dialects``): a point begins otherwise than a cell.
    """
    return _Reader(notes, line, leftovers.find(notes, tokens, line, kind)).read(tokens)


def picture(tokens: Sequence[Token]) -> Token | None:
    """The picture, if the text is a picture and nothing else."""
    solid = [token for token in tokens if token.type != "softbreak" and (token.type != "text" or token.content.strip())]
    return solid[0] if len(solid) == 1 and solid[0].type == "image" else None


def alt(notes: Notes, image: Token, line: int) -> tuple[Inline, ...]:
    """What a picture shows, as plain text."""
    parts = []
    leftovers.find(notes, image.children or (), line)
    for token in image.children or ():
        if token.type == "placeholder" and token.content.startswith(NOTE):
            what, hint = (
                "the description of a picture refers to a note",
                "say it in the text itself, or put the mark into the caption",
            )
            notes.error("source-note-place", line, what, hint)
            continue
        if token.type in ("placeholder", "brace"):
            what = "the description of a picture contains a clinic detail"
            notes.error("source-brace", line, what, "say it in the text around the picture, or in its caption")
        if token.type == "foreign_open":
            what, hint = (
                "the description of a picture contains words in another language",
                "say it in the caption, or below",
            )
            notes.error(foreign.CHECK, line, what, hint)
        parts.append(" " if token.type == "softbreak" else token.content)
    text = squash(visible(notes, line, "".join(parts)))
    return (Text(text),) if text else ()


@dataclass(slots=True)
class _Frame:
    """Inline content that is still open: what opened it, where, and what it holds so far."""

    kind: str
    line: int
    href: str = ""
    lang: str = ""
    children: list[Inline] = field(default_factory=list)


def _joined(inlines: Iterable[Inline]) -> list[Inline]:
    """Neighbouring texts as one, white space collapsed, nothing empty."""
    joined: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and joined and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].text + inline.text)
        else:
            joined.append(inline)
    collapsed = (Text(re.sub(r"[ \t\n]+", " ", part.text)) if isinstance(part, Text) else part for part in joined)
    return [part for part in collapsed if not isinstance(part, Text) or part.text]


def _trimmed(inlines: list[Inline]) -> tuple[Inline, ...]:
    """Inline content without spaces at its edges."""
    parts = _joined(inlines)
    if parts and isinstance(first := parts[0], Text):
        parts[0] = Text(first.text.lstrip(" "))
    if parts and isinstance(last := parts[-1], Text):
        parts[-1] = Text(last.text.rstrip(" "))
    return tuple(_joined(parts))


class _Reader:
    """Reads the text of one block. ``line`` moves on with the tokens; ``covered`` are braces with a finding already."""

    def __init__(self, notes: Notes, line: int, covered: frozenset[int]) -> None:
        self.notes = notes
        self.line = line
        self.covered = covered
        self.stack = [_Frame("", line)]

    def read(self, tokens: Iterable[Token]) -> tuple[Inline, ...]:
        for number, token in enumerate(tokens):
            if number in self.covered:
                self._add(token.content)
            else:
                self._token(token)
        return _trimmed(self.stack[0].children)

    def _add(self, text: str) -> None:
        self.stack[-1].children.append(Text(visible(self.notes, self.line, text)))

    def _error(self, check: str, message: str, hint: str) -> None:
        self.notes.error(check, self.line, message, hint)

    def _token(self, token: Token) -> None:
        match token.type:
            case "text" | "text_special":
                self._add(token.content)
            case "softbreak":
                self.line += 1
                self._add(" ")
            case "hardbreak":
                hint = "write it as one line, without “\\” or two spaces at the end"
                self._error("source-line-break", "there is a line break inside a paragraph", hint)
                self.line += 1
                self._add(" ")
            case "placeholder":
                self.stack[-1].children.append(Placeholder(token.content))
            case "brace":
                hint = (
                    "clinic details and names of lines are written {lower_case}; marks come at the end of a text, "
                    "after a space; a plain brace is \\{"
                )
                self._error("source-brace", f"“{token.content[:60]}” is neither a clinic detail nor a mark", hint)
                self._add(token.content)
            case "code_inline":
                self._error("source-code", "there is code in the text", "delete the ` signs")
                self._add(token.content)
            case "html_inline":
                hint = "delete the tag; write \\< if you mean the sign itself"
                self._error("source-html", f"there is HTML in the text: {token.content[:40]}", hint)
                self.line += token.content.count("\n")
            case "image":
                hint = "put the picture into a separate paragraph, with a blank line above and below"
                self._error("source-picture-inline", "a picture is inside a text", hint)
                self.line += token.content.count("\n")
            case _:
                self._nest(token)

    def _nest(self, token: Token) -> None:
        if token.nesting == 1:
            kind = token.type.removesuffix("_open")
            if kind == "link" and any(frame.kind == "link" for frame in self.stack):
                hint = "a link cannot contain another link: write them one after the other"
                self._error("source-link-broken", "a link is inside a link", hint)
                kind = ""
            elif len(self.stack) > DEEPEST_INLINE:
                self._error("source-nested-too-deep", "marks are nested too deeply", "delete the * signs")
                kind = ""
            href, lang = (str(token.attrs.get(name, "")) for name in ("href", "lang"))
            self.stack.append(_Frame(kind, self.line, href, lang))
        elif token.nesting == -1 and len(self.stack) > 1:
            frame = self.stack.pop()
            self.stack[-1].children.extend(self._made(frame))

    def _made(self, frame: _Frame) -> list[Inline]:
        children = _joined(frame.children)
        if frame.kind == "link":
            return self._link(frame, children)
        if frame.kind == "foreign":
            return self._foreign(frame, children)
        if not children or not frame.kind:
            return children
        return [Strong(tuple(children))] if frame.kind == "strong" else [Emphasis(tuple(children))]

    def _foreign(self, frame: _Frame, children: list[Inline]) -> list[Inline]:
        tag = foreign.tag(self.notes, frame.lang, frame.line)
        if not plain(tuple(children)).strip():
            self.notes.error(
                foreign.CHECK, frame.line, "there are no words in these brackets", f"write {foreign.WRITTEN}"
            )
            return []
        foreign.judge(self.notes, tuple(children), tag, frame.line)
        return [Foreign(tuple(children), tag)] if tag and not any(own(tuple(children))) else children

    def _link(self, frame: _Frame, children: list[Inline]) -> list[Inline]:
        if not plain(tuple(children)).strip():
            hint = "write [words that say where it leads](https://...)"
            self.notes.error("source-link-empty", frame.line, "a link has no words", hint)
            return []
        if notes_in(tuple(children)):
            what, hint = "the words of a link refer to a note", "put the mark after the link: [words](https://...)[^1]"
            self.notes.error("source-note-place", frame.line, what, hint)
        if not _TARGET.fullmatch(frame.href):
            self.notes.error(
                "source-link-target",
                frame.line,
                f"a link leads to “{frame.href[:60]}”",
                "write a full address, without clinic details: https://..., mailto:... or tel:...; "
                "another part of the leaflet is #name",
            )
            return children  # the words stay; a target that we do not know never gets on a page
        if not frame.href.startswith("#") and (fault := addresses.fault(frame.href)):
            hint = "copy it from a browser; for e-mail write mailto:name@clinic.example, for a call tel:+1-202-555-0142"
            what = f"a link leads nowhere, to “{frame.href[:60]}”: {fault}"
            self.notes.error("source-link-target", frame.line, what, hint)
            return children
        return [Link(tuple(children), visible(self.notes, frame.line, frame.href))]
