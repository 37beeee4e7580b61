"""HTML for screens, one file for each edition with pictures and style in it: what it is made from, and its record."""

from __future__ import annotations

import hashlib
import html
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from plainleaf import files
from plainleaf.files.places import around, shipped
from plainleaf.formats import pages
from plainleaf.formats.base import Format, Limits, Made, Parts, Prepared, Read, Root
from plainleaf.formats.html import judging, seen
from plainleaf.graphics import bitmaps, photos, pictures
from plainleaf.languages.invisible import WORD_JOINER, ZERO_WIDTH_SPACE
from plainleaf.layouts import excerpts
from plainleaf.layouts import templates as layouts
from plainleaf.layouts.content_policy import guarded
from plainleaf.layouts.file import BASE
from plainleaf.layouts.reading_order import reading_order
from plainleaf.model import Edition, Finding, Layout, Location, Severity, digests

LIBRARIES = (
    "babel", "cssselect2", "jinja2", "markupsafe", "phonenumberslite", "pillow", "segno", "tinycss2", "tinyhtml5",
    "webencodings",
)  # fmt: skip
PAGE = f"{BASE}/web.html"
_MEDIA = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
_MOST_BYTES = 50_000_000  # of a picture

# A screen has no size. That of a page serves the templates, which ask how many lines the foot of a page takes.
SCREEN = Layout(BASE, "Screen", 210, 297, (15, 15, 15, 15), 12, 1.5, 9, 0, str(shipped("layouts") / BASE),
                Location("layouts/base/web.html"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """The finished file, and the texts that it must hold in this order, each with its place in the source; ``notices``:
    what readers must see on it, as nobody has checked the text."""

    html: str
    texts: tuple[tuple[str, Location], ...]
    notices: tuple[str, ...] = ()


def prepare(
    project: Root, edition: Edition, second: Edition | None, layout: Layout | None, texts: layouts.Prepared, name: str
) -> Prepared:
    """The whole page. Raises ``TemplateError``."""
    made, found = pages.html(project, edition, None, SCREEN, texts, PAGE, digest=True)
    whole, faults, read = _self_contained(made, project, edition.leaflet.at)
    found = (*found, *faults)
    if not made or faults:
        return Prepared(name, edition.leaflet.at, findings=found)
    said = tuple((each.text, each.at) for each in reading_order(edition, project.clinic))
    page = Page(whole, said, pages.notices_of(project, edition))
    places = tuple(str(at) for _, at in said)
    return Prepared(name, edition.leaflet.at, page, found, about=whole, read=read, places=places)


_TAG = re.compile(r"<[a-z][^<>]*>")
_FOR_CHECKS = re.compile(r' data-(?:at|po|kind|script|pages-over|cut-off|danger|whole|optional)="[^"]*"')
_FOR_PAPER = re.compile(r' style="counter-reset: list-item \d+"')  # browsers count from a list's “start”
_SPOT = re.compile(r'class="spot" style="(left: [\d.]+%; top: [\d.]+%)"')  # a number in a drawing
_STYLE_END = "</style>"
_SOURCE = re.compile(r'(?<= src=")(?!data:)[^"]*(?=")')
_BREAKS = re.compile(  # in addresses (``details.printed_address``)
    f"{ZERO_WIDTH_SPACE}(?=[-._~])|(?<=[-._~]){WORD_JOINER}|(?<=/){ZERO_WIDTH_SPACE}"
)


def _self_contained(page: str, project: Root, at: Location) -> tuple[str, tuple[Finding, ...], Read]:
    """The page with its pictures in it and its content policy, without what only checks and paper need; pictures
    that fail; and those that are in it."""
    roots = around((project.root / "sources", *project.layout_folders))
    faults: dict[Finding, None] = {}
    read: dict[str, str] = {}

    def picture(found: re.Match[str]) -> str:
        name = unquote(html.unescape(found[0]))
        try:
            shown, read[str(project.root / name)] = _data(project.root / name, roots)
            return shown
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            what = f"the picture {name} could not be read: {why}"
            hint = "check the picture's name, and that it opens in a browser"
            faults[Finding("image-failed", Severity.ERROR, what, at, hint)] = None
            return ""

    def bare(tag: re.Match[str]) -> str:
        return _SOURCE.sub(picture, _FOR_PAPER.sub("", _FOR_CHECKS.sub("", tag[0])))

    return guarded(_ruled(_BREAKS.sub("", _TAG.sub(bare, page)))), tuple(faults), tuple(read.items())


def _ruled(page: str) -> str:
    """The page with the places of numbers in drawings in its style sheet, as no element has a style of its own."""
    places = dict.fromkeys(_SPOT.findall(page))
    names = {place: f"spot-{number}" for number, place in enumerate(places, 1)}
    rules = "".join(f".{name} {{ {place} }}\n" for place, name in names.items())
    page = _SPOT.sub(lambda found: f'class="spot {names[found[1]]}"', page)
    return page.replace(_STYLE_END, rules + _STYLE_END, 1)


def _data(path: Path, roots: Sequence[Path]) -> tuple[str, str]:
    """A picture as a ``data:`` address, and the digest of its file. Raises ``OSError``, and ``ValueError`` for one
    that is damaged or harmful."""
    kind = path.resolve().suffix.lower()
    if kind not in _MEDIA:
        raise ValueError("it is not a PNG, JPEG or SVG")
    data = files.Root(*roots).read(path, _MOST_BYTES)
    if wrong := pictures.judged(data, kind):
        raise ValueError(wrong)
    shown = data if kind == ".svg" else photos.clean(bitmaps.plain(data), photos.SCREEN_SIDE)
    return f"data:{_MEDIA[kind]};base64,{b64encode(shown).decode()}", hashlib.sha256(data).hexdigest()


def write(prepared: Prepared, limits: Limits) -> Made:
    """The file, once it is seen to be whole."""
    page: Page = prepared.content
    whole = digests.filled(page.html, prepared.digest)
    if found := (*judging.faults(whole, page.texts, prepared.at), *seen.faults(whole, page.notices, prepared.at)):
        return Made({}, found)
    data = whole.encode()
    return Made({FORMAT.suffix: data}, size=f"{max(1, round(len(data) / 1000))} KB")


def _lacking(edition: Edition) -> str:
    """Why there is no such file of an edition: it may be for small layouts alone."""
    return excerpts.lack(edition.blocks, SCREEN.text)


FORMAT = Format(
    name="html",
    title="HTML for screens",
    suffix=".html",
    media="text/html",
    kind="flowing",
    prepare=prepare,
    write=write,
    wanted=_lacking,
    parts=Parts(LIBRARIES, code=tuple(each.__name__ for each in (judging, seen, digests))),
    template=PAGE,
)
