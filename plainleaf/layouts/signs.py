"""What leads a reader to another place of the same leaflet: marks of notes and back, pages of other parts."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from plainleaf.languages.invisible import WORD_JOINER
from plainleaf.layouts import markup
from plainleaf.layouts.file import BASE
from plainleaf.layouts.footnotes import Mark
from plainleaf.model import NOTE, Inline, Layout, Locale, Placeholder, Text, rewritten
from plainleaf.typesetting import locales

# Words of the layouts: layouts/base/parts.html and screen-words.html have them for translators.
TO_NOTE = "Note {number}"
FROM_NOTE = "Back to the text of note {number}"
TO_TEXT = "Back to the text"  # from what a word means
ON_PAGE = "(page {page})"
LINE = "Line to write on"
TO_TICK = "To tick:"  # and that of the boxes: layouts/base/blocks/list.html

# A box for a pen: white with a dark frame in every look.
BOX = (
    "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyNCAyNCI+PHJlY3Qge"
    "D0iMS41MDAiIHk9IjEuNTAwIiB3aWR0aD0iMjEiIGhlaWdodD0iMjEiIHJ4PSIxLjUwMCIgZmlsbD0iI2ZmZiIgc3Ryb2tlPSIjMWEyMzI5IiBzdHJv"
    "a2Utd2lkdGg9IjIiLz48L3N2Zz4="
)

_ONE_SHEET = ("trifold", "cards")  # impositions without page numbers: all is found at a glance


def paged(layout: Layout) -> bool:
    """Whether the pages of a layout are counted: a screen has none, a sheet that is folded or cut has no numbers."""
    scheme = layout.press.scheme if layout.press else None
    return layout.name != BASE and (scheme is None or scheme.kind not in _ONE_SHEET)


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints them in one language: ``said`` gives the layouts' words in it.

    ``suffix`` keeps the ids of a page's second language apart; ``paged``: see ``paged``.
    """

    where: Locale
    said: Callable[[str], str]
    suffix: str
    paged: bool

    def signs(self) -> markup.Signs:
        """For ``markup.html``."""
        return markup.Signs(self.mark, self.page, self.tick, self.line)

    def tick(self) -> str:
        """A box to tick before words of a text, read out as the boxes of a list are."""
        return f'<img class="box within" data-field="tick" alt="{escape(self.said(TO_TICK))}" src="{BOX}">'

    def line(self) -> str:
        """A line to write on; what it is is read out."""
        return f'<span class="line" data-field="text" role="img" aria-label="{escape(self.said(LINE))}"></span>'

    def mark(self, name: str) -> str:
        """The mark of a note, by the name of its placeholder: a link to the note, tied to the word before it."""
        mark = Mark.read(name)
        return WORD_JOINER + self._link(mark, "doc-noteref", TO_NOTE, f' id="{mark.id}{self.suffix}"', mark.note)

    def back(self, name: str) -> str:
        """The same sign before a note: a link back to where it is marked."""
        mark = Mark.read(name)
        return self._link(mark, "doc-backlink", FROM_NOTE, "", mark.id)

    def note(self, name: str) -> str:
        """The ``id`` of a note, by the name of its first mark."""
        return Mark.read(name).note + self.suffix

    def _link(self, mark: Mark, role: str, words: str, own: str, to: str) -> str:
        number = locales.number(mark.number, self.where)
        label = escape(self.said(words).replace("{number}", number))
        return f'<a class="mark"{own} href="#{to}{self.suffix}" role="{role}" aria-label="{label}">{sign(number)}</a>'

    def page(self, name: str) -> str:
        """What is printed behind a link to another part; the page's number is only known once all is laid out."""
        if not self.paged:
            return ""
        before, _, after = self.said(ON_PAGE).replace(" ", "\u00a0").partition("{page}")
        wide = unicodedata.east_asian_width(before[:1] or " ") in "FW"  # such a bracket brings its own space
        before, after = escape(before if wide else f" {before}"), escape(after)
        return f'<span class="on-page" data-to="#{escape(name)}" data-before="{before}" data-after="{after}"></span>'


def sign(number: str) -> str:
    """A note's number as it is printed: in brackets, as a bare figure behind a dose would be read as part of it."""
    return f"[{number}]"


def spelled(inlines: tuple[Inline, ...], where: Locale) -> tuple[Inline, ...]:
    """A text as it is read out, with the marks of notes in it."""

    def said(inline: Inline) -> Inline:
        if isinstance(inline, Placeholder) and inline.name.startswith(NOTE):
            return Text(sign(locales.number(Mark.read(inline.name).number, where)))
        return inline

    return rewritten(inlines, said)
