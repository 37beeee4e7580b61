"""``build/catalogue.json``: what there is, for other programs that offer a patient the right leaflet in their language.

Its shape is ``data/catalogue.schema.json``, a JSON Schema; ``docs/catalogue.md`` says what it means. ``schema`` goes up
when a program that reads it would have to change; new keys may come without that.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from plainleaf.project import Project, site_of
from plainleaf.site.offers import File, Offer
from plainleaf.site.patients import DATA, FOLDER, Page
from plainleaf.site.titles import clinic, country

FILE = "catalogue.json"
SCHEMA = 1
SCHEMA_FILE = DATA / "catalogue.schema.json"


def pages(project: Project, offered: Sequence[Offer], digest_of: Callable[[str], str]) -> Iterator[Page]:
    """The file."""
    yield FILE, partial(catalogue, project, offered, digest_of)


def catalogue(project: Project, offered: Iterable[Offer], digest_of: Callable[[str], str]) -> bytes:
    """The file as JSON, a leaflet in each line. ``digest_of``: the SHA-256 of a file in the output folder, "" if nobody
    knows."""
    leaflets = dict[str, list[Offer]]()
    for offer in offered:
        leaflets.setdefault(offer.slug, []).append(offer)
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "clinic": clinic(project) if project.clinic else "",
        "country": country(project),
        "site": site_of(project.settings, project.clinics, project.clinic_name) or None,
    }
    rows = [
        {
            "leaflet": slug,
            "formerly": list(project.leaflets[slug].meta.formerly),
            "language": project.leaflets[slug].language,
            "editions": [_edition(offer, digest_of) for offer in own],
        }
        for slug, own in leaflets.items()
    ]
    head = json.dumps(content, ensure_ascii=False)[:-1]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return f'{head}, "leaflets": [\n{lines}\n]}}\n'.encode()


def _edition(offer: Offer, digest_of: Callable[[str], str]) -> dict[str, Any]:
    return {
        "language": offer.tongue.tag,
        "direction": offer.tongue.direction,
        "title": offer.title.words,
        "summary": offer.summary.words,
        "written": offer.written.isoformat(),
        "review": offer.review_by.isoformat(),
        "draft": offer.draft,
        "sample": offer.sample,
        "page": offer.screen or None,
        "formats": f"{offer.folder}/formats.html" if offer.is_made else None,
        "list": f"{FOLDER}/{offer.tongue.tag}.html" if offer.is_made else None,
        "picture": offer.picture.path if offer.picture else None,
        "files": [_file(offer, file, digest_of) for file in offer.files],
    }


def _file(offer: Offer, file: File, digest_of: Callable[[str], str]) -> dict[str, Any]:
    return {
        "path": file.path,
        "state": _state(offer, file),
        "since": file.since.isoformat() if file.since else None,
        "format": file.format,
        "media": file.media,
        "layout": file.layout or None,
        "purpose": file.purpose or None,
        "title": file.title,
        "paper": file.paper or None,
        "pages": file.pages or None,
        "beside": file.beside.tag if file.beside else None,
        "press": file.press or None,
        "sha256": (digest_of(file.path) or None) if file.made else None,
    }


def _state(offer: Offer, file: File) -> str:
    """What may be done with a file: only one that is "current" is for patients."""
    if not file.made:
        return "not made"
    if not file.fresh:
        return "out of date"
    return "draft" if offer.draft or file.draft else "sample" if offer.sample else "current"
