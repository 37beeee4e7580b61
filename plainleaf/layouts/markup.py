"""Inline content as HTML: one function, so that nothing reaches a page unescaped or in a form that breaks its tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from types import MappingProxyType

from plainleaf.languages import facts, phone_shapes
from plainleaf.languages.facts import LocaleData
from plainleaf.model import Direction, Emphasis, Foreign, Inline, Isolate, Link, Placeholder, Strong, Text, is_line
from plainleaf.model.tags import locale_name
from plainleaf.typesetting import bidi, locales

_NO_NAMES: Mapping[str, Name] = MappingProxyType({})
SCHEMES = ("https:", "http:", "mailto:", "tel:")

_NUMBER = r"\d+(?:[.,:٫\u202f\u00a0]\d+)*"


def _either(words: Iterable[str]) -> str:
    """One of some words, the longest first; what is nowhere found if there are none."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or "(?!)"


def _units(language: LocaleData) -> str:
    """Units behind a number: CLDR's of time, mass, volume and length, and those of the language's data."""
    return _either({*language.list("no-break", "units"), *locales.unit_words(language.name)})


@lru_cache(maxsize=256)
def whole(language: LocaleData) -> re.Pattern[str]:
    """What must stay on one line in a text of this language: a phone number; a number with spaces in it; a range or a
    number with its unit."""
    to = _either(language.list("between", "to"))
    figure = rf"{_NUMBER}(?:\s?(?:[-–]|{to})\s?{_NUMBER})?"
    return re.compile(
        rf"{phone_shapes.GROUPED}|\d{{1,3}}(?: \d{{3}})+(?!\d)"
        rf"|{figure}\s?(?:(?:{_units(language)})(?!\w)|{_either(language.list('no-break', 'counted'))})"
        rf"|{_NUMBER}\s?(?:–|{to})\s?{_NUMBER}"
    )


@lru_cache(maxsize=256)
def _parted(language: LocaleData) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Spaces where a line could break beside a number in an isolate of its own: before its unit, within a range."""
    number, to = r"(\d(?:</strong>|</em>)?</bdi>)", _either(language.list("between", "to"))
    return re.compile(rf"{number} (?=(?:{_units(language)})(?!\w))"), re.compile(rf"{number} ({to}) (?=<bdi)")


@dataclass(frozen=True, slots=True)
class Name:
    """What a placeholder stands for, in a language other than the text's."""

    text: str
    lang: str
    direction: Direction


def html(
    inlines: tuple[Inline, ...],
    direction: Direction = "ltr",
    href: str = "",
    names: Mapping[str, Name] = _NO_NAMES,
    language: LocaleData | None = None,
) -> str:
    """The HTML of inline content, in text that runs in ``direction``, inside a link to ``href`` if there is one.

    A link's tag holds text only (PDF/UA has no room for more there), so the tags of its bold words go outside it.
    ``names`` are printed in place of the placeholders that they are for. ``language`` tells its units; English ones
    hold without it.
    """
    language = language or facts.english()
    made = "".join(_one(inline, direction, href, names, language) for inline in inlines)
    if direction == "rtl":
        unit, within = _parted(language)
        made = within.sub("\\1\u00a0\\2\u00a0", unit.sub("\\1\u00a0", made))
    return made


def _one(inline: Inline, direction: Direction, href: str, names: Mapping[str, Name], language: LocaleData) -> str:
    match inline:
        case Text(text):
            return _text(text, direction, href, language)
        case Strong(children):
            return f"<strong>{html(children, direction, href, names, language)}</strong>"
        case Emphasis(children):
            return f"<em>{html(children, direction, href, names, language)}</em>"
        case Link(children, target):
            to = href or (target if target.lower().startswith(SCHEMES) else "")
            return html(children, direction, to, names, language)
        case Isolate(children, own):
            return f'<bdi dir="{own}">{html(children, own, href, names, language)}</bdi>'
        case Foreign(children, lang):
            return _foreign(children, lang, href, names)
        case Placeholder(name) if is_line(name):
            return '<span class="line"></span>'
        case Placeholder(name):
            if found := names.get(name):
                inner = _text(found.text, found.direction, href, facts.named(found.lang))
                return f'<bdi dir="{found.direction}" lang="{escape(found.lang)}">{inner}</bdi>'
            return _text("{" + name + "}", direction, href, language)


def _foreign(children: tuple[Inline, ...], lang: str, href: str, names: Mapping[str, Name]) -> str:
    """Words in another language: they run in their own direction, and a screen reader says them in their own voice."""
    own, language = locales.locale(locale_name(lang)).direction, facts.named(lang)
    inner = html(bidi.isolate(children, own, language), own, href, names, language)
    return f'<bdi class="foreign" dir="{own}" lang="{escape(lang)}">{inner}</bdi>'


def _text(text: str, direction: Direction, href: str, language: LocaleData) -> str:
    if href:
        return f'<a href="{escape(href)}">{escape(text, quote=False)}</a>'
    if direction == "rtl":  # a box of its own would part a number from its sentence there; bidi isolates doses instead
        return escape(whole(language).sub(lambda found: found[0].replace(" ", "\u00a0"), text), quote=False)
    return whole(language).sub(lambda found: _unbroken(found[0]), escape(text, quote=False))


# Text in which a line breaks at spaces alone.
_SPACED = re.compile("[^-‐-―/\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\uffff]*")


def _unbroken(text: str) -> str:
    """A figure that stays on one line: by its spaces, as WeasyPrint may break the text before a box too early."""
    return text.replace(" ", "\u00a0") if _SPACED.fullmatch(text) else f'<span class="nb">{text}</span>'
