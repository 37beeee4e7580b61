"""What a full stop does not end, by language: read from ``data/splitting.toml``, where each list is explained."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources

Lists = Mapping[str, frozenset[str]]

_EVERY = "every"


def _read() -> dict[str, dict[str, frozenset[str]]]:
    text = resources.files(__package__).joinpath("data/splitting.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return {name: {language: frozenset(words.split()) for language, words in of.items()} for name, of in data.items()}


_DATA = _read()
ABBREVIATIONS: Lists = _DATA["abbreviations"]
BEFORE_FIGURE: Lists = _DATA["before-figure"]
LAST: Lists = _DATA["last"]
ORDINALS: Lists = _DATA["ordinals"]
MONTHS: Lists = _DATA["months"]
STARTERS: Lists = _DATA["starters"]
LETTERED = _DATA["lettered"][_EVERY]


def has(lists: Lists, word: str, language: str) -> bool:
    """Whether a word without its last full stop is in a list, for its language or for all."""
    low = word.lower()
    return low in lists.get(_EVERY, ()) or low in lists.get(language, ())
