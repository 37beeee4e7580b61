"""Inline content as HTML: one function, so that nothing reaches a page unescaped or in a form that breaks its tags."""

from __future__ import annotations

import re
from html import escape

from plainleaf.model import Direction, Emphasis, Inline, Isolate, Link, Placeholder, Strong, Text

SCHEMES = ("https:", "http:", "mailto:", "tel:")

_UNITS = (
    r"mg|mcg|µg|μg|g|kg|ml|mL|l|L|cm|mm|mmol/l|mmol/L|IU|UI|%|°C|°F|AM|PM|a\.m\.|p\.m\.|मि\.ग्रा\.|毫克|微克|克|毫升"
)
_NUMBER = r"\d+(?:[.,:\u202f\u00a0]\d+)*"

# What must stay on one line: a phone number; a range or a number with its unit.
_WHOLE = re.compile(
    rf"\+?\d[\d()]*(?:[ .\-–/]\(?\d[\d()]*){{2,}}"
    rf"|{_NUMBER}(?:\s?[-–]\s?{_NUMBER})?\s?(?:{_UNITS})(?!\w)"
    rf"|{_NUMBER}\s?–\s?{_NUMBER}"
)


def html(inlines: tuple[Inline, ...], direction: Direction = "ltr", href: str = "") -> str:
    """The HTML of inline content, in text that runs in ``direction``, inside a link to ``href`` if there is one.

    A link's tag holds text only (PDF/UA has no room for more there), so the tags of its bold words go outside it.
    """
    return "".join(_one(inline, direction, href) for inline in inlines)


def _one(inline: Inline, direction: Direction, href: str) -> str:
    match inline:
        case Text(text):
            return _text(text, direction, href)
        case Strong(children):
            return f"<strong>{html(children, direction, href)}</strong>"
        case Emphasis(children):
            return f"<em>{html(children, direction, href)}</em>"
        case Link(children, target):
            return html(children, direction, href or (target if target.lower().startswith(SCHEMES) else ""))
        case Isolate(children, own):
            return f'<bdi dir="{own}">{html(children, own, href)}</bdi>'
        case Placeholder(name):
            return _text("{" + name + "}", direction, href)


def _text(text: str, direction: Direction, href: str) -> str:
    if href:
        return f'<a href="{escape(href)}">{escape(text, quote=False)}</a>'
    if direction == "rtl":  # a box of its own would part a number from its sentence there; bidi isolates doses instead
        return escape(text, quote=False)
    done, parts = 0, []
    for found in _WHOLE.finditer(text):
        parts += [escape(text[done : found.start()], quote=False), f'<span class="nb">{escape(found[0])}</span>']
        done = found.end()
    return "".join(parts) + escape(text[done:], quote=False)
