"""Links that a page has beyond paper, on screens and in e-books: numbers that call at a touch; words that lead to what
they mean and back, in each of a page's languages.

All of it is done on the finished page, tag by tag, in time linear in its length. What counts as a word: ``saying``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from plainleaf.clinics.phones import phone
from plainleaf.formats.html.tokens import RAW, VOID
from plainleaf.languages import facts, saying
from plainleaf.model import Clinic, Locale

_PART = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_NO_LINKS = {"a", "summary", "button", "label", *RAW}
_NO_WORDS = {"h1", "h2", "h3", "h4", "h5", "h6", "dl", "nav", "header", "footer", "caption", "th", "figcaption"}
_NOT_HERE = re.compile(
    r'class="(?:[^"]* )?(?:emergency|label|question|notices|lead|source-title|closing|address|fact|references|studies'
    r'|languages|version|signer|scan|untranslated)[ "]'
)
_LANGUAGE = re.compile(r' lang="(?P<tag>[^"]*)"')
_WORDS = re.compile(r'<dl class="words"[^<>]*>.*?</dl>', re.DOTALL)
_LIST = '<dl class="words"'  # how such a one begins
_ENTRY = re.compile(r"<dt[^<>]*>(?P<head>.*?)</dt>(?P<gap>\s*)<dd(?P<attrs>[^<>]*)>(?P<means>.*?)</dd>", re.DOTALL)
_TERM = re.compile(r'<span class="term"[^<>]*>(?P<term>.*?)</span>', re.DOTALL)
_ID = re.compile(r' id="(?P<id>[^"]*)"')
_MARKUP = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Reader:
    """One of a page's languages, what the way back from a meaning is called, and the language (BCP 47) of that."""

    where: Locale
    back: str
    back_in: str


def linked(page: str, clinic: Clinic, readers: Iterable[Reader]) -> str:
    """The page with the clinic's numbers as links that call, and the first of each word to know, in each language, as a
    link to what it means, which has one back to there.

    A word is ``a.word`` with the ids ``word-1`` and ``means-1``, the way back ``a.back``.
    """
    known = {reader.where.tag: reader for reader in readers}
    parts, lists = _parts(page)
    terms = _terms(page, lists, known)
    numbers = {_spaced(printed): href for printed, href in _numbers(clinic)}
    if not terms and not numbers:
        return page
    tags = dict.fromkeys(tag for tag, _ in terms)
    sought = {tag: _expression(numbers, [form for each, form in terms if each == tag], known[tag]) for tag in tags}
    pass_ = _Pass(sought, _expression(numbers, (), None), numbers, terms)
    text = "".join(said for part in parts for said in (pass_.said(part), part.tag))
    languages = [known.get(tag) for tag, count in zip(lists, _sizes(page), strict=True) for _ in range(count)]
    return _explained(text, languages, pass_.met)


def _numbers(clinic: Clinic) -> Iterator[tuple[str, str]]:
    """Every number of a clinic that people call, as it is printed, with what calls it; longer ones first."""
    found = {}
    for written in (clinic.emergency_number, clinic.phone, *(each.phone for _, each in clinic.contacts)):
        if written:
            number = phone(written, clinic.country)
            found[number.printed] = number.href
    yield from sorted(found.items(), key=lambda pair: -len(pair[0]))


# --------------------------------------------------------------------------- what is on the page


@dataclass(frozen=True, slots=True)
class _Part:
    """A text, whether numbers and words in it may be linked, its language, and the tag behind it."""

    text: str
    calls: bool
    words: bool
    language: str
    tag: str


def _parts(page: str) -> tuple[list[_Part], list[str]]:
    """A page in parts, and the languages of its lists of words."""
    parts, lists, last = list[_Part](), list[str](), 0
    open_tags = [("", False, False, "")]  # name, links, words, language
    for tag in _PART.finditer(page):
        _, calls, words, language = open_tags[-1]
        parts.append(_Part(page[last : tag.start()], calls, words, language, tag[0]))
        last, name = tag.end(), tag["name"].lower()
        if tag["end"]:
            while len(open_tags) > 1 and open_tags.pop()[0] != name:
                pass
        elif name not in VOID:
            language = said["tag"] if (said := _LANGUAGE.search(tag[0])) else language
            calls = (calls or name in ("main", "footer")) and name not in _NO_LINKS
            words = (words or name == "main") and name not in _NO_WORDS and not _NOT_HERE.search(tag[0])
            open_tags.append((name, calls, words, language))
            if tag[0].startswith(_LIST):
                lists.append(language)
    parts.append(_Part(page[last:], False, False, "", ""))
    return parts, lists


def _terms(page: str, lists: Iterable[str], known: Mapping[str, Reader]) -> dict[tuple[str, str], int]:
    """The forms of the words that a page explains, by language, with the number of each."""
    terms, number = dict[tuple[str, str], int](), 0
    for tag, words in zip(lists, _WORDS.finditer(page), strict=True):
        for entry in _ENTRY.finditer(words[0]):
            number += 1
            if tag in known and (term := _TERM.search(entry["head"])):
                where = known[tag].where
                for form in saying.forms(_words(term["term"]), tag, facts.of(where).spaced):
                    terms.setdefault((tag, form), number)
    return terms


def _sizes(page: str) -> Iterator[int]:
    """How many words each list has."""
    return (sum(1 for _ in _ENTRY.finditer(words[0])) for words in _WORDS.finditer(page))


def _words(part: str) -> str:
    return _spaced(html.unescape(_MARKUP.sub("", part)))


def _spaced(text: str) -> str:
    return " ".join(text.split())


# --------------------------------------------------------------------------- links


def _expression(numbers: Iterable[str], forms: Iterable[str], reader: Reader | None) -> re.Pattern[str]:
    """What is looked for in texts as HTML has them."""
    spaced = facts.of(reader.where).spaced if reader else True
    words = saying.expression(map(_loosely, sorted(forms, key=len, reverse=True)), spaced)
    calls = "|".join(map(_loosely, numbers)) or "(?!)"
    return re.compile(rf"(?P<number>(?<![\dA-Za-z+.,/-])(?:{calls})(?![\dA-Za-z/]|[-.,]\d))|(?P<term>{words})")


def _loosely(text: str) -> str:
    """A text as an expression, whatever spaces part its words."""
    return r"[ \u00a0\n]".join(re.escape(html.escape(part, quote=False)) for part in text.split())


@dataclass(slots=True)
class _Pass:
    """One pass over a page; ``met``: the numbers of the terms that were linked."""

    sought: Mapping[str, re.Pattern[str]]
    calls: re.Pattern[str]
    numbers: Mapping[str, str]
    terms: Mapping[tuple[str, str], int]
    met: set[int] = field(default_factory=set)

    def said(self, part: _Part) -> str:
        if not part.calls or not part.text or part.text.isspace():
            return part.text
        sought = self.sought.get(part.language) if part.words else None
        return (sought or self.calls).sub(lambda found: self._link(found, part), part.text)

    def _link(self, found: re.Match[str], part: _Part) -> str:
        said = found[0]
        if found["number"]:
            href = self.numbers[_spaced(html.unescape(said))]
            return f'<a href="{html.escape(href)}">{said}</a>'
        number = self.terms[part.language, _spaced(html.unescape(said))]
        if number in self.met:
            return said
        self.met.add(number)
        means = f"means-{number}"
        return f'<a class="word" id="word-{number}" href="#{means}" aria-describedby="{means}">{said}</a>'


def _explained(page: str, languages: list[Reader | None], met: set[int]) -> str:
    """The page with a way back behind what each of the terms means that were ``met``; ``languages``: those of all."""
    count = iter(range(1, len(languages) + 1))

    def entry(found: re.Match[str]) -> str:
        number = next(count)
        reader = languages[number - 1]
        if number not in met or not reader:
            return found[0]
        attrs = _ID.sub("", found["attrs"])
        own = _ID.search(found["attrs"])
        means = f'<span id="{own["id"]}">{found["means"]}</span>' if own else found["means"]
        term = _TERM.search(found["head"])
        label = html.escape(f"{reader.back}: {_words(term['term'] if term else found['head'])}")
        other = f' lang="{reader.back_in}"' if reader.back_in != reader.where.tag else ""
        back = html.escape(reader.back, quote=False)
        way = f'<a class="back" href="#word-{number}" aria-label="{label}"{other}>{back}</a>'
        head = found[0][: found.start("gap") - found.start()]
        return f'{head}{found["gap"]}<dd{attrs}><span id="means-{number}">{means}</span> {way}</dd>'

    return _WORDS.sub(lambda words: _ENTRY.sub(entry, words[0]), page)
