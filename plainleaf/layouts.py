"""Edition -> HTML, in one of the formats below ``layouts/``. The only importer of Jinja2.

A layout is a folder: ``layout.toml`` (page and type sizes), ``layout.css``, and ``layout.html`` if it changes parts of
the page. What all share stands in ``base/``. Templates see prepared values (``views``); every word there is a message.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from plainleaf import excerpts, locales
from plainleaf.model import Clinic, Edition, Finding, Layout, Locale, Location, Press, Severity
from plainleaf.settings import Table, nearest, read_toml
from plainleaf.views import FOOT_LINE, MM_PER_PT, MOST_FOOT_LINES, View

IMPOSITIONS = ("saddle-stitch", "trifold", "cards")
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
    findings = table.done()
    return (None if any(f.severity is Severity.ERROR for f in findings) else layout), findings


def _layout(name: str, folder: Path, table: Table) -> Layout:
    margins = table.table("margins")
    layout = Layout(
        name=name,
        title=table.string("title"),
        page_width_mm=table.number("page-width", None, 50, 1200),
        page_height_mm=table.number("page-height", None, 50, 1200),
        margins_mm=(
            margins.number("top", None, 0, 200),
            margins.number("right", None, 0, 200),
            margins.number("bottom", None, 0, 200),
            margins.number("left", None, 0, 200),
        ),
        body_pt=table.number("body-size", None, 6, 72),
        line_height=table.number("line-height", 1.5, 1, 3),
        least_pt=table.number("least-size", None, 6, 72),
        max_pages=int(table.number("max-pages", 0, 0, 1000)),
        folder=str(folder),
        at=Location(table.file),
        text=table.choice("text", "full", excerpts.TEXTS),
        beside=table.string("beside", ""),
        order=table.choice("reading-order", "alternating", ("alternating", "whole")),
    )
    margins.unknown()
    layout = replace(layout, press=_press(layout, table.table("print")))
    if layout.body_pt < layout.least_pt:
        table.complain("body-size", "the text is smaller than least-size", "make body-size the larger one")
    top, right, bottom, left = layout.margins_mm
    if left + right >= layout.page_width_mm or top + bottom >= layout.page_height_mm:
        table.complain("margins", "the margins leave no room on the page", "all sizes are in millimetres")
    return layout


def _press(layout: Layout, table: Table) -> Press:
    """``[print]``: the paper and how the pages come on it; without it, page by page on both sides of paper as large."""
    press = Press(
        paper=table.string("paper", ""),
        sides=int(table.number("sides", 2, 1, 2)),
        flip="short" if table.choice("flip", "long", ("long", "short")) == "short" else "long",
        impose=table.choice("impose", "", ("", *IMPOSITIONS)),
        sheet_width_mm=table.number("sheet-width", layout.page_width_mm, 50, 1200),
        sheet_height_mm=table.number("sheet-height", layout.page_height_mm, 50, 1200),
    )
    table.unknown()
    return press


# --------------------------------------------------------------------------- style


def stylesheet(layout: Layout, where: Locale, folders: Sequence[Path] = ()) -> str:
    """All CSS of a layout in a locale, the same for every leaflet; fonts are the caller's.

    Pictures that the CSS names (``url(icons/tip.svg)``, relative to the CSS file) become part of it.
    """
    own = Path(layout.folder)
    base = next(at for at in (*folders, own.parent, SHIPPED) if (at / BASE / "base.css").is_file())
    return "\n".join([_head(layout, where), _css(base / BASE / "base.css"), _css(own / "layout.css")])


def _head(layout: Layout, where: Locale) -> str:
    """What follows from layout.toml and the locale."""
    top, right, bottom, left = layout.margins_mm
    least = layout.least_pt * where.size_factor
    feet = "".join(
        f"@page foot-{lines} {{ margin-bottom: {bottom + (lines - 1) * FOOT_LINE * least * MM_PER_PT:.4g}mm }}\n"
        f"body.foot-{lines} {{ page: foot-{lines} }}\n"
        for lines in range(2, MOST_FOOT_LINES + 1)
    )
    counter = locales.counter_style(where)
    return f"""/* {layout.name}, {where.tag}: from layout.toml and the locale */
@page {{
  size: {layout.page_width_mm:g}mm {layout.page_height_mm:g}mm;
  margin: {top:g}mm {right:g}mm {bottom:g}mm {left:g}mm;
}}
{feet}:root {{
  --body: {layout.body_pt * where.size_factor:.4g}pt;
  --least: {least:.4g}pt;
  --line: {layout.line_height * where.line_height_factor:.4g};
  --foot-line: {FOOT_LINE};
}}
html {{ hyphens: {"auto" if where.hyphenate else "manual"} }}
ol {{ list-style-type: {counter} }}
.page-number::before {{ content: counter(page, {counter}) }}
.page-count::before {{ content: counter(pages, {counter}) }}
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


def render(edition: Edition, layout: Layout, clinic: Clinic, words: Words, folders: Sequence[Path] = ()) -> str:
    """The whole leaflet as HTML, ready for ``stylesheet``. Raises ``ValueError`` if a template of the layout fails."""
    environment = _environment((*folders, Path(layout.folder).parent, SHIPPED))
    try:
        template = environment.select_template([f"{layout.name}/layout.html", f"{BASE}/page.html"])
        return template.render(
            leaflet=View(edition, clinic, edition.locale, layout),
            words=words,
            _=words.here,
            gettext=words.here,
            source=words.source,
        )
    except Exception as error:  # a template is input, and may do anything wrong that Python can
        raise ValueError(f"layouts/{layout.name}: {type(error).__name__}: {error}") from error


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
