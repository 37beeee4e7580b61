"""Edition -> HTML, in one of the formats below ``layouts/``. The only importer of Jinja2.

A layout is a folder: ``layout.toml`` (page and type sizes), ``layout.css``, and ``layout.html`` if it changes parts of
the page. What all share stands in ``base/``. Templates see prepared values (``views``); every word there is a message.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from plainleaf import excerpts, locales, looks
from plainleaf.model import (
    Block,
    Clinic,
    Edition,
    Finding,
    Imposition,
    Layout,
    Locale,
    Location,
    Press,
    Rules,
    Scheme,
    Severity,
    lead_pt,
)
from plainleaf.settings import Table, nearest, read_toml
from plainleaf.views import FOOT_LINE, MM_PER_PT, MOST_FOOT_LINES, View

IMPOSITIONS: Mapping[str, Imposition] = {"saddle-stitch": "saddle-stitch", "trifold": "trifold", "cards": "cards"}
BASE = "base"  # what all layouts share; no layout itself
SHIPPED = Path(__file__).resolve().parent.parent / "layouts"


class Words(Protocol):
    """The layouts' own words, bound to one edition's locale."""

    def here(self, msgid: str) -> str:
        """The words in the locale; in English where they have no translation."""

    def source(self, msgid: str) -> str:
        """The words in English, for the staff."""


# --------------------------------------------------------------------------- which layouts there are


def names(folders: Sequence[Path]) -> tuple[str, ...]:
    """The layouts found in any of the folders, sorted."""
    return tuple(sorted({toml.parent.name for folder in folders for toml in folder.glob("*/layout.toml")} - {BASE}))


def load(name: str, folders: Sequence[Path], root: Path) -> tuple[Layout | None, tuple[Finding, ...]]:
    """The first layout of this name in the folders; ``None`` with findings if there is none or its settings fail."""
    folder = next((at / name for at in folders if name != BASE and (at / name / "layout.toml").is_file()), None)
    if folder is None:
        known = list(names(folders))
        message = f"there is no layout “{name}”{nearest(name, known)}"
        hint = f"use one of {', '.join(known)}, or add a folder layouts/{name} with a layout.toml"
        return None, (Finding("layout", Severity.ERROR, message, Location("pyproject.toml"), hint),)
    table = read_toml(folder / "layout.toml", root)
    if table.findings:
        return None, tuple(table.findings)
    layout = _layout(name, folder.resolve(), table)
    _check_like(layout, folders, table)
    findings = table.done()
    return (None if any(f.severity is Severity.ERROR for f in findings) else layout), findings


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
        beside=table.string("beside", ""),
        beside_pages="own" if table.choice("beside-pages", "shared", ("shared", "own")) == "own" else "shared",
        order=table.choice("reading-order", "alternating", ("alternating", "whole")),
        like=table.string("like", ""),
        fit="shrink" if table.choice("fit", "refuse", ("refuse", "shrink")) == "shrink" else "refuse",
        least_contrast=table.number("least-contrast", 4.5, 4.5, 21),
    )
    layout = replace(layout, press=_press(layout, table.table("print")))
    _check_sizes(layout, table)
    more = table.table("more-room")
    return replace(layout, roomy=_roomy(layout, more)) if more.data else layout


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
    roomy = replace(roomy, press=_press(roomy, table.table("print"), layout.press))
    _check_sizes(roomy, table)
    table.unknown()
    return roomy


def _margins(table: Table, usual: Sequence[float | None]) -> tuple[float, float, float, float]:
    margins = table.table("margins")
    sides = zip(("top", "right", "bottom", "left"), usual, strict=True)
    top, right, bottom, left = [margins.number(side, width, 0, 200) for side, width in sides]
    margins.unknown()
    return top, right, bottom, left


def _check_sizes(layout: Layout, table: Table) -> None:
    if layout.body_pt < layout.least_pt:
        table.complain("body-size", "the text is smaller than least-size", "make body-size the larger one")
    top, right, bottom, left = layout.margins_mm
    if left + right >= layout.page_width_mm or top + bottom >= layout.page_height_mm:
        table.complain("margins", "the margins leave no room on the page", "all sizes are in millimetres")


def _check_like(layout: Layout, folders: Sequence[Path], table: Table) -> None:
    """``like`` names a layout that is there and brings templates and CSS of its own."""
    if not layout.like:
        return
    known = [name for name in names(folders) if name != layout.name]
    if layout.like not in known:
        what = f"there is no layout “{layout.like}”{nearest(layout.like, known)}"
        table.complain("like", what, "name one that is there")
    elif further := read_toml(_folder(layout.like, folders) / "layout.toml", Path(layout.folder)).data.get("like"):
        hint = f'write like = "{further}"'
        table.complain("like", f"“{layout.like}” has no templates and CSS of its own: it is like “{further}”", hint)


def _folder(name: str, folders: Sequence[Path]) -> Path:
    """The first layout of this name, which is there."""
    return next(at / name for at in folders if (at / name / "layout.toml").is_file())


def _press(layout: Layout, table: Table, usual: Press | None = None) -> Press:
    """``[print]``: the paper and how the pages come on it; without it, page by page on both sides of the paper.

    Sheets are turned over like pages of a book, as ``formats.imposition`` sets them: landscape on their short edge.
    ``usual``: what is kept where nothing is said.
    """
    scheme = usual.scheme if usual else None
    kind = table.choice("impose", scheme.kind if scheme else "", ("", *IMPOSITIONS))
    width = table.number("sheet-width", scheme.sheet_width_mm if scheme else layout.page_width_mm, 50, 1200)
    height = table.number("sheet-height", scheme.sheet_height_mm if scheme else layout.page_height_mm, 50, 1200)
    rows = int(table.number("rows", scheme.rows if scheme else 4, 1, 50))
    press = Press(
        paper=table.string("paper", usual.paper if usual else ""),
        sides=int(table.number("sides", usual.sides if usual else 2, 1, 2)),
        flip="short" if width > height else "long",
        scheme=Scheme(IMPOSITIONS[kind], width, height, rows=rows) if kind else None,
    )
    table.unknown()
    return press


def rules(layout: Layout, where: Locale, beside: Locale | None = None) -> Rules:
    """What pages of this layout are held to in a locale; a second language that has own pages has as many."""
    most = layout.max_pages * (2 if beside and layout.beside_pages == "own" else 1)
    return Rules(
        layout=layout.name,
        language=where.english_name,
        tag=where.tag,
        script=where.script,
        body_pt=layout.body_pt,
        least_pt=layout.least_pt,
        line_height=layout.line_height,
        size_factor=where.size_factor,
        line_factor=where.line_height_factor,
        max_pages=most,
        fit=layout.fit,
        least_contrast=layout.least_contrast,
        at=layout.at,
        others=((beside.script, beside.size_factor),) if beside else (),
        least_line=layout.least_line,
    )


def scheme(layout: Layout, languages: int = 1) -> Scheme | None:
    """How the pages are imposed; two cards in two languages stay together and are folded, so that none is lost.

    Cards have room for marks around them; other sheets, which their pages fill, are larger where a look asks for marks.
    """
    usual = layout.press.scheme if layout.press else None
    if usual is None or usual.kind != "cards":
        return replace(usual, around_mm=layout.around_mm) if usual else None
    return replace(usual, folded=usual.columns == languages == 2 and layout.beside_pages == "own")


# --------------------------------------------------------------------------- style


def stylesheet(
    layout: Layout, where: Locale, folders: Sequence[Path] = (), accent: str = "", beside: Locale | None = None
) -> str:
    """All CSS of a layout in a locale, the same for every leaflet; fonts are the caller's.

    Pictures that the CSS names (``url(icons/tip.svg)``, relative to the CSS file) become part of it. ``accent`` is a
    clinic's colour, "#0b4a57"; layouts and looks may still set another one. ``beside``: the pages' second language.
    """
    own = Path(layout.folder)
    among = (*folders, own.parent, SHIPPED)
    like = (_folder(layout.like, among) / "layout.css",) if layout.like else ()
    base = next(at for at in among if (at / BASE / "base.css").is_file()) / BASE / "base.css"
    worn = [style for look in layout.looks if (style := looks.style(look, among))]
    others = map(_css, (*like, own / "layout.css", *worn))
    head = _head(layout, where, beside) + (_beside(layout, where, beside) if beside else "")
    return "\n".join([head, _css(base), f":root {{ --calm: {accent} }}" if accent else "", *others])


def _head(layout: Layout, where: Locale, beside: Locale | None) -> str:
    """What follows from layout.toml and the locale."""
    top, right, bottom, left = layout.margins_mm
    least = layout.least_pt * where.size_factor
    line = FOOT_LINE * MM_PER_PT * max(least, layout.least_pt * beside.size_factor if beside else 0)
    feet = "".join(
        f"@page foot-{lines} {{ margin-bottom: {bottom + (lines - 1) * line:.4g}mm }}\n"
        f"body.foot-{lines} {{ page: foot-{lines} }}\n"
        for lines in range(2, MOST_FOOT_LINES + 1)
    )
    counter = locales.counter_style(where)
    return f"""/* {layout.name}, {where.tag}: from layout.toml and the locale */
@page {{
  size: {layout.page_width_mm:g}mm {layout.page_height_mm:g}mm;
  margin: {top:g}mm {right:g}mm {bottom:g}mm {left:g}mm;
}}
{_flap(layout)}{feet}:root {{
  --body: {layout.body_pt * where.size_factor:.4g}pt;
  --lead: {lead_pt(layout.body_pt, layout.least_pt) * where.size_factor:.4g}pt;
  --least: {least:.4g}pt;
  --line: {layout.line_height * where.line_height_factor:.4g};
  --latin: {1 / where.size_factor:.4g}em;
  --foot-line: {FOOT_LINE};
  --head: {top:g}mm;
}}
html {{ hyphens: {"auto" if where.hyphenate else "manual"} }}
ol {{ list-style-type: {counter} }}
.page-number::before {{ content: counter(page, {counter}) }}
.page-count::before {{ content: counter(pages, {counter}) }}
"""


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
  --latin: {1 / second.size_factor:.4g}em;
  --lines: {second.line_height_factor / where.line_height_factor:.4g};
  font-size: {second.size_factor / where.size_factor:.4g}em;
  line-height: calc(var(--line) * var(--lines));
  hyphens: {"auto" if second.hyphenate else "manual"};
}}
.beside ol, ol.beside {{ list-style-type: {counter} }}
.beside .page-number::before {{ content: counter(page, {counter}) }}
.beside .page-count::before {{ content: counter(pages, {counter}) }}
"""


_URL = re.compile(r"""url\(\s*["']?(?!data:)([^"')]+?)["']?\s*\)""")
_PICTURES = {".svg": "image/svg+xml", ".png": "image/png"}


def _css(path: Path) -> str:
    """A CSS file with its pictures in it; one that is not there stays as a name, which WeasyPrint reports."""

    def embed(found: re.Match[str]) -> str:
        picture = path.parent / found[1]
        if picture.suffix not in _PICTURES or not picture.is_file():
            return found[0]
        return f"url(data:{_PICTURES[picture.suffix]};base64,{base64.b64encode(picture.read_bytes()).decode()})"

    return _URL.sub(embed, path.read_text(encoding="utf-8")) if path.is_file() else ""


# --------------------------------------------------------------------------- templates


@dataclass(frozen=True, slots=True)
class _Side:
    """The second language of a page, as templates see it: its leaflet, and the shared macros in its words."""

    leaflet: View
    values: Mapping[str, object]
    environment: SandboxedEnvironment

    def module(self, name: str, **more: object) -> object:
        """The macros of ``base/<name>.html`` ("blocks", "parts") in this language; ``more`` is set for them."""
        return self.environment.get_template(f"{BASE}/{name}.html").make_module({**self.values, **more})


def render(
    edition: Edition,
    layout: Layout,
    clinic: Clinic,
    words: Words,
    folders: Sequence[Path] = (),
    beside: tuple[Edition, Words] | None = None,
    mirrored: frozenset[str] = frozenset(),
) -> str:
    """The whole leaflet as HTML, ready for ``stylesheet``. Raises ``ValueError`` if a template of the layout fails.

    ``beside``: the same leaflet in the language that the layout sets beside it, with the layouts' words in it.
    ``mirrored``: the pictures (paths from the root) that turn round on right-to-left pages.
    """
    environment = _environment((*folders, Path(layout.folder).parent, SHIPPED))
    try:
        named = [f"{name}/layout.html" for name in (layout.name, layout.like) if name]
        template = environment.select_template([*named, f"{BASE}/page.html"])
        values = _values(View(edition, clinic, edition.locale, layout, mirrored), words)
        if beside:
            second = View(_nameless(beside[0]), clinic, beside[0].locale, layout, mirrored)
            values["beside"] = _Side(second, _values(second, beside[1]), environment)
        return template.render(values)
    except Exception as error:  # a template is input, and may do anything wrong that Python can
        raise ValueError(f"layouts/{layout.name}: {type(error).__name__}: {error}") from error


def _nameless(edition: Edition) -> Edition:
    """The edition without the ids of its blocks: an id stands on a page once, on the first language's."""
    return replace(edition, blocks=tuple(map(_unnamed, edition.blocks)))


def _unnamed(block: Block) -> Block:
    return replace(block, id="", children=tuple(map(_unnamed, block.children)))


def _values(view: View, words: Words) -> dict[str, object]:
    return {
        "leaflet": view,
        "words": words,
        "_": words.here,
        "gettext": words.here,
        "source": words.source,
    }


def screen(folders: Sequence[Path], name: str, **values: object) -> str:
    """A page for screens, ``base/<name>.html``. Raises ``ValueError`` if the template fails."""
    try:
        return _environment(tuple(folders)).get_template(f"{BASE}/{name}.html").render(values)
    except Exception as error:
        raise ValueError(f"layouts/{BASE}/{name}.html: {type(error).__name__}: {error}") from error


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...]) -> SandboxedEnvironment:
    """Templates may come with a clinic's content, hence the sandbox; they are parsed once in a process."""
    environment = SandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["N_"] = str  # marks words for extraction that are looked up later
    environment.filters["cut"] = _cut
    return environment


def _cut(text: str) -> list[str]:
    """A message cut at its placeholders: words, name, words, ..., words."""
    return re.split(r"\{(\w+)\}", text)
