"""The ways from a page for screens to what lies beside it in the output folder, as its template sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from plainleaf.model import Edition, Locale
from plainleaf.model.links import Links
from plainleaf.typesetting import locales

_UP = "../../"  # from <leaflet>/<language>/ to the output folder


@dataclass(frozen=True, slots=True)
class Other:
    """The same leaflet in another language: that one's own name, its BCP 47 tag and direction, the page."""

    name: str
    tag: str
    direction: str
    href: str


@dataclass(frozen=True, slots=True)
class Ways:
    """``others``: the leaflet's other languages; ``formats``: all ways to read it; ``all``: all leaflets in the
    language; ``paper``: the PDF to print, "" for none, and ``paper_named``: how people find it who hold the page on
    paper."""

    others: tuple[Other, ...]
    formats: str
    all: str
    paper: str
    paper_named: str


def ways(edition: Edition, links: Links, index: str, known: Mapping[str, Locale], site: str) -> Ways:
    """From the page of an edition in its own folder. ``known``: languages by name as the content sets them; ``site``:
    where the output folder lies on the web, "" for nowhere."""
    names = (name for name in links.locales if name != edition.locale.name)
    others = (known.get(name) or locales.locale(name) for name in names)
    paper = quote(links.paper)
    named = f"{site}/{paper}" if site else links.paper.rpartition("/")[2]
    return Ways(
        tuple(Other(each.own_name, each.tag, each.direction, f"../{each.tag}/{index}") for each in others),
        "formats.html",
        f"{_UP}languages/{edition.locale.tag}.html",
        f"{_UP}{paper}" if paper else "",
        named,
    )
