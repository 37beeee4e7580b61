"""One message with its translation, and what the checks need of both, each worked out once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from plainleaf.languages.addresses import ADDRESS
from plainleaf.languages.facts import LocaleData, english, named
from plainleaf.languages.folding import HOLE, Token, bare, fold, tokens
from plainleaf.languages.letters import COMBINING
from plainleaf.languages.lexicon import Hit
from plainleaf.languages.punctuation import CLOSERS, OWN_ENDS, WIDE_ENDS
from plainleaf.model import Locale, Message

_SENTENCE = re.compile(
    rf"[!?{WIDE_ENDS}{OWN_ENDS}](?!\s*$)"
    rf"|(?:(?<=[^\W\d_'’][^\W\d_]|['’ʼ][^\W\d_])(?<!\b[dm]r)(?<!\bmrs)(?<!\bst)|(?<=[\d%{HOLE}{CLOSERS}{COMBINING}]))\.(?=[{CLOSERS}]*\s+\S)",
    re.IGNORECASE,
)
_RESPELLING = re.compile(r"(?=.*[A-Z]{2})[A-Za-z]+(?:-[A-Za-z]+)+(?: [A-Za-z]+(?:-[A-Za-z]+)*)*|[A-Z]{2,}-?[a-z]+")


class Side:
    """One language's side of a message. ``text`` is as printed, ``folded`` made comparable, without addresses."""

    def __init__(self, text: str, data: LocaleData, is_source: bool) -> None:
        self.text = bare(text)
        self.data = data
        folded = fold(ADDRESS.sub(HOLE, self.text))
        self.folded = folded.replace("n't", " not") if is_source else folded

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words."""
        return tuple(tokens(self.folded))

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """The known words."""
        return self.data.lexicon.find(self.folded, self.tokens)

    @cached_property
    def starts(self) -> Mapping[int, Hit]:
        """The known words by where they begin."""
        return {hit.start: hit for hit in self.hits}

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Web and mail addresses as written."""
        return tuple(match[0] for match in ADDRESS.finditer(self.text))

    @cached_property
    def sentences(self) -> tuple[int, ...]:
        """Where each sentence but the first begins, in the folded text."""
        return tuple(match.end() for match in _SENTENCE.finditer(self.folded))

    @cached_property
    def tagged(self) -> Mapping[str, tuple[Hit, ...]]:
        """The hits of every tag."""
        found: dict[str, list[Hit]] = {}
        for hit in self.hits:
            for tag in hit.tags:
                found.setdefault(tag, []).append(hit)
        return {tag: tuple(hits) for tag, hits in found.items()}

    def count(self, tag: str) -> int:
        """How often a tag is met."""
        return len(self.tagged.get(tag, ()))

    def has(self, *tags: str) -> bool:
        """Whether one of the tags is met."""
        return any(tag in self.tagged for tag in tags)

    def said(self, tag: str) -> str:
        """The first word with a tag, for people: " (nach)"; "" where there is none."""
        hit = next(iter(self.tagged.get(tag, ())), None)
        return f" ({self.folded[hit.start : hit.end].strip()})" if hit else ""

    @cached_property
    def by_sentence(self) -> tuple[Counter[str], ...]:
        """The tags of each sentence."""
        found: list[Counter[str]] = [Counter() for _ in range(len(self.sentences) + 1)]
        for hit in self.hits:
            found[bisect_right(self.sentences, hit.start)].update(hit.tags)
        return tuple(found)


@lru_cache(maxsize=4096)
def source_side(text: str, language: str = "") -> Side:
    """The source's side; it is the same for every locale."""
    return Side(text, named(language) if language else english(), not language)


@dataclass(frozen=True)
class Case:
    """A message and its translation. ``terms``: English term -> translated; ``names``: the leaflet's brand names."""

    message: Message
    translation: str
    locale: Locale
    language: LocaleData
    terms: Mapping[str, str]
    names: frozenset[str] = frozenset()

    @cached_property
    def source(self) -> Side:
        """The source's side."""
        return source_side(self.message.text, self.message.language)

    @cached_property
    def target(self) -> Side:
        """The translation's side."""
        return Side(self.translation, self.language, False)

    @cached_property
    def respelling(self) -> bool:
        """Whether the message says how to say a word: written anew in each language, not translated."""
        told = any(comment.startswith("How to say") for comment in self.message.comments)
        return told or bool(_RESPELLING.fullmatch(self.source.text))

    @cached_property
    def paired(self) -> tuple[tuple[Counter[str], Counter[str]], ...]:
        """The tags of each sentence beside those of its translation; all in one where sentences were cut otherwise."""
        source, target = self.source.by_sentence, self.target.by_sentence
        if len(source) == len(target):
            return tuple(zip(source, target, strict=True))
        return ((_sum(source), _sum(target)),)


def sentences_of(text: str) -> tuple[str, ...]:
    """A text as printed, cut behind each of its sentences."""
    ends = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    return tuple(text[start:end].strip() for start, end in pairwise(ends))


def _sum(parts: Iterable[Counter[str]]) -> Counter[str]:
    return sum(parts, Counter())
