"""A page of HTML cut into its tags and texts, once for all that look at it.

A page as our templates write it is cut by two patterns, which takes a fifth of the time; any other one by Python's own
parser. HTML Living Standard, 13.1.2 (elements), 13.2.5 (tokenization).
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from types import MappingProxyType
from typing import Final, Literal

VOID: Final = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
RAW: Final = frozenset({"style", "script", "title"})  # what is between their tags is text alone
SHAPES: Final = frozenset({"circle", "ellipse", "line", "path", "polygon", "polyline", "rect"})
"""What a drawing consists of: ``/>`` ends each of these, and in a page no other element but void ones."""

Token = tuple[Literal["start", "end", "text", "declaration"], str, Mapping[str, str | None]]
"""What it is; the name of the tag, or the text as it is read; of a tag that opens, its attributes, ``None`` for one
without a value."""

_NONE: Mapping[str, str | None] = MappingProxyType({})
_DECLARED = "<!doctype html>"
_PART = re.compile(
    r'<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<about>(?:[ \n]+[a-zA-Z][a-zA-Z0-9:-]*(?:="[^"<>]*")?)*)'
    r"[ \n]*(?P<closed>/?)>"
)
_ATTRIBUTE = re.compile(r'([a-zA-Z][a-zA-Z0-9:-]*)(?:(=)"([^"]*)")?')
_UNCLEAR = re.compile(
    r"&(?!(?:amp|lt|gt|quot|nbsp|#[0-9]+|#x[0-9a-fA-F]+);)|[\0\r\f]"
)  # what parsers read in more than one way


@dataclass(frozen=True, slots=True)
class Read:
    """A page and what it consists of; ``plain``: whether it is written so that no parser can read it otherwise."""

    page: str
    tokens: Sequence[Token]
    plain: bool


def read(page: str) -> Read:
    """A page in parts."""
    tokens = _plain(page)
    if tokens is not None:
        return Read(page, tokens, True)
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return Read(page, reader.tokens, False)


def _plain(page: str) -> list[Token] | None:
    """The parts of a page with nothing in it but tags and texts as our templates write them; ``None`` of any other."""
    if page[: len(_DECLARED)].lower() != _DECLARED or _UNCLEAR.search(page):
        return None
    tokens: list[Token] = [("declaration", page[2 : len(_DECLARED) - 1], _NONE)]
    last, raw = len(_DECLARED), ""
    for part in _PART.finditer(page):
        text, name = page[last : part.start()], part["name"]
        if "<" in text or (raw and not (part["end"] and name == raw)):
            return None
        if text:
            tokens.append(
                ("text", text if raw in ("style", "script") or "&" not in text else html.unescape(text), _NONE)
            )
        last, raw = part.end(), ""
        if part["end"]:
            if part["about"] or part["closed"]:
                return None
            tokens.append(("end", name, _NONE))
            continue
        attributes = _ATTRIBUTE.findall(part["about"])
        about = {key.lower(): html.unescape(value) if is_set else None for key, is_set, value in attributes}
        if len(about) != len(attributes) or (part["closed"] and name not in SHAPES):
            return None
        tokens.append(("start", name, about))
        if part["closed"]:
            tokens.append(("end", name, _NONE))
        raw = name if name in RAW else ""
    rest = page[last:]
    return None if rest.strip() or raw else tokens


class _Reader(HTMLParser):
    """Python's own parser, which reads any page."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens: list[Token] = []

    def handle_decl(self, decl: str) -> None:
        self.tokens.append(("declaration", decl, _NONE))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tokens.append(("start", tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.tokens.append(("end", tag, _NONE))

    def handle_data(self, data: str) -> None:
        self.tokens.append(("text", data, _NONE))
