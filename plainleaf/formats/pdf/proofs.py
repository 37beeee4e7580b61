"""A printed page to look at while its text is being written: the page in view first, then what is found on all pages,
then the other pages.

A first proof is the text set once, in the way in which it fitted last time. It is what will be printed nearly always;
whether it is, is seen as soon as the text is fitted, and then the page is shown as it will be printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from plainleaf.checks.page.boxes import Printout
from plainleaf.checks.page.geometry import Edges
from plainleaf.formats.base import Read
from plainleaf.formats.pdf import engine, fitting, listing, optional, raster, render, shortening
from plainleaf.model import Location, Printed, Sheet, digests

_MOST_BOXES = 400  # of a page: it has fewer lines


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a text stands on a page: its places in the source and in the catalog, and the boxes of its lines, as shares
    of the page's width and height (left, top, width, height)."""

    at: Location
    po: Location | None
    boxes: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """A page as a PNG of so many pixels, its ``number`` (from 1) of ``pages``. ``final``: it is what will be printed;
    ``how``: how the text was set, for the first proof of the next one."""

    number: int
    pages: int
    png: bytes
    width: int
    height: int
    spots: tuple[Spot, ...]
    final: bool
    how: How


@dataclass(frozen=True, slots=True)
class How:
    """How a text was set, and on how many pages; ``larger``: on its layout's larger paper; ``parted``: with its panel
    for an emergency in two boxes; ``lists``: where those of its parts are."""

    done: fitting.Set
    pages: int
    lists: listing.Arranged
    larger: bool = False
    parted: bool = False


def warm(sheet: Sheet) -> None:
    """Parse what a sheet is set with, so that copies of this process have it."""
    for each in (sheet, sheet.larger, sheet.parted):
        if each:
            with engine.tuned():
                render.styled(each)


@engine.tuned()
def make(
    sheet: Sheet,
    page: int,
    shown: Callable[[Proof], None],
    checked: Callable[[Printed], None],
    before: How | None = None,
    digest: str = "",
    read: Read = (),
    scale: float = 2.0,
) -> None:
    """Show the page of a number, or the last one if there are fewer; say what is found; show the others, those nearby
    first. ``before``: how the last text of this sheet was set."""
    first = _once(sheet, before, digest, read) if before else None
    if first:
        shown(_proof(*first, page, False, scale))
    fitted = render.laid_out(sheet, digest=digest, read=read)
    here = fitted.setter.sheet
    larger = here is not sheet and bool(here.title)
    lists = listing.arranged(fitted.setter.root)
    how = How(fitted.done, len(fitted.document.pages), lists, larger, _is_parted(sheet, here))
    final = fitted.document, fitted.laid_out, how
    shown(_proof(*final, page, True, scale))
    checked(render.finished(fitted))
    count = len(fitted.document.pages)
    here_page = min(page, count)
    for number in sorted(range(1, count + 1), key=lambda each: (abs(each - here_page), -each))[1:]:
        shown(_proof(*final, number, True, scale))


def _is_parted(sheet: Sheet, here: Sheet) -> bool:
    return sheet.parted is not None and here.rules.first_danger == sheet.parted.rules.first_danger and not here.title


def _once(sheet: Sheet, before: How, digest: str, read: Read) -> tuple[Any, Printout, How] | None:
    """A text set as it was last time; ``None`` where that gives another number of pages: then it has to be fitted."""
    here = sheet.larger if before.larger else sheet.parted if before.parted else sheet
    if here is None:
        return None
    here = replace(here, html=digests.filled(here.html, digest))
    styles = [style for style, _ in render.styled(here)]
    setter = render.begun(here, styles, read, shortening.Patience(120))
    gone = optional.places(setter.root, before.done.without)
    if len(gone) != len(before.done.without):
        return None
    optional.take_out(setter.root, gone)
    listing.arrange(setter.root, before.lists)
    if before.pages == 1:
        listing.without_pages(setter.root)
    document = setter.laid_out(before.done)
    if len(document.pages) != before.pages:
        return None
    return document, setter.read(document), before


def _proof(document: Any, printout: Printout, how: How, page: int, final: bool, scale: float) -> Proof:
    number = max(1, min(page, len(document.pages)))
    laid_out = document.pages[number - 1]
    data = document.copy([laid_out]).write_pdf()
    png, width, height = raster.png(data, 1, scale)
    return Proof(number, len(document.pages), png, width, height, tuple(spots(printout, number, laid_out)), final, how)


def spots(printout: Printout, number: int, laid_out: Any) -> Iterator[Spot]:
    """Where the leaflet's texts stand on a page; ``laid_out``: the page as WeasyPrint has it."""
    bleed = laid_out.bleed
    wide = laid_out.width + bleed["left"] + bleed["right"]
    high = laid_out.height + bleed["top"] + bleed["bottom"]
    found: dict[Any, list[Edges]] = {}
    for line in printout.pages[number - 1].lines:
        element = printout.block(line.element)
        if element is not None and printout.place(element):
            edges = [run.edges for run in line.runs if run.element is not None] or [line.edges]
            found.setdefault(element, []).append(_around(edges))
    for element, lines in list(found.items())[:_MOST_BOXES]:
        at, po = printout.origin(element)
        boxes = (
            ((left + bleed["left"]) / wide, (top + bleed["top"]) / high, (right - left) / wide, (bottom - top) / high)
            for left, top, right, bottom in _joined(lines)
        )
        yield Spot(at, po, tuple(tuple(round(each, 5) for each in box) for box in boxes))


def _around(edges: Sequence[Edges]) -> Edges:
    lefts, tops, rights, bottoms = zip(*edges, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _joined(lines: Sequence[Edges]) -> Iterator[Edges]:
    """Lines below each other as one box: a paragraph has one in each column."""
    box: Edges | None = None
    for line in lines:
        if box and line[1] >= box[1] and line[1] - box[3] < line[3] - line[1] and line[0] < box[2] and box[0] < line[2]:
            box = _around([box, line])
            continue
        if box:
            yield box
        box = line
    if box:
        yield box
