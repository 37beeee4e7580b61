"""A code to scan with a phone, for the address of a film, map, form or number."""

from __future__ import annotations

import re

from plainleaf.graphics.codes import LONGEST
from plainleaf.languages import cldr
from plainleaf.model import Block, Inline, Kind, Link
from plainleaf.model.tags import locale_name
from plainleaf.sources.body import About, Body, Fenced, content
from plainleaf.sources.commonmark import Node
from plainleaf.sources.fences import Fence, Marks, Options

KINDS = (About(Kind.CODE, "Words beside a code to scan: they say what it opens"),)

_CHECK = "source-scan"
_ELSEWHERE = re.compile(r"(?P<tag>[A-Za-z0-9_-]+)[ \t]*:[ \t]+<?(?P<address>[^\s<>]+)>?")


def code(body: Body, fence: Fence, marks: Marks) -> list[Block]:
    """One link, whose words stand beside the code; below it, in a list, the addresses for other languages."""
    words: tuple[Inline, ...] = ()
    found: dict[str, str] = {}
    several = False
    for part in fence.parts:
        if isinstance(part, Fence):
            _more(body, part.line)
            continue
        for node in body.nodes(part):
            if node.type == "paragraph" and not several:
                words, several = _link(body, node, found), True
            elif node.type == "bullet_list" and several and "" in found:
                _languages(body, node, found)
            else:
                _more(body, body.line(node))
    if not words:
        return []
    options = {f"href-{name}" if name else "href": address for name, address in found.items()}
    return [body.made(Kind.CODE, fence.line, marks, words, (), **options)]


def _more(body: Body, line: int) -> None:
    hint = "start another “::: code” for the other link; put everything else above or below the block"
    body.notes.error(_CHECK, line, "“::: code” contains more than one link", hint)


def _link(body: Body, node: Node, found: dict[str, str]) -> tuple[Inline, ...]:
    """The words of the block's link; its address is noted in ``found``."""
    line = body.line(node)
    parts = body.inlines(content(node), line)
    links = [part for part in parts if isinstance(part, Link)]
    if len(links) > 1:
        _more(body, line)
    elif not links and "](" not in content(node):  # a link that is none has its own finding
        hint = "write what it opens, and its address: [the film on coughing](https://clinic.example/film)"
        body.notes.error(_CHECK, line, "“::: code” contains no link", hint)
    elif links and len(parts) > 1:
        hint = "write what it opens in the square brackets, and everything else above or below the block"
        body.notes.error(_CHECK, line, "there are words beside the link in “::: code”", hint)
    if not links:
        return ()
    found[""] = _fitting(body, links[0].href, line)
    return links[0].children


def _languages(body: Body, node: Node, found: dict[str, str]) -> None:
    """Addresses for readers of other languages, by Babel's name of the language."""
    for item in node.children:
        line = body.line(item)
        typed = " ".join(content(child) for child in item.children)
        entry = _ELSEWHERE.fullmatch(typed)
        if entry is None:
            hint = "write the tag of the language and the address: - es: https://clinic.example/es/film"
            body.notes.error(_CHECK, line, f"“{typed[:60]}” is not the address of a language", hint)
            continue
        name = locale_name(entry["tag"])
        if name in found or not cldr.known(name):
            what = "appears twice" if name in found else "is not a language"
            hint = "write each language once, by its tag, such as es or zh-Hans"
            body.notes.error(_CHECK, line, f"“{entry['tag'][:40]}” {what}", hint)
        for part in body.inlines(f"[address]({entry['address']})", line):
            if isinstance(part, Link):
                found[name] = _fitting(body, part.href, line)


def _fitting(body: Body, address: str, line: int) -> str:
    length = len(address.encode())
    if address.startswith("#"):
        hint = "write a full address, mailto: or tel: here; a link to another part of the leaflet goes into the text"
        body.notes.error(_CHECK, line, f"“{address[:60]}” opens nothing when it is scanned", hint)
    elif length > LONGEST:
        what = f"this address has {length} characters; a code has room for {LONGEST}"
        hint = "copy it without “?” and what follows, or ask for a short address that leads there"
        body.notes.error(_CHECK, line, f"{what}: its squares would be too fine for a phone", hint)
    return address


FENCED = (
    Fenced(
        "code",
        code,
        "::: code\n[The film on coughing](https://films.example/cough)\n:::",
        Options(like=("qr", "qr-code", "qrcode", "scan", "barcode", "link")),
    ),
)
