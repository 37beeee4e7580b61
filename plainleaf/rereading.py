"""A project as it is after some of its leaflets' own files have changed: only these are read again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from plainleaf.files import there
from plainleaf.files.places import po_path
from plainleaf.project import Only, Project, load, read_leaflet
from plainleaf.terms import glossary
from plainleaf.translations import po, regional, whole


def again(project: Project, paths: Collection[str]) -> Project:
    """The project with these files, sources and catalogs of its leaflets, as they are now: paths from the root.

    What is found on other files because of these, as where two leaflets differ, is as it was: a whole ``load`` tells.
    """
    for slug in list(project.leaflets):
        if f"sources/{slug}.md" in paths:
            project = _with_source(project, slug)
    for locale in project.locales:
        for slug in project.leaflets:
            if po_path(Path(), locale, slug).as_posix() in paths:
                project = _with_catalog(project, locale, slug)
    return project


def is_short(project: Project, slug: str) -> bool:
    """Whether a leaflet's catalogs say only what differs from those of a parent, so that a whole ``load`` is needed."""
    own = project.leaflets[slug].own_locale if slug in project.leaflets else ""
    return any(regional.parent(name, {*project.locales, own}) for (name, domain) in project.catalogs if domain == slug)


def _with_source(project: Project, slug: str) -> Project:
    path = project.root / "sources" / f"{slug}.md"
    leaflet, found = read_leaflet(project.root, path)
    own = path.relative_to(project.root).as_posix()
    findings = (*(each for each in project.findings if each.at.file != own), *found)
    if leaflet is None:
        return replace(project, findings=findings)
    return _with_terms(replace(project, leaflets={**project.leaflets, slug: leaflet}, findings=findings))


def _with_catalog(project: Project, locale: str, slug: str) -> Project:
    path = po_path(project.root, locale, slug)
    own = path.relative_to(project.root).as_posix()
    if not there(path):
        return load(project.root, project.clinic_name, Only((slug,), (locale,)))
    catalog, found = po.read(path, project.root)
    had = whole.size(path), whole.sizes(project.root, own).get(own, 0)
    leaflet, before = project.leaflets[slug], project.catalogs.get((locale, slug))
    cut = catalog and whole.fault(project.root, locale, leaflet, project.locales, catalog, had)
    if catalog and before and not had[1]:
        cut = whole.shortened(project.root, leaflet, before, catalog)
    catalog, found = (None, (cut,)) if cut else (catalog, found)
    findings = (*(each for each in project.findings if each.at.file != own), *found)
    if catalog is None:
        return replace(project, findings=findings, broken=project.broken | {(locale, slug)})
    known = {**project.catalogs, (locale, slug): catalog}
    return _with_terms(
        replace(project, catalogs=known, findings=findings, broken=project.broken - {(locale, slug)}), (locale,)
    )


def _with_terms(project: Project, locales: Collection[str] = ()) -> Project:
    pools = {
        name: glossary.pool(project.leaflets.values(), project.catalogs, name, project.lists.get(name, {}))
        for name in locales or project.terms
    }
    return replace(project, terms={**project.terms, **pools})
