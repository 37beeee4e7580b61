"""What ends a language's sentences and what does not: ``[sentences]`` of its file, over ``data/scripts/Zyyy.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from plainleaf.languages import facts

_EVERY = "Zyyy"  # the code that ISO 15924 has for what all scripts share


@dataclass(frozen=True, slots=True)
class SentenceRules:
    """Words without their last full stop, in small letters but for ``starters``; those of all languages too.

    ``ordinals``: words that stand before an ordinal inside a sentence; None where ordinals have no full stop.
    ``months``: words with a capital that an ordinal belongs to. ``starters``: small inside a sentence, so that a
    capital tells a beginning; without a list, every capital does. ``lettered``: a letter behind these is no initial.
    ``also_ends``: marks that end sentences here and mean something else in other languages. ``characters``: whether
    sentences are measured in characters.
    """

    abbreviations: frozenset[str]
    before_figure: frozenset[str]
    last: frozenset[str]
    ordinals: frozenset[str] | None
    months: frozenset[str]
    starters: frozenset[str]
    lettered: frozenset[str]
    also_ends: frozenset[str]
    characters: bool


@cache
def sentence_rules(language: str) -> SentenceRules:
    """The rules of a language by its code alone ("pt"); those for every language where nothing is known of it."""
    layers = facts.shipped(language, _EVERY)
    found: dict[str, frozenset[str]] = {}
    for layer in layers:
        for (section, key), words in layer.lists.items():
            if section == "sentences":
                found[key] = found.get(key, frozenset()) | frozenset(words)
    none = frozenset[str]()
    return SentenceRules(
        abbreviations=found.get("abbreviations", none),
        before_figure=found.get("before-figure", none),
        last=found.get("last", none),
        ordinals=found.get("ordinals"),
        months=found.get("months", none),
        starters=found.get("starters", none),
        lettered=found.get("lettered", none),
        also_ends=found.get("also-ends", none),
        characters=any(layer.values.get("characters", False) for layer in layers),
    )
