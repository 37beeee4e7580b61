"""The words of patients' pages in the reader's language: plain texts of the layouts' catalog, without what only paper
needs. A word that has no checked translation is in English, and marked as English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup, escape

from plainleaf.model import Locale, State, Translation
from plainleaf.typesetting import locales


class Source(Protocol):
    """What looks translations up: a catalog."""

    def lookup(self, context: str, text: str) -> Translation | None:
        """What it says for a text."""


@dataclass(frozen=True, slots=True)
class Said:
    """A word as it is printed, and whether that is English in a page of another language."""

    text: str
    english: bool = False

    def __html__(self) -> str:
        """As an element's content."""
        said = escape(self.text)
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
        for name, value in values.items():
            text = text.replace("{" + name + "}", str(value))
        return Said(text, not done and self.where.name.partition("_")[0] != "en")

    def number(self, value: int) -> str:
        """A number in the language's figures."""
        return locales.number(value, self.where)
