"""The text of one message: inline content as paired tags, placeholders and entities, and back again.

Inline markup stands in a message as paired tags that name themselves (``<b>``, ``<em>``, ``<a1>``), clinic details as
``{placeholders}``, as do words in another language (``{in_es}``); link targets stay outside. ``&``, ``<`` and braces
meant as such are written as XML entities.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from plainleaf.languages.invisible import JOINERS
from plainleaf.model import NOTE, Emphasis, Foreign, Inline, Link, Placeholder, Strong, Text, foreign

_ESCAPES = {"&": "&amp;", "<": "&lt;", "{": "&#123;", "}": "&#125;"}
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": "\u00a0"}
_LINK = re.compile(r"a\d")
_TOKEN = re.compile(
    r"<(?P<close>/?)(?P<tag>[A-Za-z][A-Za-z0-9]*)>"
    r"|\{(?P<name>[a-z][a-z0-9_]*)\}"
    r"|&(?:(?P<entity>[A-Za-z]+)|\#(?P<number>[0-9]{1,7})|\#x(?P<hex>[0-9A-Fa-f]{1,6}));"
)


def to_text(inlines: tuple[Inline, ...]) -> str:
    """The message text of a block's inline content; links are numbered in their order."""
    links = count(1)
    names = {words: name for name, words in foreign_places(inlines).items()}

    def write(parts: tuple[Inline, ...]) -> Iterator[str]:
        for part in parts:
            match part:
                case Text(text):
                    yield re.sub(r"[&<{}]", lambda found: _ESCAPES[found[0]], text)
                case Placeholder(name):
                    yield "{" + name + "}"
                case Foreign():
                    yield "{" + names[part] + "}"
                case Strong(children):
                    yield f"<b>{''.join(write(children))}</b>"
                case Emphasis(children):
                    yield f"<em>{''.join(write(children))}</em>"
                case Link(children, _):
                    tag = f"a{next(links)}"
                    yield f"<{tag}>{''.join(write(children))}</{tag}>"
                case _:
                    yield from write(part.children)

    return "".join(write(inlines))


def foreign_places(inlines: tuple[Inline, ...]) -> dict[str, Foreign]:
    """Words in other languages, by the names that they have in the message: {in_es}, {in_es_2}, {in_zh_hans}."""
    found: dict[str, Foreign] = {}
    for words in foreign(inlines):
        if words not in found.values():
            name = "in_" + words.lang.lower().replace("-", "_")
            same = sum(other.lang == words.lang for other in found.values())
            found[f"{name}_{same + 1}" if same else name] = words
    return found


def link_targets(inlines: tuple[Inline, ...]) -> tuple[str, ...]:
    """The targets of a block's links, in the order of their tags ``<a1>``, ``<a2>``, ..."""
    found: list[str] = []
    for part in inlines:
        if isinstance(part, Link):
            found.append(part.href)
        if not isinstance(part, Text | Placeholder | Foreign):
            found.extend(link_targets(part.children))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with the markup of a translation, in words, and how to fix it."""

    check: str
    message: str
    hint: str


def from_text(text: str, source: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], tuple[Flaw, ...]]:
    """Inline content of a translation. Only the tags and placeholders of its own message are let through.

    ``source`` is the inline content of the message. Whatever else looks like markup stays text and is a flaw; never
    raises.
    """
    reading = _Reading(_marks(to_text(source)), link_targets(source), foreign_places(source))
    position = 0
    for token in _TOKEN.finditer(text):
        reading.plain(text[position : token.start()])
        reading.token(token)
        position = token.end()
    reading.plain(text[position:])
    return reading.result(_marks(text))


class _Reading:
    """Reads one translation. ``wanted`` are the marks of its message, ``targets`` those of its links; ``others`` words
    in other languages."""

    def __init__(self, wanted: Counter[str], targets: tuple[str, ...], others: Mapping[str, Foreign]) -> None:
        self.wanted = wanted
        self.targets = targets
        self.others = others
        self.flaws: list[Flaw] = []
        self.stack: list[tuple[str, list[Inline]]] = [("", [])]  # open tags, and what they hold so far

    def plain(self, text: str) -> None:
        """Text between tokens; it should hold no bracket or brace."""
        for wrong in re.findall(r"<[^<>]{0,40}>?", text):
            self._flaw("po-tag", f"“{wrong}” is not a tag of this message", "write a plain < as &lt;")
        for wrong in re.findall(r"\{[^{}]{0,40}\}?|\}", text):
            self._flaw("po-placeholder", f"{wrong} is not a placeholder of the source", "keep {names} as they are")
        self._add(text)

    def token(self, token: re.Match[str]) -> None:
        """A tag, a placeholder or an entity."""
        if token["tag"]:
            self._tag(token)
        elif not token["name"]:
            self._entity(token)
        elif token[0] in self.wanted:
            name = token["name"]
            if name.startswith(NOTE) and any(_LINK.fullmatch(tag) for tag, _ in self.stack):
                hint = "put it after the closing tag of the link"
                self._flaw("po-placeholder", f"{token[0]}, the mark of a note, is inside a link", hint)
            self.stack[-1][1].append(self.others.get(name) or Placeholder(name))
        else:
            self.plain(token[0])

    def result(self, found: Counter[str]) -> tuple[tuple[Inline, ...], tuple[Flaw, ...]]:
        """The inline content and all flaws; ``found`` are the marks of the translation."""
        while len(self.stack) > 1:
            tag, children = self.stack.pop()
            self._flaw("po-tag", f"<{tag}> is never closed", f"write </{tag}> where it ends")
            for child in children:
                self._put(child)
        return tuple(self.stack[0][1]), (*self.flaws, *_missing(self.wanted, found))

    def _tag(self, token: re.Match[str]) -> None:
        """Open or close a tag. Tags nest no deeper than in the source, and no link stands in a link."""
        tag = token["tag"]
        open_tags = [name for name, _ in self.stack]
        link_in_link = _LINK.match(tag) and any(map(_LINK.match, open_tags))
        if f"<{tag}>" not in self.wanted:
            self._flaw("po-tag", f"the tag {token[0]} is not in the source", _known_tags(self.wanted))
            self._add(token[0])
        elif token["close"] and open_tags[-1] != tag:
            self._flaw("po-tag", f"</{tag}> closes a tag that is not open", "close tags in reverse order")
        elif token["close"]:
            self._close(tag, tuple(self.stack.pop()[1]))
        elif open_tags.count(tag) < self.wanted[f"<{tag}>"] and not link_in_link:
            self.stack.append((tag, []))
        else:
            self._flaw("po-tag", f"{token[0]} is inside a tag that is still open", "close that tag first")

    def _close(self, tag: str, children: tuple[Inline, ...]) -> None:
        if not children:
            self._flaw("po-tag", f"<{tag}></{tag}> contains no words", "put it around the words that it belongs to")
        elif tag == "b":
            self._put(Strong(children))
        elif tag == "em":
            self._put(Emphasis(children))
        else:
            self._put(Link(children, self.targets[int(tag[1:]) - 1]))

    def _entity(self, token: re.Match[str]) -> None:
        """What an entity stands for; the entity itself if that is nothing, or nothing that one can see."""
        if token["entity"]:
            character = _ENTITIES.get(token["entity"], "")
        else:
            code = int(token["number"]) if token["number"] else int(token["hex"], 16)
            character = chr(code) if code < 0x110000 else ""
        if not character or (unicodedata.category(character)[0] == "C" and character not in JOINERS):
            self._flaw("po-tag", f"{token[0]} is not a character", "type the character; a plain & is &amp;")
            character = token[0]
        self._add(character)

    def _flaw(self, check: str, message: str, hint: str) -> None:
        self.flaws.append(Flaw(check, message, hint))

    def _add(self, text: str) -> None:
        if text:
            self._put(Text(text))

    def _put(self, inline: Inline) -> None:
        parts = self.stack[-1][1]
        if parts and isinstance(inline, Text) and isinstance(before := parts[-1], Text):
            parts[-1] = Text(before.text + inline.text)
        else:
            parts.append(inline)


def _marks(text: str) -> Counter[str]:
    """The tags and placeholders in a message, and how often each is opened or used."""
    tokens = (token for token in _TOKEN.finditer(text) if token["name"] or (token["tag"] and not token["close"]))
    return Counter(token[0] for token in tokens)


def _known_tags(wanted: Counter[str]) -> str:
    known = ", ".join(f"{mark}...</{mark[1:]}" for mark in sorted(wanted) if mark[0] == "<")
    return f"use only {known}" if known else "this message has no tags; write < as &lt;"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _missing(wanted: Counter[str], found: Counter[str]) -> Iterator[Flaw]:
    for mark in wanted:
        if mark.startswith("{") and not found[mark]:
            yield Flaw("po-placeholder", f"the placeholder {mark} is missing", f"put {mark} where the detail belongs")
        elif mark.startswith("{") and found[mark] != wanted[mark]:
            problem = f"the placeholder {mark} appears {_times(found[mark])}, in the source {_times(wanted[mark])}"
            yield Flaw("po-placeholder", problem, f"keep each {mark} once for each one in the source")
        elif mark.startswith("<") and found[mark] != wanted[mark]:
            had, has = wanted[mark], found[mark]
            problem = f"the tag {mark} is missing" if not has else f"{mark} appears {has} times, in the source {had}"
            yield Flaw("po-tag", problem, f"put {mark}...</{mark[1:]} around the same words as in the source")
