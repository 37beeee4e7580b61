"""Is a finished book whole? Read from its bytes, as an e-reader opens them: every text in its order, what every page
must say, all files that it names, nothing that belongs to paper.

EPUB 3.3: 4.2 (the archive), 6.1 (texts); WCAG 2.2: 1.1.1, 2.4.2, 3.1.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from posixpath import join
from typing import Any
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from plainleaf.formats.epub.package import CONTENTS, FOLDER, MEDIA, PACKAGE, STYLE, TEXT
from plainleaf.formats.epub.xhtml import EPUB, XMLNS
from plainleaf.formats.html import seen
from plainleaf.languages.invisible import BIDI_CONTROLS, WORD_JOINER, ZERO_WIDTH_SPACE
from plainleaf.model import Finding, Location, Severity

HINT = "fix the template: layouts/base/epub.html and what it uses"
_UNSEEN = re.compile(rf"[\s{ZERO_WIDTH_SPACE}{WORD_JOINER}{BIDI_CONTROLS}]")  # spaces, breaks, directions
_BACK = "doc-backlink"  # links that a text has none of
_SAID = 60  # characters of a text, to name it by


@dataclass(frozen=True, slots=True)
class Text:
    """A text that a book must hold, its place in the source, and that of its translation; ``head``: of a column, which
    a table printed as a list says before each cell below it."""

    words: str
    at: Location
    po: Location | None
    head: bool = False


def faults(data: bytes, streams: Sequence[Sequence[Text]], notices: Sequence[str], at: Location) -> Iterator[Finding]:
    """What is wrong with a book; ``streams``: what it must hold in this order, of each of its languages; ``at``: the
    leaflet's source."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        trees = {name: ElementTree.fromstring(files[FOLDER + name]) for name in (PACKAGE, CONTENTS, TEXT)}
    except (BadZipFile, KeyError, ElementTree.ParseError) as error:
        yield Finding("epub", Severity.ERROR, f"the EPUB file could not be read again: {error}", at, HINT)
        return
    text = _bare(trees[TEXT])
    for what in dict.fromkeys((*_archived(files, trees), *_wrong(text))):
        yield Finding("epub", Severity.ERROR, what, at, HINT)
    for stream in streams:
        yield from _out_of_order(text, stream)
    style = files.get(FOLDER + STYLE, b"").decode()
    for notice in seen.missing(text, (style,), notices):
        yield Finding("fit-notice", Severity.ERROR, f"the EPUB file does not show “{notice}”", at, HINT)


def _bare(root: Any) -> Any:
    """The tree with names as HTML has them."""
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{XMLNS}}}")
    return root


def _archived(files: dict[str, bytes], trees: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the files of a book."""
    if next(iter(files)) != "mimetype" or files["mimetype"] != MEDIA.encode():
        yield "the EPUB file does not begin with what it is"
    listed = {FOLDER + item.get("href") for item in trees[PACKAGE].iter("{http://www.idpf.org/2007/opf}item")}
    there = {name for name in files if name.startswith(FOLDER)} - {FOLDER + PACKAGE}
    yield from (f"{name} is not listed in {PACKAGE}" for name in sorted(there - listed))
    yield from (f"{name} is listed in {PACKAGE} but is not in the EPUB file" for name in sorted(listed - there))
    ids = {element.get("id") for element in trees[TEXT].iter()}
    links = [str(element.get("href")) for element in trees[CONTENTS].iter(f"{{{XMLNS}}}a")]
    for link in links:
        file, _, name = link.partition("#")
        if file == TEXT and name and name not in ids:
            yield f"the list of contents leads to #{name}, which does not exist"
    for element in trees[TEXT].iter("img"):
        if join(FOLDER, element.get("src", "")) not in files:
            yield f"the picture {element.get('src')} is not in the EPUB file"


def _wrong(root: Any) -> Iterator[str]:
    """What is wrong with the text as XHTML."""
    yield from (f"the page has no {name}" for name in ("lang", "dir") if not root.get(name))
    title = root.find("head/title")
    if title is None or not "".join(title.itertext()).strip():
        yield "the page has no title"
    for tag in ("main",):
        if (count := len([*root.iter(tag)])) != 1:
            yield f"the page has {count} <{tag}>"
    if root.find(".//h1") is None:
        yield "the page has no <h1>"
    ids = [name for element in root.iter() if (name := element.get("id"))]
    yield from (
        f"the id “{name}” is there {ids.count(name)} times" for name in dict.fromkeys(ids) if ids.count(name) > 1
    )
    for element in root.iter():
        if element.get("style") is not None:
            yield f"<{element.tag}> has a style of its own, which readers cannot change"
        if element.tag == "img" and element.get("alt") is None:
            yield "a picture has no alt text"
        href = element.get("href", "")
        if element.tag == "a" and href.startswith("#") and href[1:] not in ids:
            yield f"a link leads to {href}, which does not exist"
        if element.get(f"{{{EPUB}}}type") == "noteref" and root.find(f".//aside[@id='{href[1:]}']") is None:
            yield f"the note that {href} leads to is no note"


def _out_of_order(root: Any, stream: Sequence[Text]) -> Iterator[Finding]:
    said, place = _UNSEEN.sub("", "".join(_words(root.find("body")))), 0
    for text in stream:
        wanted = _UNSEEN.sub("", text.words)
        found = said.find(wanted, place)
        if found < 0:
            what = "is in the wrong place" if wanted in said else "is missing"
            hint = "fix the template: it is to print every text once, in the order of the source"
            message = f"“{text.words[:_SAID]}” {what} in the EPUB file"
            yield Finding("epub-order", Severity.ERROR, message, text.at, hint, text.po)
        elif found == place or not text.head:
            place = found + len(wanted)


def _words(element: Any) -> Iterator[str]:
    """The text of an element with that of its pictures, without the ways back from notes and boxes to tick."""
    if element.tag == "img" and "box" not in element.get("class", "").split():
        yield element.get("alt", "")
    if element.get("role") != _BACK or element.get("class") == "mark":
        yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""
