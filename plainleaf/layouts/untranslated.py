"""Words of layouts that are printed in English for want of a translation, where the clinic wants them so: marked for
eyes and ears.

A template asks for words as text, and puts them wherever it likes, also into attributes. So they travel through it
between two characters that Unicode gives to nobody, and become elements, or plain text, once the page is whole.
"""

from __future__ import annotations

import re

OPEN, CLOSE = "\ufdd0", "\ufdd1"  # noncharacters: no text for people has them

_BEGIN, _END = '<bdi class="untranslated ours" dir="ltr" lang="en">', "</bdi>"
_TAG = re.compile(r"<[^<>]*>")
_PLAIN = ("style", "title", "script")  # elements that hold text alone


def marked(words: str) -> str:
    """Words on their way through a template."""
    return f"{OPEN}{words}{CLOSE}"


def shown(page: str) -> str:
    """The page with these words as elements, where there may be elements."""
    if OPEN not in page:
        return page
    parts, last, plain = list[str](), 0, ""
    for tag in _TAG.finditer(page):
        parts += [_bare(page[last : tag.start()]) if plain else _element(page[last : tag.start()]), _bare(tag[0])]
        last = tag.end()
        name = re.match(r"</?([a-z]+)", tag[0])
        if name and name[1] in _PLAIN:
            plain = "" if tag[0].startswith("</") else name[1]
    return "".join((*parts, _element(page[last:])))


def _element(text: str) -> str:
    return text.replace(OPEN, _BEGIN).replace(CLOSE, _END)


def _bare(text: str) -> str:
    return text.replace(OPEN, "").replace(CLOSE, "")
