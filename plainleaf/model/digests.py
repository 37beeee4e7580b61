"""The short digest beside a leaflet's version: by it a page of paper is found among what was made, also by phone.

Eight hexadecimal digits, in two groups of four ("1a2b 3c4d"). That is 32 bits: among 10,000 files two share one in
about one of a hundred cases (birthday problem), and whoever asks for it is shown both.
"""

from __future__ import annotations

import re
import unicodedata

DIGITS = "0123456789abcdef"
PLACE = "\uf8d1\uf8d6\uf8d1"  # where a page prints it: private characters, which no source may hold
_NO_BREAK = "\u00a0"
_GROUP = 4
# Between version and digest: it stays with the version, and makes no telephone number of the two.
_DOT = "\u00a0\u00b7 "
_VERSION = re.compile(r"\A.*\d{4}-\d\d-\d\d")
_MISREAD = str.maketrans("oilsz|", "011521")  # letters that look like digits, and are none


def short(digest: str) -> str:
    """Of a digest in hexadecimal: "1a2b 3c4d"."""
    return f"{digest[:_GROUP]} {digest[_GROUP : 2 * _GROUP]}"


def filled(page: str, digest: str) -> str:
    """A page of HTML with a short digest in its place; without any if that is ""."""
    return page.replace(PLACE, f"{_DOT}{digest.replace(' ', _NO_BREAK)}" if digest else "")


def lettered(page: str) -> str:
    """A page of HTML with every character that its digest may have, to choose fonts by."""
    return filled(page, DIGITS)


def typed(words: str) -> str:
    """The short digest in what somebody has typed from paper: with or without a space or any other signs between, in
    the digits of any script, or at the end of the whole version ("asthma es 2026-05-01 · 1a2b 3c4d"); "" if there is
    none."""
    plain = unicodedata.normalize("NFKC", _VERSION.sub("", words)).casefold().strip()
    signs = (str(unicodedata.decimal(char, char)) for char in plain.removeprefix("0x").translate(_MISREAD))
    found = "".join(char for char in "".join(signs) if char.isalnum())
    return short(found) if len(found) == 2 * _GROUP and set(found) <= set(DIGITS) else ""
