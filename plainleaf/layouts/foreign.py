"""Words in other languages on a page: which languages these are, their fonts and sizes; the line of languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from plainleaf.model import Edition, Foreign, Inline, Locale, Text, foreign
from plainleaf.model.tags import locale_name
from plainleaf.typesetting import fonts, locales, subsets

_APART = "\u00a0\u00b7 "  # the dot between two names stays with the first


@dataclass(frozen=True, slots=True)
class Typeset:
    """What a page needs to print its words in other languages: style rules, the names of fonts, the languages."""

    css: str
    families: tuple[str, ...]
    languages: tuple[Locale, ...]


def languages_line(names: Sequence[Foreign], beside: str = "") -> tuple[Inline, ...]:
    """Names of languages one after the other; without that of the one that stands ``beside`` (BCP 47), if there are
    more."""
    shown = [name for name in names if name.lang != beside] or names
    line = [part for name in shown for part in (Text(_APART), name)]
    return tuple(line[1:])


def spoken(editions: Sequence[Edition], known: Mapping[str, Locale], html: str) -> tuple[Locale, ...]:
    """The languages of words and passages in these editions that are in another one than the text, each once.

    That of the source is one of them where their ``html`` has letters that only its fonts have: of what is not yet
    translated, or of the clinic's name. ``known``: languages by name as the content sets them; others are as CLDR and
    our defaults have them.
    """
    every = (block.inlines for edition in editions for block in edition.walk())
    names = dict.fromkeys(locale_name(words.lang) for inlines in every for words in foreign(inlines))
    found = {name: known.get(name) or locales.locale(name) for name in names}
    for edition in editions:
        name, own = edition.leaflet.own_locale, edition.locale.fonts
        source = known.get(name) or locales.locale(name)
        if not set(source.fonts) <= set(own) and fonts.uncovered(html, own):
            found[name] = source
    return tuple(found.values())


def said(html: str) -> Mapping[str, str]:
    """What a page says in each language that an element of it names, by the tag in small letters, with the marks in it:
    all that a font for words in that language is to have. Pages that name a language in the same words share it."""
    found, inside = dict[str, list[str]](), list[_Element]()
    for mark in _MARK.finditer(html):
        closing, name, rest = mark[1], mark[2].lower(), mark[3]
        left = []
        for each in inside:
            depth = each.depth + (name == each.name) * (-1 if closing else 1)
            if depth:
                left.append(replace(each, depth=depth))
            else:
                found.setdefault(each.tag, []).append(html[each.start : mark.start()])
        inside = left
        tag = _LANG.search(rest)
        if tag and not closing and name != "html" and not any(each.tag == tag[1].casefold() for each in inside):
            inside.append(_Element(tag[1].casefold(), name, mark.end()))
    for each in inside:  # whose end is left out, as HTML lets some be
        found.setdefault(each.tag, []).append(html[each.start :])
    return {tag: "".join(parts) for tag, parts in found.items()}


@dataclass(frozen=True, slots=True)
class _Element:
    """An element that is open: its language, its name, where its content begins; ``depth``: how many of that name are
    open, itself included."""

    tag: str
    name: str
    start: int
    depth: int = 1


_MARK = re.compile(r"<(/?)([a-z][a-z0-9]*)\b([^<>]*)>", re.IGNORECASE)
_LANG = re.compile(r"""\slang\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


def typeset(html: str, edition: Edition, second: Edition | None, known: Mapping[str, Locale]) -> Typeset:
    """What a page needs for the words in other languages that its editions hold. Raises ``fonts.FontError``."""
    languages = spoken([each for each in (edition, second) if each], known, html)
    css, families, letters = "", dict[str, None](), said(html) if languages else {}
    for language in languages:
        for around, scope in ((edition.locale, ""), *(((second.locale, ".beside "),) if second else ())):
            if language.tag == around.tag:
                continue
            size, latin = language.size_factor / around.size_factor, 1 / language.size_factor
            if not set(language.fonts) <= set(around.fonts):
                words = letters.get(language.tag.casefold(), "")
                cuts = subsets.cut(language.fonts, words, around=around.fonts, for_pdf=True)
                # a clinic's name too, and what is not translated yet
                names = f'bdi[lang="{language.tag}"][lang][dir]'
                css += subsets.face_css(cuts, f"{_selector(language, scope)}, {scope}{names}")
                css += f"{scope}{names} {{ font-size: {size:.4g}em; --latin: {latin:.4g}em }}\n"
                css += f"{scope}:is({names}, .passage) {names} {{ font-size: 1em }}\n"
                families |= dict.fromkeys(subsets.aliases(cuts))
            css += f"{_selector(language, scope)} {{ font-size: {size:.4g}em; --latin: {latin:.4g}em }}\n"
            css += f'{scope}.passage .foreign[lang="{language.tag}"][dir] {{ font-size: 1em }}\n'
    return Typeset(css, tuple(families), languages)


def _selector(language: Locale, scope: str) -> str:
    """The elements with words of a language; it outweighs the rules for text of another direction."""
    return ", ".join(f'{scope}{name}[lang="{language.tag}"][dir]' for name in (".foreign", ".passage"))
