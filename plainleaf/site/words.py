"""The words of patients' pages in the reader's language: plain texts of the layouts' catalog, without what only paper
needs, and texts in the order in which they are read. A word that has no checked translation is in English, and marked
as English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup, escape

from plainleaf.languages import facts
from plainleaf.languages.invisible import FIRST_STRONG_ISOLATE, ISOLATE_END
from plainleaf.model import Inline, Isolate, Locale, State, Text, Translation, plain
from plainleaf.typesetting import bidi, locales


class Source(Protocol):
    """What looks translations up: a catalog."""

    def lookup(self, context: str, text: str) -> Translation | None:
        """What it says for a text."""


@dataclass(frozen=True, slots=True)
class Said:
    """A word as it is printed, and whether that is English in a page of another language. ``marked``: the same as an
    element's content, where that differs."""

    text: str
    english: bool = False
    marked: str = ""

    def __html__(self) -> str:
        """As an element's content."""
        said = Markup(self.marked) if self.marked else escape(self.text)
        return f'<bdi lang="en">{said}</bdi>' if self.english else str(said)

    def __str__(self) -> str:
        return self.text

    @property
    def lang(self) -> Markup:
        """The attribute for an element that may hold text alone, such as ``<option>``."""
        return Markup(' lang="en"') if self.english else Markup("")


@dataclass(frozen=True, slots=True)
class Words:
    """Looks words up for the pages in a locale."""

    catalog: Source | None
    where: Locale

    def __call__(self, msgid: str, **values: object) -> Said:
        """A word with its placeholders filled."""
        found = self.catalog.lookup("", msgid) if self.catalog else None
        done = bool(found and found.state is State.CURRENT)
        text = found.text if found and done else msgid
        marked = str(escape(text)) if values else ""
        for name, value in values.items():
            place, said = "{" + name + "}", str(value)
            marked = marked.replace(place, f"<bdi>{escape(said)}</bdi>")
            if self.where.direction == "rtl":  # the value's last bracket or full stop stays behind it
                said = f"{FIRST_STRONG_ISOLATE}{said}{ISOLATE_END}"
            text = text.replace(place, said)
        return Said(text, not done and self.where.name.partition("_")[0] != "en", marked)

    def number(self, value: int) -> str:
        """A number in the language's figures."""
        return locales.number(value, self.where)


def in_order(text: str, where: Locale) -> str:
    """A text as an element's content, with each run of the other direction kept apart as on the leaflet, so that
    “500 mg” does not print as “mg 500”."""
    return "".join(map(_marked, bidi.isolate((Text(text),), where.direction, facts.of(where))))


def _marked(inline: Inline) -> str:
    said = str(escape(plain((inline,))))
    return f'<bdi dir="{inline.direction}">{said}</bdi>' if isinstance(inline, Isolate) else said
