"""The page ``build/staff/index.html``: which leaflet, the first of the desk's three clicks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from plainleaf.layouts import templates
from plainleaf.project import Project
from plainleaf.site import offers
from plainleaf.site.offers import Offer
from plainleaf.site.patients import Page
from plainleaf.site.print_list import Group, titles_of
from plainleaf.site.titles import clinic, country, link, long_day
from plainleaf.site.words import Words
from plainleaf.typesetting import locales

FOLDER = "staff"
MOST = 300  # characters of what a leaflet is found by


def pages(project: Project, found: Sequence[Group], offered: Sequence[Offer], today: date) -> Iterator[Page]:
    """The page, and what leaflets are found by on it: their titles in all languages."""
    yield f"{FOLDER}/index.html", partial(page, project, found, today)
    yield f"{FOLDER}/found-by.js", partial(found_by, offered)


def page(project: Project, found: Sequence[Group], today: date) -> str:
    """The page as HTML. Raises ``TemplateError``."""
    english = locales.locale("en")
    return templates.screen(
        project.layout_folders,
        "desk",
        say=Words(None, english),
        tongue=offers.tongue(english),
        up="../",
        link=link,
        clinic=clinic(project),
        day=long_day(today, country(project)),
        leaflets=titles_of(group.edition for group in found),
    )


def found_by(offered: Sequence[Offer]) -> bytes:
    """The titles of each leaflet, by its name."""
    titles = dict[str, list[str]]()
    for offer in offered:
        titles.setdefault(offer.slug, []).append(offer.title.words)
    words = {slug: " | ".join(dict.fromkeys(own))[:MOST] for slug, own in titles.items()}
    return f"window.plainleafWords = {json.dumps(words, ensure_ascii=False, separators=(',', ':'))};\n".encode()
