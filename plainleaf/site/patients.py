"""The pages that patients see: choose your language, the leaflets in it, and all ways to read each of them.

Nothing of them needs a server or a script; with one there is a search, which works from a folder too. A page is made
anew only when what it shows has changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from plainleaf import files
from plainleaf.files import shelf
from plainleaf.files.places import shipped
from plainleaf.languages import collation, facts
from plainleaf.layouts import templates
from plainleaf.layouts.file import BASE
from plainleaf.layouts.purposes import PURPOSES
from plainleaf.model import Locale
from plainleaf.project import Project
from plainleaf.site import offers
from plainleaf.site.offers import Offer, Picture, Text, Tongue
from plainleaf.site.titles import clinic, link
from plainleaf.site.words import Words
from plainleaf.typesetting import locales

Page = tuple[str, Callable[[], str | bytes]]
"""Where a page is, below the output folder, and what makes it, which may raise ``TemplateError``."""

FOLDER = "languages"
DATA = Path(__file__).parent / "data"
SCRIPTS: Mapping[str, Path] = {"search.js": DATA / "search.js", "minisearch.js": DATA / "minisearch" / "minisearch.js"}
_KINDS: Mapping[str, str] = {
    "application/pdf": "PDF",
    "application/epub+zip": "EPUB",
    "text/html": "",
    "text/x-brf": "BRF",
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A leaflet in the list of a language. ``formats``, ``papers``: places in the lists of filters, with spaces
    between; ``href``: where its title leads, below the output folder; ``is_renewed``: nothing of it may be handed out
    today."""

    slug: str
    folder: str
    href: str
    title: Text
    summary: Text
    formats: str
    papers: str
    is_renewed: bool
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class _Group:
    """Leaflets of which the same has to be said, such as that they are drafts."""

    notices: tuple[str, ...]
    entries: tuple[_Entry, ...]


def pages(project: Project, offered: Sequence[Offer]) -> Iterator[Page]:
    """All pages for patients, and what they load."""
    by_tongue = offers.by_tongue(offered)
    there = tuple(sorted(by_tongue, key=_by_name))
    yield "index.html", partial(index, project, there)
    for tongue in there:
        own = by_tongue[tongue]
        yield f"{FOLDER}/{tongue.tag}.html", partial(language, project, tongue, own)
        yield f"{FOLDER}/{tongue.tag}.js", partial(found_by, own)
    known = dict[str, list[Tongue]]()
    for tongue in there:
        for offer in by_tongue[tongue]:
            known.setdefault(offer.slug, []).append(tongue)
    for offer in (each for tongue in there for each in by_tongue[tongue]):
        others = tuple(each for each in known[offer.slug] if each != offer.tongue)
        yield f"{offer.folder}/formats.html", partial(formats, project, offer, others)
    yield f"{FOLDER}/site.css", partial(_style, project)
    for name, path in SCRIPTS.items():
        yield f"{FOLDER}/{name}", partial(files.ANYWHERE.read, path)


def _by_name(tongue: Tongue) -> tuple[object, ...]:
    """Scripts one after the other, the names in each in the order of their letters."""
    return (tongue.script != "Latn", *collation.key(tongue.own_name, facts.english()))


def index(project: Project, tongues: Sequence[Tongue]) -> str:
    """``index.html``, in the language that most of the leaflets were written in."""
    written = [leaflet.own_locale for leaflet in project.leaflets.values()]
    where = _locale(project, max(sorted(set(written)), key=written.count, default="en"))
    values = {"clinic": clinic(project), "tongues": tongues}
    return _screen(project, "site-index", where, "", values)


def language(project: Project, tongue: Tongue, own: Sequence[Offer]) -> str:
    """``languages/<tag>.html``."""
    where = _locale(project, tongue.locale)
    data = facts.of(where)
    ordered = sorted(own, key=lambda offer: (collation.key(offer.title.words, data), offer.slug))
    purposes = [name for name in PURPOSES if any(name == file.purpose for offer in own for file in offer.current)]
    at_home = {file.paper: file.at_home for offer in own for file in offer.current if file.paper}
    papers = sorted(at_home, key=lambda paper: (not at_home[paper], paper))
    groups = dict[tuple[str, ...], list[_Entry]]()
    for offer in ordered:
        groups.setdefault(offer.notices, []).append(_entry(offer, purposes, papers))
    ready = tuple(_Group(notices, tuple(groups[notices])) for notices in sorted(groups, key=len))
    words = [PURPOSES[name] for name in purposes]
    values = {"clinic": clinic(project), "groups": ready, "purposes": words, "papers": papers}
    return _screen(project, "site-language", where, "../", values)


def _entry(offer: Offer, purposes: Sequence[str], papers: Sequence[str]) -> _Entry:
    current = offer.current
    return _Entry(
        offer.slug,
        offer.folder,
        offer.screen or f"{offer.folder}/formats.html",
        offer.title,
        offer.summary,
        _places(purposes, (file.purpose for file in current)),
        _places(papers, (file.paper for file in current)),
        not current,
        offer.picture,
    )


def _places(known: Sequence[str], there: Iterable[str]) -> str:
    named = set(there)
    return " ".join(str(place) for place, name in enumerate(known) if name in named)


def found_by(own: Sequence[Offer]) -> bytes:
    """``languages/<tag>.js``: what leaflets are found by beside what the page shows, by their names."""
    words = json.dumps({offer.slug: offer.more for offer in own}, ensure_ascii=False, separators=(",", ":"))
    return f"window.plainleafWords = {words};\n".encode()


def formats(project: Project, offer: Offer, others: Sequence[Tongue]) -> str:
    """``<leaflet>/<tag>/formats.html``."""
    shown = tuple(file for file in offer.files if file.made)
    values = {
        "offer": offer,
        "ways": tuple(offers.grouped(shown)),
        "others": others,
        "purposes": PURPOSES,
        "kinds": {file.media: _KINDS.get(file.media, "") for file in shown},
    }
    return _screen(project, "site-formats", _locale(project, offer.tongue.locale), "../../", values)


def _screen(project: Project, name: str, where: Locale, up: str, values: Mapping[str, object]) -> str:
    """A page, from memory if all that it shows is as it was. ``up``: the way to the output folder."""
    words = Words(project.words(where.name), where)
    shown = (name, up, offers.tongue(where), sorted(values.items()))
    about = {**values, "say": words, "tongue": offers.tongue(where), "up": up, "link": link}

    def make() -> str:
        return templates.screen(project.layout_folders, name, **about)

    offer = values.get("offer")
    what = f"{name} {offer.slug if isinstance(offer, Offer) else ''} {where.name}"
    return shelf.kept(what, shown, make)


def _locale(project: Project, name: str) -> Locale:
    return project.locales.get(name) or locales.locale(name)


def _style(project: Project) -> bytes:
    """The style sheet: the root's own before the one that comes with the tool."""
    there = (folder / BASE / "site.css" for folder in (*project.layout_folders, shipped("layouts")))
    found = next(path for path in there if files.there(path))
    return files.Root(project.root).read(found)
