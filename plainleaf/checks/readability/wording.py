"""Checks on words: hard ones that nobody explains, passive voice, jargon, words that hurt. All are warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from plainleaf.languages.facts import LocaleData
from plainleaf.model import Finding, Severity
from plainleaf.readability.scores import Reading
from plainleaf.readability.sentences import Sentence, Word
from plainleaf.readability.syllables import Method, method
from plainleaf.readability.wording import either, wording

Found = tuple[Finding, str]  # with the id of its block, for waivers

_SHARED = 5  # letters that a word shares with an explained one of its family (dependent, dependence)


def unlisted(reading: Reading) -> tuple[str, ...]:
    """What nobody looks for in the language of a text, as there are no lists of it yet."""
    lists = wording(reading.data)
    kinds = {
        "words of professionals": lists.jargon.pattern,
        "words that hurt": lists.stigma.pattern,
        "the passive": lists.passive,
    }
    return tuple(kind for kind, there in kinds.items() if not there)


def words(reading: Reading) -> Iterator[Found]:
    """Jargon, words that hurt, and the passive voice, in everything that is printed or read aloud."""
    lists = wording(reading.data)
    for sentence in reading.prose.texts:
        for phrase, better in lists.stigma.find(sentence.text):
            what = f"“{phrase}” can hurt readers"
            yield _found("readability-stigma", sentence, what, f"write about the person: “{better}”")
        for found in lists.persons.finditer(sentence.text) if lists.persons else ():
            what = f"“{found[0]}” names people by what they have"
            yield _found(
                "readability-stigma", sentence, what, "write about the person: “older people”, “a person with ...”"
            )
        for phrase, better in lists.jargon.find(sentence.text):
            yield _found("readability-jargon", sentence, f"“{phrase}” is a word of professionals", f"say “{better}”")
        for phrase in lists.passive.find(sentence.text) if lists.passive else ():
            what = f"“{phrase}” is passive"
            yield _found("readability-passive", sentence, what, "say who does it, or tell the reader what to do")


def terms(reading: Reading) -> Iterator[Found]:
    """Long or rare words that are neither among the words to know nor explained where they are first used."""
    lists = wording(reading.data)
    if not lists.long_from:
        return
    easy = _Plain(reading.data, lists.plain, lists.long_from)
    explained = _Explained(reading.data)
    seen: set[str] = set()
    prose = reading.prose  # what is scored first: it is the leaflet's own text, and explains
    sentences = (*prose.scored, *prose.short_points, *prose.aside, *prose.labels, *prose.headings)
    for number, sentence in enumerate(sentences):
        following = sentences[number + 1].text if number + 1 < len(sentences) else ""
        for position, word in enumerate(sentence.words):
            form = word.text.lower()
            if form in seen or not easy.is_hard(word, position):
                continue
            seen.add(form)
            if _is_term(form, reading.terms) or explained.is_so(word.text, sentence.text, following):
                seen.update(_family(form))
                continue
            if any(form[: _SHARED + 1] == other[: _SHARED + 1] for other in seen if other != form):
                continue  # one finding a family: detoxify, detoxification
            what = f"“{word.text}” ({word.syllables} syllables) is not explained where it is first used"
            hint = "use a plain word, explain it in brackets right after it, or add it to the words to know"
            yield _found("readability-term", sentence, what, hint)


def _found(check: str, sentence: Sentence, what: str, hint: str) -> Found:
    return Finding(check, Severity.WARNING, what, sentence.at, hint, sentence.po), sentence.block


class _Plain:
    """Which words are plain: those of a list, and what is made from them by the endings of the language."""

    def __init__(self, data: LocaleData, plain: frozenset[str], least: int) -> None:
        self.plain = plain
        self.least = least
        self.endings = data.list("terms", "endings")
        self.restored = tuple(each.partition("=") for each in data.list("terms", "restored"))
        self.dictionary = method(data) is Method.DICTIONARY
        # what stands on the box with its figure needs no explanation: "50 micrograms"
        self.units = tuple(name for names in data.section("units").values() for name in names)

    def is_hard(self, word: Word, position: int) -> bool:
        """Whether a word has to be explained; ``position``: which word of its sentence it is."""
        text = word.text
        if word.syllables < self.least or not text.isalpha() or (position and text[:1].isupper()):
            return False
        if text[1:] != text[1:].lower():
            return False  # a brand or an abbreviation
        form = text.lower()
        if any(fnmatchcase(form, unit) for unit in self.units):
            return False
        return not any(stem in self.plain for stem in self._stems(form)) and not self._is_short_stem(form)

    def _stems(self, form: str) -> Iterator[str]:
        """The word, and what it may be made from: without an ending, with what that took ("e") or changed ("i=y")."""
        yield form
        for ending in self.endings:
            stem = form.removesuffix(ending)
            if stem != form:
                yield stem
                for now, changed, before in self.restored:
                    yield stem.removesuffix(now) + before if changed else stem + now

    def _is_short_stem(self, form: str) -> bool:
        """Whether a word is hard only by its endings (swallowing): its stem is a dictionary word, and no long one."""
        from plainleaf.readability import english

        known = english.dictionary() if self.dictionary else {}
        stems = (stem for stem in self._stems(form) if stem != form and len(stem) > 2)
        return any(known.get(stem, self.least) < self.least for stem in stems)


def _is_term(form: str, terms: frozenset[str]) -> bool:
    return any(form == term or (len(term) >= _SHARED and form[: len(term) - 2] == term[:-2]) for term in terms)


def _family(form: str) -> Iterator[str]:
    yield form
    yield form.removesuffix("s")
    yield form + "s"


class _Explained:
    """Tells whether a word is explained where it is used, by the phrases of the language that explain or introduce."""

    def __init__(self, data: LocaleData) -> None:
        by, introduced, following = (
            either(data.list("terms", key)) for key in ("explained-by", "introduced-by", "explained-next")
        )
        brackets = r"(?:\s\w+){0,3}\s?[(（]"  # soon behind the word
        phrase = rf"|[^.]{{0,12}}\b(?:{by})|(?:{by})" if by else ""
        self.behind = re.compile(brackets + phrase)
        self.before = re.compile(rf"\b(?:{introduced})(?: \w+){{0,2}}[ “\"]*$") if introduced else None
        self.following = rf"(?:{following})\b|" if following else ""

    def is_so(self, word: str, sentence: str, following: str) -> bool:
        """Whether the sentence explains the word, or the one that follows."""
        place = re.search(rf"\b{re.escape(word)}\b", sentence)
        if not place:
            return True
        before, after = sentence[: place.start()], sentence[place.end() :]
        if before.count("(") > before.count(")") or before.count("（") > before.count("）"):
            return True  # named in brackets behind plain words
        if self.behind.match(after) or (self.before and self.before.search(before)):
            return True
        return bool(re.match(rf"{self.following}{re.escape(word)}\b", following, re.IGNORECASE))
