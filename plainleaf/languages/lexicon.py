"""Finds a language's words in one pass: number words, units, months, negation, words of direction.

A form is a word ("nicht"), a stem ("kein*"), an ending ("*mayın"), a stem with an ending ("hawa*i", with whole letters
between) or several words ("al menos"). Where forms begin at
the same place the longest wins and hides the others, so "al menos" (at least) is no "menos" (less).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from plainleaf.languages.folding import Token, fold, tokens
from plainleaf.languages.scripts import script_of


@dataclass(frozen=True, slots=True)
class Hit:
    """A known form in a folded text; a tag is a family and a key: "number:2", "unit:mg", "word:not"."""

    tags: tuple[str, ...]
    start: int
    end: int


_HALVES = frozenset({"word:am", "word:pm"})


@dataclass(slots=True)
class _Forms:
    """Forms by how they are looked up."""

    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    stems: dict[str, tuple[str, ...]] = field(default_factory=dict)
    endings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    around: dict[str, list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = field(default_factory=dict)


class Lexicon:
    """The forms of one language. ``spaced``: its words stand apart; ``glued``: letters that stick to the next word,
    ``article``: what does so behind them."""

    def __init__(self, forms: Mapping[str, Sequence[str]], spaced: bool, glued: str = "", article: str = "") -> None:
        self.spaced = spaced
        self.glued = fold(glued)
        self.article = fold(article)
        self.forms = _Forms()
        tagged: dict[str, list[str]] = {}
        for tag, entries in forms.items():
            for entry in entries:
                form = fold(entry)
                tagged.setdefault(form.strip() if spaced else form, []).append(tag)
        for form, tags in tagged.items():
            self._add(form, tuple(tags))
        self.longest = max((len(form) for form in self.forms.words), default=0)

    def _add(self, form: str, tags: tuple[str, ...]) -> None:
        if not self.spaced:
            self.forms.words[form.strip("*")] = tags
            return
        parts = [token.text for token in tokens(form.replace("*", ""))]
        if len(parts) > 1:
            if form.endswith("*"):
                parts[-1] += "*"
            self.forms.phrases.setdefault(parts[0], []).append((tuple(parts), tags))
            self.forms.phrases[parts[0]].sort(key=lambda known: -len(known[0]))
        elif form.endswith("*"):
            self.forms.stems[form[:-1]] = tags
        elif form.startswith("*"):
            self.forms.endings[form[1:]] = tags
        elif "*" in form:
            stem, _, end = form.partition("*")
            self.forms.around.setdefault(stem, []).append((end, tags))
        elif parts:
            self.forms.words[parts[0]] = tags

    def find(self, folded: str, words: Sequence[Token]) -> tuple[Hit, ...]:
        """Every known form, in order, none inside another."""
        return tuple(self._in_words(folded, words) if self.spaced else self._in_letters(folded))

    # ------------------------------------------------------------------ languages that put spaces between words

    def _in_words(self, folded: str, words: Sequence[Token]) -> Iterator[Hit]:
        at = 0
        while at < len(words):
            hit, used = self._at(folded, words, at)
            if hit:
                yield hit
            at += used

    def _at(self, folded: str, words: Sequence[Token], at: int) -> tuple[Hit | None, int]:
        token = words[at]
        ending: tuple[str, ...] = ()
        for text in self._without_glue(token.text):
            for parts, tags in self.forms.phrases.get(text, ()):
                end = at + len(parts)
                if end <= len(words) and _are(parts, words, at) and _together(folded, words[at:end]):
                    return Hit(tags, token.start, words[end - 1].end), len(parts)
            if known := self._word(text):
                return Hit(known + ending, token.start, token.end), 1
            ending = ending or self._ending(text)
        return (Hit(ending, token.start, token.end) if ending else None), 1

    def _without_glue(self, text: str) -> Iterator[str]:
        yield from self._without_article(text)
        for _ in range(3):
            if not self.glued or text[0] not in self.glued or len(text) < 3:
                return
            text = text[1:]
            yield from self._without_article(text)

    def _without_article(self, text: str) -> Iterator[str]:
        yield text
        if self.article and text.startswith(self.article) and len(text) > len(self.article) + 1:
            yield text[len(self.article) :]

    def _word(self, text: str) -> tuple[str, ...]:
        forms = self.forms
        if text in forms.words:
            return self._timed(forms.words[text], text)
        if forms.around and (found := self._around(text)):
            return found
        stem: tuple[str, ...] = ()
        if forms.stems:
            stem = next((forms.stems[text[:n]] for n in range(len(text), 1, -1) if text[:n] in forms.stems), ())
        return stem + self._ending(text) if stem else ()  # both may tell: Turkish "bırak-mayın" is stop and not

    def _around(self, text: str) -> tuple[str, ...]:
        """What begins and ends so, with at least a letter between; that one does not change the last of the stem."""
        for length in range(len(text) - 2, 0, -1):
            for end, tags in self.forms.around.get(text[:length], ()):
                if text.endswith(end, length + 1) and unicodedata.category(text[length])[0] != "M":
                    return tags
        return ()

    def _ending(self, text: str) -> tuple[str, ...]:
        endings = self.forms.endings
        return next((endings[text[n:]] for n in range(1, len(text)) if text[n:] in endings), ()) if endings else ()

    def _timed(self, tags: tuple[str, ...], text: str) -> tuple[str, ...]:
        """A word that says "am" or "pm" is a time of day too where it begins as one."""
        if not _HALVES.issuperset(tags):
            return tags
        stems = (self.forms.stems.get(text[:length], ()) for length in range(len(text), 2, -1))
        return tags + next(filter(None, stems), ())

    # ------------------------------------------------------------------ languages that do not

    def _in_letters(self, folded: str) -> Iterator[Hit]:
        at = 0
        known = self.forms.words
        while at < len(folded):
            for length in range(min(self.longest, len(folded) - at), 0, -1):
                form = folded[at : at + length]
                if form in known and not _inside_word(folded, at, at + length):
                    yield Hit(known[form], at, at + length)
                    at += length
                    break
            else:
                at += 1


def _are(parts: tuple[str, ...], words: Sequence[Token], at: int) -> bool:
    for offset, part in enumerate(parts[1:], 1):
        text = words[at + offset].text
        if not (text.startswith(part[:-1]) if part.endswith("*") else text == part):
            return False
    return True


def _together(folded: str, words: Sequence[Token]) -> bool:
    """Whether words stand side by side; ". " is between them only in an abbreviation, which has a full stop behind its
    last word too ("p. m."), or in one that is written close ("p.m")."""
    abbreviated = folded[words[-1].end : words[-1].end + 1] == "."
    for one, other in pairwise(words):
        gap = folded[one.end : other.start]
        if len(gap) > 2 or any(character in gap for character in ",;:()?!…0123456789"):
            return False
        if "." in gap and not ((abbreviated or gap == ".") and len(one.text) <= 4):
            return False
    return True


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether Latin letters go on before or behind: theirs are words with spaces between in every language."""
    edges = (text[start - 1 : start], text[start]), (text[end - 1], text[end : end + 1])
    return any(script_of(one) == script_of(other) == "LATIN" for one, other in edges)
