"""A tagged PDF as a screen reader says it, line by line: ``spoken``, and as text to read, ``lines``.

Everything comes from the tags. What programs differ in is left out (bold, how a pause sounds); what all of them say is
there: headings with their level, how many items a list has, what a link is called and where it goes, what a picture
shows, the heads of a cell, and when the language changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from plainleaf.languages.invisible import SOFT_HYPHEN
from plainleaf.reading.flow import INLINE
from plainleaf.reading.grids import Cell, grid
from plainleaf.reading.tags import Annotation, Document, Piece, Tag

_NOTES = frozenset(("Note", "FENote"))
_PICTURES = {"Figure": "picture", "Formula": "formula"}
_LISTS = {"L": ("list", "item"), "TOC": ("contents", "entry")}
_ITEMS = frozenset(("LI", "TOCI"))
_SECTIONS = frozenset(("Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "Aside", "BlockQuote", "Index"))
_SILENT = _SECTIONS | {"Private", "P", "Title", "Lbl", "LBody", "THead", "TBody", "TFoot", "TR"}
_HEADING = re.compile(r"H([1-9][0-9]*)?")


@dataclass(frozen=True, slots=True)
class Line:
    """What is said in one go. ``role``: what it is, in words ("heading 2"), "" for plain text; ``tag``: its type in the
    file; ``language``: BCP 47; ``page``: from 1, 0 where none is known; ``depth``: in how many lists and notes."""

    role: str
    text: str
    language: str
    tag: str
    page: int = 0
    depth: int = 0


def lines(document: Document) -> Iterator[str]:
    """The lines as text: a language in brackets where it changes, a role before a colon, what lies in a list further
    in."""
    language = None
    for line in spoken(document):
        changed = f"[{line.language or 'no language'}] " if line.language != language else ""
        language = line.language
        said = ": ".join(filter(None, (line.role, line.text)))
        yield "  " * line.depth + changed + said


def spoken(document: Document) -> Iterator[Line]:
    """All that is said, in reading order; at the end what nobody hears, as it is in no tag."""
    pages = _count(document.pages, "page")
    yield Line("document", ", ".join(filter(None, (document.title or "without a title", pages))), document.language, "")
    for tag in document.tags:
        yield from _block(tag, 0)
    for piece in document.loose:
        yield Line(f"not read, in no tag on page {piece.page}", _tidy(piece.text), document.language, "", piece.page)


def _block(tag: Tag, depth: int, before: str = "", role: str = "") -> Iterator[Line]:
    """What is said of a tag. Its first line begins with ``before``, such as the number of an item, and is of ``role``,
    if the tag has none of its own."""
    role = _role(tag) or role
    if before and (tag.role in _LISTS or tag.role in _PICTURES or tag.role == "Table"):
        yield Line("", before.strip(), tag.language, tag.role, _page(tag), depth)
    if tag.role in _LISTS:
        yield from _list(tag, depth)
    elif tag.role == "Table":
        yield from _table(tag, depth)
    elif tag.role in _PICTURES:
        yield from _picture(tag, depth)
    elif tag.actual is not None or tag.role in INLINE:
        yield from _run((tag,), tag, depth, role, before)
    else:
        said = _kids(tag, depth + (tag.role in _NOTES), role, before)
        first = next(said, None)
        if tag.title and tag.role in _SECTIONS and (first is None or first.text != tag.title):
            yield Line("section", tag.title, tag.language, tag.role, _page(tag), depth)
        if first is not None:
            yield first
        yield from said


def _kids(tag: Tag, depth: int, role: str, before: str = "") -> Iterator[Line]:
    """The lines of a tag: what is in a line of text together, each block apart."""
    run = list[Tag | Piece | Annotation]()
    for kid in (*tag.kids, None):
        if kid is not None and not (isinstance(kid, Tag) and _is_block(kid)):
            run.append(kid)
            continue
        for line in _run(run, tag, depth, role, before):
            yield line
            role = before = ""
        run = []
        if isinstance(kid, Tag):
            for line in _block(kid, depth, before, role):
                yield line
                role = before = ""


def _is_block(tag: Tag) -> bool:
    return tag.role not in INLINE or any(map(_is_block, tag.tags))


def _role(tag: Tag) -> str:
    if found := _HEADING.fullmatch(tag.role):
        return f"heading {found[1]}" if found[1] else "heading"
    if tag.role in _NOTES:
        return "note"
    if tag.role in _SILENT or tag.role in INLINE:
        return ""
    return tag.role.casefold()


# ---------------------------------------------------------------------- text in a line


def _run(
    kids: Iterable[Tag | Piece | Annotation], around: Tag, depth: int, role: str, before: str = ""
) -> Iterator[Line]:
    """A line of text; nothing if nothing is said."""
    said = list(_parts(kids, around.language))
    languages = [language for text, language in said if text.strip()]
    if not languages:
        return
    main = languages[0] if len(set(languages)) == 1 else around.language
    text = "".join(text if language == main or not text.strip() else _aside(text, language) for text, language in said)
    page = next((_page(kid) for kid in kids if _page(kid)), 0)
    yield Line(role, _tidy(f"{before}{text}"), main, around.role, page, depth)


def _aside(text: str, language: str) -> str:
    """A text in another language than those around it."""
    blank = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{blank[0]}[{language or 'no language'}: {text.strip()}]{blank[1]}"


def _parts(kids: Iterable[Tag | Piece | Annotation], language: str) -> Iterator[tuple[str, str]]:
    """Texts with their languages; neighbours of one language are one."""
    joined = list[tuple[str, str]]()
    for text, spoken_in in _each(kids):
        if joined and joined[-1][1] == spoken_in:
            joined[-1] = joined[-1][0] + text, spoken_in
        else:
            joined.append((text, spoken_in))
    yield from joined


def _each(kids: Iterable[Tag | Piece | Annotation]) -> Iterator[tuple[str, str]]:
    for kid in kids:
        if isinstance(kid, Piece):
            yield kid.text, kid.language
        elif isinstance(kid, Annotation):
            continue
        elif kid.actual is not None:
            yield kid.actual, kid.language
        elif kid.expansion:
            yield kid.expansion, kid.language
        elif kid.role in ("Link", "Annot", "Form"):
            yield from _linked(kid)
        elif kid.alt:
            yield kid.alt, kid.language
        else:
            yield from _each(kid.kids)


def _linked(tag: Tag) -> Iterator[tuple[str, str]]:
    """A link, with where it goes; a field of a form, with its name."""
    annotation = next((kid for kid in tag.kids if isinstance(kid, Annotation)), None)
    inner = list(_parts(tag.kids, tag.language))
    text = tag.alt or _tidy("".join(text for text, _ in inner)) or (annotation.name if annotation else "")
    language = inner[0][1] if len({each for _, each in inner}) == 1 else tag.language
    goes = ""
    if annotation and annotation.address and not (text and _letters(annotation.address).endswith(_letters(text))):
        goes = f", to {annotation.address}"
    elif annotation and annotation.to_page:
        goes = f", to page {annotation.to_page}"
    ends = " " if inner and inner[-1][0][-1:].isspace() else ""
    yield f" [field: {text}] " if tag.role == "Form" else f"[link: {text}{goes}]{ends}", language


def _letters(text: str) -> str:
    return "".join(letter for letter in re.sub("^(https?://(www[.])?|tel:|mailto:)", "", text) if letter.isalnum())


# ---------------------------------------------------------------------- lists, tables, pictures


def _list(tag: Tag, depth: int) -> Iterator[Line]:
    what, one = _LISTS[tag.role]
    items = [kid for kid in tag.tags if kid.role in _ITEMS]
    yield Line(f"{what} of {_count(len(items), one)}", "", tag.language, tag.role, _page(tag), depth)
    for kid in tag.tags:
        if kid.role not in _ITEMS:
            yield from _block(kid, depth + 1)
            continue
        label = next((inner for inner in kid.tags if inner.role == "Lbl"), None)
        rest = replace(kid, kids=tuple(inner for inner in kid.kids if inner is not label))
        said = _tidy("" if label is None else "".join(text for text, _ in _each((label,))))
        found = list(_kids(rest, depth + 1, "", f"{said} " if said else ""))
        yield from found or [Line("", said or "empty", kid.language, kid.role, _page(kid), depth + 1)]


def _table(tag: Tag, depth: int) -> Iterator[Line]:
    rows = grid(tag)
    across = max((cell.column + cell.columns for row in rows for cell in row), default=0)
    size = f"{_count(len(rows), 'row')}, {_count(across, 'column')}"
    yield Line("table", size, tag.language, tag.role, _page(tag), depth)
    for kid in tag.tags:
        if kid.role == "Caption":
            yield from _kids(kid, depth, "caption")
    for row in rows:
        for cell in row:
            yield from _cell(cell, depth + 1)


def _cell(cell: Cell, depth: int) -> Iterator[Line]:
    place = f"row {cell.row + 1}, column {cell.column + 1}"
    if cell.tag.role == "TH":
        what = {"Row": "header of the row", "Column": "header of the column"}.get(cell.scope, "header")
        place = f"{place}, {what}"
    elif cell.heads:
        place = f"{place} ({'; '.join(_tidy(head.text) for head in cell.heads)})"
    found = list(_kids(replace(cell.tag, role="Div"), depth, ""))
    if not found:
        yield Line(place, "empty", cell.tag.language, cell.tag.role, _page(cell.tag), depth)
        return
    yield replace(found[0], role=", ".join(filter(None, (place, found[0].role))), tag=cell.tag.role)
    yield from found[1:]


def _picture(tag: Tag, depth: int) -> Iterator[Line]:
    text = tag.actual or tag.alt or "without a text that says what it shows"
    yield Line(_PICTURES[tag.role], _tidy(text), tag.language, tag.role, _page(tag), depth)
    for kid in tag.tags:
        if kid.role == "Caption":
            yield from _kids(kid, depth, "caption")


# ---------------------------------------------------------------------- words


def _count(number: int, one: str) -> str:
    many = f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"
    return f"{number} {one if number == 1 else many}"


def _tidy(text: str) -> str:
    return " ".join(text.replace(SOFT_HYPHEN, "").split())


def _page(of: Tag | Piece | Annotation) -> int:
    """The page that something begins on."""
    if not isinstance(of, Tag):
        return of.page
    return next((page for kid in of.kids if (page := _page(kid))), 0)
