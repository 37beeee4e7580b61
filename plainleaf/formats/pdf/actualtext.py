"""What the page streams say: which text box each marked piece of a page is, and its text where glyphs do not give it.

WeasyPrint maps each glyph to one text. In scripts that reorder or join letters (Hindi, Tamil, Thai, Khmer ...) that
cannot be right, so copying, searching and reading aloud give other words than the page shows. Here each such piece
gets its text as /ActualText (ISO 32000-1, 14.9.4).

Pieces of text and boxes are paired by the order in which WeasyPrint numbers them, and each pair is proven by the place
where its text starts. What cannot be proven raises ``TagError``: a text must never be put on the wrong glyphs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from struct import unpack
from typing import Any

import pydyf

from plainleaf.languages.invisible import BIDI_CONTROLS, SOFT_HYPHEN, WORD_JOINER, ZERO_WIDTH_SPACE

Box = Any  # a box of weasyprint.formatting_structure.boxes; weasyprint itself is imported by formats/pdf.py alone

# Blocks of the scripts whose letters are reordered, stacked or joined: always given as ActualText.
COMPLEX = re.compile(
    "[\u0900-\u0dff"  # Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada, Malayalam, Sinhala
    "\u0e00-\u0fff"  # Thai, Lao, Tibetan
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Myanmar
    "\u1780-\u17ff\u19e0-\u19ff"  # Khmer
    "\u1900-\u197f\u1980-\u19df\u1a00-\u1aaf\u1b00-\u1c4f"  # Limbu, Tai Le, New Tai Lue, Lanna, Balinese ... Lepcha
    "\u1cd0-\u1cff\ua8e0-\ua8ff\uaa80-\uaadf\uabc0-\uabff]"  # Vedic and Devanagari extensions, Tai Viet, Meetei
)
# Shown by nothing and meant for layout only. Joiners (U+200C, U+200D) and the break of Khmer and Thai stay: spelling.
LAYOUT_ONLY = re.compile(f"[{SOFT_HYPHEN}{WORD_JOINER}{BIDI_CONTROLS}]")
_HEX = re.compile(rb"<([0-9a-f]+)>")
_NO_TEXT = re.compile(rb"(<[0-9a-f]+>) <>")


class TagError(RuntimeError):
    """The pages are not what this module knows WeasyPrint to write: a mistake of ours, not of an author."""


@dataclass(slots=True, eq=False)
class Mark:
    """One marked piece of a page: the text (or picture) of ``box``, drawn by ``stream[start:end]``."""

    page: int
    mcid: int
    box: Box
    stream: list[Any]
    start: int  # where the property list stands; the tag is before it, BDC after
    end: int
    unread: bool = False  # the glyphs do not give the text, and ActualText on the page would not help
    added: str = ""  # a hyphen at its end that is not the author's
    ending: str = ""  # what is read behind it where its line ends: a space, a line feed, or U+00AD

    @property
    def text(self) -> str:
        """What is to be read: nothing for a picture."""
        if not is_a(self.box, "TextBox"):
            return ""
        return LAYOUT_ONLY.sub("", self.box.text.removesuffix(self.added)) + self.ending

    @property
    def drawn(self) -> str:
        """What of it is on the page."""
        return LAYOUT_ONLY.sub("", self.box.text)

    @property
    def blank(self) -> bool:
        """Whether it is a text that leaves no ink (WeasyPrint puts a U+200B into an empty list item)."""
        return is_a(self.box, "TextBox") and not self.box.text.strip().strip(ZERO_WIDTH_SPACE)

    def make_artifact(self, kind: str) -> None:
        """Take it out of the text of the document; ``kind`` is Pagination or Layout, or Header or Footer, which are
        Pagination too (ISO 32000-1, table 330)."""
        self.stream[self.start - 1] = "/Artifact"
        properties = self.stream[self.start]
        del properties["MCID"]
        if said := properties.pop("ActualText", None):  # poppler heeds it in a Span only, so put one inside
            self.stream[self.start + 1] = b"BDC\n/Span <</ActualText " + said + b">> BDC"
            self.stream[self.end] = b"EMC\nEMC"
        properties["Type"] = "/Pagination" if kind in ("Header", "Footer") else f"/{kind}"
        if kind in ("Header", "Footer"):
            properties["Subtype"] = f"/{kind}"

    def write_text(self, text: str) -> None:
        """Say what the glyphs stand for."""
        self.stream[self.start]["ActualText"] = utf_16(text)


def utf_16(text: str) -> bytes:
    """A text as a string of a PDF."""
    return b"<feff" + text.encode("utf-16-be").hex().encode() + b">"


_names: dict[type, frozenset[str]] = {}  # class of box -> its name and those of its ancestors


def is_a(box: Box, name: str) -> bool:
    """Whether a box is of the class called ``name`` (weasyprint is not imported here)."""
    kind = type(box)
    if kind not in _names:
        _names[kind] = frozenset(ancestor.__name__ for ancestor in kind.__mro__)
    return name in _names[kind]


def unwrap(box: Box) -> Box:
    """The box itself where WeasyPrint left a placeholder for one that is out of the flow."""
    return box._box if type(box).__name__ == "AbsolutePlaceholder" else box


def resolve(pdf: pydyf.PDF, reference: bytes) -> Any:
    """The object that a reference ("12 0 R") points to."""
    return pdf.objects[int(reference.split()[0])]


def pair(document: Any, pdf: pydyf.PDF) -> list[Mark]:
    """All marked pieces of all pages, each with its box."""
    numbered = _numbers(pdf, len(document.pages))
    marks = []
    for index, page in enumerate(document.pages):
        stream = resolve(pdf, resolve(pdf, pdf.page_references[index])["Contents"]).stream
        drawn = _sequences(stream)
        boxes, numbers = list(_leaves(page._page_box)), numbered[index]
        if len(boxes) != len(numbers) or sorted(numbers) != sorted(drawn):
            raise TagError(
                f"page {index + 1}: {len(boxes)} boxes, {len(numbers)} in the tag tree, {len(drawn)} drawn"
                " (does an element have opacity below 1?)"
            )
        marks += [Mark(index, n, box, stream, *drawn[n]) for n, box in zip(numbers, boxes, strict=True)]
    for mark in marks:
        _prove(mark)
    return marks


def _numbers(pdf: pydyf.PDF, pages: int) -> list[list[int]]:
    """For each page the numbers of its marked pieces, in the order in which WeasyPrint met their boxes."""
    index = {reference: page for page, reference in enumerate(pdf.page_references)}
    numbers: list[list[int]] = [[] for _ in range(pages)]
    for element in pdf.objects:
        if isinstance(element, pydyf.Dictionary) and element.get("Type") == "/StructElem" and "Pg" in element:
            numbers[index[element["Pg"]]] += [kid for kid in element["K"] if isinstance(kid, int)]
    return numbers


def _leaves(box: Box) -> Iterator[Box]:
    """Texts and pictures in the order in which WeasyPrint makes their structure elements."""
    box = unwrap(box)
    children: list[Box] = []
    for child in box.children:
        children += child.children if is_a(child, "LineBox") else [child]
    if box.element is not None and box.element_tag.split(":")[0] == "a":
        # The text of a link belongs to the link's own element, which is made before those inside it.
        children.sort(key=lambda child: not is_a(child, "TextBox"))
    for child in children:
        if is_a(child, "TextBox"):
            yield child
        else:
            yield from _leaves(child)
    if is_a(box, "ReplacedBox"):
        yield box


def _sequences(stream: list[Any]) -> dict[int, tuple[int, int]]:
    """MCID -> (place of the property list, place of its EMC)."""
    found: dict[int, tuple[int, int]] = {}
    opened: list[int] = []
    for place, item in enumerate(stream):
        if item in (b"BDC", b"BMC"):
            opened.append(place)
        elif item == b"EMC":
            start = opened.pop() - 1
            properties = stream[start]
            if isinstance(properties, pydyf.Dictionary) and "MCID" in properties:
                found[properties["MCID"]] = (start, place)
    return found


def _prove(mark: Mark) -> None:
    """Raise unless the piece is drawn exactly where its box is."""
    text, box = is_a(mark.box, "TextBox"), mark.box
    if mark.stream[mark.start - 1] != ("/Span" if text else "/Figure"):
        raise TagError(f"page {mark.page + 1}: mark {mark.mcid} is no {'text' if text else 'picture'}")
    if not text:
        return
    items = (item for item in mark.stream[mark.start : mark.end] if isinstance(item, bytes))
    place = next((item.split() for item in items if item.endswith(b" Tm")), None)
    if place is None:
        if not (mark.blank or box.style["visibility"] != "visible" or box.style["font_size"] < 1e-6):
            raise TagError(f"page {mark.page + 1}: nothing is drawn for {box.text!r}")
    elif abs(float(place[4]) - box.position_x) + abs(float(place[5]) - box.position_y - box.baseline) > 0.001:
        raise TagError(f"page {mark.page + 1}: {box.text!r} is not drawn where it should be")


def mend_texts(marks: list[Mark], fonts: dict[Any, Any]) -> list[Mark]:
    """Write ActualText wherever the glyphs of a piece would not give exactly its text; the pieces that got one.

    Not for right-to-left text: poppler turns ActualText round there, and most Naskh fonts are right without it. Where
    they are not (Nastaliq, ligatures, brackets of both directions), the mark is ``unread``: its tag has to say the
    text. A piece of blanks draws nothing at all: there ActualText keeps two words apart.
    """
    written = list[Mark]()
    tables = {font.hash: (font.to_unicode, 2 if font.bitmap else 4) for font in fonts.values()}
    for mark in marks:
        text = mark.text
        if mark.blank:
            if text.isspace() and mark.box.style["visibility"] == "visible":
                mark.write_text(" ")
        elif not text:
            continue
        elif right_to_left(text):
            glyphs = glyph_texts(mark, tables)
            joined = any(len(glyph) > 1 for glyph in glyphs)  # lam-alef: poppler and pdfium turn it round
            same = sorted(_visible("".join(glyphs))) == sorted(_visible(mark.drawn))
            mark.unread = joined or not same or _brackets("".join(reversed(glyphs))) != _brackets(text)
        elif _complex(text) or _misread("".join(glyph_texts(mark, tables)), mark.drawn):
            mark.write_text(text)
            written.append(mark)
    return written


def right_to_left(text: str) -> bool:
    """Whether any of a text runs to the left."""
    return not text.isascii() and any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def _brackets(text: str) -> str:
    """The signs that are turned round in right-to-left text: the glyph of one is that of another from left to right,
    and a font's table has one text for it."""
    return "".join(sign for sign in text if unicodedata.mirrored(sign))


def _complex(text: str) -> bool:
    # A separate accent may be drawn at another height, which poppler takes for another line (Yoruba).
    return not text.isascii() and bool(COMPLEX.search(text) or any(unicodedata.combining(letter) for letter in text))


def glyph_texts(mark: Mark, tables: dict[str, tuple[dict[int, str], int]]) -> list[str]:
    """What the tables of glyphs give, glyph by glyph in the order of drawing."""
    read, table, size = list[str](), dict[int, str](), 4
    for item in mark.stream[mark.start : mark.end]:
        if not isinstance(item, bytes):
            continue
        if item.endswith(b" Tf"):
            table, size = tables[item[1:].split()[0].decode()]
        elif item.endswith(b" TJ"):
            codes = bytes.fromhex(b"".join(_HEX.findall(item)).decode())
            glyphs = unpack(f">{len(codes) // 2}H", codes) if size == 4 else codes
            read += [table.get(glyph, "") for glyph in glyphs]
    return read


def _misread(found: str, text: str) -> bool:
    """Whether the glyphs give another text (a letter with a separate accent, for example)."""
    if found == text or ("…" in found and "…" not in text):  # cut by text-overflow: the glyphs are what is shown
        return False
    return _visible(found) != _visible(text)


def _visible(text: str) -> str:
    return text if text.isascii() else "".join(c for c in text if unicodedata.category(c) != "Cf")


def mend_glyph_tables(pdf: pydyf.PDF) -> None:
    """Give each glyph some text: an empty entry in a ToUnicode table is not valid (ISO 14289-1, 7.21.7).

    Empty are all glyphs of a cluster but the last. They get U+2060 (word joiner): it is invisible and breaks no word.
    """
    for table in glyph_tables(pdf):
        table.stream[:] = [
            _NO_TEXT.sub(rb"\1 <2060>", line) if line.endswith(b" <>") else line for line in table.stream
        ]


def glyph_tables(pdf: pydyf.PDF) -> Iterator[pydyf.Stream]:
    """The tables of all fonts that say what each code stands for (ToUnicode: ISO 32000-1, 9.10.3)."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.stream and item.stream[0] == b"/CIDInit /ProcSet findresource begin":
            yield item
