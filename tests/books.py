"""EPUB files of the shipped leaflets, each made once in a run; nothing is laid out for them."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from zipfile import ZipFile

from plainleaf.formats.base import FORMATS, Limits
from plainleaf.layouts.templates import Prepared as Texts
from tests import shipped

LIMITS = Limits(30, 2000)


@cache
def made(slug: str, locale: str, beside: str = "") -> bytes:
    """The book of an edition, or of two."""
    editions = shipped.editions()
    second = editions[slug, beside] if beside else None
    prepared = FORMATS["epub"].prepare(shipped.content(), editions[slug, locale], second, None, Texts(), "a.epub")
    assert prepared.content, prepared.findings
    done = FORMATS["epub"].write(prepared, LIMITS)
    assert not done.findings, done.findings
    return done.files[".epub"]


@cache
def files(slug: str, locale: str, beside: str = "") -> dict[str, bytes]:
    """The files in a book, in order."""
    with ZipFile(BytesIO(made(slug, locale, beside))) as book:
        return {name: book.read(name) for name in book.namelist()}
