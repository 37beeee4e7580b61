"""The terms of all leaflets of a root: their words to know, and the term lists of the languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from plainleaf.languages.facts import english
from plainleaf.model import Kind, Leaflet, State, plain
from plainleaf.terms.entries import Concept, key
from plainleaf.translations.markup import to_text
from plainleaf.translations.medicines import names_medicine
from plainleaf.translations.messages import Lookup
from plainleaf.translations.po import Catalog

Catalogs = Mapping[tuple[str, str], Catalog]  # by locale name and domain


def words_to_know(leaflet: Leaflet) -> Iterator[tuple[str, str]]:
    """The words that a leaflet explains, as plain text, each with the message of what it says of them, "" for none."""
    for word in leaflet.meta.terms.children:
        said = [to_text(part.inlines) for part in word.children if part.kind is Kind.MEANS]
        yield plain(word.children[0].inlines), said[0] if said else ""


def translated(leaflet: Leaflet, lookup: Lookup) -> dict[str, str]:
    """A leaflet's words to know with their current translations in a catalog."""
    found = {}
    for block in leaflet.meta.terms.walk():
        said = lookup("", plain(block.inlines)) if block.kind is Kind.TERM else None
        if said and said.state is State.CURRENT:
            found[plain(block.inlines)] = said.text
    return found


def is_of_lists(leaflet: Leaflet) -> bool:
    """Whether a leaflet is written in the language whose terms are in the lists."""
    return leaflet.language.partition("-")[0] == english().base


def pool(leaflets: Iterable[Leaflet], catalogs: Catalogs, locale: str, listed: Mapping[str, str]) -> dict[str, str]:
    """What every leaflet may rely on in a language: the medicines among the words to know of all leaflets, and the term
    list, which goes before them."""
    found: dict[str, str] = {}
    for leaflet in leaflets:
        catalog = catalogs.get((locale, leaflet.slug))
        if catalog and is_of_lists(leaflet):
            for term, text in translated(leaflet, catalog.lookup).items():
                if names_medicine(term):
                    found.setdefault(term, text)
    there = {key(term) for term in listed}
    return {term: text for term, text in found.items() if key(term) not in there} | dict(listed)


def concepts(
    leaflets: Iterable[Leaflet], catalogs: Catalogs, lists: Mapping[str, Mapping[str, str]]
) -> tuple[Concept, ...]:
    """All terms with all that is known of them, in the order of the alphabet. ``lists``: term lists by locale."""
    found: dict[str, Concept] = {}
    for leaflet in filter(is_of_lists, leaflets):
        for term, said in words_to_know(leaflet):
            there = found.get(key(term), Concept(term))
            texts, meanings = dict(there.translations), dict(there.meanings)
            for locale in lists:
                catalog = catalogs.get((locale, leaflet.slug))
                for message, kept in ((term, texts), (said, meanings)):
                    entry = catalog.lookup("", message) if catalog and message else None
                    if entry and entry.state is State.CURRENT:
                        kept.setdefault(locale, entry.text)
            more = (*there.leaflets, leaflet.slug)
            found[key(term)] = Concept(there.term, texts, there.meaning or said, meanings, more)
    for locale, terms in lists.items():
        for term, text in terms.items():
            there = found.get(key(term), Concept(term))
            texts = {locale: text} | dict(there.translations)
            found[key(term)] = Concept(there.term, texts, there.meaning, there.meanings, there.leaflets)
    return tuple(found[name] for name in sorted(found))
