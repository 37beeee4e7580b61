"""Edition -> HTML, in one of the layouts below ``layouts/``.

A layout is a folder: ``layout.toml`` (page and type sizes), ``layout.css``, and ``layout.html`` if it changes parts of
the page. What all share is in ``base/``. Templates see prepared values (``context``); each word there is a message.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Protocol
from urllib.parse import unquote

from jinja2 import (
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2.sandbox import SandboxedEnvironment

from plainleaf import files
from plainleaf.files import places
from plainleaf.files.places import shipped, shown
from plainleaf.graphics import pictures
from plainleaf.graphics.pictures import Told
from plainleaf.languages import facts
from plainleaf.layouts import citing, markup, sandbox, styles, untranslated
from plainleaf.layouts.content_policy import guarded
from plainleaf.layouts.context import View
from plainleaf.layouts.file import BASE
from plainleaf.layouts.pieces import Pieces
from plainleaf.layouts.reading_order import Said, reading_order
from plainleaf.layouts.signs import paged
from plainleaf.layouts.ways import Ways
from plainleaf.model import USUAL_PROFILE, Clinic, Edition, Finding, Layout, Locale, Location, Rules, Scheme, Severity
from plainleaf.model.phrases import nearest
from plainleaf.typesetting import locales, typography

PAGE = "layout.html"
MEND = "fix the template: it may use what base/page.html uses"


class TemplateError(ValueError):
    """A template that failed: ``file`` and ``line`` are where, ``None`` and 0 if that cannot be told; or that was
    ``refused``.

    ``folder``: that of the layout whose page was made, ``None`` for pages for screens.
    """

    def __init__(
        self,
        what: str,
        file: Path | None = None,
        line: int = 0,
        folder: Path | None = None,
        refused: files.RefusedError | None = None,
    ) -> None:
        super().__init__(what)
        self.file, self.line, self.folder, self.refused = file, line, folder, refused

    def finding(
        self, root: Path, fallback: Location, printing: Location | None = None, others: Sequence[str] = ()
    ) -> Finding:
        """As a finding; ``fallback``: where to look if the template's own place cannot be told.

        A failure of a layout that comes with the tool is a fault of the tool. It is told at the leaflet that was to be
        printed (``printing``), with the names of ``others`` that print it.
        """
        if self.refused:
            return files.finding(self.refused, root)
        at = Location(shown(self.file, root), self.line) if self.file else fallback
        if not all(places.is_ours(path, root) for path in (self.file, self.folder) if path):
            return Finding("layout-template", Severity.ERROR, str(self), at, MEND)
        return Finding("layout-template", Severity.ERROR, f"{self} ({at})", printing or at, fault_of_ours(others))


def fault_of_ours(others: Sequence[str] = ()) -> str:
    """What to do about a layout of ours that fails; ``others`` are those that work."""
    hint = "this is a fault in Plainleaf, not in your files: please report it, with this message"
    return hint + (f"; until it is fixed, use another layout: {', '.join(others)}" if others else "")


class Words(Protocol):
    """The layouts' own words, bound to one edition's locale."""

    def here(self, msgid: str) -> str:
        """The words in the locale; in English where they have no translation."""

    def source(self, msgid: str) -> str:
        """The words in the language of the source, for the staff; in English where they have no translation."""

    def source_tag(self, msgid: str) -> str:
        """The language (BCP 47) of these."""


def rules(layout: Layout, where: Locale, beside: Locale | None = None, foreign: Sequence[Locale] = ()) -> Rules:
    """What pages of this layout are held to in a locale; a second language that has own pages has as many. ``foreign``:
    the languages of single words and passages on them."""
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
        others=tuple((other.script, other.size_factor) for other in (*foreign, *([beside] if beside else []))),
        least_line=layout.least_line,
        own=facts.part(where.own, "no-break", "between"),
        first_danger=layout.first_danger,
        pages_to_act=layout.pages_to_act,
        fine_pt=layout.fine_pt,
        least_body_pt=layout.least_body_pt,
        own_pages=bool(beside) and layout.beside_pages == "own",
        grey=layout.grey,
        profile=layout.profile or USUAL_PROFILE,
        together=(usual := scheme(layout)) is not None and usual.kind != "saddle-stitch",
    )


def scheme(layout: Layout, languages: int = 1) -> Scheme | None:
    """How the pages are imposed; two cards in two languages stay together and are folded, so that none is lost.

    Cards have room for marks around them; other sheets, which their pages fill, are larger where a look asks for marks.
    """
    usual = layout.press.scheme if layout.press else None
    if usual is None or usual.kind != "cards":
        return replace(usual, around_mm=layout.around_mm) if usual else None
    return replace(usual, folded=usual.columns == languages == 2 and layout.beside_pages == "own")


# --------------------------------------------------------------------------- templates


class Prepared:
    """Texts made ready to print, kept for the next layout of the same editions.

    ``told``: what pictures say of themselves, by their path from the root; ``styles``: the style sheets by their paths.
    """

    def __init__(self) -> None:
        self.told: dict[str, Told] = {}
        self.styles: dict[Path, styles.Piece] = {}
        self._said: dict[tuple[object, ...], tuple[object, tuple[Said, ...]]] = {}
        self._pieces: dict[tuple[object, ...], tuple[Edition, Pieces]] = {}

    def pieces(self, edition: Edition, layout: Layout, first: bool = True) -> Pieces:
        """The pieces of an edition that have been made so far for layouts like this one, with as much room for a line;
        ``first``: for the first language of a page, whose blocks have ids."""
        sizes = (layout.page_width_mm, layout.page_height_mm, layout.margins_mm, layout.body_pt, layout.line_height)
        columns = (layout.text_columns, layout.beside, layout.beside_pages)
        key = (id(edition), first, paged(layout), layout.first_danger, *columns, *sizes)
        return self._pieces.setdefault(key, (edition, {}))[1]

    def said(self, edition: Edition, text: str, clinic: Clinic | None, beside: str = "") -> tuple[Said, ...]:
        """The texts of an edition (``reading_order``) for layouts with the same ``text``."""
        key = id(edition), id(clinic), text, beside
        if key not in self._said:
            self._said[key] = (edition, clinic), tuple(reading_order(edition, clinic, text, beside))
        return self._said[key][1]


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
    told: Mapping[str, Told] = MappingProxyType({}),
    prepared: Prepared | None = None,
    page: str = "",
    ways: Ways | None = None,
) -> str:
    """The whole leaflet as HTML, for the sheet of ``styles``. Raises ``TemplateError`` if a template fails.

    ``beside``: the same leaflet in the language that the layout sets beside it, with the layouts' words in it.
    ``told``: what pictures say of themselves, by their paths from the root.
    ``page``: another template than the layout's ("base/web.html"); ``ways``: from it to what lies beside it.
    ``prepared``: what other layouts of the same editions, for the same clinic, have made ready.
    """
    prepared = prepared or Prepared()
    environment = _environment_of(layout, folders)
    try:
        template = environment.select_template([page] if page else _candidates(layout))
        pieces, tag, said = prepared.pieces(edition, layout), beside[0].locale.tag if beside else "", words.here
        first = View(edition, clinic, edition.locale, layout, told, pieces, True, tag, said, ways)
        values = _values(first, words)
        if beside:
            other, tag, said = beside[0], edition.locale.tag, beside[1].here
            pieces = prepared.pieces(other, layout, first=False)
            order = first.words_in_order if layout.beside_pages == "shared" else ()
            second = View(other, clinic, other.locale, layout, told, pieces, False, tag, said, order=order)
            values["beside"] = _Side(second, _values(second, beside[1]), environment)
        return untranslated.shown(citing.unlisted(markup.levelled(template.render(values))))
    except Exception as error:  # a template is input, and may do anything wrong that Python can
        raise _template_error(f"layouts/{layout.name}", error, Path(layout.folder)) from error


def _template_error(name: str, error: Exception, folder: Path | None = None) -> TemplateError:
    """Why a template failed, and where: the innermost template that was at work."""
    if isinstance(error, files.RefusedError):
        return TemplateError(f"{name}: {error.strerror}", refused=error)
    why = error.message if isinstance(error, TemplateSyntaxError) else error  # without its lines, as text
    what = f"{name}: {_KINDS.get(type(error), type(error).__name__)}: {why}"
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return TemplateError(what, Path(error.filename), error.lineno, folder)
    file, line, step = None, 0, error.__traceback__
    while step:
        if step.tb_frame.f_code.co_filename.endswith(".html"):
            file, line = Path(step.tb_frame.f_code.co_filename), step.tb_lineno
        step = step.tb_next
    return TemplateError(what, file, line, folder)


_KINDS: Mapping[type[Exception], str] = {
    TemplateSyntaxError: "the template could not be read",
    UndefinedError: "the template uses a name that does not exist",
    TemplateNotFound: "there is no template of this name",
}


def _candidates(layout: Layout) -> list[str]:
    """The templates that a layout's page may be, the first one that is there."""
    return [*(f"{name}/{PAGE}" for name in (layout.name, layout.like) if name), f"{BASE}/page.html"]


def kin(layout: Layout, folders: Sequence[Path]) -> tuple[str, ...]:
    """What layouts that make the same HTML have in common; sizes and colours are none of it."""
    environment = _environment_of(layout, folders)
    template = next(name for name in _candidates(layout) if _parsed(environment, name))
    return (
        template,
        layout.text,
        layout.contents,
        layout.order,
        layout.beside,
        layout.beside_pages,
        str(paged(layout)),
    )


def _environment_of(layout: Layout, folders: Sequence[Path]) -> SandboxedEnvironment:
    return sandbox.environment((*folders, Path(layout.folder).parent, shipped("layouts")))


def faults(layout: Layout, folders: Sequence[Path], root: Path) -> tuple[Finding, ...]:
    """What is wrong in a layout's template before it is used: what cannot be read, and blocks that replace nothing."""
    environment = _environment_of(layout, folders)
    try:
        name = next(name for name in _candidates(layout) if _parsed(environment, name))
        tree = _parsed(environment, name)
        known = _blocks(environment, tree) if tree else set()
    except Exception as error:  # as in ``render``
        return (_template_error(f"layouts/{layout.name}", error, Path(layout.folder)).finding(root, layout.at),)
    if tree is None or not known:
        return ()
    source, place, _ = environment.loader.get_source(environment, name)  # type: ignore[union-attr]
    file = Path(place or layout.folder)
    unknown = tuple(
        Finding(
            "layout-template",
            Severity.ERROR,
            f"the page has no block “{block.name}”: it would not be printed{nearest(block.name, sorted(known))}",
            Location(shown(file, root), block.lineno),
            f"blocks of the page: {', '.join(sorted(known))}",
        )
        for block in _outermost(tree)
        if block.name not in known
    )
    return (*unknown, *_pictures(file, source, root))


_PICTURE = re.compile(r"""(?:\b(?:src|href)\s*=\s*["']|url\(\s*["']?)([^"'{}()]+\.(?:svg|png))\b""", re.IGNORECASE)


def _pictures(template: Path, source: str, root: Path) -> Iterator[Finding]:
    """Pictures that a template names, from the root, and that cannot be printed."""
    for number, line in enumerate(source.splitlines(), 1):
        for found in _PICTURE.finditer(line):
            picture = root / unquote(html.unescape(found[1]))
            if files.there(picture) and (wrong := pictures.fault(picture, root)):
                hint = "save the picture again as plain SVG or PNG"
                at = Location(shown(template, root), number)
                yield Finding("layout-template", Severity.ERROR, f"the picture {found[1]}: {wrong}", at, hint)


def _parsed(environment: SandboxedEnvironment, name: str) -> nodes.Template | None:
    """A template's syntax tree; ``None`` if there is no such template."""
    try:
        source, file, _ = environment.loader.get_source(environment, name)  # type: ignore[union-attr]
    except TemplateNotFound:
        return None
    try:
        return _tree(source, name)
    except TemplateSyntaxError as error:
        error.filename = file
        raise


@lru_cache(maxsize=64)
def _tree(source: str, name: str) -> nodes.Template:
    """Any environment of ours reads a text alike: each template is parsed once for all root folders."""
    return sandbox.environment(()).parse(source, name)


@lru_cache(maxsize=64)
def _names(tree: nodes.Template) -> frozenset[str]:
    return frozenset(block.name for block in tree.find_all(nodes.Block))


def _blocks(environment: SandboxedEnvironment, tree: nodes.Template) -> Set[str]:
    """The blocks that a template may replace: those of the one that it extends, and so on."""
    parent = tree.find(nodes.Extends)
    if parent is None or not isinstance(parent.template, nodes.Const):
        return set()
    above = _parsed(environment, parent.template.value)
    return _names(above) | _blocks(environment, above) if above else set()


@lru_cache(maxsize=64)
def _outermost(tree: nodes.Template) -> tuple[nodes.Block, ...]:
    """Blocks that stand in no other one: those inside a block that is printed are printed with it."""

    def below(node: nodes.Node) -> Iterator[nodes.Block]:
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Block):
                yield child
            else:
                yield from below(child)

    return tuple(below(tree))


def _english(msgid: str) -> str:
    """The words as they are printed where nobody has translated them."""
    return typography.words(msgid, locales.locale("en"))


def _values(view: View, words: Words) -> dict[str, object]:
    return {
        "leaflet": view,
        "words": words,
        "_": words.here,
        "gettext": words.here,
        "source": words.source,
        "source_tag": words.source_tag,
        "english": _english,
    }


def screen(folders: Sequence[Path], name: str, **values: object) -> str:
    """A page for screens, ``base/<name>.html``, with its content policy. Raises ``TemplateError`` if the template
    fails."""
    try:
        return guarded(
            sandbox.environment(tuple(folders), staff=True).get_template(f"{BASE}/{name}.html").render(values)
        )
    except Exception as error:
        raise _template_error(f"layouts/{BASE}/{name}.html", error) from error
