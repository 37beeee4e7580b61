"""CommonMark with tables and ``{placeholders}``, as tokens. The only importer of markdown_it."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode as Node

from plainleaf.languages.folding import PLACEHOLDER
from plainleaf.sources.leftovers import BRACE

__all__ = ["Node", "Token", "blocks", "texts"]

_LANGUAGE = re.compile(r"""\{[ ]*lang=(?:["“”](?P<quoted>[^"“”{}\n]+)["“”]|(?P<bare>[^\s"“”{}]+))[ ]*\}""")


class _Markdown(MarkdownIt):
    """CommonMark with tables and ``{placeholders}``. Link targets stay as typed; we look at them ourselves."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 (the name is markdown-it's)
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


def _braces(state: StateInline, silent: bool) -> bool:
    """Inline rule: ``{name}`` is a placeholder, every other brace is an author's mistake."""
    named = PLACEHOLDER.match(state.src, state.pos, state.posMax)
    found = named or BRACE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("placeholder" if named else "brace", "", 0)
        token.content = found[0][1:-1] if named else found[0]
    state.pos = found.end()
    return True


def _foreign(state: StateInline, silent: bool) -> bool:
    """Inline rule: ``[words]{lang=es}`` are words in another language."""
    if state.src[state.pos] != "[":
        return False
    start, most, end = state.pos + 1, state.posMax, state.md.helpers.parseLinkLabel(state, state.pos)
    found = _LANGUAGE.match(state.src, end + 1, most) if end >= 0 else None
    if not found:
        return False
    if not silent:
        state.pos, state.posMax = start, end
        state.push("foreign_open", "", 1).attrSet("lang", found["quoted"] or found["bare"])
        state.md.inline.tokenize(state)
        state.push("foreign_close", "", -1)
        state.posMax = most
    state.pos = found.end()
    return True


def _markdown() -> MarkdownIt:
    # Without link definitions: "[Warning]: stop" is one, and would vanish from the page without a word.
    markdown = _Markdown("commonmark").enable("table").disable("reference")
    markdown.inline.ruler.before("emphasis", "braces", _braces)
    markdown.inline.ruler.before("link", "foreign", _foreign)
    return markdown


_MARKDOWN = _markdown()


def blocks(lines: str) -> list[Node]:
    """The blocks of a stretch of Markdown; the texts in them are not read yet."""
    tokens: list[Token] = []
    _MARKDOWN.block.parse(lines, _MARKDOWN, {}, tokens)
    return Node(tokens).children


def texts(text: str) -> list[Token]:
    """The inline content of one text, as one token that holds the others; ``placeholder`` and ``brace`` are ours."""
    return _MARKDOWN.inline.parse(text, _MARKDOWN, {}, [])
