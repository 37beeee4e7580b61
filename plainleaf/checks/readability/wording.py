"""Checks on words: hard ones that nobody explains, passive voice, jargon, words that hurt. All are warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainleaf.model import Finding, Severity
from plainleaf.readability.scores import Reading
from plainleaf.readability.sentences import Sentence, Word
from plainleaf.readability.syllables import base_of
from plainleaf.readability.wording import long_from, wording

Found = tuple[Finding, str]  # with the id of its block, for waivers

_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "al", "er", "ers", "ness")
_SHARED = 5  # letters that a word shares with an explained one of its family (dependent, dependence)
# "(" soon behind the word, the word itself in brackets, or a phrase that explains.
_EXPLAINS = {
    "en": r"(?:means|is called|are called|is when|is how|is a|is an|are the|, the|, or|: )",
    "es": r"(?:significa|quiere decir|se llama|es cuando|es un|es una|, o|: )",
}
_INTRODUCES = {"en": r"(?:call(?:ed|s)?(?: it)?|such as|or|brand names?|like)", "es": r"(?:llam\w+|como|o|marcas?)"}
_NEXT = {"en": r"(?:This|That|It|These) (?:means|is|are)\b", "es": r"(?:Esto|Eso) (?:significa|quiere decir|es)\b"}


def words(reading: Reading) -> Iterator[Found]:
    """Jargon, words that hurt, and the passive voice, in everything that is printed as text or heading."""
    lists = wording(reading.language)
    for sentence in (*reading.prose.pieces, *reading.prose.headings):
        for phrase, better in lists.stigma.find(sentence.text):
            what = f"“{phrase}” can hurt readers"
            yield _found("readability-stigma", sentence, what, f"write about the person: “{better}”")
        for phrase, better in lists.jargon.find(sentence.text):
            yield _found("readability-jargon", sentence, f"“{phrase}” is a word of professionals", f"say “{better}”")
        for phrase in lists.passive.find(sentence.text) if lists.passive else ():
            what = f"“{phrase}” is passive"
            yield _found("readability-passive", sentence, what, "say who does it, or tell the reader what to do")


def terms(reading: Reading) -> Iterator[Found]:
    """Long or rare words that are neither among the words to know nor explained where they are first used."""
    lists = wording(reading.language)
    if not lists.judges_terms:
        return
    base = base_of(reading.language)
    seen: set[str] = set()
    sentences = reading.prose.scored
    for number, sentence in enumerate(sentences):
        following = sentences[number + 1].text if number + 1 < len(sentences) else ""
        for position, word in enumerate(sentence.words):
            form = word.text.lower()
            if form in seen or not _is_hard(word, position, base, lists.plain):
                continue
            seen.add(form)
            if _is_term(form, reading.terms) or _is_explained(word.text, sentence.text, following, base):
                seen.update(_family(form))
                continue
            if any(form[: _SHARED + 1] == other[: _SHARED + 1] for other in seen if other != form):
                continue  # one finding a family: detoxify, detoxification
            what = f"“{word.text}” ({word.syllables} syllables) is not explained where it is first used"
            hint = "use a plain word, explain it in brackets right behind it, or add it to the words to know"
            yield _found("readability-term", sentence, what, hint)


def _found(check: str, sentence: Sentence, what: str, hint: str) -> Found:
    return Finding(check, Severity.WARNING, what, sentence.at, hint, sentence.po), sentence.block


def _is_hard(word: Word, position: int, base: str, plain: frozenset[str]) -> bool:
    text = word.text
    if word.syllables < long_from(base) or not text.isalpha() or (position and text[:1].isupper()):
        return False
    if text[1:] != text[1:].lower():
        return False  # a brand or an abbreviation
    form = text.lower()
    if base == "es":
        return form not in plain and form.removesuffix("s") not in plain and form.removesuffix("es") not in plain
    return not any(stem in plain for stem in _stems(form)) and not _is_short_stem(form, plain)


def _stems(form: str) -> Iterator[str]:
    yield form
    for ending in _ENDINGS:
        stem = form.removesuffix(ending)
        if stem != form:
            yield from (stem, stem + "e", stem.removesuffix("i") + "y")


def _is_short_stem(form: str, plain: frozenset[str]) -> bool:
    """Whether a word is hard only by its endings (swallowing): its stem has two syllables and is a dictionary word."""
    from plainleaf.readability import english

    known = english.dictionary()
    return any(known.get(stem, 9) < 3 for stem in _stems(form) if stem != form and len(stem) > 2)


def _is_term(form: str, terms: frozenset[str]) -> bool:
    return any(form == term or (len(term) >= _SHARED and form[: len(term) - 2] == term[:-2]) for term in terms)


def _family(form: str) -> Iterator[str]:
    yield form
    yield form.removesuffix("s")
    yield form + "s"


def _is_explained(word: str, sentence: str, following: str, base: str) -> bool:
    place = re.search(rf"\b{re.escape(word)}\b", sentence)
    if not place:
        return True
    before, after = sentence[: place.start()], sentence[place.end() :]
    if before.count("(") > before.count(")") or before.count("（") > before.count("）"):
        return True  # named in brackets behind plain words
    if re.match(rf"(?:\s\w+){{0,3}}\s?[(（]|[^.]{{0,12}}\b{_EXPLAINS[base]}|{_EXPLAINS[base]}", after):
        return True
    if re.search(rf"\b{_INTRODUCES[base]}(?: \w+){{0,2}}[ “\"]*$", before):
        return True
    return bool(re.match(rf"{_NEXT[base]}|{re.escape(word)}\b", following, re.IGNORECASE))
