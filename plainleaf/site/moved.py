"""Pages at addresses that there were once: each leads on to where its content is now."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

from plainleaf import files
from plainleaf.languages import naming
from plainleaf.layouts import templates
from plainleaf.model.tags import locale_name
from plainleaf.project import Project
from plainleaf.provenance import former as records
from plainleaf.site import desk
from plainleaf.site.offers import Offer
from plainleaf.site.patients import FOLDER, Page
from plainleaf.site.titles import link

OLD: Mapping[str, str] = MappingProxyType(
    {
        "status.html": "staff/status/index.html",
        "print-list.html": "staff/print-list/index.html",
        "readability.html": "staff/readability/index.html",
    }
)


def pages(project: Project, offered: Sequence[Offer], taken: Iterable[str], output: Path) -> Iterator[Page]:
    """A page for each old address that nothing else has. ``taken``: the paths of all files there are. An address that
    an earlier version of the tool had is one if something lies there in the ``output`` folder, or did once."""
    there, folders = set(taken), project.layout_folders
    former = {each.path for each in records.known(output)}
    for old, new in (*OLD.items(), *_earlier(offered)):
        if old not in there and (old in former or files.there(output / old)):
            yield old, partial(_page, folders, old, new)
    for old, new in (*_renamed(project, offered), *left_over(offered, output)):
        if old not in there:
            yield old, partial(_page, folders, old, new)


def _earlier(offered: Iterable[Offer]) -> Iterator[tuple[str, str]]:
    """The pages of leaflets where they were before each edition had a folder."""
    for offer in offered:
        if offer.is_made:
            yield f"{offer.slug}/{offer.slug}.{offer.tongue.tag}.html", _now(offer)


def _renamed(project: Project, offered: Iterable[Offer]) -> Iterator[tuple[str, str]]:
    """The pages of leaflets under their former names."""
    for offer in offered:
        tag = offer.tongue.tag
        for name in project.leaflets[offer.slug].meta.formerly if offer.is_made else ():
            yield f"{name}/{name}.{tag}.html", _now(offer)
            yield f"{name}/{tag}/index.html", _now(offer)
            yield f"{name}/{tag}/formats.html", f"{offer.folder}/formats.html"


def _now(offer: Offer) -> str:
    return offer.screen or f"{offer.folder}/formats.html"


def left_over(offered: Iterable[Offer], output: Path) -> Iterator[tuple[str, str]]:
    """What the page of an edition leads to that is made no more, as its translation is gone, but still lies there: the
    list of its language, if that has no other leaflet, and its formats."""
    made = [offer for offer in offered if offer.is_made]
    tongues, known = {offer.tongue.tag for offer in made}, {offer.folder for offer in made}
    place = files.Root(output)
    for leaflet in place.listed(output):
        for folder in place.listed(leaflet) if leaflet.name not in (FOLDER, desk.FOLDER) else ():
            name = f"{leaflet.name}/{folder.name}"
            if name not in known and naming.known(locale_name(folder.name)) and _is_ours(folder / "index.html"):
                yield f"{name}/formats.html", "index.html"
                if folder.name not in tongues:
                    yield f"{FOLDER}/{folder.name}.html", "index.html"


def of_left_over(folders: Sequence[Path], output: Path) -> Iterator[Page]:
    """The pages of ``left_over`` where no edition is made any more."""
    yield from ((old, partial(_page, folders, old, new)) for old, new in left_over((), output))


def _is_ours(page: Path) -> bool:
    """Whether a page is that of an edition: what others keep in the output folder is left alone."""
    try:
        return b'"MedicalWebPage"' in files.Root(page.parent).read(page)
    except OSError:
        return False


def _page(folders: Sequence[Path], old: str, new: str) -> str:
    to = link(posixpath.relpath(new, posixpath.dirname(old) or "."))
    return templates.screen(folders, "moved", to=to)
