"""What ends a language's sentences and what does not: ``[sentences]`` of its data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from plainleaf.languages.facts import LocaleData


@dataclass(frozen=True, slots=True)
class SentenceRules:
    """Words without their last full stop, in small letters but for ``starters``; those of all languages too.

    ``ordinals``: words that stand before an ordinal inside a sentence; None where ordinals have no full stop.
    ``months``: words with a capital that an ordinal belongs to. ``starters``: small inside a sentence, so that a
    capital tells a beginning; without a list, every capital does. ``lettered``: a letter behind these is no initial.
    ``streets``: endings of words with a capital that stand before a number ("Bahnhofstr. 12"), "*str" in the data.
    ``also_ends``: marks that end sentences here and mean something else in other languages. ``characters``: whether
    sentences are measured in characters. ``spaces``: whether a space between two of the script's letters parts them.
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
    spaces: bool
    streets: tuple[str, ...] = ()


@lru_cache(maxsize=256)
def sentence_rules(data: LocaleData) -> SentenceRules:
    """The rules of a language; those for every language where nothing is known of it."""
    words = {key: frozenset(entries) for key, entries in data.section("sentences").items()}
    none = frozenset[str]()
    before_figure = words.get("before-figure", none)
    return SentenceRules(
        abbreviations=words.get("abbreviations", none),
        before_figure=frozenset(word for word in before_figure if word[0] != "*"),
        streets=tuple(sorted(word[1:] for word in before_figure if word[0] == "*")),
        last=words.get("last", none),
        ordinals=words.get("ordinals"),
        months=words.get("months", none),
        starters=words.get("starters", none),
        lettered=words.get("lettered", none),
        also_ends=words.get("also-ends", none),
        characters=bool(data.value("sentences.characters", False)),
        spaces=bool(data.value("sentences.spaces", False)),
    )
