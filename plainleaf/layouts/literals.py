"""What templates and style sheets print by themselves, which is in no catalog: it is signed with every leaflet.

Of templates: words and figures outside messages. Of style sheets: strings (``content: "..."``), pictures, fonts,
counters, and what hides text, strikes it out, turns it, or changes its letters or their order. Of files in the root
all else that can change what is read (``whole``). Reads what Jinja2 and tinycss2 read of the files; makes nothing.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import tinycss2
from jinja2 import Environment, TemplateError, nodes

from plainleaf import files
from plainleaf.files.places import MEDIA, around, below, is_ours
from plainleaf.layouts import css_nodes, whole
from plainleaf.layouts.file import BASE
from plainleaf.layouts.file import FILE as LAYOUT_FILE
from plainleaf.model import Location, Message

FOR_STAFF = frozenset(f"base/{name}" for name in (
    "site.html", "site-index.html", "site-language.html", "site-formats.html", "site-clinics.html", "site.css",
    "moved.html", "desk.html", "print-list.html", "print-list-leaflet.html", "print-list-edition.html", "status.html",
    "staff.html", "status-leaflet.html", "status-edition.html", "status-changes.html", "readability.html",
    "readability-languages.html", "readability-edition.html", "readability-sentences.html", "readability-signs.html",
    "readability.css", "screen.css", "conformance.html", "review.html", "review.css",
))  # fmt: skip
_MESSAGES = frozenset({"_", "N_", "gettext"})  # what calls them is in the words of layouts
_FONTS_AND_GRIDS = frozenset(
    {"font", "font-family", "src", "font-feature-settings", "font-variation-settings", "grid", "grid-area",
     "grid-template", "grid-template-areas"}
)  # fmt: skip
_REVERSED = frozenset({"row-reverse", "column-reverse", "wrap-reverse"})
_HIDING: Mapping[str, frozenset[str]] = {
    "display": frozenset({"none"}),
    "visibility": frozenset({"hidden", "collapse"}),
    "opacity": frozenset({"0", "0%", ".0", "0.0"}),
    "text-transform": frozenset({"uppercase", "lowercase", "capitalize", "full-width"}),
    "text-decoration": frozenset({"line-through"}),
    "text-decoration-line": frozenset({"line-through"}),
    "unicode-bidi": frozenset({"bidi-override", "isolate-override"}),
    "flex-direction": _REVERSED,
    "flex-flow": _REVERSED,
    "flex-wrap": _REVERSED,
    "content": frozenset({"none"}),
}
_BY_VARIABLE = frozenset().union(*_HIDING.values()) - {"0"}  # what a variable may hand to any of these
_ALWAYS = frozenset(
    {
        "counter-reset",
        "counter-increment",
        "counter-set",
        "order",
        "direction",
        "symbols",
        "additive-symbols",
        "system",
        "max-lines",
        "clip",
        "clip-path",
        "transform",
        "rotate",
        "scale",
        "translate",
    }
)  # figures of steps, and what moves or cuts letters off
MOST_SHEET = 200_000  # bytes of a style sheet; the largest of ours has 10,000, and a larger one is on no page
_HOLE = "\0"  # stands for what a template fills in


def messages(folders: Sequence[Path], root: Path | None = None) -> tuple[Message, ...]:
    """All of it, in the order of files; each text with its file as context. A file in an earlier folder stands for one
    of the same name in a later one. What cannot be read is told when pages are made.

    ``root``: of the files that lie in it each has one text more, a digest of the rest that can change what is read.
    """
    roots, found = around(folders), dict[tuple[str, str], Message]()
    for name, path in sorted(_files(folders).items()):
        try:
            data = files.Root(*roots).read(path, MOST_SHEET if path.suffix == ".css" else files.MOST)
        except OSError:
            continue
        own = root is not None and not is_ours(path, root)
        for line, text, picture in _counted(data, path.suffix.lower(), own):
            file, said = (
                f"layouts/{name}",
                f"{text} {files.digest(path.parent / picture, *roots)[:32]}" if picture else text,
            )
            context = f"{WHOLE}{file}" if text.startswith((ALL, REST)) else file  # so each is beside its earlier self
            found.setdefault((file, said), Message(said, (Location(file, line),), context=context))
    return tuple(found.values())


def _files(folders: Sequence[Path]) -> dict[str, Path]:
    """Templates, style sheets, settings of layouts, and the pictures and fonts beside them, by their names below the
    folders."""
    paths = dict[str, Path]()
    for folder in folders:
        layouts = {place for place in folder.iterdir() if place.name == BASE or (place / LAYOUT_FILE).is_file()}
        for path in below(folder):
            beside = path.suffix.lower() in MEDIA and not layouts.isdisjoint(path.parents)
            if beside or path.suffix in (".html", ".css") or path.name == LAYOUT_FILE:
                paths.setdefault(path.relative_to(folder).as_posix(), path)
    return {name: path for name, path in paths.items() if name not in FOR_STAFF}


def _counted(data: bytes, suffix: str, own: bool) -> Sequence[tuple[int, str, str]]:
    """What counts of a file, as ``_printed`` gives it; ``own``: it is one of the root's."""
    if suffix in MEDIA:
        return [(1, f"{ALL} {hashlib.sha256(data).hexdigest()[:32]}", "")] if own else []
    rest = whole.digest(data, suffix) if own else ""
    printed = () if suffix == ".toml" else _printed(data, suffix)
    return (*printed, *([(1, f"{REST} {rest}", "")] if rest else []))


ALL, REST, WHOLE = "all of this file:", "all else in this file:", "whole "
"""How the texts begin that are digests, and their contexts."""


@lru_cache(maxsize=512)
def _printed(data: bytes, suffix: str) -> tuple[tuple[int, str, str], ...]:
    """Each text with its line; and the picture that it names, "" for none."""
    text = data.decode("utf-8-sig", errors="replace")
    return tuple(_of_css(text) if suffix == ".css" else ((line, said, "") for line, said in _of_template(text)))


# --------------------------------------------------------------------------- style sheets


def _of_css(css: str) -> Iterator[tuple[int, str, str]]:
    for inside, segment in whole.rules(tinycss2.parse_component_value_list(css, skip_comments=True), ()):
        yield from _declaration(segment, inside)


def _declaration(segment: Sequence[Any], inside: tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
    words = [node for node in segment if node.type != "whitespace"]
    if len(words) < 3 or words[0].type != "ident" or words[1] != ":":
        return
    name, value = words[0].lower_name if hasattr(words[0], "lower_name") else words[0].lower_value, words[2:]
    said = " ".join(tinycss2.serialize(segment).split())
    parts = [node for node, _ in css_nodes.walk(value)]
    pictures = [address for node in parts if (address := css_nodes.address(node))]
    strings = name not in _FONTS_AND_GRIDS and any(node.type == "string" and node.value.strip() for node in parts)
    hiding = _BY_VARIABLE if name.startswith("--") else _HIDING.get(name, frozenset())
    hidden = hiding & {tinycss2.serialize([node]).strip().lower() for node in parts}
    counted = name == "content" and any(node.type == "function" and node.lower_name in _COUNTERS for node in parts)
    if strings or hidden or counted or name in _ALWAYS or pictures:
        text = _short(f"{' '.join(inside)} {{ {said} }}".strip())
        local = [picture for picture in pictures if not picture.startswith(("data:", "#"))]
        for picture in local or [""]:
            yield words[0].source_line, text, picture


def _short(text: str) -> str:
    """A text as it is signed: of one that is long, as with a picture typed into it, the head and a digest."""
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ... {digest}"


_LONGEST = 500
_COUNTERS = frozenset({"counter", "counters", "attr", "target-counter", "target-text"})


# --------------------------------------------------------------------------- templates


_TAG = re.compile(r"<[^<>]*>")
_SPOKEN = re.compile(
    r"""\s(alt|title|aria-label|aria-description|placeholder|value|start|style)\s*=\s*("[^"]*"|'[^']*')"""
)
_STYLE = re.compile(r"<style[^<>]*>(.*?)</style\s*>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->|<!doctype[^<>]*>", re.DOTALL | re.IGNORECASE)


def _of_template(source: str) -> Iterator[tuple[int, str]]:
    try:
        tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(source)
    except TemplateError:
        return
    text = _COMMENT.sub("", _HOLE.join(data.data for data in tree.find_all(nodes.TemplateData)))
    for style in _STYLE.findall(text):
        yield from ((1, said) for _, said, _ in _of_css(style))
    text = _STYLE.sub("", text)
    for tag in _TAG.findall(text):
        yield from ((1, f"{name}: {_plain(said[1:-1])}") for name, said in _SPOKEN.findall(tag) if _plain(said[1:-1]))
    for piece in _TAG.sub(_HOLE, text).split(_HOLE):
        if said := _plain(piece):
            yield _line(source, piece), said
    yield from _of_expressions(tree)


def _plain(text: str) -> str:
    return " ".join(html.unescape(text).replace(_HOLE, " ").split())


def _line(source: str, text: str) -> int:
    """Where a text stands for the first time."""
    at = source.find(text.strip())
    return source.count("\n", 0, at) + 1 if at >= 0 else 1


def _of_expressions(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """What expressions print, and what may be printed of what is set or handed on: names of things are not meant."""
    for output in tree.find_all(nodes.Output):
        for part in output.nodes:
            yield from ((part.lineno, _plain(said)) for said in _said(part) if said.strip())
    for node in tree.find_all((nodes.Assign, nodes.Call, nodes.Macro, nodes.For, nodes.With, nodes.FilterBlock)):
        for value in _values(node):
            every = isinstance(node, nodes.FilterBlock)  # what it puts in another's place may be any word
            texts = [_plain(said) for said in _said(value, inside=True) if (every and said.strip()) or _is_words(said)]
            yield from ((node.lineno, said) for said in texts)


def _values(node: nodes.Node) -> Sequence[nodes.Node]:
    """What a statement sets, hands on or goes through."""
    if isinstance(node, nodes.With):
        return node.values
    if isinstance(node, nodes.FilterBlock):
        return [node.filter]
    if isinstance(node, nodes.Assign):
        return [node.node]
    return [node.iter if isinstance(node, nodes.For) else node]


def _is_words(text: str) -> bool:
    return not re.fullmatch(r"[a-z%.{}_-]*", text) and bool(text.strip())


def _said(node: nodes.Node, inside: bool = False) -> Iterator[str]:
    """The texts and figures that an expression gives, but those of messages; of a call only with ``inside``."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str | int | float) and not isinstance(node.value, bool):
        yield str(node.value)
    for part in _parts(node, inside):
        yield from _said(part, inside)


def _parts(node: nodes.Node, inside: bool) -> Sequence[nodes.Node]:
    """The parts of an expression that its value is made of."""
    if isinstance(node, nodes.Call):
        words = isinstance(node.node, nodes.Name) and node.node.name in _MESSAGES
        if words:  # a message that is put together is in no catalog
            return [each for each in node.args if not isinstance(each, nodes.Const)]
        own = [node.node.node] if isinstance(node.node, nodes.Getattr) else []  # "...".strip()
        return (*own, *node.args, *(each.value for each in node.kwargs)) if inside else own
    if isinstance(node, nodes.Macro):
        return node.defaults
    if isinstance(node, nodes.CondExpr):
        return [part for part in (node.expr1, node.expr2) if part]
    if isinstance(node, nodes.Filter):
        return [part for part in (node.node, *node.args, *(each.value for each in node.kwargs)) if part]
    if isinstance(node, nodes.Concat):
        return node.nodes
    if isinstance(node, nodes.List | nodes.Tuple):
        return node.items
    if isinstance(node, nodes.Dict):
        return [each.value for each in node.items]
    if isinstance(node, nodes.Getitem | nodes.Getattr | nodes.Neg | nodes.Pos):
        return [node.node]
    return (node.left, node.right) if isinstance(node, nodes.BinExpr) else ()
