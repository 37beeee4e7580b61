"""Pages at addresses that there were once: each leads on to where its content is now."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

from plainleaf.layouts import templates
from plainleaf.project import Project
from plainleaf.site.offers import Offer
from plainleaf.site.patients import Page
from plainleaf.site.titles import link

OLD: Mapping[str, str] = MappingProxyType(
    {
        "status.html": "staff/status/index.html",
        "print-list.html": "staff/print-list/index.html",
        "readability.html": "staff/readability/index.html",
    }
)


def pages(project: Project, offered: Sequence[Offer], taken: Iterable[str]) -> Iterator[Page]:
    """A page for each old address that nothing else has. ``taken``: the paths of all files there are."""
    there, folders = set(taken), project.layout_folders
    for old, new in (*OLD.items(), *_leaflets(project, offered)):
        if old not in there:
            yield old, partial(_page, folders, old, new)


def _leaflets(project: Project, offered: Iterable[Offer]) -> Iterator[tuple[str, str]]:
    """The pages of leaflets: where they were before each edition had a folder, and under former names."""
    for offer in offered:
        if not offer.is_made:
            continue
        tag, formats = offer.tongue.tag, f"{offer.folder}/formats.html"
        new = offer.screen or formats
        for name in (offer.slug, *project.leaflets[offer.slug].meta.formerly):
            yield f"{name}/{name}.{tag}.html", new
            if name != offer.slug:
                yield f"{name}/{tag}/index.html", new
                yield f"{name}/{tag}/formats.html", formats


def _page(folders: Sequence[Path], old: str, new: str) -> str:
    to = link(posixpath.relpath(new, posixpath.dirname(old) or "."))
    return templates.screen(folders, "moved", to=to)
