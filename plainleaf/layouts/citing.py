"""What a text rests on, as its readers see it: the list of references, and the links that lead there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup, escape

from plainleaf.clinics.details import printed_address
from plainleaf.languages import cldr, naming
from plainleaf.layouts.pieces import Source
from plainleaf.model import Block, Kind, Locale, Reference
from plainleaf.model.citations import Citation, cited
from plainleaf.typesetting import locales, typography

# Words of the layouts: layouts/base/blocks/evidence.html has them for translators.
SOURCE = "Source {number}"
SOURCES = "Sources {numbers}"
ON_PAGE = "Source {number}, page {page}"
ON_PAGES = "Source {number}, pages {pages}"

_LIST = re.compile(r'\sid="r-')
_CITING = re.compile(r'<p class="studies">.*?</p>\n?', re.DOTALL)


def sources(body: Sequence[Block], references: Sequence[Reference]) -> tuple[Source, ...]:
    """The references that a text cites, in the order in which it does so first: what is cut off is printed last."""
    known = {entry.key: entry for entry in references}
    in_order = [*(top for top in body if top.kind is not Kind.SLIP), *(top for top in body if top.kind is Kind.SLIP)]
    keys = dict.fromkeys(each.key for top in in_order for each in _citations(top) if each.key in known)
    return tuple(_source(number, known[key]) for number, key in enumerate(keys, 1))


def _citations(top: Block) -> Iterator[Citation]:
    for block in top.walk():
        if block.kind is Kind.EVIDENCE:
            yield from cited(block.options.get("refs", ""))


def _source(number: int, entry: Reference) -> Source:
    address = re.sub(r"^https?://(dx\.)?doi\.org/", "doi:", entry.url)
    return Source(entry.key, number, entry.text, entry.url, printed_address(address))


def citations(asked: Sequence[Citation], listed: Sequence[Source], where: Locale, said: Callable[[str], str]) -> Markup:
    """Citations by the numbers of the list, in their order: "Source 2", "Sources 2 and 5", "Source 2, page 12".

    Each number, with its page, is a link to its entry. ``said`` gives the layouts' words in the language.
    """
    numbers = {source.key: source.number for source in listed}
    found = sorted((each for each in asked if each.key in numbers), key=lambda each: numbers[each.key])
    if len(found) < 2 or any(each.page for each in found):
        texts = [_link(each, _words(each, numbers[each.key], where, said)) for each in found]
        return Markup(locales.apart(texts, where))
    before, _, after = said(SOURCES).partition("{numbers}")
    links = [
        _link(each, locales.number(number, where), _words(each, number, where, said))
        for each in found
        for number in (numbers[each.key],)
    ]
    return Markup(escape(before) + Markup(locales.and_list(links, where)) + escape(after))


def _words(each: Citation, number: int, where: Locale, said: Callable[[str], str]) -> str:
    """A citation in words of its own."""
    words = said((ON_PAGES if each.several else ON_PAGE) if each.page else SOURCE)
    dash = cldr.range_dash(naming.like(where.name)) or typography.DASH
    page = locales.digits(re.sub("[-–]", dash, each.page), where)
    for name, value in (("{number}", locales.number(number, where)), ("{page}", page), ("{pages}", page)):
        words = words.replace(name, value)
    return words


def _link(each: Citation, text: str, label: str = "") -> str:
    """A link to an entry of the list; ``label``: what it is called where its text alone does not say it."""
    name = f' aria-label="{escape(label)}"' if label else ""
    kept = escape(text.replace(" ", "\u00a0"))
    return f'<a href="#r-{escape(each.key)}" role="doc-biblioref"{name}>{kept}</a>'


def unlisted(page: str) -> str:
    """A page without its citations where it has no list of references: their numbers would lead nowhere."""
    return page if _LIST.search(page) else _CITING.sub("", page)
