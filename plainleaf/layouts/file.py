"""A layout's folder and its ``layout.toml``: which layouts there are, and all that is wrong with their settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from plainleaf import files
from plainleaf.files.places import RENAME, unfit
from plainleaf.files.toml import Table, read_toml
from plainleaf.languages import naming
from plainleaf.layouts import excerpts
from plainleaf.layouts.purposes import PURPOSES
from plainleaf.model import (
    PROFILES,
    USUAL_PROFILE,
    Finding,
    FirstDanger,
    Imposition,
    Layout,
    Listing,
    Location,
    Press,
    Scheme,
    Severity,
    has_error,
)
from plainleaf.model.phrases import nearest
from plainleaf.model.tags import locale_name

BASE = "base"  # what all layouts share; no layout itself
FILE = "layout.toml"
SOURCE = "source"  # what ``beside`` says for the language that a leaflet is written in
IMPOSITIONS: Mapping[str, Imposition] = {"saddle-stitch": "saddle-stitch", "trifold": "trifold", "cards": "cards"}
PRINTERS = "-print"  # what stands at the end of the name of a printer's file, beside the accessible one

FINEST = 10.0
"""pt: type of what no patient acts on, such as references and versions, is no smaller in any layout."""

_LISTINGS: Mapping[str, Listing] = {"auto": "auto", "always": "always", "never": "never"}
_SLACK = 0.5  # mm; two A5 pages are 1 mm narrower than A4 is long; as ``formats.imposition`` has it
_MARKS = 4.0  # mm beside the pages: marks are drawn from 3 mm on, where the bleed ends (``formats.imposition``)
_NARROWER = 10.0  # mm; a flap that is narrower by more leaves part of the inside open
_PANELS = 6  # of a sheet that is folded twice


def names(folders: Sequence[Path]) -> tuple[str, ...]:
    """The layouts found in any of the folders, sorted."""
    there = (path.name for folder in folders for path in files.Root(folder.parent).listed(folder) if _is_layout(path))
    return tuple(sorted({*there} - {BASE}))


def _is_layout(folder: Path) -> bool:
    return files.there(folder / FILE)


def folder_of(name: str, folders: Sequence[Path]) -> Path | None:
    """The first layout of this name."""
    return next((at / name for at in folders if name != BASE and _is_layout(at / name)), None)


def unknown(name: str, folders: Sequence[Path]) -> tuple[str, str]:
    """What to say of a name that no layout has, and how to fix it."""
    known = list(names(folders))
    if name in {path.name for at in folders for path in files.Root(at.parent).listed(at) if path.is_dir()} - {BASE}:
        hint = f"copy the one of layouts/a4 into it, or use one of {', '.join(known)}"
        return f"layouts/{name}/ has no {FILE}", hint
    hint = f"use one of {', '.join(known)}, or add a folder layouts/{name} with a {FILE}"
    return f"there is no layout “{name}”{nearest(name, known)}", hint


def load(name: str, folders: Sequence[Path], root: Path) -> tuple[Layout | None, tuple[Finding, ...]]:
    """The first layout of this name in the folders; ``None`` with findings if there is none or its settings fail."""
    folder = folder_of(name, folders)
    if folder is None:
        message, hint = unknown(name, folders)
        return None, (Finding("layout", Severity.ERROR, message, Location("pyproject.toml"), hint),)
    table = read_toml(folder / FILE, root)
    if table.findings:
        return None, tuple(table.findings)
    if fault := unfit(name, "layout"):
        return None, (Finding("layout", Severity.ERROR, fault, Location(table.file), RENAME),)
    layout = _layout(name, folder.resolve(), table)
    _check_like(layout, folders, table)
    findings = table.done()
    return (None if has_error(findings) else layout), findings


def clashes(there: Mapping[str, Layout], root: Path) -> Iterator[tuple[str, Finding]]:
    """Layouts whose files would lie upon the printer's files of another one, each with the finding on it.

    Of the two it is the root's own that must go by another name, as the other one comes with the tool.
    """
    for name, layout in there.items():
        other = there.get(name + PRINTERS)
        if other and layout.press and layout.press.scheme:
            ours = Path(layout.folder).is_relative_to(root) and not Path(other.folder).is_relative_to(root)
            wrong = layout if ours else other
            what = f"the printer's file of “{name}” would replace the file of “{other.name}”: both have the same name"
            hint = f"give the folder layouts/{wrong.name} another name"
            yield wrong.name, Finding("layout", Severity.ERROR, what, wrong.at, hint)


def _layout(name: str, folder: Path, table: Table) -> Layout:
    layout = Layout(
        name=name,
        title=table.string("title"),
        page_width_mm=table.number("page-width", None, 50, 1200),
        page_height_mm=table.number("page-height", None, 50, 1200),
        margins_mm=_margins(table, (None,) * 4),
        body_pt=table.number("body-size", None, 6, 72),
        line_height=table.number("line-height", 1.5, 1, 3),
        least_pt=table.number("least-size", None, 6, 72),
        max_pages=int(table.number("max-pages", 0, 0, 1000)),
        folder=str(folder),
        at=Location(table.file),
        text=table.choice("text", "full", excerpts.TEXTS),
        text_columns=int(table.number("text-columns", 1, 1, 3)),
        leaves_out=_leaves_out(table),
        contents=_LISTINGS[table.choice("contents", "auto", tuple(_LISTINGS))],
        beside=locale_name(table.string("beside", "")),
        beside_pages="own" if table.choice("beside-pages", "shared", ("shared", "own")) == "own" else "shared",
        order=table.choice("reading-order", "whole", ("whole", "alternating")),
        like=table.string("like", ""),
        fit="shrink" if table.choice("fit", "refuse", ("refuse", "shrink")) == "shrink" else "refuse",
        least_contrast=table.number("least-contrast", 4.5, 4.5, 21),
        fine_pt=table.number("fine-size", 0, FINEST, 72) if "fine-size" in table.data else 0.0,
        least_body_pt=table.number("least-body-size", 0, 6, 72) if "least-body-size" in table.data else 0.0,
        pages_to_act=int(table.number("pages-to-act", 0, 0, 1000)),
        purpose=table.choice("purpose", "", ("", *PURPOSES)),
    )
    first = table.table("first-danger")
    if "first-danger" in table.data:
        layout = replace(layout, first_danger=_first_danger(first))
    _check_sizes(layout, table)
    if layout.beside not in ("", SOURCE) and not naming.known(layout.beside):
        what, hint = (
            f"“{layout.beside}” is not a known language",
            'write "source", or a folder\'s name of locales/, as "es"',
        )
        table.complain("beside", what, hint)
    layout = replace(layout, press=_press(layout, table))
    if "profile" in table.data:
        layout = replace(layout, profile=PROFILES[table.choice("profile", USUAL_PROFILE, tuple(PROFILES))])
    table.asked.append("profile")
    more = table.table("more-room")
    return replace(layout, roomy=_roomy(layout, more)) if more.data else layout


SAID = ("version", "review-by", "emergency-number")
"""What every layout says of its leaflet, if ``leaves-out`` does not name it."""


def _leaves_out(table: Table) -> tuple[str, ...]:
    named = table.strings("leaves-out", ())
    for name in (each for each in named if each not in SAID):
        hint = f"what may be left out: {', '.join(SAID)}"
        table.complain("leaves-out", f"there is no “{name}” to leave out{nearest(name, SAID)}", hint)
    return named


def _first_danger(table: Table) -> FirstDanger:
    """``[first-danger]``: that page 1 has no room for a whole panel for an emergency, and why not."""
    if (holds := table.string("holds")) and holds != "action":
        hint = 'write holds = "action": its heading and its steps are on page 1; or leave out the whole table'
        table.complain("holds", f"“{holds}” is not known{nearest(holds, ['action'])}", hint)
    if not table.string("reason").strip() and not table.told("reason"):
        table.complain("reason", "it is empty", "say why page 1 has no room for the signs")
    table.unknown()
    return "action"


def _roomy(layout: Layout, table: Table) -> Layout:
    """``[more-room]``: figures for looks that take more room, where they differ from the layout's own."""
    roomy = replace(
        layout,
        title=table.string("title", layout.title),
        page_width_mm=table.number("page-width", layout.page_width_mm, 50, 1200),
        page_height_mm=table.number("page-height", layout.page_height_mm, 50, 1200),
        margins_mm=_margins(table, layout.margins_mm),
        body_pt=table.number("body-size", layout.body_pt, 6, 72),
        least_pt=table.number("least-size", layout.least_pt, 6, 72),
        max_pages=int(table.number("max-pages", layout.max_pages, 0, 1000)),
    )
    _check_sizes(roomy, table)
    roomy = replace(roomy, press=_press(roomy, table, layout.press))
    table.unknown()
    return roomy


def _margins(table: Table, usual: Sequence[float | None]) -> tuple[float, float, float, float]:
    margins = table.table("margins")
    sides = zip(("top", "right", "bottom", "left"), usual, strict=True)
    top, right, bottom, left = [margins.number(side, width, 0, 200) for side, width in sides]
    margins.unknown()
    return top, right, bottom, left


def _check_sizes(layout: Layout, table: Table) -> None:
    """Figures that do not go together; those that are missing or wrong themselves are told of already."""
    if layout.body_pt < layout.least_pt and not table.told("body-size", "least-size"):
        table.complain("body-size", "the text is smaller than least-size", "make body-size the larger one")
    if layout.fine_pt > layout.least_pt and not table.told("fine-size", "least-size"):
        hint = "make it the smaller one, or leave it out: it is for references and versions alone"
        table.complain("fine-size", "it is larger than least-size", hint)
    top, right, bottom, left = layout.margins_mm
    full = left + right >= layout.page_width_mm or top + bottom >= layout.page_height_mm
    if full and not table.told("page-width", "page-height", "margins"):
        table.complain("margins", "the margins leave no room on the page", "all sizes are in millimetres")


def _check_like(layout: Layout, folders: Sequence[Path], table: Table) -> None:
    """``like`` names a layout that is there and brings templates and CSS of its own."""
    if not layout.like:
        return
    known = [name for name in names(folders) if name != layout.name]
    folder = folder_of(layout.like, folders) if layout.like in known else None
    if folder is None:
        what = f"there is no layout “{layout.like}”{nearest(layout.like, known)}"
        table.complain("like", what, "use one that exists")
    elif further := read_toml(folder / FILE, folder.parent).data.get("like"):
        hint = f'write like = "{further}"'
        table.complain("like", f"“{layout.like}” has no templates and CSS itself: it is like “{further}”", hint)


# --------------------------------------------------------------------------- [print]


def _press(layout: Layout, whole: Table, usual: Press | None = None) -> Press:
    """``[print]``: the paper and how the pages come on it; without it, page by page on both sides of the paper.

    Sheets are turned over like pages of a book, as ``formats.imposition`` sets them: landscape on their short edge.
    ``usual``: what is kept where nothing is said.
    """
    table = whole.table("print")
    was = usual.scheme if usual else None
    kind = table.choice("impose", was.kind if was else "", ("", *IMPOSITIONS))
    width = table.number("sheet-width", was.sheet_width_mm if was else layout.page_width_mm, 50, 1200)
    height = table.number("sheet-height", was.sheet_height_mm if was else layout.page_height_mm, 50, 1200)
    columns = int(table.number("columns", was.columns if was else 2, 1, 20))
    rows = int(table.number("rows", was.rows if was else 4, 1, 20))
    gap = table.number("gap", was.gap_mm if was else 0, 0, 50)
    scheme = Scheme(IMPOSITIONS[kind], width, height, columns, rows, gap) if kind else None
    press = Press(
        paper=table.string("paper", usual.paper if usual else ""),
        sides=int(table.number("sides", usual.sides if usual else 2, 1, 2)),
        flip="short" if width > height else "long",
        scheme=scheme,
    )
    table.unknown()
    _check_keys(kind, table)
    if scheme and not table.findings:  # a figure that is wrong itself would only be told of twice
        if press.sides == 1:
            what = "imposed pages are printed on both sides of a sheet"
            table.complain("sides", what, "write sides = 2, or leave impose out")
        _CHECKS[scheme.kind](layout, scheme, table, whole)
        _check_marks(layout, scheme, table)
    return press


def _check_keys(kind: str, table: Table) -> None:
    """Keys that would do nothing here."""
    for key in ("sheet-width", "sheet-height"):
        if key in table.data and not kind:
            hint = f"add impose = ... (one of: {', '.join(IMPOSITIONS)}), or leave it out: the page is the sheet"
            table.complain(key, "this layout does not use sheets", hint)
    for key in ("columns", "rows", "gap"):
        if key in table.data and kind != "cards":
            table.complain(key, "is only for cards", 'write impose = "cards", or leave it out')


def _grid(layout: Layout, scheme: Scheme) -> tuple[float, float]:
    """The width and height that the pages of a sheet take, in mm."""
    width, height = layout.page_width_mm, layout.page_height_mm
    if scheme.kind == "cards":
        across, down = scheme.columns, scheme.rows
        return across * width + (across - 1) * scheme.gap_mm, down * height + (down - 1) * scheme.gap_mm
    return (2 * width if scheme.kind == "saddle-stitch" else scheme.sheet_width_mm), height


def _check_fits(layout: Layout, scheme: Scheme, table: Table, places: str) -> None:
    """Pages are no larger than their places on the sheet."""
    width, height = _grid(layout, scheme)
    for key, taken, there in (
        ("sheet-width", width, scheme.sheet_width_mm),
        ("sheet-height", height, scheme.sheet_height_mm),
    ):
        if taken > there + _SLACK:
            what = f"{places} take {taken:g} mm, and the sheet has {there:g}"
            page = key.replace("sheet", "page")
            hint = f"make the sheet larger (or turn it round), or {page} smaller; all sizes are in millimetres"
            table.complain(key, what, hint)


def _check_booklet(layout: Layout, scheme: Scheme, table: Table, whole: Table) -> None:
    _check_fits(layout, scheme, table, "two pages side by side")


def _check_trifold(layout: Layout, scheme: Scheme, table: Table, whole: Table) -> None:
    """What two panels leave of the sheet is the flap that folds in: as wide as they, or a little narrower."""
    _check_fits(layout, scheme, table, "the panels")
    page, sheet = layout.page_width_mm, scheme.sheet_width_mm
    flap = sheet - 2 * page
    if not page - _NARROWER <= flap <= page:
        what = (
            f"two panels of {page:g} mm leave {flap:g} mm for the one that folds in, which should be 2 or 3 mm narrower"
        )
        table.complain("sheet-width", what, f"for this sheet write page-width = {(sheet + 3) / 3:.4g}")
    if not 1 <= layout.max_pages <= _PANELS:
        what = f"a sheet folded in three has {_PANELS} panels, and each is a page"
        whole.complain("max-pages", what, f"write max-pages = {_PANELS}")


def _check_cards(layout: Layout, scheme: Scheme, table: Table, whole: Table) -> None:
    _check_fits(layout, scheme, table, f"{scheme.columns} columns and {scheme.rows} rows of cards")
    if not layout.beside or layout.beside_pages != "own":
        return
    what = "a card in two languages has two leaves, which stay side by side to be folded"
    if scheme.columns != 2:
        table.complain("columns", what, "write columns = 2, or leave beside out")
    if scheme.gap_mm:
        table.complain("gap", what, "leave gap out, or leave beside out")


_CHECKS = {"saddle-stitch": _check_booklet, "trifold": _check_trifold, "cards": _check_cards}


def _check_marks(layout: Layout, scheme: Scheme, table: Table) -> None:
    """Where pages are cut from the sheet there is room for the marks that say where."""
    across, down = _grid(layout, scheme)
    beside, below = (scheme.sheet_width_mm - across) / 2, (scheme.sheet_height_mm - down) / 2
    cards = scheme.kind == "cards"
    for key, room, cut, lines in (
        ("sheet-width", beside, below > _SLACK or (cards and scheme.rows > 1), "columns"),
        ("sheet-height", below, beside > _SLACK or (cards and scheme.columns > 1), "rows"),
    ):
        if cut and -_SLACK <= room < _MARKS:
            what = f"{max(room, 0):g} mm beside the pages leave no room for the cut marks, which need {_MARKS:g}"
            hint = f"make the sheet larger, or the pages smaller{f', or set fewer {lines}' if cards else ''}"
            table.complain(key, what, hint)
