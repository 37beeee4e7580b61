"""EPUB files of the shipped leaflets, each made once in a run; nothing is laid out for them."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from plainleaf.formats.base import FORMATS, Limits
from plainleaf.layouts.templates import Prepared as Texts
from tests import shipped
from tests.formats.samples import sample

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
def every_kind(root: Path) -> bytes:
    """A book with every kind of block, in two languages of which one runs from right to left."""
    (edition, project), (source, _) = (sample(locale, root) for locale in ("ar_XB", "en"))
    prepared = FORMATS["epub"].prepare(project, edition, source, None, Texts(), "a.epub")
    assert prepared.content, prepared.findings
    done = FORMATS["epub"].write(prepared, LIMITS)
    assert not done.findings, done.findings
    return done.files[".epub"]


@cache
def files(slug: str, locale: str, beside: str = "") -> dict[str, bytes]:
    """The files in a book, in order."""
    with ZipFile(BytesIO(made(slug, locale, beside))) as book:
        return {name: book.read(name) for name in book.namelist()}
