"""A layout's style sheet, put together from what its files and the language say, and what is wrong in those files.

The only importer of tinycss2, which reads CSS as WeasyPrint does. What CSS cannot do there is told by WeasyPrint when a
page is made: ``origins`` names the file and line that it means.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import tinycss2

from plainleaf import files as opened
from plainleaf.files.places import around, shipped, shown
from plainleaf.graphics import pictures
from plainleaf.layouts import css_nodes, literals, looks
from plainleaf.layouts import file as layoutfile
from plainleaf.layouts.file import BASE
from plainleaf.layouts.foot import FOOT_LINE, MOST_FOOT_LINES
from plainleaf.layouts.lines import COLUMN_GAP
from plainleaf.model import Finding, Layout, Locale, Location, Severity, lead_pt
from plainleaf.model.lengths import MM_PER_PT
from plainleaf.model.phrases import clipped
from plainleaf.sources.blocks import KINDS
from plainleaf.typesetting import locales

SHEET = "layout.css"
SCREENS = "web.css"
CLOSE_LINE = 1.22  # of the type size, in closing lines: no text stands closer


# What is no comment whatever stands in it: texts, escapes, addresses without quotes; else gaps (CSS Syntax 3, 4.3) but
# for single spaces, which stay.
_GAP = re.compile(
    r"""("(?:\\.|[^"\\\n\r\f])*"?|'(?:\\.|[^'\\\n\r\f])*'?|\\.|\burl\(\s*[^"'\s)][^)]*\))"""
    r"""|(?! [^\s/])((?:\s|/\*.*?(?:\*/|\Z))+)""",
    re.DOTALL | re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)


@lru_cache(maxsize=64)
def bare(css: str) -> str:
    """A style sheet without its comments and the lines that they stand on: neither is on any page."""
    return _GAP.sub(_kept, css).removeprefix("/**/").removesuffix("/**/").strip()


def _kept(found: re.Match[str]) -> str:
    """A text or an address as it is; of a gap, whether it parts what is on either side."""
    text, gap = found[1], found[2]
    return text or (" " if "/*" not in gap or _COMMENT.sub("", gap) else "/**/")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a style sheet: its CSS, and the file that it is from (``None``: made here)."""

    css: str
    file: Path | None = None


def pieces(
    layout: Layout,
    where: Locale,
    folders: Sequence[Path] = (),
    accent: str = "",
    beside: Locale | None = None,
    known: dict[Path, Piece] | None = None,
) -> tuple[Piece, ...]:
    """All CSS of a layout in a locale, the same for every leaflet; fonts are the caller's.

    Pictures that the CSS names (``url(icons/tip.svg)``, relative to the CSS file) become part of it. ``accent`` is a
    clinic's colour, "#0b4a57"; layouts and looks may still set another one. ``beside``: the pages' second language.
    ``known``: the files that were read for other layouts of the same edition.
    """
    head = _head(layout, where, beside) + (_beside(layout, where, beside) if beside else "")
    roots = around((*folders, Path(layout.folder).parent))
    known = {} if known is None else known
    shared, others = _files(layout, folders)
    known |= {path: Piece(_css(path, roots), path) for path in (*shared, *others) if path not in known}
    return (
        Piece(head),
        *(known[path] for path in shared),
        Piece(f":root {{ --calm: {accent} }}" if accent else ""),
        *(known[path] for path in others),
    )


def files(layout: Layout, folders: Sequence[Path] = ()) -> tuple[Path, ...]:
    """The style sheets of a layout, in order: those of all layouts, the one it is like, its own, those of its looks."""
    shared, others = _files(layout, folders)
    return (*shared, *others)


def of_screens(folders: Sequence[Path] = ()) -> str:
    """The style sheet of a leaflet's page for screens, as it stands in that page: nothing in it can end it."""
    among = (*folders, shipped("layouts"))
    path = next(at for folder in among if opened.there(at := folder / BASE / SCREENS))
    return bare(_css(path, around(among))).replace("</", "<\\/")


def _files(layout: Layout, folders: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The style sheets that all layouts share, with one for each kind of block that has any; and the others."""
    own = Path(layout.folder)
    among = (*folders, own.parent, shipped("layouts"))
    names = ["base.css", *dict.fromkeys(f"blocks/{about.template}.css" for about in KINDS.values() if about.template)]
    shared = [next((at for folder in among if opened.there(at := folder / BASE / name)), None) for name in names]
    like = layoutfile.folder_of(layout.like, among) if layout.like else None
    worn = [style for look in layout.looks if (style := looks.style(look, among))]
    return [path for path in shared if path], [*([like / SHEET] if like else []), own / SHEET, *worn]


def joined(parts: Sequence[Piece]) -> str:
    """The style sheet."""
    return "\n".join(part.css for part in parts)


def origins(parts: Sequence[Piece], root: Path) -> tuple[tuple[int, str], ...]:
    """Where in the joined sheet each piece begins (a line, from 1), and the file that it is from, "" if none."""
    found, line = [], 1
    for part in parts:
        found.append((line, shown(part.file, root) if part.file else ""))
        line += part.css.count("\n") + 1
    return tuple(found)


def _head(layout: Layout, where: Locale, beside: Locale | None) -> str:
    """What follows from layout.toml and the locale."""
    top, right, bottom, left = layout.margins_mm
    least = layout.least_pt * where.size_factor
    line = FOOT_LINE * MM_PER_PT * max(least, layout.least_pt * beside.size_factor if beside else 0)
    feet = "".join(
        f"@page foot-{lines} {{ margin-bottom: {bottom + (lines - 1) * line:.4g}mm }}\n"
        f"@page foot-{lines}:first {{ margin-bottom: {bottom:g}mm }}\n"
        f"body.foot-{lines} {{ page: foot-{lines} }}\n"
        for lines in range(2, MOST_FOOT_LINES + 1)
    )
    counter = locales.counter_style(where)
    return f"""/* {layout.name}, {where.tag}: from layout.toml and the locale */
@page {{
  size: {layout.page_width_mm:g}mm {layout.page_height_mm:g}mm;
  margin: {top:g}mm {right:g}mm {bottom:g}mm {left:g}mm;
}}
{_flap(layout)}{feet}{_columns(layout)}:root {{
  --body: {layout.body_pt * where.size_factor:.4g}pt;
  --lead: {lead_pt(layout.body_pt, layout.least_pt) * where.size_factor:.4g}pt;
  --least: {least:.4g}pt;
  --least-latin: {layout.least_pt:g}pt;
  --fine: {(layout.fine_pt or layout.least_pt) * where.size_factor:.4g}pt;
  --fine-latin: {layout.fine_pt or layout.least_pt:g}pt;
  --line: {layout.line_height * where.line_height_factor:.4g};
  --close-line: {CLOSE_LINE * where.line_height_factor:.4g};
  --latin: {1 / where.size_factor:.4g}em;
  --foot-line: {FOOT_LINE};
  --head: {top:g}mm;
  --tall: {layout.page_height_mm:g}mm;
}}
html {{ hyphens: {"auto" if where.hyphenate else "manual"} }}
ol {{ list-style-type: {counter} }}
ol.shown > li::before {{ content: counter(list-item, {counter}) "." }}
:is(.emergency .done ol, .emergency ol.items) > li::before {{ content: counter(list-item, {counter}) }}
.page-number::before {{ content: counter(page, {counter}) }}
.page-count::before {{ content: counter(pages, {counter}) }}
.contents .page::before {{ content: "\\a0" target-counter(attr(data-to), page, {counter}) }}
.on-page::before {{ content: attr(data-before) target-counter(attr(data-to), page, {counter}) attr(data-after) }}
{_own_digits(where)}"""


def _own_digits(where: Locale) -> str:
    """Numbers of references in another script keep the size of their own digits."""
    own = where.digits != "latn" and where.size_factor != 1
    return f".references li[dir]::marker {{ font-size: {where.size_factor:.4g}em }}\n" if own else ""


def _columns(layout: Layout) -> str:
    """Where the text stands in several columns."""
    if layout.text_columns == 1:
        return ""
    return f".columns {{ column-count: {layout.text_columns}; column-gap: {COLUMN_GAP:g}mm }}\n"


def _flap(layout: Layout) -> str:
    """Of six panels, the flap (2) folds in: it and the panel behind it (5) have what the others leave of the sheet."""
    scheme = layout.press.scheme if layout.press else None
    if scheme is None or scheme.kind != "trifold":
        return ""
    width = scheme.sheet_width_mm - 2 * layout.page_width_mm
    return "".join(f"@page :nth({page}) {{ size: {width:g}mm {layout.page_height_mm:g}mm }}\n" for page in (2, 5))


def _beside(layout: Layout, where: Locale, second: Locale) -> str:
    """The same for what stands in a second language: sizes and lines in proportion to those of the first around it."""
    counter = locales.counter_style(second)
    return f""".beside {{
  --body: {layout.body_pt * second.size_factor:.4g}pt;
  --lead: {lead_pt(layout.body_pt, layout.least_pt) * second.size_factor:.4g}pt;
  --least: {layout.least_pt * second.size_factor:.4g}pt;
  --fine: {(layout.fine_pt or layout.least_pt) * second.size_factor:.4g}pt;
  --latin: {1 / second.size_factor:.4g}em;
  --lines: {second.line_height_factor / where.line_height_factor:.4g};
  font-size: {second.size_factor / where.size_factor:.4g}em;
  line-height: calc(var(--line) * var(--lines));
  hyphens: {"auto" if second.hyphenate else "manual"};
}}
.beside ol, ol.beside {{ list-style-type: {counter} }}
.beside ol.shown > li::before {{ content: counter(list-item, {counter}) "." }}
:is(.beside .emergency .done ol, .emergency .beside ol.items) > li::before {{ content: counter(list-item, {counter}) }}
.beside .page-number::before {{ content: counter(page, {counter}) }}
.beside .page-count::before {{ content: counter(pages, {counter}) }}
.contents .beside .page::before {{ content: "\\a0" target-counter(attr(data-to), page, {counter}) }}
.beside .on-page::before {{
  content: attr(data-before) target-counter(attr(data-to), page, {counter}) attr(data-after);
}}
"""


_URL = re.compile(r"""url\(\s*["']?(?!data:)([^"'()]+?)["']?\s*\)""")  # no “(”: each is left at the next
_PICTURES = {".svg": "image/svg+xml", ".png": "image/png"}
_MOST_BYTES = (
    70_000  # of a picture: in the sheet it is a third larger, and ``formats.pdf`` lets 100,000 characters through
)


def _css(path: Path, roots: Sequence[Path]) -> str:
    """A CSS file with its pictures in it, line by line as it was; a picture that is not there stays as a name.

    What cannot be read is told by ``faults``.
    """

    def embed(found: re.Match[str]) -> str:
        picture = path.parent / found[1]
        if picture.suffix not in _PICTURES:
            return found[0]
        try:
            data = base64.b64encode(opened.Root(*roots).read(picture, _MOST_BYTES)).decode()
        except OSError:
            return found[0]
        return f"url(data:{_PICTURES[picture.suffix]};base64,{data})" + "\n" * found[0].count("\n")

    try:
        return _URL.sub(
            embed, opened.Root(*roots).read(path, literals.MOST_SHEET).decode("utf-8-sig", errors="replace")
        )
    except OSError:
        return ""


# --------------------------------------------------------------------------- what is wrong in a file

DEEPEST = 40  # brackets in one another; good style sheets have 5
LONGEST_NUMBER = 1000  # digits
MOST_FAULTS = 100  # that are no CSS, or pictures that are not there: the rest of such a sheet is alike
_LONG_NUMBER = re.compile(rf"[0-9]{{{LONGEST_NUMBER + 1}}}")
_END = "plainleaf-end"  # put behind a sheet: what still holds it was never closed


def faults(path: Path, root: Path) -> Iterator[Finding]:
    """What is wrong in one style sheet and would go unnoticed, or be told of without its line, when a page is made."""
    if not opened.there(path):
        return
    try:
        css = opened.Root(root).read(path, literals.MOST_SHEET).decode("utf-8-sig")
    except opened.RefusedError as error:
        yield opened.finding(error, root)
        return
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        yield _fault(shown(path, root), line, "is not UTF-8 text", "save the file as UTF-8")
        return
    file = shown(path, root)
    yield from islice(_faults(path, root, file, css), MOST_FAULTS)


def _faults(path: Path, root: Path, file: str, css: str) -> Iterator[Finding]:
    known = cache(lambda name: _no_picture(path, name, root))
    for line, what, hint, name in _parsed(css):
        if not name:
            yield _fault(file, line, what, hint)
        elif why := known(name):
            hint = f"put the picture there, or correct its name; its path starts from {path.name}"
            yield _fault(file, line, why, hint)


@lru_cache(maxsize=64)
def _parsed(css: str) -> tuple[tuple[int, str, str, str], ...]:
    """What is wrong in a style sheet by itself (line, what, hint, ""), and the pictures it names (line, "", "", name).

    A process that loads several folders parses the sheets they share once.
    """
    if long := _LONG_NUMBER.search(css):
        what = f"a number has more than {LONGEST_NUMBER} digits"
        return ((css.count("\n", 0, long.start()) + 1, what, "write a number that is meant", ""),)
    nodes = tinycss2.parse_component_value_list(f"{css}\n@{_END}")
    found = []
    for node, depth in css_nodes.walk(nodes):
        if depth > DEEPEST:
            what = f"more than {DEEPEST} brackets are nested here"
            return ((node.source_line, what, "close those whose rules end above", ""),)
        if node.type == "error":
            found.append((node.source_line, f"is not CSS: {node.message}", "fix or delete it", ""))
        elif name := css_nodes.address(node):
            found.append((node.source_line, "", "", name))
    if open_node := _unclosed(nodes):
        sign = {"() block": "(", "[] block": "[", "{} block": "{", "comment": "/*"}.get(open_node.type, "(")
        what = f"“{sign}” is never closed, so the rest of the file has no effect"
        found.insert(0, (open_node.source_line, what, "close it where its rule ends", ""))
    return tuple(found)


def _fault(file: str, line: int, what: str, hint: str) -> Finding:
    return Finding("layout-css", Severity.ERROR, what, Location(file, line), hint)


def _unclosed(nodes: Sequence[Any]) -> Any:
    """The innermost bracket or comment that is still open at the end; ``None`` if all are closed."""
    last = nodes[-1] if nodes else None
    if last is None or (last.type == "at-keyword" and last.value == _END):
        return None
    return last if last.type == "comment" else _unclosed(css_nodes.inside(last)) or last


def _no_picture(sheet: Path, name: str, root: Path) -> str:
    """Why a picture of a style sheet cannot be printed; "" if it can."""
    if name.startswith(("data:", "#")):
        return ""
    picture = sheet.parent / name
    name = clipped(name, 80)
    if picture.suffix not in _PICTURES:
        return f"{name} is not an SVG or PNG"
    if not opened.there(picture):
        return f"there is no picture {name}"
    try:
        data = opened.Root(root).read(picture, _MOST_BYTES)
    except OSError as error:
        said = error.strerror if isinstance(error, opened.RefusedError) else f"could not be read: {error.strerror}"
        return f"the picture {name} {said}"
    return f"the picture {name}: {wrong}" if (wrong := pictures.judged(data, picture.suffix)) else ""
