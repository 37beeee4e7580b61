"""What would print as typed: searches the text of one block for markup that CommonMark and we do not read.

First the records of ``pasted`` and ``dialects``, which say what it is and how to write it; then every sign that has no
business in a sentence. Nothing escaped with a backslash is found, nor anything inside an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, Protocol

from plainleaf.languages import addresses
from plainleaf.sources.characters import Notes
from plainleaf.sources.dialects import CELL, CHECK, COVERED, DIALECTS, LINK, OPAQUE, OTHER, VALUE, Dialect
from plainleaf.sources.pasted import PASTED, PRIVATE

RECORDS: Final = (*PASTED, *DIALECTS)
MOST = 3  # findings of one record in one text: the fourth helps nobody

# What a sentence may have of each sign; all else is left over from some markup.
_LEFT_OVER = re.compile(
    r"[\[\]\\^`]+"
    rf"|(?<![\w.,;:!?)”’\"'%{OPAQUE}*])\*+(?=[^\s\d#*])"  # not: Price*, *67, the * key
    r"|\*{2,}|\d\s?\*\s?\d"
    r"|_+|(?<=\w)\+{3,}(?=\w)|#{2,}"
    r"|~(?!\s?\d)"
    r"|^=|={2,}"
    rf"|#(?![\w{VALUE}]|\s?\d)(?<![\w#]#)(?<!\s#)(?=\S)"  # not: C#, #1, the # key, #MyHealth
    rf"|(?<![A-Z\d])(?<!\d\s)\$(?!\s?[\d.{VALUE}])(?!(?<!\S\$)(?:[\s?!.,]|$))"  # not: $20, US$, 20 $, the $
    r"|%(?=[A-Za-z])(?<!\d%)(?<!\d\s%)"
    r"|(?<!\s)\|(?!\s)|^\||\|$"
    rf"|<(?![\s\d{VALUE}])|(?<![\s])>(?!\s?[\d{VALUE}])|^>"
    r"|@(?!\w)(?<!\s@)",
    re.MULTILINE,
)
BRACE = re.compile(r"\{[^{}\n]*\}|[{}]")
_MARKDOWN = re.compile(
    r"\*\*|__|(?<![\w*])\*[^\s*][^*\n]*\*(?!\w)|`|!?\[[^\[\]\n]*\](?:\([^)\n]{0,500}\)|\{[^}\n]{0,500}\})|</?[A-Za-z][^<>\n]*>"
)


class Token(Protocol):
    """What is used of a token of markdown-it (that library itself is imported by ``commonmark`` alone)."""

    @property
    def type(self) -> str: ...
    @property
    def content(self) -> str: ...
    @property
    def markup(self) -> str: ...
    @property
    def nesting(self) -> int: ...
    @property
    def attrs(self) -> Mapping[str, str | int | float]: ...
    @property
    def children(self) -> Sequence[Token] | None: ...


def find(notes: Notes, tokens: Iterable[Token], line: int, kind: str = OTHER) -> frozenset[int]:
    """Note what of these tokens would print as typed; they begin in ``line`` and stand in a text of this ``kind``.

    Returns the numbers of the tokens of type ``brace`` that a finding now covers.
    """
    if kind == COVERED:
        return frozenset()
    text, braces = _flat(tokens)
    find_addresses(notes, text, line)
    spans = [found.span() for found in _search(notes, text, line, kind)]
    return frozenset(number for number, at in braces.items() if any(start <= at < end for start, end in spans))


def find_plain(notes: Notes, text: str, line: int) -> None:
    """Note what of a text without markup, such as a title, would print as typed. Nothing can be escaped in it."""
    find_addresses(notes, text, line)
    for found in _MARKDOWN.finditer(text):
        what = f"“{_excerpt(found[0])}” would print as typed: Markdown cannot be used here"
        notes.error(CHECK, line, what, "write plain words, without marks")
    _records(notes, _MARKDOWN.sub(OPAQUE, text), line, OTHER)


def find_addresses(notes: Notes, text: str, line: int) -> None:
    """Note the addresses of a text, which begins in ``line``, that nobody can reach as they are typed."""
    for fault in addresses.faults(text):
        what = f"the address “{_excerpt(fault.text)}” {fault.what}"
        hint = f"{fault.right}, as it opens in a browser"
        notes.error("source-address", line + text.count("\n", 0, fault.start), what, hint)


def _flat(tokens: Iterable[Token]) -> tuple[str, Mapping[int, int]]:
    """The text as one string, and where each token of type ``brace`` begins in it, by its number."""
    parts: list[str] = []
    braces: dict[int, int] = {}
    length = 0
    for number, token in enumerate(tokens):
        if token.type == "brace":
            braces[number] = length
        parts.append(_written(token))
        length += len(parts[-1])
    return "".join(parts), braces


def _written(token: Token) -> str:
    match token.type:
        case "text" | "brace":
            return token.content
        case "softbreak" | "hardbreak":
            return "\n"
        case "placeholder":
            return VALUE
        case "link_open":
            return LINK
        case "text_special" if token.content.startswith("\\") and token.content == token.markup:
            return token.content  # a backslash that protects nothing: \frac
        case "text_special" | "code_inline" | "html_inline" | "image":
            return OPAQUE + "\n" * token.content.count("\n")
    return ""


def _search(notes: Notes, text: str, line: int, kind: str) -> Iterator[re.Match[str]]:
    """Note all that is left over, and yield it."""
    text, found = _records(notes, text, line, kind)
    yield from found
    text = _hidden(text, BRACE)  # each has a finding of its own
    stray = [hit for hit in _LEFT_OVER.finditer(text) if not ("|" in hit[0] and kind == CELL)]  # escaped there
    for hit in stray[:MOST]:
        what = f"“{_around(text, hit)}” would print as typed: “{hit[0][:20]}” has no meaning here"
        hint = "write it in words, or put \\ before the sign if you mean it; plainleaf guide writing"
        notes.error(CHECK, line + text.count("\n", 0, hit.start()), what, hint)


def _records(notes: Notes, text: str, line: int, kind: str) -> tuple[str, list[re.Match[str]]]:
    """Note what the records find; returns the text without it."""
    every: list[re.Match[str]] = []
    text = _hidden(_hidden(text, addresses.ADDRESS), addresses.LIKE_ADDRESS)
    for record in _of_kind(kind):
        found = list(record.pattern.finditer(text))
        for hit in found[:MOST]:
            _note(notes, record, hit, line + text.count("\n", 0, hit.start()))
        if found:
            every += found
            text = _hidden(text, record.pattern)
    return text, every


@cache
def _of_kind(kind: str) -> tuple[Dialect, ...]:
    return tuple(record for record in RECORDS if kind in record.within)


def _note(notes: Notes, record: Dialect, hit: re.Match[str], line: int) -> None:
    shown = "".join(PRIVATE.get(character, character) for character in hit[0])
    what = f"“{_excerpt(shown)}” is {record.what}; it would print as typed"
    (notes.error if record.stops else notes.warning)(record.check, line, what, record.right)


def _hidden(text: str, pattern: re.Pattern[str]) -> str:
    """The text with what matches made opaque, as long as before and with its line ends."""
    return pattern.sub(lambda hit: re.sub(r"[^\n]", OPAQUE, hit[0]), text)


def _excerpt(text: str) -> str:
    text = re.sub(rf"[\s{OPAQUE}{LINK}]+", " ", text.replace(VALUE, "{…}")).strip()
    return text if len(text) <= 50 else f"{text[:49]}…"


def _around(text: str, hit: re.Match[str]) -> str:
    start, end = max(0, hit.start() - 15), hit.end() + 15
    return _excerpt(text[start:end])
