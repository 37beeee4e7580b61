"""All catalogs of a root: those in its folders, the layouts' words from the package, and what languages as one country
writes them have from their parents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from plainleaf import files
from plainleaf.files.places import WORDS, folders, po_path, shipped
from plainleaf.languages.cldr import parents
from plainleaf.model import Finding, Leaflet
from plainleaf.translations import layout_words, po, regional, whole
from plainleaf.translations.messages import extract
from plainleaf.translations.po import Catalog

Catalogs = dict[tuple[str, str], Catalog]
"""By the name of a locale and the domain: a leaflet's slug, or ``WORDS``."""


def read(
    root: Path, leaflets: Mapping[str, Leaflet], known: Collection[str], spoken: Collection[str], found: list[Finding]
) -> tuple[Catalogs, frozenset[tuple[str, str]]]:
    """All catalogs in the languages that are ``spoken``, and which of them cannot be read; ``known``: all languages
    that there are."""
    those = [name for name in known if name in spoken]
    kept, broken = _in_folders(root, leaflets, those, found)
    kept |= dict(_shipped_words({leaflet.own_locale for leaflet in leaflets.values()} - set(those), root))
    kept |= dict(_completed(root, leaflets, known, kept, broken))
    return kept, broken


def _in_folders(
    root: Path, leaflets: Mapping[str, Leaflet], known: Collection[str], found: list[Finding]
) -> tuple[Catalogs, frozenset[tuple[str, str]]]:
    """The catalogs by locale and domain, and which of them cannot be read."""
    kept: Catalogs = {}
    broken = set()
    committed = whole.sizes(root)
    for locale in known:
        for domain in (*(slug for slug, leaflet in leaflets.items() if leaflet.meant_for(locale)), WORDS):
            path = po_path(root, locale, domain)
            if not files.there(path) and domain == WORDS:
                path = po_path(shipped("locales").parent, locale, WORDS)
            if files.there(path):
                catalog, findings = po.read(path, root)
                found += findings
                had = whole.size(path), committed.get(catalog.file, 0) if catalog else 0
                cut = catalog and whole.fault(root, locale, leaflets.get(domain), known, catalog, had)
                found += [cut] if cut else []
                if catalog is None or cut:
                    broken.add((locale, domain))
                else:
                    kept[locale, domain] = catalog
    return kept, frozenset(broken)


def _shipped_words(names: Iterable[str], root: Path) -> Iterator[tuple[tuple[str, str], Catalog]]:
    """The layouts' words in languages that leaflets are written in and that have no folder, from the package."""
    for name in names:
        for above in (name, *parents(name)):
            path = po_path(shipped("locales").parent, above, WORDS)
            if files.there(path):
                catalog, _ = po.read(path, root)
                if catalog:
                    yield (above, WORDS), catalog
                break


def _completed(
    root: Path,
    leaflets: Mapping[str, Leaflet],
    known: Collection[str],
    kept: Mapping[tuple[str, str], Catalog],
    broken: Collection[tuple[str, str]],
) -> Iterator[tuple[tuple[str, str], Catalog]]:
    """The catalogs of languages as one country writes them (en_GB), with what they have from their parents."""
    every = dict(kept)
    written: dict[tuple[str, str], Catalog] = {}
    for slug, leaflet in leaflets.items():
        if any(regional.parent(name, (leaflet.own_locale,)) for name in known):
            written[leaflet.own_locale, slug] = regional.as_written(extract(leaflet))
    translated = "en" in known
    known = {*known, *(leaflet.own_locale for leaflet in leaflets.values())}
    if translated or any(regional.parent(name, ("en",)) for name in known):
        words = layout_words.messages(folders(root, "layouts"), root)
        written["en", WORDS] = every["en", WORDS] = regional.as_written(words)
        yield ("en", WORDS), every["en", WORDS]
    for name in sorted(known, key=lambda each: len(parents(each))):
        for domain in (*(slug for slug, leaflet in leaflets.items() if leaflet.meant_for(name)), WORDS):
            above = regional.parent(name, [other for other, slug in (*every, *written) if slug == domain])
            if not above or (name, domain) in broken or (name, domain) in written:
                continue
            own = every.get((name, domain)) or Catalog(po_path(root, name, domain).relative_to(root).as_posix())
            parent = written.get((above, domain)) or every[above, domain]
            every[name, domain] = regional.completed(own, parent)
            yield (name, domain), every[name, domain]
