"""What is on the cover of a book: its titles as they are on paper, the clinic, what readers must be told of the text.

It is a picture for the shelves of reading apps (EPUB 3.3, D.6.2, ``cover-image``). Its page is one that nobody has to
turn (``linear="no"``), as a book opens at its text, where all is said that is on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from plainleaf.formats import pages
from plainleaf.formats.base import Root
from plainleaf.layouts import templates, webfonts
from plainleaf.model import Edition, Locale

NAME = "cover"  # of the template
_TITLE = re.compile(
    r'(?:<div class="side" lang="(?P<tag>[^"]*)" dir="(?P<direction>[^"]*)">\s*)?<h1[^<>]*>(?P<words>.*?)</h1>',
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Words:
    """A title as HTML, with the breaks that a line may have, or a notice; its language (BCP 47) and direction."""

    words: Markup
    tag: str
    direction: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the template of a cover shows; ``colour``: the clinic's, "" for none."""

    titles: tuple[Words, ...]
    clinic: str
    notices: tuple[Words, ...]
    colour: str
    where: Locale


@dataclass(frozen=True, slots=True)
class Cover:
    """A page that is to become a picture, the rules that name its fonts, and the files of these."""

    html: str
    font_css: str
    fonts: tuple[str, ...]

    @property
    def folders(self) -> tuple[str, ...]:
        """Where its fonts lie."""
        return tuple(sorted({path.rpartition("/")[0] for path in self.fonts}))

    @property
    def about(self) -> str:
        """All that its looks depend on: a cut font's name says what is in it."""
        names = [path.rpartition("/")[2] for path in self.fonts]
        return repr((self.html, names))


def cover(project: Root, edition: Edition, second: Edition | None, page: str, fonts: webfonts.WebFonts) -> Cover:
    """That of a book whose text is ``page``, in which the breaks of lines still are, in its ``fonts`` as they were cut.
    Raises ``TemplateError``."""
    assert project.clinic
    shown = Shown(
        tuple(_titles(page, edition.locale)),
        project.clinic.name,
        tuple(_notices(project, [edition, *([second] if second else [])])),
        project.clinic.colour,
        edition.locale,
    )
    html = templates.screen(project.layout_folders, NAME, cover=shown)
    return Cover(html, fonts.css, tuple(path.as_posix() for path in fonts.files))


def _notices(project: Root, editions: Sequence[Edition]) -> Iterator[Words]:
    for edition in editions:
        for said in pages.notices_of(project, edition):
            yield Words(escape(said), edition.locale.tag, edition.locale.direction)


def _titles(page: str, where: Locale) -> Iterator[Words]:
    for found in _TITLE.finditer(page):
        yield Words(Markup(found["words"]), found["tag"] or where.tag, found["direction"] or where.direction)
