"""A leaflet's HTML (``layouts/base/braille.html``) as texts one after the other, in the styles that braille has.

The templates say what is printed and in which words; here it is only looked at: headings, paragraphs, lists, tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from plainleaf.formats.braille.units import BLANK, Contents, Edge, Gap, Item, Piece, Style, Table, Unit
from plainleaf.languages.invisible import WORD_JOINER
from plainleaf.model import Location

_VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_BLOCKS = {"p", "div", "section", "ul", "ol", "dl", "table", "figure", "nav", "header", "h1", "h2", "h3", "h4", "h5",
           "h6", "figcaption", "dt", "dd", "main"}  # fmt: skip
_LISTS = ("ul", "ol")
_NOT_SAID = {"source-title", "code", "notices", "logo"}  # what is for eyes, and what stands elsewhere here
_SPACES = re.compile("[ \t\n\r\f]+")
_HEADINGS: Mapping[str, Style] = {"h1": "title", "h2": "heading-2", "h3": "heading-3", "h4": "heading-4",
                                  "h5": "heading-4", "h6": "heading-4"}  # fmt: skip


@dataclass(slots=True)
class Node:
    """An element of the page."""

    tag: str
    attrs: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set(self.attrs.get("class", "").split())

    def find(self, tag: str) -> Iterator[Node]:
        """All elements of a kind inside it."""
        for child in self.children:
            if isinstance(child, Node):
                if child.tag == tag:
                    yield child
                yield from child.find(tag)

    def own(self, *tags: str) -> Iterator[Node]:
        """Its children of some kinds."""
        return (child for child in self.children if isinstance(child, Node) and child.tag in tags)


class _Tree(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.root = Node("", {})
        self._open = [self.root]
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


@dataclass(frozen=True, slots=True)
class Walked:
    """A leaflet in order; what every page says of it; ``title`` for the tops of pages."""

    items: tuple[Item, ...]
    notices: tuple[Unit, ...]
    title: Unit


@dataclass(frozen=True, slots=True)
class _Where:
    """What is around a piece: its language and place, the style of its texts, how deep it is in lists."""

    tag: str
    at: Location
    po: Location | None = None
    style: Style = "paragraph"
    depth: int = 0
    levels: int = 1
    whole: bool = False  # stays on one line
    names: bool = False  # of languages, one after the other
    bold: bool = False

    def inside(self, node: Node) -> _Where:
        at, po = node.attrs.get("data-at"), node.attrs.get("data-po")
        return replace(
            self,
            tag=node.attrs.get("lang") or self.tag,
            at=Location.parse(at) if at else self.at,
            po=Location.parse(po) if po else None if at else self.po,
            whole=self.whole or "nb" in node.classes or node.attrs.get("href", "").startswith("tel:"),
            bold=self.bold or node.tag in ("strong", "em"),
            names=self.names or "languages" in node.classes,
        )


Important = Callable[[str, str], bool]


def walked(page: str, at: Location, clinic: Location, called: Mapping[str, str], important: Important) -> Walked:
    """The texts of a page. ``at`` and ``clinic``: where its source is, and the facts of the clinic; ``called``: what
    languages are called whose own names cannot be written, by tag; ``important``: whether words in bold type, in a
    language, are set off in braille too."""
    return _Walk(_Tree(page).root, at, clinic, called, important).all()


class _Walk:
    def __init__(
        self, root: Node, at: Location, clinic: Location, called: Mapping[str, str], important: Important
    ) -> None:
        html = next(root.find("html"))
        said = {meta.attrs.get("name", ""): meta.attrs.get("content", "") for meta in root.find("meta")}
        self.main = next(root.find("main"))
        self.where = _Where(html.attrs["lang"], at)
        self.picture = said["picture"].partition("{description}")
        self.pair = re.split(r"(\{head\}|\{cell\})", said["pair"])
        self.clinic, self.called, self.important = clinic, called, important

    def all(self) -> Walked:
        items = tuple(self.blocks(self.main, self.where))
        title = next(item for item in items if isinstance(item, Unit) and item.style == "title")
        boxes = (node for tag in ("div",) for node in self.main.find(tag) if "notices" in node.classes)
        where = replace(self.where, style="notice")
        notices = tuple(self.text_of(note, where.inside(note)) for box in boxes for note in box.own("p"))
        return Walked(items, notices, title)

    # ------------------------------------------------------------------ blocks

    def blocks(self, node: Node, where: _Where) -> Iterator[Item]:
        """What is inside an element: text of its own, and the blocks among it."""
        run: list[Node | str] = []
        for child in [*node.children, None]:
            if child is not None and (isinstance(child, str) or not _is_block(child)):
                run.append(child)
                continue
            if pieces := _trimmed([piece for each in run for piece in self.pieces_of(each, where)]):
                yield Unit(where.style, pieces, where.at, where.po, where.depth, where.levels)
            run = []
            if child is not None:
                yield from self.of_element(child, where.inside(child))

    def of_element(self, node: Node, where: _Where) -> Iterator[Item]:
        classes = node.classes
        if node.tag == "nav":
            yield from self.of_contents(node, where)
            return
        if classes & _NOT_SAID or node.attrs.get("aria-hidden") == "true":
            return
        if style := _HEADINGS.get(node.tag):
            yield replace(self.text_of(node, replace(where, style=style)), name=node.attrs.get("id", ""))
        elif node.tag in _LISTS:
            yield from self.of_list(node, where)
        elif node.tag == "table":
            yield from self.of_table(node, where)
        elif node.tag == "img":
            yield self.picture_of(node, where, "picture")
        elif "clinic" in classes:
            yield from self.blocks(node, replace(where, at=self.clinic, po=None))
        elif node.tag == "section" and classes & {"callout", "slip"}:
            yield Edge(True)
            yield from self.blocks(node, where)
            yield Edge(False)
        elif "fact" in classes or ("said" in classes and [*node.own("p")]):
            yield from self.of_fact(node, where)
        elif "facts" in classes:
            yield Gap()
            yield from self.blocks(node, where)
            yield Gap()
        elif "record" in classes:
            for number, each in enumerate(node.own("p")):
                yield self.text_of(each, replace(where.inside(each), style="cell" if number else "record"))
        elif "words" in classes:
            yield Gap()
            yield from self.blocks(node, where)
            yield Gap()
        else:
            yield from self.blocks(node, replace(where, style=self.style_of(node, where)))

    @staticmethod
    def style_of(node: Node, where: _Where) -> Style:
        if node.classes & {"label", "caption", "record-group", "again"} or node.tag in ("caption",):
            return "label"
        if "footnote" in node.classes:
            return "note"
        if node.tag == "dt" or "question" in node.classes or "address" in node.classes or "name" in node.classes:
            return "item"
        if node.tag == "dd":
            return "more"
        return where.style if where.style in ("more", "item") else "paragraph"

    def of_list(self, node: Node, where: _Where) -> Iterator[Item]:
        nested = where.style in ("item", "more") and where.depth >= 0 and where.levels > 1
        depth = where.depth + 1 if nested else 0
        levels = where.levels if nested else _levels(node)
        number = int(node.attrs.get("start", "1"))
        if not nested:
            yield Gap()
        for each in node.own("li"):
            sign = f"{each.attrs.get('data-number') or number}.{BLANK}" if node.tag == "ol" else ""
            inner = replace(where.inside(each), style="item", depth=depth, levels=levels)
            first = True
            for item in self.blocks(each, inner):
                if isinstance(item, Unit) and first:
                    pieces = (Piece(sign, where.tag), *item.pieces) if sign else item.pieces
                    yield replace(item, style="item", pieces=pieces, depth=depth, levels=levels)
                    first = False
                elif isinstance(item, Unit) and item.depth == depth and item.style in ("item", "paragraph", "picture"):
                    yield replace(item, style="more", depth=depth, levels=levels)
                else:
                    yield item
            number += 1
        if not nested:
            yield Gap()

    def of_contents(self, node: Node, where: _Where) -> Iterator[Item]:
        parts = tuple(
            replace(self.text_of(each, replace(where, style="item")), name=each.attrs["data-to"])
            for each in node.find("li")
            if "data-to" in each.attrs
        )
        for heading in (head for tag in ("h2", "h3") for head in node.find(tag) if parts):
            yield Contents(self.text_of(heading, replace(where, style="heading-2")), parts)

    def of_fact(self, node: Node, where: _Where) -> Iterator[Unit]:
        """What something is and its value on one line, as in "Phone: (202) 555-0142"; more of it below."""
        texts = [*node.own("p"), *(text for box in node.own("div") for text in box.own("p"))]
        if len(texts) < 2:
            yield from (self.text_of(each, replace(where.inside(each), style="item")) for each in texts)
            return
        label, value, *more = ((each, where.inside(each)) for each in texts)
        pieces = self.paired_with([*self.pieces_of(*label)], [*self.pieces_of(*value)], where.tag)
        yield Unit("item", pieces, value[1].at, value[1].po)
        yield from (self.text_of(each, replace(inner, style="more")) for each, inner in more)

    def paired_with(self, head: list[Piece], cell: list[Piece], tag: str) -> tuple[Piece, ...]:
        """Two texts in the layouts' words for "What: how"."""
        made: list[Piece] = []
        for part in self.pair:
            made += head if part == "{head}" else cell if part == "{cell}" else [Piece(part, tag)]
        return _trimmed(made)

    # ------------------------------------------------------------------ tables

    def of_table(self, node: Node, where: _Where) -> Iterator[Item]:
        yield Gap()
        for caption in node.own("caption"):
            yield self.text_of(caption, replace(where.inside(caption), style="label"))
        heads, rows, plain = self.cells_of(node, where)
        yield Table(heads, tuple(row for row, _ in rows), tuple(self.as_records(heads, rows, where)), plain)
        yield Gap()

    def cells_of(self, node: Node, where: _Where) -> tuple[tuple[Unit, ...], list[tuple[tuple[Unit, ...], bool]], bool]:
        """The heads of columns; the rows with a cell for every column, and whether each is a group's head; whether no
        cell takes more than one place."""
        heads: tuple[Unit, ...] = ()
        rows: list[tuple[tuple[Unit, ...], bool]] = []
        plain, below = True, dict[int, tuple[int, Unit]]()
        for row in node.find("tr"):
            cells: list[Unit] = []

            def carried(cells: list[Unit] = cells) -> None:
                while (kept := below.pop(len(cells), None)) is not None:
                    if kept[0] > 1:
                        below[len(cells)] = (kept[0] - 1, kept[1])
                    cells.append(kept[1])

            for cell in row.own("th", "td"):
                carried()
                wide, high = int(cell.attrs.get("colspan", "1")), int(cell.attrs.get("rowspan", "1"))
                plain = plain and wide == high == 1
                inner = replace(where.inside(row).inside(cell), style="cell")
                made = self.text_of(cell, inner)
                if "blank" in cell.classes:
                    made = replace(made, pieces=(Piece("", inner.tag, line=True),))
                for _ in range(wide):
                    if high > 1:
                        below[len(cells)] = (high - 1, made)
                    cells.append(made)
            carried()
            if not rows and all(cell.attrs.get("scope") == "col" for cell in row.own("th", "td")):
                heads = tuple(cells)
            else:
                rows.append((tuple(cells), "group" in row.classes))
        return heads, rows, plain

    def as_records(
        self, heads: tuple[Unit, ...], rows: list[tuple[tuple[Unit, ...], bool]], where: _Where
    ) -> Iterator[Unit]:
        """Each row with its heads; before them heads under which nothing stands."""
        full = [any(row[column].pieces for row, is_group in rows if column < len(row) and not is_group)
                for column in range(len(heads))]  # fmt: skip
        yield from (
            replace(head, style="record") for head, has in zip(heads, full, strict=True) if head.pieces and not has
        )
        for row, is_group in rows:
            said: list[Unit] = []
            for column, cell in enumerate(row):
                if not cell.pieces or any(cell is each for each in said):
                    continue
                first = not said
                said.append(cell)
                head = list(heads[column].pieces) if column < len(heads) and not is_group else []
                pieces = self.paired_with(head, list(cell.pieces), where.tag) if head else cell.pieces
                yield replace(cell, style="label" if is_group else "record" if first else "cell", pieces=pieces)

    # ------------------------------------------------------------------ text

    def text_of(self, node: Node, where: _Where) -> Unit:
        pieces = _trimmed([piece for child in node.children for piece in self.pieces_of(child, where)])
        return Unit(where.style, pieces, where.at, where.po, where.depth, where.levels)

    def picture_of(self, node: Node, where: _Where, style: Style) -> Unit:
        before, _, after = self.picture
        alt = _SPACES.sub(" ", node.attrs.get("alt", ""))
        pieces = _trimmed([Piece(before, where.tag), Piece(alt, where.tag), Piece(after, where.tag)])
        return Unit(style, pieces if alt.strip() else (), where.at, where.po, where.depth, where.levels)

    def pieces_of(self, node: Node | str, where: _Where) -> Iterator[Piece]:
        if isinstance(node, str):
            yield Piece(_kept(_SPACES.sub(" ", node)) if where.whole else _SPACES.sub(" ", node), where.tag, where.bold)
            return
        inner = where.inside(node)
        if node.attrs.get("aria-hidden") == "true":
            return
        if "line" in node.classes:
            yield Piece(" ", where.tag)
            yield Piece("", where.tag, line=True)
            yield Piece(" ", where.tag)
        elif node.tag == "img":
            yield Piece(f"{node.attrs.get('alt', '')} ", where.tag, aside=True)
        elif node.tag == "br":
            yield Piece(" ", where.tag)
        elif where.names and inner.tag in self.called:
            yield Piece(self.called[inner.tag], self.where.tag)
        else:
            bold = inner.bold and (where.bold or self.important(_words(node), inner.tag))
            inner = replace(inner, bold=bold)
            for child in node.children:
                yield from self.pieces_of(child, inner)


def _is_block(node: Node) -> bool:
    """Whether it has lines of its own: a box to tick has not, any other picture has."""
    return node.tag in _BLOCKS or (node.tag == "img" and "box" not in node.classes)


def _kept(text: str) -> str:
    """A text that stays on one line: no space ends a line, nor does any place between characters."""
    return WORD_JOINER.join(text.replace(" ", BLANK))


def _words(node: Node) -> str:
    return "".join(child if isinstance(child, str) else _words(child) for child in node.children)


def _levels(node: Node) -> int:
    """How many lists there are inside each other."""
    inner = (each for li in node.own("li") for tag in _LISTS for each in li.find(tag))
    return 1 + max(map(_levels, inner), default=0)


def _trimmed(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Pieces with single spaces between their words, none at the ends; () for nothing at all."""
    made: list[Piece] = []
    spaced = True
    for piece in pieces:
        text = piece.text
        if spaced and not piece.line:
            text = text.lstrip(" ")
        if text or piece.line:
            made.append(replace(piece, text=text))
            spaced = text.endswith(" ")
    while made and not made[-1].line and not made[-1].text.strip(" "):
        made.pop()
    if made and not made[-1].line:
        made[-1] = replace(made[-1], text=made[-1].text.rstrip(" "))
    return tuple(made)
