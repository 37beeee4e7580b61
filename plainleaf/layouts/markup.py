"""Inline content as HTML: one function, so that nothing reaches a page unescaped or in a form that breaks its tags."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from types import MappingProxyType

from plainleaf.languages import phone_shapes
from plainleaf.model import Direction, Emphasis, Inline, Isolate, Link, Placeholder, Strong, Text
from plainleaf.typesetting import locales

_NO_NAMES: Mapping[str, Name] = MappingProxyType({})
SCHEMES = ("https:", "http:", "mailto:", "tel:")

# Units as texts write them; those of time, mass, volume and length in the text's own language are CLDR's.
_LATIN = r"mg|mcg|µg|μg|g|kg|ml|mL|l|L|cm|mm|mmol/l|mmol/L|IU|UI|%|°C|°F|AM|PM|a\.m\.|p\.m\."
_OTHER = r"मि\.ग्रा\.|ملغم?|مغ|مجم|مل|غرام|جرام|كغ|سم|٪|हफ़्ते|हफ़्ता"
# In Chinese the next word follows at once.
_COUNTED = "毫克|微克|克|毫升|个?月|天|日|周|星期|年|岁|小时|分钟|人|次|项|名|种|例|片|针|倍"
_TO = "to|a|à|bis|bis zu|till|til|tot|do|до|से|إلى|تا|到|至"  # between two numbers
_NUMBER = r"\d+(?:[.,:٫\u202f\u00a0]\d+)*"
_RANGE = rf"{_NUMBER}(?:\s?(?:[-–]|{_TO})\s?{_NUMBER})?"


def _units(language: str) -> str:
    return "|".join((_LATIN, _OTHER, *map(re.escape, locales.unit_words(language))))


@cache
def whole(language: str) -> re.Pattern[str]:
    """What must stay on one line in a text of this language (BCP 47): a phone number; a number with spaces in it; a
    range or a number with its unit."""
    return re.compile(
        rf"{phone_shapes.GROUPED}|\d{{1,3}}(?: \d{{3}})+(?!\d)"
        rf"|{_RANGE}\s?(?:(?:{_units(language)})(?!\w)|{_COUNTED})"
        rf"|{_NUMBER}\s?(?:–|{_TO})\s?{_NUMBER}"
    )


@cache
def _parted(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Spaces where a line could break beside a number in an isolate of its own: before its unit, within a range."""
    number = r"(\d(?:</strong>|</em>)?</bdi>)"
    return re.compile(rf"{number} (?=(?:{_units(language)})(?!\w))"), re.compile(rf"{number} ({_TO}) (?=<bdi)")


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
    language: str = "en",
) -> str:
    """The HTML of inline content, in text that runs in ``direction``, inside a link to ``href`` if there is one.

    A link's tag holds text only (PDF/UA has no room for more there), so the tags of its bold words go outside it.
    ``names`` are printed in place of the placeholders that they are for. ``language`` (BCP 47) tells its units.
    """
    made = "".join(_one(inline, direction, href, names, language) for inline in inlines)
    if direction == "rtl":
        unit, within = _parted(language)
        made = within.sub("\\1\u00a0\\2\u00a0", unit.sub("\\1\u00a0", made))
    return made


def _one(inline: Inline, direction: Direction, href: str, names: Mapping[str, Name], language: str) -> str:
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
        case Placeholder(name):
            if found := names.get(name):
                inner = _text(found.text, found.direction, href, found.lang)
                return f'<bdi dir="{found.direction}" lang="{escape(found.lang)}">{inner}</bdi>'
            return _text("{" + name + "}", direction, href, language)


def _text(text: str, direction: Direction, href: str, language: str) -> str:
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
