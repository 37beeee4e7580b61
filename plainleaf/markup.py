"""Inline content as HTML: one function, so that nothing reaches a page unescaped or in a form that breaks its tags."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType

from plainleaf.model import Direction, Emphasis, Inline, Isolate, Link, Placeholder, Strong, Text

_NO_NAMES: Mapping[str, Name] = MappingProxyType({})
SCHEMES = ("https:", "http:", "mailto:", "tel:")

_LATIN = r"mg|mcg|µg|μg|g|kg|ml|mL|l|L|cm|mm|mmol/l|mmol/L|IU|UI|%|°C|°F|AM|PM|a\.m\.|p\.m\."
_OTHER = r"मि\.ग्रा\.|ملغم?|مغ|مجم|مل|غرام|جرام|كغ|سم|٪|毫克|微克|克|毫升"
_UNITS = f"{_LATIN}|{_OTHER}"
_NUMBER = r"\d+(?:[.,:٫\u202f\u00a0]\d+)*"

# What must stay on one line: a phone number; a number with spaces in it; a range or a number with its unit.
WHOLE = re.compile(
    rf"(?:\(\d+\)|\+?\d[\d()]*)(?:[ .\-–/]\(?\d[\d()]*){{2,}}|0\d{{2,4}} \d{{3,}}|\d{{1,3}}(?: \d{{3}})+(?!\d)"
    rf"|{_NUMBER}(?:\s?[-–]\s?{_NUMBER})?\s?(?:{_UNITS})(?!\w)"
    rf"|{_NUMBER}\s?–\s?{_NUMBER}"
)
# A number in an isolate of its own, parted from its unit by a space where a line could break.
_PARTED = re.compile(rf"(\d</bdi>) (?=(?:{_UNITS})(?!\w))")


@dataclass(frozen=True, slots=True)
class Name:
    """What a placeholder stands for, in a language other than the text's."""

    text: str
    lang: str
    direction: Direction


def html(
    inlines: tuple[Inline, ...], direction: Direction = "ltr", href: str = "", names: Mapping[str, Name] = _NO_NAMES
) -> str:
    """The HTML of inline content, in text that runs in ``direction``, inside a link to ``href`` if there is one.

    A link's tag holds text only (PDF/UA has no room for more there), so the tags of its bold words go outside it.
    ``names`` are printed in place of the placeholders that they are for.
    """
    made = "".join(_one(inline, direction, href, names) for inline in inlines)
    return _PARTED.sub("\\1\u00a0", made) if direction == "rtl" else made


def _one(inline: Inline, direction: Direction, href: str, names: Mapping[str, Name]) -> str:
    match inline:
        case Text(text):
            return _text(text, direction, href)
        case Strong(children):
            return f"<strong>{html(children, direction, href, names)}</strong>"
        case Emphasis(children):
            return f"<em>{html(children, direction, href, names)}</em>"
        case Link(children, target):
            return html(children, direction, href or (target if target.lower().startswith(SCHEMES) else ""), names)
        case Isolate(children, own):
            return f'<bdi dir="{own}">{html(children, own, href, names)}</bdi>'
        case Placeholder(name):
            if found := names.get(name):
                inner = _text(found.text, found.direction, href)
                return f'<bdi dir="{found.direction}" lang="{escape(found.lang)}">{inner}</bdi>'
            return _text("{" + name + "}", direction, href)


def _text(text: str, direction: Direction, href: str) -> str:
    if href:
        return f'<a href="{escape(href)}">{escape(text, quote=False)}</a>'
    if direction == "rtl":  # a box of its own would part a number from its sentence there; bidi isolates doses instead
        return escape(WHOLE.sub(lambda found: found[0].replace(" ", "\u00a0"), text), quote=False)
    done, parts = 0, []
    for found in WHOLE.finditer(text):
        parts += [escape(text[done : found.start()], quote=False), f'<span class="nb">{escape(found[0])}</span>']
        done = found.end()
    return "".join(parts) + escape(text[done:], quote=False)
