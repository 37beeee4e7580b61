"""The tag tree of a PDF as text to read, for goldens: what a screen reader gets, tag by tag.

Reads the finished file with pikepdf and nothing else, so it also shows what another program would make of it.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_IN_A_LINE = {"Span", "Strong", "Em", "BibEntry", "Link", "Form", "Lbl", "LBody", "Figure"}
_BFCHAR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")


@dataclass(slots=True)
class Piece:
    """The text of one marked sequence; ``artifact``: not part of the text."""

    text: str = ""
    page: int = 0
    artifact: bool = False


@dataclass(slots=True)
class Tag:
    """One structure element; ``kids`` in reading order."""

    name: str
    notes: list[str]
    kids: list[Tag | Piece] = field(default_factory=list)
    alt: str = ""
    actual: str = ""  # replaces the text of its only piece


def dump(data: bytes) -> str:
    """The tags, indented, each with its text and what it says of itself: ``H1 "Hola" lang=es``."""
    lines: list[str] = []

    def write(tag: Tag, depth: int) -> None:
        pieces = [kid for kid in tag.kids if isinstance(kid, Piece)]
        words = [f'"{joined(pieces)}"'] if pieces and len(pieces) == len(tag.kids) and joined(pieces) else []
        lines.append("  " * depth + " ".join([tag.name, *words, *tag.notes]))
        if words:
            return
        run: list[Piece] = []
        for kid in [*tag.kids, None]:
            if isinstance(kid, Piece):
                run.append(kid)
                continue
            if joined(run):
                lines.append("  " * (depth + 1) + f'"{joined(run)}"')
            run = []
            if kid is not None:
                write(kid, depth + 1)

    with pikepdf.open(io.BytesIO(data)) as pdf:
        write(read(pdf), 0)
    return "\n".join(lines) + "\n"


def text(data: bytes) -> str:
    """The text in reading order, a line for each block; pictures as [what they show]."""
    lines: list[str] = []
    run: list[Piece] = []

    def flush() -> None:
        if joined(run):
            lines.append(joined(run))
        run.clear()

    def walk(tag: Tag, after_label: bool = False) -> None:
        block = tag.name not in _IN_A_LINE
        if block and not after_label:
            flush()
        if tag.name in ("Figure", "Form"):
            run.append(Piece(f" [{tag.alt}] "))
        for place, kid in enumerate(tag.kids):
            if isinstance(kid, Tag):
                walk(kid, tag.name == "LBody" and place == 0)
            else:
                run.append(kid)
        if tag.name == "Lbl":
            run.append(Piece(" "))
        if block:
            flush()

    with pikepdf.open(io.BytesIO(data)) as pdf:
        walk(read(pdf))
    return "\n".join(lines) + "\n"


def artifacts(data: bytes) -> list[str]:
    """The texts that are printed but not part of the document (running heads, repeated table heads), page by page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pieces = [piece for number in range(len(pdf.pages)) for piece in _pieces(pdf, number)[1]]
    return [piece.text.strip() for piece in pieces if piece.artifact and piece.text.strip()]


def joined(pieces: list[Piece]) -> str:
    """The pieces as running text, with the spaces that they have and no others: a screen reader sees no lines."""
    return re.sub(r"[ \n\t]+", " ", "".join(piece.text for piece in pieces)).strip()


def read(pdf: pikepdf.Pdf) -> Tag:
    """The tree of a PDF. Raises AssertionError where its parts contradict each other."""
    root = pdf.Root.StructTreeRoot
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    pieces = [_pieces(pdf, number)[0] for number in range(len(pdf.pages))]
    parents = _number_tree(root.ParentTree)
    used: Counter[tuple[int, int]] = Counter()
    annotations: Counter[Any] = Counter()

    def element(item: Any, parent: Any, above: str) -> Tag:
        assert item.P.objgen == parent.objgen, f"{item.S} names another parent"
        tag = Tag(str(item.S)[1:], [], alt=str(item.get("/Alt", "")))
        language = str(item.get("/Lang", above))
        if "/Lang" in item:
            tag.notes.append(f"lang={language}")
        if tag.alt:
            tag.notes.append(f'alt="{tag.alt}"')
        attributes = item.get("/A", ())
        for entry in [attributes] if isinstance(attributes, pikepdf.Dictionary) else attributes:
            tag.notes += [
                f"{key[1:]}={_plain(entry[key])}" for key in sorted(entry.keys()) if key not in ("/O", "/BBox")
            ]
        if "/ActualText" in item:
            tag.actual = str(item.ActualText)
        if "/T" in item:
            tag.notes.append(f'title="{item.T}"')
        if "/ID" in item:
            tag.notes.append(f"id={item.ID}")
        on: set[int] = set()
        for kid in item.get("/K", ()):
            if isinstance(kid, int) or kid.get("/Type") == "/MCR":
                page = pages[(item if isinstance(kid, int) else kid).Pg.objgen]
                number = int(kid) if isinstance(kid, int) else int(kid.MCID)
                owner = parents[int(pdf.pages[page].StructParents)][number]
                assert owner.objgen == item.objgen, f"the parent tree gives text of {item.S} to {owner.S}"
                piece = pieces[page][number]
                if tag.actual:
                    piece.text, tag.actual = tag.actual, ""
                tag.kids.append(piece)
                used[page, number] += 1
                on.add(page + 1)
            elif kid.get("/Type") == "/OBJR":
                assert parents[int(kid.Obj.StructParent)].objgen == item.objgen, "the parent tree misplaces a link"
                annotations[kid.Obj.objgen] += 1
                note = f'contents="{kid.Obj.get("/Contents", "")}"'
                tag.notes += [] if note in tag.notes else [note]
            else:
                tag.kids.append(element(kid, item, language))
        if len(on) > 1:
            tag.notes.append(f"pages={min(on)}-{max(on)}")
        return tag

    language = str(pdf.Root.Lang)
    tree = element(root.K[0], root, language)
    tree.notes.insert(0, f"lang={language}")
    everything = Counter((page, number) for page, found in enumerate(pieces) for number in found)
    assert used == everything, f"in the tree not once: {(everything - used) + (used - everything)}"
    linked = Counter(note.objgen for page in pdf.pages for note in page.get("/Annots", ()))
    assert annotations == linked, "links on the pages and in the tree differ"
    return tree


def _plain(value: Any) -> str:
    if isinstance(value, pikepdf.Array):
        return ",".join(_plain(item) for item in value)
    return str(value).removeprefix("/")


def _number_tree(tree: Any) -> dict[int, Any]:
    numbers = list(tree.Nums)
    return {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}


def _pieces(pdf: pikepdf.Pdf, page: int) -> tuple[dict[int, Piece], list[Piece]]:
    """The marked sequences of a page by number, and all of them in the order of drawing."""
    numbered: dict[int, Piece] = {}
    everything: list[Piece] = []
    opened: list[tuple[Piece, bool]] = []  # the sequence, and whether its text is given by ActualText
    glyphs: list[list[str]] = []  # of each opened sequence
    fonts: dict[str, dict[int, str]] = {}
    font = ""
    for operands, operator in _instructions(pdf, page):
        if operator in ("BDC", "BMC"):
            properties = operands[1] if operator == "BDC" else {}
            given = "/ActualText" in properties
            piece = Piece(str(properties["/ActualText"]) if given else "", page, artifact=operands[0] == "/Artifact")
            opened.append((piece, given))
            glyphs.append([])
            everything.append(piece)
            if "/MCID" in properties:
                assert not piece.artifact and int(properties["/MCID"]) not in numbered
                numbered[int(properties["/MCID"])] = piece
            elif len(opened) > 1:  # a Span that gives the text of some glyphs, or of a whole artifact
                assert given
                around = opened[-2][0]
                if not any(said for _, said in opened[:-1]):
                    around.text += _logical(glyphs[-2]) + piece.text
                    glyphs[-2] = []
                opened[-2] = (around, opened[-2][1] or around.artifact)
                everything.remove(piece)
        elif operator == "EMC":
            piece, given = opened.pop()
            piece.text += _logical(glyphs.pop())
        elif operator == "Tf":
            font = str(operands[0])
            if font not in fonts:
                fonts[font] = _to_unicode(pdf.pages[page].Resources.Font[font])
        elif operator == "TJ":
            assert opened, "text outside of all marks"
            piece, given = opened[-1]
            if not given and not any(said for _, said in opened):
                codes = b"".join(bytes(item) for item in operands[0] if isinstance(item, pikepdf.String))
                table = fonts[font]
                pairs = (int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2))
                glyphs[-1] += [table.get(code, "\ufffd") for code in pairs]
    return numbered, everything


def _logical(glyphs: list[str]) -> str:
    """Glyphs from left to right as text in reading order."""
    if not any(unicodedata.bidirectional(letter) in ("R", "AL") for glyph in glyphs for letter in glyph):
        return "".join(glyphs)
    runs: list[list[str]] = []
    for glyph in reversed(glyphs):
        forward = bool(glyph) and unicodedata.bidirectional(glyph[0]) in ("L", "EN", "AN")
        if forward and runs and runs[-1][0] == "forward":
            runs[-1].insert(1, glyph)
        else:
            runs.append(["forward" if forward else "back", glyph])
    return "".join("".join(run[1:]) for run in runs)


def _instructions(pdf: pikepdf.Pdf, page: int) -> Iterator[tuple[Any, str]]:
    for instruction in pikepdf.parse_content_stream(pdf.pages[page]):
        yield instruction.operands, str(instruction.operator)


def _to_unicode(font: Any) -> dict[int, str]:
    table = _BFCHAR.findall(font.ToUnicode.read_bytes().partition(b"endcodespacerange")[2])
    return {int(code, 16): bytes.fromhex(value.decode()).decode("utf-16-be") for code, value in table}
