"""What a page for screens makes of its text beyond paper: numbers that call at a touch, words that lead to what they
mean and back, boxes and lines to fill in; and no tricks of printers.

All of it is done on the finished page, tag by tag, in time linear in its length.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from plainleaf.clinics.details import without_breaks
from plainleaf.clinics.phones import phone
from plainleaf.languages import facts, letters
from plainleaf.model import Clinic, Locale

_PART = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_RAW = {"style", "script", "title"}
# A space that holds a figure to what belongs to it, or a mark to its word as some languages write it, is real.
_GLUE = re.compile(r"(?<![\d%:;!?»«])\u00a0(?![\d%:;!?»«])")


def untied(page: str) -> str:
    """The page without what only breaks lines on paper."""
    return _GLUE.sub(" ", without_breaks(page))


# --------------------------------------------------------------------------- numbers and words

_NO_LINKS = {"a", "summary", "button", "label", *_RAW}
_NO_WORDS = {"h1", "h2", "h3", "h4", "h5", "h6", "dl", "nav", "header", "footer", "caption", "th", "figcaption"}
_NOT_HERE = re.compile(
    r'class="(?:[^"]* )?(?:emergency|label|notices|closing|studies|languages|version|signer|untranslated)[ "]'
)
_WORDS = re.compile(r'<dl class="words"[^<>]*>.*?</dl>', re.DOTALL)
_ENTRY = re.compile(r"<dt[^<>]*>(?P<head>.*?)</dt>(?P<gap>\s*)<dd(?P<attrs>[^<>]*)>(?P<means>.*?)</dd>", re.DOTALL)
_TERM = re.compile(r'<span class="term"[^<>]*>(?P<term>.*?)</span>', re.DOTALL)
_ID = re.compile(r' id="(?P<id>[^"]*)"')
_MARKUP = re.compile(r"<[^<>]*>")


def linked(page: str, clinic: Clinic, where: Locale, back: str) -> str:
    """The page with the clinic's numbers as links that call, and the first of each word to know as a link to what it
    means, which has one back to there. ``back``: the name of that link."""
    terms = dict(_terms(page))
    numbers = {_spaced(printed): href for printed, href in _numbers(clinic)}
    if not terms and not numbers:
        return page
    pass_ = _Pass(_expression(numbers, terms, where), numbers, terms)
    return _explained("".join(pass_.run(page)), terms, pass_.met, back)


def calling(page: str, clinic: Clinic, where: Locale) -> str:
    """The page with the clinic's numbers alone as links that call."""
    numbers = {_spaced(printed): href for printed, href in _numbers(clinic)}
    return "".join(_Pass(_expression(numbers, (), where), numbers, {}).run(page)) if numbers else page


def _numbers(clinic: Clinic) -> Iterator[tuple[str, str]]:
    """Every number of a clinic that people call, as it is printed, with what calls it; longer ones first."""
    found = {}
    for written in (clinic.emergency_number, clinic.phone, *(each.phone for _, each in clinic.contacts)):
        if written:
            number = phone(written, clinic.country)
            found[number.printed] = number.href
    yield from sorted(found.items(), key=lambda pair: -len(pair[0]))


def _terms(page: str) -> Iterator[tuple[str, int]]:
    """The words that a page explains, folded, with the number of each."""
    number = 0
    for words in _WORDS.finditer(page):
        for entry in _ENTRY.finditer(words[0]):
            number += 1
            if term := _TERM.search(entry["head"]):
                yield _spaced(html.unescape(_MARKUP.sub("", term["term"]))).strip().casefold(), number


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _expression(numbers: Iterable[str], terms: Iterable[str], where: Locale) -> re.Pattern[str]:
    """What is looked for in texts as HTML has them."""
    edge = letters.edges(facts.of(where).spaced)
    words = "|".join(_loosely(term) for term in sorted(filter(None, terms), key=len, reverse=True)) or "(?!)"
    calls = "|".join(map(_loosely, numbers)) or "(?!)"
    return re.compile(
        rf"(?P<number>(?<![\dA-Za-z+.,/-])(?:{calls})(?![\dA-Za-z/]|[-.,]\d))|{edge[0]}(?P<term>{words}){edge[1]}",
        re.IGNORECASE,
    )


def _loosely(text: str) -> str:
    """A text as an expression, whatever spaces part its words."""
    return r"[ \u00a0\n]".join(re.escape(html.escape(part, quote=False)) for part in text.split())


@dataclass(slots=True)
class _Pass:
    """One pass over a page; ``met``: the numbers of the terms that were linked."""

    looked_for: re.Pattern[str]
    numbers: Mapping[str, str]
    terms: Mapping[str, int]
    met: set[int] = field(default_factory=set)

    def run(self, page: str) -> Iterator[str]:
        open_tags, last = list[tuple[str, bool, bool]](), 0  # name, no links, no words
        for tag in _PART.finditer(page):
            yield self._text(page[last : tag.start()], open_tags)
            yield tag[0]
            last = tag.end()
            name = tag["name"].lower()
            if tag["end"]:
                while open_tags and open_tags.pop()[0] != name:
                    pass
            elif name not in _VOID:
                above = open_tags[-1] if open_tags else ("", True, True)
                calls = (above[1] and name != "main" and name != "footer") or name in _NO_LINKS
                words = (above[2] and name != "main") or name in _NO_WORDS or bool(_NOT_HERE.search(tag[0]))
                if " lang=" in tag[0]:
                    words = words or name != "main"
                open_tags.append((name, calls, words))
        yield page[last:]

    def _text(self, text: str, around: list[tuple[str, bool, bool]]) -> str:
        if not text or text.isspace() or not around or around[-1][1]:
            return text
        no_words = around[-1][2]

        def link(found: re.Match[str]) -> str:
            said = found[0]
            if found["number"]:
                href = self.numbers[_spaced(html.unescape(said))]
                return f'<a href="{html.escape(href)}">{said}</a>'
            number = self.terms.get(_spaced(html.unescape(said)).casefold())
            if no_words or number is None or number in self.met:
                return said
            self.met.add(number)
            means = f"means-{number}"
            return f'<a class="word" id="word-{number}" href="#{means}" aria-describedby="{means}">{said}</a>'

        return self.looked_for.sub(link, text)


def _explained(page: str, terms: Mapping[str, int], met: set[int], back: str) -> str:
    """The page with a way back behind what each of the terms means that were ``met``."""
    count = iter(range(1, max(terms.values(), default=0) + 1))

    def entry(found: re.Match[str]) -> str:
        number = next(count)
        if number not in met:
            return found[0]
        attrs = _ID.sub("", found["attrs"])
        own = _ID.search(found["attrs"])
        means = f'<span id="{own["id"]}">{found["means"]}</span>' if own else found["means"]
        term = _TERM.search(found["head"])
        named = html.unescape(_MARKUP.sub("", term["term"] if term else found["head"])).strip()
        label = html.escape(f"{back}: {named}")
        way = f'<a class="back" href="#word-{number}" aria-label="{label}">{html.escape(back, quote=False)}</a>'
        head = found[0][: found.start("gap") - found.start()]
        return f'{head}{found["gap"]}<dd{attrs}><span id="means-{number}">{means}</span> {way}</dd>'

    return _WORDS.sub(lambda words: _ENTRY.sub(entry, words[0]), page)


# --------------------------------------------------------------------------- to fill in

_FIELD = re.compile(
    r'<img class="(?P<box>box[^"]*)" data-field="tick" alt="(?P<tick>[^"]*)"[^<>]*>'
    r'|<span class="(?P<line>line[^"]*)" data-field="text"[^<>]* aria-label="(?P<write>[^"]*)"></span>'
)
_NAMING = re.compile(r"\w")
_BLOCK = re.compile(r"</?(?:p|li|ul|ol|td|th|tr|div|dt|dd|section|h[1-6]|main|blockquote)(?=[\s>])[^<>]*>|<br>")


def to_fill_in(page: str) -> str:
    """The page with boxes and lines as fields of a form; each has the words beside it for a name. Nothing is sent."""
    if " data-field=" not in page:
        return page
    made, last = list[str](), 0
    places = [each.span() for each in _BLOCK.finditer(page)]
    edges = [0, *(at for span in places for at in span), len(page)]
    fields = list(_FIELD.finditer(page))
    edge, label, place = 0, "", 1
    for number, found in enumerate(fields):
        while edges[edge + 1] <= found.start():
            edge += 1
        begin = max(edges[edge], fields[number - 1].end() if number else 0)
        end = min(edges[edge + 1], fields[number + 1].start() if number + 1 < len(fields) else len(page))
        before, after = _said(page[begin : found.start()]), _said(page[found.end() : end])
        goes_on = bool(number) and begin == fields[number - 1].end() and _in_parts(fields[number - 1], before, found)
        is_left = end < len(page) and number + 1 < len(fields) and end == fields[number + 1].start()
        label, place = (label, place + 1) if goes_on else (before or found["write"] or "", 1)
        named = f"{label} {place}" if goes_on else before
        is_part = goes_on or (is_left and _in_parts(found, after, fields[number + 1]))
        made += (page[last : found.start()], _input(found, named, after, is_part))
        last = found.end()
    return "".join((*made, page[last:]))


def _in_parts(line: re.Match[str], between: str, other: re.Match[str]) -> bool:
    """Whether two lines are parts of one, such as a date, with nothing between them but a sign."""
    return bool(line["line"] and other["line"]) and not _NAMING.search(html.unescape(between))


def _said(part: str) -> str:
    return _spaced(_MARKUP.sub("", part))


def _input(found: re.Match[str], before: str, after: str, is_part: bool) -> str:
    if found["box"]:
        label = after or found["tick"]
        return f'<input class="{found["box"]}" type="checkbox" aria-label="{_quoted(label)}">'
    label = before or found["write"]
    kind = f"{found['line']} part" if is_part else found["line"]
    return f'<input class="{kind}" type="text" autocomplete="off" aria-label="{_quoted(label)}">'


def _quoted(text: str) -> str:
    return html.escape(html.unescape(text))
