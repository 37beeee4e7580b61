"""HTML for screens, a folder for each edition with its page and all that this shows: what it is made from, and its
record. Under a name of its own, as that of a copy for one person, it is a single file with all in it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from urllib.parse import unquote

from plainleaf.checks.source import editions as checks
from plainleaf.files.places import shipped
from plainleaf.formats import pages
from plainleaf.formats.base import Format, Limits, Made, Parts, Prepared, Root
from plainleaf.formats.html import about, beside, judging, linking, seen, text, tokens
from plainleaf.formats.html.beside import Beside
from plainleaf.layouts import excerpts, styles, webfonts
from plainleaf.layouts import templates as layouts
from plainleaf.layouts.content_policy import guarded
from plainleaf.layouts.file import BASE
from plainleaf.layouts.ways import ways
from plainleaf.model import Edition, Finding, Layout, Location, Severity, digests
from plainleaf.typesetting.fonts import FontError

LIBRARIES = (
    "babel", "brotli", "cssselect2", "fonttools", "jinja2", "markupsafe", "phonenumberslite", "pillow", "segno",
    "tinycss2", "tinyhtml5", "webencodings",
)  # fmt: skip
PAGE = f"{BASE}/web.html"
INDEX = "index.html"

# A screen has no size. That of a page serves the templates, which ask how many lines the foot of a page takes.
SCREEN = Layout(BASE, "Screen", 210, 297, (15, 15, 15, 15), 12, 1.5, 9, 0, str(shipped("layouts") / BASE),
                Location("layouts/base/web.html"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """The finished page, and the texts that it must hold in this order, each with its place in the source; ``notices``:
    what readers must see on it, as nobody has checked the text. ``beside``: the files that it shows; ``whole``: those
    are to be in it."""

    html: str
    texts: tuple[tuple[str, Location], ...]
    notices: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()
    whole: bool = True


def prepare(
    project: Root, edition: Edition, second: Edition | None, layout: Layout | None, texts: layouts.Prepared, name: str
) -> Prepared:
    """The whole page. Raises ``TemplateError``."""
    return _prepared(project, edition, texts, name, _FOR_CHECKS)


def placed(project: Root, edition: Edition, texts: layouts.Prepared, name: str) -> Prepared:
    """The same with the places of its texts left in it (``data-at``, ``data-po``), for who looks at it while it is
    written. Raises ``TemplateError``."""
    return _prepared(project, edition, texts, name, _BUT_PLACES)


def _prepared(
    project: Root, edition: Edition, texts: layouts.Prepared, name: str, unwanted: re.Pattern[str]
) -> Prepared:
    """The whole page without attributes that are ``unwanted``."""
    assert project.clinic
    alone = not name.endswith(f"/{INDEX}")
    links = None if alone else project.links.get((edition.slug, edition.locale.name))
    near = ways(edition, links, INDEX, project.locales, project.site) if links else None
    made, found = pages.html(project, edition, None, SCREEN, texts, PAGE, digest=True, ways=near)
    bare, shown, faults = _with_files(made, project, edition.leaflet.at, unwanted)
    found = (*found, *faults)
    if not made or faults:
        return Prepared(name, edition.leaflet.at, findings=found)
    reader = linking.Reader(edition.locale, *pages.way_back(project, edition.locale))
    bare = text.to_fill_in(linking.linked(text.untied(bare), project.clinic, [reader]))
    try:
        faces = webfonts.typeset(_LETTERS.sub(" ", bare), edition, None, project.locales, "./")
    except FontError as error:  # readers have fonts of their own
        faces = webfonts.WebFonts(f"html {{ font-family: {webfonts.LAST} }}\n", ())
        found = (*found, replace(checks.font_failed(error, edition.locale), severity=Severity.WARNING))
    bare = about.described(bare, edition, project.clinic, links, project.locales, project.site)
    fonts = faces.css.replace("; src:", "; font-display: swap; src:")
    bare = bare.replace(_STYLE_END, fonts + _STYLE_END, 1)
    shared = f"{_STYLE}\n{styles.of_screens(project.layout_folders)}\n{_STYLE_END}\n"  # alone: it is judged once
    bare = bare.replace(_STYLE, shared + _STYLE, 1)
    shown = (*shown, *map(beside.font, faces.files))
    said = tuple((each.text, each.at) for each in texts.said(edition, SCREEN.text, project.clinic))
    page = Page(bare, said, pages.notices_of(project, edition), shown, alone)
    places = tuple(str(at) for _, at in said)
    read = tuple((each.path, each.sha256) for each in shown if each.counts)
    return Prepared(name, edition.leaflet.at, page, found, about=repr((bare, page.whole)), read=read, places=places)


_LETTERS = re.compile(
    r"<style>.*?</style>|<nav class=\"switch\".*?</nav>", re.DOTALL
)  # not set in the page's own fonts
_TAG = re.compile(r"<[a-z][^<>]*>")
_FOR_CHECKS = re.compile(r' data-(?:at|po|kind|script|pages-over|cut-off|danger|whole|optional)="[^"]*"')
_BUT_PLACES = re.compile(r' data-(?:kind|script|pages-over|cut-off|danger|whole|optional)="[^"]*"')
_FOR_PAPER = re.compile(r' style="counter-reset: list-item \d+"')  # browsers count from a list's “start”
_SPOT = re.compile(r'class="spot" style="(left: [\d.]+%; top: [\d.]+%)"')  # a number in a drawing
_STYLE, _STYLE_END = "<style>", "</style>"
_SOURCE = re.compile(r'(?<= src=")(?!data:)[^"]*(?=")')


def _with_files(
    page: str, project: Root, at: Location, unwanted: re.Pattern[str]
) -> tuple[str, tuple[Beside, ...], tuple[Finding, ...]]:
    """The page without what only checks and paper need; the pictures that it names, and what is wrong with those."""
    faults: dict[Finding, None] = {}
    shown: dict[str, Beside] = {}

    def picture(found: re.Match[str]) -> str:
        name = unquote(html.unescape(found[0]))
        try:
            shown[name] = beside.picture(project.root / name, (project.root / "sources", *project.layout_folders))
            return shown[name].name
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            what = f"the picture {name} could not be read: {why}"
            hint = "check the picture's name, and that it opens in a browser"
            faults[Finding("image-failed", Severity.ERROR, what, at, hint)] = None
            return ""

    def bare(tag: re.Match[str]) -> str:
        return _SOURCE.sub(picture, _FOR_PAPER.sub("", unwanted.sub("", tag[0])))

    return _ruled(_TAG.sub(bare, page)), tuple(dict.fromkeys(shown.values())), tuple(faults)


def _ruled(page: str) -> str:
    """The page with the places of numbers in drawings in its style sheet, as no element has a style of its own."""
    places = dict.fromkeys(_SPOT.findall(page))
    names = {place: f"spot-{number}" for number, place in enumerate(places, 1)}
    rules = "".join(f".{name} {{ {place} }}\n" for place, name in names.items())
    page = _SPOT.sub(lambda found: f'class="spot {names[found[1]]}"', page)
    return page.replace(_STYLE_END, rules + _STYLE_END, 1)


def write(prepared: Prepared, limits: Limits) -> Made:
    """The page, once it is seen to be whole, with its files beside it or in it."""
    page: Page = prepared.content
    whole = digests.filled(page.html, prepared.digest)
    read = tokens.read(whole)
    if found := (*judging.faults(read, page.texts, prepared.at), *seen.faults(read, page.notices, prepared.at)):
        return Made({}, found)
    try:
        files = {each.name: beside.content(each) for each in page.beside}
    except (OSError, ValueError) as error:
        why = str((isinstance(error, OSError) and error.strerror) or error)
        hint = "publish again; if this happens again, check that the picture opens in a browser"
        return Made({}, (Finding("image-failed", Severity.ERROR, why, prepared.at, hint),))
    if page.whole:
        whole, files = beside.inside(whole, files), {}
    data = guarded(whole, own_files=bool(files)).encode()
    size = f"{max(1, round(sum(map(len, (data, *files.values()))) / 1000))} KB"
    return Made({FORMAT.suffix if page.whole else INDEX: data, **files}, size=size)


def reads(prepared: Prepared) -> tuple[str, ...]:
    """The fonts that were cut for it."""
    page: Page = prepared.content
    return tuple(each.path for each in page.beside if not each.counts)


def _lacking(edition: Edition) -> str:
    """Why there is no such file of an edition: it may be for small layouts alone."""
    return excerpts.lack(edition.blocks, SCREEN.text)


FORMAT = Format(
    name="html",
    title="HTML for screens",
    suffix=".html",
    index=INDEX,
    media="text/html",
    kind="flowing",
    prepare=prepare,
    write=write,
    wanted=_lacking,
    reads=reads,
    parts=Parts(LIBRARIES, code=tuple(each.__name__ for each in (beside, judging, seen, tokens, digests))),
    template=PAGE,
)
