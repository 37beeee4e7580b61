"""What links are called to those who hear a PDF: the words on the page, without the characters that lay lines out.

Called by ``tags``. ISO 14289-1, 7.18.5 (a link has /Contents); WCAG 2.2, 2.4.4.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from plainleaf.languages.invisible import BIDI_CONTROLS, WORD_CONTROLS

_SVG = "{http://www.w3.org/2000/svg}"
_UNSAID = re.compile(f"[{WORD_CONTROLS}{BIDI_CONTROLS}]")
_SCHEME = re.compile(r"(?:mailto:|tel:|sms:|https?://(?:www[.])?|doi:)", re.IGNORECASE)
_DIALLED = re.compile(r"(?:tel|sms):(?P<number>[^;?]*)(?:;ext=(?P<extension>\d+))?", re.IGNORECASE)
_DOI = re.compile(r"https?://(?:dx[.])?doi[.]org/", re.IGNORECASE)
_KEYPAD = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")
_TRUNK = re.compile(r"(?<=\d)\s*\(0\)")  # as in +44 (0)20
_LEAST_LOCAL = 6  # digits of a number without its area code, at least


def said(text: str) -> str:
    """A text as it is read aloud: in one line, without characters that part words, forbid it or turn letters round.

    Joiners stay: they are spelling in Persian and in Indic languages.
    """
    return " ".join(_UNSAID.sub("", text).split())


def alt(element: Any) -> str:
    """What a picture says instead of being seen, "" for decoration."""
    if element.tag == _SVG + "svg":
        title = element.find(_SVG + "title")
        return said(str(element.get("aria-label") or (title is not None and title.text) or ""))
    return said(str(element.get("alt") or ""))


def label(element: Any) -> str:
    """What the author of an element calls it, "" for nothing."""
    return said(str(element.get("aria-label") or ""))


def words(element: Any) -> str:
    """The text of an HTML element with the text of its pictures, as it is read aloud."""

    def parts(element: Any) -> Iterator[str]:
        if element.tag in ("img", _SVG + "svg"):
            yield f" {alt(element)} "
        else:
            yield element.text or ""
            for child in element:
                yield " " if child.tag == "br" else ""
                yield from parts(child)
                yield child.tail or ""

    return said("".join(parts(element)))


def link(element: Any, target: str, place: str = "") -> str:
    """The name of a link: its words, and the address that it leads to (``target``) where these do not say it.

    ``place``: what it leads to inside of the document, if it has no words at all.
    """
    text = label(element) or words(element)
    if not text:
        return target or place
    return text if not target or _says(text, target) else f"{text} ({target})"


def _says(text: str, target: str) -> bool:
    """Whether a text has the address, or number, that a link leads to, however either is written."""
    if number := _DIALLED.match(target):
        return _has_number(text, _digits(number["number"]), number["extension"] or "")
    address = _letters(_SCHEME.sub("", _DOI.sub("", target), count=1).partition("?subject=")[0])
    return address in _letters(text)


def _has_number(text: str, number: str, extension: str) -> bool:
    """Whether a text gives a number that is dialled in full: in the digits of any script, without the code of the
    country, with the 0 that is dialled inside of it, in letters as on a keypad."""
    plain = _TRUNK.sub("", text)
    runs = re.split(r"[^\W\d_]+", plain)  # words part the number from other figures
    for found in map(_digits, (plain, *runs, plain.casefold().translate(_KEYPAD))):
        local = found.lstrip("0")
        if extension:
            local = local.removesuffix(extension)
        if number in found or (len(local) >= min(_LEAST_LOCAL, len(number)) and number.endswith(local)):
            return True
    return False


def _digits(text: str) -> str:
    return "".join(str(value) for sign in text if (value := unicodedata.decimal(sign, None)) is not None)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
