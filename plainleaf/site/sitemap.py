"""``build/sitemap.xml``: the pages for patients that search engines are to show, so none of a draft or sample; only
where the settings say where they lie on the web, as its addresses are whole ones (sitemaps.org, protocol 0.9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from html import escape

from plainleaf.project import Project, site_of
from plainleaf.site import offers
from plainleaf.site.offers import Offer
from plainleaf.site.patients import FOLDER, Page
from plainleaf.site.titles import link

FILE = "sitemap.xml"
MOST = 50_000  # addresses in a file, as the protocol has it
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
MARK = "<!-- by Plainleaf -->"
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n{MARK}\n'


def pages(project: Project, offered: Sequence[Offer]) -> Iterator[Page]:
    """The file, and those that it lists where one has no room for all; none without an address."""
    base = site_of(project.settings, project.clinics, project.clinic_name)
    if not base:
        return
    listed = tuple(_listed(offered))
    parts = [listed[at : at + MOST] for at in range(0, len(listed), MOST)]
    if len(parts) == 1:
        yield FILE, partial(_part, base, parts[0])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield FILE, partial(_index, base, names)
    for name, part in zip(names, parts, strict=True):
        yield name, partial(_part, base, part)


def _listed(offered: Sequence[Offer]) -> Iterator[tuple[str, date | None]]:
    """Each page below the output folder, and the day of its text."""
    yield "", None
    by_tongue = offers.by_tongue(offered)
    for tongue in by_tongue:
        yield f"{FOLDER}/{tongue.tag}.html", None
    for offer in (each for own in by_tongue.values() for each in own if not each.unchecked):
        if offer.screen:
            yield offer.screen.removesuffix("index.html"), offer.written
        yield f"{offer.folder}/formats.html", offer.written


def _part(base: str, listed: Sequence[tuple[str, date | None]]) -> bytes:
    lines = [
        f"<url><loc>{escape(f'{base}/{link(path)}')}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for path, day in listed
    ]
    return "\n".join((f"{_HEAD}<urlset {_SPACE}>", *lines, "</urlset>\n")).encode()


def _index(base: str, names: Sequence[str]) -> bytes:
    lines = [f"<sitemap><loc>{escape(f'{base}/{name}')}</loc></sitemap>" for name in names]
    return "\n".join((f"{_HEAD}<sitemapindex {_SPACE}>", *lines, "</sitemapindex>\n")).encode()
