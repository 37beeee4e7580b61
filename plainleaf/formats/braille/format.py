"""Braille, one BRF file for each edition: what it is made from, and its record."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from plainleaf.files.places import locale_file, shipped
from plainleaf.formats import pages
from plainleaf.formats.base import Format, Limits, Made, Missing, Parts, Prepared, Root
from plainleaf.formats.braille import brf, judging, laying, liblouis, tables, writing
from plainleaf.formats.braille.tables import Braille
from plainleaf.formats.braille.units import Gap, Item, Unit
from plainleaf.formats.braille.walking import Walked, walked
from plainleaf.languages import facts, naming
from plainleaf.layouts import excerpts
from plainleaf.layouts import templates as layouts
from plainleaf.layouts.file import BASE
from plainleaf.layouts.reading_order import Said, reading_order
from plainleaf.model import (
    BraillePage,
    Edition,
    Finding,
    Kind,
    Layout,
    Locale,
    Location,
    Severity,
    digests,
    foreign,
    grids,
    has_error,
    plain,
)
from plainleaf.model.tags import locale_name
from plainleaf.typesetting import locales

LIBRARIES = ("babel", "jinja2", "markupsafe", "phonenumberslite", "pillow", "segno")
PAGE = f"{BASE}/braille.html"
# The templates ask how wide a page is; a table is set in columns or not by its cells.
FINGERS = Layout(BASE, "Braille", 210, 297, (15, 15, 15, 15), 12, 1.5, 9, 0, str(shipped("layouts") / BASE),
                 Location("layouts/base/braille.html"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """A leaflet's texts with the tables of their languages, the size of the page, and what is to be found in the file:
    role, words and place of each text."""

    walked: Walked
    tables: Mapping[str, Braille]
    tag: str
    language: str
    sheet: BraillePage
    texts: tuple[tuple[str, str, Location], ...]


def prepare(
    project: Root, edition: Edition, second: Edition | None, layout: Layout | None, texts: layouts.Prepared, name: str
) -> Prepared:
    """All texts in order. Raises ``TemplateError``."""
    page, found = pages.html(
        project, edition, None, FINGERS, texts, PAGE, digest=True, for_staff=_readable(project, edition)
    )
    if not page:
        return Prepared(name, edition.leaflet.at, findings=found)
    there = _languages(project, edition)
    known = {tag: table for tag, where in there.items() if (table := tables.of(where, edition.locale))}
    if wrong := tuple(_unreadable(there, known)):
        return Prepared(name, edition.leaflet.at, findings=(*found, *wrong))
    called = {tag: _called(where, edition.locale) for tag, where in there.items() if tag not in known}
    assert project.clinic
    made = walked(page, edition.leaflet.at, project.clinic.at, called, _matters)
    bare = _bare_heads(edition)
    said = tuple(
        (each.role, _said(each, called), each.at)
        for each in reading_order(edition, project.clinic)
        if id(each.block) not in bare
    )
    content = Content(made, known, edition.locale.tag, edition.locale.english_name, project.braille, said)
    places = tuple(str(unit.at) for unit in judging.units(made.items))
    return Prepared(name, edition.leaflet.at, content, found, about=repr(_bare(content)), places=places)


def _bare_heads(edition: Edition) -> set[int]:
    """The heads of columns in which nothing stands: a table that is too wide says its heads with its cells."""
    found = set[int]()
    for table in (block for block in edition.walk() if block.kind is Kind.TABLE):
        rows = [row for row in table.children if row.kind is Kind.ROW]
        lines = [*grids.lines([(row, row.children) for row in rows])]
        for column, head in enumerate(lines[0].cells if lines else ()):
            below = [line.cells[column] for line in lines[1:] if column < len(line.cells)]
            if not any(cell.inlines or "blank" in cell.options for cell in below):
                found.add(id(head))
    return found


def _readable(project: Root, edition: Edition) -> bool:
    """Whether the language of the source has a table."""
    own = edition.leaflet.own_locale
    return tables.of(project.locales.get(own) or locales.locale(own), edition.locale) is not None


def _languages(project: Root, edition: Edition) -> dict[str, Locale]:
    """The languages of an edition's texts, by tag, as the content's own settings have them."""
    tags = {edition.locale.tag: edition.locale}
    every = [edition.meta.title, *edition.walk()]
    named = [words.lang for block in every for words in foreign(block.inlines)]
    every_tag = ["en", *named, *(block.language for block in every if block.language)]
    if _readable(project, edition):
        every_tag.append(edition.leaflet.language)
    for tag in dict.fromkeys(every_tag):
        name = locale_name(tag)
        tags.setdefault(tag, project.locales.get(name) or locales.locale(name))
    return tags


def _unreadable(there: Mapping[str, Locale], known: Mapping[str, Braille]) -> Iterator[Finding]:
    """Tables that somebody named and liblouis does not have."""
    for tag, table in known.items():
        if liblouis.library() and not _there(table.name):
            where = there[tag]
            what = f"{where.english_name}: liblouis {liblouis.version()} has no table “{table.name}”"
            hint = f"write one of those in {liblouis.tables()} into this file: braille = ..., or delete the line"
            at = where.at if where.at.file else Location(locale_file(Path(), where.name).as_posix())
            yield Finding("braille-table", Severity.ERROR, what, at, hint)


@cache
def _there(table: str) -> bool:
    return liblouis.has(table)


def _called(where: Locale, reader: Locale) -> str:
    """What a language is called in that of the reader."""
    names = naming.cldr_of(reader.name).languages
    return str(names.get(where.name) or names.get(where.name.partition("_")[0]) or where.english_name)


def _said(each: Said, called: Mapping[str, str]) -> str:
    """A text as it is written: in the line of languages, some are called otherwise."""
    text = each.text
    for words in foreign(each.block.inlines) if "names" in each.block.options else ():
        text = text.replace(plain(words.children), called.get(words.lang, plain(words.children)))
    return text


_FOOT = 3  # a part of a page that what is said at its foot may take
_FIGURE = re.compile(r"\d")


def _matters(words: str, tag: str) -> bool:
    """Whether words in bold type are set off in braille too, where each sign takes room: figures, and what says no."""
    if _FIGURE.search(words):
        return True
    no = facts.named(tag).list("words", "not")
    return any(_is(word, each) for word in re.findall(r"\w+", words.casefold()) for each in no)


def _is(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def _bare(content: Content) -> Content:
    """Without the lines of sources, which change where no letter does."""
    nowhere = Location("")

    def moved(item: Item) -> Item:
        return replace(item, at=nowhere, po=None) if isinstance(item, Unit) else item

    items = tuple(map(moved, content.walked.items))
    return replace(content, walked=replace(content.walked, items=items), texts=())


def write(prepared: Prepared, limits: Limits) -> Made:
    """The file, once it is seen to be whole."""
    content: Content = prepared.content
    sheet, width = content.sheet, content.sheet.cells
    items = tuple(_numbered(item, prepared.digest) for item in content.walked.items)
    found: dict[Finding, None] = dict.fromkeys(judging.of_order(items, content.texts))
    memo = dict[Unit, writing.Written]()

    def cells(unit: Unit) -> writing.Written:
        if unit not in memo:
            memo[unit] = made = writing.written(unit, content.tables, content.tag)
            found.update(dict.fromkeys(judging.of_text(unit, made, content.language, content.tag)))
        return memo[unit]

    main = content.tables[content.tag]
    feet = [laying.filled(cells(notice).chunks, width, 0, 2) for notice in content.walked.notices]
    first = tuple(line for foot in feet for line in foot)
    every = (first, feet[0] if feet else ())
    if len(first) > sheet.lines // _FOOT:  # on so small a page they are read first, and once
        items, every = (*content.walked.notices, Gap(), *items), ((), ())

    def number(page: int) -> str:
        return liblouis.translate(main.name, str(page)).cells

    laid = laying.pages(items, sheet, cells, every, cells(content.walked.title).cells, number)
    if has_error(found):
        return Made({}, tuple(found))
    data = brf.encoded(page.lines for page in laid.pages)
    there = laying.cells(items, width, cells, laid.places, number)
    if wrong := tuple(judging.of_file(data, there, every, sheet, prepared.at)):
        return Made({}, (*found, *wrong))
    return Made({brf.SUFFIX: data}, tuple(found), size=f"{len(laid.pages)} page{'s' * (len(laid.pages) != 1)}")


def _numbered(item: Item, digest: str) -> Item:
    """A text with the page's digest in its place."""
    if not isinstance(item, Unit) or digests.PLACE not in item.text:
        return item
    pieces = tuple(replace(piece, text=digests.filled(piece.text, digest)) for piece in item.pieces)
    return replace(item, pieces=pieces)


def _lacking(edition: Edition) -> str:
    """Why there is no such file of an edition."""
    if tables.of(edition.locale) is None:
        return f"no braille in {edition.locale.english_name}: {tables.why_none(edition.locale)}"
    return excerpts.lack(edition.blocks, FINGERS.text)


def _missing(where: Locale) -> tuple[Missing, ...]:
    """liblouis, if it is not on this computer and the language has a table."""
    if tables.of(where) is None:
        return ()
    library, data = liblouis.PACKAGES.get(sys.platform, ("", ""))
    gone = [Missing("liblouis", "writing braille", library)] if liblouis.library() is None else []
    gone += [Missing("the tables of liblouis", "writing braille", data)] if liblouis.tables() is None else []
    return tuple(gone)


def _system() -> Iterator[str]:
    folder = liblouis.tables()
    yield f"liblouis {liblouis.version() or 'unknown'} {folder.stat().st_mtime_ns if folder else ''}"


FORMAT = Format(
    name="braille",
    title="Braille (BRF)",
    suffix=brf.SUFFIX,
    media="text/x-brf",
    kind="linear",
    prepare=prepare,
    write=write,
    wanted=_lacking,
    needs=_missing,
    parts=Parts(LIBRARIES, code=tuple(each.__name__ for each in (judging, laying, writing, digests)), system=_system),
    template=PAGE,
)
