"""Is a finished HTML file whole: every text in its order, tags that close, names for all that is not text?

Valid HTML as far as our templates can break it: HTML Living Standard, 4.1 and 13.1; WCAG 2.2: 1.1.1, 2.4.2, 3.1.1.
What its own content policy would block (CSP3, 8.1).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from plainleaf.formats.html.tokens import VOID, Read
from plainleaf.languages.invisible import BIDI_CONTROLS, WORD_JOINER, ZERO_WIDTH_SPACE
from plainleaf.model import Finding, Location, Severity

_UNSAID = {"style", "script"}
_OWN = re.compile(r"data:.*|[0-9a-f]{16}\.[a-z0-9]+", re.DOTALL)  # a picture in the page, or beside it by its digest
_BLOCKED = re.compile(r"style$|on")  # attributes
_UNSEEN = re.compile(rf"[\s{ZERO_WIDTH_SPACE}{WORD_JOINER}{BIDI_CONTROLS}]")  # spaces, breaks, directions


def faults(page: Read, texts: Iterable[tuple[str, Location]], at: Location) -> Iterator[Finding]:
    """What is wrong with a page; ``texts`` are what it must hold, in this order, ``at`` is the leaflet's source."""
    judged = _Judged(page)
    for what in judged.wrong():
        yield Finding("html", Severity.ERROR, what, at, "fix the template: layouts/base/web.html and what it uses")
    said, place = _UNSEEN.sub("", "".join(judged.text)), 0
    for text, where in texts:
        wanted = _UNSEEN.sub("", text)
        found = said.find(wanted, place)
        if found < 0:
            what = "is in the wrong place" if wanted in said else "is missing"
            hint = "fix the template: it is to print every text once, in the order of the source"
            yield Finding("html-order", Severity.ERROR, f"“{text[:60]}” {what} in the HTML file", where, hint)
        else:
            place = found + len(wanted)


class _Judged:
    """A page gone through once: its text with that of its pictures, and what is wrong with its tags."""

    def __init__(self, page: Read) -> None:
        self.text, self._open, self._tags, self._ids = list[str](), list[str](), Counter[str](), Counter[str]()
        self._wrong: list[str] = []
        self._root: Mapping[str, str | None] = {}
        self._links: list[str] = []
        self._title = ""
        self._doctype = ""
        for kind, said, about in page.tokens:
            if kind == "text":
                self._said(said)
            elif kind == "start":
                self._begun(said, about)
            elif kind == "end":
                self._ended(said)
            else:
                self._doctype = self._doctype or said

    def wrong(self) -> Iterator[str]:
        """In words, each once."""
        yield from dict.fromkeys(self._wrong)
        if self._doctype.lower() != "doctype html":
            yield "the page does not begin with <!doctype html>"
        if self._open:
            yield f"<{self._open[-1]}> is not closed"
        yield from (f"the page has no {name}" for name in ("lang", "dir") if not self._root.get(name))
        if not self._title.strip():
            yield "the page has no title"
        yield from (f"the page has {self._tags[tag]} <{tag}>" for tag in ("h1", "main") if self._tags[tag] != 1)
        yield from (f"the id “{name}” is there {count} times" for name, count in self._ids.items() if count > 1)
        yield from (f"a link leads to #{name}, which does not exist" for name in self._links if name not in self._ids)

    def _begun(self, tag: str, values: Mapping[str, str | None]) -> None:
        self._tags[tag] += 1
        if tag not in VOID:
            self._open.append(tag)
        self._wrong.extend(
            f"<{tag}> has {name}=, which the page's content policy blocks" for name in values if _BLOCKED.match(name)
        )
        if tag == "html":
            self._root = values
        if name := values.get("id"):
            self._ids[name] += 1
        if tag == "img":
            self.text.append(values.get("alt") or "")
            if "alt" not in values:
                self._wrong.append("a picture has no alt text")
            if not _OWN.fullmatch(values.get("src") or ""):
                self._wrong.append(f"a picture is neither in the page nor beside it: {values.get('src')}")
        if tag == "a" and (href := values.get("href") or "").startswith("#"):
            self._links.append(href[1:])

    def _ended(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self._wrong.append(f"</{tag}> closes nothing")

    def _said(self, text: str) -> None:
        inside = self._open[-1] if self._open else ""
        if inside == "title":
            self._title += text
        elif inside not in _UNSAID:
            self.text.append(text)
