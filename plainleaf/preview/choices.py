"""What there is to look at: leaflets, languages, layouts."""

from __future__ import annotations

from typing import Any

from plainleaf.languages import naming
from plainleaf.layouts import excerpts
from plainleaf.model import plain
from plainleaf.preview import reading
from plainleaf.preview.reading import Reader
from plainleaf.typesetting import locales


def choices(reader: Reader, leaflet: str = "", locale: str = "", **_: Any) -> dict[str, Any]:
    """All leaflets by name, the languages of the one that is asked for (or of the first), the layouts that print it."""
    titles = reader.titles()
    names = list(titles)
    chosen = leaflet if leaflet in names else next(iter(names), "")
    if not chosen:
        return {"leaflets": [], "leaflet": "", "locale": "", "locales": [], "layouts": []}
    there = reader.project(chosen, locale)
    text = there.leaflets.get(chosen)
    own = text.own_locale if text else "en"
    languages = reading.languages(reader.root, chosen, own, text.meta.languages if text else ())
    if chosen == leaflet and locale and naming.known(locale) and locale not in languages:
        languages.append(locale)  # it is in view, begun or not
    where = locale if locale in languages else own
    edition = reader.text(chosen, where).edition
    layouts = [
        {"name": each.name, "title": each.title}
        for each in there.layouts.values()
        if edition is None or not excerpts.unwanted(edition, each)
    ]
    return {
        "leaflets": [each._asdict() for each in titles.values()],
        "leaflet": chosen,
        "title": plain(text.meta.title.inlines) if text else chosen,
        "locale": where,
        "own": own,
        "locales": [_language(there, name) for name in languages],
        "layouts": layouts,
    }


def _language(there: Any, name: str) -> dict[str, str]:
    found = there.locales.get(name) or locales.locale(name)
    return {
        "name": name,
        "tag": found.tag,
        "own": found.own_name,
        "english": found.english_name,
        "direction": found.direction,
    }
