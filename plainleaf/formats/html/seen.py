"""Does a finished HTML page show that its text is a draft, or a sample? A template or style sheet may leave that out or
hide it. Of the style only what hides is read: a rule that hides an element counts on any screen and on paper, whatever
other rules say. The only importer of cssselect2.

CSS Display 3, 2; CSS 2.2, 11.2 (visibility); CSS Color 4, 6.2 (transparent); HTML, 4.11.1 (details), 6.1 (hidden).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

import cssselect2  # type: ignore[import-untyped]
import tinycss2

from plainleaf.formats.html import trees
from plainleaf.formats.html.tokens import Read
from plainleaf.layouts.notices import letters
from plainleaf.model import Finding, Location, Severity

_UNSEEN = {"head", "style", "script", "template", "noscript", "dialog", "iframe", "object", "audio", "video", "canvas"}
# "0", "0.0em", "scale(0)"
_NOTHING = re.compile(r"[-+]?(?:0+(?:\.0*)?|\.0+)(?:[a-z]+|%)?|scale(?:x|y)?\(\s*0+(?:\.0+)?\s*\)")
_HIDING: dict[str, frozenset[str]] = {
    "display": frozenset({"none"}),
    "visibility": frozenset({"hidden", "collapse"}),
    "content-visibility": frozenset({"hidden"}),
    "color": frozenset({"transparent"}),
}
_SIZES = {
    "font-size", "height", "max-height", "width", "max-width", "block-size", "max-block-size", "inline-size",
    "max-inline-size", "opacity", "scale", "transform", "zoom",
}  # fmt: skip
_CUTTING = {"clip", "clip-path", "mask"}  # what is left of it cannot be told
_MOVING = {"text-indent", "left", "right", "top", "bottom", "margin", "margin-left", "margin-top", "inset"}
_AT_ONCE = 100  # texts of a page, between two looks for what is left
_NOUGHT = re.compile(r"(?:^|\s)0(?:\.0+)?(?:[a-z]+|%)?[\s/]")  # "bold 0/0 serif"
_FAR = re.compile(r"-\d{3,}")  # out of the screen, in any unit


def faults(page: Read, notices: Iterable[str], at: Location) -> Iterator[Finding]:
    """A finding for each notice that readers do not see on a page; ``at``: the leaflet's source."""
    if not (notices := tuple(notices)):
        return
    root = trees.tree(page)
    sheets = ["".join(each.itertext()) for each in root.iter("style")]
    hint = "fix the template: print {{ parts.notice_box() }} and hide nothing of it (layouts/base/web.html)"
    for notice in missing(root, sheets, notices):
        yield Finding("fit-notice", Severity.ERROR, f"the HTML file does not show “{notice}”", at, hint)


def missing(root: Any, sheets: Iterable[str], notices: Iterable[str]) -> Iterator[str]:
    """The notices that readers do not see on a page with these style sheets; ``root``: its tree, its names as in
    HTML."""
    return _Page(root, sheets).missing(tuple(notices))


class _Page:
    """A page's elements, and the selectors of the rules that hide."""

    def __init__(self, root: Any, sheets: Iterable[str]) -> None:
        self._root = root
        self._hiding = [selector for css in sheets for selector in _hiding(css)]

    def missing(self, notices: Sequence[str]) -> Iterator[str]:
        """Those that are not on it; no more of it is looked at than up to the last of them."""
        said, left = "", list(notices)
        shown = self._shown(cssselect2.ElementWrapper.from_html_root(self._root)) if left else iter(())
        while left and (parts := list(islice(shown, _AT_ONCE))):
            said += letters("".join(parts))
            left = [notice for notice in left if letters(notice) not in said]
        yield from left

    def _shown(self, element: Any) -> Iterator[str]:
        """The text that is seen of an element and of those in it."""
        node = element.etree_element
        if self._hidden(element):
            return
        yield node.text or ""
        for child in element.iter_children():
            if isinstance(child.etree_element.tag, str):
                yield from self._shown(child)
            yield child.etree_element.tail or ""

    def _hidden(self, element: Any) -> bool:
        node = element.etree_element
        if node.tag in _UNSEEN or node.get("hidden") is not None or node.get("aria-hidden") == "true":
            return True
        if node.tag == "details" and node.get("open") is None:
            return True
        own = node.get("style")
        if own and _hides(tinycss2.parse_blocks_contents(own)):
            return True
        return bool(element.matches(*self._hiding))


@lru_cache(maxsize=16)
def _hiding(css: str) -> tuple[Any, ...]:
    """The selectors of a style sheet that hide; most pages have one of theirs in common."""
    return (*_selectors(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)),)


def _selectors(rules: Iterable[Any]) -> Iterator[Any]:
    """Those of the rules that hide what they are for, also inside ``@media`` and the like."""
    for rule in rules:
        if rule.type == "at-rule" and rule.content and rule.lower_at_keyword in ("media", "supports", "layer"):
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            yield from _selectors(inner)
        elif rule.type == "qualified-rule" and _hides(tinycss2.parse_blocks_contents(rule.content)):
            try:
                yield from (each for each in cssselect2.compile_selector_list(rule.prelude) if not each.pseudo_element)
            except cssselect2.SelectorError:  # none that it knows; browsers may, as of a pointer's place
                continue


def _hides(declarations: Iterable[Any]) -> bool:
    for each in declarations:
        if each.type == "declaration":
            value = tinycss2.serialize(each.value).strip().lower()
            name = each.lower_name
            if value in _HIDING.get(name, ()) or (name in _SIZES and _NOTHING.fullmatch(value)):
                return True
            if name == "font" and _NOUGHT.search(value):
                return True
            if (name in _CUTTING and value not in ("none", "auto")) or (name in _MOVING and _FAR.search(value)):
                return True
    return False
