"""A digest of all in a template, a style sheet or a ``layout.toml`` of one's own that can change what is read.

Of a template that is everything but comments and gaps: it may leave texts out, set them in another order, or draw. Of a
style sheet and of settings everything but sizes, colours and gaps, whose harm is found on the printed page
(``checks.page``).
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import tinycss2
from jinja2 import Environment, TemplateError

from plainleaf.layouts import css_nodes

# Properties that take nothing away, add nothing and draw nothing, whatever their value; families by their first word.
_HARMLESS = frozenset(
    {"color", "background", "background-color", "background-position", "background-size", "background-repeat", "width",
     "height", "min-width", "min-height", "max-width", "max-height", "inline-size", "block-size", "gap", "row-gap",
     "column-gap", "font", "font-size", "font-weight", "font-family", "font-style", "line-height", "orphans", "widows",
     "text-align", "text-align-last", "text-underline-offset", "box-sizing", "flex", "flex-basis", "flex-grow",
     "flex-shrink", "hyphens", "overflow-wrap", "word-break", "word-spacing", "letter-spacing", "bookmark-level",
     "marks", "bleed", "size", "table-layout", "color-scheme", "box-decoration-break", "white-space",
     "text-decoration", "text-decoration-line"}
)  # fmt: skip
_FAMILIES = ("margin", "padding", "break", "page-break", "align", "justify", "columns")
_LINE = re.compile(r"(?:border|outline)-(?:[a-z-]+-)?(?:color|radius|collapse|spacing|offset)")
"""Of lines around a text all but these count: a bar beside a figure may be read as one of its digits, or as a sign."""
_SETTINGS = frozenset(
    {"title", "page-width", "page-height", "margins", "body-size", "least-size", "fine-size", "least-body-size",
     "line-height", "least-contrast", "max-pages", "fit", "print", "more-room"}
)  # fmt: skip
"""What a ``layout.toml`` may say without a change of what is read."""
_DRAWN = re.compile(r"::?(?:before|after|marker|footnote-\w+)\b|^@(?!media|page|supports)", re.IGNORECASE)
"""What is drawn by a rule of its own, without an element in the page: there any property counts."""
_COMMENTS = {"comment_begin", "comment", "comment_end", "linecomment_begin", "linecomment", "linecomment_end"}
_GAPS = {"whitespace", "initial"}
_HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@lru_cache(maxsize=512)
def digest(data: bytes, suffix: str) -> str:
    """Of a file's content, 32 hexadecimal digits; "" if there is nothing that counts. ``suffix``: ".css", ".html" or
    ".toml"."""
    text = data.decode("utf-8-sig", errors="replace")
    parts = list(_READ[suffix](text))
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:32] if parts else ""


def _of_template(source: str) -> Iterator[str]:
    """Its tokens; of one that cannot be read all of it."""
    try:
        tokens = list(Environment(extensions=["jinja2.ext.i18n"]).lex(source))
    except TemplateError:
        yield source
        return
    for _, kind, value in tokens:
        said = " ".join(_HTML_COMMENT.sub("", value).split()) if kind == "data" else value.strip()
        if said and kind not in _COMMENTS and kind not in _GAPS:
            yield said


def _of_css(css: str) -> Iterator[str]:
    for around, words in rules(tinycss2.parse_component_value_list(css, skip_comments=True), ()):
        name = getattr(words[0], "lower_value", "") if words else ""
        said = " ".join(tinycss2.serialize(words).split())
        if said and not (_harmless(name, words) and not any(map(_DRAWN.search, around))):
            yield f"{' '.join(around)} {{ {said} }}"


def _of_settings(text: str) -> Iterator[str]:
    """Each that counts; of settings that cannot be read all of them."""
    try:
        known = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        yield text
        return
    for name in sorted(known.keys() - _SETTINGS):
        yield json.dumps([name, known[name]], sort_keys=True, default=str)


_READ = {".css": _of_css, ".html": _of_template, ".toml": _of_settings}


def _harmless(name: str, words: Sequence[Any]) -> bool:
    """Whether a declaration can only change sizes, colours and gaps: nothing in it draws or names a file."""
    if name.startswith("--"):
        known = all(map(_is_size_or_colour, words[2:]))
    else:
        known = name in _HARMLESS or name.startswith(_FAMILIES) or _LINE.fullmatch(name) is not None
    return known and not any(_draws(node) for node, _ in css_nodes.walk(words))


def _is_size_or_colour(node: Any) -> bool:
    """Whether a part of a variable's value is. A bare figure may be the number of a step, an angle may turn a 6 into a
    9, a word may be any keyword, and another variable any of these."""
    if node.type == "function" and node.lower_name in _COLOURS:
        return True
    if node.type == "function":
        return any(_is_length(each) for each, _ in css_nodes.walk(node.arguments))
    return node.type in ("whitespace", "comment", "hash") or _is_length(node)


def _is_length(node: Any) -> bool:
    return node.type == "percentage" or (node.type == "dimension" and node.lower_unit not in _ANGLES)


def _draws(node: Any) -> bool:
    """Whether a part of a value may be a picture, or come from elsewhere."""
    return bool(css_nodes.address(node)) or (node.type == "function" and node.lower_name not in _VALUES)


_COLOURS = frozenset({"rgb", "rgba", "hsl", "hsla"})
_ANGLES = frozenset({"deg", "grad", "rad", "turn"})
_VALUES = frozenset({"var", "calc", "rgb", "rgba", "hsl", "hsla", "min", "max", "clamp", "minmax"})


def rules(parts: Sequence[Any], around: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[Any]]]:
    """Declarations, and statements such as ``@import``, without gaps; each with the selectors of all rules around."""
    segment: list[Any] = []
    for node in (*parts, None):
        if node is not None and node.type == "{} block":
            yield from rules(node.content, (*around, " ".join(tinycss2.serialize(segment).split())))
            segment = []
        elif node is None or node == ";":
            yield around, segment[next((at for at, each in enumerate(segment) if each.type != "whitespace"), 0) :]
            segment = []
        else:
            segment.append(node)
