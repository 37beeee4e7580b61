"""The Content-Security-Policy of a page for screens: it loads nothing and runs nothing that is not in the file itself,
or in a file beside it that the page names.

W3C Content Security Policy Level 3; in a ``<meta>``, since these pages are opened from a folder as often as from a
server (3.3: that element carries the policy for everything that comes after it).
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

_CHARSET = '<meta charset="utf-8">'
_HEAD = "<head>"
_LINKED = {"script": re.compile("<script src="), "style": re.compile('<link rel="stylesheet"')}


def guarded(page: str, own_files: bool = False) -> str:
    """The page with its policy right behind its encoding. Its own ``<style>`` and ``<script>`` are named by their
    digests; attributes like ``style`` and ``onclick`` are never allowed. A page without a head stays as it is.

    ``own_files``: pictures and fonts may lie beside it.
    """
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_policy(page, own_files)}">'
    for place in (_CHARSET, _HEAD):
        if place in page:
            return page.replace(place, f"{place}\n{policy}", 1)
    return page


def _policy(page: str, own_files: bool) -> str:
    rules = ["default-src 'none'"]
    own_files = own_files or bool(_LINKED["style"].search(page))
    for tag, linked in _LINKED.items():
        allowed = sorted({_digest(text) for text in _inside(page, tag) if text})
        if allowed := [*(["'self'"] if linked.search(page) else []), *allowed]:
            rules.append(f"{tag}-src {' '.join(allowed)}")
    place = "'self' data:" if own_files else "data:"
    rules += [f"img-src {place}", *([f"font-src {place}"] if "@font-face" in page else [])]
    return "; ".join((*rules, "base-uri 'none'", "form-action 'none'"))


def _inside(page: str, tag: str) -> Iterator[str]:
    """The text of each element of this name, as a browser reads it: raw up to the first end tag."""
    place = 0
    while (begin := page.find(f"<{tag}", place)) >= 0:
        inner = page.find(">", begin) + 1
        place = page.find(f"</{tag}", inner)
        if not inner or place < 0:
            return
        if page[begin + len(tag) + 1] in "> \n":
            yield page[inner:place]


def _digest(text: str) -> str:
    """CSP3, 2.3.1: a hash-source."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
