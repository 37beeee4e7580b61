"""What the head of a page for screens tells programs: other services and search engines, and cards of messages.

Schema.org MedicalWebPage in JSON-LD 1.1 (a data block, which no policy of content runs or blocks: HTML, 4.12.1); Open
Graph; RFC 5646 tags in ``hreflang``. A draft, or a sample that no clinician has signed, asks not to be found.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from typing import Any

from plainleaf.clinics.details import fill
from plainleaf.clinics.phones import phone
from plainleaf.languages import cldr
from plainleaf.model import Block, Clinic, Edition, Locale, plain
from plainleaf.model.links import Links
from plainleaf.typesetting import locales

_HEAD_END = "</head>"
_HEADLINE = 110  # characters of a title that search engines show


def described(
    page: str, edition: Edition, clinic: Clinic, links: Links | None, known: Mapping[str, Locale], site: str
) -> str:
    """The page with all that at the end of its head; one without a head stays as it is.

    ``site``: where the output folder lies on the web, "" for nowhere: then the page has no address to tell.
    """
    if edition.filled:
        return page.replace(_HEAD_END, '<meta name="robots" content="noindex">\n' + _HEAD_END, 1)
    address = _address(site, edition.slug, edition.locale.tag) if site and links else ""
    lines = [*_cards(edition, clinic, address), *_languages(edition, links, known, site if address else "")]
    data = _data(json.dumps(_medical(edition, clinic, address), ensure_ascii=False, sort_keys=True))
    lines.append(f'<script type="application/ld+json">{data}</script>')
    return page.replace(_HEAD_END, "\n".join((*lines, _HEAD_END)), 1)


def _address(site: str, slug: str, tag: str) -> str:
    return f"{site}/{slug}/{tag}/"


def _said(block: Block, edition: Edition, clinic: Clinic) -> str:
    return " ".join(plain(fill(block.inlines, clinic, edition.locale)).split())


def _cards(edition: Edition, clinic: Clinic, address: str) -> Iterator[str]:
    title, summary = (_said(each, edition, clinic) for each in (edition.meta.title, edition.meta.summary))
    if edition.draft or not edition.sign_off:
        yield '<meta name="robots" content="noindex">'
    about = {
        "og:type": "article",
        "og:title": title,
        "og:description": summary,
        "og:site_name": clinic.name,
        "og:locale": cldr.with_territory(edition.locale.name),
        "og:url": address,
    }
    yield from (f'<meta property="{name}" content="{html.escape(value)}">' for name, value in about.items() if value)
    yield '<meta name="twitter:card" content="summary">'


def _languages(edition: Edition, links: Links | None, known: Mapping[str, Locale], site: str) -> Iterator[str]:
    if not site or not links:
        return
    yield f'<link rel="canonical" href="{html.escape(_address(site, edition.slug, edition.locale.tag))}">'
    names = dict.fromkeys((*links.locales, edition.locale.name))
    for name in names if len(names) > 1 else ():
        tag = (known.get(name) or locales.locale(name)).tag
        address = html.escape(_address(site, edition.slug, tag))
        yield f'<link rel="alternate" hreflang="{tag}" href="{address}">'
        if name == edition.leaflet.own_locale:
            yield f'<link rel="alternate" hreflang="x-default" href="{address}">'


def _medical(edition: Edition, clinic: Clinic, address: str) -> dict[str, Any]:
    meta = edition.meta
    who: dict[str, Any] = {"@type": "MedicalOrganization", "name": clinic.name, "url": clinic.web}
    if clinic.phone:
        who["telephone"] = phone(clinic.phone, clinic.country).href.removeprefix("tel:")
    about = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": _said(meta.title, edition, clinic),
        "headline": _said(meta.title, edition, clinic)[:_HEADLINE],
        "description": _said(meta.summary, edition, clinic),
        "inLanguage": edition.locale.tag,
        "dateCreated": meta.written.isoformat(),
        "dateModified": edition.changed.isoformat(),
        "expires": meta.review_by.isoformat(),
        "version": edition.version,
        "creativeWorkStatus": "Draft" if edition.draft or not edition.sign_off else "Published",
        "lastReviewed": edition.sign_off.on.isoformat() if edition.sign_off else "",
        "audience": {"@type": "PeopleAudience", "audienceType": _said(meta.audience, edition, clinic)},
        "publisher": {name: value for name, value in who.items() if value},
        "isAccessibleForFree": True,
        "citation": [each.url or each.text for each in meta.references],
        "url": address,
    }
    return {name: value for name, value in about.items() if value not in ("", [])}


def _data(text: str) -> str:
    """JSON as the text of a script element, which nothing in it ends (HTML, 4.12.1.3)."""
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
