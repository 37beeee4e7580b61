"""How a language is written in leaflets, as a comment at the head of each of its catalogs, where translators see it."""

from __future__ import annotations

from collections.abc import Iterable

from plainleaf.languages import facts
from plainleaf.model import Locale
from plainleaf.typesetting import typography

MARK = "plainleaf style>"
_TITLES = {"address": "How readers are addressed", "gender": "Gender", "digits": "Digits", "quotes": "Quotation marks"}
_DIGITS = "0 to 9, as in the source"


def lines(where: Locale) -> list[str]:
    """The comments, without "#"; none for a language of which nothing is known but what CLDR has."""
    data = facts.of(where)
    said = {name: str(data.value(f"style.{name}", "")) for name in _TITLES}
    if not any(said.values()):
        return []
    said["digits"] = said["digits"] or _DIGITS
    (opening, closing), (inner, end) = typography.quotes(data)
    own = f"{opening}...{closing}" + (f", and inside them {inner}...{end}" if inner != opening else "")
    said["quotes"] = said["quotes"] or f"printed as {own}; straight ones are turned into these"
    return [f" {MARK} {_TITLES[name]}: {text}" for name, text in said.items() if text]


def noted(comments: Iterable[str], where: Locale) -> list[str]:
    """The comments of a catalog with today's note below them, in place of an earlier one."""
    return [*(each for each in comments if not each.lstrip().startswith(MARK)), *lines(where)]
